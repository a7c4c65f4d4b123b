"""Who may do what: roles, how they are given and taken, and what keeps the last owner."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, get_args

from core.errors import UserError
from core.history import Change, ChangeId, HistoryTx, State, Thing
from core.model import BotId, ChatId, Target

Role = Literal["viewer", "editor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may."""

INVITATION_LASTS = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person who has a role."""

    person: Target
    """Their private chat."""
    role: Role
    name: str
    """As Telegram gives it; empty until the person has spoken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A role for whoever opens a link first."""

    role: Role
    by: Target
    expires: datetime


class RolesTx(HistoryTx, Protocol):
    """What giving roles needs of the store."""

    def holder(self, person: Target) -> Holder | None: ...
    def holders(self, bot: BotId) -> list[Holder]:
        """Everybody who has a role, the highest first."""

    def put_role(self, person: Target, role: Role | None, *, name: str) -> None:
        """Has it, or, with `None`, none any more."""

    def add_invitation(self, token: str, invitation: Invitation) -> None: ...
    def invitation(self, bot: BotId, token: str) -> Invitation | None:
        """One that was not used yet, however old."""

    def remove_invitation(self, token: str) -> None: ...


def may(role: Role | None, least: Role | None) -> bool:
    """Whether who has this role may do what asks for at least that one; `None` asks for none."""
    return least is None or (role is not None and ROLES.index(role) >= ROLES.index(least))


def install_owners(tx: RolesTx, owners: Collection[Target], *, now: datetime) -> None:
    """Those whom the settings name are owners, whatever was decided of them elsewhere."""
    for person in owners:
        holder = tx.holder(person)
        if holder is None or holder.role != "owner":
            _put(tx, person, "owner", name=holder.name if holder else "", by=None, now=now)


def invite(tx: RolesTx, by: Target, role: Role, token: str, *, now: datetime) -> Invitation:
    """A role for whoever opens the link of this word first."""
    invitation = Invitation(role=role, by=by, expires=now + INVITATION_LASTS)
    tx.add_invitation(token, invitation)
    return invitation


def accept(tx: RolesTx, person: Target, token: str, *, name: str, now: datetime) -> Invitation:
    """Gives the person the role, and uses the invitation up.

    Raises `UserError` where it was used, is too old, its giver is an owner no more, or the person has as much already.
    """
    invitation = tx.invitation(person.bot, token)
    giver = tx.holder(invitation.by) if invitation else None
    if invitation is None or invitation.expires <= now or giver is None or giver.role != "owner":
        raise UserError("invitation_over")
    holder = tx.holder(person)
    if holder and may(holder.role, invitation.role):
        raise UserError("role_already")
    tx.remove_invitation(token)
    _put(tx, person, invitation.role, name=name, by=invitation.by, now=now)
    return invitation


def give(
    tx: RolesTx, by: Target, person: Target, role: Role | None, *, first: Collection[Target], now: datetime
) -> tuple[Holder, ChangeId]:
    """Changes the role of somebody who has one, or takes it; returns them as they were, and the change.

    `first` are the owners that the settings name. Raises `UserError` where the settings say otherwise, or where nobody
    would be left who may give roles.
    """
    before = tx.holder(person)
    if before is None or before.role == role:
        raise UserError("gone")
    _leaves_owners(tx, person, role, first=first)
    return before, _put(tx, person, role, name=before.name, by=by, now=now)


def put_role_back(tx: RolesTx, change: Change, by: Target, *, first: Collection[Target], now: datetime) -> None:
    """Undoes a change of a role. Raises `UserError` as `give` does."""
    person = _person(change.thing)
    state = change.before or {}
    role = next((one for one in ROLES if one == state.get("role")), None)
    _leaves_owners(tx, person, role, first=first)
    name = state.get("name") or (change.after or {}).get("name", "")
    _put(tx, person, role, name=name, by=by, now=now, undoes=change.id)


def _leaves_owners(tx: RolesTx, person: Target, role: Role | None, *, first: Collection[Target]) -> None:
    if role == "owner":
        return
    if person in first:
        raise UserError("role_of_settings")
    if [one.person for one in tx.holders(person.bot) if one.role == "owner"] == [person]:
        raise UserError("role_last_owner")


def _put(
    tx: RolesTx,
    person: Target,
    role: Role | None,
    *,
    name: str,
    by: Target | None,
    now: datetime,
    undoes: ChangeId | None = None,
) -> ChangeId:
    before = tx.holder(person)
    tx.put_role(person, role, name=name)
    after = None if role is None else _state(role, name)
    was = None if before is None else _state(before.role, before.name)
    return tx.add_change(_thing(person), was, after, by=by, now=now, undoes=undoes)


def _state(role: Role, name: str) -> State:
    return {"role": role, "name": name}


def _thing(person: Target) -> Thing:
    return Thing(kind="role", key=f"{person.bot}:{person.chat}")


def _person(thing: Thing) -> Target:
    bot, _, chat = thing.key.partition(":")
    return Target(bot=BotId(int(bot)), chat=ChatId(int(chat)))
