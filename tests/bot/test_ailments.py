"""Sources that are not well: admins hear of each once, in a message that becomes «працює», and can help."""

from datetime import UTC, timedelta

import pytest

from bot.admin.sources import unlike, watch_over
from core.visits import Record, Sequel


def buttons(message):
    return [button.text for button in message.buttons]


@pytest.fixture
async def editor(house, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "editor", name="Оксана")
    return oksana


class Rounds:
    """Sources visited every ten minutes, as well as the test says, and looked at once a minute."""

    def __init__(self, house):
        self.house = house
        self.reasons = {}
        """Why each source is not read now; absent where it is."""

    async def add(self, name):
        return await self.house.verb(
            "add_source", f"https://{name}/rss", name=name, outlet=name, every=None, now=self.house.clock()
        )

    async def go_on(self, **length):
        end = self.house.clock() + timedelta(**length)
        while self.house.clock() < end:
            await self._visit()
            for _ in range(10):
                await self.look()
                self.house.clock.move(minutes=1)

    async def look(self):
        now, number = self.house.clock(), self.house.number
        if await self.house.store.read(lambda tx: unlike(tx, now=now)):
            await self.house.store.write(lambda tx: watch_over(tx, bot=number, zone=UTC, now=now))
        await self.house.courier.round()
        await self.house.courier.rest()

    async def _visit(self):
        now = self.house.clock()
        for source in await self.house.verb(
            "claim_sources", now=now + timedelta(days=1), until=now + timedelta(days=2), limit=99
        ):
            reason, status = self.reasons.get(source.outlet, ("", 200))
            sequel = Sequel(
                url=source.url,
                due_at=now + timedelta(minutes=10),
                validators=source.validators,
                visited=True,
                failures=source.failures + 1 if reason else 0,
                reason=reason,
                status=status,
                memory=source.memory,
            )
            record = Record(
                at=now,
                outcome="failed" if reason else "fresh",
                status=status,
                reason=reason,
                took=timedelta(seconds=1),
                wire=0,
                decoded=0,
                entries=1,
                new=0,
            )
            await self.house.verb("settle_visit", source, sequel, record, now=now)


@pytest.fixture
def rounds(house):
    return Rounds(house)


async def test_a_source_that_turns_us_away_is_told_once_within_the_hour_and_its_message_becomes_well(
    house, editor, rounds
):
    await rounds.add("a.test")
    await rounds.go_on(minutes=20)
    heard = len(house.told(editor))
    rounds.reasons["a.test"] = ("HTTP 403", 403)
    await rounds.go_on(minutes=60)
    assert len(house.told(editor)) == heard + 1
    message = house.last(editor)
    assert message.text == "⛔️ a.test: мене не пускають з 10:00 (HTTP 403)."
    assert buttons(message) == ["🔄 Перевірити", "⏸ Пауза", "✏️ Адреса"]
    await rounds.go_on(hours=5)
    rounds.reasons.clear()
    await rounds.go_on(minutes=20)
    assert len(house.told(editor)) == heard + 1
    assert house.last(editor).id == message.id
    assert house.last(editor).text == "✅ a.test: працює. Не було з 10:00 до 16:00."


async def test_what_is_over_within_minutes_is_told_to_nobody(house, editor, rounds):
    await rounds.add("a.test")
    heard = house.told(editor)
    for _ in range(6):
        rounds.reasons["a.test"] = ("timeout", None)
        await rounds.go_on(minutes=30)
        rounds.reasons.clear()
        await rounds.go_on(minutes=30)
    assert house.told(editor) == heard


async def test_one_that_comes_and_goes_is_told_no_more_often_than_once_in_hours(house, editor, rounds):
    await rounds.add("a.test")
    heard = len(house.told(editor))
    for _ in range(4):
        rounds.reasons["a.test"] = ("HTTP 500", 500)
        await rounds.go_on(minutes=70)
        rounds.reasons.clear()
        await rounds.go_on(minutes=30)
    assert len(house.told(editor)) == heard + 1


