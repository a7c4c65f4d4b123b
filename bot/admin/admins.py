"""The door before everything that asks for a role, which is looked up when it is done."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import tzinfo
from functools import partial

from bot.admin import editing, lists, sources, stories, team
from bot.admin import log as logs
from bot.admin.editing import Looking
from bot.admin.permissions import LEAST
from bot.admin.step import UNKNOWN, Facts, Step
from bot.admin.upload import uploaded
from bot.files import Files, holds_belongings
from bot.heard import Pressed, Wrote
from bot.inquiry import Act
from bot.says import Catalogue
from bot.screen import Screen, number_of, zone_of
from core.errors import UserError
from core.linguist import Linguist
from core.model import ChatId, Target
from core.ports import Clock, Store, Tx
from core.role import may
from core.subscribe import Chat
from core.watchlist import ListId

log = logging.getLogger(__name__)

Deed = Callable[[Step], Screen]

COMMANDS: Mapping[str, Deed] = {
    "/lists": lists.lists,
    "/log": logs.log,
    "/health": sources.health_page,
    "/team": team.team,
}

BUTTONS: Mapping[str, Deed] = {
    "lists": lists.lists,
    "list_open": lists.opened,
    "list_follow": lists.follow,
    "list_leave": lists.leave,
    "list_when": lists.rhythms,
    "list_rhythm": lists.rhythm,
    "list_lines": lists.lines,
    "list_line": lists.line,
    "list_link": lists.link,
    "list_new": editing.ask_new,
    "list_edit": editing.edit,
    "list_add": partial(editing.ask, "list_add"),
    "list_name": partial(editing.ask, "list_name"),
    "list_about": partial(editing.ask, "list_about"),
    "list_icon": partial(editing.ask, "list_icon"),
    "list_public": editing.public,
    "list_strike": editing.strike,
    "line_strike": editing.strike_one,
    "list_discard": editing.discard,
    "list_remove": editing.remove,
    "health": sources.health_page,
    "source": sources.card,
    "source_check": sources.check,
    "source_stop": sources.stop,
    "source_move": sources.ask_address,
    "source_moved": sources.follow_move,
    "undo": logs.undo,
    "log": logs.log,
    "undo_role": logs.undo_role,
    "team": team.team,
    "invite": team.invitation,
    "holder": team.holder,
    "grant": team.grant,
    "parts": stories.parts,
    "split": stories.split,
    "unions": stories.unions,
    "union": stories.union,
}

UPLOAD = "upload"
"""How a file that was sent stands in the table."""

LOOKING: Mapping[str, Looking] = {"list_effect": editing.see_effect, "list_publish": editing.publish}
"""Buttons that look back first, outside of the transaction; each names a list."""

TEXTS: Mapping[str, Deed] = {
    "list_new": editing.new,
    "list_add": editing.add,
    "list_name": editing.name,
    "list_about": editing.about,
    "list_icon": editing.icon,
    "source_move": sources.move,
}
"""What a text that was asked for does; it comes after the number that it was asked for with."""


class Admins:
    """Understands what people with a role ask for."""

    def __init__(
        self,
        *,
        store: Store,
        knowing: Callable[[], Awaitable[Linguist]],
        clock: Clock,
        zone: tzinfo,
        link: Callable[[str], str],
        token: Callable[[], str],
        owners: Collection[ChatId] = (),
        facts: Facts = UNKNOWN,
        files: Files,
    ) -> None:
        """`knowing`: the languages, with the concepts as they are now. `owners`: those whom the settings name."""
        self._store = store
        self._knowing = knowing
        self._clock = clock
        self._zone = zone
        self._link = link
        self._token = token
        self._owners = frozenset(owners)
        self._facts = facts
        self._files = files

    async def act(self, said: Wrote | Pressed) -> Act | None:
        """What is to be done, for those who may; `None` where it is none of what stands in the table."""
        match said:
            case Wrote(text=str(text)) if text.startswith("/"):
                name, *words = text.split()
                key = name.partition("@")[0].lower()
                if key == "/start" and words:
                    return await self._opened(said, words[0])
                return self._gated(key, COMMANDS[key], said, ()) if key in COMMANDS else None
            case Wrote(file=str(file), file_name=name):
                return await self._uploaded(said, file, name)
            case Pressed(key=key, values=values) if key in LOOKING:
                return await self._looking(key, said, values)
            case Pressed(key=key, values=values) if key in BUTTONS:
                return self._gated(key, BUTTONS[key], said, values)
        return None

    def text(self, said: Wrote, about: str, number: int, text: str) -> Act:
        """What a text that one of our screens asked for leads to."""
        return self._gated(about, TEXTS[about], said, (str(number), text) if number else (text,))

    async def _opened(self, said: Wrote, word: str) -> Act | None:
        """A link that leads to a list, or gives a role; whoever opens it needs none."""
        one = await self._store.read(lambda tx: tx.list_by_token(word))
        if one is not None:
            return self._step(lists.opened, said, (word,))
        found = await self._store.read(lambda tx: tx.invitation(said.target.bot, word))
        return None if found is None else self._step(team.accepted, said, (word,))

    async def _uploaded(self, said: Wrote, file: str, name: str) -> Act | None:
        """A list, fetched and read only for those who may; a file of somebody's own subscriptions is none."""
        holder = await self._store.read(lambda tx: tx.holder(said.target))
        if not may(holder.role if holder else None, LEAST[UPLOAD]):
            return None
        content = await self._files(file)
        if holds_belongings(content):
            return None
        deed = await uploaded(name, content, self._store, await self._knowing(), now=self._clock())
        return self._gated(UPLOAD, deed, said, ())

    async def _looking(self, key: str, said: Pressed, values: tuple[str, ...]) -> Act:
        """Looks back only for those who may see it."""
        holder = await self._store.read(lambda tx: tx.holder(said.target))
        if not values or not may(holder.role if holder else None, LEAST[key]):
            return self._gated(key, _gone, said, values)
        try:
            number = ListId(number_of(values[0]))
        except UserError:
            return self._gated(key, _gone, said, values)
        deed = await LOOKING[key](self._store, await self._knowing(), number, self._clock())
        return self._gated(key, deed, said, values)

    def _gated(self, key: str, deed: Deed, said: Wrote | Pressed, values: tuple[str, ...]) -> Act:
        """The deed, for those who have the role when it is done."""
        done = self._step(deed, said, values)

        def act(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            holder = tx.holder(chat.target)
            if not may(holder.role if holder else None, LEAST[key]):
                log.warning("refused", extra={"asked": key, "least": LEAST[key], "role": holder and holder.role})
                raise UserError("not_allowed")
            return done(tx, chat, say)

        return act

    def _step(self, deed: Deed, said: Wrote | Pressed, values: tuple[str, ...]) -> Act:
        token = self._token()

        def act(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            holder = tx.holder(chat.target)
            if holder and said.name and holder.name != said.name:
                tx.put_role(chat.target, holder.role, name=said.name)
            return deed(
                Step(
                    tx=tx,
                    chat=chat,
                    say=say,
                    now=self._clock(),
                    zone=zone_of(chat.zone, self._zone),
                    role=holder.role if holder else None,
                    name=said.name,
                    values=values,
                    first=frozenset(Target(bot=chat.target.bot, chat=owner) for owner in self._owners),
                    link=self._link,
                    token=token,
                    facts=self._facts,
                )
            )

        return act


def _gone(step: Step) -> Screen:
    raise UserError("gone")
