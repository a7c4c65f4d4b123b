"""A message in, a sentence out: what a person did becomes one transaction, effect and answer together."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import partial

from bot import card as cards
from bot import screens
from bot.alerts import alert_screen
from bot.card import Clock as CardClock
from bot.heard import Added, Back, Left, Pressed, Rights, Said, Upgraded, Wrote
from bot.membership import joined
from bot.preview import Preview, Variant, preview
from bot.says import Catalogue, catalogue
from bot.screen import Screen, press, zone_of
from bot.tend import KEYS, Tending, awaited
from bot.why import grounds_of, why_screen
from core import subscribe
from core.concept import concepts_since
from core.errors import UserError
from core.linguist import Linguist
from core.lookback import LookBack, look_back
from core.model import AlertId, MessageId, QueryId, SubscriptionId, Target
from core.ports import Clock, Store, Tx
from core.query import Query, canonical, parse, suggestion, variants
from core.query.mistakes import QueryMistake
from core.subscribe import Chat, language_of
from core.vigil import vigil

LAST_ALERTS = 50
"""Of so many a person is told how fast they came."""
Work = Callable[[Tx], None]
"""A transaction: it may run twice, and leaves an answer in the outbox."""
Act = Callable[[Tx, Chat, Catalogue], Screen]


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

    def __init__(self, *, store: Store, linguist: Linguist, clock: Clock, zone: tzinfo, itself: Itself) -> None:
        self._store = store
        self._linguist = linguist
        self._concepts_of = -1
        self._clock = clock
        self._zone = zone
        self._itself = itself

    async def answer(self, said: Said) -> Work:
        """What is to be done, found out before the transaction begins."""
        match said:
            case Left() | Back() | Added() | Rights() | Upgraded():
                return lambda tx: joined(said, tx, now=self._clock())
            case Wrote(text=None):
                return self._saying(said, lambda tx, chat, say: screens.sorry(UserError("not_text"), say))
            case Wrote(text=str(text)) if text.startswith("/"):
                return await self._command(said, text)
            case Wrote(text=str(text)):
                return await self._text(said, text)
            case Pressed(key="look"):
                return await self._look(said)
            case Pressed(key="why"):
                return await self._why(said)
            case Pressed():
                return self._saying(said, partial(self._button, said, self._itself.token()), edits=said.message)
        raise AssertionError(said)

    async def _command(self, said: Wrote, text: str) -> Work:
        """A command; a link that was shared arrives as one."""
        name, _, word = text.partition(" ")
        if name.partition("@")[0].lower() == "/start" and word:
            shared = await self._store.read(lambda tx: tx.shared(word.strip()))
            if shared is not None:
                return await self._query(said, shared)
        return self._saying(said, partial(_command, text, self._clock(), self._zone))

    async def _text(self, said: Wrote, text: str) -> Work:
        """A query, unless the card of a subscription asked for something."""
        awaits = awaited(await self._store.read(lambda tx: tx.known_chat(said.target)))
        match awaits:
            case None:
                return await self._query(said, text)
            case "edit", number:
                return await self._query(said, text, instead_of=number)
            case about, number:
                token = self._itself.token()
                return self._saying(
                    said, lambda tx, chat, say: self._tending(tx, chat, say, token).text(about, number, text)
                )

    async def _look(self, said: Pressed) -> Work:
        """Another query that was offered under an answer: it is looked back for in the same message."""
        try:
            query, instead_of = map(_number, said.values)
        except (UserError, ValueError):
            return self._saying(said, _gone, edits=said.message)
        typed = await self._store.read(lambda tx: tx.offered(said.target, QueryId(query)))
        if typed is None:
            return self._saying(said, _gone, edits=said.message)
        return await self._query(said, typed, instead_of=SubscriptionId(instead_of) or None, edits=said.message)

    async def _why(self, said: Pressed) -> Work:
        """Why an alert was sent, under it: its words are found anew, as they are looked for now."""
        try:
            (alert,) = map(_number, said.values)
        except (UserError, ValueError):
            return self._saying(said, _gone)
        case = await self._store.read(lambda tx: tx.alert_grounds(said.target, AlertId(alert)))
        if case is None:
            return self._saying(said, _gone)
        found = await asyncio.to_thread(grounds_of, case, await self._knowing())
        return self._saying(said, lambda tx, chat, say: why_screen(case, found, say), replies_to=said.message)

    async def _query(
        self,
        said: Wrote | Pressed,
        text: str,
        *,
        instead_of: SubscriptionId | None = None,
        edits: MessageId | None = None,
    ) -> Work:
        try:
            query = parse(text)
        except UserError as error:
            return self._saying(said, partial(_mistaken, error, text, instead_of, self._clock))
        linguist = await self._knowing()
        meaning = linguist.meaning(query)
        now = self._clock()
        back = await self._store.read(lambda tx: look_back(tx, meaning, linguist, now=now))
        beside = _beside(query, back, linguist)

        def show(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            number = _offered(tx, chat.target, query, now=now)
            shown = Preview(
                meaning=meaning,
                back=back,
                query=number,
                variants=tuple((variant, _offered(tx, chat.target, other, now=now)) for variant, other in beside),
                proposed=suggestion(text),
                instead_of=instead_of,
            )
            return preview(shown, say, now=now, zone=zone_of(chat.zone, self._zone))

        return self._saying(said, show, edits=edits)

    async def _knowing(self) -> Linguist:
        """The languages, with the concepts as they are now."""
        since = self._concepts_of
        generation, concepts = await self._store.read(lambda tx: (tx.generation(), concepts_since(tx, since)))
        if concepts is not None:
            self._linguist = await asyncio.to_thread(self._linguist.knowing, concepts)
        self._concepts_of = generation
        return self._linguist

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
            now = self._clock()
            chat = tx.meet(said.target, language=language_of(said.language_code), now=now)
            say = catalogue(chat.language)
            if chat.awaits is not None:
                tx.await_text(said.target, None)
            try:
                screen = act(tx, chat, say)
            except UserError as error:
                screen = screens.sorry(error, say)
            tx.say(said.target, screen.to_json(), edits=edits, replies_to=replies_to, now=now)

        return work

    def _button(self, pressed: Pressed, token: str, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """A button may be as old as the chat: whatever it names is looked up anew, for this chat alone."""
        match pressed.key, *pressed.values:
            case "follow", query:
                return self._follow(QueryId(_number(query)), tx, chat, say)
            case "change", number, query:
                return self._change(SubscriptionId(_number(number)), QueryId(_number(query)), tx, chat, say)
            case "list", page:
                return screens.subscriptions(tx.subscriptions(chat.target), say, now=self._clock(), page=_number(page))
            case "remove", number, *_:
                gone = subscribe.remove(tx, chat.target, SubscriptionId(_number(number)), now=self._clock())
                return screens.removed(gone.label, gone.query, say)
            case "mute", alert:
                return self._mute(AlertId(_number(alert)), tx, chat, say)
            case key, number, *values if key in KEYS:
                return self._tending(tx, chat, say, token).press(key, SubscriptionId(_number(number)), tuple(values))
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

    def _mute(self, alert: AlertId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        now = self._clock()
        subscribe.mute(tx, chat.target, alert, now=now)
        view = tx.alert_view(alert)
        if view is None:
            raise UserError("gone")
        return alert_screen(view, say, now=now, zone=zone_of(view.zone, self._zone))

    def _tending(self, tx: Tx, chat: Chat, say: Catalogue, token: str) -> Tending:
        return Tending(tx=tx, chat=chat, say=say, clock=self._card_clock(), link=self._itself.link, token=token)

    def _card_clock(self) -> CardClock:
        return CardClock(now=self._clock(), zone=self._zone)


def _offered(tx: Tx, target: Target, query: Query, *, now: datetime) -> QueryId:
    number = tx.intern_query(canonical(query))
    tx.offer(target, number, now=now)
    return number


def _beside(query: Query, back: LookBack, linguist: Linguist) -> list[tuple[Variant, Query]]:
    """Queries one step narrower or wider, as far as they would find anything else."""
    ways: tuple[tuple[Variant, Query], ...] = (
        (Variant("exact"), variants.exactly(query)),
        (Variant("forms"), variants.in_all_forms(query)),
        (Variant("abroad"), variants.everywhere(query)),
        (Variant("home"), variants.here_alone(query)),
        *_narrower(query, back),
    )
    wide = linguist.widened(query).node

    def other(variant: Variant, beside: Query) -> bool:
        adds = variant.how != "abroad" or linguist.widened(beside).node != wide
        return adds and canonical(beside) != canonical(query)

    return [(variant, beside) for variant, beside in ways if other(variant, beside)]


def _narrower(query: Query, back: LookBack) -> Iterator[tuple[Variant, Query]]:
    for companion in back.companions:
        with suppress(QueryMistake):  # the query is full
            yield Variant("narrow", companion.word, companion.stories), variants.with_word(query, companion.word)


def _mistaken(
    error: UserError,
    text: str,
    instead_of: SubscriptionId | None,
    clock: Clock,
    tx: Tx,
    chat: Chat,
    say: Catalogue,
) -> Screen:
    """What is wrong with a query, and what was likely meant as a button."""
    corrected = error.corrected if isinstance(error, QueryMistake) else None
    if corrected is None:
        return screens.sorry(error, say, typed=text)
    number = _offered(tx, chat.target, parse(corrected), now=clock())
    return screens.sorry(
        error, say, typed=text, corrected=press(say.plain("query.so"), "look", number, instead_of or 0)
    )


def _gone(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    raise UserError("gone")


def _choice(pressed: Pressed, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    """Answers to a question of ours."""
    match pressed.key, *pressed.values:
        case "refuse", *_:
            return screens.refused(say)
        case "language", ("uk" | "en") as code:
            tx.set_language(chat.target, code)
            return screens.language_set(catalogue(code))
        case "forget", *_:
            subscribe.forget(tx, chat.target)
            tx.meet(chat.target, language=chat.language, now=_NEVER_MET)  # to be told that it is done
            return screens.forgotten(say)
        case "keep", *_:
            return screens.kept(say)
        case _:
            raise UserError("gone")


_NEVER_MET = datetime(1970, 1, 1, tzinfo=UTC)


def _number(value: str) -> int:
    """What a button names; a button that names nothing of ours is as good as gone."""
    if not (value.isascii() and value.isdecimal() and len(value) < 19):
        raise UserError("gone")
    return int(value)


def _command(text: str, now: datetime, zone: tzinfo, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    match text.split(maxsplit=1)[0].partition("@")[0].lower():
        case "/start":
            return screens.hello(say)
        case "/help":
            return screens.help_(say)
        case "/list":
            return screens.subscriptions(tx.subscriptions(chat.target), say, now=now)
        case "/status":
            watch = vigil(tx.sources(), tx.alert_delays(chat.target, limit=LAST_ALERTS), now=now)
            return screens.status(watch, say, now=now, zone=zone_of(chat.zone, zone))
        case "/language":
            return screens.languages(say)
        case "/stop":
            return screens.stop(len(tx.subscriptions(chat.target)), say)
        case _:
            raise UserError("no_command")
