"""python-telegram-bot, unmodified, finds in the stand-in what it finds in Telegram."""

import asyncio

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyParameters,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

NOT_MODIFIED = (
    "Message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def keyboard(*buttons):
    return InlineKeyboardMarkup([list(buttons)])


def data_button(text, data="x"):
    return InlineKeyboardButton(text, callback_data=data)


async def test_the_bot_knows_itself(bot):
    me = await bot.get_me()

    assert (me.id, me.is_bot, me.username) == (100001, True, "chatovyi_demo_bot")


async def test_another_token_is_unauthorized(address):
    with pytest.raises(InvalidToken):
        async with Bot("100002:other", base_url=f"{address}/bot"):
            pass


async def test_an_unknown_method_is_not_found(bot):
    with pytest.raises(TelegramError, match=r"(?i)not found"):
        await bot.do_api_request("sendTelepathy")


async def test_a_command_arrives_marked_as_one(world, bot):
    taras = world.add_user("Тарас", language_code="en")
    world.start(taras, "topic_42")

    (update,) = await bot.get_updates()

    assert update.message.text == "/start topic_42"
    assert update.message.entities[0].type == "bot_command"
    assert (update.effective_user.first_name, update.effective_user.language_code) == ("Тарас", "en")


async def test_a_message_shows_what_was_sent(world, bot, oksana, clock):
    sent = await bot.send_message(
        oksana.id,
        'Звільнено <b>політв’язнів</b> <a href="https://novyny.example/1">далі</a> 🙂<i>!</i>',
        parse_mode="HTML",
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(prefer_small_media=True),
        reply_markup=keyboard(InlineKeyboardButton("Читати", url="novyny.example/1"), data_button("Сховати")),
    )

    (_, message) = world.messages(oksana)
    assert message.id == sent.message_id
    assert message.text == "Звільнено політв’язнів далі 🙂!" == sent.text
    assert message.html == ('Звільнено <b>політв’язнів</b> <a href="https://novyny.example/1">далі</a> 🙂<i>!</i>')
    assert sent.parse_entity(sent.entities[2]) == "!"
    assert [button.value for button in message.buttons] == ["http://novyny.example/1", "x"]
    assert (message.silent, message.outgoing, message.sent_at) == (True, True, clock.now)
    assert sent.date == clock.now


async def test_one_sequence_of_numbers_for_all_chats(world, bot, oksana):
    first = await bot.send_message(oksana.id, "раз")
    hers = world.send_text(oksana, "два")
    group = world.add_group("Редакція")
    third = await bot.send_message(group.id, "три")

    assert [hers.id, third.message_id] == [first.message_id + 1, first.message_id + 2]
    assert third.chat.title == "Редакція"


SHOWN = [
    ("<strong>а</strong><em>б</em>", "<b>а</b><i>б</i>", "аб"),
    ("<ins>а</ins><del>б</del>", "<u>а</u><s>б</s>", "аб"),
    ('<span class="tg-spoiler">а</span>', "<tg-spoiler>а</tg-spoiler>", "а"),
    ("<blockquote expandable>а\nб</blockquote>", "<blockquote expandable>а\nб</blockquote>", "а\nб"),
    ('<pre><code class="language-sql">a</code></pre>', "<pre>a</pre>", "a"),
    ('<tg-time unix="1700000000" format="t">09:40</tg-time>', '<tg-time unix="1700000000">09:40</tg-time>', "09:40"),
    ("<b>а <i>б</i></b>", "<b>а <i>б</i></b>", "а б"),
    ("&lt;b&gt; &amp; &quot;&#8217;&#x2019;", '&lt;b&gt; &amp; "’’', '<b> & "’’'),
    ("&laquo;так&raquo;", "&amp;laquo;так&amp;raquo;", "&laquo;так&raquo;"),
    ('<a href="www.pravda.example/а б">т</a>', '<a href="http://www.pravda.example/а%20б">т</a>', "т"),
    ('<a href="tg://user?id=7">т</a>', '<a href="tg://user?id=7">т</a>', "т"),
    ('<a href="https://газета.укр/новини?а=1">т</a>', '<a href="https://газета.укр/новини?а=1">т</a>', "т"),
    (" \n <b> а </b> \n", "<b> а</b>", " а"),
    (" \n а <b>б</b>", "а <b>б</b>", "а б"),
    ("а\u2028б\tв\r", "аб в", "аб в"),
    ("<b></b>а", "а", "а"),
]


@pytest.mark.parametrize(("source", "shown", "text"), SHOWN)
async def test_html_is_read_as_telegram_reads_it(world, bot, oksana, source, shown, text):
    await bot.send_message(oksana.id, source, parse_mode="HTML")

    message = world.messages(oksana)[-1]
    assert (message.html, message.text) == (shown, text)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("а<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<b>а", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>а</i>", 'Unmatched end tag at byte offset 5, expected "</b>", found "</i>"'),
        ("а</b>", "Unexpected end tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>а</b", "Unclosed end tag at byte offset 5"),
        ('<a href="x', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<span>а</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("5 < 7", 'Unsupported start tag "" at byte offset 2'),
    ],
)
async def test_bad_markup_is_refused_with_its_place(bot, oksana, source, complaint):
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(oksana.id, source, parse_mode="HTML")

    assert refusal.value.message.lower() == f"can't parse entities: {complaint}".lower()


@pytest.mark.parametrize(
    "link",
    ["/новини", "//pravda.example", "javascript:alert(1)", "http://localhost/x", "ftp://a.b", "http://a.b:0/"],
)
async def test_a_bad_address_loses_its_link_in_text_but_not_silently_for_tests(world, bot, oksana, link):
    await bot.send_message(oksana.id, f'<a href="{link}">далі</a>', parse_mode="HTML")

    assert world.messages(oksana)[-1].html == "далі"
    assert world.warnings == [f"link is dropped: {link}"]

    with pytest.raises(BadRequest, match="wrong http url"):
        await bot.send_message(oksana.id, "далі", reply_markup=keyboard(InlineKeyboardButton("далі", url=link)))


async def test_markup_seen_by_the_reader_is_warned_of(world, bot, oksana):
    await bot.send_message(oksana.id, "<b>жирно</b>")
    await bot.send_message(oksana.id, "слово&nbsp;слово", parse_mode="HTML")

    assert world.warnings == ["markup is shown as it is: <b>", "markup is shown as it is: &nbsp;"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Message text is empty"),
        (" \n ", "Text must be non-empty"),
        ("а" * 4097, "Message is too long"),
        ("🙂" * 2049, "Message is too long"),
    ],
)
async def test_text_has_its_limits(bot, oksana, text, complaint):
    with pytest.raises(BadRequest, match=complaint):
        await bot.send_message(oksana.id, text)


