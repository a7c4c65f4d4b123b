"""What a visit means for its source."""

from datetime import timedelta

import pytest
from watched import DAY, HOUR, MINUTE, NOON, TAG, UNCHANGED, after, catch, failed, fresh, goes_on, renewed, source

from core.memory import Memory, Wishes
from core.model import Validators
from core.rate import rate_of_backlog
from core.visits import is_read_already, record_of, validators_to_ask

SECOND = timedelta(seconds=1)
NEW = Validators(etag='"2"')
MET = Memory(whole_at=NOON - HOUR, read_at=NOON - HOUR, digest="d1")


# Good and failed visits.


def test_a_good_visit_ends_a_row_of_failures():
    ends = goes_on(source(failures=7, reason="HTTP 500", status=500), UNCHANGED)
    assert (ends.failures, ends.reason, ends.status, ends.visited) == (0, "", 304, True)


def test_a_failure_is_counted_and_nothing_learnt_is_lost():
    known = source(failures=2, memory=MET)
    ends = goes_on(known, failed("HTTP 503", 503))
    assert (ends.failures, ends.reason, ends.status) == (3, "HTTP 503", 503)
    assert (ends.memory, ends.validators, ends.visited) == (known.memory, TAG, True)


def test_both_validators_are_those_of_the_last_body():
    assert goes_on(source(), fresh(validators=NEW), catch()).validators == NEW
    assert goes_on(source(), fresh(validators=Validators()), catch()).validators == Validators()
    assert goes_on(source(), UNCHANGED).validators == TAG


def test_what_broke_is_met_again_because_the_feed_comes_whole_again():
    ends = goes_on(source(memory=MET), fresh(validators=NEW), catch(digest="d2", broken=1))
    assert (ends.validators, ends.memory.digest) == (TAG, "d1")


def test_when_the_next_visit_is_depends_on_what_this_one_found():
    soon = goes_on(source(), fresh(), catch(taken=30)).due_at
    late = goes_on(source(memory=after(source(), *[UNCHANGED] * 48).memory), UNCHANGED).due_at
    assert soon < late
    assert goes_on(source(), failed()).due_at > goes_on(source(), UNCHANGED).due_at


def test_what_a_server_and_its_feed_ask_for_is_heard():
    ends = goes_on(source(), fresh(fresh_for=9 * MINUTE), catch(taken=900), luck=0.0)
    assert ends.due_at == NOON + 9 * MINUTE
    wishing = goes_on(source(), fresh(), catch(taken=900, wishes=Wishes(ttl=8 * MINUTE)), luck=0.0)
    assert wishing.due_at == NOON + 8 * MINUTE


def test_the_feeds_wish_counts_also_where_it_did_not_change():
    wishing = renewed(source(), goes_on(source(), fresh(), catch(taken=900, wishes=Wishes(ttl=8 * MINUTE))))
    assert goes_on(wishing, UNCHANGED, now=NOON + MINUTE, luck=0.0).due_at == NOON + 9 * MINUTE


# What is learnt.


def test_a_first_visit_learns_from_what_is_listed_already():
    dates = tuple(NOON - number * HOUR for number in range(30))
    memory = goes_on(source(visited=False), fresh(), catch(entries=30, taken=30, dates=dates)).memory
    assert memory.rate == rate_of_backlog(dates, now=NOON)
    assert (memory.newest, memory.came_at) == (NOON, NOON)
    assert HOUR / 1.5 < memory.usual < HOUR * 1.5


def test_articles_that_came_are_counted_and_old_ones_that_turn_up_are_not():
    known = source(memory=Memory(rate=rate_of_backlog([], now=NOON - HOUR)))
    old = tuple(NOON - 2 * DAY for _ in range(8))
    few = goes_on(known, fresh(), catch(entries=10, taken=10, dates=old)).memory
    many = goes_on(known, fresh(), catch(entries=10, taken=10)).memory
    assert (few.rate.lately, many.rate.lately) == (2, 10)


def test_what_another_source_of_the_outlet_brought_first_counts_too():
    memory = Memory(rate=rate_of_backlog([], now=NOON - HOUR), newest=NOON - HOUR)
    dates = (NOON - 2 * HOUR, NOON - 30 * MINUTE, NOON - MINUTE, NOON + HOUR)
    assert goes_on(source(memory=memory), fresh(), catch(dates=dates)).memory.rate.lately == 2


def test_a_date_ahead_of_its_time_is_not_the_newest():
    memory = goes_on(source(), fresh(), catch(dates=(NOON - HOUR, NOON + HOUR))).memory
    assert memory.newest == NOON - HOUR


def test_bodies_without_entries_are_counted_until_there_is_one():
    nothing = (fresh(), catch(entries=0))
    assert after(source(), nothing, nothing, UNCHANGED, failed(), nothing).memory.empty == 3
    assert after(source(), nothing, nothing, (fresh(), catch())).memory.empty == 0


# Validators that are not believed.


def test_once_a_day_a_body_is_asked_for_without_conditions():
    known = after(source(), (fresh(), catch()), *[UNCHANGED] * 3)
    assert validators_to_ask(known, now=NOON + DAY - MINUTE) == TAG
    assert validators_to_ask(known, now=NOON + DAY) == Validators()


def test_a_source_that_never_gave_a_body_is_asked_for_one():
    assert validators_to_ask(source(), now=NOON) == Validators()


def test_validators_that_stayed_while_the_feed_changed_are_not_used_for_a_week():
    known = after(source(), (fresh(), catch()), (fresh(), catch(digest="d2", taken=3)))
    assert validators_to_ask(known, now=NOON + 2 * HOUR) == Validators()
    assert validators_to_ask(known, now=NOON + 7 * DAY) == Validators()
    moved_on = after(known, (fresh(), catch(digest="d2")), since=NOON + 8 * DAY)
    assert validators_to_ask(moved_on, now=NOON + 8 * DAY + HOUR) == TAG


