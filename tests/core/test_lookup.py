"""After a look-up: was it delivered, and what is done then?"""

from datetime import UTC, datetime, timedelta

import pytest

from core.lookup import (
    MOST_LOOKS,
    MOST_SEARCHED,
    MOST_TRIES,
    ORDERED_TRIES,
    Absent,
    Unfindable,
    Unfinished,
    after_look,
    sequence_of,
    unsearchable,
)
from core.model import BotId, ChatId, DeliveryId, MessageId, Target
from core.outbox import Due, Gone, Later, Moved, Sent, Settlement

NOW = datetime(2026, 1, 2, 9, 0, tzinfo=UTC)
GONE, MOVED = Gone("bot was blocked by the user", final=False), Moved(ChatId(-1007))


def seconds(number):
    return timedelta(seconds=number)


def due(*, attempts=1, looks=1, arrived=False, search=(8,)):
    return Due(
        id=DeliveryId(1),
        target=Target(bot=BotId(1), chat=ChatId(42)),
        kind="alert",
        alert=None,
        edits=None,
        payload="{}",
        attempts=attempts,
        epoch=1,
        lease_until=NOW + seconds(60),
        search=search,
        looks=looks,
        arrived=arrived,
    )


def test_what_was_found_is_sent():
    assert after_look(due(), Sent(MessageId(8)), now=NOW) == Settlement(state="sent", message=MessageId(8))


def test_what_is_absent_is_sent_again_at_once():
    settled = after_look(due(), Absent(), now=NOW)
    assert settled == Settlement(state="pending", reason="looked up: not delivered", again=True)


@pytest.mark.parametrize(("attempts", "pause"), [(ORDERED_TRIES + 1, 80), (MOST_TRIES - 1, 600)])
def test_what_is_absent_again_and_again_lets_others_pass(attempts, pause):
    settled = after_look(due(attempts=attempts), Absent(), now=NOW)
    assert (settled.state, settled.not_before) == ("pending", NOW + seconds(pause))


def test_what_telegram_never_takes_is_refused_in_the_end():
    assert after_look(due(attempts=MOST_TRIES), Absent(), now=NOW).state == "refused"


@pytest.mark.parametrize(("looks", "pause"), [(1, 5), (2, 10), (4, 40), (99, 60)])
def test_a_look_up_that_failed_is_made_again_after_longer_and_longer_pauses_and_nothing_is_guessed(looks, pause):
    settled = after_look(due(looks=looks), Later(seconds(0), "reset"), now=NOW)
    assert settled == Settlement(state="unknown", reason="reset", again=True, hold_chat_until=NOW + seconds(pause))


def test_a_look_up_that_saw_a_part_goes_on_when_it_may():
    settled = after_look(due(looks=9), Unfinished(seconds(4)), now=NOW)
    assert settled == Settlement(state="unknown", again=True, hold_chat_until=NOW + seconds(4))


def test_a_look_up_waits_as_long_as_telegram_says():
    settled = after_look(due(), Later(seconds(60), "too many requests"), now=NOW)
    assert (settled.hold_chat_until, settled.limited) == (NOW + seconds(60), True)


def test_a_look_up_that_fails_for_a_day_is_given_up_but_not_where_there_is_no_network():
    tired = due(looks=MOST_LOOKS)
    assert after_look(tired, Later(seconds(0), "reset"), now=NOW) == Settlement(state="unknown", reason="reset")
    assert after_look(tired, Later(seconds(3), "no connection", everyone=True), now=NOW).again


def test_what_cannot_be_found_out_stays_unknown():
    assert after_look(due(), Unfindable("why"), now=NOW) == Settlement(state="unknown", reason="why", again=False)


def test_what_is_unknown_in_a_chat_that_left_or_moved_is_not_sent_again():
    assert after_look(due(), GONE, now=NOW) == Settlement(state="unknown", reason=GONE.reason, again=True, ending=GONE)
    assert after_look(due(), MOVED, now=NOW) == Settlement(state="unknown", reason="chat moved", moved_to=MOVED.to)


@pytest.mark.parametrize("look", [Absent(), Unfindable("why"), GONE, MOVED, Sent(MessageId(8))])
def test_what_surely_arrived_is_sent_whatever_a_look_up_says(look):
    assert after_look(due(arrived=True, attempts=MOST_TRIES), look, now=NOW).state == "sent"


def test_what_surely_arrived_stays_so_while_its_number_is_looked_for():
    assert after_look(due(arrived=True), Later(seconds(0), "reset"), now=NOW).arrived


@pytest.mark.parametrize(
    ("search", "hopeless"), [((), True), (range(MOST_SEARCHED + 1), True), (range(MOST_SEARCHED), False)]
)
def test_where_no_bound_is_known_or_too_much_was_written_nobody_looks(search, hopeless):
    assert (unsearchable(due(search=tuple(search))) is not None) is hopeless


@pytest.mark.parametrize(
    ("chat", "sequence"), [(42, 0), (-42, 0), (-999_999_999_999, 0), (-1_001_234_567_890, -1_001_234_567_890)]
)
def test_private_chats_and_basic_groups_share_their_numbers_and_others_have_their_own(chat, sequence):
    assert sequence_of(ChatId(chat)) == sequence
