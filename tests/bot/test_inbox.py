"""Updates: stored before they are confirmed, answered once, by one transaction."""

import asyncio
import json
from contextlib import suppress
from types import SimpleNamespace

import pytest

from core.errors import ConfigError, StoreError


class Breaking:
    """People, one of whose words breaks the handler, or its transaction after the effect."""

    def __init__(self, people):
        self._people = people
        self.tries = 0

    async def refusal(self, said):
        return await self._people.refusal(said)

    async def answer(self, said):
        if getattr(said, "text", None) == "бум":
            self.tries += 1
            raise KeyError("бум")
        work = await self._people.answer(said)
        if getattr(said, "text", None) != "/list":
            return work

        def breaking(tx):
            work(tx)
            self.tries += 1
            raise KeyError("after the effect")

        return breaking


class Deaf:
    """A store that fails at the first write."""

    async def write(self, work):
        raise StoreError("the disk failed")


async def waiting(house):
    return await house.store.read(
        lambda tx: [tuple(row) for row in tx._execute("SELECT update_id, state, payload FROM inbox ORDER BY update_id")]
    )


async def test_an_update_is_stored_before_telegram_is_told_that_it_arrived(house, telegram, oksana):
    update = telegram.updates
    telegram.send_text(oksana, "раз")
    number = update.pending[0].id
    with pytest.raises(StoreError):
        await house.poller(Deaf()).run()
    assert [each.id for each in update.pending] == [number]
    assert all("offset" not in call.params for call in telegram.calls_of("getUpdates"))
    await house.hear()
    assert [(each[0], each[1]) for each in await waiting(house)] == [(number, "new")]
    assert telegram.calls_of("getUpdates")[-1].params["offset"] == number + 1


async def test_the_first_question_names_no_number_whatever_was_heard_before(house, telegram, oksana):
    telegram.send_text(oksana, "раз")
    await house.hear()
    before = len(telegram.calls_of("getUpdates"))
    telegram.send_text(oksana, "два")
    await house.hear()
    assert "offset" not in telegram.calls_of("getUpdates")[before].params


async def test_an_update_delivered_twice_has_one_effect(house, telegram, oksana):
    telegram.start(oksana)
    again = telegram.updates.pending[0]
    await house.answer()
    telegram.updates.pending.append(again)
    await house.answer()
    assert len(house.told(oksana)) == 1


async def test_an_update_is_kept_as_telegram_sent_it_and_its_text_only_until_it_is_answered(house, telegram, oksana):
    telegram.updates.add("message", telegram.json_of(telegram.send_text(oksana, "таємниця")) | {"not_known_yet": 1})
    telegram.updates.pending.pop(0)
    await house.hear()
    ((_, state, payload),) = await waiting(house)
    kept = json.loads(payload)["message"]
    assert (state, kept["text"], kept["not_known_yet"]) == ("new", "таємниця", 1)
    await house.reader.read_all()
    assert [each[1:] for each in await waiting(house)] == [("done", "")]


async def test_a_message_that_was_heard_is_accounted_for_and_a_pressed_one_of_ours_is_not(house, telegram, oksana):
    hello = await house.say(oksana, "/start")
    preview = await house.say(oksana, "політв'язні")
    await house.store.write(lambda tx: list(tx._execute("DELETE FROM message_number")))
    heard = telegram.send_text(oksana, "раз")
    telegram.press(oksana, preview, "✅ Стежити")
    await house.hear()
    numbers = await house.store.read(lambda tx: [row[0] for row in tx._execute("SELECT number FROM message_number")])
    assert numbers == [heard.id]
    assert hello.id < preview.id < heard.id


async def test_an_answer_waits_in_the_store_until_it_can_be_carried(house, telegram, oksana):
    telegram.start(oksana)
    await house.hear()
    assert house.told(oksana) == []
    await house.reader.read_all()
    assert house.told(oksana) == []
    await house.carry()
    assert len(house.told(oksana)) == 1


async def test_updates_are_answered_in_the_order_they_were_sent(house, telegram, oksana):
    for text in ("/start", "/list", "/help"):
        telegram.send_text(oksana, text)
    await house.answer()
    assert [text.split()[0] for text in house.told(oksana)] == ["Я", "Ви", "Як"]


async def test_an_update_that_breaks_its_handler_three_times_is_set_aside_and_blocks_nobody(
    house, telegram, oksana, petro
):
    people = Breaking(house.people)
    telegram.send_text(oksana, "бум")
    telegram.start(petro)
    await house.hear()
    await house.reader_of(people).read_all()
    assert people.tries == 3
    assert [each[1] for each in await waiting(house)] == ["aside", "done"]
    await house.carry()
    assert (len(house.told(petro)), len(house.told(oksana))) == (1, 1)
    assert house.last(oksana).text.startswith("Щось у мене зламалося")


class Killed(BaseException):
    """The end of the program: no code of ours sees it."""


