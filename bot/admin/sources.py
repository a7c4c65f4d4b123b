"""What admins hear of sources that are not well, and what they do about it; how everything is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.admin.step import Step
from bot.says import Catalogue, Html, catalogue
from bot.screen import Button, Screen, length, listed, press, shortened, when, zone_of
from core import sourcing
from core.ailment import Ailment
from core.diagnosis import Telling, after_look, telling
from core.errors import UserError
from core.health import Health, health
from core.history import ChangeId
from core.model import BotId, SourceId
from core.ports import SourceState, Tx
from core.role import may

MOST_AT_ONCE = 5
"""Ailments that begin at one look and are told one by one; more are one message, for something else is wrong."""
SHOWN = 8
LONGEST_NAME = 60


def watch_over(tx: Tx, *, bot: BotId, zone: tzinfo, now: datetime) -> bool:
    """Looks at every source, keeps what ails them, and puts what the bot's admins hear on its way; whether anything."""
    known = {ailment.source: ailment for ailment in tx.ailments()}
    begun: list[tuple[Ailment, SourceState]] = []
    said = False
    for state in tx.sources():
        before = known.get(state.source.id)
        after = after_look(before, state, now=now)
        if after is None:
            if before is not None:
                tx.remove_ailment(state.source.id)
            continue
        what = telling(before, after, now=now)
        if what == "begun":
            begun.append((after, state))
        elif what is not None:
            after = _tell_on(tx, after, state, what, zone=zone, now=now)
            said = True
        if after != before:
            tx.put_ailment(after)
    return _tell_begun(tx, begun, bot, zone=zone, now=now) or said


def unlike(tx: Tx, *, now: datetime) -> bool:
    """Whether `watch_over` would change anything: told by reading alone."""
    known = {ailment.source: ailment for ailment in tx.ailments()}
    for state in tx.sources():
        before = known.get(state.source.id)
        after = after_look(before, state, now=now)
        if after != before or (after is not None and telling(before, after, now=now) is not None):
            return True
    return False


def _tell_begun(
    tx: Tx, begun: Sequence[tuple[Ailment, SourceState]], bot: BotId, *, zone: tzinfo, now: datetime
) -> bool:
    for ailment, state in begun:
        tx.put_ailment(replace(ailment, told="begun"))
        tx.clear_ailment_notes(state.source.id)
    for holder in tx.holders(bot):
        chat = tx.known_chat(holder.person)
        if not begun or chat is None or not may(holder.role, "editor"):
            continue
        say, there = catalogue(chat.language), zone_of(chat.zone, zone)
        if len(begun) > MOST_AT_ONCE:
            screen = many_screen([state for _, state in begun], say)
            tx.say(chat.target, screen.to_json(), edits=None, now=now)
            continue
        for ailment, state in begun:
            screen = ailment_screen(ailment, state, say, zone=there, now=now)
            delivery = tx.say(chat.target, screen.to_json(), edits=None, now=now)
            tx.add_ailment_note(state.source.id, chat.target, delivery)
    return bool(begun)


def _tell_on(tx: Tx, ailment: Ailment, state: SourceState, what: Telling, *, zone: tzinfo, now: datetime) -> Ailment:
    """The messages that told of it are edited."""
    for target, message in tx.ailment_notes(state.source.id):
        chat = tx.known_chat(target)
        if chat is None or message is None:
            continue
        say, there = catalogue(chat.language), zone_of(chat.zone, zone)
        screen = (
            well_screen(ailment, state, say, zone=there, now=now)
            if what == "over"
            else ailment_screen(ailment, state, say, zone=there, now=now)
        )
        tx.say(target, screen.to_json(), edits=message, now=now)
    return replace(ailment, told="over" if what == "over" else "begun")


def ailment_screen(ailment: Ailment, state: SourceState, say: Catalogue, *, zone: tzinfo, now: datetime) -> Screen:
    """To an admin: a source is not well, why, since when, and what can be done."""
    return Screen(_told(ailment, state, say, zone=zone, now=now), _choices(state, say))


def _told(ailment: Ailment, state: SourceState, say: Catalogue, *, zone: tzinfo, now: datetime) -> Html:
    memory = state.source.memory
    usual = length(memory.usual, say) if memory.usual else Html("–")
    silence = length(now - memory.came_at, say) if memory.came_at else Html("–")
    return say(
        f"source.{ailment.condition}",
        name=shortened(state.source.name, LONGEST_NAME),
        detail=shortened(ailment.detail, 100) or "–",
        since=when(ailment.began, now=now, zone=zone),
        silence=silence,
        usual=usual,
        to=memory.move.to if memory.move else "–",
    )


def well_screen(ailment: Ailment, state: SourceState, say: Catalogue, *, zone: tzinfo, now: datetime) -> Screen:
    """To an admin: it is well again."""
    until = when(ailment.ended or now, now=now, zone=zone)
    since = when(ailment.began, now=now, zone=zone)
    return Screen(say("source.well", name=shortened(state.source.name, LONGEST_NAME), since=since, until=until))


