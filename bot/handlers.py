"""A message in, a sentence out: what a person did becomes one transaction, effect and answer together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import partial

from bot import card as cards
from bot import screens
from bot.access import Access, Administers
from bot.admin.admins import TEXTS, Admins
from bot.admin.permissions import LEAST, UNDER
from bot.admin.step import UNKNOWN, Facts
from bot.alerts import alert_screen
from bot.card import Clock as CardClock
from bot.files import Files, export, import_of
from bot.heard import Place, Pressed, Said, Wrote
from bot.inquiry import Act, Inquiry, gone
from bot.link import link_in, suggested_screen, wish_screen
from bot.membership import joined
from bot.says import Catalogue, catalogue
from bot.screen import Screen, number_of, press, zone_of
from bot.story import story_screen
from bot.tend import KEYS, Tending, awaited
from core import subscribe
from core.errors import UserError
from core.linguist import Linguist
from core.model import AlertId, ChatId, MessageId, QueryId, SubscriptionId, Target
from core.ports import Clock, Store, Tx
from core.role import may
from core.subscribe import LANGUAGES, Chat, language_of
from core.vigil import vigil
from core.watched import place_of

LAST_ALERTS = 50
"""Of so many a person is told how fast they came."""
MOST_SUGGESTED = 5
"""Sites that one chat may ask the owners for within a day."""
Work = Callable[[Tx], None]
"""A transaction: it may run twice, and leaves an answer in the outbox."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Itself:
    """What the bot knows of itself, and where it finds chance."""

    username: str
    token: Callable[[], str]
    """A new word for a link, which nobody guesses."""

    def link(self, token: str) -> str:
        """An address that opens a chat with the bot and sends it the word."""
        return f"https://t.me/{self.username}?start={token}"


