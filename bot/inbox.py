"""Updates: stored before they are confirmed to Telegram, then answered from the store, in order."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.aside import chat_of, set_aside
from bot.handlers import People, Work
from bot.heard import ALLOWED, said
from core.errors import ConfigError, StoreError
from core.model import BotId, ChatId, MessageId
from core.ports import Clock, Heard, Store, Tx

log = logging.getLogger(__name__)

POLL = timedelta(seconds=30)
"""How long Telegram may hold a question open while nothing happens."""
TRIES = 3
"""An update that breaks its handler so often is set aside."""
_LONGEST_PAUSE = 30.0


class Poller:
    """Asks Telegram what is new. An update counts as received once it is stored: a crash before that repeats it."""

    def __init__(self, *, telegram: Bot, store: Store, bot: BotId, clock: Clock, on_news: Callable[[], None]) -> None:
        self._telegram = telegram
        self._store = store
        self._bot = bot
        self._clock = clock
        self._on_news = on_news
        # Never read from the store: after a quiet week Telegram begins to count anew, perhaps from below.
        self._offset: int | None = None
        self.answered: datetime | None = None
        """When Telegram last answered a poll."""

    async def run(self) -> None:
        """Polls until it is cancelled; raises `ConfigError` where the token is no longer valid."""
        pause = 1.0
        while True:
            try:
                await self._poll()
                pause = 1.0
            except InvalidToken as error:
                raise ConfigError("Telegram no longer knows this token: ask @BotFather for a new one.") from error
            except RetryAfter as error:
                wait = error.retry_after
                await asyncio.sleep(wait.total_seconds() if isinstance(wait, timedelta) else wait)
            except NetworkError as error:
                log.warning("polling failed", extra={"reason": str(error), "pause": pause})
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)
            except TelegramError as error:
                # 409: another program polls with this token, or one that was stopped has not gone yet.
                log.warning("polling refused", extra={"reason": str(error)})
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _poll(self) -> None:
        updates = await self._ask()
        self.answered = self._clock()
        if not updates:
            return
        now = self._clock()
        heard = [(int(update["update_id"]), chat_of(update), json.dumps(update)) for update in updates]
        written = [number for number in map(_number, updates) if number]

        def hear(tx: Tx) -> None:
            tx.hear(self._bot, heard, now=now)
            tx.account_for(self._bot, written, now=now)

        await self._store.write(hear)
        self._offset = max(number for number, _, _ in heard) + 1
        self._on_news()

    async def _ask(self) -> list[dict[str, Any]]:
        """Raw, so that what this version of the library does not know is kept too.

        In small letters, which Telegram takes as well: under its own name the library wants its typed method used.
        """
        wanted: dict[str, Any] = {"timeout": int(POLL.total_seconds()), "allowed_updates": json.dumps(ALLOWED)}
        if self._offset is not None:
            wanted["offset"] = self._offset
        try:
            answer: Any = await self._telegram.do_api_request(
                "getupdates", api_kwargs=wanted, read_timeout=POLL.total_seconds() + 10
            )
        except EndPointNotFound:
            # What the library makes of 401 and 404 alike: a typed method tells a lost token from a passing fault.
            await self._telegram.get_me()
            raise
        return list(answer)


class Reader:
    """Answers what was heard, one update after another."""

    def __init__(
        self,
        *,
        telegram: Bot,
        store: Store,
        people: People,
        bot: BotId,
        clock: Clock,
        on_answer: Callable[[], None],
        owners: Sequence[ChatId] = (),
    ) -> None:
        self._telegram = telegram
        self._store = store
        self._people = people
        self._bot = bot
        self._clock = clock
        self._on_answer = on_answer
        self._owners = owners
        self._nods: set[asyncio.Task[None]] = set()

    async def read_all(self) -> None:
        """Answers everything that waits. An update that breaks its handler stops no other."""
        while (heard := await self._store.write(lambda tx: tx.next_heard(self._bot))) is not None:
            await self._answer(heard)
            self._on_answer()

    async def _answer(self, heard: Heard) -> None:
        if heard.attempts > TRIES:  # each try ended the program before it could be said what broke
            await self._set_aside(heard, "the program stopped in it")
            return
        try:
            spoken = said(heard.payload, self._bot)
            refusal = await self._people.refusal(spoken)
            self._nod(heard, refusal)
            work = await self._people.answer(spoken) if spoken and refusal is None else _nothing
            await self._store.write(lambda tx: self._done(tx, heard, work))
        except StoreError:
            raise
        except Exception as error:
            log.exception("update broke its handler", extra={"update": heard.update, "attempt": heard.attempts})
            if heard.attempts >= TRIES:
                await self._set_aside(heard, type(error).__name__)

    async def _set_aside(self, heard: Heard, trouble: str) -> None:
        log.error("update set aside", extra={"update": heard.update, "reason": trouble})
        now = self._clock()
        try:
            await self._store.write(lambda tx: set_aside(tx, heard, trouble, owners=self._owners, now=now))
        except StoreError:
            raise
        except Exception:  # what broke the handler may break the telling too
            log.exception("nobody told of an update set aside", extra={"update": heard.update})
            await self._store.write(lambda tx: tx.set_aside(heard, trouble, now=now))

    def _done(self, tx: Tx, heard: Heard, work: Work) -> None:
        """Effect, answer and the mark that it is done: together or not at all."""
        work(tx)
        tx.answered(heard, now=self._clock())

    def _nod(self, heard: Heard, refusal: str | None) -> None:
        """A pressed button stops waiting at once, perhaps with a refusal; what comes too late breaks nothing."""
        press = json.loads(heard.payload).get("callback_query")
        if press:
            nod = asyncio.create_task(self._answer_press(str(press["id"]), refusal))
            self._nods.add(nod)
            nod.add_done_callback(self._nods.discard)

    async def _answer_press(self, number: str, refusal: str | None) -> None:
        try:
            await self._telegram.answer_callback_query(number, refusal, show_alert=bool(refusal))
        except TelegramError as error:
            log.debug("press not answered", extra={"reason": str(error)})


def _nothing(tx: Tx) -> None:
    """An update that asks for nothing."""


def _number(update: dict[str, Any]) -> tuple[ChatId, MessageId] | None:
    """The number of a message that somebody wrote, with its chat.

    Of a pressed button it is a message of ours, and perhaps the very one that is looked for.
    """
    message = update.get("message") or update.get("channel_post")
    number = message.get("message_id") if isinstance(message, dict) else None
    chat = chat_of(update)
    return (chat, MessageId(number)) if chat is not None and isinstance(number, int) else None
