"""Is it understood what a person did, out of what Telegram sends?"""

import json

import pytest

from bot.heard import ALLOWED, Added, Back, Left, Pressed, Rights, Upgraded, Wrote, said
from core.model import BotId, ChatId, MessageId, Target

BOT = BotId(123456)
OKSANA = Target(bot=BOT, chat=ChatId(987654321))

PERSON = {
    "id": 987654321,
    "is_bot": False,
    "first_name": "Оксана",
    "last_name": "К.",
    "username": "oksana",
    "language_code": "uk",
    "is_premium": True,
}
PRIVATE = {"id": 987654321, "first_name": "Оксана", "username": "oksana", "type": "private"}
GROUP = {"id": -1001234567890, "title": "Редакція", "type": "supergroup", "is_forum": True}
CHANNEL = {"id": -1009876543210, "title": "Стрічка", "username": "strichka", "type": "channel"}
THE_BOT = {"id": 123456, "is_bot": True, "first_name": "Чатовий", "username": "chatovyi_bot"}


def heard(**update):
    return said(json.dumps({"update_id": 10_000, **update}, ensure_ascii=False), BOT)


def message(chat=PRIVATE, person=PERSON, **content):
    return {"message_id": 41, "from": person, "chat": chat, "date": 1767344400, **content}


def pressed(data="follow:7", *, under=None, **changes):
    under = under if under is not None else message(person=THE_BOT, text="Шукаю політв’язень.")
    query = {"id": "4382bfdwdsb323b2d9", "from": PERSON, "message": under, "chat_instance": "-3009", "data": data}
    return {key: value for key, value in (query | changes).items() if value is not None}


def membership(status, chat=PRIVATE, *, before="member", **rights):
    return {
        "chat": chat,
        "from": PERSON,
        "date": 1767344400,
        "old_chat_member": member(before),
        "new_chat_member": member(status, **rights),
    }


def member(status, **rights):
    return {"user": THE_BOT, "status": status} | ({"until_date": 0} if status == "kicked" else {}) | rights


def target(chat):
    return Target(bot=BOT, chat=ChatId(chat["id"]))


def test_a_text_is_what_a_person_wrote():
    entities = [{"offset": 0, "length": 6, "type": "bold"}]
    wrote = heard(message=message(text="політв’язні Мінська", entities=entities))
    assert wrote == Wrote(target=OKSANA, language_code="uk", text="політв’язні Мінська")


def test_a_command_is_a_text():
    start = message(text="/start abc", entities=[{"offset": 0, "length": 6, "type": "bot_command"}])
    assert heard(message=start) == Wrote(target=OKSANA, language_code="uk", text="/start abc")


def test_telegram_may_keep_a_persons_language_to_itself():
    silent = {key: value for key, value in PERSON.items() if key != "language_code"}
    assert heard(message=message(person=silent, text="а")) == Wrote(target=OKSANA, language_code=None, text="а")


@pytest.mark.parametrize(
    "content",
    [
        {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 90, "height": 90}], "caption": "політв'язні"},
        {"sticker": {"file_id": "x", "file_unique_id": "y", "width": 9, "height": 9, "type": "regular"}
         | {"is_animated": False, "is_video": False}},
        {"location": {"latitude": 50.4, "longitude": 30.5}},
        {"contact": {"phone_number": "+380", "first_name": "О"}},
        {"a_kind_of_message_not_known_yet": {"x": 1}},
    ],
)  # fmt: skip
def test_a_picture_and_the_like_is_a_message_without_text(content):
    assert heard(message=message(**content)) == Wrote(target=OKSANA, language_code="uk", text=None)


def test_a_message_passed_on_is_its_text():
    origin = {"type": "user", "date": 1767340000, "sender_user": PERSON}
    assert heard(message=message(text="Мінськ", forward_origin=origin)).text == "Мінськ"


@pytest.mark.parametrize("chat", [GROUP, {"id": -42, "title": "Друзі", "type": "group"}])
def test_a_command_in_a_group_is_for_us_with_whoever_wrote_it(chat):
    wrote = heard(message=message(chat, text="/list@chatovyi_bot"))
    by = ChatId(987654321)
    assert wrote == Wrote(target=target(chat), language_code="uk", text="/list@chatovyi_bot", place="group", by=by)


def test_an_answer_to_a_message_of_ours_is_for_us_and_stays_in_its_topic():
    ours = message(GROUP, person=THE_BOT, text="Як назвати?")
    content = {"reply_to_message": ours, "message_thread_id": 7, "is_topic_message": True}
    wrote = heard(message=message(GROUP, text="Наші", **content))
    assert (wrote.text, wrote.target.thread) == ("Наші", 7)
    assert heard(message=message(GROUP, text="Наші", reply_to_message=message(GROUP, text="?"))) is None
    assert heard(message=message(GROUP, text="/list", message_thread_id=7)).target.thread == 0


def test_an_administrator_who_hides_their_name_speaks_as_the_group():
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    wrote = heard(message=message(GROUP, person=anonymous, sender_chat=GROUP, text="/list"))
    assert (wrote.by, wrote.language_code) == (None, None)


