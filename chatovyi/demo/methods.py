"""What each method of the Bot API does to the world, and what it answers."""

from collections.abc import Awaitable, Callable

from chatovyi.demo.entities import Formatted, tidy, units, with_found
from chatovyi.demo.keyboard import read_keyboard
from chatovyi.demo.markup import MarkupError, parse_html, visible_markup
from chatovyi.demo.model import ChatId, Message, MessageId, Refused, bad_request
from chatovyi.demo.params import Params, flag, number, text
from chatovyi.demo.profile import command_json
from chatovyi.demo.telegram import StandIn
from chatovyi.demo.wire import Chat, file_json, full_chat_json, member_json

Method = Callable[[StandIn, Params], Awaitable[object]]

_LONGEST_TEXT = 4096
_LONGEST_CAPTION = 1024
_LONGEST_SOURCE = 32_768
_LONGEST_POLL = 50


async def _get_me(world: StandIn, params: Params) -> object:
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def _get_updates(world: StandIn, params: Params) -> object:
    match params.get("allowed_updates"):
        case list(kinds):
            world.updates.allow(str(kind) for kind in kinds)
    world.updates.confirm(number(params, "offset"))
    await world.updates.wait(min(number(params, "timeout"), _LONGEST_POLL))
    limit = min(max(number(params, "limit", 100), 1), 100)
    return [update.json() for update in world.updates.pending[:limit]]


async def _delete_webhook(world: StandIn, params: Params) -> object:
    if flag(params, "drop_pending_updates"):
        world.updates.drop()
    return True


async def _send_message(world: StandIn, params: Params) -> object:
    formatted = _formatted(world, params)
    keyboard = read_keyboard(params.get("reply_markup"))
    chat = _chat(world, params)
    reply_to = _reply_to(world, params, chat)
    world.check_writable(chat)
    _check_length(formatted, "message is too long")
    silent = flag(params, "disable_notification")
    message = world.post(chat, formatted, keyboard=keyboard, silent=silent, reply_to=reply_to)
    return world.json_of(message)


async def _send_document(world: StandIn, params: Params) -> object:
    match params.get("document"):
        case (str(name), bytes(body)):
            file = world.keep_file(name, body)
        case _:
            raise bad_request("there is no document in the request")
    caption = text(params, "caption")
    formatted = with_found(tidy(_parsed(world, caption, text(params, "parse_mode").lower())))
    if units(formatted.text) > _LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    chat = _chat(world, params)
    world.check_writable(chat)
    keyboard = read_keyboard(params.get("reply_markup"))
    return world.json_of(world.post(chat, formatted, keyboard=keyboard, file=file))


