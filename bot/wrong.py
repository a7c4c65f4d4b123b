"""«Не те»: what was wrong with an alert, and what leaving it out would have taken away."""

from collections.abc import Sequence

from bot.says import Catalogue
from bot.screen import Screen, listed, press, shortened
from core.exclusion import Effect, Exclusion, Kind
from core.model import AlertId, QueryId, Subscription
from core.past import SPAN

LONGEST_LABEL = 60
LONGEST_NAME = 40
MOST_QUERIES = 8


def which_screen(alert: AlertId, mine: Sequence[Subscription], say: Catalogue) -> Screen:
    """The alert answers several subscriptions: which of them should not have brought it?"""
    rows = tuple((press(shortened(one.label, LONGEST_LABEL), "less", alert, one.id),) for one in mine[:MOST_QUERIES])
    return Screen(say("wrong.which"), (*rows, (press(say.plain("wrong.nothing"), "enough"),)))


def wrong_screen(alert: AlertId, one: Subscription, say: Catalogue) -> Screen:
    """What is wrong with it?"""

    def kind(name: Kind) -> tuple[object, ...]:
        return ("less", alert, one.id, name)

    return Screen(
        say("wrong.ask", label=_label(one)),
        (
            (press(say.plain("wrong.topic"), *kind("topic")),),
            (press(say.plain("wrong.source"), *kind("source")), press(say.plain("wrong.word"), *kind("word"))),
            (press(say.plain("wrong.nothing"), "enough"),),
        ),
    )


def effect_screen(
    alert: AlertId,
    one: Subscription,
    kind: Kind,
    found: Sequence[tuple[Exclusion, QueryId]],
    effect: Effect,
    say: Catalogue,
) -> Screen:
    """For each thing that may be left out, what would have gone with it; a tap leaves it out, and can be undone."""
    back = (press(say.plain("wrong.back"), "less", alert, one.id), press(say.plain("wrong.nothing"), "enough"))
    if not found:
        return Screen(say(f"wrong.no_{kind}", label=_label(one)), (back,))
    brought = say(
        "wrong.effect_least" if effect.at_least else "wrong.effect",
        label=_label(one),
        days=SPAN.days,
        stories=say.count("stories", effect.stories),
    )
    lines = [
        say(f"wrong.without_{kind}", name=_name(exclusion), removed=removed, stories=effect.stories)
        for (exclusion, _), removed in zip(found, effect.removed, strict=True)
    ]
    rows = tuple(
        (press(say.plain("wrong.leave_out", name=_name(exclusion)), "change", one.id, query),)
        for exclusion, query in found
    )
    return Screen(listed([brought, *lines], "\n"), (*rows, back))


def _label(one: Subscription) -> str:
    return shortened(one.label, LONGEST_LABEL)


def _name(exclusion: Exclusion) -> str:
    return shortened(exclusion.name, LONGEST_NAME)
