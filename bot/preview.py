"""What was understood of a query, what it would have caught, and what can be done with it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

from bot.explain import explained
from bot.says import Catalogue, Html, html, plain
from bot.screen import Button, Screen, bold, link, press, shortened, when
from core.excerpt import Excerpt, excerpt, marked
from core.lookback import LookBack, Sample
from core.meaning import Meaning
from core.model import QueryId, SubscriptionId

SAMPLES = 3
"""Articles shown of what a query would have caught."""
ROOM = 3900
"""UTF-16 units of an answer with its samples: Telegram takes 4096."""
MARKS = 12
"""Bold words in a headline or sentence of a sample: three samples stay below Telegram's hundred entities."""
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Variant:
    """A query beside this one: how it differs, and for a narrower one the word it adds and what would be left."""

    how: Literal["exact", "forms", "abroad", "home", "narrow"]
    word: str = ""
    stories: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A query looked back for."""

    meaning: Meaning
    back: LookBack
    query: QueryId
    variants: tuple[tuple[Variant, QueryId], ...] = ()
    proposed: str | None = None
    """What else may have been meant, as a person would type it."""
    instead_of: SubscriptionId | None = None
    """The subscription that it may take the place of."""


def preview(shown: Preview, say: Catalogue, *, now: datetime, zone: tzinfo) -> Screen:
    """One message: understood, found, samples, choices."""
    parts = [say("query.seek", what=explained(shown.meaning, say)), *_found(shown.back, say)]
    if shown.proposed is not None:
        parts.append(say("query.proposed", query=shown.proposed))
    for sample in shown.back.samples[:SAMPLES]:
        more = Html("\n" + sample_shown(sample, now=now, zone=zone))
        if len(plain(Html("\n".join([*parts, more]))).encode("utf-16-le")) // 2 < ROOM:
            parts.append(more)
    return Screen(Html("\n".join(parts)), _choices(shown, say))


def _found(back: LookBack, say: Catalogue) -> list[Html]:
    if not back.articles:
        return [say("query.found_unclear" if back.at_least else "query.found_none")]
    key = "query.found_least" if back.at_least else "query.found"
    lines = [say(key, articles=say.count("articles", back.articles), stories=say.count("stories", back.stories))]
    if back.wide:
        a_day = say.count("stories", max(1, round(back.stories / back.days)))
        lines.append(say("query.wide_least" if back.at_least else "query.wide", stories=a_day))
    return lines


def sample_shown(sample: Sample, *, now: datetime, zone: tzinfo, most: int = MARKS) -> Html:
    """Headline, outlet and time, and the sentence with the words; at most so many of them bold in either."""
    article = sample.article
    title = marked(article.title, [span for span in sample.spans if span.field == "title"])
    if len(title.text) > 200:
        title = Excerpt(shortened(title.text, 200), ())
    time = when(article.published, now=now, zone=zone)
    head = Html(f"• {link(bold(title, most=most), article.url)} – {html(shortened(article.outlet, 40))}, {time}")
    sentence = excerpt(article.text, [span for span in sample.spans if span.field == "text"])
    return Html(f"{head}\n<i>{bold(sentence, most=most)}</i>") if sentence else head


def _choices(shown: Preview, say: Catalogue) -> tuple[tuple[Button, ...], ...]:
    instead = shown.instead_of
    if instead is None:
        first = (press(say.plain("query.follow"), "follow", shown.query), press(say.plain("query.refuse"), "refuse"))
    else:
        first = (
            press(say.plain("query.change"), "change", instead, shown.query),
            press(say.plain("query.keep"), "card", instead),
        )
    looks = [(_look(variant, query, instead, say), variant.how) for variant, query in shown.variants]
    narrower = [(button,) for button, how in looks if how == "narrow"]
    wider = [(button,) for button, how in looks if how != "narrow"]
    past = press(say.plain("query.past"), "past", shown.query, 0, 0, instead or 0)
    return (first, *narrower, *wider, (past,))


def _look(variant: Variant, query: QueryId, instead: SubscriptionId | None, say: Catalogue) -> Button:
    label = say.plain(f"query.{variant.how}", word=shortened(variant.word, LONGEST_WORD), count=variant.stories)
    return press(label, "look", query, instead or 0)