class People:
    """Understands people; knows nothing of Telegram."""

    def __init__(
        self,
        *,
        store: Store,
        linguist: Linguist,
        clock: Clock,
        zone: tzinfo,
        itself: Itself,
        administers: Administers,
        files: Files,
        owners: Sequence[ChatId] = (),
        facts: Facts = UNKNOWN,
    ) -> None:
        """`owners` are those whom the settings name."""
        self._store = store
        self._files = files
        self._access = Access(store=store, administers=administers, username=itself.username)
        self._owners = owners
        self._inquiry = Inquiry(store=store, linguist=linguist, clock=clock, zone=zone)
        self._clock = clock
        self._zone = zone
        self._itself = itself
        self._admins = Admins(
            store=store,
            knowing=self._inquiry.knowing,
            clock=clock,
            zone=zone,
            link=itself.link,
            token=itself.token,
            owners=owners,
            facts=facts,
            files=files,
        )

    async def answer(self, said: Said) -> Work:
        """What is to be done, found out before the transaction begins."""
        if not isinstance(said, Wrote | Pressed):
            return lambda tx: joined(said, tx, now=self._clock())
        if said.place == "private" and (asked := await self._admins.act(said)):
            if isinstance(said, Pressed) and said.key in UNDER:
                return self._saying(said, asked, replies_to=said.message)
            return self._saying(said, asked, edits=said.message if isinstance(said, Pressed) else None)
        if said.place == "group" and isinstance(said, Wrote):
            return await self._in_group(said)
        try:
            return await self._asked(await self._access.tending(said))
        except UserError as error:
            return self._saying(said, partial(_at_home_again, error))

    async def refusal(self, said: Said | None) -> str | None:
        """What is said to who pressed a button that is not theirs to press, beside it; `None` where it is."""
        if not isinstance(said, Pressed) or await self._access.may(said):
            return None
        return catalogue(language_of(said.language_code)).plain("group.admins_alone")

    async def _in_group(self, said: Wrote) -> Work:
        """A command, or an answer to a question of ours; to anything else a group hears nothing of us."""
        text = said.text or ""
        awaits = awaited(await self._store.read(lambda tx: tx.known_chat(said.target)))
        if not self._access.concerns(said) or not (text.startswith("/") or awaits):
            return _nothing
        if not await self._access.may(said):
            return self._saying(said, lambda tx, chat, say: screens.admins_alone(say))
        return await self._asked(said)

    async def _asked(self, said: Wrote | Pressed) -> Work:
        match said:
            case Pressed(key="where"):
                return self._saying(said, await self._where(said), edits=said.message)
            case Pressed(key="manage"):
                return self._saying(said, await self._manage(said), edits=said.message)
            case Wrote(file=str(file)):
                return self._saying(said, import_of(await self._files(file), self._clock))
            case Wrote(text=None):
                return self._saying(said, lambda tx, chat, say: screens.sorry(UserError("not_text"), say))
            case Wrote(text=str(text)) if text.startswith("/"):
                return await self._command(said, text)
            case Wrote(text=str(text)):
                return await self._text(said, text)
            case Pressed(key="look"):
                return self._saying(said, await self._inquiry.look(said), edits=said.message)
            case Pressed(key="past"):
                return self._saying(said, await self._inquiry.page(said), edits=said.message)
            case Pressed(key="wrong"):
                return self._saying(said, await self._inquiry.wrong(said), replies_to=said.message)
            case Pressed(key="less"):
                return self._saying(said, await self._inquiry.less(said), edits=said.message)
            case Pressed(key="why"):
                return self._saying(said, await self._inquiry.why(said), replies_to=said.message)
            case Pressed():
                return self._saying(said, partial(self._button, said, self._itself.token()), edits=said.message)
        raise AssertionError(said)

    async def _command(self, said: Wrote, text: str) -> Work:
        """A command; a link that was shared arrives as one."""
        name, _, word = text.partition(" ")
        name = name.partition("@")[0].lower()
        if name == "/follow":
            return self._saying(said, await self._inquiry.query(word) if word.strip() else _follow_what)
        if name == "/start" and word:
            shared = await self._store.read(lambda tx: tx.shared(word.strip()))
            if shared is not None:
                return self._saying(said, await self._inquiry.query(shared))
        if name == "/search":
            return self._saying(said, await self._inquiry.past(word) if word.strip() else _search_what)
        return self._saying(said, partial(_command, text, said.place, self._clock(), self._zone))

    async def _where(self, said: Pressed) -> Act:
        """Whose subscriptions shall be tended?"""
        chats = await self._access.chats(said.target)
        return lambda tx, chat, say: screens.where(chats, chat.manages, say)

    async def _manage(self, said: Pressed) -> Act:
        """From now on the subscriptions of the chosen chat, where the person administers it."""
        try:
            (number,) = map(number_of, said.values)
        except (UserError, ValueError):
            return gone
        chosen = ChatId(-number) if number else None
        titles = dict(await self._access.chats(said.target))
        if chosen is not None and chosen not in titles:
            return gone

        def act(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            tx.manage(chat.target, chosen)
            target = chat.target if chosen is None else Target(bot=chat.target.bot, chat=chosen)
            listed = screens.subscriptions(tx.subscriptions(target), say, now=self._clock(), choose=True)
            return listed if chosen is None else screens.about(titles[chosen], listed, say)

        return act

    async def _text(self, said: Wrote, text: str) -> Work:
        """A query, unless an admin's screen asked for it, it has a link, or the card of a subscription asked."""
        home = replace(said, target=said.home or said.target, home=None)
        awaits = awaited(await self._store.read(lambda tx: tx.known_chat(home.target)))
        if awaits is not None and awaits[0] in TEXTS:
            return self._saying(home, self._admins.text(home, *awaits, text))
        url = link_in(text)
        if url is not None:
            return self._saying(said, await self._inquiry.link(said.target, url, suggest=bool(self._owners)))
        match awaits:
            case None if said.place == "group":
                return _nothing
            case None:
                return self._saying(said, await self._inquiry.query(text))
            case "edit", number:
                return self._saying(said, await self._inquiry.query(text, instead_of=number))
            case "search", _:
                return self._saying(said, await self._inquiry.past(text))
            case about, number:
                token = self._itself.token()
                return self._saying(
                    said, lambda tx, chat, say: self._tending(tx, chat, say, token).text(about, number, text)
                )

    def _saying(
        self,
        said: Wrote | Pressed,
        act: Act,
        *,
        edits: MessageId | None = None,
        replies_to: MessageId | None = None,
    ) -> Work:
        """Meets the chat, acts, and says what came of it; a mistake of the person's is a sentence too."""

        def work(tx: Tx) -> None:
            now, home = self._clock(), said.home or said.target
            chat = tx.meet(home, language=language_of(said.language_code), now=now)
            say = catalogue(chat.language)
            if chat.awaits is not None:
                tx.await_text(home, None)
            try:
                screen = act(tx, _about(tx, said, chat), say)
                if said.home:
                    screen = screens.about(_title(tx, said.target), screen, say)
                    _ask_at_home(tx, said.target, said.home)
            except UserError as error:
                screen = screens.sorry(error, say)
            tx.say(home, screen.to_json(), edits=edits, replies_to=replies_to, now=now)

        return work

    def _button(self, pressed: Pressed, token: str, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """A button may be as old as the chat: whatever it names is looked up anew, for this chat alone."""
        match pressed.key, *pressed.values:
            case "follow", query:
                return self._follow(QueryId(number_of(query)), tx, chat, say)
            case "change", number, query:
                return self._change(SubscriptionId(number_of(number)), QueryId(number_of(query)), tx, chat, say)
            case "list", page:
                mine, choose = tx.subscriptions(chat.target), pressed.place == "private"
                return screens.subscriptions(mine, say, now=self._clock(), page=number_of(page), choose=choose)
            case "remove", number, *_:
                gone = subscribe.remove(tx, chat.target, SubscriptionId(number_of(number)), now=self._clock())
                return screens.removed(gone.label, gone.query, say)
            case "unmute", alert:
                subscribe.unmute(tx, chat.target, AlertId(number_of(alert)))
                return self._alert(AlertId(number_of(alert)), tx, chat, say)
            case "mute", alert:
                subscribe.mute(tx, chat.target, AlertId(number_of(alert)), now=self._clock())
                return self._alert(AlertId(number_of(alert)), tx, chat, say)
            case "alert", alert:
                return self._alert(AlertId(number_of(alert)), tx, chat, say)
            case "story", alert, page:
                return self._story(AlertId(number_of(alert)), number_of(page), tx, chat, say)
            case "suggest", site:
                return self._suggest(site, tx, chat, say)
            case key, number, *values if key in KEYS:
                return self._tending(tx, chat, say, token).press(key, SubscriptionId(number_of(number)), tuple(values))
            case _:
                return _choice(pressed, tx, chat, say)

    def _follow(self, query: QueryId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        _, added = subscribe.follow_offered(tx, chat.target, query, now=self._clock())
        mine = next(one for one in tx.subscriptions(chat.target) if one.query == query)
        note = screens.followed(mine.label, say, again=not added)
        return cards.card(mine, chat, say, self._card_clock(), note=note)

    def _change(self, number: SubscriptionId, query: QueryId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        before = subscribe.change(tx, chat.target, number, query, now=self._clock())
        mine = subscribe.own(tx, chat.target, number)
        undo = press(say.plain("list.undo"), "change", number, before.query)
        note = screens.changed(mine.label, say)
        return cards.card(mine, chat, say, self._card_clock(), note=note, undo=undo)

    def _alert(self, alert: AlertId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """As it is now."""
        view = tx.alert_view(alert) if tx.alert_story(chat.target, alert) else None
        if view is None:
            raise UserError("gone")
        return alert_screen(view, say, now=self._clock(), zone=zone_of(view.zone, self._zone))

    def _story(self, alert: AlertId, page: int, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """All that tell it, in place of the alert."""
        story = tx.alert_story(chat.target, alert)
        if story is None:
            raise UserError("gone")
        articles, zone = tx.story_articles(story), zone_of(chat.zone, self._zone)
        holder = tx.holder(chat.target)
        edits = may(holder.role if holder else None, LEAST["split"])
        return story_screen(alert, articles, say, now=self._clock(), zone=zone, page=page, edits=edits)

    def _suggest(self, site: str, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """The owners hear of each site once, whoever asks for it."""
        owners = [one for owner in self._owners if (one := tx.known_chat(Target(bot=chat.target.bot, chat=owner)))]
        if place_of(f"https://{site}") != site or "." not in site or not owners:
            raise UserError("gone")
        first = tx.suggest_site(chat.target, site, most=MOST_SUGGESTED, now=self._clock())
        if first is None:
            raise UserError("suggested_much", most=MOST_SUGGESTED)
        for owner in owners if first else ():
            told = wish_screen(site, catalogue(owner.language))
            tx.say(owner.target, told.to_json(), edits=None, now=self._clock())
        return suggested_screen(site, say, first=first)

    def _tending(self, tx: Tx, chat: Chat, say: Catalogue, token: str) -> Tending:
        return Tending(tx=tx, chat=chat, say=say, clock=self._card_clock(), link=self._itself.link, token=token)

    def _card_clock(self) -> CardClock:
        return CardClock(now=self._clock(), zone=self._zone)


def _choice(pressed: Pressed, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    """Answers to a question of ours."""
    match pressed.key, *pressed.values:
        case "enough", *_:
            return Screen(say("wrong.kept"))
        case "refuse", *_:
            return screens.refused(say)
        case "language", code if code in LANGUAGES:
            tx.set_language(chat.target, language_of(code))
            return screens.language_set(catalogue(language_of(code)))
        case "forget", *_:
            subscribe.forget(tx, chat.target)
            tx.meet(chat.target, language=chat.language, now=_NEVER_MET)  # to be told that it is done
            return screens.forgotten(say)
        case "keep", *_:
            return screens.kept(say)
        case _:
            raise UserError("gone")


def _nothing(tx: Tx) -> None:
    """What is not said to us is not answered."""


def _about(tx: Tx, said: Wrote | Pressed, chat: Chat) -> Chat:
    """The chat that is acted on: the person's, or the one that they tend, spoken of in their own language."""
    if said.home is None:
        return chat
    other = tx.known_chat(said.target)
    if other is None:
        raise UserError("gone")
    return replace(other, language=chat.language)


def _ask_at_home(tx: Tx, target: Target, home: Target) -> None:
    """A text that was asked for of the chat that is tended comes from where it is tended."""
    other = tx.known_chat(target)
    if other and other.awaits:
        tx.await_text(target, None)
        tx.await_text(home, other.awaits)


def _title(tx: Tx, target: Target) -> str:
    standing = tx.standing(target)
    return standing.title if standing else ""


def _at_home_again(error: UserError, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    """Who no longer administers the chat that they tended tends their own."""
    tx.manage(chat.target, None)
    raise error


def _follow_what(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    return screens.follow_what(say)


def _search_what(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    tx.await_text(chat.target, "search:0")
    return screens.search_what(say)


_NEVER_MET = datetime(1970, 1, 1, tzinfo=UTC)


def _command(text: str, place: Place, now: datetime, zone: tzinfo, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    match text.split(maxsplit=1)[0].partition("@")[0].lower():
        case "/start" | "/help" if place == "group":
            return screens.group_hello(say)
        case "/start":
            return screens.hello(say)
        case "/help":
            return screens.help_(say)
        case "/list":
            return screens.subscriptions(tx.subscriptions(chat.target), say, now=now, choose=place == "private")
        case "/status":
            watch = vigil(tx.sources(), tx.alert_delays(chat.target, limit=LAST_ALERTS), now=now)
            return screens.status(watch, say, now=now, zone=zone_of(chat.zone, zone))
        case "/language":
            return screens.languages(say)
        case "/export":
            return export(tx, chat, say)
        case "/import":
            return screens.import_what(say)
        case "/stop":
            return screens.stop(len(tx.subscriptions(chat.target)), say)
        case _:
            raise UserError("no_command")
