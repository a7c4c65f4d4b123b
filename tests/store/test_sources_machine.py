"""Whatever visitors do in whatever order: a source is held by one at a time, and only its holder ends a visit."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from engines import ENGINES
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, consumes, initialize, invariant, multiple, rule
from machines import Machine, played
from newsroom import MINUTE, NOON, failed, record, sequel

from core.model import Validators

ADDRESSES = st.sampled_from(["https://a.test/", "https://b.test/", "https://c.test/"])


@dataclass
class Known:
    """What the machine knows of a source."""

    number: int
    due: datetime
    lease: datetime = NOON
    epoch: int = 0
    held: bool = False
    visited: bool = False
    failures: int = 0
    etag: str | None = None
    reason: str = ""


class Visits(Machine):
    """Sources beside a model of them."""

    visits = Bundle("visits")
    over = Bundle("over")

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, Known] = {}
        self.began = 0
        """How often the program has started: a visitor of another life says nothing any more."""

    @initialize()
    def two_are_watched(self) -> None:
        self.an_admin_adds_a_source("https://a.test/", 0)
        self.an_admin_adds_a_source("https://b.test/", -1)

    @rule(address=ADDRESSES, late=st.integers(-90, 90))
    def an_admin_adds_a_source(self, address, late) -> None:
        due = self.clock() + timedelta(seconds=late)
        number = self.run(self.db.add_source(address, name=None, outlet=address, every=MINUTE, now=due))
        assert (number is None) == (address in self.known)
        if number is not None:
            self.known[address] = Known(number=number, due=due)

    @rule(seconds=st.sampled_from([1, 30, 59, 61]))
    def time_goes_by(self, seconds) -> None:
        self.clock.move(seconds=seconds)

    @rule(target=visits, limit=st.integers(1, 3))
    def a_visitor_claims(self, limit):
        now = self.clock()
        ready = [url for url, one in self.known.items() if one.due <= now and (not one.held or one.lease <= now)]
        longest = sorted(ready, key=lambda url: (self.known[url].due, self.known[url].number))[:limit]
        claimed = self.run(self.db.claim_sources(now=now, until=now + MINUTE, limit=limit))
        assert {source.url for source in claimed} == set(longest)
        for source in claimed:
            one = self.known[source.url]
            one.held, one.lease = True, now + MINUTE
            assert source.epoch > one.epoch, "a claim that cannot be told from the one before"
            one.epoch = source.epoch
            assert (source.visited, source.failures) == (one.visited, one.failures)
            assert source.validators == Validators(etag=one.etag)
        return multiple(*((source, self.began) for source in claimed))

    @rule(target=visits)
    def a_visitor_sleeps_through_its_lease(self):
        slept = self.a_visitor_claims(3)
        self.clock.move(seconds=61)
        again = self.a_visitor_claims(3)
        return multiple(*slept.values, *again.values)

    @rule(target=over, visit=consumes(visits), reason=st.sampled_from(["", "timeout"]), tag=st.sampled_from("xy"))
    def a_visit_ends(self, visit, reason, tag):
        source, life = visit
        if life != self.began:
            return multiple()
        one = self.known[source.url]
        due = self.clock() + MINUTE
        assert self._settle(source, due, reason, tag) == (one.held and source.epoch == one.epoch)
        if one.held and source.epoch == one.epoch:
            one.held, one.due, one.etag, one.reason = False, due, tag, reason
            one.failures = one.failures + 1 if reason else 0
            one.visited = one.visited or not reason
        return visit

    @rule(visit=over)
    def a_visit_ends_once_more(self, visit) -> None:
        source, _ = visit
        assert not self._settle(source, self.clock() + timedelta(days=9), "late", "z")

    def _settle(self, source, due: datetime, reason: str, tag: str) -> bool:
        ends = failed(source, due_at=due, reason=reason) if reason else sequel(source, due_at=due)
        ends = replace(ends, validators=Validators(etag=tag))
        return self.run(self.db.settle_visit(source, ends, record(at=self.clock()), now=self.clock()))

    @rule()
    def the_program_starts_anew(self) -> None:
        self.reopen()
        self.began += 1
        for one in self.known.values():
            one.held = False

    @invariant()
    def sources_are_as_their_last_visits_left_them(self) -> None:
        seen = {state.source.url: state for state in self.run(self.db.sources())}
        assert seen.keys() == self.known.keys()
        for url, one in self.known.items():
            assert (seen[url].due_at, seen[url].last_reason) == (one.due, one.reason)
            assert (seen[url].source.visited, seen[url].source.failures) == (one.visited, one.failures)

    def at_the_end(self) -> None:
        """Nobody holds a source for ever."""
        self.clock.move(days=1)
        claimed = self.run(self.db.claim_sources(now=self.clock(), until=self.clock() + MINUTE, limit=9))
        assert {source.url for source in claimed} == self.known.keys()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_source_has_one_visitor_at_a_time_whatever_happens(engine):
    played(Visits, engine)
