"""A message in, a sentence out: what a person did becomes one transaction, effect and answer together."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import partial

from bot import screens
from bot.alerts import alert_screen
from bot.heard import Added, Back, Left, Pressed, Rights, Said, Upgraded, Wrote
from bot.membership import joined
from bot.says import Catalogue, catalogue
from bot.screen import Screen
from core import subscribe
from core.concept import concepts_since
from core.errors import UserError
from core.linguist import Linguist
from core.lookback import look_back
from core.model import AlertId, MessageId, QueryId, SubscriptionId
from core.ports import Clock, Store, Tx
from core.query import canonical, parse, suggestion
from core.subscribe import Chat, language_of

Work = Callable[[Tx], None]
"""A transaction: it may run twice, and leaves an answer in the outbox."""


class People:
    """Understands people; knows nothing of Telegram."""

    def __init__(self, *, store: Store, linguist: Linguist, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._linguist = linguist
        self._concepts_of = -1
        self._clock = clock
        self._zone = zone

    async def answer(self, said: Said) -> Work:
        """What is to be done, found out before the transaction begins."""
        match said:
            case Left() | Back() | Added() | Rights() | Upgraded():
                return lambda tx: joined(said, tx, now=self._clock())
            case Wrote(text=None):
                return self._saying(said, lambda tx, chat, say: screens.sorry(UserError("not_text"), say))
            case Wrote(text=str(text)) if text.startswith("/"):
                return self._saying(said, partial(_command, text))
            case Wrote(text=str(text)):
                return await self._query(said, text)
            case Pressed():
                return self._saying(said, partial(self._button, said), edits=said.message)
        raise AssertionError(said)

    async def _query(self, said: Wrote, text: str) -> Work:
        try:
            query = parse(text)
        except UserError as error:
            sorry = error
            return self._saying(said, lambda tx, chat, say: screens.sorry(sorry, say, typed=text))
        linguist = await self._knowing()
        meaning = linguist.meaning(query)
        now = self._clock()
        back = await self._store.read(lambda tx: look_back(tx, meaning, linguist, now=now))

        def preview(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            number = tx.intern_query(canonical(query))
            tx.offer(chat.target, number, now=now)
            proposed = suggestion(text)
            return screens.preview(meaning, back, number, say, now=now, zone=self._zone, proposed=proposed)

        return self._saying(said, preview)

    async def _knowing(self) -> Linguist:
        """The languages, with the concepts as they are now."""
        since = self._concepts_of
        generation, concepts = await self._store.read(lambda tx: (tx.generation(), concepts_since(tx, since)))
        if concepts is not None:
            self._linguist = await asyncio.to_thread(self._linguist.knowing, concepts)
        self._concepts_of = generation
        return self._linguist

    def _saying(
        self, said: Wrote | Pressed, act: Callable[[Tx, Chat, Catalogue], Screen], *, edits: MessageId | None = None
    ) -> Work:
        """Meets the chat, acts, and says what came of it; a mistake of the person's is a sentence too."""

        def work(tx: Tx) -> None:
            now = self._clock()
            chat = tx.meet(said.target, language=language_of(said.language_code), now=now)
            say = catalogue(chat.language)
            try:
                screen = act(tx, chat, say)
            except UserError as error:
                screen = screens.sorry(error, say)
            tx.say(said.target, screen.to_json(), edits=edits, now=now)

        return work

    def _button(self, pressed: Pressed, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        """A button may be as old as the chat: whatever it names is looked up anew, for this chat alone."""
        match pressed.key, *pressed.values:
            case "follow", query:
                return self._follow(QueryId(_number(query)), tx, chat, say)
            case "list", page:
                return screens.subscriptions(tx.subscriptions(chat.target), say, page=_number(page))
            case ("pause" | "resume") as turn, number, page:
                subscribe.pause(tx, chat.target, SubscriptionId(_number(number)), paused=turn == "pause")
                return screens.subscriptions(tx.subscriptions(chat.target), say, page=_number(page))
            case "remove", number, _:
                gone = subscribe.remove(tx, chat.target, SubscriptionId(_number(number)), now=self._clock())
                return screens.removed(gone.label, gone.query, say)
            case "mute", alert:
                return self._mute(AlertId(_number(alert)), tx, chat, say)
            case _:
                return _choice(pressed, tx, chat, say)

    def _follow(self, query: QueryId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        label, added = subscribe.follow_offered(tx, chat.target, query, now=self._clock())
        return screens.followed(label, say, again=not added)

    def _mute(self, alert: AlertId, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
        now = self._clock()
        subscribe.mute(tx, chat.target, alert, now=now)
        view = tx.alert_view(alert)
        if view is None:
            raise UserError("gone")
        return alert_screen(view, say, now=now, zone=self._zone)


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


def _command(text: str, tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    match text.split(maxsplit=1)[0].partition("@")[0].lower():
        case "/start":
            return screens.hello(say)
        case "/help":
            return screens.help_(say)
        case "/list":
            return screens.subscriptions(tx.subscriptions(chat.target), say)
        case "/language":
            return screens.languages(say)
        case "/stop":
            return screens.stop(len(tx.subscriptions(chat.target)), say)
        case _:
            raise UserError("no_command")
