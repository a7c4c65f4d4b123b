"""Sources, and the articles they gave."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime, timedelta

from core.ingest import PageWish, Prepared, Revised, Wording, page_due
from core.model import Article, ArticleId, Entry, Field, Listing, QueryId, Source, SourceId, StoryId, Validators
from core.ports import SourceState
from core.site import site_of
from store.memories import memory_from, memory_to
from store.sql import Row, Statements, at, gist_to, listed, maybe_at, maybe_ms, ms, span_ms, spans_from, spans_to

_SOURCE = (
    "id, url, name, outlet, every, etag, last_modified, visited, failures, epoch, last_reason, last_status, memory, "
    "listing"
)
_WIDTH = len(_SOURCE.split(", "))
_STATE = f"""{_SOURCE}, due_at, last_visit, last_new, retired,
              (SELECT count(*) FROM article WHERE source_id = source.id)"""
_TOLD_UNTIL = """CASE WHEN visited = 0 AND added_at <= (SELECT value FROM counter WHERE name = 'restored')
                      THEN (SELECT value FROM counter WHERE name = 'told_until') END"""
LISTED_ANEW = timedelta(days=1)
"""That an article is still listed is written down this often."""
_ABOVE_ALL = 1 << 62
"""No article has such a number."""
ARTICLE = "a.id, a.story_id, a.title, a.text, a.url, s.name, a.published"


class Sources(Statements):
    """Where news comes from."""

    def add_source(
        self,
        url: str,
        *,
        name: str | None,
        outlet: str,
        every: timedelta | None,
        now: datetime,
        listing: Listing | None = None,
    ) -> SourceId | None:
        row = self._row(
            """INSERT INTO source (url, site, name, named, outlet, every, due_at, added_at, listing)
               VALUES (:url, :site, :name, :named, :outlet, :every, :now, :now, :listing)
               ON CONFLICT (url) DO NOTHING RETURNING id""",
            url=url,
            site=site_of(url),
            name=name or outlet,
            named=int(name is not None),
            outlet=outlet,
            every=span_ms(every) if every else 0,
            now=ms(now),
            listing=_listing_to(listing) if listing else None,
        )
        return SourceId(row[0]) if row else None

    def read_by(self, url: str, listing: Listing, *, now: datetime) -> None:
        """What was read of its bytes was read by the old ones: they count as not read yet."""
        row = self._row("SELECT memory FROM source WHERE url = :url", url=url)
        if row is None:
            return
        self._run(
            """UPDATE source SET listing = :listing, memory = :memory, due_at = :now, etag = NULL, last_modified = NULL
               WHERE url = :url""",
            url=url,
            listing=_listing_to(listing),
            memory=memory_to(replace(memory_from(row[0]), digest="", empty=0)),
            now=ms(now),
        )

    def name_source(self, source: SourceId, name: str) -> None:
        self._run("UPDATE source SET name = :name WHERE id = :source AND named = 0", source=source, name=name)

    def sources(self) -> list[SourceState]:
        return [_state(row) for row in self._rows(f"SELECT {_STATE} FROM source ORDER BY id")]

    def source_state(self, source: SourceId) -> SourceState | None:
        row = self._row(f"SELECT {_STATE} FROM source WHERE id = :id", id=source)
        return _state(row) if row else None

    def claim_sources(self, *, now: datetime, until: datetime, limit: int, busy: Sequence[str] = ()) -> list[Source]:
        rows = self._rows(
            f"""UPDATE source SET lease_until = :until, epoch = epoch + 1
                WHERE id IN (SELECT id FROM (
                    SELECT id, due_at, row_number() OVER (PARTITION BY coalesce(site, id) ORDER BY due_at, id) AS turn
                    FROM source
                    WHERE due_at <= :now AND lease_until <= :now AND retired IS NULL
                      AND coalesce(site, '') NOT IN (SELECT value FROM json_each(:busy))
                  ) AS due WHERE turn = 1 ORDER BY due_at, id LIMIT :limit)
                RETURNING {_SOURCE}, {_TOLD_UNTIL}""",
            now=ms(now),
            until=ms(until),
            busy=listed(busy),
            limit=limit,
        )
        return [replace(source_from(row), told_until=maybe_at(row[_WIDTH])) for row in rows]


class Articles(Statements):
    """What was published."""

    def unseen(self, keys: Sequence[str]) -> frozenset[str]:
        seen = self._rows(
            "SELECT key FROM article WHERE key IN (SELECT value FROM json_each(:keys))", keys=listed(keys)
        )
        return frozenset(keys) - {row[0] for row in seen}

    def numbered(self, source: SourceId, numbers: Mapping[str, datetime]) -> dict[str, str]:
        rows = self._rows(
            """SELECT a.guid, a.key FROM json_each(:numbers) n JOIN article a ON a.guid = n.key
               WHERE a.source_id = :source AND a.published = n.value""",
            numbers=json.dumps({guid: ms(published) for guid, published in numbers.items()}),
            source=source,
        )
        return {guid: key for guid, key in rows}

    def add_article(self, source: Source, prepared: Prepared, *, now: datetime) -> ArticleId | None:
        row = self._row(
            """INSERT INTO article
                 (key, source_id, outlet, url, title, text, gist, published, seen, told, page_due, guid)
               VALUES (:key, :source, :outlet, :url, :title, :text, :gist, :published, :now, :told, :page_due, :guid)
               ON CONFLICT (key) DO NOTHING RETURNING id""",
            key=prepared.key,
            source=source.id,
            outlet=prepared.outlet,
            url=prepared.url,
            title=prepared.title,
            text=prepared.text,
            gist=gist_to(prepared.gist),
            published=ms(prepared.published),
            now=ms(now),
            told=int(prepared.told),
            page_due=maybe_ms(page_due(0, now=now)) if prepared.page_missing else None,
            guid=prepared.guid,
        )
        if row is None:
            return None
        self._index(ArticleId(row[0]), prepared)
        return ArticleId(row[0])

    def amend_article(self, article: ArticleId, prepared: Prepared) -> None:
        self._run(
            "UPDATE article SET text = :text, gist = :gist, page_due = NULL WHERE id = :id",
            id=article,
            text=prepared.text,
            gist=gist_to(prepared.gist),
        )
        self._forget_spans(article, "text")
        self._index_anew(article, prepared)

    def revised(self, source: SourceId, wordings: Mapping[str, Wording], *, since: datetime) -> list[Revised]:
        rows = self._rows(
            """SELECT a.id, a.key, a.story_id, CASE WHEN t.text IS NULL THEN a.text END, a.told
               FROM (SELECT key, json_extract(value, '$[0]') AS title, json_extract(value, '$[1]') AS text
                     FROM json_each(:wordings)) t
               JOIN article a ON a.key = t.key
               WHERE a.source_id = :source AND a.seen >= :since
                 AND (t.title = a.title AND t.text <> a.text
                      OR t.title <> a.title AND t.title <> ''
                        AND NOT EXISTS (SELECT 1 FROM earlier_title e WHERE e.article_id = a.id AND e.title = t.title))
               ORDER BY a.id""",
            wordings=json.dumps({key: [one.title, one.text] for key, one in wordings.items()}, ensure_ascii=False),
            source=source,
            since=ms(since),
        )
        return [
            Revised(article=ArticleId(number), key=key, story=StoryId(story), text=text, told=bool(told))
            for number, key, story, text, told in rows
        ]

    def revise_article(self, article: ArticleId, prepared: Prepared, *, now: datetime) -> None:
        self._run(
            """INSERT INTO earlier_title (article_id, title, until)
               SELECT id, title, :now FROM article WHERE id = :id AND title <> :title
               ON CONFLICT (article_id, title) DO NOTHING""",
            id=article,
            title=prepared.title,
            now=ms(now),
        )
        before = self._row("SELECT title, text FROM article WHERE id = :id", id=article)
        self._run(
            "UPDATE article SET title = :title, text = :text, gist = :gist WHERE id = :id",
            id=article,
            title=prepared.title,
            text=prepared.text,
            gist=gist_to(prepared.gist),
        )
        fields: tuple[Field, Field] = ("title", "text")
        for field, was, now_is in zip(fields, before or (), (prepared.title, prepared.text), strict=False):
            if was != now_is:
                self._forget_spans(article, field)
        self._index_anew(article, prepared)

    def earlier_titles(self, article: ArticleId) -> list[str]:
        rows = self._rows("SELECT title FROM earlier_title WHERE article_id = :id ORDER BY until, title", id=article)
        return [title for (title,) in rows]

    def _forget_spans(self, article: ArticleId, field: Field) -> None:
        """Words of its matches that stood in what is gone; that it matched is why an alert may be waiting."""
        for query, spans in self._rows("SELECT query_id, spans FROM article_match WHERE article_id = :id", id=article):
            self._run(
                "UPDATE article_match SET spans = :spans WHERE article_id = :id AND query_id = :query",
                id=article,
                query=query,
                spans=spans_to([span for span in spans_from(spans) if span.field != field]),
            )

    def _index_anew(self, article: ArticleId, prepared: Prepared) -> None:
        self._run("DELETE FROM article_index WHERE rowid = :id", id=article)
        self._index(article, prepared)

    def _index(self, article: ArticleId, prepared: Prepared) -> None:
        self._run(
            "INSERT INTO article_index (rowid, words, lemmas) VALUES (:id, :words, :lemmas)",
            id=article,
            words=" ".join(prepared.words),
            lemmas=" ".join(sorted(prepared.gist.kept())),
        )

    def claim_pages(self, *, now: datetime, until: datetime, limit: int) -> list[PageWish]:
        claimed = self._rows(
            """UPDATE article SET page_due = :until, page_tries = page_tries + 1
               WHERE id IN (SELECT id FROM article WHERE page_due <= :now ORDER BY page_due, id LIMIT :limit)
               RETURNING id""",
            now=ms(now),
            until=ms(until),
            limit=limit,
        )
        columns = ", ".join(f"s.{name}" for name in _SOURCE.split(", "))
        rows = self._rows(
            f"""SELECT {columns}, a.id, a.story_id, a.url, a.title, a.text, a.published, a.told, a.page_tries
                FROM article a JOIN source s ON s.id = a.source_id
                WHERE a.id IN (SELECT value FROM json_each(:claimed)) ORDER BY a.id""",
            claimed=listed(row[0] for row in claimed),
        )
        return [_wish(row) for row in rows]

    def keep_listed(self, keys: Sequence[str], *, now: datetime) -> None:
        self._run(
            """UPDATE article SET listed = :now
               WHERE key IN (SELECT value FROM json_each(:keys)) AND coalesce(listed, seen) < :before""",
            keys=listed(keys),
            now=ms(now),
            before=ms(now - LISTED_ANEW),
        )

    def put_off_page(self, article: ArticleId, *, due_at: datetime | None) -> None:
        self._run("UPDATE article SET page_due = :due WHERE id = :id", id=article, due=maybe_ms(due_at))

    def articles_holding(
        self, groups: Sequence[frozenset[str]], *, since: datetime, limit: int, before: ArticleId | None = None
    ) -> list[Article]:
        if not groups:
            rows = self._rows(
                f"""SELECT {ARTICLE} FROM article a JOIN source s ON s.id = a.source_id
                    WHERE a.seen >= :since AND (:before IS NULL OR a.id < :before)
                    ORDER BY a.seen DESC, a.id DESC LIMIT :limit""",
                since=ms(since),
                before=before,
                limit=limit,
            )
            return [article_from(row) for row in rows]
        rows = self._rows(
            f"""SELECT {ARTICLE} FROM article_index i
                JOIN article a ON a.id = i.rowid JOIN source s ON s.id = a.source_id
                WHERE article_index MATCH :wanted AND i.rowid >= :first AND i.rowid < :before AND a.seen >= :since
                ORDER BY i.rowid DESC LIMIT :limit""",
            wanted=" AND ".join(any_of("words", group) for group in groups),
            first=self._first_since(since),
            before=_ABOVE_ALL if before is None else before,
            since=ms(since),
            limit=limit,
        )
        return [article_from(row) for row in rows]

    def _first_since(self, since: datetime) -> int:
        row = self._row("SELECT id FROM article WHERE seen >= :since ORDER BY seen, id LIMIT 1", since=ms(since))
        return row[0] if row else 0

    def query_changes(self, since: int) -> list[tuple[QueryId, str, bool]]:
        rows = self._rows(
            """SELECT id, text,
                      EXISTS (SELECT 1 FROM subscription WHERE query_id = query.id AND paused = 0)
                      OR EXISTS (SELECT 1 FROM list_line n JOIN watch_list l ON l.id = n.list_id
                                 WHERE n.query_id = query.id AND n.state <> 'added' AND l.removed = 0)
               FROM query WHERE changed > :since ORDER BY id""",
            since=since,
        )
        return [(QueryId(number), text, bool(followed)) for number, text, followed in rows]

    def generation(self) -> int:
        row = self._row("SELECT value FROM counter WHERE name = 'generation'")
        return row[0] if row else 0


def any_of(column: str, keys: frozenset[str]) -> str:
    """An FTS5 expression: one of the keys (`слово*`: one that begins so) in the column. Keys hold no quotes."""
    quoted = (f'"{key[:-1]}" *' if key.endswith("*") else f'"{key}"' for key in sorted(keys))
    return f"{column} : (" + " OR ".join(quoted) + ")"


def article_from(row: Row) -> Article:
    """An article out of a row of the `ARTICLE` columns."""
    number, story, title, text, url, outlet, published = row
    return Article(
        id=ArticleId(number),
        story=StoryId(story),
        title=title,
        text=text,
        url=url,
        outlet=outlet,
        published=at(published),
    )


def _listing_to(listing: Listing) -> str:
    return json.dumps(asdict(listing), ensure_ascii=False)


def _wish(row: Row) -> PageWish:
    article, story, url, title, text, published, told, tries = row[_WIDTH:]
    entry = Entry(url=url, guid=None, title=title, summary=text, text=None, published=at(published), page_missing=True)
    return PageWish(
        article=ArticleId(article),
        story=StoryId(story),
        source=source_from(row),
        entry=entry,
        told=bool(told),
        tries=tries,
    )


def _state(row: Row) -> SourceState:
    due_at, last_visit, last_new, retired, articles = row[_WIDTH:]
    return SourceState(
        source=source_from(row),
        due_at=at(due_at),
        last_visit=maybe_at(last_visit),
        last_new=maybe_at(last_new),
        last_reason=row[10],
        articles=articles,
        retired=retired,
    )


def source_from(row: Row) -> Source:
    """A source out of a row that begins with the `_SOURCE` columns."""
    number, url, name, outlet, every, etag, last_modified, *visits, memory, listing = row[:_WIDTH]
    visited, failures, epoch, reason, status = visits
    return Source(
        id=SourceId(number),
        url=url,
        name=name,
        outlet=outlet,
        every=timedelta(milliseconds=every) if every else None,
        validators=Validators(etag=etag, last_modified=last_modified),
        visited=bool(visited),
        failures=failures,
        epoch=epoch,
        reason=reason,
        status=status,
        memory=memory_from(memory),
        listing=Listing(**json.loads(listing)) if listing else None,
    )
