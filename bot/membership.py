"""What it means for a chat that the bot was let in, put out or given rights there."""

from datetime import datetime

from bot.heard import Added, Back, Joined, Left, Rights, Upgraded
from bot.notices import telling
from bot.says import catalogue
from bot.screens import channel_hello, group_hello, no_rights
from core.model import Target
from core.ports import Tx
from core.subscribe import language_of


def joined(said: Joined, tx: Tx, *, now: datetime) -> None:
    """The chat stands as Telegram says, and its owner is told where that is news."""
    if isinstance(said, Upgraded):
        tx.move_chat(said.target.bot, said.target.chat, said.to)
        return
    if isinstance(said, Added) and tx.standing(said.target) is None:
        _stand(said, tx, now=now)  # nothing is lost yet of which an owner could hear
        _greet(tx, said, now=now)
    else:
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


def _greet(tx: Tx, said: Added, *, now: datetime) -> None:
    """A group hears what the bot is good for; whoever added it, what a channel needs, or what right is missing."""
    person = tx.known_chat(Target(bot=said.target.bot, chat=said.by)) if said.by else None
    say = catalogue(person.language if person else language_of(said.language_code))
    if said.can_post and said.place == "group":
        tx.say(said.target, group_hello(say).to_json(), edits=None, now=now)
    elif person:
        screen = channel_hello(said.title, say) if said.can_post else no_rights(said.title, said.place, say)
        tx.say(person.target, screen.to_json(), edits=None, now=now)


def _allow(tx: Tx, said: Added | Rights, *, can_post: bool, now: datetime) -> None:
    if can_post:
        tx.chat_open(said.target, now=now)
    else:
        tx.chat_shut(said.target, "it may not write there", now=now)
