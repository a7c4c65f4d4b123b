"""A stand-in Telegram in a process of its own, slow to answer, that keeps a record: `python -m bench.kill.telegram`.

The record is a file of JSON lines: `["asked", method]`, `["accepted", chat, text]`, `["answered", method]`. It is
written at once, so that it tells what Telegram knew at any moment of the bot's death.
"""

import argparse
import asyncio
import json
import random
import signal
from pathlib import Path
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatovyi.clock import system_clock
from chatovyi.demo import model
from chatovyi.demo.bot_api import bot_api
from chatovyi.demo.entities import Formatted
from chatovyi.demo.telegram import StandIn
from chatovyi.demo.wire import Chat
from chatovyi.serve import serving

TOKEN = "100001:stand-in"
_FIRST_CHAT = 1001


def people(count: int) -> dict[int, int]:
    """So many people as the stand-in numbers them, each with the number of the message that began the chat."""
    return {_FIRST_CHAT + place: 1 + place for place in range(count)}


def main() -> None:
    """Prints its address, then serves until SIGTERM."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--chats", type=int, required=True, help="people who have started the bot")
    parser.add_argument("--coming", type=float, required=True, help="seconds at most until a message is accepted")
    parser.add_argument("--going", type=float, required=True, help="seconds at most until the answer leaves then")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with given.record.open("a", buffering=1, encoding="utf-8") as record:
        asyncio.run(_serve(record, given))


async def _serve(record: TextIO, given: argparse.Namespace) -> None:
    telegram = Recorded(record)
    for chat in people(given.chats):
        telegram.send_text(telegram.add_user(f"Людина {chat}"), "/start")
    slow = Slow(bot_api(telegram), record, coming=given.coming, going=given.going, dice=random.Random(given.seed))
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    async with serving(slow) as address:
        print(address, flush=True)
        await over.wait()


class Recorded(StandIn):
    """Every message it accepts is written down before the bot can learn of it."""

    def __init__(self, record: TextIO) -> None:
        super().__init__(clock=system_clock, token=TOKEN)
        self._record = record

    def post(
        self,
        chat: Chat,
        formatted: Formatted,
        *,
        keyboard: model.Keyboard = (),
        silent: bool = False,
        reply_to: model.MessageId | None = None,
        file: model.File | None = None,
    ) -> model.Message:
        """As the stand-in does it."""
        _note(self._record, "accepted", chat.id, formatted.text)
        return super().post(chat, formatted, keyboard=keyboard, silent=silent, reply_to=reply_to, file=file)


class Slow:
    """A message is a while on its way, and so is the answer. If its sender dies then, it arrives or it does not."""

    def __init__(self, app: ASGIApp, record: TextIO, *, coming: float, going: float, dice: random.Random) -> None:
        self._app = app
        self._record = record
        self._coming = coming
        self._going = going
        self._dice = dice

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        method = str(scope["path"]).rsplit("/", 1)[-1]
        request = await _whole(receive)
        if request is None:
            return
        _note(self._record, "asked", method)
        going = 0.0
        if method == "sendMessage":
            going = self._dice.uniform(self._going / 4, self._going)
            if await self._lost_on_the_way(receive):
                return _note(self._record, "answered", method)
        read = iter(request)

        async def received() -> Message:
            return next(read, None) or await receive()

        async def late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(going)
                _note(self._record, "answered", method)
            await send(message)

        await self._app(scope, received, late)

    async def _lost_on_the_way(self, receive: Receive) -> bool:
        """A request that had left its sender when that died is in the network's hands: half of them arrive."""
        coming, arrives = self._dice.uniform(0, self._coming), self._dice.random() < 0.5
        death = asyncio.ensure_future(receive())
        await asyncio.sleep(coming)
        died = death.done()
        death.cancel()
        return died and not arrives


async def _whole(receive: Receive) -> list[Message] | None:
    """The parts of a request; `None` where its sender died before the last of them left."""
    parts = []
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            return None
        parts.append(part)
        if not part.get("more_body"):
            return parts


def _note(record: TextIO, *what: object) -> None:
    record.write(json.dumps(what, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
