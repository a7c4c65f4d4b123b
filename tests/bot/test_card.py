"""A person arranges how they are told: by a card, a few taps, and now and then a word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tend import quiet_of, zone_named
from core.errors import UserError
from core.timing import DAY, Quiet

TITLES = [
    "Мінськ відпустив політв\u2019язнів додому",
    "Суд у Гродні знову засудив політв\u2019язня",
    "Бранці та політв\u2019язні: родини просять Ватикан допомогти",
]


def buttons(message):
    return [button.text for button in message.buttons]


async def taps(house, person, message, *labels):
    for label in labels:
        message = await house.press(person, message, label)
    return message


async def publish(house, *numbers):
    for number in numbers:
        await house.publish(f"{number}.test", TITLES[number], f"{TITLES[number]}. Подробиці згодом.")


async def test_two_taps_after_following_it_is_a_daily_digest(house, clock, oksana):
    card = await house.follow(oksana, "політв'язні")
    hours = await taps(house, oksana, card, "⏱ Коли", "Щодня")
    assert "Зведення щодня о 08:00. У вас зараз 09:40?" in hours.text
    await publish(house, 0, 1, 2)
    before = len(house.told(oksana))
    await house.courier.round()
    await house.courier.rest()
    assert len(house.told(oksana)) == before
    await house.carry()
    digest = house.last(oksana)
    assert clock.now >= datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    assert digest.text.startswith("Зібрав для вас 3 сюжети:\n\nполітвʼязні\n• ")
    assert len(house.told(oksana)) == before + 1


ARREST = "У Мінську затримали активістку Марію Колесник"
SENTENCE = "Оголошено вирок: активістка Марія Колесник – одинадцять років"
STORY = {
    ARREST: "Її схопили вранці біля музею, вона не чинила опору, повідомили друзі.",
    SENTENCE: "Закрите засідання тривало місяць.",
}


async def test_what_is_new_in_a_story_comes_as_an_answer_to_its_first_message(house, clock, oksana):
    await house.follow(oksana, "активістка")
    await tell_the_story(house, clock)
    first, second = [message for message in house.telegram.messages(oksana) if message.outgoing][-2:]
    assert (second.reply_to, second.text.split("\n")[0]) == (first.id, "↪️ Нове в цьому сюжеті: вирок")


async def test_whoever_wants_first_news_only_says_so_in_two_taps(house, clock, oksana):
    card = await house.follow(oksana, "активістка")
    shown = await taps(house, oksana, card, "🧵 Далі в сюжеті", "Лише перша звістка")
    assert "🧵 Про сюжет – лише перша звістка" in shown.text
    before = len(house.told(oksana))
    await tell_the_story(house, clock)
    assert len(house.told(oksana)) == before + 1


async def tell_the_story(house, clock):
    """Two pieces of news of one outlet, a day apart."""
    for number, (title, text) in enumerate(STORY.items()):
        await house.publish("vezha.test", title, text, path=str(number))
        await house.carry()
        clock.now += timedelta(days=1)


async def test_the_hour_and_the_day_of_a_digest_are_chosen_in_the_same_message(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    hours = await taps(house, oksana, card, "⏱ Коли", "Щотижня", "Пт", "18:00", "✅ Готово")
    assert (hours.id, "Зведення щоп’ятниці о 18:00" in hours.text) == (card.id, True)


async def test_at_night_the_phone_is_silent_and_the_morning_brings_one_message(house, clock, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🌙 Тиша", "23:00–07:00")
    clock.now = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    await publish(house, 0, 1)
    before = len(house.told(oksana))
    await house.carry()
    assert clock.now >= datetime(2026, 3, 3, 7, 0, tzinfo=UTC)
    assert len(house.told(oksana)) == before + 1
    assert "Зібрав для вас 2 сюжети" in house.last(oksana).text


async def test_the_urgent_rings_at_night(house, clock, oksana):
    card = await house.follow(oksana, "політв'язні")
    card = await taps(house, oksana, card, "🌙 Тиша", "23:00–07:00", "⏱ Коли", "🚨 Навіть уночі")
    assert "але про це скажу й тоді" in card.text
    clock.now = night = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    await publish(house, 0)
    await house.carry()
    assert house.last(oksana).text.startswith(TITLES[0])
    assert clock.now < night + timedelta(minutes=1)


async def test_hours_may_be_written_instead_of_chosen(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🌙 Тиша")
    assert "Не турбую з 22:30 до 06:30" in (await house.say(oksana, "22:30 - 6:30")).text


async def test_a_text_that_answers_no_question_is_a_query_as_ever(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🌙 Тиша", "← Назад")
    assert (await house.say(oksana, "22:30")).text.startswith("Шукаю")


async def test_a_mistyped_answer_is_asked_for_kindly_and_then_forgotten(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🌙 Тиша")
    assert (await house.say(oksana, "Білорусь")).text.startswith("Не зрозумів годин.")
    assert (await house.say(oksana, "Білорусь")).text.startswith("Шукаю новини, де є «Білорусь»")


async def test_times_are_shown_by_the_readers_own_clock(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🌙 Тиша", "🌍 У мене інша година")
    night = await house.say(oksana, "new york")
    assert "У вас зараз 04:40?" in night.text
    await publish(house, 0)
    await house.carry()
    assert "· 04:40" in house.last(oksana).text


async def test_a_query_is_replaced_in_its_card_and_one_tap_brings_the_old_one_back(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "⏱ Коли", "Щогодини", "✏️ Запит")
    shown = await house.say(oksana, "Гродно")
    assert buttons(shown)[:2] == ["✅ Замінити", "Лишити, як було"]
    changed = await house.press(oksana, shown, "✅ Замінити")
    assert changed.text.startswith("✅ Замінив: тепер стежу за Гродно.")
    assert "Зведення щогодини" in changed.text
    assert (await publish(house, 0), await house.labels(oksana)) == (None, ["Гродно"])
    back = await house.press(oksana, changed, "↩️ Повернути")
    assert "політвʼязні" in back.text
    assert await house.labels(oksana) == ["політвʼязні"]


async def test_a_name_is_given_and_shown_under_alerts(house, oksana):
    card = await house.follow(oksana, "політв'язні")
    await taps(house, oksana, card, "🏷 Назва")
    named = await house.say(oksana, "Наші <люди>")
    assert named.text.startswith("Наші <люди>\n🔎 політвʼязні")
    await publish(house, 0)
    await house.carry()
    assert "🔎 Наші <люди>" in house.last(oksana).text


async def test_a_pause_with_an_end_ends_by_itself(house, clock, oksana):
    card = await house.follow(oksana, "політв'язні")
    card = await taps(house, oksana, card, "⏸ Пауза", "На добу")
    assert "На паузі до 03.03, 09:40" in card.text
    await publish(house, 0)
    await house.carry()
    assert not house.last(oksana).text.startswith(TITLES[0])
    clock.move(days=1, minutes=1)
    await publish(house, 1)
    await house.carry()
    assert house.last(oksana).text.startswith(TITLES[1])


async def test_whoever_opens_a_shared_link_is_shown_the_query_and_follows_with_a_tap(house, telegram, oksana, petro):
    card = await house.follow(oksana, "політв'язні -футбол")
    shared = await house.press(oksana, card, "🔗 Поділитися")
    link = next(line for line in shared.text.split("\n") if line.startswith("https://t.me/"))
    word = link.partition("?start=")[2]
    assert 1 <= len(word) <= 64
    shown = await house.say(petro, f"/start {word}")
    assert "political" not in shown.text
    assert "«політвʼязень»" in shown.text or "“політвʼязень”" in shown.text
    await house.press(petro, shown, "✅ Follow")
    assert len(await house.labels(petro)) == 1


async def test_a_link_that_leads_nowhere_greets_like_any_start(house, oksana):
    assert (await house.say(oksana, "/start nowhere")).text.startswith("Я Чатовий")


async def test_what_was_likely_meant_is_one_tap_away(house, oksana):
    sorry = await house.say(oksana, "(політв'язні Мінськ")
    assert buttons(sorry) == ["🔎 Шукати так"]
    shown = await house.press(oksana, sorry, "🔎 Шукати так")
    assert shown.text.startswith("Шукаю новини, де є")
    await house.press(oksana, shown, "✅ Стежити")
    assert len(await house.labels(oksana)) == 1


async def test_only_this_form_is_one_tap_away_and_one_tap_back(house, oksana):
    shown = await house.say(oksana, "політв'язні")
    exact = await house.press(oksana, shown, "Лише ця форма")
    assert "саме так" in exact.text
    assert "10 форм" in (await house.press(oksana, exact, "Усі форми")).text


async def test_what_another_chat_was_offered_is_nobodys_to_look_at(house, oksana, petro):
    await house.say(petro, "Minsk")
    message = await house.say(oksana, "/start")
    for forged in ("look:1:0", "look:x:0", "look:1", "look", "look:1:0:0"):
        assert (await house.forge(oksana, message, forged)).text.startswith("Цього вже немає.")


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("22:30–6:30", Quiet(1350, 390)),
        ("з 23 до 7", Quiet(1380, 420)),
        ("23.00 - 07.15", Quiet(1380, 435)),
        ("0-8", Quiet(0, 480)),
        ("22 24", Quiet(1320, 0)),
    ],
)
def test_hours_are_read_as_people_write_them(text, quiet):
    assert quiet_of(text) == quiet


@pytest.mark.parametrize("text", ["", "ніколи", "25-7", "7", "23:60-7", "1-2-3"])
def test_what_are_no_hours_is_refused(text):
    with pytest.raises(UserError):
        quiet_of(text)


@given(st.integers(0, DAY - 1), st.integers(0, DAY - 1))
def test_hours_that_we_write_are_read_back(start, end):
    written = f"{start // 60:02}:{start % 60:02}–{end // 60:02}:{end % 60:02}"
    assert quiet_of(written) == Quiet(start, end)


@pytest.mark.parametrize(
    ("text", "zone"), [("Vienna", "Europe/Vienna"), ("new york", "America/New_York"), ("europe/kyiv", "Europe/Kyiv")]
)
def test_a_zone_is_found_by_its_city(text, zone):
    assert zone_named(text) == zone


@pytest.mark.parametrize("text", ["", "../etc/passwd", "Атлантида"])
def test_a_zone_that_is_none_is_refused(text):
    with pytest.raises(UserError):
        zone_named(text)
