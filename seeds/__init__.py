"""A small Ukrainian news world of two days, read from the TOML files beside this one.

`outlets.toml` holds `[[outlet]]` tables:

    key           "vezha"; also the first step of every path of the outlet
    name, tagline, language ("uk", "be", "en")
    feed          "rss" or "atom"
    full_text     true: the feed carries the whole text; false: a summary, the text is on the page
    feed_path     "/vezha/feed.xml"
    article_path  "/vezha/{slug}"
    colour        "#b3261e", of its masthead
    apostrophes   the only apostrophes the outlet's texts may contain, as escapes

`world/<story>.toml` is one story, one event; the name of the file is the name of the story:

    story    the event in one sentence, for those who read the files
    kind     the section it would stand in, one of `KINDS`
    unlike   optional list of stories that share its words and are other events

and one `[[article]]` table per telling:

    outlet   key of the outlet
    at       "day 1 08:10": one of two days, 07:00 to 22:00
    slug     unique within the outlet
    title, summary
    text     paragraphs with an empty line between them; the summary is not part of it
    author   optional
    link_to  optional: the story that this one follows

`load_world` reads and checks all of it and raises ValueError naming file, article and fault.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, NewType

StorySlug = NewType("StorySlug", str)
OutletKey = NewType("OutletKey", str)

FeedKind = Literal["rss", "atom"]

KINDS = frozenset(
    {"politics", "rights", "war", "court", "incident", "society"}
    | {"economy", "energy", "transport", "weather"}
    | {"culture", "sport", "science", "health", "education"}
)
APOSTROPHES = frozenset("\u0027\u2018\u2019\u02bc\u0060\u00b4\u2032")

_AT = re.compile(r"day ([12]) (\d\d):(\d\d)")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OPENS, _CLOSES = 7 * 60, 22 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes, and the shape of its feed and addresses."""

    key: OutletKey
    name: str
    tagline: str
    language: str
    feed: FeedKind
    full_text: bool
    feed_path: str
    article_path: str
    colour: str
    apostrophes: str

    def path_of(self, slug: str) -> str:
        return self.article_path.format(slug=slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedStory:
    """One event; `unlike` names the stories that only sound the same."""

    slug: StorySlug
    event: str
    kind: str
    unlike: tuple[StorySlug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedArticle:
    """One outlet's telling of a story, with the day (1 or 2) and minute of that day it comes out."""

    outlet: OutletKey
    day: int
    minute: int
    story: StorySlug
    slug: str
    title: str
    summary: str
    text: str
    author: str | None = None
    link_to: StorySlug | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(self.text.split("\n\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything there is, the articles in the order they come out."""

    outlets: tuple[Outlet, ...]
    stories: tuple[SeedStory, ...]
    articles: tuple[SeedArticle, ...]

    def outlet(self, key: OutletKey) -> Outlet:
        return next(outlet for outlet in self.outlets if outlet.key == key)

    def story(self, slug: StorySlug) -> SeedStory:
        return next(story for story in self.stories if story.slug == slug)


def load_world(root: Traversable | None = None) -> World:
    """The world in `root`, by default the one shipped with this package; ValueError if it is not sound."""
    root = root if root is not None else files(__name__)
    outlets = _read_outlets(root / "outlets.toml")
    stories: list[SeedStory] = []
    articles: list[SeedArticle] = []
    for file in sorted((root / "world").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".toml"):
            story, told = _read_story(file)
            stories.append(story)
            articles.extend(told)
    articles.sort(key=lambda article: (article.day, article.minute, article.outlet))
    world = World(outlets=outlets, stories=tuple(stories), articles=tuple(articles))
    _check_world(world)
    return world


class _Table:
    """One TOML table whose fields are taken by name and type; what is missing or left over is an error."""

    def __init__(self, fields: Mapping[str, object], where: str) -> None:
        self._left = dict(fields)
        self.where = where

    def text(self, name: str) -> str:
        found = self.optional_text(name)
        if found is None:
            raise ValueError(f"{self.where}: {name} is missing")
        return found

    def optional_text(self, name: str) -> str | None:
        value = self._left.pop(name, None)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{self.where}: {name} must be a text that is not empty")
        return value.strip()

    def truth(self, name: str) -> bool:
        value = self._left.pop(name, None)
        if not isinstance(value, bool):
            raise ValueError(f"{self.where}: {name} must be true or false")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError(f"{self.where}: {name} must be a list of texts")
        return tuple(value)

    def tables(self, name: str) -> list["_Table"]:
        value = self._left.pop(name, None)
        if not isinstance(value, list) or not value:
            raise ValueError(f"{self.where}: at least one [[{name}]] is needed")
        return [_Table(each, f"{self.where}, {name} {number}") for number, each in enumerate(value, 1)]

    def end(self) -> None:
        if self._left:
            raise ValueError(f"{self.where}: unknown field {', '.join(sorted(self._left))}")


def _open(file: Traversable) -> _Table:
    try:
        return _Table(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file.name}: {error}") from error


def _read_outlets(file: Traversable) -> tuple[Outlet, ...]:
    table = _open(file)
    outlets = tuple(_read_outlet(each) for each in table.tables("outlet"))
    table.end()
    return outlets


def _read_outlet(table: _Table) -> Outlet:
    outlet = Outlet(
        key=OutletKey(table.text("key")),
        name=table.text("name"),
        tagline=table.text("tagline"),
        language=table.text("language"),
        feed=_feed_kind(table),
        full_text=table.truth("full_text"),
        feed_path=table.text("feed_path"),
        article_path=table.text("article_path"),
        colour=table.text("colour"),
        apostrophes=table.text("apostrophes"),
    )
    table.end()
    for path in (outlet.feed_path, outlet.article_path):
        if not path.startswith(f"/{outlet.key}/"):
            raise ValueError(f"{table.where}: {path} does not start with /{outlet.key}/")
    if outlet.article_path.count("{slug}") != 1:
        raise ValueError(f"{table.where}: article_path must contain {{slug}} once")
    return outlet


def _feed_kind(table: _Table) -> FeedKind:
    match table.text("feed"):
        case "rss":
            return "rss"
        case "atom":
            return "atom"
        case other:
            raise ValueError(f"{table.where}: feed is {other!r}, not rss or atom")


def _read_story(file: Traversable) -> tuple[SeedStory, list[SeedArticle]]:
    table = _open(file)
    slug = StorySlug(file.name.removesuffix(".toml"))
    story = SeedStory(
        slug=slug,
        event=table.text("story"),
        kind=table.text("kind"),
        unlike=tuple(StorySlug(each) for each in table.texts("unlike")),
    )
    if story.kind not in KINDS:
        raise ValueError(f"{table.where}: kind {story.kind!r} is not one of {', '.join(sorted(KINDS))}")
    articles = [_read_article(each, slug) for each in table.tables("article")]
    table.end()
    return story, articles


def _read_article(table: _Table, story: StorySlug) -> SeedArticle:
    day, minute = _moment(table.text("at"), table.where)
    link_to = table.optional_text("link_to")
    article = SeedArticle(
        outlet=OutletKey(table.text("outlet")),
        day=day,
        minute=minute,
        story=story,
        slug=table.text("slug"),
        title=table.text("title"),
        summary=table.text("summary"),
        text=table.text("text"),
        author=table.optional_text("author"),
        link_to=None if link_to is None else StorySlug(link_to),
    )
    table.end()
    if not _SLUG.fullmatch(article.slug):
        raise ValueError(f"{table.where}: slug {article.slug!r} is not small Latin letters, digits, hyphens")
    return article


def _moment(at: str, where: str) -> tuple[int, int]:
    found = _AT.fullmatch(at)
    if found is None:
        raise ValueError(f'{where}: at = {at!r} is not like "day 1 08:10"')
    day, hour, minute = (int(part) for part in found.groups())
    of_day = hour * 60 + minute
    if minute > 59 or not _OPENS <= of_day <= _CLOSES:
        raise ValueError(f"{where}: at = {at!r} is not between 07:00 and 22:00")
    return day, of_day


def _check_world(world: World) -> None:
    outlets = {outlet.key: outlet for outlet in world.outlets}
    _refuse_twins((outlet.key for outlet in world.outlets), "outlet")
    _refuse_twins((f"{article.outlet}/{article.slug}" for article in world.articles), "article")
    stories = {story.slug for story in world.stories}
    for story in world.stories:
        _refuse_strangers(story.unlike, stories - {story.slug}, f"{story.slug}: unlike")
    for article in world.articles:
        where = f"{article.story}: {article.outlet}/{article.slug}"
        if article.outlet not in outlets:
            raise ValueError(f"{where}: there is no outlet {article.outlet!r}")
        if article.link_to is not None:
            _refuse_strangers([article.link_to], stories - {article.story}, f"{where}: link_to")
        _check_apostrophes(article, outlets[article.outlet], where)


def _refuse_twins(names: Iterable[str], what: str) -> None:
    twins = [name for name, times in Counter(names).items() if times > 1]
    if twins:
        raise ValueError(f"{what} given twice: {', '.join(twins)}")


def _refuse_strangers(named: Iterable[StorySlug], known: set[StorySlug], where: str) -> None:
    for slug in named:
        if slug not in known:
            raise ValueError(f"{where}: there is no other story {slug!r}")


def _check_apostrophes(article: SeedArticle, outlet: Outlet, where: str) -> None:
    wrong = (APOSTROPHES & set(article.title + article.summary + article.text)) - set(outlet.apostrophes)
    if wrong:
        points = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(wrong))
        raise ValueError(f"{where}: apostrophe {points} is not one that {outlet.name} uses")
