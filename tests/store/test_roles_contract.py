"""Roles: invited to, given, taken, given back; and every change of them kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from newsroom import BOT, NOON, OKSANA, PETRO, chat, meet

from core.errors import UserError
from core.history import Thing, undoable
from core.model import BotId
from core.role import INVITATION_LASTS, ROLES, accept, give, install_owners, invite, may, put_role_back
from core.subscribe import forget

MARTA = chat(3)


@pytest.fixture
async def owned(db):
    """Oksana is an owner by the settings."""
    await db.do(install_owners, [OKSANA], now=NOON)
    return db


async def roles(db):
    return {holder.person.chat: holder.role for holder in await db.holders(BOT)}


async def invited(db, person, role, *, at=NOON, token=None, by=OKSANA):
    token = token or f"{role}{person.chat}"
    await db.do(invite, by, role, token, now=NOON)
    return await db.do(accept, person, token, name="Петро", now=at)


def test_a_role_may_do_what_those_below_it_may():
    assert [[may(role, least) for least in (None, *ROLES)] for role in (None, *ROLES)] == [
        [True, False, False, False],
        [True, True, False, False],
        [True, True, True, False],
        [True, True, True, True],
    ]


async def test_the_settings_owners_are_owners_and_stay_so_at_every_start(owned):
    await owned.do(install_owners, [OKSANA], now=NOON)
    assert await roles(owned) == {1: "owner"}
    assert len(await owned.changes(before=None, limit=9)) == 1


@pytest.mark.parametrize("role", ROLES)
async def test_whoever_opens_an_invitation_has_its_role(owned, role):
    given = await invited(owned, PETRO, role)
    assert (given.role, given.by) == (role, OKSANA)
    assert await roles(owned) == {1: "owner", 2: role}


async def test_an_invitation_is_for_one(owned):
    await invited(owned, PETRO, "editor", token="a")
    with pytest.raises(UserError, match="invitation_over"):
        await owned.do(accept, MARTA, "a", name="", now=NOON)
    assert await roles(owned) == {1: "owner", 2: "editor"}


async def test_an_invitation_is_over_after_two_days(owned):
    with pytest.raises(UserError, match="invitation_over"):
        await invited(owned, PETRO, "editor", at=NOON + INVITATION_LASTS)
    assert (await invited(owned, PETRO, "viewer", at=NOON + INVITATION_LASTS - timedelta(seconds=1))).role == "viewer"


async def test_an_invitation_by_who_is_an_owner_no_more_gives_nothing(owned):
    await invited(owned, PETRO, "owner")
    await owned.do(invite, PETRO, "owner", "his", now=NOON)
    await owned.do(give, OKSANA, PETRO, "viewer", first=[OKSANA], now=NOON)
    with pytest.raises(UserError, match="invitation_over"):
        await owned.do(accept, MARTA, "his", name="", now=NOON)


async def test_an_invitation_to_another_bot_is_none_here(owned):
    await owned.do(invite, OKSANA, "editor", "a", now=NOON)
    assert await owned.invitation(BotId(7), "a") is None


async def test_an_invitation_takes_no_higher_role_away_and_is_not_used_up_by_that(owned):
    with pytest.raises(UserError, match="role_already"):
        await invited(owned, OKSANA, "viewer", token="a")
    assert (await owned.do(accept, PETRO, "a", name="", now=NOON)).role == "viewer"
    assert await roles(owned) == {1: "owner", 2: "viewer"}


async def test_the_last_owner_stays_one(db):
    await db.put_role(OKSANA, "owner", name="")
    with pytest.raises(UserError, match="role_last_owner"):
        await db.do(give, OKSANA, OKSANA, "editor", first=[], now=NOON)
    await db.put_role(PETRO, "owner", name="")
    await db.do(give, OKSANA, OKSANA, "editor", first=[], now=NOON)
    assert await roles(db) == {2: "owner", 1: "editor"}


async def test_an_owner_by_the_settings_is_not_put_down_by_another(owned):
    await invited(owned, PETRO, "owner")
    with pytest.raises(UserError, match="role_of_settings"):
        await owned.do(give, PETRO, OKSANA, None, first=[OKSANA], now=NOON)


async def test_every_change_of_a_role_is_kept_with_who_when_before_and_after(owned):
    await invited(owned, PETRO, "editor")
    later = NOON + timedelta(hours=1)
    await owned.do(give, OKSANA, PETRO, None, first=[OKSANA], now=later)
    taken, given, installed = await owned.changes(before=None, limit=9)
    assert installed.by is None
    assert (given.by, given.before, given.after) == (OKSANA, None, {"role": "editor", "name": "Петро"})
    assert (taken.at, taken.by, taken.before, taken.after) == (later, OKSANA, given.after, None)
    assert await owned.changes(before=taken.id, limit=1) == [given]


async def test_a_change_is_undone_and_that_is_a_change_too(owned):
    await invited(owned, PETRO, "editor")
    _, number = await owned.do(give, OKSANA, PETRO, None, first=[OKSANA], now=NOON)
    change = await owned.do(undoable, number)
    await owned.do(put_role_back, change, OKSANA, first=[OKSANA], now=NOON)
    assert await roles(owned) == {1: "owner", 2: "editor"}
    (newest, *_) = await owned.changes(before=None, limit=9)
    assert (newest.undoes, newest.before, newest.after) == (number, None, {"role": "editor", "name": "Петро"})
    back = await owned.do(undoable, newest.id)
    await owned.do(put_role_back, back, OKSANA, first=[OKSANA], now=NOON)
    assert await roles(owned) == {1: "owner"}


async def test_what_was_changed_since_is_not_undone_over_it(owned):
    await invited(owned, PETRO, "editor")
    _, number = await owned.do(give, OKSANA, PETRO, "viewer", first=[OKSANA], now=NOON)
    await owned.do(give, OKSANA, PETRO, "owner", first=[OKSANA], now=NOON)
    with pytest.raises(UserError, match="changed_since"):
        await owned.do(undoable, number)


async def test_whoever_is_forgotten_has_no_role_and_did_nothing_by_name(owned):
    await invited(owned, PETRO, "owner")
    await meet(owned, PETRO)
    await invited(owned, MARTA, "editor", by=PETRO)
    await owned.do(invite, PETRO, "editor", "his", now=NOON)
    await owned.do(forget, PETRO)
    assert await roles(owned) == {1: "owner", 3: "editor"}
    assert await owned.invitation(BOT, "his") is None
    assert await owned.last_change(Thing(kind="role", key=f"{BOT}:{PETRO.chat}")) is None
    assert {change.by for change in await owned.changes(before=None, limit=9)} == {None}


async def test_old_invitations_are_deleted(owned):
    await owned.do(invite, OKSANA, "editor", "a", now=NOON)
    assert await owned.forget_old(now=NOON + INVITATION_LASTS - timedelta(seconds=1), limit=9) == 0
    assert await owned.forget_old(now=NOON + INVITATION_LASTS, limit=9) == 1


async def test_a_topic_of_a_persons_chat_is_the_person(owned):
    assert (await owned.holder(replace(OKSANA, thread=5))).role == "owner"
