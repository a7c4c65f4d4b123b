"""The door before everything that asks for a role, which is looked up when it is done."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import tzinfo

from bot.admin import log as logs
from bot.admin import stories, team
from bot.admin.permissions import LEAST
from bot.admin.step import Step
from bot.heard import Pressed, Wrote
from bot.inquiry import Act
from bot.says import Catalogue
from bot.screen import Screen, zone_of
from core.errors import UserError
from core.model import ChatId, Target
from core.ports import Clock, Store, Tx
from core.role import may
from core.subscribe import Chat

log = logging.getLogger(__name__)

Deed = Callable[[Step], Screen]

DEEDS: Mapping[str, Deed] = {
    "/log": logs.log,
    "log": logs.log,
    "undo_role": logs.undo_role,
    "/team": team.team,
    "team": team.team,
    "invite": team.invitation,
    "holder": team.holder,
    "grant": team.grant,
    "parts": stories.parts,
    "split": stories.split,
    "unions": stories.unions,
    "union": stories.union,
}


class Admins:
    """Understands what people with a role ask for."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        zone: tzinfo,
        link: Callable[[str], str],
        token: Callable[[], str],
        owners: Collection[ChatId] = (),
    ) -> None:
        """`owners` are those whom the settings name."""
        self._store = store
        self._clock = clock
        self._zone = zone
        self._link = link
        self._token = token
        self._owners = frozenset(owners)

    async def act(self, said: Wrote | Pressed) -> Act | None:
        """What is to be done, for those who may; `None` where it asks for no role."""
        match said:
            case Wrote(text=str(text)) if text.startswith("/"):
                name, *words = text.split()
                key = name.partition("@")[0].lower()
                if key == "/start" and words:
                    return await self._opened(said, words[0])
                return self._gated(key, said, ()) if key in LEAST else None
            case Pressed(key=key, values=values) if key in LEAST:
                return self._gated(key, said, values)
        return None

    async def _opened(self, said: Wrote, word: str) -> Act | None:
        """A link that gives a role; whoever opens it needs none."""
        found = await self._store.read(lambda tx: tx.invitation(said.target.bot, word))
        return None if found is None else self._step(team.accepted, said, (word,))

    def _gated(self, key: str, said: Wrote | Pressed, values: tuple[str, ...]) -> Act:
        """The deed, for those who have the role when it is done."""
        deed = self._step(DEEDS[key], said, values)

        def act(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            holder = tx.holder(chat.target)
            if not may(holder.role if holder else None, LEAST[key]):
                log.warning("refused", extra={"asked": key, "least": LEAST[key], "role": holder and holder.role})
                raise UserError("not_allowed")
            return deed(tx, chat, say)

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
                )
            )

        return act
