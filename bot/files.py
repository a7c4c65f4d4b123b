"""A person's subscriptions as a file: sent to them, and read in again."""

from collections.abc import Awaitable, Callable

from telegram import Bot

from bot.inquiry import Act
from bot.says import Catalogue, Html
from bot.screen import File, Screen, listed, press, shortened
from core import subscribe
from core.belongings import LARGEST, Belonging, Belongings, read_in, written
from core.errors import UserError
from core.ports import Clock, Tx
from core.query import canonical
from core.subscribe import Chat

Files = Callable[[str], Awaitable[bytes]]
"""A file that was sent, by what Telegram calls it."""

NAME = "chatovyi.json"
MOST_SHOWN = 5
LONGEST_SHOWN = 100


def files_of(bot: Bot) -> Files:
    """Files as Telegram keeps them; raises `TelegramError` where it cannot be reached."""

    async def read(file: str) -> bytes:
        found = await bot.get_file(file)
        return bytes(await found.download_as_bytearray()) if (found.file_size or 0) <= LARGEST else b""

    return read


def holds_belongings(file: bytes) -> bool:
    """Whether it is a file of somebody's subscriptions."""
    try:
        read_in(file)
    except UserError:
        return False
    return True


def export(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    """All that the chat follows, as a file."""
    mine = tx.subscriptions(chat.target)
    if not mine:
        return Screen(say("list.empty"))
    text = say("export.done", subscriptions=say.count("subscriptions", len(mine)))
    return Screen(text, file=File(NAME, written(mine)))


def import_of(file: bytes, clock: Clock) -> Act:
    """What a file holds is followed; what is followed already stays as it is."""

    def act(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        held = read_in(file)
        new = [one for one in held.subscriptions if _followed(tx, chat, one, clock)]
        return imported(held, len(new), say)

    return act


def _followed(tx: Tx, chat: Chat, one: Belonging, clock: Clock) -> bool:
    now, target, text = clock(), chat.target, canonical(one.query)
    query = tx.intern_query(text)
    if any(known.query == query for known in tx.subscriptions(target)):
        return False
    try:
        subscribe.follow(tx, target, query, text, now=now)
    except UserError:  # there are too many
        return False
    mine = next(known for known in tx.subscriptions(target) if known.query == query)
    subscribe.arrange(tx, target, mine.id, one.manner, now=now)
    if one.name:
        subscribe.rename(tx, target, mine.id, one.name)
    if one.paused:
        subscribe.pause(tx, target, mine.id, paused=True)
    return True


def imported(held: Belongings, new: int, say: Catalogue) -> Screen:
    """How many are new, how many are not, and which queries are none."""
    lines: list[Html] = [say("import.done", subscriptions=say.count("subscriptions", new))]
    left = len(held.subscriptions) - new
    if left:
        lines.append(say("import.left", count=left))
    if held.mistaken:
        lines.append(say("import.mistaken", count=len(held.mistaken)))
        lines += [say("import.query", query=shortened(text, LONGEST_SHOWN)) for text in held.mistaken[:MOST_SHOWN]]
    return Screen(listed(lines, "\n"), ((press(say.plain("list.open"), "list", 0),),))
