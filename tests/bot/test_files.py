"""Subscriptions as a file: sent to whoever asks, and read in again, here or elsewhere."""

import json

import pytest

QUERIES = ("політв'язні -футбол", "«обмін полоненими»", "Мінськ")


async def owner_of_three(house, oksana):
    """Three subscriptions, each changed in its own way; returns the file that was sent of them."""
    for text in QUERIES:
        await house.follow(oksana, text)
    card = house.last(oksana)
    await house.forge(oksana, card, "rhythm:1:weekly")
    await house.forge(oksana, card, "at:1:1140")
    await house.forge(oksana, card, "day:1:4")
    await house.forge(oksana, card, "rhythm:2:urgent")
    await house.forge(oksana, card, "rename:2")
    await house.say(oksana, "Обмін")
    await house.forge(oksana, card, "pause:3:0")
    return (await house.say(oksana, "/export")).file


async def sends(house, person, body, name="chatovyi.json"):
    house.telegram.send_file(person, name, body)
    await house.answer()
    return house.last(person).text


async def kept(house, person):
    mine = await house.verb("subscriptions", house.target(person))
    return [(one.label, one.text, one.manner, one.paused) for one in mine]


async def test_what_was_exported_is_followed_again_by_whoever_sends_it(house, oksana, petro):
    file = await owner_of_three(house, oksana)
    assert file.name == "chatovyi.json"
    assert house.last(oksana).text.startswith("💾 Поклав 3 підписки у цей файл.")
    assert await sends(house, petro, file.body) == "📥 Added 3 subscriptions from the file."
    assert await kept(house, petro) == await kept(house, oksana)


async def test_what_is_followed_already_stays_as_it_is(house, oksana):
    file = await owner_of_three(house, oksana)
    await house.forge(oksana, house.last(oksana), "unpause:3")
    before = await kept(house, oksana)
    assert await sends(house, oksana, file.body) == (
        "📥 Додав 0 підписок з файлу.\nРешту (3) лишив, як було: за цим ви вже стежите або підписок забагато."
    )
    assert await kept(house, oksana) == before


async def test_after_being_forgotten_the_file_brings_everything_back(house, oksana):
    file = await owner_of_three(house, oksana)
    before = await kept(house, oksana)
    await house.press(oksana, await house.say(oksana, "/stop"), "Так, забути")
    await sends(house, oksana, file.body)
    assert await kept(house, oksana) == before
    assert (await house.publish("a.test", "Обмін полоненими відбувся")).alerts == 1


async def test_queries_that_are_none_are_named_and_the_others_followed(house, oksana):
    file = {"chatovyi": 1, "subscriptions": [{"query": "(Мінськ"}, {"query": "Київ", "at": "99:99"}, {}, "Львів"]}
    text = await sends(house, oksana, json.dumps(file).encode())
    assert text.split("\n") == [
        "📥 Додав 2 підписки з файлу.",
        "Не запити, тож пропустив: 2.",
        "• (Мінськ",
        "• …",
    ]
    assert await house.labels(oksana) == ["Київ", "Львів"]


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"[]", b"{}", b'{"chatovyi": 2, "subscriptions": []}', b"[" * 100_000, b"a" * 600_000]
)
async def test_what_is_no_such_file_is_said_to_be_none(house, oksana, body):
    assert (await sends(house, oksana, body)).startswith(("Це не файл із підписками", "Я розумію лише слова"))


async def test_without_subscriptions_there_is_nothing_to_export(house, oksana):
    answer = await house.say(oksana, "/export")
    assert (answer.file, answer.text) == (None, "Ви ще ні за чим не стежите. Напишіть слово, ім’я або фразу.")
    assert (await house.say(oksana, "/import")).text.startswith("Надішліть файл, який дав /export")
