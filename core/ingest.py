"""The way of an article: kept once, put into its story, told to those who asked for it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from core.address import canonical, channel_address, outlet_of
from core.body import below_headline
from core.growth import Growth
from core.linguist import Linguist, sources_of
from core.match.port import Article as ReadArticle
from core.match.port import Match
from core.model import ArticleId, Entry, QueryId, Source, SourceId, StoryId
from core.plain import marks, own_text
from core.story import (
    WINDOW,
    Candidate,
    Follows,
    Gist,
    Joins,
    Length,
    Statistics,
    Verdict,
    gist_of,
    length_of,
    same_story,
)

OLD = timedelta(minutes=30)
"""On a source's first visit, what is older is remembered, not alerted."""

_EARLIEST_YEAR = 1990
_AHEAD = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An entry on its way to become an article: all that can be known without the store."""

    key: str
    """The same for every copy of the article: its canonical address, or the source's own number for it."""
    url: str | None
    outlet: str
    """Who publishes it: the site its address is on; a feed's own address may be an aggregator's."""
    title: str
    text: str
    published: datetime
    gist: Gist
    words: tuple[str, ...]
    """Every key of title and text, parts of hyphenated words included, for looking back."""
    matches: tuple[Match, ...]
    told: bool
    """False for what was old already when its source was first visited."""
    presumed: bool = False
    """True for what was told before a restore, as far as anybody knows: its story counts as told, without a message."""
    guid: str | None = None
    """The source's own number for it, where that is not its address."""
    page_missing: bool = False
    """True where the text is a summary for now, because the article's page could not be read."""
    marks: tuple[int, ...] = ()
    """Of the paragraphs that it was printed with, those left out included (`core.plain`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWish:
    """An article whose page is to be tried again."""

    article: ArticleId
    story: StoryId
    source: Source
    entry: Entry
    told: bool
    tries: int
    """Tries so far, this one included."""


@dataclass(frozen=True, slots=True)
class Wording:
    """An article as its source words it now."""

    title: str
    text: str | None
    """`None` where the source does not give it, or may give another each time: what is kept stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """An article that its source words otherwise than it is known."""

    article: ArticleId
    key: str
    story: StoryId
    text: str | None
    """As it is kept, perhaps its page's; `None` where the source gives another now."""
    told: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What an ingest did."""

    articles: int
    alerts: int


@dataclass(frozen=True, slots=True)
class Stale:
    """Subscriptions changed since the articles were matched: match again, nothing was written."""


PAGE_PAUSES = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""After which a page that could not be read is tried again; then its summary stays."""


def page_due(tries: int, *, now: datetime) -> datetime | None:
    """When to try a page again after so many tries more, or `None` to leave it."""
    return now + PAGE_PAUSES[tries] if tries < len(PAGE_PAUSES) else None


class Matching(Protocol):
    """Everything that is followed, and the languages that articles are read in (`core.match.followed`)."""

    @property
    def linguist(self) -> Linguist: ...

    def match(self, article: ReadArticle) -> Sequence[Match]:
        """Every query that the article answers."""


class IngestTx(Protocol):
    """What taking articles in needs of the store."""

    def generation(self) -> int: ...
    def add_article(self, source: Source, prepared: Prepared, *, now: datetime) -> ArticleId | None: ...
    def story_candidates(self, gist: Gist, *, since: datetime) -> tuple[Sequence[Candidate], Statistics]: ...
    def statistics(self, gist: Gist) -> Statistics: ...
    def unite_stories(self, story: StoryId, other: StoryId, *, growth: Growth, now: datetime) -> bool: ...
    def keep_length(self, article: ArticleId, length: Length) -> None: ...
    def count_lemmas(self, lemmas: frozenset[str]) -> None: ...
    def open_story(
        self, article: ArticleId, *, reason: str, follows: Follows | None = None, now: datetime
    ) -> StoryId: ...
    def join_story(self, article: ArticleId, story: StoryId, *, reason: str, now: datetime) -> None: ...
    def count_paragraphs(self, source: SourceId, marks: Collection[int], *, now: datetime) -> None:
        """An article of the source has these paragraphs."""

    def amend_article(self, article: ArticleId, prepared: Prepared) -> None: ...
    def revise_article(self, article: ArticleId, prepared: Prepared, *, now: datetime) -> None: ...
    def story_of(self, key: str) -> StoryId | None: ...
    def add_matches(self, article: ArticleId, matches: Sequence[Match]) -> None: ...
    def add_alerts(self, story: StoryId, article: ArticleId, queries: Sequence[QueryId], *, now: datetime) -> int: ...
    def presume_alerts(
        self, story: StoryId, article: ArticleId, queries: Sequence[QueryId], *, now: datetime
    ) -> None: ...
    def grow_alerts(self, story: StoryId, *, growth: Growth, now: datetime, led_by: ArticleId | None = None) -> int: ...


