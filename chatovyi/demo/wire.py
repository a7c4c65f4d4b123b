"""How people, messages and callbacks look in the Bot API."""

from collections.abc import Callable

from chatovyi.demo.entities import Entity
from chatovyi.demo.model import Button, Callback, File, Group, Json, Keyboard, Message, MessageId, User

Chat = User | Group


def user_json(user: User) -> Json:
    return {
        "id": user.id,
        "is_bot": False,
        "first_name": user.first_name,
        "language_code": user.language_code,
    }


def chat_json(chat: Chat) -> Json:
    match chat:
        case User():
            return {"id": chat.id, "type": "private", "first_name": chat.first_name}
        case Group():
            return {"id": chat.id, "type": "channel" if chat.channel else "group", "title": chat.title}


def member_json(user: User, status: str) -> Json:
    """The answer of getChatMember; of an administrator with all the rights that are never left out."""
    member: Json = {"user": user_json(user), "status": status}
    match status:
        case "creator":
            return {**member, "is_anonymous": False}
        case "administrator":
            rights = (
                "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
                "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories is_anonymous"
            )
            return {**member, "can_be_edited": False, **dict.fromkeys(rights.split(), False)}
        case _:
            return member


def full_chat_json(chat: Chat) -> Json:
    """The answer of getChat, with the fields that are never left out."""
    return {
        **chat_json(chat),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    }


def file_json(file: File) -> Json:
    size = len(file.body)
    return {"file_id": file.id, "file_unique_id": file.id, "file_name": file.name, "file_size": size}


def message_json(message: Message, *, chat: Chat, bot: Json, find: Callable[[MessageId], Message | None]) -> Json:
    """`find` looks up the message this one replies to."""
    result: Json = {
        "message_id": message.id,
        "from": bot if message.outgoing or isinstance(chat, Group) else user_json(chat),
        "chat": chat_json(chat),
        "date": int(message.sent_at.timestamp()),
        "caption" if message.file else "text": message.text,
    }
    if message.file:
        result["document"] = file_json(message.file)
    if message.edited_at:
        result["edit_date"] = int(message.edited_at.timestamp())
    if message.entities:
        result["caption_entities" if message.file else "entities"] = [
            entity_json(entity) for entity in message.entities
        ]
    if message.keyboard:
        result["reply_markup"] = keyboard_json(message.keyboard)
    if message.reply_to and (original := find(message.reply_to)):
        result["reply_to_message"] = message_json(original, chat=chat, bot=bot, find=lambda _: None)
    return result


def entity_json(entity: Entity) -> Json:
    optional: Json = {
        "url": entity.url,
        "language": entity.language,
        "unix_time": entity.unix_time,
        "date_time_format": entity.date_time_format,
    }
    known = {name: value for name, value in optional.items() if value}
    return {"type": entity.kind, "offset": entity.offset, "length": entity.length, **known}


def keyboard_json(keyboard: Keyboard) -> Json:
    return {"inline_keyboard": [[button_json(button) for button in row] for row in keyboard]}


def button_json(button: Button) -> Json:
    action: object = {"text": button.value} if button.kind == "copy_text" else button.value
    look = {"style": button.style} if button.style else {}
    return {"text": button.text, button.kind: action, **look}


def callback_json(callback: Callback, message: Json) -> Json:
    return {
        "id": callback.id,
        "from": user_json(callback.user),
        "message": message,
        "chat_instance": str(callback.user.id),
        "data": callback.data,
    }


def block_json(user: User, *, bot: Json, date: int, blocked: bool) -> Json:
    """The body of my_chat_member: the person has blocked the bot, or let it in again."""
    kicked: Json = {"user": bot, "status": "kicked", "until_date": 0}
    member: Json = {"user": bot, "status": "member"}
    return {
        "chat": chat_json(user),
        "from": user_json(user),
        "date": date,
        "old_chat_member": member if blocked else kicked,
        "new_chat_member": kicked if blocked else member,
    }
