"""A small Telegram in memory: people write, press and look; the bot's calls change what they see."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from chatovyi.demo.entities import Formatted, with_found
from chatovyi.demo.faults import Fault, Faults, Kind
from chatovyi.demo.model import (
    Answer,
    Call,
    Callback,
    ChatId,
    Clock,
    Edit,
    File,
    Group,
    Json,
    Keyboard,
    Message,
    MessageId,
    User,
    bad_request,
    forbidden,
)
from chatovyi.demo.profile import Profile
from chatovyi.demo.updates import Updates
from chatovyi.demo.wire import Chat, block_json, callback_json, message_json

_FIRST_CHANNEL = -1_000_000_000_000
_CALLS_KEPT = 20_000
_CALLBACK_LIVES = timedelta(seconds=60)
_DELETABLE_FOR = timedelta(hours=48)


class StandIn:
    """One bot, its people and groups: all in one event loop, nothing waits for the network."""

    def __init__(
        self,
        *,
        clock: Clock,
        token: str = "100001:stand-in",
        name: str = "Chatovyi",
        username: str = "chatovyi_demo_bot",
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot: Json = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.profile = Profile(name)
        self.updates = Updates()
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=_CALLS_KEPT)
        self.callbacks: dict[str, Callback] = {}
        self.files: dict[str, File] = {}
        self.warnings: list[str] = []
        self.note = ""
        self.typing: dict[ChatId, int] = {}
        """How many times the bot has said that it is typing, by chat."""
        self._chats: dict[ChatId, Chat] = {}
        self._messages: dict[MessageId, Message] = {}
        self._started: set[ChatId] = set()
        self._ruling: dict[tuple[ChatId, ChatId], str] = {}
        self._blocked: set[ChatId] = set()
        self._next_user, self._next_group = 1001, -1001
        self._next_message = 1
        self._revision = 0
        self._turn = asyncio.Event()

    # What people do.

    def add_user(self, first_name: str, *, language_code: str = "uk") -> User:
        user = User(id=ChatId(self._next_user), first_name=first_name, language_code=language_code)
        self._next_user += 1
        self._chats[user.id] = user
        return user

    def add_group(self, title: str) -> Group:
        """A group the bot may write to."""
        group = Group(id=ChatId(self._next_group), title=title)
        self._next_group -= 1
        self._chats[group.id] = group
        return group

    def add_channel(self, title: str) -> Group:
        """A channel the bot may post in."""
        channel = Group(id=ChatId(_FIRST_CHANNEL + self._next_group), title=title, channel=True)
        self._next_group -= 1
        self._chats[channel.id] = channel
        return channel

    def appoint(self, group: Group, user: User, status: str = "administrator") -> None:
        """The person's status in the group or channel, as getChatMember tells it; without it they are a member."""
        self._ruling[group.id, user.id] = status

    def status(self, chat: Chat, user_id: int) -> str:
        return self._ruling.get((chat.id, ChatId(user_id)), "member")

    def write(self, group: Group, text: str) -> Message:
        """Somebody writes in a group or channel, and the bot does not hear of it: privacy mode."""
        return self._add(group.id, with_found(Formatted(text)), outgoing=False)

    def set_language(self, user: User, language_code: str) -> User:
        changed = replace(user, language_code=language_code)
        self._chats[user.id] = changed
        self.touch()
        return changed

    def start(self, user: User, payload: str = "") -> Message:
        """The person opens t.me/bot?start=payload and taps the button, which also unblocks the bot."""
        self.unblock(user)
        return self.send_text(user, f"/start {payload}".strip())

    def send_text(self, user: User, text: str) -> Message:
        if user.id in self._blocked:
            raise PermissionError(f"{user.first_name} has blocked the bot")
        self._started.add(user.id)
        message = self._add(user.id, with_found(Formatted(text)), outgoing=False)
        self.updates.add("message", self.json_of(message))
        return message

    def send_file(self, user: User, name: str, body: bytes) -> Message:
        """The person sends a document."""
        self._started.add(user.id)
        message = self._add(user.id, Formatted(""), outgoing=False)
        message = self._keep(replace(message, file=self.keep_file(name, body)))
        self.updates.add("message", self.json_of(message))
        return message

    def keep_file(self, name: str, body: bytes) -> File:
        file = File(f"file{len(self.files) + 1}", name, body)
        self.files[file.id] = file
        return file

    def press(self, user: User, message: Message, button: str) -> Callback:
        """Press a shown button, named by its text or its data; LookupError where there is none."""
        return self._press(user, message, self.message(user.id, message.id), button)

    def press_in(self, user: User, message: Message, button: str) -> Callback:
        """The same under a message of a group."""
        return self._press(user, message, self.message(message.chat_id, message.id), button)

    def _press(self, user: User, message: Message, shown: Message | None, button: str) -> Callback:
        pressable = [it for it in shown.buttons if it.kind == "callback_data"] if shown else []
        chosen = next((it for it in pressable if button in (it.text, it.value)), None)
        if shown is None or chosen is None:
            labels = [it.text for it in pressable]
            raise LookupError(f"no button {button!r} under message {message.id}, only {labels}")
        callback = self._callback(user, shown, chosen.value)
        self.callbacks[callback.id] = callback
        self.updates.add("callback_query", callback_json(callback, self.json_of(shown)))
        self.touch()
        return callback

    def _callback(self, user: User, message: Message, data: str) -> Callback:
        number = f"{user.id}{len(self.callbacks):06}"
        return Callback(id=number, user=self.user(user.id), message=message, data=data, at=self.clock())

    def block(self, user: User) -> None:
        if user.id not in self._blocked:
            self._blocked.add(user.id)
            self._tell_block(user, blocked=True)

    def unblock(self, user: User) -> None:
        if user.id in self._blocked:
            self._blocked.discard(user.id)
            self._tell_block(user, blocked=False)

    def _tell_block(self, user: User, *, blocked: bool) -> None:
        date = int(self.clock().timestamp())
        self.updates.add("my_chat_member", block_json(user, bot=self.bot, date=date, blocked=blocked))
        self.touch()

    # What can be looked at, and waited for.

    def messages(self, chat: Chat, *, deleted: bool = False) -> list[Message]:
        """What the chat shows, oldest first; with `deleted=True` also what it showed once."""
        here = (it for it in self._messages.values() if it.chat_id == chat.id)
        return [it for it in here if deleted or not it.deleted]

    def message(self, chat_id: ChatId, message_id: MessageId) -> Message | None:
        """The message as it is now; None where the chat shows no such message."""
        found = self._messages.get(message_id)
        return found if found and found.chat_id == chat_id and not found.deleted else None

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def user(self, chat_id: ChatId) -> User:
        """The person as they are now; LookupError for anybody else's number."""
        match self._chats.get(chat_id):
            case User() as user:
                return user
            case _:
                raise LookupError(f"nobody has the number {chat_id}")

    async def wait_message(
        self,
        chat: Chat,
        *,
        contains: str | None = None,
        after: int = 0,
        timeout: float = 30,  # noqa: ASYNC109 - the promise of a test, not of a caller who could wrap it
    ) -> Message:
        """The first of the bot's messages numbered above `after` that shows the text, edits included."""

        def found() -> Message | None:
            late = (it for it in self.messages(chat) if it.outgoing and it.id > after)
            return next((it for it in late if contains is None or contains in it.text), None)

        try:
            await self.wait_until(lambda: found() is not None, timeout=timeout)
        except TimeoutError:
            shown = [it.text for it in self.messages(chat) if it.outgoing]
            raise TimeoutError(f"no message with {contains!r} after {after} among {shown}") from None
        message = found()
        assert message is not None
        return message

    async def wait_answer(self, callback: Callback, *, timeout: float = 30) -> Answer:  # noqa: ASYNC109
        await self.wait_until(lambda: self.callbacks[callback.id].answer, timeout=timeout)
        answer = self.callbacks[callback.id].answer
        assert answer is not None
        return answer

    async def wait_until(self, predicate: Callable[[], object], timeout: float | None = 30) -> None:  # noqa: ASYNC109
        """Returns as soon as the predicate is true; it is asked again after every change. `None` waits for ever."""
        async with asyncio.timeout(timeout):
            while not predicate():
                await self._turn.wait()

    @property
    def revision(self) -> int:
        return self._revision

    async def changed(self, since: int) -> None:
        """Returns once the revision is another than `since`."""
        while self._revision == since:
            await self._turn.wait()

    def touch(self) -> None:
        """Something has changed: wake everybody who waits for that."""
        self._revision += 1
        self._turn.set()
        self._turn = asyncio.Event()

    def set_note(self, text: str) -> None:
        """The line above the chat."""
        self.note = text
        self.touch()

    # What goes wrong.

    def fault(
        self,
        kind: Kind,
        method: str = "*",
        *,
        count: int = 1,
        after: int = 0,
        retry_after: int = 3,
        code: int = 400,
        description: str = "Bad Request: injected by the test",
    ) -> None:
        """The next `count` calls of the method fail this way, once `after` of them have passed."""
        self.faults.add(
            Fault(
                kind=kind,
                method=method,
                count=count,
                after=after,
                retry_after=retry_after,
                code=code,
                description=description,
            )
        )

    def release(self) -> None:
        self.faults.release()

    # What the bot's calls do.

    def chat(self, chat_id: ChatId) -> Chat:
        if chat_id not in self._chats:
            raise bad_request("chat not found")
        return self._chats[chat_id]

    def check_writable(self, chat: Chat) -> None:
        if isinstance(chat, Group):
            return
        if chat.id in self._blocked:
            raise forbidden("bot was blocked by the user")
        if chat.id not in self._started:
            raise forbidden("bot can't initiate conversation with a user")

    def post(
        self,
        chat: Chat,
        formatted: Formatted,
        *,
        keyboard: Keyboard = (),
        silent: bool = False,
        reply_to: MessageId | None = None,
        file: File | None = None,
    ) -> Message:
        message = self._add(chat.id, formatted, outgoing=True)
        return self._keep(replace(message, keyboard=keyboard, silent=silent, reply_to=reply_to, file=file))

    def revise(self, message: Message, formatted: Formatted, keyboard: Keyboard) -> Message:
        if (formatted, keyboard) == (message.formatted, message.keyboard):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the "
                "same as a current content and reply markup of the message"
            )
        before = Edit(formatted=message.formatted, keyboard=message.keyboard, until=self.clock())
        return self._keep(replace(message, formatted=formatted, keyboard=keyboard, edits=(*message.edits, before)))

    def erase(self, message: Message) -> None:
        if self.clock() - message.sent_at > _DELETABLE_FOR:
            raise bad_request("message can't be deleted for everyone")
        self._keep(replace(message, deleted_at=self.clock()))

    def answer(self, callback_id: str, *, text: str, show_alert: bool) -> None:
        callback, now = self.callbacks.get(callback_id), self.clock()
        if callback is None or now - callback.at > _CALLBACK_LIVES:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        answer = Answer(text=text, show_alert=show_alert, at=now)
        self.callbacks[callback_id] = replace(callback, answer=answer)
        self.touch()

    def show_typing(self, chat: Chat) -> None:
        self.typing[chat.id] = self.typing.get(chat.id, 0) + 1
        self.touch()

    def json_of(self, message: Message) -> Json:
        chat = self._chats[message.chat_id]
        return message_json(message, chat=chat, bot=self.bot, find=self._messages.get)

    def _add(self, chat_id: ChatId, formatted: Formatted, *, outgoing: bool) -> Message:
        number = MessageId(self._next_message)
        self._next_message += 1
        now = self.clock()
        return self._keep(Message(id=number, chat_id=chat_id, formatted=formatted, outgoing=outgoing, sent_at=now))

    def _keep(self, message: Message) -> Message:
        self._messages[message.id] = message
        self.touch()
        return message