def key_of(entry: Entry, source: Source) -> str:
    """What makes two entries one article."""
    if entry.url:
        return canonical(entry.url)
    return f"{source.id}:{entry.guid or entry.title}"


def own_numbers(entries: Sequence[Entry]) -> dict[str, datetime]:
    """When entries appeared, by the source's own numbers, of those whose number and moment no other entry has.

    An article that goes on under another address keeps both; feeds that number by place, or date by now, keep neither.
    """
    numbers, moments = Counter(entry.guid for entry in entries), Counter(entry.published for entry in entries)
    return {
        entry.guid: entry.published
        for entry in entries
        if entry.url
        and entry.guid
        and entry.published
        and entry.guid != entry.url
        and numbers[entry.guid] == moments[entry.published] == 1
    }


def wording_of(entry: Entry, *, edits: bool) -> Wording:
    """As it would be kept; its text counts only where its source edits texts in place."""
    text = below_headline(entry.title, entry.text) if edits and entry.text is not None else None
    return Wording(entry.title, text)


def prepare(
    entry: Entry, source: Source, *, followed: Matching, now: datetime, repeated: Collection[int] = frozenset()
) -> Prepared:
    """Normalises and matches an entry, without the paragraphs that its source is known to repeat; pure."""
    printed = below_headline(entry.title, entry.text or entry.summary)
    text = own_text(printed, repeated) if is_learnt(source) else printed
    outlet = outlet_of(entry.url, source.outlet) if entry.url else source.outlet
    linguist = followed.linguist
    read = linguist.read(entry.title, text, sources=sources_of(outlet, entry.url, source.name))
    published = trusted_time(entry.published, now=now)
    told, presumed = _news(source, published, believed=published == entry.published, now=now)
    return Prepared(
        key=key_of(entry, source),
        url=entry.url,
        outlet=outlet,
        title=entry.title,
        text=text,
        published=published,
        gist=gist_of(entry.title, text, linguist, entry.language or linguist.language(entry.title, text)),
        words=tuple(
            word.key for passage in read.passages for at in range(len(passage.words)) for word in passage.at(at)
        ),
        matches=tuple(followed.match(read)),
        told=told,
        presumed=presumed,
        guid=entry.guid if entry.url and entry.guid != entry.url else None,
        page_missing=entry.page_missing,
        marks=marks(printed) if is_learnt(source) and not entry.page_missing else (),
    )


def is_learnt(source: Source) -> bool:
    """Whether what its articles repeat is left out: a channel edits its posts, which are compared as they stand."""
    return channel_address(source.url) is None


def _news(source: Source, published: datetime, *, believed: bool, now: datetime) -> tuple[bool, bool]:
    """Whether an entry is to be told, and whether it counts as told already.

    A date that is not believed tells nothing: on a first visit such an entry may be years old.
    """
    if source.told_until is not None:
        new = believed and published > source.told_until
        return new, not new
    return source.visited or (believed and published >= now - OLD), False


