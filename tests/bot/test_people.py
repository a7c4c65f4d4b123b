"""A person talks with the bot: every step of it, and every step they were not meant to take."""

import pytest

from bot.tend import KEYS
from core.concept import Concept, Member

STORY = "Мінськ відпустив політв\u2019язнів"
TEXT = "Сьогодні ввечері колону політв\u2019язнів вивезли з колонії. Їх зустріли рідні."


def buttons(message):
    return [button.text for button in message.buttons]


async def test_start_says_in_two_sentences_what_this_is_and_what_to_type(house, telegram, oksana):
    telegram.start(oksana)
    await house.answer()
    hello = house.last(oksana)
    assert hello.text.startswith("Я Чатовий: стежу за новинами")
    assert hello.text.count(".") == 2
    assert "<code>політв'язні</code>" in hello.html


async def test_a_text_is_answered_with_what_was_understood_and_a_choice(house, oksana):
    preview = await house.say(oksana, "Білорусь")
    assert "Шукаю новини, де є «Білорусь»" in preview.text
    assert "За 7 днів такого не було" in preview.text
    assert buttons(preview) == ["✅ Стежити", "Ні, дякую", "Лише ця форма", "＋ іншими мовами", "🗂 За 30 днів"]


async def test_a_preview_counts_what_would_have_come_and_shows_samples_of_it(house, oksana):
    await house.publish("a.test", STORY, TEXT)
    await house.publish("b.test", STORY, TEXT)
    await house.publish("c.test", "Сніг засипав дороги на Прикарпатті", "Рух перекрито.")
    preview = await house.say(oksana, "політв'язень")
    assert "За 7 днів: 2 статті, 1 сюжет." in preview.text
    assert preview.text.count(STORY) == 1
    assert "<b>політв\u2019язнів</b>" in preview.html
    assert "Сніг" not in preview.text


async def test_a_preview_knows_the_concepts_as_they_are_now(house, oksana):
    await house.publish("a.test", "Political prisoners freed")
    assert "За 7 днів такого не було" in (await house.say(oksana, "політв'язень також:мови")).text
    members = (Member(text="політв'язень", language="uk"), Member(text="political prisoner", language="en"))
    await house.verb("put_concept", Concept(name="політвʼязень", members=members))
    assert "1 стаття" in (await house.say(oksana, "політв'язень також:мови")).text


async def test_what_is_older_than_seven_days_is_not_counted(house, clock, oksana):
    await house.publish("a.test", STORY, TEXT)
    clock.move(days=7, minutes=1)
    assert "За 7 днів такого не було" in (await house.say(oksana, "політв'язень")).text


async def test_nothing_is_followed_before_the_tap(house, oksana):
    await house.say(oksana, "політв'язні")
    assert await house.labels(oksana) == []
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 0


async def test_a_tap_follows_and_the_question_becomes_the_answer(house, telegram, oksana):
    preview = await house.say(oksana, "політв'язні")
    press = telegram.press(oksana, preview, "✅ Стежити")
    await house.answer()
    assert house.told(oksana) == [house.last(oksana).text]
    assert house.last(oksana).text.startswith("✅ Стежу за політвʼязні")
    assert await house.labels(oksana) == ["політвʼязні"]
    assert (await telegram.wait_answer(press)).text == ""


async def test_after_the_tap_an_article_is_an_alert_and_a_second_outlet_edits_it(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY, TEXT)
    await house.carry()
    alert = house.last(oksana)
    assert alert.text.startswith(STORY)
    assert "колону <b>політв\u2019язнів</b>" in alert.html
    assert buttons(alert) == ["Читати", "📚 Сюжет", "❔ Чому?", "👎 Не те", "🔕 Мовчати про це добу"]
    await house.publish("b.test", STORY, TEXT)
    await house.carry()
    assert house.last(oksana).id == alert.id
    assert "також: b.test" in house.last(oksana).text


