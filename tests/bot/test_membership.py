"""What becomes of a chat's alerts when the bot is put out, loses its rights or comes back, and who hears of it."""

import pytest

from bot.screen import Screen
from core.model import ChatId, Target

STORY = "Мінськ відпустив політв’язнів"


@pytest.fixture
async def group(house, telegram, oksana):
    """A group of Oksana's, whom the bot knows; it is known there too."""
    group = telegram.add_group("Редакція")
    await house.say(oksana, "/start")
    await membership(house, group, oksana, "left", "member")
    return group


async def membership(house, group, person, before, after, **rights):
    """The bot's place in the group changes by the person's hand."""
    bot = {"id": house.number, "is_bot": True, "first_name": "Чатовий"}
    await house.deliver(
        "my_chat_member",
        {
            "chat": {"id": group.id, "title": group.title, "type": "supergroup"},
            "from": {"id": person.id, "is_bot": False, "first_name": person.first_name, "language_code": "uk"},
            "date": 1767344400,
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after} | rights,
        },
    )


def topic(house, group, thread):
    return Target(bot=house.number, chat=ChatId(group.id), thread=thread)


async def tell(house, target, *words):
    for word in words:
        await house.verb("say", target, Screen(word).to_json(), edits=None, now=house.clock())


async def refused(house, description, *, code=400):
    """The next message is refused with these words; everything else leaves that may leave now."""
    house.telegram.fault("error", "sendMessage", code=code, description=description)
    for _ in range(3):
        await house.courier.round()
        await house.courier.rest()
        house.clock.move(seconds=5)


def told_in(house, group):
    return house.told(group)[1:]  # after the greeting


def notices(house, oksana):
    return house.told(oksana)[1:]  # after the greeting


