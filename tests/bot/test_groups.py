"""Groups and channels: what the bot says when it is added, and that only administrators change what is followed."""

import pytest

from chatovyi.demo.wire import user_json
from core.model import ChatId, Target

STORY = "Мінськ відпустив політв’язнів"


@pytest.fixture
async def group(house, telegram, oksana):
    """A group that Oksana administers; she and the bot know each other."""
    group = telegram.add_group("Редакція")
    telegram.appoint(group, oksana)
    await house.say(oksana, "/start")
    await added(house, group, oksana)
    return group


@pytest.fixture
async def channel(house, telegram, oksana):
    channel = telegram.add_channel("Стрічка")
    telegram.appoint(channel, oksana, "creator")
    await house.say(oksana, "/start")
    await added(house, channel, oksana, can_post_messages=True)
    return channel


async def added(house, chat, person, *, status="member", **rights):
    bot = {"id": house.number, "is_bot": True, "first_name": "Чатовий"}
    await house.deliver(
        "my_chat_member",
        {
            "chat": {"id": chat.id, "title": chat.title, "type": "channel" if chat.channel else "supergroup"},
            "from": user_json(person),
            "date": 1767344400,
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": "administrator" if chat.channel else status} | rights,
        },
    )


async def says(house, group, person, text, *, answering=None, thread=None, hidden=False):
    """What the group was told after the person wrote there."""
    before = len(house.told(group))
    message = {
        "message_id": 9000 + before,
        "date": 1767344400,
        "chat": {"id": group.id, "title": group.title, "type": "supergroup", "is_forum": thread is not None},
        "from": user_json(person),
        "text": text,
    }
    if thread:
        message |= {"message_thread_id": thread, "is_topic_message": True}
    if hidden:
        message["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        message["sender_chat"] = message["chat"]
    if answering:
        message["reply_to_message"] = house.telegram.json_of(answering) | {"from": {**house.telegram.bot}}
    await house.deliver("message", message)
    return house.told(group)[before:]


async def presses(house, group, person, button):
    """The newest message of the group after the press, and what its presser alone was told."""
    message = house.last(group)
    press = house.telegram.press_in(person, message, button)
    await house.answer()
    return house.telegram.message(group.id, message.id), (await house.telegram.wait_answer(press)).text


async def followed(house, target):
    return [one.label for one in await house.verb("subscriptions", target)]


def target_of(house, chat, thread=0):
    return Target(bot=house.number, chat=ChatId(chat.id), thread=thread)


async def test_a_group_is_told_what_the_bot_is_good_for_and_what_it_needs(house, group):
    (hello,) = house.told(group)
    assert hello.startswith("Я Чатовий: стежу за новинами й пишу сюди")
    assert "Слухаюся лише адміністраторів" in hello
    assert "права писати повідомлення" in hello


async def test_who_added_the_bot_without_rights_hears_which_is_missing(house, telegram, oksana):
    await house.say(oksana, "/start")
    await added(house, telegram.add_channel("Стрічка"), oksana, can_post_messages=False)
    assert house.last(oksana).text.startswith("Мене додали до каналу «Стрічка», але без права публікувати")
    muted = telegram.add_group("Тиха")
    await added(house, muted, oksana, status="restricted", is_member=True, can_send_messages=False)
    assert house.last(oksana).text.startswith("Мене додали до групи «Тиха», але писати там не дозволено")
    assert house.told(muted) == []


async def test_an_administrator_follows_and_the_group_is_told_of_news(house, oksana, group):
    (preview,) = await says(house, group, oksana, "/follow політв'язні")
    assert preview.startswith("Шукаю новини, де є «політвʼязень»")
    card, _ = await presses(house, group, oksana, "✅ Стежити")
    assert card.text.startswith("✅ Стежу за політвʼязні")
    await house.publish("a.test", STORY)
    await house.carry()
    assert house.last(group).text.startswith(STORY)
    assert not any(STORY in text for text in house.told(oksana))


async def test_who_is_no_administrator_changes_nothing_and_is_told_so(house, petro, oksana, group):
    assert await says(house, group, petro, "/follow політв'язні") == ["Тут мене слухаються лише адміністратори."]
    await says(house, group, oksana, "/follow політв'язні")
    before = house.last(group)
    message, refusal = await presses(house, group, petro, "✅ Стежити")
    assert (message, refusal) == (before, "Here I obey administrators alone.")
    assert await followed(house, target_of(house, group)) == []


async def test_everybody_may_look_at_why_and_at_the_story(house, oksana, petro, group):
    await says(house, group, oksana, "/follow політв'язні")
    await presses(house, group, oksana, "✅ Стежити")
    await house.publish("a.test", STORY)
    await house.carry()
    story, refusal = await presses(house, group, petro, "📚 Сюжет")
    assert (story.text.startswith("📚 Сюжет: 1 стаття"), refusal) == (True, "")
    alert, _ = await presses(house, group, petro, "← До сповіщення")
    muted, refusal = await presses(house, group, petro, "🔕 Мовчати про це добу")
    assert (muted, refusal) == (alert, "Here I obey administrators alone.")


async def test_an_administrator_who_hides_their_name_is_obeyed(house, petro, group):
    (preview,) = await says(house, group, petro, "/follow політв'язні", hidden=True)
    assert preview.startswith("Шукаю")


async def test_who_is_appointed_or_dismissed_is_known_within_a_minute(house, telegram, oksana, petro, group):
    telegram.appoint(group, oksana, "member")
    telegram.appoint(group, petro)
    house.clock.move(minutes=1)
    assert await says(house, group, oksana, "/list") == ["Тут мене слухаються лише адміністратори."]
    assert (await says(house, group, petro, "/list"))[0].startswith("Ви ще ні за чим не стежите")
    asked = len(telegram.calls_of("getChatMember"))
    await says(house, group, petro, "/list")
    assert len(telegram.calls_of("getChatMember")) == asked


@pytest.mark.parametrize("text", ["Мінськ", "https://a.test/1", "/follow@other_bot Мінськ", "Стежити /follow Мінськ"])
async def test_what_is_not_said_to_the_bot_is_not_answered(house, oksana, group, text):
    assert await says(house, group, oksana, text) == []


async def test_a_topic_follows_for_itself(house, oksana, group):
    await says(house, group, oksana, "/follow@chatovyi_demo_bot Мінськ", thread=77)
    query = (await house.store.read(lambda tx: list(tx._execute("SELECT query_id FROM offer"))))[0][0]
    press = {
        "id": "7" * 18,
        "from": user_json(oksana),
        "chat_instance": "1",
        "data": f"follow:{query}",
        "message": house.telegram.json_of(house.last(group)) | {"message_thread_id": 77, "is_topic_message": True},
    }
    await house.deliver("callback_query", press)
    assert await followed(house, target_of(house, group, 77)) == ["Мінськ"]
    assert await followed(house, target_of(house, group)) == []


async def test_a_name_is_asked_for_in_a_group_and_taken_from_an_answer(house, oksana, petro, group):
    await says(house, group, oksana, "/follow Мінськ")
    await presses(house, group, oksana, "✅ Стежити")
    asking, _ = await presses(house, group, oksana, "🏷 Назва")
    assert await says(house, group, oksana, "Столиця сусідів") == []
    assert await says(house, group, petro, "Ні", answering=asking) == ["Тут мене слухаються лише адміністратори."]
    # Whatever is said there ends the waiting: it is asked again.
    await house.verb("await_text", target_of(house, group), "rename:1")
    await says(house, group, oksana, "Столиця сусідів", answering=asking)
    assert await followed(house, target_of(house, group)) == ["Столиця сусідів"]


async def choose(house, oksana, title):
    listed = await house.say(oksana, "/list")
    where = await house.press(oksana, listed, "📍 Для кого")
    return await house.press(oksana, where, title)


async def test_a_channel_is_tended_from_its_administrators_private_chat(house, oksana, channel):
    assert house.last(oksana).text.startswith("Я в каналі «Стрічка»")
    chosen = await choose(house, oksana, "Стрічка")
    assert chosen.text.startswith("📍 Стрічка\nВи ще ні за чим не стежите")
    preview = await house.say(oksana, "політв'язні")
    assert preview.text.startswith("📍 Стрічка\nШукаю")
    card = await house.press(oksana, preview, "✅ Стежити")
    await house.press(oksana, card, "🏷 Назва")
    assert (await house.say(oksana, "В’язні")).text.startswith("📍 Стрічка\nВ’язні")
    assert await followed(house, target_of(house, channel)) == ["В’язні"]
    assert await house.labels(oksana) == []

    await house.publish("a.test", STORY)
    await house.carry()
    assert house.last(channel).text.startswith(STORY)
    assert await choose(house, oksana, "Мої")
    assert (await house.say(oksana, "Київ")).text.startswith("Шукаю")


async def test_who_no_longer_administers_a_channel_tends_their_own_again(house, telegram, oksana, channel):
    await choose(house, oksana, "Стрічка")
    telegram.appoint(channel, oksana, "left")
    house.clock.move(minutes=1)
    assert (await house.say(oksana, "політв'язні")).text.startswith("Ви там більше не адміністратор")
    assert (await house.say(oksana, "політв'язні")).text.startswith("Шукаю")
    assert await followed(house, target_of(house, channel)) == []


async def test_nobody_chooses_a_channel_that_is_not_theirs(house, telegram, petro, channel):
    listed = await house.say(petro, "/list")
    where = await house.press(petro, listed, "📍 For whom")
    assert [button.text for button in where.buttons] == ["• Mine"]
    for data in (f"manage:{-channel.id}", "manage:1", "manage:", "manage:x"):
        await house.forge(petro, where, data)
        assert house.last(petro).text.startswith("That is not there any more"), data


async def test_forgetting_oneself_forgets_no_channel(house, oksana, channel):
    await choose(house, oksana, "Стрічка")
    await house.press(oksana, await house.say(oksana, "Мінськ"), "✅ Стежити")
    stop = await house.say(oksana, "/stop")
    assert "0 підписок" in stop.text
    await house.press(oksana, stop, "Так, забути")
    assert await followed(house, target_of(house, channel)) == ["Мінськ"]
