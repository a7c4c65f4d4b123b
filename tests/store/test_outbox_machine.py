"""Whatever happens in whatever order: nothing is lost or told twice, one message at a time, no late word counts.

What may have arrived did or did not, as a try of the machine's decides; a look-up tells the truth, or fails.
"""

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from engines import ENGINES
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from newsroom import BOT, GROUP, MINUTE, OKSANA, PETRO, HandClock, Verbs, chat, meet, wrote

from core.lookup import Absent, Look, Unfindable, after_look
from core.model import ChatId, MessageId
from core.outbox import Due, Gone, Later, Moved, Never, Outcome, Sent, Shut, Unknown, after_try

PEOPLE = st.sampled_from([OKSANA, PETRO, GROUP])


@dataclass(frozen=True)
class Lost:
    """An answer that was lost; the message itself may have arrived."""

    arrived: bool


ARRIVES = "arrives"
OUTCOMES = st.one_of(
    st.just(ARRIVES),
    st.builds(Later, st.integers(0, 30).map(lambda seconds: timedelta(seconds=seconds)), st.just("later")),
    st.just(Later(timedelta(seconds=3), "no network", everyone=True)),
    st.just(Never("too long")),
    st.builds(Lost, st.booleans()),
)
LOOKS = st.sampled_from([Later(timedelta(0), "reset"), Later(timedelta(seconds=3), "no network", everyone=True)])
PROFILE = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    database=None,
    phases=[Phase.generate],  # a failure is shown as it was met: shrinking it takes minutes
    suppress_health_check=list(HealthCheck),
)


class Outbox(RuleBasedStateMachine):
    """The outbox beside a model of it: what was said, and what is known of each message."""

    claims = Bundle("claims")
    settled = Bundle("settled")
    engine = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.opened = ENGINES[self.engine](Path(self.folder.name))
        self.db = Verbs(self.loop.run_until_complete(self.opened.__aenter__()))
        self.waiting: dict[int, list[str]] = {}
        """What is to be sent yet, by chat, in the order it was said."""
        self.flying: dict[int, Due] = {}
        """By chat: the claim that may be sent now."""
        self.over: list[str] = []
        self.shown: dict[str, int] = {}
        """The number under which a word is in its chat."""
        self.said = 0
        self.numbers = 0

    def teardown(self) -> None:
        try:
            self._everything_arrives()
        finally:
            self.loop.run_until_complete(self.opened.__aexit__(None, None, None))
            self.loop.close()
            self.folder.cleanup()

    def run(self, doing):
        return self.loop.run_until_complete(doing)

    @initialize()
    def people_are_met(self) -> None:
        self.run(meet(self.db, OKSANA, PETRO, GROUP))
        self.somebody_writes(OKSANA)

    @rule(person=PEOPLE)
    def somebody_writes(self, person) -> None:
        self.numbers += 1
        self.run(wrote(self.db, person, self.numbers))

    @rule(person=PEOPLE)
    def somebody_is_told(self, person) -> None:
        self.said += 1
        word = f"{self.said}"
        self.waiting.setdefault(person.chat, []).append(word)
        self.run(self.db.say(person, word, edits=None, now=self.clock()))

    @rule(seconds=st.sampled_from([0.01, 0.04, 1, 5, 30, 59]))
    def time_goes_by(self, seconds) -> None:
        self.clock.move(seconds=seconds)

    @rule(target=claims, limit=st.integers(1, 4))
    def a_courier_claims(self, limit):
        claimed = self.run(self.db.claim_deliveries(BOT, now=self.clock(), until=self.clock() + MINUTE, limit=limit))
        assert len(claimed) <= limit
        assert len({due.target.chat for due in claimed}) == len(claimed)
        for due in claimed:
            self._claimed(due)
        return multiple(*claimed)

    def _claimed(self, due: Due) -> None:
        before = self.flying.get(due.target.chat)
        assert before is None or before.lease_until <= self.clock(), "two messages on their way to one chat"
        assert due.payload in self.waiting[due.target.chat], "what is over was sent again"
        assert due.search is not None or due.payload not in self.shown, "told twice"
        self.flying[due.target.chat] = due

    @rule(target=settled, due=consumes(claims), outcome=OUTCOMES, look=st.none() | LOOKS)
    def a_claim_is_settled(self, due, outcome, look):
        came = self._sent(due, outcome) if due.search is None else look or self._truth(due)
        kept = self.run(self._settle(due, came))
        assert kept or self.flying.get(due.target.chat) != due or due.lease_until <= self.clock()
        if kept:
            self._came_to(due, came)
        return due

    def _sent(self, due: Due, outcome) -> Outcome:
        """A try that was claimed long ago is none: its sender sees that its lease ran out."""
        if self.flying.get(due.target.chat) != due or due.lease_until <= self.clock():
            return Later(timedelta(0), "the lease ran out")
        match outcome:
            case str():
                return Sent(self._shows(due))
            case Lost(arrived):
                if arrived:
                    self._shows(due)
                return Unknown("reset")
            case _:
                return outcome

    def _shows(self, due: Due) -> MessageId:
        self.numbers += 1
        self.shown[due.payload] = self.numbers
        return MessageId(self.numbers)

    def _truth(self, due: Due) -> Look:
        number = self.shown.get(due.payload)
        if not due.search:
            return Unfindable("the chat has moved since")
        if number is None:
            return Absent()
        assert number in due.search, "the message is not where it is looked for"
        return Sent(MessageId(number))

    @rule(due=consumes(claims))
    def a_sender_stops_after_its_message_arrived(self, due) -> None:
        if due.search is None and self.flying.get(due.target.chat) == due and due.lease_until > self.clock():
            self._shows(due)

    @rule(target=settled, due=consumes(claims))
    def a_look_up_is_given_up(self, due):
        if due.search is None:
            return multiple()
        if self.run(self._settle(due, Unfindable("nobody knows"))):
            self._came_to(due, Unfindable("nobody knows"))
        return due

    @rule(due=settled, outcome=st.sampled_from([Later(timedelta(0), "late"), Sent(MessageId(99_999))]))
    def a_claim_is_settled_again(self, due, outcome) -> None:
        assert not self.run(self._settle(due, outcome))

    @rule()
    def leases_run_out(self) -> None:
        self.run(self.db.expire_leases(now=self.clock()))

    @rule()
    def the_program_starts_anew(self) -> None:
        self.run(self.db.release_leases(now=self.clock()))
        self.flying.clear()

    @invariant()
    def the_next_time_is_known_while_nothing_is_on_its_way(self) -> None:
        known = self.run(self.db.next_due(BOT))
        if known is not None:
            assert any(self.waiting.values())

    async def _settle(self, due: Due, outcome: Outcome | Look) -> bool:
        now = self.clock()
        after = after_try if due.search is None else after_look
        return await self.db.settle_delivery(due, after(due, outcome, now=now), now=now)

    def _came_to(self, due: Due, outcome: Outcome | Look) -> None:
        if self.flying.get(due.target.chat) == due:
            del self.flying[due.target.chat]
        if isinstance(outcome, Sent | Never | Unfindable):
            self.waiting[due.target.chat].remove(due.payload)
            self.over.append(due.payload)

    def _everything_arrives(self) -> None:
        """Given time, whatever is not over leaves: nothing was lost."""
        self.clock.move(days=1)
        self.the_program_starts_anew()
        for _ in range(4 * self.said + 4):
            self.clock.move(seconds=4)
            for due in self.run(self.db.claim_deliveries(BOT, now=self.clock(), until=self.clock() + MINUTE, limit=30)):
                self._claimed(due)
                came = self._sent(due, ARRIVES) if due.search is None else self._truth(due)
                assert self.run(self._settle(due, came))
                self._came_to(due, came)
        assert not any(self.waiting.values()), f"never sent: {self.waiting}"
        assert sorted(self.over, key=int) == [str(number) for number in range(1, self.said + 1)]


