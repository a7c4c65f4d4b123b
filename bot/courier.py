"""Carries what is due in the outbox, one message per chat at a time, and looks for what may have arrived."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from bot import screens
from bot.alerts import alert_screen
from bot.digest import digest
from bot.messenger import Messenger
from bot.notices import settled
from bot.says import catalogue, plain
from bot.screen import Screen, zone_of
from core.errors import StoreError
from core.lookup import Absent, Look, Unfindable, Unfinished, after_look, unsearchable
from core.model import AlertId, BotId, ChatId, Target
from core.outbox import BOT_PACE, Due, Later, Moved, Never, NoTopic, Outcome, Sent, Settlement, Unknown, after_try
from core.ports import AlertView, Clock, Store, Tx

log = logging.getLogger(__name__)

LOOKS_BROKEN = 3
"""A look-up that breaks us so often is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loads:
    """How much is carried."""

    hands: int = 30
    """Messages on their way at a time, each to another chat."""
    lease: timedelta = timedelta(minutes=1)
    """A claim that ends by itself: longer than any try."""
    margin: timedelta = timedelta(seconds=25)
    """What must be left of a lease for a try to begin: longer than `patience`."""
    patience: timedelta = timedelta(seconds=20)
    """For one try or look-up; what takes longer may have arrived or not."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of a send, and the screen that was sent."""

    outcome: Outcome
    screen: Screen | None

    def settlement(self, due: Due, *, now: datetime) -> Settlement:
        """With what was sent, where that may have to be recognised."""
        settlement = after_try(due, self.outcome, now=now)
        if settlement.state != "unknown" or self.screen is None:
            return settlement
        return replace(settlement, payload=self.screen.to_json())


@dataclass(frozen=True, slots=True)
class _Looked:
    """What came of a look-up, and the screen that was looked for."""

    outcome: Look
    screen: Screen | None

    def settlement(self, due: Due, *, now: datetime) -> Settlement:
        return after_look(due, self.outcome, now=now)


