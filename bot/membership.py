"""What it means for a chat that the bot was let in, put out or given rights there."""

from datetime import datetime

from bot.heard import Added, Back, Joined, Left, Rights, Upgraded
from bot.notices import telling
from core.ports import Tx
from core.subscribe import language_of


def joined(said: Joined, tx: Tx, *, now: datetime) -> None:
    """The chat stands as Telegram says, and its owner is told where that is news."""
    if isinstance(said, Upgraded):
        tx.move_chat(said.target.bot, said.target.chat, said.to)
        return
    telling(tx, said.target, lambda: _stand(said, tx, now=now), now=now)


def _stand(said: Left | Back | Added | Rights, tx: Tx, *, now: datetime) -> None:
    match said:
        case Left(target=target):
            tx.chat_gone(target, "the bot was blocked or removed", final=False, now=now)
        case Back(target=target):
            tx.chat_back(target, now=now)
        case Added(target=target, title=title, by=by, language_code=code, can_post=can_post):
            tx.meet(target, language=language_of(code), now=now)
            tx.introduce_chat(target, owner=by, title=title)
            _allow(tx, said, can_post=can_post, now=now)
        case Rights(target=target, title=title, can_post=can_post):
            tx.introduce_chat(target, owner=None, title=title)
            _allow(tx, said, can_post=can_post, now=now)


def _allow(tx: Tx, said: Added | Rights, *, can_post: bool, now: datetime) -> None:
    if can_post:
        tx.chat_open(said.target, now=now)
    else:
        tx.chat_shut(said.target, "it may not write there", now=now)
