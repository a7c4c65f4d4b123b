"""When admins hear of a trouble: once that it lasts, once that it is over, never of what passes by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.trouble import AGAIN, KINDS, PATIENCE, SETTLED, Spell, after_look, telling

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LASTING = [kind for kind in KINDS if kind != "clock"]


class Days:
    """A trouble of one kind that comes and goes, looked at every minute; what was said, and in which minute."""

    def __init__(self, kind, *, unreachable=()):
        self.kind, self.minute, self.kept, self.spell, self.said = kind, 0, None, None, []
        self.unreachable = unreachable

    def look(self, wrong):
        now = NOON + self.minute * MINUTE
        if wrong and (self.spell is None or self.spell.ended):
            self.spell = Spell(began=now)
        elif not wrong and self.spell and not self.spell.ended:
            self.spell = replace(self.spell, ended=now)
        self.kept = after_look(self.kind, self.kept, self.spell, now=now)
        reachable = self.minute not in self.unreachable
        what = self.kept and telling(self.kept, reachable=reachable, now=now)
        if what:
            self.kept = replace(self.kept, told=what)
            self.said.append((what, self.minute))
        self.minute += 1

    def last(self, wrong, minutes):
        for _ in range(minutes):
            self.look(wrong)
        return self


def patience(kind):
    return PATIENCE[kind] // MINUTE


@pytest.mark.parametrize("kind", LASTING)
def test_what_lasts_is_said_once_and_once_that_it_is_over(kind):
    days = Days(kind).last(False, 3).last(True, 60).last(False, 60)
    begun = [] if kind == "disk" else [("begun", 3 + patience(kind))]
    assert days.said == [*begun, ("over", 63 + SETTLED[kind] // MINUTE)]


@pytest.mark.parametrize("kind", ["network", "telegram", "late"])
def test_what_passes_by_itself_is_not_worth_a_message(kind):
    assert Days(kind).last(True, patience(kind) - 1).last(False, 60).said == []


def test_what_comes_and_goes_without_peace_is_one_trouble():
    days = Days("network")
    for _ in range(30):
        days.last(True, 4).last(False, 2)
    assert [what for what, _ in days.said] == ["begun"]
    assert [what for what, _ in days.last(False, 10).said] == ["begun", "over"]


def test_what_comes_back_soon_after_its_end_was_said_must_last_an_hour():
    days = Days("network").last(True, 20).last(False, 10).last(True, 40).last(False, 10)
    assert [what for what, _ in days.said] == ["begun", "over"]
    days = Days("network").last(True, 20).last(False, 10).last(True, 70)
    assert days.said[2:] == [("begun", 30 + AGAIN // MINUTE)]
    days = Days("network").last(True, 20).last(False, 90).last(True, 15)
    assert days.said[2:] == [("begun", 110 + patience("network"))]


def test_while_nobody_can_be_told_only_the_end_is_told():
    days = Days("telegram", unreachable=range(40)).last(True, 40).last(False, 10)
    assert days.said == [("over", 45)]


def test_a_trouble_that_lasted_when_the_process_before_ended_is_over_when_it_is_seen_no_more():
    days = Days("network").last(True, 20)
    days.spell = None
    assert [what for what, _ in days.last(False, 10).said] == ["begun", "over"]


def test_a_trouble_that_outlives_a_restart_is_not_told_again():
    days = Days("network").last(True, 20)
    days.spell = None
    assert [what for what, _ in days.last(False, 1).last(True, 60).said] == ["begun"]


def test_every_setting_of_a_clock_is_told_at_once_and_once():
    moment = NOON
    kept = None
    for jump in (timedelta(hours=3), timedelta(hours=-3)):
        spell = Spell(began=moment, ended=moment, jump=jump)
        kept = after_look("clock", kept, spell, now=moment)
        assert (telling(kept, reachable=True, now=moment), kept.jump) == ("over", jump)
        kept = replace(kept, told="over")
        moment += MINUTE
        assert telling(after_look("clock", kept, spell, now=moment), reachable=True, now=moment) is None


@given(kind=st.sampled_from(LASTING), spells=st.lists(st.tuples(st.integers(1, 90), st.integers(1, 90)), max_size=12))
def test_whatever_happens_admins_hear_of_a_trouble_twice_at_most(kind, spells):
    days = Days(kind)
    for wrong, right in spells:
        days.last(True, wrong).last(False, right)
    words = [what for what, _ in days.last(False, 10).said]
    assert all(pair != ("begun", "begun") for pair in pairwise(words))
    longest = max((wrong for wrong, _ in spells), default=0)
    assert bool(words) <= bool(spells)
    if longest > AGAIN // MINUTE:
        assert words
    hours = 1 + days.minute // (AGAIN // MINUTE)
    assert len(words) <= 2 * hours