async def test_who_comes_back_hears_what_waited(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    telegram.block(oksana)
    await house.answer()
    await house.publish("a.test", STORY)
    house.clock.move(hours=5)
    telegram.unblock(oksana)
    await house.answer()
    assert house.last(oksana).text.startswith(STORY)


EVENTS = {
    "Гродна": "вийшли з колонії на світанку",
    "Брест": "пишуть листи онукам",
    "Гомель": "відмовилися від каяття",
    "Вітебськ": "шиють чоботи за копійки",
    "Полоцьк": "чекають лікаря другий місяць",
    "Орша": "читають Шевченка вголос",
    "Пінськ": "голодують через карцер",
}


async def test_many_alerts_that_waited_come_as_one_message(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    telegram.block(oksana)
    await house.answer()
    for number, (word, event) in enumerate(EVENTS.items()):
        await house.publish("a.test", f"{word}: політв'язні {event}", f"{event} {event}", path=f"{number}")
        house.clock.move(minutes=1)
    house.clock.move(hours=2)
    before = len(house.told(oksana))
    telegram.unblock(oksana)
    await house.answer()
    (digest,) = house.told(oksana)[before:]
    lines = digest.split("\n")
    assert lines[0] == "Поки ми не чулися, сталося ось що:"
    assert [line.split(":")[0] for line in lines[2:]] == [f"• {word}" for word in reversed(EVENTS)]


async def test_an_owner_hears_once_that_the_bot_was_removed_and_once_that_it_is_back(house, telegram, oksana, group):
    await membership(house, group, oksana, "member", "left")
    await membership(house, group, oksana, "left", "kicked")
    await tell(house, topic(house, group, 0), "раз")
    await house.carry()
    assert ([text.split(".")[0] for text in notices(house, oksana)], told_in(house, group)) == (
        ["Мене прибрали з чату «Редакція»"],
        [],
    )
    await membership(house, group, oksana, "left", "member")
    assert (notices(house, oksana)[1:], told_in(house, group)) == (
        ["Знову пишу в чат «Редакція». Що назбиралося, вже в дорозі."],
        ["раз"],
    )


async def test_an_owner_hears_of_a_removal_that_only_a_message_met(house, oksana, group):
    await tell(house, topic(house, group, 0), "раз")
    await refused(house, "Forbidden: bot was kicked from the supergroup chat", code=403)
    assert [text.split(".")[0] for text in notices(house, oksana)] == ["Мене прибрали з чату «Редакція»"]


async def test_an_owner_hears_once_that_rights_are_lost_however_often_it_is_tried(house, telegram, oksana, group):
    await tell(house, topic(house, group, 0), "раз")
    for _ in range(3):
        await refused(house, "Bad Request: not enough rights to send text messages to the chat")
        house.clock.move(hours=1)
    assert [text.split(".")[0] for text in notices(house, oksana)] == [
        "У чаті «Редакція» мені більше не дозволено писати"
    ]
    await house.carry()
    assert notices(house, oksana)[1:] == ["Знову пишу в чат «Редакція». Що назбиралося, вже в дорозі."]
    assert told_in(house, group) == ["раз"]


async def test_rights_that_are_back_let_what_waits_leave_at_once(house, oksana, group):
    await membership(house, group, oksana, "member", "restricted", is_member=True, can_send_messages=False)
    await tell(house, topic(house, group, 0), "раз")
    await house.courier.round()
    assert told_in(house, group) == []
    before = house.clock()
    await membership(house, group, oksana, "restricted", "administrator")
    assert told_in(house, group) == ["раз"]
    assert (house.clock() - before).total_seconds() < 60
    assert [text.split()[0] for text in notices(house, oksana)] == ["У", "Знову"]


async def test_a_closed_topic_is_news_to_the_owner_and_holds_no_other(house, oksana, group):
    await tell(house, topic(house, group, 3), "раз")
    await tell(house, topic(house, group, 4), "два")
    await refused(house, "Bad Request: TOPIC_CLOSED")
    assert told_in(house, group) == ["два"]
    assert [text.split(",")[0] for text in notices(house, oksana)] == ["У чаті «Редакція» закрили тему"]


async def test_a_deleted_topic_is_said_in_its_chat_and_to_its_owner(house, oksana, group):
    await tell(house, topic(house, group, 3), "раз")
    await refused(house, "Bad Request: message thread not found")
    assert told_in(house, group) == ["раз", "Тему, в яку я писав, видалили. Далі писатиму просто сюди."]
    assert [text.split(",")[0] for text in notices(house, oksana)] == ["У чаті «Редакція» видалили тему"]


async def test_what_an_owner_cannot_be_told_waits_nowhere(house, telegram, petro):
    group = telegram.add_group("Редакція")
    await membership(house, group, petro, "left", "member")
    await membership(house, group, petro, "member", "kicked")
    assert house.told(petro) == []
    assert await house.store.read(lambda tx: list(tx._execute("SELECT 1 FROM delivery WHERE chat_id > 0"))) == []


@pytest.mark.parametrize("told_by", ["old", "new"])
async def test_a_group_that_becomes_a_supergroup_is_followed_by_its_alerts(house, telegram, oksana, group, told_by):
    new = telegram.add_group("Редакція")
    await tell(house, topic(house, group, 0), "раз")
    chats = {"old": (group, {"migrate_to_chat_id": new.id}), "new": (new, {"migrate_from_chat_id": group.id})}
    chat, numbers = chats[told_by]
    body = {"message_id": 9, "date": 1, "chat": {"id": chat.id, "type": "group", "title": "Редакція"}} | numbers
    await house.deliver("message", body)
    assert (told_in(house, group), house.told(new)) == ([], ["раз"])
    await membership(house, new, oksana, "member", "left")
    assert [text.split(".")[0] for text in notices(house, oksana)] == ["Мене прибрали з чату «Редакція»"]


async def test_a_group_in_which_nothing_was_said_is_known_with_whoever_added_the_bot(house, group, oksana):
    standing = await house.verb("standing", topic(house, group, 0))
    assert (standing.state, standing.title, standing.owner.target.chat) == ("open", "Редакція", oksana.id)
    assert told_in(house, group) == []
