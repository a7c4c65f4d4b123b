"""A message that may have arrived: found where it is, and nobody else's taken for it."""

import pytest
from test_courier import STORY, go, grown, sends, states, tell

from core.model import MessageId
from core.subscribe import follow


async def lost(house, telegram, person, kind, *words):
    """The words are said, and the answer to the first of them never comes."""
    await tell(house, person, *words)
    telegram.fault(kind, "sendMessage")
    await go(house)
    assert (await states(house))[0] == "unknown"


@pytest.fixture
def group(telegram):
    return spoken_to(telegram, telegram.add_group("Редакція"))


@pytest.fixture
def channel(telegram):
    return spoken_to(telegram, telegram.add_channel("Канал"))


def spoken_to(telegram, chat):
    telegram._started.add(chat.id)
    return chat


async def known(house, chat):
    """The newest message of the chat is accounted for, as after an earlier send."""
    newest = house.telegram.write(chat, "давно")
    await house.verb("account_for", house.number, [(chat.id, newest.id)], now=house.clock())


async def test_what_a_person_wrote_meanwhile_is_not_taken_for_ours(house, telegram, oksana):
    await lost(house, telegram, oksana, "reset_before", "раз")
    telegram.send_text(oksana, "де ви?")
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent"], ["раз"])


async def test_our_message_is_found_among_what_a_person_wrote(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.send_text(oksana, "де ви?")
    telegram.fault("lost_response", "sendMessage")
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent"], ["раз"])


async def test_messages_to_others_are_not_in_the_way(house, telegram, oksana, petro):
    await lost(house, telegram, oksana, "reset_before", "раз")
    await tell(house, petro, *map(str, range(9)))
    await house.carry()
    assert (house.told(oksana), len(house.told(petro))) == (["раз"], 9)


@pytest.mark.parametrize("kind", ["lost_response", "reset_before"])
async def test_in_a_group_others_messages_are_told_from_ours(house, telegram, group, kind):
    await known(house, group)
    await tell(house, group, "раз", "два")
    telegram.write(group, "чуже")
    telegram.fault(kind, "sendMessage")
    await go(house)
    telegram.write(group, "ще чуже")
    await house.carry()
    assert (await states(house), house.told(group)) == (["sent", "sent"], ["раз", "два"])
    assert telegram.message(group.id, house.telegram.messages(group)[1].id).edits == ()


@pytest.mark.parametrize("kind", ["lost_response", "reset_before"])
async def test_in_a_channel_posts_are_compared_and_the_copies_deleted(house, telegram, channel, oksana, kind):
    telegram.start(oksana)
    courier = house.courier = house.new_courier(service_chat=oksana.id)
    await known(house, channel)
    await tell(house, channel, "<b>раз</b> &amp; тут")
    telegram.write(channel, "чужий допис")
    telegram.fault(kind, "sendMessage")
    await go(house, courier)
    telegram.write(channel, "ще один")
    await house.carry()
    assert (await states(house), house.told(channel)) == (["sent"], ["раз & тут"])
    assert house.told(oksana) == []


async def test_in_a_channel_where_nothing_was_posted_nothing_needs_to_be_compared(house, telegram, channel):
    await known(house, channel)
    await lost(house, telegram, channel, "reset_before", "раз")
    await house.carry()
    assert (await states(house), house.told(channel)) == (["sent"], ["раз"])


async def test_a_post_that_cannot_be_compared_is_left_and_the_owner_told(house, telegram, channel, oksana):
    await tell(house, oksana)
    house.courier = house.new_courier(owner=oksana.id)
    await known(house, channel)
    await lost(house, telegram, channel, "lost_response", "раз", "два")
    await house.carry()
    assert (await states(house), house.told(channel)) == (["unknown", "sent", "sent"], ["раз", "два"])
    (told,) = house.told(oksana)
    assert "не повторюю" in told
    assert str(channel.id) in told
    assert "раз" in told


async def test_whoever_added_the_bot_to_a_channel_hears_of_it_rather_than_its_owner(
    house, telegram, channel, oksana, petro
):
    await tell(house, oksana)
    await tell(house, petro)
    await tell(house, channel)
    house.courier = house.new_courier(owner=oksana.id)
    await known(house, channel)
    await house.verb("introduce_chat", house.target(channel), owner=petro.id, title="Канал")
    await lost(house, telegram, channel, "lost_response", "раз")
    await house.carry()
    assert house.told(oksana) == []
    assert "не повторюю" in house.told(petro)[0]


async def test_what_was_lost_on_its_way_to_the_owner_is_not_told_of_again_and_again(house, telegram, oksana):
    house.courier = house.new_courier(owner=oksana.id)
    telegram.start(oksana)
    await house.verb("meet", house.target(oksana), language="uk", now=house.clock())
    await house.verb("say", house.target(oksana), '{"text": "раз", "rows": []}', edits=None, now=house.clock())
    telegram.fault("lost_response", "sendMessage")
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["unknown"], ["раз"])


# Trouble while looking.