@pytest.mark.parametrize(
    "content",
    [
        {"text": "Мінськ"},
        {"text": "/list", "sender_chat": CHANNEL},
        {"text": "/list", "person": {"id": 5, "is_bot": True, "first_name": "Інший"}},
        {"photo": [{"file_id": "x", "file_unique_id": "y", "width": 90, "height": 90}]},
    ],
)
def test_what_else_is_said_in_a_group_is_nothing_for_us(content):
    assert heard(message=message(GROUP, **content)) is None
    assert heard(message=message(CHANNEL, text="/list")) is None


@pytest.mark.parametrize(
    ("data", "key", "values"),
    [
        ("follow:7", "follow", ("7",)),
        ("pause:12:0", "pause", ("12", "0")),
        ("refuse", "refuse", ()),
        ("language:en", "language", ("en",)),
        ("", "", ()),
        ("old:format:of:a:button", "old", ("format", "of", "a", "button")),
    ],
)
def test_a_button_is_a_word_and_what_follows_it(data, key, values):
    assert heard(callback_query=pressed(data)) == Pressed(
        target=OKSANA, language_code="uk", message=MessageId(41), key=key, values=values
    )


def test_a_button_under_a_message_too_old_to_be_sent_along_still_works():
    old = {"chat": PRIVATE, "message_id": 41, "date": 0}
    assert heard(callback_query=pressed("mute:3", under=old)) == Pressed(
        target=OKSANA, language_code="uk", message=MessageId(41), key="mute", values=("3",)
    )


def test_a_button_without_words_or_without_a_message_says_nothing_or_is_nothing_for_us():
    assert heard(callback_query=pressed(data=None, game_short_name="x")).key == ""
    assert heard(callback_query=pressed(message=None, inline_message_id="x")) is None


def test_who_blocks_the_bot_has_left():
    assert heard(my_chat_member=membership("kicked")) == Left(target=OKSANA)


def test_who_lets_the_bot_in_again_is_back():
    assert heard(my_chat_member=membership("member", before="kicked")) == Back(target=OKSANA)
    assert heard(my_chat_member=membership("left")) is None


@pytest.mark.parametrize("chat", [GROUP, {"id": -42, "title": "Друзі", "type": "group"}, CHANNEL])
@pytest.mark.parametrize("status", ["kicked", "left"])
def test_a_group_or_channel_that_removes_the_bot_is_left(chat, status):
    assert heard(my_chat_member=membership(status, chat, before="administrator")) == Left(target=target(chat))


def test_who_adds_the_bot_to_a_group_is_known():
    added = heard(my_chat_member=membership("member", GROUP, before="left"))
    assert added == Added(target=target(GROUP), title="Редакція", by=OKSANA.chat, language_code="uk", can_post=True)


def test_an_administrator_who_hides_their_name_is_nobody():
    hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    added = heard(my_chat_member=membership("member", GROUP, before="left") | {"from": hidden})
    assert (added.by, added.language_code) == (None, None)


@pytest.mark.parametrize(("may", "status"), [(True, "administrator"), (False, "administrator")])
def test_the_bot_writes_in_a_channel_where_it_may_post(may, status):
    added = heard(my_chat_member=membership(status, CHANNEL, before="left", can_post_messages=may))
    assert (added.title, added.can_post) == ("Стрічка", may)


@pytest.mark.parametrize("may", [True, False])
def test_a_group_may_take_the_word_from_the_bot_and_give_it_back(may):
    changed = heard(my_chat_member=membership("restricted", GROUP, is_member=True, can_send_messages=may))
    assert changed == Rights(target=target(GROUP), title="Редакція", can_post=may)


def test_who_is_restricted_and_no_member_is_out():
    out = heard(my_chat_member=membership("restricted", GROUP, is_member=False, can_send_messages=True))
    assert out == Left(target=target(GROUP))


def test_both_messages_of_an_upgrade_say_the_same():
    old = {"id": -42, "title": "Друзі", "type": "group"}
    upgraded = Upgraded(target=target(old), to=ChatId(GROUP["id"]))
    assert heard(message=message(old, migrate_to_chat_id=GROUP["id"])) == upgraded
    assert heard(message=message(GROUP, migrate_from_chat_id=-42)) == upgraded


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"edited_message": message(text="Мінськ", edit_date=1767344401)},
        {"channel_post": {"message_id": 5, "chat": CHANNEL, "date": 1767344400, "text": "Мінськ"}},
        {"inline_query": {"id": "1", "from": PERSON, "query": "а", "offset": ""}},
        {"a_kind_of_update_not_known_yet": {"x": 1}},
    ],
    ids=["empty", "edited", "channel post", "inline query", "unknown"],
)
def test_what_was_not_asked_for_is_nothing_for_us(update):
    assert heard(**update) is None


def test_only_what_is_understood_is_asked_for():
    assert ALLOWED == ("message", "callback_query", "my_chat_member")