async def test_the_limit_counts_what_is_left_after_parsing(world, bot, oksana):
    message = await bot.send_message(oksana.id, f"<b>{'а' * 4096}</b>", parse_mode="HTML")

    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.edit_message_text("а" * 4097, oksana.id, message.message_id)


@pytest.mark.parametrize(
    ("button", "complaint"),
    [
        ({"text": "так", "callback_data": "я" * 33}, "BUTTON_DATA_INVALID"),
        (
            {"text": "так"},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"text": "так", "web_app": {"url": "https://a.b"}}, "BUTTON_TYPE_INVALID"),
        (
            {"callback_data": "x"},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
    ],
)
async def test_a_bad_button_is_refused(world, address, oksana, button, complaint):
    body = {"chat_id": oksana.id, "text": "а", "reply_markup": {"inline_keyboard": [[button]]}}
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{address}/bot{world.token}/sendMessage", json=body)

    refusal = {"ok": False, "error_code": 400, "description": f"Bad Request: {complaint}"}
    assert (answer.status_code, answer.json()) == (400, refusal)


async def test_a_call_may_be_a_get_with_a_query_in_any_case(world, address, oksana):
    async with httpx.AsyncClient() as client:
        answer = await client.get(
            f"{address}/bot{world.token}/sendmessage", params={"chat_id": oksana.id, "text": "а+б & в"}
        )

    assert answer.json()["result"]["text"] == "а+б & в" == world.messages(oksana)[-1].text


async def test_people_who_cannot_be_written_to(world, bot, oksana):
    stranger = world.add_user("Невідома")
    world.block(oksana)

    for chat_id, error, complaint in [
        (777, BadRequest, "Chat not found"),
        (stranger.id, Forbidden, "Forbidden: bot can't initiate conversation with a user"),
        (oksana.id, Forbidden, "Forbidden: bot was blocked by the user"),
    ]:
        with pytest.raises(error, match=complaint):
            await bot.send_message(chat_id, "а")

    (update,) = await bot.get_updates()
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(PermissionError):
        world.send_text(oksana, "а")


