"""An alert as a person sees it: a pure function of what is known of the story now."""

from datetime import datetime, tzinfo

from bot.says import Catalogue, Html, html
from bot.screen import Button, Screen, bold, link, listed, opens, press, shortened, when
from core.excerpt import Excerpt, excerpt, marked
from core.ports import AlertView
from core.story import Change
from core.story.origin import origin_of

NAMED = 3
"""Outlets named under an alert; the others are counted."""
LONGEST_TITLE = 300
LONGEST_OUTLET = 60
LONGEST_LABELS = 200


def alert_screen(view: AlertView, say: Catalogue, *, now: datetime, zone: tzinfo) -> Screen:
    """Headline, outlet, time and origin, the sentence with the words in bold, who else tells it, for which query."""
    parts = [*_news(view, say), link(_headline(view), view.article.url), _told_by(view, say, now=now, zone=zone)]
    sentence = _sentence(view)
    if sentence:
        parts.append(Html(f"\n{sentence}"))
    until = view.muted_until if view.muted(now=now) else None
    muted = say("alert.muted", time=when(until, now=now, zone=zone)) if until else None
    if view.told_in is not None:
        parts.append(Html("\n" + say("alert.told_in", title=shortened(view.told_in, LONGEST_OUTLET))))
    foot = [line for line in (_also(view, say), _labels(view, say), muted) if line]
    if foot:
        parts.append(Html("\n" + "\n".join(foot)))
    return Screen(Html("\n".join(parts)), _buttons(view, say, muted=muted is not None))


def _news(view: AlertView, say: Catalogue) -> list[Html]:
    """Of a follow-up, what is new in it, as far as one word says it."""
    if not view.answers:
        return []
    match view.change:
        case Change("stage", _, now):
            return [say("follow_up.stage", stage=say(f"stage.{now}"))]
        case Change("number"):
            return [say("follow_up.number")]
        case _:
            return [say("follow_up.news")]


def _told_by(view: AlertView, say: Catalogue, *, now: datetime, zone: tzinfo) -> Html:
    """The outlet and the time, and whose report it repeats, where it says so."""
    article = view.article
    outlet = html(shortened(view.source_name, LONGEST_OUTLET))
    line = say("alert.line", outlet=outlet, time=when(article.published, now=now, zone=zone))
    origin = origin_of(article.title, article.text, outlet=view.source_name)
    return say("alert.origin", line=line, name=shortened(origin, LONGEST_OUTLET)) if origin else line


def _headline(view: AlertView) -> Html:
    title = view.article.title
    if not title.strip():
        return html(shortened(view.article.text, 100) or view.source_name)
    if len(title) > LONGEST_TITLE:
        return html(shortened(title, LONGEST_TITLE))
    return bold(marked(title, [span for span in view.spans if span.field == "title"]))


def _sentence(view: AlertView) -> Html | None:
    """The sentence that matched; where only the headline did, the text's first one."""
    text = view.article.text
    found = excerpt(text, [span for span in view.spans if span.field == "text"])
    if found:
        return bold(found)
    first = shortened(text.split("\n", 1)[0], 200)
    return bold(Excerpt(first, ())) if first else None


def _also(view: AlertView, say: Catalogue) -> Html | None:
    if not view.also or view.told_in is not None:
        return None
    named = [link(html(shortened(name, LONGEST_OUTLET)), url) for name, url in view.also[:NAMED]]
    more = len(view.also) - len(named)
    rest = say("alert.more", count=more) if more else ""
    return say("alert.also", outlets=Html(listed(named, ", ") + rest))


def _labels(view: AlertView, say: Catalogue) -> Html | None:
    if not view.labels:
        return None
    return say("alert.labels", labels=shortened(" · ".join(view.labels), LONGEST_LABELS))


def _buttons(view: AlertView, say: Catalogue, *, muted: bool) -> tuple[tuple[Button, ...], ...]:
    address = opens(view.article.url) if view.article.url else None
    read = (Button(say.plain("alert.read"), "url", address),) if address else ()
    story = press(say.plain("alert.story"), "story", view.alert, 0)
    why = press(say.plain("alert.why"), "why", view.alert)
    wrong = press(say.plain("alert.wrong"), "wrong", view.alert)
    key = "unmute" if muted else "mute"
    mute = press(say.plain(f"alert.{key}"), key, view.alert)
    return ((*read, story), (why, wrong), (mute,))