def rematch(prepared: Prepared, source: Source, *, followed: Matching, queries: frozenset[QueryId]) -> Prepared:
    """The same, with the matches of the changed queries as they are now."""
    sources = sources_of(prepared.outlet, prepared.url, source.name)
    found = followed.match(followed.linguist.read(prepared.title, prepared.text, sources=sources))
    kept = [match for match in prepared.matches if match.query not in queries]
    return replace(prepared, matches=(*kept, *(match for match in found if match.query in queries)))


def trusted_time(published: datetime | None, *, now: datetime) -> datetime:
    """The source's word for when it was published, unless it is missing, ahead of now or from before the web."""
    if published is None or published > now + _AHEAD or published.year < _EARLIEST_YEAR:
        return now
    return published


def ingest(
    tx: IngestTx, *, source: Source, prepared: Sequence[Prepared], generation: int, growth: Growth, now: datetime
) -> Taken | Stale:
    """Takes articles in, all or nothing. An article known already changes nothing."""
    if tx.generation() != generation:
        return Stale()
    articles = alerts = 0
    for one in prepared:
        article = tx.add_article(source, one, now=now)
        if article is None:
            continue
        articles += 1
        tx.count_paragraphs(source.id, one.marks, now=now)
        alerts += _tell(tx, source, article, one, growth=growth, now=now)
    return Taken(articles, alerts)


def amend(tx: IngestTx, *, wish: PageWish, prepared: Prepared, generation: int, now: datetime) -> Taken | Stale:
    """Puts the text of the page in place of the summary; whoever asked for a word in it hears now."""
    if tx.generation() != generation:
        return Stale()
    tx.amend_article(wish.article, prepared)
    tx.count_paragraphs(wish.source.id, prepared.marks, now=now)
    tx.add_matches(wish.article, prepared.matches)
    if not wish.told:
        return Taken(0, 0)
    queries = [match.query for match in prepared.matches]
    return Taken(0, tx.add_alerts(wish.story, wish.article, queries, now=now))


def revise(
    tx: IngestTx, *, known: Revised, prepared: Prepared, generation: int, growth: Growth, now: datetime
) -> Taken | Stale:
    """Gives an article its new headline or text, and keeps the old headline; messages that it leads are edited.

    Whoever asked for a word in it and was told nothing of its story hears now; nobody hears twice.
    """
    if tx.generation() != generation:
        return Stale()
    tx.revise_article(known.article, prepared, now=now)
    tx.add_matches(known.article, prepared.matches)
    tx.grow_alerts(known.story, growth=growth, now=now, led_by=known.article)
    if not known.told:
        return Taken(0, 0)
    queries = [match.query for match in prepared.matches]
    return Taken(0, tx.add_alerts(known.story, known.article, queries, now=now))


def _tell(tx: IngestTx, source: Source, article: ArticleId, one: Prepared, *, growth: Growth, now: datetime) -> int:
    story, verdict = place(tx, source, article, one, now=now)
    tx.add_matches(article, one.matches)
    if isinstance(verdict, Joins):
        tx.grow_alerts(story, growth=growth, now=now)
        for other in verdict.also:
            tx.unite_stories(story, other, growth=growth, now=now)
    queries = [match.query for match in one.matches]
    if one.presumed:
        tx.presume_alerts(story, article, queries, now=now)
    return tx.add_alerts(story, article, queries, now=now) if one.told else 0


def place(tx: IngestTx, source: Source, article: ArticleId, one: Prepared, *, now: datetime) -> tuple[StoryId, Verdict]:
    """Puts an article into its story, or opens one; the verdict's reason is kept with the article."""
    candidates, statistics = tx.story_candidates(one.gist, since=now - WINDOW)
    tx.keep_length(article, length_of(one.gist, statistics))
    verdict = same_story(one.gist, one.outlet, candidates, statistics)
    tx.count_lemmas(one.gist.kept())
    if isinstance(verdict, Joins):
        tx.join_story(article, verdict.story, reason=verdict.reason, now=now)
        return verdict.story, verdict
    return tx.open_story(article, reason=verdict.reason, follows=verdict.follows, now=now), verdict