async def _get_file(world: StandIn, params: Params) -> object:
    file = world.files.get(text(params, "file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    return file_json(file) | {"file_path": f"documents/{file.id}"}


async def _edit_message_text(world: StandIn, params: Params) -> object:
    formatted = _formatted(world, params)
    keyboard = read_keyboard(params.get("reply_markup"))
    message = _editable(world, params)
    _check_length(formatted, "MESSAGE_TOO_LONG")
    return world.json_of(world.revise(message, formatted, keyboard))


async def _edit_message_reply_markup(world: StandIn, params: Params) -> object:
    keyboard = read_keyboard(params.get("reply_markup"))
    message = _editable(world, params)
    return world.json_of(world.revise(message, message.formatted, keyboard))


async def _delete_message(world: StandIn, params: Params) -> object:
    world.erase(_existing(world, params, "message to delete not found"))
    return True


async def _forward_message(world: StandIn, params: Params) -> object:
    chat = _chat(world, params)
    found = _existing(world, {**params, "chat_id": params.get("from_chat_id")}, "message to forward not found")
    world.check_writable(chat)
    copy = world.post(chat, found.formatted, silent=flag(params, "disable_notification"))
    return world.json_of(copy)


async def _answer_callback_query(world: StandIn, params: Params) -> object:
    words = text(params, "text")
    if len(words) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    world.answer(text(params, "callback_query_id"), text=words, show_alert=flag(params, "show_alert"))
    return True


async def _set_message_reaction(world: StandIn, params: Params) -> object:
    _existing(world, params, "message to react not found")
    return True


async def _send_chat_action(world: StandIn, params: Params) -> object:
    chat = _chat(world, params)
    world.check_writable(chat)
    if text(params, "action") == "typing":
        world.show_typing(chat)
    return True


async def _set_my_commands(world: StandIn, params: Params) -> object:
    language = text(params, "language_code")
    world.profile.set_commands(params.get("scope"), language, params.get("commands"))
    world.touch()
    return True


async def _get_my_commands(world: StandIn, params: Params) -> object:
    menu = world.profile.commands(params.get("scope"), text(params, "language_code"))
    return [command_json(command) for command in menu]


async def _delete_my_commands(world: StandIn, params: Params) -> object:
    world.profile.set_commands(params.get("scope"), text(params, "language_code"), [])
    world.touch()
    return True


def _set_text(field: str) -> Method:
    async def change(world: StandIn, params: Params) -> object:
        world.profile.set_text(field, text(params, "language_code"), text(params, field).strip())
        world.touch()
        return True

    return change


def _get_text(field: str) -> Method:
    async def look(world: StandIn, params: Params) -> object:
        return {field: world.profile.text(field, text(params, "language_code"))}

    return look


async def _get_chat(world: StandIn, params: Params) -> object:
    return full_chat_json(_chat(world, params))


async def _get_chat_member(world: StandIn, params: Params) -> object:
    chat = _chat(world, params)
    return member_json(world.user(ChatId(number(params, "user_id"))), world.status(chat, number(params, "user_id")))


async def _set_chat_menu_button(world: StandIn, params: Params) -> object:
    match params.get("menu_button"):
        case None | "" | {"type": "default" | "commands"}:
            return True
        case _:
            raise bad_request("can't parse menu button: MenuButton has unsupported type")


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "getUpdates": _get_updates,
    "deleteWebhook": _delete_webhook,
    "sendMessage": _send_message,
    "sendDocument": _send_document,
    "getFile": _get_file,
    "editMessageText": _edit_message_text,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
    "forwardMessage": _forward_message,
    "answerCallbackQuery": _answer_callback_query,
    "setMessageReaction": _set_message_reaction,
    "sendChatAction": _send_chat_action,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyName": _set_text("name"),
    "setMyDescription": _set_text("description"),
    "setMyShortDescription": _set_text("short_description"),
    "getMyName": _get_text("name"),
    "getMyDescription": _get_text("description"),
    "getMyShortDescription": _get_text("short_description"),
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "setChatMenuButton": _set_chat_menu_button,
}


# What the methods read and check.


def _formatted(world: StandIn, params: Params) -> Formatted:
    source = text(params, "text")
    if not source:
        raise bad_request("message text is empty")
    if len(source.encode()) > _LONGEST_SOURCE:
        raise bad_request("message is too long")
    formatted = tidy(_parsed(world, source, text(params, "parse_mode").lower()))
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if seen := visible_markup(formatted.text):
        world.warnings.append(f"markup is shown as it is: {seen}")
    return with_found(formatted)


def _parsed(world: StandIn, source: str, mode: str) -> Formatted:
    if mode == "":
        return Formatted(source)
    if mode != "html":
        raise Refused(501, "Not Implemented: the stand-in reads only HTML")
    try:
        parsed = parse_html(source)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error
    world.warnings.extend(f"link is dropped: {address}" for address in parsed.dropped)
    return parsed.formatted


def _check_length(formatted: Formatted, complaint: str) -> None:
    if units(formatted.text) > _LONGEST_TEXT:
        raise bad_request(complaint)


def _chat(world: StandIn, params: Params) -> Chat:
    match params.get("chat_id"):
        case None | "":
            raise bad_request("chat_id is empty")
        case int(chat_id):
            return world.chat(ChatId(chat_id))
        case _:
            raise bad_request("chat not found")


def _existing(world: StandIn, params: Params, complaint: str) -> Message:
    chat = _chat(world, params)
    found = world.message(chat.id, MessageId(number(params, "message_id")))
    if found is None:
        raise bad_request(complaint)
    return found


def _editable(world: StandIn, params: Params) -> Message:
    message = _existing(world, params, "message to edit not found")
    if not message.outgoing:
        raise bad_request("message can't be edited")
    world.check_writable(world.chat(message.chat_id))
    return message


def _reply_to(world: StandIn, params: Params, chat: Chat) -> MessageId | None:
    match params.get("reply_parameters"):
        case {"message_id": int(wanted), **rest}:
            if world.message(chat.id, MessageId(wanted)):
                return MessageId(wanted)
            if rest.get("allow_sending_without_reply"):
                return None
            raise bad_request("message to be replied not found")
        case _:
            return None