async def test_a_story_is_muted_for_a_day_by_a_tap_and_grows_no_more(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY, TEXT)
    await house.carry()
    muted = await house.press(oksana, house.last(oksana), "🔕 Мовчати про це добу")
    assert muted.text.endswith("🔕 Мовчу про це до 03.03, 09:40")
    assert buttons(muted)[-1] == "🔔 Таки писати про це"
    await house.publish("b.test", STORY, TEXT)
    await house.carry()
    assert house.last(oksana) == muted


async def test_a_muted_story_is_told_again_by_a_tap(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY, TEXT)
    await house.carry()
    muted = await house.press(oksana, house.last(oksana), "🔕 Мовчати про це добу")
    heard = await house.press(oksana, muted, "🔔 Таки писати про це")
    assert buttons(heard)[-1] == "🔕 Мовчати про це добу"
    await house.publish("b.test", STORY, TEXT)
    await house.carry()
    assert "також: b.test" in house.last(oksana).text


async def test_saying_no_follows_nothing(house, oksana):
    refused = await house.press(oksana, await house.say(oksana, "політв'язні"), "Ні, дякую")
    assert refused.text.startswith("Гаразд.")
    assert await house.labels(oksana) == []


async def test_following_what_is_followed_changes_nothing(house, oksana):
    await house.follow(oksana, "політв'язні")
    again = await house.follow(oksana, "політв'язні")
    assert again.text.startswith("Ви вже стежите за політвʼязні")
    assert await house.labels(oksana) == ["політвʼязні"]


async def card_of(house, person):
    """The card of the person's first subscription, opened from the list."""
    listed = await house.say(person, "/list")
    return await house.press(person, listed, listed.buttons[0].text)


async def test_a_card_pauses_and_resumes_in_place(house, oksana):
    await house.follow(oksana, "політв'язні")
    card = await card_of(house, oksana)
    paused = await house.press(oksana, await house.press(oksana, card, "⏸ Пауза"), "Доки не ввімкну")
    assert "На паузі" in paused.text
    assert "1. політвʼязні – на паузі" in (await house.say(oksana, "/list")).text
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 0
    resumed = await house.press(oksana, paused, "▶️ Далі")
    assert "На паузі" not in resumed.text
    assert (await house.publish("b.test", "Ще одного політв'язня відпустили в Гродні")).alerts == 1


async def test_what_was_removed_comes_back_with_one_tap_as_it_was(house, oksana):
    await house.follow(oksana, "політв'язні")
    card = await card_of(house, oksana)
    await house.press(oksana, await house.press(oksana, card, "⏱ Коли"), "Щодня")
    removed = await house.press(oksana, await card_of(house, oksana), "🗑 Прибрати")
    assert removed.text == "Більше не стежу за політвʼязні."
    assert await house.labels(oksana) == []
    back = await house.press(oksana, removed, "↩️ Повернути")
    assert back.text.startswith("✅ Стежу за політвʼязні")
    assert "Зведення щодня о 08:00" in back.text
    assert await house.labels(oksana) == ["політвʼязні"]


async def test_a_long_list_is_turned_page_by_page(house, oksana):
    for number in range(1, 11):
        await house.follow(oksana, f"слово{number}")
    first = await house.say(oksana, "/list")
    assert ("8. слово8" in first.text, "9. слово9" in first.text) == (True, False)
    second = await house.press(oksana, first, "Дальші →")
    assert ("8. слово8" in second.text, "10. слово10" in second.text) == (False, True)
    assert "1. слово1" in (await house.press(oksana, second, "← Раніші")).text


async def test_an_empty_list_says_what_to_do(house, oksana):
    assert (await house.say(oksana, "/list")).text.startswith("Ви ще ні за чим не стежите.")


