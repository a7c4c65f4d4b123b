"""The team: who has which role, and how one is given, changed, taken and given back."""

from urllib.parse import urlencode

from bot.admin.step import Step
from bot.says import Catalogue, Html, catalogue
from bot.screen import Button, Screen, opens, press, shortened, when
from core.errors import UserError
from core.model import ChatId, Target
from core.role import ROLES, Holder, Role, accept, give, invite

LONGEST_NAME = 40


def team(step: Step) -> Screen:
    """Everybody who has a role, and buttons to invite others."""
    say, holders = step.say, step.tx.holders(step.person.bot)
    lines = [say("team.title")]
    lines += [
        say(
            "team.first" if one.person in step.first else "team.holder",
            name=named(one, say),
            role=role_in(one.role, say),
        )
        for one in holders
    ]
    rows = [
        (press(named(one, say), "holder", one.person.chat),)
        for one in holders
        if one.person not in step.first and one.person != step.person
    ]
    invitations = tuple(press(say.plain(f"team.invite_{role}"), "invite", role) for role in reversed(ROLES))
    return Screen(Html("\n".join(lines)), (*rows, *((one,) for one in invitations)))


def invitation(step: Step) -> Screen:
    """A link that gives a role, once."""
    role, say = _role(step.word()), step.say
    given = invite(step.tx, step.person, role, step.token, now=step.now)
    link = step.link(step.token)
    until = when(given.expires, now=step.now, zone=step.zone)
    sending = "https://t.me/share/url?" + urlencode({"url": link})
    send = (Button(say.plain("share.send"), "url", sending),) if opens(sending) else ()
    return Screen(say("team.link", role=role_in(role, say), until=until, link=link), (send, (_back(say),)))


def accepted(step: Step) -> Screen:
    """Whoever opened the link has the role now, and its giver hears of it."""
    given = accept(step.tx, step.person, step.word(), name=step.name, now=step.now)
    giver = step.tx.known_chat(given.by)
    if giver:
        say = catalogue(giver.language)
        told = say("team.accepted", name=shortened(step.name, LONGEST_NAME), role=role_in(given.role, say))
        step.tx.say(giver.target, Screen(told).to_json(), edits=None, now=step.now)
    return Screen(step.say(f"team.welcome_{given.role}"))


def holder(step: Step) -> Screen:
    """One person: which other role, or none?"""
    one, say = _holder(step), step.say
    roles = [
        (press(say.plain(f"team.make_{role}"), "grant", one.person.chat, role),)
        for role in reversed(ROLES)
        if role != one.role
    ]
    take = press(say.plain("team.take"), "grant", one.person.chat, "none")
    text = say("team.ask", name=named(one, say), role=role_in(one.role, say))
    return Screen(text, (*roles, (take,), (_back(say),)))


def grant(step: Step) -> Screen:
    """The person has another role now, or none; it can be undone."""
    one, say, value = _holder(step), step.say, step.word(1)
    role = None if value == "none" else _role(value)
    _, change = give(step.tx, step.person, one.person, role, first=step.first, now=step.now)
    told = say("team.taken", name=named(one, say)) if role is None else _now(one, role, say)
    chat = step.tx.known_chat(one.person)
    if chat:
        theirs = catalogue(chat.language)
        text = theirs("team.yours_taken") if role is None else theirs("team.yours", role=role_in(role, theirs))
        step.tx.say(chat.target, Screen(text).to_json(), edits=None, now=step.now)
    return Screen(told, ((press(say.plain("list.undo"), "undo_role", change), _back(say)),))


def named(one: Holder, say: Catalogue) -> str:
    """What a holder is called; by their number before they have ever spoken."""
    return shortened(one.name, LONGEST_NAME) or say.plain("team.nameless", number=one.person.chat)


def role_in(role: Role, say: Catalogue) -> Html:
    """The role, as people call it."""
    return say(f"role.{role}")


def _now(one: Holder, role: Role, say: Catalogue) -> Html:
    return say("team.given", name=named(one, say), role=role_in(role, say))


def _holder(step: Step) -> Holder:
    found = step.tx.holder(Target(bot=step.person.bot, chat=ChatId(step.number())))
    if found is None:
        raise UserError("gone")
    return found


def _role(value: str) -> Role:
    found = next((role for role in ROLES if role == value), None)
    if found is None:
        raise UserError("gone")
    return found


def _back(say: Catalogue) -> Button:
    return press(say.plain("card.back"), "team")
