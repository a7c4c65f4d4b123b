"""Watch lists in Telegram: an editor makes and changes them, readers follow them with one tap."""

import re

import pytest

STORY = "Мінськ відпустив політв\u2019язнів"
TEXT = "Сьогодні ввечері колону політв\u2019язнів вивезли з колонії. Їх зустріли рідні."


def buttons(message):
    return [button.text for button in message.buttons]


@pytest.fixture
async def editor(house, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "editor", name="Оксана")
    return oksana


@pytest.fixture
def desk(house, editor):
    """The editors' desk of a list, made in Telegram."""

    async def desk(name, *queries, public=True):
        await house.press(editor, await house.say(editor, "/lists"), "＋ Новий список")
        shown = await house.say(editor, name)
        if queries:
            await house.press(editor, shown, "＋ Запит")
            shown = await house.say(editor, "\n".join(queries))
            shown = await house.press(editor, shown, "📈 Що це змінить")
            shown = await house.press(editor, shown, "📢 Оприлюднити")
        return await house.press(editor, shown, "👁 Показати всім") if public else shown

    return desk


async def test_an_editor_makes_a_list_and_nobody_sees_it_before_it_is_shown(house, editor, petro, desk):
    made = await desk("Політв’язні", public=False)
    assert made.text.startswith("✅ Список «Політв’язні» є. Його ще ніхто не бачить")
    assert "🔒 Його бачать лише ті, хто має роль або посилання." in made.text
    assert (await house.say(petro, "/lists")).text == "There are no ready lists here yet."


async def test_a_draft_shows_what_it_would_change_before_it_does(house, editor, desk):
    await house.publish("a.test", STORY, TEXT)
    shown = await desk("Політв’язні", public=False)
    await house.press(editor, shown, "＋ Запит")
    drafted = await house.say(editor, "політв'язні\nсніг")
    assert "✏️ Записав у чернетку: 2 запити." in drafted.text
    assert "✏️ Чернетка додає: політв'язні, сніг" in drafted.text
    effect = await house.press(editor, drafted, "📈 Що це змінить")
    assert "За 30 днів: +1 сюжет, −0 (було 0)." in effect.text
    assert "<b>політв\u2019язнів</b>" in effect.html
    published = await house.press(editor, effect, "📢 Оприлюднити")
    assert published.text.startswith("📢 Оприлюднив")
    assert "2 запити, стежать: 0." in published.text


async def test_a_query_that_cannot_be_read_adds_none_of_those_beside_it(house, editor, desk):
    await house.press(editor, await desk("Список", public=False), "＋ Запит")
    wrong = await house.say(editor, "сніг\n(мороз")
    assert "Цю дужку не закрито" in wrong.text
    assert "Чернетка" not in (await house.press(editor, wrong, "← Назад")).text


async def test_a_reader_follows_with_one_tap_and_hears_once_with_the_name_of_the_list(house, editor, petro, desk):
    await desk("Політв’язні", "політв'язні", "колонія")
    page = await house.press(petro, await house.say(petro, "/lists"), "Політв’язні")
    assert "Looking for: політв'язні, колонія." in page.text
    followed = await house.press(petro, page, "✅ Follow")
    assert "Політв’язні" in followed.text
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 1
    await house.carry()
    assert "🔎 Політв’язні – політв'язні · Політв’язні – колонія" in house.last(petro).text
    why = await house.press(petro, house.last(petro), "❔ Why?")
    assert why is not None


async def test_a_reader_leaves_single_lines_out(house, editor, petro, desk):
    await desk("Політв’язні", "політв'язні", "сніг")
    page = await house.press(petro, await house.say(petro, "/lists"), "Політв’язні")
    followed = await house.press(petro, page, "✅ Follow")
    lines = await house.press(petro, followed, "☑️ Choose")
    assert buttons(lines) == ["☑️ політв'язні", "☑️ сніг", "← Back"]
    lines = await house.press(petro, lines, "☑️ політв'язні")
    assert buttons(lines)[0] == "◻️ політв'язні"
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 0
    assert (await house.publish("b.test", "Сніг засипав дороги")).alerts == 1


async def test_a_reader_stops_following_and_comes_back(house, editor, petro, desk):
    await desk("Політв’язні", "політв'язні")
    page = await house.press(petro, await house.say(petro, "/lists"), "Політв’язні")
    left = await house.press(petro, await house.press(petro, page, "✅ Follow"), "🗑 Stop following")
    assert (await house.publish("a.test", STORY, TEXT)).alerts == 0
    await house.press(petro, left, "↩️ Bring it back")
    assert (await house.publish("b.test", "Ще одного політв'язня відпустили в Гродні")).alerts == 1


async def test_a_link_leads_to_a_list_that_is_not_shown_to_all(house, telegram, editor, petro, desk):
    await desk("Лише свої", "політв'язні", public=False)
    page = await house.press(editor, await house.say(editor, "/lists"), "🔒 Лише свої")
    word = re.search(r"start=(\w+)", (await house.press(editor, page, "🔗 Поділитися")).text)[1]
    telegram.start(petro, word)
    await house.answer()
    assert house.last(petro).text.startswith("Лише свої")
    await house.press(petro, house.last(petro), "✅ Follow")
    assert buttons(await house.say(petro, "/lists")) == ["✅ 🔒 Лише свої"]


