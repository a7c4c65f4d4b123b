"""Carries what is due in the outbox, one message per chat at a time."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from bot.alerts import alert_screen
from bot.digest import digest
from bot.messenger import Messenger
from bot.notices import settled
from bot.says import catalogue
from bot.screen import Screen
from core.errors import StoreError
from core.model import AlertId, BotId
from core.outbox import BOT_PACE, Due, Later, Moved, Never, NoTopic, Outcome, Sent, Unknown, after_try
from core.ports import AlertView, Clock, Store, Tx

log = logging.getLogger(__name__)


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
    """For one try; what takes longer may have arrived or not."""


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
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._bot = bot
        self._clock = clock
        self._zone = zone
        self._loads = loads
        self._on_room = on_room
        self._alarm = alarm
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
        return await self._store.read(lambda tx: tx.next_due(self._bot))

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
        """One try; whatever goes wrong in it is this delivery's alone."""
        try:
            outcome = await self._try(due)
        except StoreError:
            raise
        except Exception:
            log.exception("delivery broke", extra={"delivery": due.id})
            outcome = Unknown("an error of ours: see the log")
        try:
            await self._settle(due, outcome)
        except StoreError:
            raise
        except Exception:  # its lease ends by itself, and it is looked after then
            log.exception("delivery not settled", extra={"delivery": due.id})

    async def _settle(self, due: Due, outcome: Outcome) -> None:
        now = self._clock()
        settlement = after_try(due, outcome, now=now)
        kept = await self._store.write(lambda tx: settled(tx, due, settlement, now=now))
        if not kept:
            log.warning("delivery settled too late, nothing changed", extra={"delivery": due.id})
        elif not isinstance(outcome, Sent):
            log.warning(
                "not delivered",
                extra={
                    "delivery": due.id,
                    "kind": due.kind,
                    "outcome": type(outcome).__name__,
                    "reason": _reason(outcome),
                },
            )

    async def _try(self, due: Due) -> Outcome:
        screen = await self._screen(due)
        if screen is None:
            return Never("nothing left to tell")
        # Read right before the send: what slept through its lease belongs to another worker by now.
        if self._clock() > due.lease_until - self._loads.margin:
            return Later(timedelta(0), "the lease ran out")
        try:
            async with asyncio.timeout(self._loads.patience.total_seconds()):
                return await self._messenger.send(due.target, screen, edits=due.edits)
        except TimeoutError:
            return Unknown("no answer in time")

    async def _screen(self, due: Due) -> Screen | None:
        if due.payload is not None:
            return Screen.from_json(due.payload)
        if due.kind == "digest":
            return await self._digest(due)
        alert = due.alert
        if alert is None:
            return None
        view = await self._store.read(lambda tx: tx.alert_view(alert))
        # No label: nobody here follows any longer what the story answers.
        if view is None or not view.labels or (view.muted and due.kind == "growth"):
            return None
        return alert_screen(view, catalogue(view.language), now=self._clock(), zone=self._zone)

    async def _digest(self, due: Due) -> Screen | None:
        """Written down before it leaves, so that it is known whom it told, whatever becomes of it."""
        now = self._clock()
        views, void = await self._store.read(lambda tx: _bundle(tx, due))
        if not views:
            return None
        packed = digest(views, catalogue(views[0].language), now=now, zone=self._zone)
        payload = packed.screen.to_json()
        ours = await self._store.write(lambda tx: tx.pack_bundle(due, payload, told=packed.told, void=void, now=now))
        return packed.screen if ours else None


def _bundle(tx: Tx, due: Due) -> tuple[list[AlertView], list[AlertId]]:
    """What a digest has to tell, the oldest first, and the alerts of which nobody wants to hear any longer."""
    alerts = tx.bundled(due.id)
    views = [view for alert in alerts if (view := tx.alert_view(alert)) and view.labels]
    told = {view.alert for view in views}
    return views, [alert for alert in alerts if alert not in told]


def _reason(outcome: Outcome) -> str:
    match outcome:
        case Sent():
            return ""
        case Moved():
            return "moved"
        case NoTopic():
            return "no such topic"
        case _:
            return outcome.reason