@pytest.mark.parametrize(
    ("code", "greeting"),
    [
        ("uk", "Я Чатовий: стежу"),
        ("be", "Я Чатовы: сачу"),
        ("ru", "Я Чатовый: слежу"),
        ("pl-PL", "Jestem Czatowy"),
        ("en", "I am "),
        ("de", "I am "),
    ],
)
async def test_a_person_is_greeted_in_the_language_of_their_telegram(house, telegram, code, greeting):
    person = telegram.add_user("Хтось", language_code=code)
    telegram.start(person)
    await house.answer()
    assert house.last(person).text.startswith(greeting)


async def test_the_language_is_switched_for_everything_that_follows_alerts_too(house, oksana):
    await house.follow(oksana, "політв'язні")
    switched = await house.press(oksana, await house.say(oksana, "/language"), "English")
    assert switched.text != "Домовилися: говорю українською."
    assert (await house.say(oksana, "/list")).text.startswith("You follow")
    await house.publish("a.test", STORY, TEXT)
    await house.carry()
    assert "Read" in buttons(house.last(oksana))


async def test_stop_asks_once_and_then_forgets(house, oksana):
    await house.follow(oksana, "політв'язні")
    asked = await house.say(oksana, "/stop")
    assert "1 підписку" in asked.text
    assert await house.labels(oksana) == ["політвʼязні"]
    done = await house.press(oksana, asked, "Так, забути")
    assert done.text.startswith("Готово, я вас забув.")
    assert await house.labels(oksana) == []
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 0


async def test_stop_can_be_thought_better_of(house, oksana):
    await house.follow(oksana, "політв'язні")
    kept = await house.press(oksana, await house.say(oksana, "/stop"), "Ні, лишити")
    assert kept.text == "Добре, вартую далі."
    assert await house.labels(oksana) == ["політвʼязні"]


async def test_who_was_forgotten_begins_anew_by_typing(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.press(oksana, await house.say(oksana, "/stop"), "Так, забути")
    await house.follow(oksana, "політв'язні")
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 1


# Steps nobody was meant to take.


async def test_a_button_of_an_old_card_says_that_its_subscription_is_gone(house, oksana):
    await house.follow(oksana, "політв'язні")
    first, second = await card_of(house, oksana), await card_of(house, oksana)
    await house.press(oksana, first, "🗑 Прибрати")
    assert (await house.press(oksana, second, "⏸ Пауза")).text.startswith("Цього вже немає.")


async def test_a_button_pressed_twice_in_a_row_is_done_once(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    card = await card_of(house, oksana)
    telegram.press(oksana, card, "🗑 Прибрати")
    telegram.press(oksana, card, "🗑 Прибрати")
    await house.answer()
    assert await house.labels(oksana) == []
    assert house.last(oksana).text.startswith("Цього вже немає.")


@pytest.mark.parametrize("turn", [f"{key}:{{number}}:0" for key in sorted({*KEYS, "remove", "change", "zone", "at"})])
async def test_anothers_subscription_is_nobodys_to_change(house, telegram, oksana, petro, turn):
    await house.follow(petro, "Minsk")
    (theirs,) = await house.verb("subscriptions", house.target(petro))
    message = await house.say(oksana, "/list")
    assert (await house.forge(oksana, message, turn.format(number=theirs.id))).text.startswith("Цього вже немає.")
    assert await house.verb("subscriptions", house.target(petro)) == [theirs]


async def test_anothers_alert_is_nobodys_to_see_or_mute(house, oksana, petro):
    await house.follow(petro, "політв'язні")
    await house.publish("a.test", STORY, TEXT)
    await house.carry()
    message = await house.say(oksana, "/list")
    assert (await house.forge(oksana, message, "mute:1")).text.startswith("Цього вже немає.")
    await house.publish("b.test", STORY, TEXT)
    await house.carry()
    assert "also" in house.last(petro).text.lower()


@pytest.mark.parametrize(
    "data",
    [
        "follow:999999",
        "follow:-1",
        "follow:\u0663",
        "follow:" + "9" * 40,
        "follow:",
        "follow",
        "follow:1:2",
        "list:x",
        "pause:1",
        "language:xx",
        "drop table",
        ":",
        "",
    ],
)
async def test_a_forged_button_is_answered_kindly_and_changes_nothing(house, oksana, data):
    message = await house.say(oksana, "/start")
    assert (await house.forge(oksana, message, data)).text.startswith("Цього вже немає.")
    assert await house.labels(oksana) == []


async def test_a_page_that_is_not_there_is_the_last_one(house, oksana):
    await house.follow(oksana, "політв'язні")
    message = await house.say(oksana, "/start")
    assert "1. політвʼязні" in (await house.forge(oksana, message, "list:40")).text


@pytest.mark.parametrize("text", ["/subscribe", "/", "/LISTED", "/start_me"])
async def test_an_unknown_command_is_answered_with_what_to_do(house, oksana, text):
    assert (await house.say(oksana, text)).text.startswith("Такої команди не знаю.")


@pytest.mark.parametrize("text", ["/HELP", "/help@chatovyi_demo_bot", "/help  мені"])
async def test_a_command_is_known_in_every_spelling(house, oksana, text):
    assert (await house.say(oksana, text)).text.startswith("Як це працює")


async def test_a_picture_is_answered_with_what_to_do(house, telegram, oksana):
    body = telegram.json_of(telegram.send_text(oksana, "x")) | {"photo": [], "text": None}
    telegram.updates.drop()
    picture = {name: value for name, value in body.items() if value is not None}
    await house.deliver("message", picture)
    assert house.last(oksana).text.startswith("Я розумію лише слова.")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("!!!", "Не бачу тут жодного слова."), ("-футбол", "Я знаю, чого не шукати"), ("ж" * 300, "Це задовго")],
)
async def test_a_text_that_is_no_query_is_answered_with_why(house, oksana, text, answer):
    assert (await house.say(oksana, text)).text.startswith(answer)


