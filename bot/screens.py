"""The screens a person meets, each a pure function."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.explain import explained, mistaken
from bot.says import Catalogue, Html, catalogues, html, plain
from bot.screen import Button, Screen, bold, link, press, shortened, when
from core.errors import UserError
from core.excerpt import Excerpt, excerpt, marked
from core.lookback import LookBack, Sample
from core.meaning import Meaning
from core.model import ChatId, QueryId, Subscription
from core.query import QueryMistake

PAGE = 8
"""Subscriptions on one page of the list."""
SAMPLES = 3
"""Articles shown of what a query would have caught."""
LONGEST_LABEL = 30
ROOM = 3900
"""UTF-16 units of an answer with its samples: Telegram takes 4096."""
MARKS = 12
"""Bold words in a headline or sentence of a sample: three samples stay below Telegram's hundred entities."""


def hello(say: Catalogue) -> Screen:
    """What this is, and what to type."""
    return Screen(say("start.hello"))


def help_(say: Catalogue) -> Screen:
    """How it works."""
    return Screen(say("help.text"))


def sorry(error: UserError, say: Catalogue, *, typed: str = "") -> Screen:
    """What went wrong, and what to do; of a query, also where and what was likely meant."""
    if isinstance(error, QueryMistake):
        return Screen(mistaken(error, typed, say))
    return Screen(say(f"error.{error.hint}", **error.values))


def preview(
    meaning: Meaning,
    back: LookBack,
    query: QueryId,
    say: Catalogue,
    *,
    now: datetime,
    zone: tzinfo,
    proposed: str | None = None,
) -> Screen:
    """What was understood, what it would have caught, and the choice to follow; `proposed` is what else may have been
    meant."""
    parts = [say("query.seek", what=explained(meaning, say)), _found(back, say)]
    if proposed is not None:
        parts.append(say("query.proposed", query=proposed))
    for sample in back.samples[:SAMPLES]:
        shown = Html("\n" + _sample(sample, now=now, zone=zone))
        if len(plain(Html("\n".join([*parts, shown]))).encode("utf-16-le")) // 2 < ROOM:
            parts.append(shown)
    buttons = (press(say.plain("query.follow"), "follow", query), press(say.plain("query.refuse"), "refuse"))
    return Screen(Html("\n".join(parts)), (buttons,))


def _found(back: LookBack, say: Catalogue) -> Html:
    if not back.articles:
        return say("query.found_unclear" if back.at_least else "query.found_none")
    key = "query.found_least" if back.at_least else "query.found"
    return say(key, articles=say.count("articles", back.articles), stories=say.count("stories", back.stories))


def _sample(sample: Sample, *, now: datetime, zone: tzinfo) -> Html:
    article = sample.article
    title = marked(article.title, [span for span in sample.spans if span.field == "title"])
    if len(title.text) > 200:
        title = Excerpt(shortened(title.text, 200), ())
    time = when(article.published, now=now, zone=zone)
    head = Html(f"• {link(bold(title, most=MARKS), article.url)} – {html(shortened(article.outlet, 40))}, {time}")
    sentence = excerpt(article.text, [span for span in sample.spans if span.field == "text"])
    return Html(f"{head}\n<i>{bold(sentence, most=MARKS)}</i>") if sentence else head


def followed(label: str, say: Catalogue, *, again: bool) -> Screen:
    """After the tap that subscribes."""
    text = say("followed.again" if again else "followed.text", label=_named(label))
    return Screen(text, ((press(say.plain("list.open"), "list", 0),),))


def refused(say: Catalogue) -> Screen:
    """After the tap that does not."""
    return Screen(say("query.refused"))


def subscriptions(mine: Sequence[Subscription], say: Catalogue, *, page: int = 0) -> Screen:
    """The list, with a row of buttons for each subscription."""
    if not mine:
        return Screen(say("list.empty"))
    page = max(0, min(page, (len(mine) - 1) // PAGE))
    shown = list(enumerate(mine, start=1))[page * PAGE : (page + 1) * PAGE]
    lines = [
        say("list.item_paused" if one.paused else "list.item", number=number, label=_named(one.label))
        for number, one in shown
    ]
    rows: list[tuple[Button, ...]] = [_row(number, one, page, say) for number, one in shown]
    turn = []
    if page > 0:
        turn.append(press(say.plain("list.earlier"), "list", page - 1))
    if (page + 1) * PAGE < len(mine):
        turn.append(press(say.plain("list.later"), "list", page + 1))
    if turn:
        rows.append(tuple(turn))
    return Screen(Html(say("list.title") + "\n" + "\n".join(lines)), tuple(rows))


def _row(number: int, one: Subscription, page: int, say: Catalogue) -> tuple[Button, Button]:
    label = shortened(one.label, LONGEST_LABEL)
    if one.paused:
        turn = press(say.plain("list.resume", label=label), "resume", one.id, page)
    else:
        turn = press(say.plain("list.pause", label=label), "pause", one.id, page)
    return turn, press(say.plain("list.remove", number=number), "remove", one.id, page)


def removed(label: str, query: QueryId, say: Catalogue) -> Screen:
    """A subscription is gone, and can come back."""
    undo = press(say.plain("list.undo"), "follow", query)
    return Screen(say("list.removed", label=_named(label)), ((undo, press(say.plain("list.open"), "list", 0)),))


def languages(say: Catalogue) -> Screen:
    """Which language to speak, asked in all of them."""
    rows = tuple((press(other.plain("language.name"), "language", code),) for code, other in catalogues().items())
    return Screen(say("language.ask"), rows)


def language_set(say: Catalogue) -> Screen:
    """In the language chosen."""
    return Screen(say("language.set"))


def stop(count: int, say: Catalogue) -> Screen:
    """One confirmation before everything is forgotten."""
    yes, no = press(say.plain("stop.yes"), "forget"), press(say.plain("stop.no"), "keep")
    return Screen(say("stop.ask", subscriptions=say.count("subscriptions", count)), ((yes, no),))


def kept(say: Catalogue) -> Screen:
    """Nothing was forgotten."""
    return Screen(say("stop.kept"))


def forgotten(say: Catalogue) -> Screen:
    """Everything was."""
    return Screen(say("stop.done"))


def unfindable(chat: ChatId, what: str, say: Catalogue) -> Screen:
    """For the owner: nobody will know whether this arrived there."""
    return Screen(say("unfindable.told", chat=chat, what=shortened(what.strip().partition("\n")[0], 200)))


def _named(label: str) -> Html:
    return Html(f"<b>{html(shortened(label, 100))}</b>")