async def test_another_reason_changes_the_message(house, editor, rounds):
    await rounds.add("a.test")
    rounds.reasons["a.test"] = ("HTTP 500", 500)
    await rounds.go_on(minutes=70)
    assert house.last(editor).text.startswith("🔴 a.test: не можу прочитати з 09:40 (HTTP 500)")
    heard = len(house.told(editor))
    rounds.reasons["a.test"] = ("HTTP 403", 403)
    await rounds.go_on(minutes=20)
    assert house.last(editor).text == "⛔️ a.test: мене не пускають з 09:40 (HTTP 403)."
    assert len(house.told(editor)) == heard


async def test_many_that_fall_ill_together_are_one_message(house, editor, rounds):
    for number in range(7):
        await rounds.add(f"a{number}.test")
    heard = len(house.told(editor))
    for number in range(7):
        rounds.reasons[f"a{number}.test"] = ("timeout", None)
    await rounds.go_on(hours=3)
    assert len(house.told(editor)) == heard + 1
    assert house.last(editor).text.startswith("🔴 Одразу 7 джерел занедужали: a0.test, a1.test")


async def test_readers_and_viewers_hear_nothing_of_it(house, petro, rounds):
    await house.say(petro, "/start")
    await house.verb("put_role", house.target(petro), "viewer", name="Петро")
    await rounds.add("a.test")
    heard = house.told(petro)
    rounds.reasons["a.test"] = ("HTTP 500", 500)
    await rounds.go_on(hours=2)
    assert house.told(petro) == heard


async def test_a_press_pauses_a_source_and_another_undoes_it(house, editor, rounds):
    await rounds.add("a.test")
    rounds.reasons["a.test"] = ("HTTP 500", 500)
    await rounds.go_on(minutes=70)
    paused = await house.press(editor, house.last(editor), "⏸ Пауза")
    assert "На паузі" in paused.text
    assert [state.retired for state in await house.verb("sources")] == ["stopped"]
    undone = await house.press(editor, paused, "↩️ Повернути")
    assert undone.text == "↩️ Повернув, як було: джерело «a.test» на паузі."
    assert [state.retired for state in await house.verb("sources")] == [None]
    assert "1. 10:50 · Оксана: ↩️ джерело «a.test» знову відвідую" in (await house.say(editor, "/log")).text


async def test_a_press_checks_a_source_at_once(house, editor, rounds):
    await rounds.add("a.test")
    rounds.reasons["a.test"] = ("HTTP 500", 500)
    await rounds.go_on(minutes=70)
    checked = await house.press(editor, house.last(editor), "🔄 Перевірити")
    assert checked.text.startswith("🔄 Зараз відвідаю")
    assert [state.due_at for state in await house.verb("sources")] == [house.clock()]


async def test_a_source_is_given_another_address(house, editor, rounds):
    await rounds.add("a.test")
    await rounds.add("b.test")
    rounds.reasons["a.test"] = ("HTTP 404", 404)
    await rounds.go_on(minutes=70)
    await house.press(editor, house.last(editor), "✏️ Адреса")
    assert (await house.say(editor, "щось")).text.startswith("Це не схоже на адресу")
    health = await house.say(editor, "/health")
    card = await house.press(editor, health, "a.test")
    await house.press(editor, card, "✏️ Адреса")
    assert (await house.say(editor, "https://b.test/rss")).text.startswith("За цією адресою я вже стежу")
    await house.press(editor, await house.press(editor, await house.say(editor, "/health"), "a.test"), "✏️ Адреса")
    moved = await house.say(editor, "https://a.test/new")
    assert "https://a.test/new" in moved.text
    assert {state.source.url for state in await house.verb("sources")} == {"https://a.test/new", "https://b.test/rss"}
    undone = await house.press(editor, moved, "↩️ Повернути")
    assert undone.text == "↩️ Повернув, як було: джерело «a.test» тепер тут: https://a.test/new."
    assert "https://a.test/rss" in {state.source.url for state in await house.verb("sources")}


async def test_how_everything_is_is_one_page(house, editor, rounds):
    await rounds.add("a.test")
    await rounds.add("b.test")
    rounds.reasons["a.test"] = ("HTTP 403", 403)
    await rounds.go_on(minutes=20)
    page = await house.say(editor, "/health")
    assert "Не пускає: 1\nУсе гаразд: 1" in page.text or "Усе гаразд: 1\nНе пускає: 1" in page.text
    assert "Копій бази ще немає." in page.text
    card = await house.press(editor, page, "a.test")
    assert "Не пускає. Останнє нове: –; усього статей: 0." in card.text