async def test_start_lets_the_bot_in_again(world, bot, oksana):
    world.block(oksana)
    world.start(oksana)

    await bot.send_message(oksana.id, "знову разом")

    kinds = [
        update.my_chat_member and update.my_chat_member.new_chat_member.status for update in await bot.get_updates()
    ]
    assert kinds == ["kicked", "member", None]


async def test_an_edit_is_seen_with_what_was_there_before(world, bot, oksana, clock):
    sent = await bot.send_message(oksana.id, "<b>а</b>", parse_mode="HTML", reply_markup=keyboard(data_button("x")))
    clock.move(seconds=30)

    edited = await bot.edit_message_text("б", oksana.id, sent.message_id)

    message = world.messages(oksana)[-1]
    assert (message.text, message.buttons) == ("б", [])
    assert [(edit.text, edit.formatted.html, edit.until) for edit in message.edits] == [("а", "<b>а</b>", clock.now)]
    assert edited.edit_date == clock.now


async def test_an_edit_that_changes_nothing_is_refused(bot, oksana):
    markup = keyboard(data_button("x"))
    sent = await bot.send_message(oksana.id, "<b>а</b>", parse_mode="HTML", reply_markup=markup)

    with pytest.raises(BadRequest) as refusal:
        await bot.edit_message_text(
            "<strong>а</strong> ", oksana.id, sent.message_id, parse_mode="HTML", reply_markup=markup
        )
    assert refusal.value.message == NOT_MODIFIED

    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_reply_markup(oksana.id, sent.message_id, reply_markup=markup)
    assert not (await bot.edit_message_reply_markup(oksana.id, sent.message_id)).reply_markup


async def test_what_is_not_there_cannot_be_touched(world, bot, oksana):
    hers = world.send_text(oksana, "моє")

    for attempt, complaint in [
        (bot.edit_message_text("б", oksana.id, 99), "Message to edit not found"),
        (bot.edit_message_text("б", oksana.id, hers.id), "Message can't be edited"),
        (bot.delete_message(oksana.id, 99), "Message to delete not found"),
        (bot.set_message_reaction(oksana.id, 99, []), "Message to react not found"),
        (bot.answer_callback_query("99"), "Query is too old"),
        (bot.send_message(oksana.id, "б", reply_parameters=ReplyParameters(99)), "Message to be replied not found"),
    ]:
        with pytest.raises(BadRequest, match=complaint):
            await attempt


async def test_a_message_is_looked_up_by_an_empty_reaction(world, bot, oksana):
    sent = await bot.send_message(oksana.id, "а")
    other = world.add_user("Інша")

    assert await bot.set_message_reaction(oksana.id, sent.message_id, [])
    with pytest.raises(BadRequest, match="Message to react not found"):
        await bot.set_message_reaction(other.id, sent.message_id, [])


async def test_a_deleted_message_is_gone_and_an_old_one_stays(world, bot, oksana, clock):
    first = await bot.send_message(oksana.id, "а")
    second = await bot.send_message(oksana.id, "б")
    await bot.delete_message(oksana.id, first.message_id)
    clock.move(hours=49)

    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(oksana.id, second.message_id)

    assert [message.text for message in world.messages(oksana) if message.outgoing] == ["б"]
    assert [message.text for message in world.messages(oksana, deleted=True) if message.deleted] == ["а"]


async def test_a_reply_carries_its_original(world, bot, oksana):
    hers = world.send_text(oksana, "питання")

    sent = await bot.send_message(oksana.id, "відповідь", reply_parameters=ReplyParameters(hers.id))

    assert sent.reply_to_message.text == "питання"
    assert world.messages(oksana)[-1].reply_to == hers.id


async def test_only_a_shown_button_can_be_pressed(world, bot, oksana):
    sent = await bot.send_message(oksana.id, "а", reply_markup=keyboard(data_button("Так", "yes:1")))
    message = world.messages(oksana)[-1]
    pressed = world.press(oksana, message, "Так")
    await bot.edit_message_reply_markup(oksana.id, sent.message_id)

    (update,) = await bot.get_updates()
    await bot.answer_callback_query(update.callback_query.id, "Гаразд", show_alert=True)
    answer = await world.wait_answer(pressed)

    assert (update.callback_query.data, update.callback_query.message.message_id) == ("yes:1", sent.message_id)
    assert (answer.text, answer.show_alert) == ("Гаразд", True)
    with pytest.raises(LookupError):
        world.press(oksana, message, "Так")


