"""What the bot's owners hear of troubles around it: once when one lasts, once when it is over."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from bot.says import Catalogue, catalogue
from bot.screen import Screen, length, when, zone_of
from core.model import Target
from core.ports import Tx
from core.trouble import KINDS, Kind, Spell, Telling, Trouble, after_look, telling


def observe(
    tx: Tx, seen: Mapping[Kind, Spell], *, owners: Sequence[Target], reachable: bool, zone: tzinfo, now: datetime
) -> bool:
    """Keeps what was seen of troubles, and puts what is to be said of them on its way; whether anything was said.

    `reachable`: Telegram answers at the moment.
    """
    before = {trouble.kind: trouble for trouble in tx.troubles()}
    said = False
    for kind in KINDS:
        trouble = after_look(kind, before.get(kind), seen.get(kind), now=now)
        if trouble is None:
            continue
        what = telling(trouble, reachable=reachable, now=now)
        if what:
            _tell(tx, trouble, what, owners=owners, zone=zone, now=now)
            trouble, said = replace(trouble, told=what), True
        if trouble != before.get(kind):
            tx.put_trouble(trouble)
    return said


def _tell(tx: Tx, trouble: Trouble, what: Telling, *, owners: Sequence[Target], zone: tzinfo, now: datetime) -> None:
    for owner in owners:
        chat = tx.known_chat(owner)
        if chat:
            screen = trouble_screen(trouble, what, catalogue(chat.language), zone=zone_of(chat.zone, zone), now=now)
            tx.say(chat.target, screen.to_json(), edits=None, now=now)


def trouble_screen(trouble: Trouble, what: Telling, say: Catalogue, *, zone: tzinfo, now: datetime) -> Screen:
    """To an owner of the bot: a trouble lasts, or is over."""
    if trouble.jump is not None:
        direction = "back" if trouble.jump < timedelta(0) else "forward"
        at = when(trouble.began, now=now, zone=zone)
        return Screen(say(f"trouble.clock_{direction}", at=at, length=length(abs(trouble.jump), say)))
    until = when(trouble.ended, now=now, zone=zone) if trouble.ended else ""
    return Screen(say(f"trouble.{trouble.kind}_{what}", since=when(trouble.began, now=now, zone=zone), until=until))
