"""Stories, and the alerts that tell of them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from core.growth import Growth
from core.match.port import Match, Span
from core.model import AlertId, ArticleId, MessageId, QueryId, StoryId, Target
from core.outbox import PRIORITY
from core.ports import AlertView, Grounds
from core.story import WINDOW, Candidate, Follows, Gist, Length, Statistics, Telling, promising, short
from core.subscribe import MUTED, language_of
from store.followed import either
from store.news import ARTICLE, any_of, article_from
from store.sql import Row, at, change_from, gist_from, listed, ms, span_ms, spans_from, spans_to
from store.threads import Threads

_CANDIDATES = 25
_RAREST = 16
"""Lemmas that candidates are looked for by; ten found 0.88 to 0.98 of the partners in the streams measured."""
_LEAST = 3
"""Lemmas that are looked for however common they are."""
_RANKED = 900
"""Articles that the others among them may add to what is ranked: that is what takes time."""
_CANDIDATES_ABROAD = 12
_RAREST_ABROAD = 12
_RANKED_ABROAD = 400
"""The same for articles of other languages: an echo tells more than a word."""
_NEWEST = 6
"""Tellings of a story that are compared, beside its first and the ones found likely."""


# What of the target's the story answers.
_ANSWERED = either(
    """SELECT u.id, u.label, q.text, u.paused FROM FOLLOWED u JOIN query q ON q.id = u.query_id
       WHERE u.bot_id = :bot AND u.chat_id = :chat AND u.thread_id = :thread
         AND u.query_id IN (SELECT m.query_id FROM article a JOIN article_match m ON m.article_id = a.id
                            WHERE a.story_id = :story)"""
)


class Stories(Threads):
    """Which articles tell the same event."""

    def story_candidates(self, gist: Gist, *, since: datetime) -> tuple[Sequence[Candidate], Statistics]:
        mine = self.statistics(gist)
        likely = self._likely(_telling(gist.lemmas(), mine), since=since)
        heard = _telling(gist.abroad(), mine, rarest=_RAREST_ABROAD, ranked=_RANKED_ABROAD)
        for story, articles in self._likely(heard, since=since, limit=_CANDIDATES_ABROAD).items():
            likely[story] = list(dict.fromkeys((*likely.get(story, ()), *articles)))
        candidates = promising(gist, self._candidates(likely), mine)
        compared = {lemma for one in candidates for telling in one.tellings for lemma in short(telling.gist)}
        theirs = self._holding(compared - mine.holding.keys())
        return candidates, Statistics(articles=mine.articles, holding={**mine.holding, **theirs})

    def _likely(
        self, lemmas: Sequence[str], *, since: datetime, limit: int = _CANDIDATES
    ) -> dict[StoryId, list[ArticleId]]:
        """Stories not yet over, each with the articles of it that share the rarest lemmas; likeliest first."""
        if not lemmas:
            return {}
        rows = self._rows(
            """WITH found AS MATERIALIZED (
                 SELECT rowid AS id, bm25(article_index) AS rank FROM article_index
                 WHERE article_index MATCH :lemmas AND rowid >= (SELECT coalesce(min(id), 0) FROM (
                   SELECT id FROM (SELECT id FROM article WHERE seen >= :since ORDER BY seen, id LIMIT 1)
                   UNION ALL SELECT id FROM (SELECT id FROM article WHERE seen > :now ORDER BY seen, id LIMIT 1)))
                 ORDER BY rank, rowid LIMIT :limit)
               SELECT a.id, a.story_id FROM found JOIN article a ON a.id = found.id
               WHERE a.story_id IS NOT NULL AND a.seen >= :since ORDER BY found.rank, a.id""",
            lemmas=any_of("lemmas", frozenset(lemmas)),
            since=ms(since),
            now=ms(since + WINDOW),  # later ones are of before the clock was set back
            limit=limit + 1,  # the article itself is in the index already
        )
        likely: dict[StoryId, list[ArticleId]] = {}
        for article, story in rows:
            likely.setdefault(StoryId(story), []).append(ArticleId(article))
        return likely

    def _candidates(self, likely: dict[StoryId, list[ArticleId]]) -> list[Candidate]:
        checked = self._first_and_newest(likely)
        wanted = {article for story, articles in likely.items() for article in (*checked[story], *articles)}
        tellings = self._tellings(wanted)
        return [
            Candidate(
                story=story,
                checked=tuple(tellings[article] for article in checked[story]),
                tellings=tuple(tellings[article] for article in dict.fromkeys((*checked[story], *articles))),
            )
            for story, articles in likely.items()
        ]

    def _first_and_newest(self, stories: Iterable[StoryId]) -> dict[StoryId, list[ArticleId]]:
        rows = self._rows(
            """SELECT s.value, a.id FROM json_each(:stories) s JOIN article a ON a.story_id = s.value
               WHERE a.id = (SELECT min(id) FROM article WHERE story_id = s.value)
                  OR a.id >= coalesce((SELECT id FROM article WHERE story_id = s.value
                                       ORDER BY id DESC LIMIT 1 OFFSET :newest - 1), 0)
               ORDER BY a.id""",
            stories=listed(stories),
            newest=_NEWEST,
        )
        checked: dict[StoryId, list[ArticleId]] = {}
        for story, article in rows:
            checked.setdefault(StoryId(story), []).append(ArticleId(article))
        return checked

    def _tellings(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Telling]:
        rows = self._rows(
            """SELECT id, outlet, gist, length, length_of, length_echoing FROM article
               WHERE id IN (SELECT value FROM json_each(:articles))""",
            articles=listed(articles),
        )
        return {
            ArticleId(number): Telling(
                outlet=outlet, gist=gist_from(gist), length=Length(whole / 1000, articles, echoing / 1000)
            )
            for number, outlet, gist, whole, articles, echoing in rows
        }

    def keep_length(self, article: ArticleId, length: Length) -> None:
        self._run(
            """UPDATE article SET length = :length, length_of = :articles, length_echoing = :echoing
               WHERE id = :id""",
            id=article,
            length=round(length.whole * 1000),
            articles=length.articles,
            echoing=round(length.echoing * 1000),
        )

    def statistics(self, gist: Gist) -> Statistics:
        holding = self._holding(gist.kept() | gist.abroad())
        seen = self._row("SELECT value FROM counter WHERE name = 'articles'")
        return Statistics(articles=seen[0] if seen else 0, holding=holding)

    def _holding(self, lemmas: Collection[str]) -> dict[str, int]:
        """How many articles hold each, of those that any does."""
        rows = self._rows(
            "SELECT lemma, articles FROM lemma WHERE lemma IN (SELECT value FROM json_each(:lemmas))",
            lemmas=listed(lemmas),
        )
        return dict((lemma, count) for lemma, count in rows)

    def count_lemmas(self, lemmas: frozenset[str]) -> None:
        self._run(
            """INSERT INTO lemma (lemma, articles) SELECT value, 1 FROM json_each(:lemmas) WHERE true
               ON CONFLICT (lemma) DO UPDATE SET articles = lemma.articles + 1""",
            lemmas=listed(lemmas),
        )
        self._run("UPDATE counter SET value = value + 1 WHERE name = 'articles'")

    def open_story(self, article: ArticleId, *, reason: str, follows: Follows | None = None, now: datetime) -> StoryId:
        row = self._row("INSERT INTO story (opened, last_told) VALUES (:now, :now) RETURNING id", now=ms(now))
        assert row is not None
        if follows is not None:
            self._put_in_thread(StoryId(row[0]), follows)
        self.join_story(article, StoryId(row[0]), reason=reason, now=now)
        return StoryId(row[0])

    def join_story(self, article: ArticleId, story: StoryId, *, reason: str, now: datetime) -> None:
        self._run(
            "UPDATE article SET story_id = :story, story_reason = :reason WHERE id = :article",
            article=article,
            story=story,
            reason=reason,
        )
        self._run("UPDATE story SET last_told = :now WHERE id = :story", story=story, now=ms(now))

    def article_of(self, key: str) -> ArticleId | None:
        row = self._row("SELECT id FROM article WHERE key = :key", key=key)
        return ArticleId(row[0]) if row else None

    def story_of(self, key: str) -> StoryId | None:
        row = self._row("SELECT story_id FROM article WHERE key = :key", key=key)
        return StoryId(row[0]) if row and row[0] is not None else None


def _telling(
    lemmas: Iterable[str], statistics: Statistics, *, rarest: int = _RAREST, ranked: int = _RANKED
) -> list[str]:
    """Those that tell most: the rarest, as long as few articles hold them."""
    holding = statistics.holding
    known = sorted((lemma for lemma in lemmas if lemma in holding), key=lambda lemma: (holding[lemma], lemma))
    telling, holders = known[:_LEAST], 0
    for lemma in known[_LEAST:rarest]:
        holders += holding[lemma]
        if holders > ranked:
            break
        telling.append(lemma)
    return telling


class Alerts(Threads):
    """Who hears of which story."""

    def add_matches(self, article: ArticleId, matches: Sequence[Match]) -> None:
        for match in matches:
            self._run(
                """INSERT INTO article_match (article_id, query_id, spans) VALUES (:article, :query, :spans)
                   ON CONFLICT (article_id, query_id) DO UPDATE SET spans = excluded.spans""",
                article=article,
                query=match.query,
                spans=spans_to(match.spans),
            )

    def add_alerts(self, story: StoryId, article: ArticleId, queries: Sequence[QueryId], *, now: datetime) -> int:
        story = self._standing_for(story)
        new = self._decide(story, article, queries, now=now)
        self._send_alerts(story, new, now=now)
        self._time_new(new, now=now)
        self._hasten(story, now=now)
        return len(new)

    def presume_alerts(self, story: StoryId, article: ArticleId, queries: Sequence[QueryId], *, now: datetime) -> None:
        self._decide(self._standing_for(story), article, queries, now=now)

    def _send_alerts(self, story: StoryId, alerts: Sequence[int], *, now: datetime) -> None:
        """Puts them on their way, ranked so that stories take turns however many alerts each has.

        Start-time fair queueing (Goyal, Vin and Cheng 1996): a story goes on from its own last rank, or from the rank
        of what leaves now where that is further.
        """
        ranks = self._rows(
            """INSERT INTO delivery (bot_id, chat_id, thread_id, kind, priority, alert_id, rank, due_at, created)
               SELECT a.bot_id, a.chat_id, a.thread_id, 'alert', :priority, a.id,
                      CASE WHEN p.reached > s.rank THEN p.reached ELSE s.rank END
                        + row_number() OVER (PARTITION BY a.bot_id ORDER BY a.id),
                      :now, :now
               FROM alert a JOIN story s ON s.id = a.story_id LEFT JOIN pacer p ON p.bot_id = a.bot_id
               WHERE a.id IN (SELECT value FROM json_each(:alerts)) ORDER BY a.id RETURNING rank""",
            alerts=listed(alerts),
            priority=PRIORITY["alert"],
            now=ms(now),
        )
        if ranks:
            self._run("UPDATE story SET rank = :rank WHERE id = :story", story=story, rank=max(row[0] for row in ranks))

    def grow_alerts(self, story: StoryId, *, growth: Growth, now: datetime, led_by: ArticleId | None = None) -> int:
        """An alert that left is edited at the next time for it, once for all that came until then.

        One that waits needs none, and one that left too long ago gets none. `led_by`: only alerts of that article.
        """
        return self._grow(self._standing_for(story), growth=growth, now=now, led_by=led_by)

    def _grow(
        self,
        story: StoryId,
        *,
        growth: Growth | None,
        now: datetime,
        led_by: ArticleId | None = None,
    ) -> int:
        """Without a schedule all are edited at once, however long ago they left."""
        rows = self._rows(
            """INSERT INTO delivery (bot_id, chat_id, thread_id, kind, priority, alert_id, due_at, rank, created)
               SELECT bot_id, chat_id, thread_id, 'growth', :priority, id, due, due, :now
               FROM (SELECT a.bot_id, a.chat_id, a.thread_id, a.id,
                            coalesce((SELECT min(coalesce(d.settled, :now) + step.value) FROM json_each(:growth) step
                                      WHERE coalesce(d.settled, :now) + step.value > :now), :at_once) AS due
                     FROM alert a
                     JOIN delivery d ON d.alert_id = a.id AND d.kind = 'alert'
                       AND d.state IN ('sending', 'sent', 'unknown')
                     JOIN chat c ON c.bot_id = a.bot_id AND c.chat_id = a.chat_id
                     WHERE a.story_id = :story AND (a.muted_at IS NULL OR a.muted_at <= :unmuted) AND c.gone IS NULL
                       AND (:led_by IS NULL OR a.article_id = :led_by)
                       AND (d.settled IS NULL OR a.message_id IS NOT NULL)) AS grown
               WHERE due IS NOT NULL
               ON CONFLICT (alert_id) WHERE kind = 'growth' AND state = 'pending' DO NOTHING RETURNING id""",
            story=story,
            led_by=led_by,
            at_once=ms(now) if growth is None else None,
            priority=PRIORITY["growth"],
            growth=listed(map(span_ms, growth or ())),
            unmuted=ms(now - MUTED),
            now=ms(now),
        )
        return len(rows)

    def alert_view(self, alert: AlertId) -> AlertView | None:
        row = self._row(
            f"""SELECT {ARTICLE}, t.message_id, t.muted_at, c.language, t.chat_id, t.bot_id, t.thread_id, c.zone,
                       t.follows, y.change, t.told_in
                FROM alert t JOIN story y ON y.id = t.story_id
                JOIN article a ON a.id = t.article_id JOIN source s ON s.id = a.source_id
                JOIN chat c ON c.bot_id = t.bot_id AND c.chat_id = t.chat_id
                WHERE t.id = :alert""",
            alert=alert,
        )
        if row is None:
            return None
        article = article_from(row[:7])
        return AlertView(
            alert=alert,
            language=language_of(row[9]),
            article=article,
            source_name=article.outlet,
            spans=self._spans(row, article.id),
            labels=self._labels(row, article.story),
            also=self._also(article.story, article.id),
            message=MessageId(row[7]) if row[7] is not None else None,
            muted_until=at(row[8]) + MUTED if row[8] is not None else None,
            zone=row[13],
            answers=row[14] is not None,
            change=change_from(row[15]),
            told_in=self._headline(row[16]),
        )

    def _headline(self, alert: int | None) -> str | None:
        row = self._row("SELECT r.title FROM alert a JOIN article r ON r.id = a.article_id WHERE a.id = :id", id=alert)
        return row[0] if row else None

    def alert_grounds(self, target: Target, alert: AlertId) -> Grounds | None:
        row = self._row(
            """SELECT r.story_reason, t.story_id, (SELECT count(*) FROM article WHERE story_id = t.story_id)
               FROM alert t JOIN article r ON r.id = t.article_id
               WHERE t.id = :alert AND t.bot_id = :bot AND t.chat_id = :chat AND t.thread_id = :thread""",
            alert=alert,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        view = self.alert_view(alert) if row else None
        if row is None or view is None:
            return None
        queries = self._rows(
            f"SELECT id, label, text FROM ({_ANSWERED}) ORDER BY id",
            story=row[1],
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        named = tuple((label, text) for _, label, text in queries)
        return Grounds(view=view, queries=named, reason=row[0], articles=row[2])

    def _spans(self, row: Row, article: ArticleId) -> tuple[Span, ...]:
        """The words of the article that this chat's own queries found."""
        found = self._rows(
            either(
                """SELECT m.spans FROM article_match m JOIN FOLLOWED u ON u.query_id = m.query_id
                   WHERE m.article_id = :article AND u.bot_id = :bot AND u.chat_id = :chat AND u.thread_id = :thread
                     AND u.query_id IN (SELECT query_id FROM article_match WHERE article_id = :article)"""
            ),
            article=article,
            chat=row[10],
            bot=row[11],
            thread=row[12],
        )
        return tuple(dict.fromkeys(span for (spans,) in found for span in spans_from(spans)))

    def _labels(self, row: Row, story: StoryId) -> tuple[str, ...]:
        found = self._rows(
            f"SELECT id, label FROM ({_ANSWERED}) WHERE paused = 0 ORDER BY id",
            story=story,
            chat=row[10],
            bot=row[11],
            thread=row[12],
        )
        return tuple(label for _, label in found)

    def _also(self, story: StoryId, article: ArticleId) -> tuple[tuple[str, str | None], ...]:
        """The other outlets of the story, each by its first telling."""
        found = self._rows(
            """SELECT s.name, a.url FROM article a JOIN source s ON s.id = a.source_id
               WHERE a.id IN (SELECT min(b.id) FROM article b WHERE b.story_id = :story GROUP BY b.outlet)
                 AND a.outlet <> (SELECT outlet FROM article WHERE id = :article)
               ORDER BY a.id""",
            story=story,
            article=article,
        )
        return tuple((name, url) for name, url in found)