async def test_a_press_can_be_answered_for_a_minute(world, bot, oksana, clock):
    await bot.send_message(oksana.id, "а", reply_markup=keyboard(data_button("Так")))
    pressed = world.press(oksana, world.messages(oksana)[-1], "x")
    clock.move(seconds=61)

    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(pressed.id)


async def test_updates_stay_until_they_are_confirmed(world, bot, oksana):
    for text in ("раз", "два", "три"):
        world.send_text(oksana, text)

    first = await bot.get_updates(limit=2)
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[-1].update_id + 1)

    assert [update.message.text for update in again] == ["раз", "два", "три"]
    assert [update.message.text for update in rest] == ["три"]
    assert [update.message.text for update in await bot.get_updates(offset=-1)] == ["три"]
    await bot.delete_webhook(drop_pending_updates=True)
    assert not await bot.get_updates()


async def test_a_long_poll_ends_with_the_first_update(world, bot, oksana):
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await world.wait_until(lambda: world.calls_of("getUpdates"))
    world.send_text(oksana, "привіт")

    (update,) = await poll

    assert update.message.text == "привіт"


async def test_the_older_of_two_polls_is_ended(world, address, bot_at):
    async with bot_at(address) as older, bot_at(address) as newer:
        first = asyncio.create_task(older.get_updates(timeout=50))
        await world.wait_until(lambda: len(world.calls_of("getUpdates")) == 1)
        second = asyncio.create_task(newer.get_updates(timeout=50))

        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        world.send_text(world.add_user("Оксана"), "а")
        assert len(await second) == 1


async def test_only_the_wanted_kinds_of_updates_arise(world, bot, oksana):
    await bot.get_updates(allowed_updates=["callback_query"])
    world.send_text(oksana, "не дійде")
    await bot.get_updates(allowed_updates=[])
    world.send_text(oksana, "дійде")

    assert [update.message.text for update in await bot.get_updates()] == ["дійде"]


async def test_a_person_sees_the_nearest_menu(world, bot, oksana):
    taras = world.add_user("Тарас", language_code="en")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([("help", "Help")])
    await bot.set_my_commands([BotCommand("list", "Підписки")], scope=private, language_code="uk")
    assert [command.description for command in world.profile.menu(oksana)] == ["Підписки"]
    assert [command.description for command in world.profile.menu(taras)] == ["Help"]

    await bot.set_my_commands([("admin", "Усе")], scope=BotCommandScopeChat(oksana.id))
    assert [command.command for command in world.profile.menu(oksana)] == ["admin"]

    await bot.delete_my_commands(scope=BotCommandScopeChat(oksana.id))
    assert (await bot.get_my_commands(private, "uk"))[0].command == "list"
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Список", "а")])
    with pytest.raises(BadRequest, match="Invalid language code"):
        await bot.set_my_commands([("a", "а")], language_code="uk-UA")


async def test_the_face_of_the_bot(world, bot, oksana):
    await bot.set_my_name("Чатовий", language_code="uk")
    await bot.set_my_description("Стежить за новинами")
    await bot.set_my_short_description("Новини")
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    await bot.send_chat_action(oksana.id, "typing")

    assert world.profile.text("name", "uk") == "Чатовий"
    assert world.profile.text("name", "en") == "Chatovyi"
    assert (await bot.get_my_description("uk")).description == "Стежить за новинами"
    assert world.typing == {oksana.id: 1}
    assert (await bot.get_chat(oksana.id)).first_name == "Оксана"


async def test_calls_are_kept_with_what_they_said(world, bot, oksana, clock):
    await bot.send_message(oksana.id, "[1]", reply_markup=keyboard(data_button("Так")))

    (call,) = world.calls_of("sendMessage")
    assert (call.params["chat_id"], call.params["text"], call.at) == (oksana.id, "[1]", clock.now)
    assert call.params["reply_markup"] == {"inline_keyboard": [[{"text": "Так", "callback_data": "x"}]]}


async def test_an_edit_counts_as_the_awaited_message(world, bot, oksana):
    sent = await bot.send_message(oksana.id, "а")
    waiting = asyncio.create_task(world.wait_message(oksana, contains="також"))
    await bot.edit_message_text("а, також б", oksana.id, sent.message_id)

    assert (await waiting).id == sent.message_id
    with pytest.raises(TimeoutError, match="no message with 'в'"):
        await world.wait_message(oksana, contains="в", timeout=0.01)
