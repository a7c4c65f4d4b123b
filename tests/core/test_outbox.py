"""After a try to send: what is known, what is next, and how fast?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import BotId, ChatId, DeliveryId, MessageId, Target
from core.outbox import (
    BOT_PACE,
    GROUP_PACE,
    PERSON_PACE,
    PRIORITY,
    Due,
    Gone,
    Later,
    Limit,
    Moved,
    Never,
    NoTopic,
    Pace,
    Sent,
    Settlement,
    Shut,
    Unknown,
    after_try,
    bot_hold,
    pace_of,
)

NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)


def seconds(number):
    return timedelta(seconds=number)


def due(attempts=1, *, edits=None, thread=0):
    return Due(
        id=DeliveryId(1),
        target=Target(bot=BotId(1), chat=ChatId(42), thread=thread),
        kind="alert",
        alert=None,
        edits=edits,
        payload="{}",
        attempts=attempts,
        epoch=1,
        lease_until=NOW + seconds(60),
    )


def test_what_was_sent_is_sent():
    assert after_try(due(), Sent(MessageId(7)), now=NOW) == Settlement(state="sent", message=MessageId(7))
    assert after_try(due(edits=MessageId(7)), Sent(None), now=NOW) == Settlement(state="sent", message=None)


def test_what_arrived_under_a_number_not_learnt_is_looked_up_for_its_number():
    settled = after_try(due(), Sent(None), now=NOW)
    assert settled == Settlement(state="unknown", again=True, arrived=True, hold_chat_until=NOW + seconds(5))


def test_what_may_be_sent_later_holds_its_own_chat_alone():
    settled = after_try(due(), Later(seconds(30), "too many requests"), now=NOW)
    assert settled == Settlement(
        state="pending", reason="too many requests", again=True, hold_chat_until=NOW + seconds(30), limited=True
    )


def test_trouble_of_the_whole_bot_holds_all_chats():
    settled = after_try(due(), Later(seconds(3), "no connection", everyone=True), now=NOW)
    assert (settled.state, settled.hold_bot_until) == ("pending", NOW + seconds(3))


def test_a_message_refused_for_good_is_not_tried_again_and_its_chat_stays():
    settled = after_try(due(), Never("message is too long"), now=NOW)
    assert settled == Settlement(state="refused", reason="message is too long", again=False, ending=None)


@pytest.mark.parametrize(
    "ending", [Gone("blocked", final=False), Shut("no rights", topic=False), Shut("closed", topic=True)]
)
def test_what_may_still_be_told_when_its_target_is_back_is_kept(ending):
    settled = after_try(due(), ending, now=NOW)
    assert settled == Settlement(state="pending", reason=ending.reason, again=True, ending=ending)


def test_what_was_for_a_chat_that_is_no_more_is_refused():
    over = Gone("user is deactivated", final=True)
    assert after_try(due(), over, now=NOW) == Settlement(state="refused", reason=over.reason, ending=over)


def test_a_message_to_a_topic_that_was_deleted_goes_on_in_its_chat():
    settled = after_try(due(thread=3), NoTopic(), now=NOW)
    assert (settled.state, settled.again, settled.ending) == ("pending", True, NoTopic())


def test_a_chat_that_misses_a_topic_nobody_named_is_not_asked_for_ever():
    settled = after_try(due(), NoTopic(), now=NOW)
    assert (settled.state, settled.again, settled.ending) == ("refused", False, None)


def test_a_chat_that_moved_gets_its_message_at_its_new_number():
    settled = after_try(due(), Moved(ChatId(-100123)), now=NOW)
    assert settled == Settlement(state="pending", reason="chat moved", again=True, moved_to=ChatId(-100123))


@pytest.mark.parametrize("attempts", [1, 7, 1000])
def test_what_is_unknown_is_looked_up_soon_and_its_chat_waits_for_that(attempts):
    settled = after_try(due(attempts), Unknown("timed out"), now=NOW)
    assert settled == Settlement(state="unknown", reason="timed out", again=True, hold_chat_until=NOW + seconds(5))


def limit(chat, at, until):
    return Limit(chat=ChatId(chat), at=NOW + seconds(at), until=NOW + seconds(until))


@pytest.mark.parametrize(("first", "second", "until"), [((1, 0, 9), (2, 1, 4), 9), ((1, 0, 3), (2, 0.5, 8), 8)])
def test_two_chats_limited_within_a_second_hold_the_bot_for_the_longer_of_the_two(first, second, until):
    assert bot_hold(limit(*first), limit(*second)) == NOW + seconds(until)


@pytest.mark.parametrize(("first", "second"), [((1, 0, 9), (1, 0.1, 9)), ((1, 0, 9), (2, 1.001, 9))])
def test_one_chat_limited_twice_and_two_chats_one_after_another_hold_nobody_else(first, second):
    assert bot_hold(limit(*first), limit(*second)) is None
    assert bot_hold(None, limit(*second)) is None


@pytest.mark.parametrize(
    ("outcome", "limited"),
    [
        (Later(seconds(3), "too many requests"), True),
        (Later(seconds(3), "no connection", everyone=True), False),
        (Later(seconds(0), "the lease ran out"), False),
    ],
)
def test_only_telegrams_own_word_counts_as_a_limit(outcome, limited):
    assert after_try(due(), outcome, now=NOW).limited is limited


@pytest.mark.parametrize(("attempts", "pause"), [(1, 3), (2, 6), (5, 48)])
def test_an_edit_that_is_unknown_is_made_again_soon(attempts, pause):
    settled = after_try(due(attempts, edits=MessageId(7)), Unknown("timed out"), now=NOW)
    again = NOW + seconds(pause)
    assert settled == Settlement(state="pending", reason="timed out", again=True, hold_chat_until=again)


@pytest.mark.parametrize("attempts", [6, 7, 1000])
def test_after_six_tries_an_edit_is_given_up_and_its_chat_goes_on(attempts):
    settled = after_try(due(attempts, edits=MessageId(7)), Unknown("timed out"), now=NOW)
    assert settled == Settlement(state="refused", reason="timed out", again=False, hold_chat_until=None)


def test_people_who_wait_come_first_and_growth_last():
    assert PRIORITY["answer"] < PRIORITY["alert"] < PRIORITY["growth"]


PERSON = Pace(gap=seconds(1), burst=3)


def test_three_leave_at_once_then_one_a_second():
    assert PERSON.free(NOW, now=NOW) == 3
    kept = PERSON.after(NOW, sent=3, now=NOW)
    assert PERSON.free(kept, now=NOW) == 0
    assert PERSON.free(kept, now=NOW + seconds(0.999)) == 0
    assert PERSON.free(kept, now=NOW + seconds(1)) == 1
    assert PERSON.free(kept, now=NOW + seconds(2)) == 2


def test_rest_is_not_saved_up_beyond_the_burst():
    kept = PERSON.after(NOW, sent=1, now=NOW)
    assert PERSON.free(kept, now=NOW + timedelta(days=365)) == 3


def test_a_pace_overdrawn_lets_nothing_through_until_it_is_paid():
    kept = PERSON.after(NOW, sent=10, now=NOW)
    assert PERSON.free(kept, now=NOW + seconds(7)) == 0
    assert PERSON.free(kept, now=NOW + seconds(8)) == 1


def test_a_pace_opens_when_one_more_may_leave_and_not_before():
    kept = PERSON.after(NOW, sent=3, now=NOW)
    assert PERSON.opens(kept) == NOW + seconds(1)
    assert PERSON.free(kept, now=PERSON.opens(kept)) == 1
    assert PERSON.free(kept, now=PERSON.opens(kept) - timedelta(microseconds=1)) == 0


@given(
    gap=st.integers(1, 4000).map(lambda number: timedelta(milliseconds=number)),
    burst=st.integers(1, 5),
    steps=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 9)), max_size=30),
)
def test_no_pace_lets_more_through_than_its_burst_and_one_per_gap(gap, burst, steps):
    pace, now, arrival, leaving = Pace(gap=gap, burst=burst), NOW, NOW, []
    for wait, wanted in steps:
        now += timedelta(milliseconds=wait)
        sent = min(wanted, pace.free(arrival, now=now))
        arrival = pace.after(arrival, sent=sent, now=now)
        leaving += [now] * sent
    for first, start in enumerate(leaving):
        assert all(last - first < burst + (end - start) / gap for last, end in enumerate(leaving[first:], start=first))


@given(sent=st.integers(1, 20), later=st.integers(0, 40_000).map(lambda number: timedelta(milliseconds=number)))
def test_a_pace_is_open_exactly_from_the_moment_it_names(sent, later):
    kept = GROUP_PACE.after(NOW, sent=sent, now=NOW)
    assert (GROUP_PACE.free(kept, now=NOW + later) >= 1) == (NOW + later >= GROUP_PACE.opens(kept))


@pytest.mark.parametrize(("chat", "pace"), [(42, PERSON_PACE), (-42, GROUP_PACE), (-1001234567890, GROUP_PACE)])
def test_groups_have_negative_numbers_and_a_slower_pace(chat, pace):
    assert pace_of(ChatId(chat)) == pace


def test_our_paces_stay_below_what_telegram_names():
    minute = timedelta(minutes=1)
    assert minute / BOT_PACE.gap + BOT_PACE.burst <= 30 * 60
    assert minute / PERSON_PACE.gap <= 60
    assert minute / GROUP_PACE.gap + GROUP_PACE.burst <= 20