class Deadly:
    """People, one of whose words ends the program, so often."""

    def __init__(self, people, *, times):
        self._people, self._times = people, times
        self.tries = 0

    async def refusal(self, said):
        return await self._people.refusal(said)

    async def answer(self, said):
        work = await self._people.answer(said)
        if getattr(said, "text", "бум") == "бум":
            self.tries += 1
            if self.tries <= self._times:
                raise Killed
        return work


async def lives(house, people, count, *, owners=()):
    """So many lives of the program, each until its reader has read everything or was killed."""
    for _ in range(count):
        reader = house.reader_of(people, owners=owners)
        with suppress(Killed):
            await reader.read_all()


async def test_an_update_that_ends_the_program_each_time_is_set_aside_and_others_are_answered_meanwhile(
    house, telegram, oksana, petro
):
    people = Deadly(house.people, times=9)
    telegram.send_text(oksana, "бум")
    telegram.start(petro)
    telegram.send_text(oksana, "/help")
    await house.hear()
    await lives(house, people, 2)
    assert [each[1] for each in await waiting(house)] == ["new", "done", "new"]
    await lives(house, people, 2)
    assert (people.tries, [each[1] for each in await waiting(house)]) == (3, ["aside", "done", "done"])
    await house.carry()
    assert [text.split(",")[0].split("\n")[0] for text in house.told(oksana)] == [
        "Щось у мене зламалося",
        "Як це працює",
    ]


async def test_a_crash_between_reading_and_the_transaction_costs_nothing_and_doubles_nothing(house, telegram, oksana):
    preview = await house.say(oksana, "політв'язні")
    telegram.press(oksana, preview, "✅ Стежити")
    await house.hear()
    await lives(house, Deadly(house.people, times=1), 3)
    await house.carry()
    assert await house.labels(oksana) == ["політвʼязні"]
    assert telegram.message(oksana.id, preview.id).text.startswith("✅ Стежу")


async def test_owners_hear_of_a_kind_of_trouble_once_and_every_writer_is_answered(house, telegram, oksana, petro):
    owner = telegram.add_user("Господар")
    await house.say(owner, "/start")
    for person in (oksana, petro):
        telegram.send_text(person, "бум")
    await house.hear()
    await house.reader_of(Breaking(house.people), owners=(owner.id, 404)).read_all()
    await house.carry()
    assert house.told(owner)[1:] == [
        "⚠️ Одне оновлення мене зламало (message: KeyError). Я його відклав, решта працює. "
        "Переглянути: chatovyi inbox list"
    ]
    assert "сказав господарям" in house.last(oksana).text
    assert "My keepers know" in house.last(petro).text


async def test_who_broke_the_bot_is_told_even_where_no_owner_can_be(house, telegram, oksana):
    telegram.send_text(oksana, "бум")
    await house.hear()
    await house.reader_of(Breaking(house.people)).read_all()
    await house.carry()
    assert "господарям" not in house.last(oksana).text


async def test_an_update_whose_writer_cannot_be_told_is_set_aside_all_the_same(house, telegram, oksana, monkeypatch):
    def breaking(*given, **named):
        raise KeyError("telling")

    monkeypatch.setattr("bot.inbox.set_aside", breaking)
    telegram.send_text(oksana, "бум")
    await house.hear()
    await house.reader_of(Breaking(house.people)).read_all()
    assert [each[1] for each in await waiting(house)] == ["aside"]


async def test_what_was_set_aside_is_answered_when_it_is_tried_again(house, telegram, oksana):
    telegram.send_text(oksana, "бум")
    await house.hear()
    await house.reader_of(Breaking(house.people)).read_all()
    ((number, *_),) = await waiting(house)
    assert await house.verb("retry_aside", number)
    await house.reader.read_all()
    await house.carry()
    assert house.last(oksana).text.startswith("Шукаю")


async def test_what_broke_once_is_done_at_the_next_try(house, telegram, oksana):
    class OnceBroken:
        def __init__(self, people):
            self._people, self._broken = people, False

        async def refusal(self, said):
            return await self._people.refusal(said)

        async def answer(self, said):
            if not self._broken:
                self._broken = True
                raise KeyError("once")
            return await self._people.answer(said)

    telegram.start(oksana)
    await house.hear()
    await house.reader_of(OnceBroken(house.people)).read_all()
    await house.carry()
    assert len(house.told(oksana)) == 1


async def test_effect_and_answer_and_mark_are_together_or_not_at_all(house, telegram, oksana):
    people = Breaking(house.people)
    telegram.send_text(oksana, "/list")
    await house.hear()
    await house.reader_of(people).read_all()
    await house.carry()
    (sorry,) = house.told(oksana)
    assert (people.tries, sorry.split(",")[0]) == (3, "Щось у мене зламалося")


async def test_what_was_heard_and_not_answered_before_a_stop_is_answered_after_the_next_start(house, telegram, oksana):
    telegram.start(oksana)
    await house.hear()
    await house.verb("next_heard", house.number)
    await house.verb("release_leases", now=house.clock())
    await house.reader.read_all()
    await house.carry()
    assert len(house.told(oksana)) == 1


