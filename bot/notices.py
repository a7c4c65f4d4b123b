"""What the owner of a chat hears when it can no longer be written to, in the transaction that learns of it."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from bot.says import Catalogue, catalogue
from bot.screen import Screen, shortened
from core.model import Target
from core.outbox import Due, NoTopic, Settlement
from core.ports import Tx
from core.standing import News, Standing, news_of
from core.subscribe import Chat

T = TypeVar("T")

LONGEST_TITLE = 100


def telling(tx: Tx, target: Target, act: Callable[[], T], *, now: datetime) -> T:
    """Acts; where the target stands otherwise after that, its owner is told."""
    before = tx.standing(target)
    result = act()
    after = tx.standing(target)
    news = news_of(before, after)
    if news and after and after.owner:
        _say(tx, after.owner, standing_screen(news, _title(after), catalogue(after.owner.language)), now=now)
    return result


def settled(tx: Tx, due: Due, settlement: Settlement, *, now: datetime) -> bool:
    """The settlement, with what is to be told of it; false, and nothing changed, where the claim is not ours."""
    kept = telling(tx, due.target, lambda: tx.settle_delivery(due, settlement, now=now), now=now)
    if kept and isinstance(settlement.ending, NoTopic):
        _topic_went(tx, Target(bot=due.target.bot, chat=due.target.chat), now=now)
    return kept


def _topic_went(tx: Tx, chat: Target, *, now: datetime) -> None:
    standing = tx.standing(chat)
    if standing is None:
        return
    here = Chat(target=chat, language=standing.language)
    _say(tx, here, topic_screen(catalogue(here.language)), now=now)
    if standing.owner:
        screen = topic_screen(catalogue(standing.owner.language), title=_title(standing))
        _say(tx, standing.owner, screen, now=now)


def standing_screen(news: News, title: str, say: Catalogue) -> Screen:
    """To an owner: their chat is lost, shut, or back."""
    return Screen(say(f"notice.{news}", title=title))


def topic_screen(say: Catalogue, *, title: str | None = None) -> Screen:
    """A topic is no more: to the chat, or, where it is named, to its owner."""
    return Screen(say("notice.no_topic") if title is None else say("notice.no_topic_owner", title=title))


def _say(tx: Tx, to: Chat, screen: Screen, *, now: datetime) -> None:
    tx.say(to.target, screen.to_json(), edits=None, now=now)


def _title(standing: Standing) -> str:
    return shortened(standing.title, LONGEST_TITLE) or str(standing.target.chat)
