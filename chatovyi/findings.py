"""What was found at an address, in words for a terminal."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from core.errors import ConfigError, SourceError
from core.model import Listing
from core.text.language import language_of
from watchers.parse.feed import Feed
from watchers.parse.listing import check_listing
from watchers.scout import Found, Nothing, Scout, Unread, a_day, whole_texts

TITLES = 5
_LANGUAGES = {"uk": "Ukrainian", "be": "Belarusian", "ru": "Russian", "pl": "Polish", "en": "English"}


async def look_at(
    url: str, scout: Scout, *, zone: ZoneInfo, now: datetime, listing: Listing | None = None
) -> tuple[str, str]:
    """The address to watch, and what it gives; raises `ConfigError` with what to do where there is nothing."""
    match await scout.look(url, listing=listing):
        case Found() as found:
            return found.url, shown_found(found, zone=zone, now=now)
        case Nothing() as nothing:
            raise ConfigError(shown_nothing(nothing, url))
        case Unread(reason=reason):
            return url, f"It cannot be read now, so nothing is known of it yet: {reason}. It is tried again."


def listing_of(given: Mapping[str, str | None]) -> Listing | None:
    """How a page is to be read, out of what was given on the command line; raises `ConfigError` where it cannot be."""
    item = given.get("item")
    if item is None:
        return None
    listing = Listing(item=item, title=given.get("title"), link=given.get("link"), date=given.get("date"))
    try:
        check_listing(listing)
    except SourceError as error:
        raise ConfigError(f"{error}.") from error
    return listing


def shown_found(found: Found, *, zone: ZoneInfo, now: datetime) -> str:
    """What it gives, where it was found, and its last headlines."""
    feed = found.feed
    lines = [f"{feed.title or 'It has no title'}: {traits(feed, now=now)}"]
    lines += [f"  {_when(entry.published, zone)}  {entry.title or entry.url}" for entry in feed.entries[:TITLES]]
    if found.on:
        lines.append(f"Found on {found.on}" + (", the best of what is there; also:" if found.others else "."))
        lines += [f"  {url}" for url in found.others]
    return "\n".join(lines)


def shown_nothing(nothing: Nothing, url: str) -> str:
    """Why, and what else can be done."""
    hints = [f"chatovyi source add {channel}" for channel in nothing.channels]
    telegram = f" It links to Telegram: {' or '.join(hints)}." if hints else ""
    return (
        f"{url} gives nothing to watch: {nothing.reason}.{telegram} "
        "Paste the address of a feed, a news sitemap or a Telegram channel (@name) of theirs; a page that lists news "
        "is watched by what an item on it is: --item CSS. To watch this address all the same: --unasked."
    )


def traits(feed: Feed, *, now: datetime) -> str:
    """What kind it is, in which language, and how much it gives."""
    said: list[str] = [feed.kind]
    if language := _language(feed):
        said.append(f"in {language}")
    count = len(feed.entries)
    said.append(f"{count} entries" if count != 1 else "1 entry")
    if (rate := a_day(feed, now=now)) is not None:
        said.append(f"about {rate:.0f} a day" if rate >= 1 else "less than one a day")
    whole = whole_texts(feed)
    if count:
        some = f"{whole} with their full text" if whole else "texts to be read from their pages"
        said.append("all with their full text" if whole == count else some)
    return ", ".join(said)


def _language(feed: Feed) -> str | None:
    """By the letters of what it gives: what software writes into `language` is often its own default."""
    seen = language_of("\n".join(f"{entry.title}\n{entry.text or entry.summary}"[:2000] for entry in feed.entries[:20]))
    said = (feed.language or "")[:2].lower()
    return _LANGUAGES.get(seen or said, feed.language)


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%d.%m %H:%M}" if moment else "no date    "
