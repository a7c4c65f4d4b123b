"""Bugs put into the program on purpose: a simulation that does not find them is blind."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

import bot.courier as couriers
import bot.inbox as inboxes
from bench.simulation.run import run_seed
from bot.courier import Courier
from bot.inbox import Poller
from core.model import MessageId
from core.outbox import Due, Later, Outcome, Sent, Settlement, Unknown, after_try
from store.post import Outbox

Planted = Callable[[], AbstractContextManager[None]]


@contextmanager
def _put(owner: Any, name: str, bug: Any) -> Iterator[None]:
    right = getattr(owner, name)
    setattr(owner, name, bug)
    try:
        yield
    finally:
        setattr(owner, name, right)


def marks_before_it_sends() -> AbstractContextManager[None]:
    """A delivery counts as sent before Telegram has it."""
    right = Courier._try

    async def bug(self: Courier, due: Due) -> Any:
        now = self._clock()
        told = after_try(due, Sent(due.edits or MessageId(1)), now=now)
        await self._store.write(lambda tx: tx.settle_delivery(due, told, now=now))
        return await right(self, due)

    return _put(Courier, "_try", bug)


def forgets_what_is_unknown() -> AbstractContextManager[None]:
    """What may have arrived is never looked up."""

    def bug(due: Due, outcome: Outcome, **now: Any) -> Settlement:
        right = after_try(due, outcome, **now)
        return Settlement(state="sent") if isinstance(outcome, Unknown) and due.edits is None else right

    return _put(couriers, "after_try", bug)


def repeats_what_is_unknown() -> AbstractContextManager[None]:
    """What may have arrived is sent again at once."""

    def bug(due: Due, outcome: Outcome, **now: Any) -> Settlement:
        right = after_try(due, outcome, **now)
        return replace(right, state="pending") if right.state == "unknown" else right

    return _put(couriers, "after_try", bug)


def drops_what_is_too_much() -> AbstractContextManager[None]:
    """A 429 ends a message."""

    def bug(due: Due, outcome: Outcome, **now: Any) -> Settlement:
        right = after_try(due, outcome, **now)
        limited = isinstance(outcome, Later) and right.limited
        return replace(right, state="sent", again=False) if limited else right

    return _put(couriers, "after_try", bug)


def keeps_no_order_in_a_chat() -> AbstractContextManager[None]:
    """Several messages to one chat are on their way at a time."""
    right = Outbox._hold

    def bug(self: Outbox, bot: Any, chat: Any, **times: Any) -> None:
        right(self, bot, chat, **times)
        self._run("UPDATE chat SET lease_until = 0, held_until = 0 WHERE chat_id = :chat", chat=chat)

    return _put(Outbox, "_hold", bug)


def heeds_no_epoch() -> AbstractContextManager[None]:
    """Whoever comes too late settles what is another's by now."""
    return _put(Outbox, "_ours", lambda self, due: True)


def confirms_before_it_stores() -> AbstractContextManager[None]:
    """Telegram forgets updates that are not kept yet."""
    right = Poller._ask

    async def bug(self: Poller) -> Any:
        updates = await right(self)
        if updates:
            offset = max(int(update["update_id"]) for update in updates) + 1
            await self._telegram.do_api_request("getupdates", api_kwargs={"timeout": 0, "offset": offset})
        return updates

    return _put(Poller, "_ask", bug)


def answers_and_marks_apart() -> AbstractContextManager[None]:
    """An update is marked as done before its effect is written."""
    right = inboxes.Reader._answer

    async def bug(self: Any, heard: Any) -> None:
        await self._store.write(lambda tx: tx.answered(heard, now=self._clock()))
        await right(self, heard)

    return _put(inboxes.Reader, "_answer", bug)


WITHIN = 50
"""Seeds within which each bug must be found."""

BUGS: tuple[Planted, ...] = (
    marks_before_it_sends,
    forgets_what_is_unknown,
    repeats_what_is_unknown,
    drops_what_is_too_much,
    keeps_no_order_in_a_chat,
    heeds_no_epoch,
    confirms_before_it_stores,
    answers_and_marks_apart,
)


def first_found(bug: int, start: int) -> tuple[int, str] | None:
    """The first seed from `start` on, of `WITHIN` going round, in which `BUGS[bug]` breaks a promise, and which."""
    for step in range(WITHIN):
        seed = (start + step) % WITHIN
        with BUGS[bug]():
            faults = run_seed(seed).faults
        if faults:
            return seed, faults[0]
    return None
