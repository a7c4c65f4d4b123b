"""A file sent to the bot is the draft of a list: what it would change is shown; a broken one changes nothing."""

import pytest

from core.role import ROLES


@pytest.fixture
async def editor(house, oksana):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), "editor", name="Оксана")
    return oksana


@pytest.fixture
def send(house, telegram):
    """What a person is answered to a file of theirs."""

    async def send(person, name, content):
        telegram.send_file(person, name, content if isinstance(content, bytes) else content.encode())
        await house.answer()
        return house.last(person)

    return send


async def lines(house):
    (one,) = await house.verb("watch_lists")
    return {(kept.line.text, kept.state) for kept in await house.verb("lines", one.id)}


async def test_a_file_becomes_the_draft_of_a_new_list_and_is_published_by_taps(house, editor, send):
    drafted = await send(editor, "Зима.csv", "name,urgent\nсніг,1\nмороз,\n")
    assert drafted.text.startswith("📄 Зима.csv: +2, −0. Рядки – поки чернетка")
    assert await lines(house) == {("сніг", "added"), ("мороз", "added")}
    assert (await house.publish("a.test", "Сніг засипав дороги")).articles == 1
    effect = await house.press(editor, drafted, "📈 Що це змінить")
    assert "+1 сюжет, −0" in effect.text
    await house.press(editor, effect, "📢 Оприлюднити")
    assert await lines(house) == {("сніг", "published"), ("мороз", "published")}


async def test_the_same_file_changed_is_a_difference(house, editor, send):
    await send(editor, "Зима.txt", "сніг\nмороз\n")
    (one,) = await house.verb("watch_lists")
    drafted = await send(editor, "Зима.txt", "сніг\nдощ\nдощ\n")
    assert drafted.text.startswith("📄 Зима.txt: +2, −0.")
    assert "⚠️ «дощ»: такий запит у файлі двічі" in drafted.text
    effect = await house.press(editor, drafted, "📈 Що це змінить")
    await house.press(editor, effect, "📢 Оприлюднити")
    again = await send(editor, "Зима.txt", "сніг\nмороз\n")
    assert again.text.startswith("📄 Зима.txt: +1, −1.")
    assert await lines(house) == {("сніг", "published"), ("мороз", "added"), ("дощ", "removed")}
    assert [other.id for other in await house.verb("watch_lists")] == [one.id]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.csv", "запит\nсніг\n".encode("cp1251"), "Цей файл не в UTF-8 (чи не Windows-1251?)"),
        ("x.csv", "query\n(сніг\n", "У рядку 2 запит, якого не розібрати"),
        ("x.csv", "query\n=HYPERLINK(A1)\n", "У рядку 2 формула"),
        ("x.csv", "colour\nred\n", "Не знайшов потрібних стовпців"),
        ("x.docx", "сніг", "Не знаю, що робити з таким файлом"),
    ],
)
async def test_a_broken_file_is_told_in_a_sentence_and_changes_nothing(house, editor, send, name, content, told):
    assert (await send(editor, name, content)).text.startswith(told)
    assert await house.verb("watch_lists") == []


@pytest.mark.parametrize("role", [None, *ROLES])
async def test_only_who_may_edit_lists_may_send_files(house, oksana, send, role):
    await house.say(oksana, "/start")
    await house.verb("put_role", house.target(oksana), role, name="Оксана")
    answer = await send(oksana, "Зима.txt", "сніг\n")
    may = role in ("editor", "owner")
    assert (bool(await house.verb("watch_lists")), answer.text.startswith("📄")) == (may, may)


async def test_an_editors_own_subscriptions_come_back_as_such(house, editor, send):
    await house.follow(editor, "політв'язні")
    await house.say(editor, "/export")
    exported = next(one.file for one in reversed(house.telegram.messages(editor)) if one.file)
    await send(editor, exported.name, exported.body)
    assert await house.verb("watch_lists") == []
