"""Whatever is heard, breaks and crashes in whatever order: every update is answered once, a person's in order."""

import pytest
from engines import ENGINES
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from machines import Machine, played
from newsroom import BOT, MINUTE, OKSANA, PETRO, chat, meet

from core.model import MessageId
from core.outbox import Sent, after_try

NOBODY = None
CHATS = st.sampled_from([OKSANA.chat, PETRO.chat, NOBODY])
ANSWERED = chat(99)
"""Hears of every answer: what a handler does is done once."""


class Stopped(Exception):
    """The program ends in the middle of a transaction."""


class Inbox(Machine):
    """The inbox beside a model of it: who wrote what, and what became of it."""

    def __init__(self) -> None:
        super().__init__()
        self.chat: dict[int, int | None] = {}
        """Of every update ever heard, the chat it is of."""
        self.tries: dict[int, int] = {}
        """Of what waits, how often it was tried."""
        self.aside: list[int] = []
        self.done: list[int] = []
        self.taken = None
        """What the reader holds."""
        self.run(meet(self.db, OKSANA, PETRO, ANSWERED))

    @rule(chats=st.lists(CHATS, max_size=3), again=st.integers(0, 4))
    def telegram_is_asked(self, chats, again) -> None:
        """What was not confirmed comes once more."""
        known = sorted(self.chat)[-again:] if again else []
        new = {max(self.chat, default=0) + 1 + place: whose for place, whose in enumerate(chats)}
        updates = [(number, self.chat.get(number, new.get(number)), f"«{number}»") for number in (*known, *new)]
        assert self.run(self.db.hear(BOT, updates, now=self.clock())) == len(new)
        self.chat |= new
        self.tries |= dict.fromkeys(new, 0)

    @precondition(lambda self: self.taken is None)
    @rule()
    def the_reader_takes_one(self) -> None:
        expected = self._next()
        self.taken = self.run(self.db.next_heard(BOT))
        if expected is None:
            assert self.taken is None
            return
        self.tries[expected] += 1
        assert (self.taken.update, self.taken.attempts) == (expected, self.tries[expected])
        assert self.taken.payload == f"«{expected}»"

    def _next(self) -> int | None:
        """The least tried and oldest of those that are the first of their chat."""
        first = {whose: min(n for n in self.tries if self.chat[n] == whose) for whose in self._writers()}
        ready = [n for n in self.tries if self.chat[n] is None or first[self.chat[n]] == n]
        return min(ready, key=lambda number: (self.tries[number], number), default=None)

    def _writers(self) -> set[int]:
        return {whose for number in self.tries if (whose := self.chat[number]) is not None}

    @precondition(lambda self: self.taken is not None)
    @rule()
    def it_is_answered(self) -> None:
        self._answer()
        del self.tries[self.taken.update]
        self.done.append(self.taken.update)
        self.taken = None

    def _answer(self, stopped: type[Exception] | None = None) -> None:
        heard, now = self.taken, self.clock()

        def work(tx):
            tx.say(ANSWERED, f"{heard.update}", edits=None, now=now)
            tx.answered(heard, now=now)
            if stopped:
                raise stopped

        self.run(self.db.do(work))

    @precondition(lambda self: self.taken is not None)
    @rule()
    def its_handler_breaks(self) -> None:
        with pytest.raises(Stopped):
            self._answer(Stopped)
        self.taken = None

    @precondition(lambda self: self.taken is not None)
    @rule()
    def it_is_set_aside(self) -> None:
        first = self.run(self.db.set_aside(self.taken, "ValueError", now=self.clock()))
        assert first == (not self.aside)
        self.aside.append(self.taken.update)
        del self.tries[self.taken.update]
        self.taken = None
        self.clock.move(seconds=1)

    @rule(place=st.integers(0, 5))
    def an_admin_tries_one_again(self, place) -> None:
        chosen = self.aside[place] if place < len(self.aside) else 1_000_000
        assert self.run(self.db.retry_aside(chosen)) == (chosen in self.aside)
        if chosen in self.aside:
            self.aside.remove(chosen)
            self.tries[chosen] = 0

    @rule()
    def the_program_starts_anew(self) -> None:
        self.taken = None
        self.reopen()
        assert [one.update for one in self.run(self.db.asides())] == self.aside

    def at_the_end(self) -> None:
        self.the_program_starts_anew()
        for _ in range(len(self.tries)):
            self.the_reader_takes_one()
            self.it_is_answered()
        self.the_reader_takes_one()
        assert self.taken is None
        assert self._effects() == sorted(self.done), "not every update was answered once"
        assert sorted(self.done + self.aside) == sorted(self.chat)

    def _effects(self) -> list[int]:
        """Every answer that was put on its way."""
        said = []
        while due := self.run(self.db.claim_deliveries(BOT, now=self.clock(), until=self.clock() + MINUTE, limit=30)):
            for one in due:
                said.append(int(one.payload))
                settlement = after_try(one, Sent(MessageId(len(said))), now=self.clock())
                assert self.run(self.db.settle_delivery(one, settlement, now=self.clock()))
            self.clock.move(seconds=4)
        return sorted(said)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_update_is_answered_once_whatever_happens(engine):
    played(Inbox, engine)
