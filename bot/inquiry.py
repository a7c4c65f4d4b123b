"""What is found out before a person can be answered: each question becomes an act of a transaction."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, tzinfo
from functools import partial

from bot import screens
from bot.heard import Pressed
from bot.link import seen_screen, unseen_screen, unwatched_screen
from bot.preview import Preview, Variant, preview
from bot.says import Catalogue
from bot.screen import Screen, number_of, press, zone_of
from bot.search import past_screen
from bot.why import grounds_of, why_screen
from bot.wrong import effect_screen, which_screen, wrong_screen
from core.address import canonical as canonical_address
from core.concept import concepts_since
from core.errors import UserError
from core.exclusion import KINDS, Exclusion, Kind, effect, exclusions
from core.linguist import Linguist
from core.lookback import LookBack, look_back, sample_of
from core.model import AlertId, ArticleId, QueryId, Subscription, SubscriptionId, Target
from core.past import past
from core.ports import Clock, Grounds, Store, Tx
from core.query import Query, canonical, parse, suggestion, variants
from core.query.mistakes import QueryMistake
from core.sighting import verdicts
from core.subscribe import Chat
from core.watched import place_of, watching

Act = Callable[[Tx, Chat, Catalogue], Screen]
"""What a person did comes to in a transaction; it may run twice."""
_LAST_PAGE = 1000
"""Whoever asks for a later one did not come to it by a button."""


class Inquiry:
    """Reads the store and asks the matcher, outside of any writing transaction."""

    def __init__(self, *, store: Store, linguist: Linguist, clock: Clock, zone: tzinfo) -> None:
        self._store = store
        self._linguist = linguist
        self._concepts_of = -1
        self._clock = clock
        self._zone = zone

    async def query(self, text: str, *, instead_of: SubscriptionId | None = None) -> Act:
        """What a query would have caught, and what can be done with it."""
        try:
            query = parse(text)
        except UserError as error:
            return partial(_mistaken, error, text, "look", instead_of, self._clock)
        linguist = await self.knowing()
        meaning = linguist.meaning(query)
        now = self._clock()
        back = await self._store.read(lambda tx: look_back(tx, meaning, linguist, now=now))
        beside = _beside(query, back, linguist)

        def show(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            shown = Preview(
                meaning=meaning,
                back=back,
                query=_offered(tx, chat.target, query, now=now),
                variants=tuple((variant, _offered(tx, chat.target, other, now=now)) for variant, other in beside),
                proposed=suggestion(text),
                instead_of=instead_of,
            )
            return preview(shown, say, now=now, zone=zone_of(chat.zone, self._zone))

        return show

    async def look(self, said: Pressed) -> Act:
        """Another query that was offered under an answer: it is looked back for in the same message."""
        try:
            query, instead_of = map(number_of, said.values)
        except (UserError, ValueError):
            return gone
        typed = await self._store.read(lambda tx: tx.offered(said.target, QueryId(query)))
        return gone if typed is None else await self.query(typed, instead_of=SubscriptionId(instead_of) or None)

    async def page(self, said: Pressed) -> Act:
        """A page of what an offered query would have brought in the last month."""
        try:
            query, page, before, instead_of = map(number_of, said.values)
        except (UserError, ValueError):
            return gone
        typed = await self._store.read(lambda tx: tx.offered(said.target, QueryId(query)))
        if typed is None or page > _LAST_PAGE:
            return gone
        instead = SubscriptionId(instead_of) or None
        return await self.past(typed, page=page, before=ArticleId(before) or None, instead_of=instead)

    async def past(
        self,
        text: str,
        *,
        page: int = 0,
        before: ArticleId | None = None,
        instead_of: SubscriptionId | None = None,
    ) -> Act:
        """The stories of the last month that the query would have brought."""
        try:
            query = parse(text)
        except UserError as error:
            return partial(_mistaken, error, text, "past", instead_of, self._clock)
        linguist = await self.knowing()
        meaning = linguist.meaning(query)
        now = self._clock()
        found = await self._store.read(lambda tx: past(tx, meaning, linguist, now=now, page=page, before=before))

        def show(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            number, zone = _offered(tx, chat.target, query, now=now), zone_of(chat.zone, self._zone)
            typed = canonical(query)
            return past_screen(typed, found, number, say, now=now, zone=zone, before=before, instead_of=instead_of)

        return show

    async def link(self, target: Target, url: str, *, suggest: bool) -> Act:
        """What became of the article at an address, or of its site; `suggest`: there are owners to be asked for it."""
        now = self._clock()
        sighting, mine, sources = await self._store.read(
            lambda tx: (tx.sighting(target, canonical_address(url)), tx.subscriptions(target), tx.sources())
        )
        if sighting is not None:
            knowing = await self.knowing()
            found = await asyncio.to_thread(verdicts, sighting, mine, knowing, now=now)
            return lambda tx, chat, say: seen_screen(sighting, found, say, now=now, zone=zone_of(chat.zone, self._zone))
        state, place = watching(url, sources), place_of(url)
        if state is not None:
            return lambda tx, chat, say: unseen_screen(state, place, say, now=now, zone=zone_of(chat.zone, self._zone))
        if not place:
            return lambda tx, chat, say: screens.sorry(UserError("no_link"), say)
        return lambda tx, chat, say: unwatched_screen(place, say, suggest=suggest)

    async def wrong(self, said: Pressed) -> Act:
        """What was wrong with an alert; where it answers several subscriptions, first of which."""
        try:
            (alert,) = map(number_of, said.values)
        except (UserError, ValueError):
            return gone
        case, mine = await self._store.read(
            lambda tx: (tx.alert_grounds(said.target, AlertId(alert)), tx.subscriptions(said.target))
        )
        answered = [one for one in mine if case and (one.label, one.text) in case.queries]
        if not answered:
            return gone
        if len(answered) > 1:
            return lambda tx, chat, say: which_screen(AlertId(alert), answered, say)
        return lambda tx, chat, say: wrong_screen(AlertId(alert), answered[0], say)

    async def less(self, said: Pressed) -> Act:
        """What may be left out of a subscription for the sake of an alert, and what would go with it."""
        try:
            alert, number = map(number_of, said.values[:2])
        except (UserError, ValueError):
            return gone
        case, one = await self._store.read(
            lambda tx: (
                tx.alert_grounds(said.target, AlertId(alert)),
                tx.subscription(said.target, SubscriptionId(number)),
            )
        )
        kind = next((kind for kind in KINDS if (kind,) == said.values[2:]), None)
        if case is None or one is None or (kind is None and len(said.values) > 2):
            return gone
        if kind is None:
            return lambda tx, chat, say: wrong_screen(AlertId(alert), one, say)
        return await self._less(case, one, kind)

    async def _less(self, case: Grounds, one: Subscription, kind: Kind) -> Act:
        linguist, query, now = await self.knowing(), parse(one.text), self._clock()
        article = case.view.article

        def found_out() -> list[Exclusion]:
            sample = sample_of(article, linguist.meaning(query), linguist)
            return exclusions(kind, article, sample.spans if sample else (), query, linguist)

        found = await asyncio.to_thread(found_out)
        without = [exclusion.query for exclusion in found]
        told = await self._store.read(lambda tx: effect(tx, query, without, linguist, now=now))

        def show(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
            offered = [(exclusion, _offered(tx, chat.target, exclusion.query, now=now)) for exclusion in found]
            return effect_screen(case.view.alert, one, kind, offered, told, say)

        return show

    async def why(self, said: Pressed) -> Act:
        """Why an alert was sent: its words are found anew, as they are looked for now."""
        try:
            (alert,) = map(number_of, said.values)
        except (UserError, ValueError):
            return gone
        case = await self._store.read(lambda tx: tx.alert_grounds(said.target, AlertId(alert)))
        if case is None:
            return gone
        found = await asyncio.to_thread(grounds_of, case, await self.knowing())
        return lambda tx, chat, say: why_screen(case, found, say)

    async def knowing(self) -> Linguist:
        """The languages, with the concepts as they are now."""
        since = self._concepts_of
        generation, concepts = await self._store.read(lambda tx: (tx.generation(), concepts_since(tx, since)))
        if concepts is not None:
            self._linguist = await asyncio.to_thread(self._linguist.knowing, concepts)
        self._concepts_of = generation
        return self._linguist


def gone(tx: Tx, chat: Chat, say: Catalogue) -> Screen:
    """What was asked for is not there any more."""
    raise UserError("gone")


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
    key: str,
    instead_of: SubscriptionId | None,
    clock: Clock,
    tx: Tx,
    chat: Chat,
    say: Catalogue,
) -> Screen:
    """What is wrong with a query, and what was likely meant as a button that goes on where the person wanted to go."""
    corrected = error.corrected if isinstance(error, QueryMistake) else None
    if corrected is None:
        return screens.sorry(error, say, typed=text)
    number = _offered(tx, chat.target, parse(corrected), now=clock())
    where = (number, 0, 0, instead_of or 0) if key == "past" else (number, instead_of or 0)
    return screens.sorry(error, say, typed=text, corrected=press(say.plain("query.so"), key, *where))
