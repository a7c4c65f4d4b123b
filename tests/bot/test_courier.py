"""What becomes of a message on its way, whatever Telegram does to it."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.messenger import Messenger
from bot.screen import Screen
from core.errors import StoreError
from core.lookup import MOST_TRIES
from core.model import ChatId, MessageId
from core.outbox import Moved, Sent

STORY = "Мінськ відпустив політв\u2019язнів"


async def tell(house, person, *words):
    """The words are on their way to the person, who started the bot long ago."""
    if person.id not in house.telegram._started:
        started = house.telegram.start(person)
        house.telegram.updates.drop()
        await house.verb("account_for", house.number, [(person.id, started.id)], now=house.clock())
    await house.verb("meet", house.target(person), language="uk", now=house.clock())
    for word in words:
        await house.verb("say", house.target(person), Screen(word).to_json(), edits=None, now=house.clock())


async def go(house, courier=None):
    """One round, until nothing is on its way."""
    courier = courier or house.courier
    await courier.round()
    await courier.rest()


async def states(house):
    """The states of all deliveries, in the order they were made."""
    return await house.store.read(
        lambda tx: [state for (state,) in tx._execute("SELECT state FROM delivery ORDER BY id")]
    )


async def soon(house):
    """In how many seconds the next delivery may leave."""
    due = await house.verb("next_due", house.number)
    return None if due is None else round((due - house.clock()).total_seconds(), 2)


def sends(house, person):
    return [call for call in house.telegram.calls_of("sendMessage") if call.params["chat_id"] == person.id]


async def test_what_was_said_is_sent_once(house, oksana):
    await tell(house, oksana, "привіт")
    await go(house)
    await house.carry()
    assert house.told(oksana) == ["привіт"]
    assert await states(house) == ["sent"]


async def test_messages_arrive_in_the_order_they_were_said(house, oksana):
    await tell(house, oksana, *"абвгд")
    await house.carry()
    assert house.told(oksana) == list("абвгд")


# Each kind of trouble.


async def test_a_429_holds_its_own_chat_for_as_long_as_was_asked(house, telegram, oksana, petro):
    await tell(house, oksana, "раз")
    telegram.fault("http_429", "sendMessage", retry_after=7)
    await go(house)
    assert (await states(house), await soon(house)) == (["pending"], 7)
    await tell(house, petro, "два")
    house.clock.move(seconds=6.9)
    await go(house)
    assert (house.told(oksana), house.told(petro)) == ([], ["два"])
    house.clock.move(seconds=0.1)
    await go(house)
    assert house.told(oksana) == ["раз"]


@pytest.mark.parametrize("kind", ["http_500", "http_502", "reset_before"])
async def test_a_failure_that_says_nothing_is_unknown_until_the_message_is_looked_up(house, telegram, oksana, kind):
    await tell(house, oksana, "раз")
    telegram.fault(kind, "sendMessage")
    await go(house)
    assert (await states(house), await soon(house)) == (["unknown"], 5)
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent"], ["раз"])


@pytest.mark.parametrize("kind", ["lost_response", "http_500_after", "http_502_after", "bad_json"])
async def test_an_answer_that_was_lost_costs_a_look_up_and_no_repeat(house, telegram, oksana, kind):
    await tell(house, oksana, "раз", "два")
    telegram.fault(kind, "sendMessage")
    await go(house)
    assert (await states(house), await soon(house)) == (["unknown", "pending"], 5)
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent", "sent"], ["раз", "два"])


async def test_a_message_that_fails_every_time_is_given_up_in_the_end(house, telegram, oksana):
    await tell(house, oksana, "раз", "два")
    telegram.fault("reset_before", "sendMessage", count=10)
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent", "sent"], ["два", "раз"])
    telegram.fault("reset_before", "sendMessage", count=MOST_TRIES)
    await tell(house, oksana, "три")
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent", "sent", "refused"], ["два", "раз"])


async def test_a_message_telegram_will_never_take_is_refused_and_the_next_one_leaves(house, telegram, oksana):
    await tell(house, oksana, "раз", "два")
    telegram.fault("error", "sendMessage", code=400, description="Bad Request: message is too long")
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["refused", "sent"], ["два"])


@pytest.mark.parametrize("trouble", ["Bad Request: chat not found", "Forbidden: user is deactivated"])
async def test_a_chat_that_turns_out_to_be_no_more_is_not_asked_again(house, telegram, oksana, trouble):
    await house.follow(oksana, "політв'язні")
    await tell(house, oksana, "раз", "два", "три")
    telegram.fault("error", "sendMessage", code=403 if "Forb" in trouble else 400, description=trouble)
    before = len(sends(house, oksana))
    await house.carry()
    assert len(sends(house, oksana)) == before + 1
    assert (await house.publish("a.test", STORY)).alerts == 0


async def test_a_group_that_moved_is_written_to_under_its_new_number(house, oksana):
    messenger = house.courier._messenger = Moving()
    await tell(house, oksana, "раз")
    await go(house)
    house.clock.move(seconds=10)
    await go(house)
    assert messenger.asked == [oksana.id, -1007]


class Moving:
    """A door to Telegram behind which the group has become a supergroup."""

    def __init__(self):
        self.asked = []

    async def send(self, target, screen, *, edits, replies_to):
        self.asked.append(target.chat)
        return Sent(MessageId(1)) if target.chat == -1007 else Moved(ChatId(-1007))


async def test_without_a_network_everything_waits_and_nothing_is_lost(house, telegram, oksana, petro):
    refused = Bot(
        telegram.token, base_url="http://127.0.0.1:9/bot", request=HTTPXRequest(httpx_kwargs={"verify": False})
    )
    courier = house.new_courier()
    courier._messenger = Messenger(refused)
    await tell(house, oksana, "раз")
    await go(house, courier)
    await tell(house, petro, "два")
    assert (await states(house), await soon(house)) == (["pending", "pending"], 3)
    await house.carry()
    assert (house.told(oksana), house.told(petro)) == (["раз"], ["два"])
    await refused.shutdown()


# Edits.


async def grown(house, person):
    """An alert that was sent, and its growth on the way."""
    await house.follow(person, "політв'язні")
    await house.publish("a.test", STORY)
    await house.carry()
    alert = house.last(person)
    await house.publish("b.test", STORY)
    house.clock.move(minutes=1)
    return alert


async def test_another_outlet_edits_the_message_and_sends_none(house, oksana):
    alert = await grown(house, oksana)
    before = len(sends(house, oksana))
    await house.carry()
    assert len(sends(house, oksana)) == before
    assert "також: b.test" in house.telegram.message(oksana.id, alert.id).text


async def test_a_message_names_three_outlets_and_counts_the_others_in_edits_by_the_schedule(house, clock, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY)
    await house.carry()
    alert, sent, messages = house.last(oksana), clock(), len(house.told(oksana))
    for number in range(5):
        await house.publish(f"b{number}.test", STORY)
        await house.carry()
    assert (clock() - sent) // timedelta(minutes=1) == 180
    await house.publish("late.test", STORY)
    await house.carry()
    shown = house.telegram.message(oksana.id, alert.id)
    assert "також: b0.test, b1.test, b2.test +2" in shown.text
    assert (len(shown.edits), len(house.told(oksana))) == (5, messages)


@pytest.mark.parametrize("kind", ["http_500", "reset_before", "lost_response", "http_500_after", "http_429"])
async def test_an_edit_that_failed_is_made_again_and_shows_once(house, telegram, oksana, kind):
    alert = await grown(house, oksana)
    telegram.fault(kind, "editMessageText")
    await go(house)
    assert ((await states(house))[-1], await soon(house)) == ("pending", 3)
    await house.carry()
    shown = telegram.message(oksana.id, alert.id)
    assert (shown.text.count("також: b.test"), len(shown.edits)) == (1, 1)
    assert (await states(house))[-1] == "sent"


async def test_a_message_that_was_deleted_grows_no_more_and_does_no_harm(house, telegram, oksana):
    alert = await grown(house, oksana)
    telegram.erase(alert)
    await house.carry()
    assert ((await states(house))[-1], house.alarms) == ("refused", [])


async def test_a_growth_that_waits_is_dropped_when_its_story_is_muted(house, oksana):
    alert = await grown(house, oksana)
    mine = house.target(oksana)
    view = await house.verb("alert_view", 1)
    assert await house.verb("mute_alert", mine, view.alert, at=house.clock())
    await house.carry()
    assert house.telegram.message(oksana.id, alert.id).edits == ()
    assert (await states(house))[-1] == "refused"


async def test_an_edit_put_off_while_another_outlet_joined_ends_nothing(house, telegram, oksana):
    alert = await grown(house, oksana)
    telegram.fault("http_429", "editMessageText")
    house.courier._messenger = Meanwhile(house.courier._messenger, lambda: house.publish("c.test", STORY))
    await go(house)
    await house.carry()
    assert house.alarms == []
    assert "b.test, c.test" in telegram.message(oksana.id, alert.id).text


class Meanwhile:
    """A door to Telegram so slow that something happens before the first message is through."""

    def __init__(self, messenger, happens):
        self._messenger, self._happens = messenger, happens

    async def send(self, target, screen, *, edits, replies_to):
        happens, self._happens = self._happens, None
        if happens:
            await happens()
        return await self._messenger.send(target, screen, edits=edits, replies_to=replies_to)


# One at a time.


async def test_a_chat_is_never_sent_two_messages_at_a_time(house, telegram, oksana, petro):
    await tell(house, oksana, "раз", "два")
    await tell(house, petro, "три")
    telegram.fault("hold_before", "sendMessage", count=9)
    await house.courier.round()
    house.clock.move(seconds=10)
    await house.courier.round()
    await telegram.wait_until(lambda: len(telegram.calls_of("sendMessage")) == 2)
    assert (len(sends(house, oksana)), len(sends(house, petro))) == (1, 1)
    telegram.release()
    await house.carry()
    assert house.told(oksana) == ["раз", "два"]


async def test_a_slow_chat_keeps_no_other_waiting(house, telegram, oksana, petro):
    await tell(house, oksana, "раз")
    telegram.fault("hold_before", "sendMessage")
    await house.courier.round()
    await telegram.wait_until(lambda: sends(house, oksana))
    await tell(house, petro, "два")
    house.clock.move(seconds=1)
    await house.courier.round()
    await telegram.wait_message(petro, contains="два")
    assert house.told(oksana) == []
    telegram.release()
    await house.courier.rest()


async def test_no_more_is_carried_than_there_are_hands_and_room_is_told_of(house, telegram, oksana, petro):
    room = asyncio.Event()
    courier = house.new_courier(on_room=room.set, hands=1)
    await tell(house, oksana, "раз")
    await tell(house, petro, "два")
    telegram.fault("hold_before", "sendMessage")
    await courier.round()
    assert await courier.round() is None
    assert not room.is_set()
    telegram.release()
    await asyncio.wait_for(room.wait(), 10)
    house.clock.move(seconds=1)
    await go(house, courier)
    assert (house.told(oksana), house.told(petro)) == (["раз"], ["два"])


async def test_a_round_says_when_the_next_one_is_worth_making(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.fault("http_429", "sendMessage", retry_after=30)
    await go(house)
    assert await house.courier.round() == house.clock() + timedelta(seconds=30)


# Leases.


async def test_what_slept_through_its_lease_is_not_sent_and_waits_for_its_turn(house, oksana):
    courier = house.new_courier(lease=timedelta(minutes=1), margin=timedelta(seconds=20))
    courier._clock = sleeping(house.clock, seconds=40.1)
    await tell(house, oksana, "раз")
    await go(house, courier)
    assert (sends(house, oksana), await states(house)) == ([], ["pending"])
    await house.carry()
    assert house.told(oksana) == ["раз"]


async def test_what_is_left_of_a_lease_is_enough_for_a_try(house, oksana):
    courier = house.new_courier(lease=timedelta(minutes=1), margin=timedelta(seconds=20))
    courier._clock = sleeping(house.clock, seconds=40)
    await tell(house, oksana, "раз")
    await go(house, courier)
    assert house.told(oksana) == ["раз"]


def sleeping(clock, *, seconds):
    """The clock of a program that is stopped for a while right after its first look at it."""

    def look():
        now = clock()
        if not looked:
            looked.append(now)
            clock.move(seconds=seconds)
        return now

    looked = []
    return look


async def test_a_courier_whose_lease_ran_out_in_mid_send_changes_nothing(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.fault("hold_after", "sendMessage")
    slow, fast = house.courier, house.new_courier()
    await slow.round()
    await telegram.wait_until(lambda: house.told(oksana))
    house.clock.move(minutes=1)
    await house.verb("expire_leases", now=house.clock())
    telegram.fault("http_429", "setMessageReaction", retry_after=50)
    house.clock.move(seconds=15)
    await go(house, fast)
    telegram.release()
    await slow.rest()
    assert (await states(house), await soon(house)) == (["unknown"], 50)
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent"], ["раз"])


async def test_a_stop_lets_arrive_what_is_on_its_way(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.fault("hold_before", "sendMessage")
    await house.courier.round()
    await telegram.wait_until(lambda: sends(house, oksana))
    stopping = asyncio.create_task(house.courier.stop(timedelta(seconds=5)))
    telegram.release()
    await stopping
    assert (house.told(oksana), await states(house)) == (["раз"], ["sent"])


async def test_what_did_not_arrive_before_a_stop_is_sent_after_the_next_start(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.fault("hold_before", "sendMessage")
    await house.courier.round()
    await telegram.wait_until(lambda: sends(house, oksana))
    await house.courier.stop(timedelta(0))
    assert (await states(house), house.alarms) == (["sending"], [])
    await house.verb("release_leases", now=house.clock())
    await house.carry()
    assert (house.told(oksana), await states(house)) == (["раз"], ["sent"])


# Trouble of our own.


async def test_a_message_that_breaks_the_courier_is_its_own_trouble_alone(house, oksana, petro):
    await tell(house, petro, "два")
    await tell(house, oksana)
    await house.verb("say", house.target(oksana), "not a screen", edits=None, now=house.clock())
    await go(house)
    assert (house.told(petro), house.alarms, await states(house)) == (["два"], [], ["sent", "unknown"])


async def test_a_store_that_fails_raises_the_alarm(house, oksana):
    await tell(house, oksana, "раз")
    courier = house.new_courier()
    courier._store = Failing(house.store, after=1)
    await courier.round()
    await courier.rest()
    assert [type(error) for error in house.alarms] == [StoreError]


async def test_a_store_that_fails_before_the_send_raises_the_alarm_and_sends_nothing(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY)
    house.clock.move(minutes=1)
    courier = house.new_courier()
    courier._store = Failing(house.store, after=9)
    courier._store.read = courier._store.failing
    await go(house, courier)
    assert [type(error) for error in house.alarms] == [StoreError]
    assert house.told(oksana) == [house.last(oksana).text]


class Failing:
    """A store whose disk fails after so many writes."""

    async def failing(self, look):
        raise StoreError("the disk failed")

    def __init__(self, store, *, after):
        self._store, self._left = store, after
        self.read = store.read

    async def write(self, work):
        if self._left == 0:
            raise StoreError("the disk failed")
        self._left -= 1
        return await self._store.write(work)