async def test_how_the_alerts_of_a_list_come_is_the_readers_own(house, editor, petro, desk):
    await desk("Політв’язні", "політв'язні")
    page = await house.press(petro, await house.say(petro, "/lists"), "Політв’язні")
    followed = await house.press(petro, page, "✅ Follow")
    asked = await house.press(petro, followed, "⏱ When")
    daily = await house.press(petro, asked, "Daily")
    assert "A digest every day at 08:00" in daily.text
    await house.publish("a.test", STORY, TEXT)
    assert await house.verb("next_due", house.number) > house.clock()


async def test_what_an_editor_removes_is_put_back_by_another_tap_and_undone_after_it_was_published(house, editor, desk):
    shown = await desk("Політв’язні", "політв'язні", "сніг")
    striking = await house.press(editor, shown, "− Запит")
    struck = await house.press(editor, striking, "☑️ сніг")
    assert buttons(struck)[:2] == ["☑️ політв'язні", "↩️ сніг"]
    assert buttons(await house.press(editor, struck, "↩️ сніг"))[:2] == ["☑️ політв'язні", "☑️ сніг"]
    await house.press(editor, struck, "☑️ сніг")
    back = await house.press(editor, struck, "← Назад")
    assert "✏️ Чернетка прибирає: сніг" in back.text
    effect = await house.press(editor, back, "📈 Що це змінить")
    published = await house.press(editor, effect, "📢 Оприлюднити")
    assert "1 запит, стежать: 0." in published.text
    undone = await house.press(editor, published, "↩️ Повернути")
    assert undone.text == "↩️ Повернув, як було: список «Політв’язні»: +0, −1."
    assert (await house.publish("b.test", "Сніг засипав дороги")).articles == 1
    log = await house.say(editor, "/log")
    assert "Оксана: ↩️ список «Політв’язні»: +1, −0" in log.text


async def test_followers_are_told_of_a_change_only_where_it_changes_the_volume_by_more_than_half(
    house, telegram, editor, petro, desk
):
    shown = await desk("Політв’язні", "політв'язні", "дуб")
    page = await house.press(petro, await house.say(petro, "/lists"), "Політв’язні")
    await house.press(petro, page, "✅ Follow")
    for number in range(2):
        await house.publish("a.test", f"{STORY} {'знову' * number}", TEXT * (number + 1), path=str(number))
        house.clock.move(days=4)
    await house.publish("b.test", "Сніг засипав дороги на Прикарпатті", "Рух перекрито.")
    await house.carry()
    heard = len(house.told(petro))

    async def publish(query):
        nonlocal shown
        await house.press(editor, shown, "＋ Запит")
        effect = await house.press(editor, await house.say(editor, query), "📈 Що це змінить")
        shown = await house.press(editor, effect, "📢 Оприлюднити")
        return effect.text

    assert "+1 сюжет, −0 (було 2)" in await publish("Прикарпаття")
    assert len(house.told(petro)) == heard
    for place in "Гродно Брест Гомель".split():
        await house.publish(
            "c.test", f"Повінь зайшла у {place}", f"Річка вийшла з берегів біля міста {place}.", path=place
        )
    assert "+3 сюжети, −0 (було 3)" in await publish("річка")
    assert house.last(petro).text == "The list “Політв’язні” was changed: there will be more news of it."


async def test_a_list_is_renamed_described_and_given_a_sign(house, editor, desk):
    shown = await desk("Список", "сніг")
    await house.press(editor, shown, "🏷 Назва")
    renamed = await house.say(editor, "Зима")
    assert "Зима" in renamed.text
    await house.press(editor, renamed, "📝 Опис")
    described = await house.say(editor, "Усе про сніг і мороз.")
    await house.press(editor, described, "😀 Знак")
    done = await house.say(editor, "❄️")
    assert "❄️ Зима\nУсе про сніг і мороз." in done.text
    undone = await house.press(editor, done, "↩️ Повернути")
    assert undone.text == "↩️ Повернув, як було: список «Зима»: інший опис, знак чи час."


async def test_a_removed_list_is_gone_for_all_and_comes_back(house, editor, petro, desk):
    shown = await desk("Список", "сніг")
    page = await house.press(petro, await house.say(petro, "/lists"), "Список")
    await house.press(petro, page, "✅ Follow")
    removed = await house.press(editor, shown, "🗑 Прибрати список")
    assert removed.text == "Списку «Список» більше немає."
    assert (await house.publish("a.test", "Сніг засипав дороги")).alerts == 0
    assert "not there any more" in (await house.press(petro, page, "🗑 Stop following")).text
    await house.press(editor, removed, "↩️ Повернути")
    assert (await house.publish("b.test", "Мокрий сніг іде й сьогодні в горах")).alerts == 1