async def test_a_store_that_fails_is_no_updates_fault(house, telegram, oksana):
    telegram.start(oksana)
    await house.hear()
    reader = house.reader_of(house.people)
    reader._store = Deaf()
    with pytest.raises(StoreError):
        await reader.read_all()
    assert [each[1] for each in await waiting(house)] == ["new"]


async def test_a_pressed_button_stops_waiting_even_if_the_answer_takes_long(house, telegram, oksana):
    preview = await house.say(oksana, "політв'язні")
    press = telegram.press(oksana, preview, "✅ Стежити")
    await house.hear()
    await house.reader.read_all()
    assert (await telegram.wait_answer(press)).text == ""
    assert house.last(oksana).text == preview.text


async def test_a_press_answered_too_late_is_done_all_the_same(house, telegram, clock, oksana):
    preview = await house.say(oksana, "політв'язні")
    telegram.press(oksana, preview, "✅ Стежити")
    clock.move(minutes=5)
    await house.answer()
    assert await house.labels(oksana) == ["політвʼязні"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("message", {"message_id": 5, "date": 1, "chat": {"id": -7, "type": "group", "title": "x"}, "text": "x"}),
        ("message", {"message_id": 5, "date": 1, "chat": {"id": -8, "type": "channel", "title": "x"}}),
        ("callback_query", {"id": "1", "from": {"id": 5, "is_bot": False, "first_name": "x"}, "chat_instance": "1"}),
        ("edited_message", {"message_id": 5, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "x"}),
        ("message", {"message_id": 5}),
        ("callback_query", {"from": 7}),
        ("message", 5),
        ("message", {"chat": 7, "from": "x"}),
        ("message", {"message_id": 5, "chat": {"id": "x", "type": "private"}}),
        ("message", {"message_id": 5, "chat": {"id": 1 << 70, "type": "private"}}),
        ("my_chat_member", {"chat": {"id": 5, "type": "private"}}),
    ],
)
async def test_an_update_of_any_shape_blocks_nobody(house, telegram, oksana, kind, body):
    telegram.updates.add(kind, body)
    telegram.start(oksana)
    await house.answer()
    assert len(house.told(oksana)) == 1
    assert "new" not in [each[1] for each in await waiting(house)]


# Polling.


async def test_only_what_the_bot_reads_is_asked_for(house, telegram, oksana):
    telegram.start(oksana)
    await house.hear()
    wanted = telegram.calls_of("getUpdates")[0].params["allowed_updates"]
    assert sorted(wanted) == ["callback_query", "message", "my_chat_member"]


@pytest.fixture
def pauses(monkeypatch):
    """The seconds that the poller would have paused; no time goes by."""

    async def pause(seconds):
        lengths.append(seconds)
        await asyncio.sleep(0)

    lengths = []
    monkeypatch.setattr("bot.inbox.asyncio", SimpleNamespace(**(vars(asyncio) | {"sleep": pause})))
    return lengths


async def test_polling_pauses_as_long_as_telegram_asks(house, telegram, oksana, pauses):
    telegram.fault("http_429", "getUpdates", retry_after=17)
    telegram.start(oksana)
    await house.hear()
    assert (len(await waiting(house)), pauses) == (1, [17])


@pytest.mark.parametrize("kind", ["http_502", "http_500", "reset_before"])
async def test_polling_goes_on_after_any_number_of_failures_with_growing_pauses(house, telegram, oksana, pauses, kind):
    telegram.fault(kind, "getUpdates", count=7)
    telegram.start(oksana)
    await house.hear()
    assert (len(await waiting(house)), pauses) == (1, [1, 2, 4, 8, 16, 30, 30])


async def test_after_a_good_poll_the_next_failure_begins_with_a_short_pause(house, telegram, oksana, pauses):
    telegram.fault("http_502", "getUpdates", count=2)
    telegram.fault("http_502", "getUpdates", after=1)
    telegram.start(oksana)
    await house.hear()
    async with house.polling():
        await telegram.wait_until(lambda: len(pauses) == 3)
    assert pauses == [1, 2, 1]


async def test_updates_lost_on_the_way_to_us_are_delivered_again(house, telegram, oksana, pauses):
    telegram.fault("lost_response", "getUpdates")
    telegram.start(oksana)
    await house.answer()
    assert len(house.told(oksana)) == 1


async def test_a_poll_that_another_program_ended_is_made_again(house, telegram, oksana, pauses):
    telegram.fault("error", "getUpdates", code=409, description="Conflict: terminated by other getUpdates request")
    telegram.start(oksana)
    await house.hear()
    assert (len(await waiting(house)), pauses) == (1, [1])


async def test_a_token_that_is_no_longer_valid_ends_polling_with_what_to_do(house, telegram, pauses):
    telegram.token = "100001:another"
    with pytest.raises(ConfigError, match="BotFather"):
        async with asyncio.timeout(30):
            await house.poller().run()