async def test_markup_in_a_query_is_shown_and_does_no_harm(house, telegram, oksana):
    preview = await house.say(oksana, "<b>Мінськ</b> & Ко")
    assert telegram.warnings == []
    await house.press(oksana, preview, "✅ Стежити")
    assert len(await house.labels(oksana)) == 1


async def test_what_is_said_in_a_group_is_not_answered(house, telegram, oksana):
    group = telegram.add_group("Редакція")
    body = telegram.json_of(telegram.send_text(oksana, "політв'язні"))
    telegram.updates.drop()
    await house.deliver("message", body | {"chat": {"id": group.id, "type": "group", "title": "Редакція"}})
    assert (house.told(group), house.told(oksana)) == ([], [])


async def test_who_blocks_the_bot_is_sent_nothing_and_is_welcome_back(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    telegram.block(oksana)
    await house.answer()
    await house.publish("a.test", STORY, TEXT)
    before = len(telegram.calls_of("sendMessage"))
    await house.carry()
    assert len(telegram.calls_of("sendMessage")) == before
    telegram.start(oksana)
    await house.answer()
    hello, alert = house.told(oksana)[-2:]
    assert (hello.startswith("Я Чатовий"), alert.startswith(STORY)) == (True, True)


async def test_after_being_forgotten_nothing_names_the_chat_any_more(house, oksana):
    await house.follow(oksana, "політв'язні")
    await house.press(oksana, await house.say(oksana, "/stop"), "Так, забути")
    house.clock.move(days=8)
    await house.verb("forget_old", now=house.clock(), limit=500)
    assert await house.store.read(lambda tx: _rows_of(tx, oksana.id)) == {}


def _rows_of(tx, chat):
    """In which tables the chat's number stands, and how often."""
    tables = ("chat", "subscription", "alert", "delivery", "inbox")
    counts = {
        table: next(iter(tx._execute(f"SELECT count(*) FROM {table} WHERE chat_id = {chat}")))[0] for table in tables
    }
    return {table: count for table, count in counts.items() if count}