class OutboxInOrder(Outbox):
    """Beside all that: messages to one chat leave in the order they were said, tries included."""

    def _claimed(self, due: Due) -> None:
        super()._claimed(due)
        assert due.payload == self.waiting[due.target.chat][0], "a later message overtook an earlier one"

    @rule()
    def leases_run_out(self) -> None:
        self.run(self.db.expire_leases(now=self.clock()))

    @rule(target=Outbox.claims, limit=st.integers(1, 4))
    def a_courier_claims(self, limit):
        self.leases_run_out()
        return super().a_courier_claims(limit)


class OutboxWithLeavers(Outbox):
    """Beside all that: people block the bot and come back, and a group moves."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: set[int] = set()

    @rule(due=consumes(Outbox.claims))
    def a_chat_turns_out_to_be_gone(self, due) -> None:
        if self.run(self._settle(due, Gone("bot was blocked by the user", final=False))):
            self.flying.pop(due.target.chat, None)
            self.gone.add(due.target.chat)

    @rule(due=consumes(Outbox.claims))
    def a_chat_turns_out_to_be_no_more(self, due) -> None:
        if self.run(self._settle(due, Gone("user is deactivated", final=True))):
            self.flying.pop(due.target.chat, None)
            self.over += self.waiting.pop(due.target.chat)
            self.gone.add(due.target.chat)

    @rule(due=consumes(Outbox.claims), topic=st.booleans())
    def a_chat_turns_out_to_be_shut(self, due, topic) -> None:
        if due.search is None and self.run(self._settle(due, Shut("not enough rights", topic=topic))):
            self.flying.pop(due.target.chat, None)

    @rule(person=PEOPLE)
    def a_chat_gives_rights(self, person) -> None:
        self.run(self.db.chat_open(person, now=self.clock()))

    @rule(person=PEOPLE)
    def somebody_is_told(self, person) -> None:
        self.gone.discard(person.chat)
        self.run(meet(self.db, person))
        super().somebody_is_told(person)

    @rule(due=consumes(Outbox.claims))
    def a_group_turns_out_to_have_moved(self, due) -> None:
        new = ChatId(due.target.chat * 1000)
        if due.target == GROUP and self.run(self._settle(due, Moved(new))):
            self.flying.pop(due.target.chat, None)
            if due.search is not None:
                self._came_to(due, Unfindable("its number was one of the old chat's"))
            self.waiting.setdefault(new, []).extend(self.waiting.pop(due.target.chat))
            self.gone.discard(new)
            self.run(meet(self.db, chat(GROUP.chat), chat(new)))

    def _everything_arrives(self) -> None:
        for number in self.gone:
            self.run(meet(self.db, chat(number)))
        self.gone.clear()
        super()._everything_arrives()

    def _claimed(self, due: Due) -> None:
        assert due.target.chat not in self.gone, "a chat that is gone is sent to"
        super()._claimed(due)


def played(machine: type[Outbox], engine: str) -> None:
    case = type(machine.__name__, (machine,), {"engine": engine}).TestCase()
    case.settings = PROFILE
    case.runTest()


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_is_lost_or_sent_twice_at_a_time_whatever_happens(engine):
    played(Outbox, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_messages_to_a_chat_keep_their_order_whatever_happens(engine):
    played(OutboxInOrder, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_chats_that_leave_and_move_lose_nothing_whatever_happens(engine):
    played(OutboxWithLeavers, engine)