@pytest.mark.parametrize(
    ("visit", "caught"),
    [
        (fresh(validators=NEW), catch(digest="d2", taken=3)),
        (fresh(), catch(digest="d2", taken=0)),
        (fresh(), None),
        (UNCHANGED, None),
    ],
    ids=["changed with the feed", "nothing new", "the same body", "304"],
)
def test_validators_that_do_their_work_are_believed(visit, caught):
    known = after(source(), (fresh(), catch()), (visit, caught))
    assert known.memory.distrusted_until is None


def test_servers_without_validators_are_not_taken_for_liars():
    bare = fresh(validators=Validators())
    known = after(source(validators=Validators()), (bare, catch()), (bare, catch(digest="d2", taken=3)))
    assert known.memory.distrusted_until is None


# The same body again.


def test_the_same_bytes_are_not_read_twice_within_a_day():
    known = after(source(), (fresh(), catch(digest="d1")))
    assert is_read_already(known, "d1", now=NOON + HOUR)
    assert not is_read_already(known, "d2", now=NOON + HOUR)
    assert not is_read_already(known, "d1", now=NOON + DAY)


def test_on_a_first_visit_everything_is_read():
    assert not is_read_already(source(visited=False, memory=MET), "d1", now=NOON)


# Moves.

OLD, NEAR, FAR = "https://news.example/rss", "https://www.news.example/feed", "https://other.example/feed"


def moved(*addresses, every=HOUR):
    return after(source(), *(fresh(moved_to=to) if to else UNCHANGED for to in addresses), every=every)


def test_a_permanent_redirect_on_the_same_site_is_followed_for_good_after_three_answers():
    assert moved(NEAR, NEAR).url == OLD
    assert moved(NEAR, NEAR, NEAR).url == NEAR


def test_three_answers_within_minutes_are_one_mistake():
    assert moved(NEAR, NEAR, NEAR, NEAR, every=MINUTE).url == OLD


def test_names_of_one_platform_are_not_one_owners():
    known = source(url="https://one.blogspot.com/feed")
    assert after(known, *[fresh(moved_to="https://two.blogspot.com/feed")] * 9).url == known.url


@pytest.mark.parametrize("addresses", [(NEAR, NEAR, None, NEAR), (NEAR, NEAR, OLD + "2", NEAR)])
def test_the_answers_must_agree_in_a_row(addresses):
    assert moved(*addresses).url == OLD


def test_another_site_is_gone_over_to_only_if_a_person_says_so():
    known = moved(*[FAR] * 9)
    assert (known.url, known.memory.move.to, known.memory.move.votes) == (OLD, FAR, 9)


def test_a_failure_says_nothing_of_a_move():
    known = after(source(), fresh(moved_to=NEAR), fresh(moved_to=NEAR), failed(), fresh(moved_to=NEAR))
    assert known.url == NEAR


# Gone for good.


def ends_after(*visits, every):
    known, now = source(), NOON
    for visit in visits:
        ends = goes_on(known, visit, now=now)
        known, now = renewed(known, ends), now + every
    return ends.retired


GONE = failed("HTTP 410 Gone", 410)


def test_a_source_is_given_up_when_it_said_on_three_days_that_it_is_gone():
    assert [ends_after(*[GONE] * days, every=DAY) for days in (1, 2, 3)] == [False, False, True]


def test_saying_it_all_day_long_is_saying_it_once():
    assert not ends_after(*[GONE] * 40, every=HOUR)
    assert ends_after(*[GONE] * 41, every=HOUR)


@pytest.mark.parametrize("between", [UNCHANGED, failed("HTTP 404", 404)])
def test_whatever_it_says_otherwise_starts_the_count_anew(between):
    assert not ends_after(GONE, GONE, between, GONE, every=DAY)


def test_days_on_which_it_was_not_reached_do_not_count():
    assert ends_after(GONE, GONE, failed("no connection", None, unreached=True), GONE, every=DAY)


def test_no_other_failure_ever_ends_the_visits():
    assert not ends_after(*[failed("HTTP 404", 404)] * 99, every=DAY)


# A site that turns its visitors away.


@pytest.mark.parametrize(("status", "shuts"), [(429, True), (403, True), (500, False), (None, False)])
def test_who_is_turned_away_says_until_when_the_site_is_to_be_left_alone(status, shuts):
    ends = goes_on(source(), failed("no", status, retry_after=HOUR))
    assert ends.shut_until == (ends.due_at if shuts else None)


# Records.


def test_a_record_says_what_came_of_the_visit():
    body = fresh(body=b"x" * 1000, wire=300)
    record = record_of(body, catch(entries=30, taken=2), at=NOON, took=SECOND)
    assert (record.outcome, record.status, record.reason) == ("fresh", 200, "")
    assert (record.wire, record.decoded, record.entries, record.new) == (300, 1000, 30, 2)


def test_a_body_that_was_read_before_is_nothing_new():
    record = record_of(fresh(body=b"x" * 1000, wire=300), None, at=NOON, took=SECOND)
    assert (record.outcome, record.status, record.wire, record.entries) == ("unchanged", 200, 300, 0)


def test_a_failure_is_recorded_with_its_reason():
    record = record_of(failed("HTTP 503", 503), None, at=NOON, took=-SECOND)
    assert (record.outcome, record.status, record.reason) == ("failed", 503, "HTTP 503")
    assert record.took == timedelta(0)
    assert record_of(UNCHANGED, None, at=NOON, took=SECOND).outcome == "unchanged"