def many_screen(states: Sequence[SourceState], say: Catalogue) -> Screen:
    """To an admin: so many sources fell ill together that something else is likely wrong."""
    names = ", ".join(shortened(state.source.name, 30) for state in states[:SHOWN])
    text = say("source.many", sources=say.count("sources", len(states)), names=names)
    return Screen(text, ((press(say.plain("source.health"), "health"),),))


def _choices(state: SourceState, say: Catalogue) -> tuple[tuple[Button, ...], ...]:
    number = state.source.id
    check = press(say.plain("source.check"), "source_check", number)
    move = press(say.plain("source.move"), "source_move", number)
    if state.retired:
        return ((press(say.plain("source.resume"), "source_check", number), move),)
    return ((check, press(say.plain("source.stop"), "source_stop", number), move),)


def card(step: Step) -> Screen:
    """One source, as it is now."""
    return _card(sourcing.known(step.tx, SourceId(step.number())), step)


def _card(state: SourceState, step: Step, *, note: Html | None = None, undo: ChangeId | None = None) -> Screen:
    say, found = step.say, health(state, now=step.now)
    lines = [note] if note else []
    lines.append(say("source.card", name=shortened(state.source.name, LONGEST_NAME), url=state.source.url))
    lines.append(_condition(found, state, step))
    rows: list[tuple[Button, ...]] = [] if undo is None else [(press(say.plain("list.undo"), "undo", undo),)]
    if may(step.role, "editor"):
        rows += _choices(state, say)
    rows.append((press(say.plain("source.health"), "health"),))
    return Screen(listed(lines, "\n"), tuple(rows))


def _condition(found: Health, state: SourceState, step: Step) -> Html:
    last = when(state.last_new, now=step.now, zone=step.zone) if state.last_new else "–"
    return step.say("source.is", state=step.say(f"condition.{found.condition}"), last=last, articles=state.articles)


def check(step: Step) -> Screen:
    """It is visited now, also one that was stopped."""
    number = SourceId(step.number())
    change = sourcing.retry(step.tx, number, by=step.person, now=step.now)
    return _card(sourcing.known(step.tx, number), step, note=step.say("source.checking"), undo=change)


def stop(step: Step) -> Screen:
    """It is visited no more, until somebody wants it."""
    number = SourceId(step.number())
    change = sourcing.stop(step.tx, number, by=step.person, now=step.now)
    return _card(sourcing.known(step.tx, number), step, note=step.say("source.stopped"), undo=change)


def ask_address(step: Step) -> Screen:
    """Where is it to be visited?"""
    state, say = sourcing.known(step.tx, SourceId(step.number())), step.say
    step.tx.await_text(step.chat.target, f"source_move:{state.source.id}")
    move = state.source.memory.move
    rows = ((press(say.plain("source.follow"), "source_moved", state.source.id),),) if move else ()
    back = press(say.plain("card.back"), "source", state.source.id)
    return Screen(say("source.ask_address", name=state.source.name, url=state.source.url), (*rows, (back,)))


def follow_move(step: Step) -> Screen:
    """It is visited where it says that it moved."""
    state = sourcing.known(step.tx, SourceId(step.number()))
    if state.source.memory.move is None:
        raise UserError("gone")
    return _moved(step, state.source.memory.move.to)


def move(step: Step) -> Screen:
    """The text is its new address."""
    return _moved(step, step.word(1))


def _moved(step: Step, url: str) -> Screen:
    number = SourceId(step.number())
    change = sourcing.move(step.tx, number, url, by=step.person, now=step.now)
    return _card(sourcing.known(step.tx, number), step, note=step.say("source.checking"), undo=change)


def health_page(step: Step) -> Screen:
    """Sources by their state, those that are not well by name, what waits, troubles that last."""
    say, tx, now = step.say, step.tx, step.now
    states = [(state, health(state, now=now)) for state in tx.sources()]
    counts = Counter(found.condition for _, found in states)
    lines = [say("health.title")]
    lines += [
        say("health.sources", state=say(f"condition.{condition}"), count=count)
        for condition, count in counts.most_common()
    ]
    waiting = tx.waiting(now=now)
    lines.append(say("health.waiting", answers=waiting.answers.count, alerts=waiting.alerts.count))
    oldest = [queue.since for queue in (waiting.answers, waiting.alerts) if queue.since]
    if oldest and now - min(oldest) > timedelta(minutes=1):
        lines.append(say("health.oldest", since=when(min(oldest), now=now, zone=step.zone)))
    for trouble in tx.troubles():
        if trouble.ended is None:
            since = when(trouble.began, now=now, zone=step.zone)
            lines.append(say("health.trouble", kind=say(f"health.kind.{trouble.kind}"), since=since))
    lines.append(say("health.version", version=step.facts.version))
    made = step.facts.backup()
    lines.append(say("health.backup", at=when(made, now=now, zone=step.zone)) if made else say("health.no_backup"))
    unwell = [state for state, found in states if found.condition not in ("fine", "new", "stopped")]
    rows = [(press(shortened(state.source.name, LONGEST_NAME), "source", state.source.id),) for state in unwell[:SHOWN]]
    return Screen(listed(lines, "\n"), tuple(rows))