@pytest.mark.parametrize("kind", ["http_500", "http_502", "reset_before", "lost_response", "bad_json", "http_429"])
@pytest.mark.parametrize("method", ["setMessageReaction", "editMessageReplyMarkup"])
@pytest.mark.parametrize("count", [1, 9])
async def test_a_look_up_that_fails_guesses_nothing(house, telegram, oksana, kind, method, count):
    await lost(house, telegram, oksana, "lost_response", "раз", "два")
    telegram.fault(kind, method, count=count)
    await house.carry()
    assert (await states(house), house.told(oksana)) == (["sent", "sent"], ["раз", "два"])


async def test_who_blocks_the_bot_while_it_looks_is_sent_nothing(house, telegram, oksana):
    await lost(house, telegram, oksana, "lost_response", "раз", "два")
    telegram.fault("error", "setMessageReaction", code=403, description="Forbidden: bot was blocked by the user")
    before = len(sends(house, oksana))
    await house.carry()
    assert len(sends(house, oksana)) == before


# Alerts.


@pytest.mark.parametrize("kind", ["lost_response", "bad_json"])
async def test_an_alert_that_was_found_grows(house, telegram, oksana, kind):
    await house.follow(oksana, "політв'язні")
    telegram.fault(kind, "sendMessage")
    await house.publish("a.test", STORY)
    await house.carry()
    alert = house.last(oksana)
    await house.publish("b.test", STORY)
    house.clock.move(minutes=1)
    await house.carry()
    assert [text.count("також: b.test") for text in house.told(oksana) if STORY in text] == [1]
    assert house.last(oksana).id == alert.id


async def test_an_alert_whose_sender_stopped_is_found_without_a_record_of_what_it_said(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    await house.publish("a.test", STORY)
    house.courier._settle = forgetting
    house.clock.move(minutes=1)
    await go(house)
    assert (await states(house))[-1] == "sending"
    await house.verb("release_leases", now=house.clock())
    house.courier = house.new_courier()
    await house.carry()
    assert len([text for text in house.told(oksana) if STORY in text]) == 1
    assert set(await states(house)) == {"sent"}


async def test_what_nobody_kept_is_known_by_its_first_line_alone(house, telegram, channel, oksana):
    telegram.start(oksana)
    await known(house, channel)
    await house.follow(oksana, "політв'язні")
    await followed_by(house, channel, "політв'язні")
    house.courier._settle = forgetting
    house.clock.move(minutes=1)
    await house.publish("a.test", STORY)
    await go(house)
    await house.verb("release_leases", now=house.clock())
    await house.publish("b.test", STORY)
    house.courier = house.new_courier(service_chat=oksana.id)
    telegram.fault("http_502", "setMessageReaction", count=9)
    await house.carry()
    assert [text.count(STORY) for text in house.told(channel)] == [1]
    assert set(await states(house)) == {"sent"}


async def followed_by(house, chat, text):
    await house.verb("meet", house.target(chat), language="uk", now=house.clock())
    query = await house.verb("intern_query", text.replace("'", "\u2019"))
    await house.store.write(lambda tx: follow(tx, house.target(chat), query, text, now=house.clock()))


async def forgetting(due, carried):
    """The program stops before it can write down what came of a send."""


async def test_an_alert_that_is_sent_again_says_what_is_known_by_then(house, telegram, oksana):
    await house.follow(oksana, "політв'язні")
    telegram.fault("reset_before", "sendMessage")
    await house.publish("a.test", STORY)
    house.clock.move(minutes=1)
    await go(house)
    await house.publish("b.test", STORY)
    await house.carry()
    assert ["також: b.test" in text for text in house.told(oksana) if STORY in text] == [True]


async def test_a_reply_stands_under_its_message_or_by_itself_where_that_is_gone(house, telegram, oksana):
    alert = await grown(house, oksana)
    await house.carry()
    for number in (alert.id, MessageId(99_999)):
        await house.verb(
            "say",
            house.target(oksana),
            '{"text": "далі", "rows": []}',
            edits=None,
            now=house.clock(),
            replies_to=number,
        )
    await house.carry()
    assert [message.reply_to for message in telegram.messages(oksana)][-2:] == [alert.id, None]


async def test_looking_changes_nothing_anywhere(house, telegram, oksana):
    await tell(house, oksana, "раз")
    telegram.fault("lost_response", "sendMessage")
    await house.carry()
    (message,) = [one for one in telegram.messages(oksana) if one.outgoing]
    assert (message.text, message.edits) == ("раз", ())


async def test_in_a_busy_channel_the_newest_posts_are_compared_first_and_few_of_them(house, telegram, channel, oksana):
    telegram.start(oksana)
    house.courier = house.new_courier(service_chat=oksana.id)
    await known(house, channel)
    for number in range(60):
        telegram.write(channel, f"чуже {number}")
    await lost(house, telegram, channel, "lost_response", "раз", "два")
    await house.carry()
    assert (await states(house), house.told(channel)) == (["sent", "sent"], ["раз", "два"])
    assert len(telegram.calls_of("forwardMessage")) == 1


async def test_where_others_post_too_much_to_compare_nothing_is_guessed(house, telegram, channel, oksana):
    telegram.start(oksana)
    house.courier = house.new_courier(service_chat=oksana.id)
    await known(house, channel)
    await lost(house, telegram, channel, "reset_before", "раз", "два")
    for number in range(60):
        telegram.write(channel, f"чуже {number}")
    await house.carry()
    assert (await states(house), house.told(channel)) == (["unknown", "sent"], ["два"])
    assert len(telegram.calls_of("forwardMessage")) == 10