class Courier:
    """`round` starts what may leave now and never waits for it."""

    def __init__(
        self,
        *,
        store: Store,
        messenger: Messenger,
        bot: BotId,
        clock: Clock,
        zone: tzinfo,
        loads: Loads,
        on_room: Callable[[], None],
        alarm: Callable[[BaseException], None],
        owner: ChatId | None = None,
    ) -> None:
        """`owner` is told of what may have been lost where the chat has no owner of its own."""
        self._store = store
        self._messenger = messenger
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._loads = loads
        self._on_room = on_room
        self._alarm = alarm
        self._owner = owner
        self._tries: set[asyncio.Task[None]] = set()

    async def round(self) -> datetime | None:
        """Claims what is due and sets off; returns when the next round is worth making, if that is known."""
        free = self._loads.hands - len(self._tries)
        if free <= 0:
            return None
        now = self._clock()
        until = now + self._loads.lease
        due = await self._store.write(lambda tx: tx.claim_deliveries(self._bot, now=now, until=until, limit=free))
        for one in due:
            attempt = asyncio.create_task(self._carry(one), name=f"delivery {one.id}")
            self._tries.add(attempt)
            attempt.add_done_callback(self._ended)
        if due:
            return now + BOT_PACE.gap
        soon = await self._store.read(lambda tx: tx.next_due(self._bot))
        # What is due may have to wait for look-ups that are under way.
        return max(soon, now + BOT_PACE.gap) if soon else None

    async def rest(self) -> None:
        """Waits until nothing is on its way."""
        while self._tries:
            await asyncio.wait(self._tries)

    async def stop(self, patience: timedelta) -> None:
        """Lets what is on its way arrive; what does not in time is looked after at the next start."""
        if self._tries:
            await asyncio.wait(self._tries, timeout=patience.total_seconds())
        for attempt in self._tries:
            attempt.cancel()
        await self.rest()

    def _ended(self, attempt: asyncio.Task[None]) -> None:
        self._tries.discard(attempt)
        if attempt.cancelled():
            return
        error = attempt.exception()
        if error:
            self._alarm(error)
        self._on_room()

    async def _carry(self, due: Due) -> None:
        """One try or look-up; whatever goes wrong in it is this delivery's alone."""
        try:
            carried: _Tried | _Looked = await (self._try(due) if due.search is None else self._look(due))
        except StoreError:
            raise
        except Exception:
            log.exception("delivery broke", extra={"delivery": due.id})
            carried = _broken(due, "an error of ours: see the log")
        try:
            await self._settle(due, carried)
        except StoreError:
            raise
        except Exception:  # its lease ends by itself, and it is looked after then
            log.exception("delivery not settled", extra={"delivery": due.id})

    async def _settle(self, due: Due, carried: _Tried | _Looked) -> None:
        now = self._clock()
        settlement = carried.settlement(due, now=now)

        def work(tx: Tx) -> bool:
            kept = settled(tx, due, settlement, now=now)
            if kept and settlement.state == "unknown" and not settlement.again:
                self._tell_owner(tx, due, carried.screen, now=now)
            return kept

        kept = await self._store.write(work)
        if not kept:
            log.warning("delivery settled too late, nothing changed", extra={"delivery": due.id})
        elif not isinstance(carried.outcome, Sent):
            log.warning(
                "not delivered",
                extra={
                    "delivery": due.id,
                    "kind": due.kind,
                    "outcome": type(carried.outcome).__name__,
                    "reason": _reason(carried.outcome),
                },
            )

    def _tell_owner(self, tx: Tx, due: Due, screen: Screen | None, *, now: datetime) -> None:
        """Whoever added the bot there, else the bot's owner.

        A message to an owner that is lost itself is not told of: that would have no end.
        """
        standing = tx.standing(due.target)
        owner = standing.owner if standing else None
        if owner is None and self._owner is not None:
            owner = tx.known_chat(Target(bot=self._bot, chat=self._owner))
        if owner is None or (due.kind == "answer" and due.target == owner.target):
            return
        what = plain(screen.text) if screen else ""
        told = screens.unfindable(due.target.chat, what, catalogue(owner.language))
        tx.say(owner.target, told.to_json(), edits=None, now=now)

    async def _try(self, due: Due) -> _Tried:
        screen = await self._wanted(due)
        if screen is None:
            return _Tried(Never("nothing left to tell"), None)
        if self._is_late(due):
            return _Tried(Later(timedelta(0), "the lease ran out"), screen)
        try:
            async with asyncio.timeout(self._loads.patience.total_seconds()):
                outcome = await self._messenger.send(due.target, screen, edits=due.edits, replies_to=due.replies_to)
        except TimeoutError:
            outcome = Unknown("no answer in time")
        return _Tried(outcome, screen)

    async def _look(self, due: Due) -> _Looked:
        """Whether a message that may have arrived is there; asked of Telegram, where it can be asked at all."""
        if due.kind == "digest" and due.payload is None:
            return _Looked(Absent(), None)  # it is written down before it leaves
        screen = await self._sent(due)
        hopeless = unsearchable(due)
        if hopeless or screen is None:
            return _Looked(hopeless or Unfindable("what was sent is not known"), screen)
        if self._is_late(due):
            return _Looked(Later(timedelta(0), "the lease ran out"), screen)
        try:
            async with asyncio.timeout(self._loads.patience.total_seconds()):
                look = await self._messenger.find(due.target, due.search or (), screen, exact=due.payload is not None)
        except TimeoutError:
            look = Later(timedelta(0), "no answer in time")
        return _Looked(look, screen)

    def _is_late(self, due: Due) -> bool:
        """Read right before the network is used: what slept through its lease belongs to another worker by now."""
        return self._clock() > due.lease_until - self._loads.margin

    async def _wanted(self, due: Due) -> Screen | None:
        """What is to be told now, if anything."""
        if due.payload is not None:
            return Screen.from_json(due.payload)
        if due.kind == "digest":
            return await self._digest(due)
        view = await self._view(due)
        # No label: nobody here follows any longer what the story answers.
        if view is None or not view.labels or (due.kind == "growth" and view.muted(now=self._clock())):
            return None
        return self._rendered(view)

    async def _sent(self, due: Due) -> Screen | None:
        """What was sent, or, where its sender stopped too early to keep it, what it would be now."""
        if due.payload is not None:
            return Screen.from_json(due.payload)
        view = await self._view(due)
        return self._rendered(view) if view else None

    async def _view(self, due: Due) -> AlertView | None:
        alert = due.alert
        return None if alert is None else await self._store.read(lambda tx: tx.alert_view(alert))

    def _rendered(self, view: AlertView) -> Screen:
        zone = zone_of(view.zone, self._zone)
        return alert_screen(view, catalogue(view.language), now=self._clock(), zone=zone)

    async def _digest(self, due: Due) -> Screen | None:
        """Written down before it leaves, so that it is known whom it told, whatever becomes of it."""
        now = self._clock()
        views, void = await self._store.read(lambda tx: _bundle(tx, due))
        if not views:
            return None
        say, zone = catalogue(views[0].language), zone_of(views[0].zone, self._zone)
        packed = digest(views, say, now=now, zone=zone, gathered=due.gathered)
        payload = packed.screen.to_json()
        ours = await self._store.write(lambda tx: tx.pack_bundle(due, payload, told=packed.told, void=void, now=now))
        return packed.screen if ours else None


def _bundle(tx: Tx, due: Due) -> tuple[list[AlertView], list[AlertId]]:
    """What a digest has to tell, the oldest first, and the alerts of which nobody wants to hear any longer."""
    alerts = tx.bundled(due.id)
    views = [view for alert in alerts if (view := tx.alert_view(alert)) and view.labels]
    told = {view.alert for view in views}
    return views, [alert for alert in alerts if alert not in told]


def _broken(due: Due, reason: str) -> _Tried | _Looked:
    """What was begun may be done. A look-up changes nothing and is made again, though not for ever."""
    if due.search is None:
        return _Tried(Unknown(reason), None)
    return _Looked(Unfindable(reason) if due.looks >= LOOKS_BROKEN else Later(timedelta(0), reason), None)


def _reason(outcome: Outcome | Look) -> str:
    match outcome:
        case Sent():
            return ""
        case Absent():
            return "looked up, and not there"
        case Unfinished():
            return "looked up in part"
        case Moved():
            return "moved"
        case NoTopic():
            return "no such topic"
        case _:
            return outcome.reason
