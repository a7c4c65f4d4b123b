"""Stories that turn out to be one, or two: by what their articles say, or by an editor's word."""

from collections.abc import Sequence
from datetime import datetime

from core.growth import Growth
from core.model import ArticleId, QueryId, StoryId, Target
from core.ports import Corrected
from store.sql import at, ms
from store.stories import Alerts, Stories


class Unions(Stories, Alerts):
    """Nothing that was sent is deleted: messages are edited, and go on under the story that stays."""

    def unite_stories(self, story: StoryId, other: StoryId, *, growth: Growth | None, now: datetime) -> bool:
        """The other's articles and alerts become the story's.

        Where a target was told both, its second message says so by an edit; where it waits still, it is not sent.
        Nothing happens, and false is returned, where an editor said of articles of both that they are two. Without a
        schedule of growth all messages are edited at once.
        """
        story, other = self._standing_for(story), self._standing_for(other)
        if story == other or self._kept_apart(story, other):
            return False
        self._give_alerts(story, other)
        self._not_sent_twice(other, now=now)
        self._run("UPDATE article SET story_id = :story WHERE story_id = :other", story=story, other=other)
        self._give_place(story, other)
        self._hasten(story, now=now)
        for one in (story, other):
            self._grow(one, growth=growth, now=now)
        return True

    def _kept_apart(self, story: StoryId, other: StoryId) -> bool:
        row = self._row(
            """SELECT 1 FROM article a JOIN corrected x ON x.article_id = a.id
               JOIN correction c ON c.id = x.correction_id AND c.kind = 'split'
               JOIN corrected y ON y.correction_id = x.correction_id AND y.side <> x.side
               JOIN article b ON b.id = y.article_id
               WHERE a.story_id = :story AND b.story_id = :other LIMIT 1""",
            story=story,
            other=other,
        )
        return row is not None

    def _give_alerts(self, story: StoryId, other: StoryId) -> None:
        """Whoever was told the other alone was told the story; whoever was told both, the first time counts."""
        self._run(
            """UPDATE alert SET told_in = (SELECT t.id FROM alert t WHERE t.story_id = :story
                 AND t.bot_id = alert.bot_id AND t.chat_id = alert.chat_id AND t.thread_id = alert.thread_id)
               WHERE story_id = :other""",
            story=story,
            other=other,
        )
        self._run(
            "UPDATE alert SET story_id = :story WHERE story_id = :other AND told_in IS NULL", story=story, other=other
        )

    def _not_sent_twice(self, other: StoryId, *, now: datetime) -> None:
        """Of two alerts to a target the later one is not sent, unless the first was refused."""
        self._run(
            """UPDATE delivery SET state = 'refused', reason = 'told in another message', settled = :now
               WHERE kind = 'alert' AND state = 'pending' AND bundle IS NULL
                 AND alert_id IN (
                   SELECT a.id FROM alert a WHERE a.story_id = :other AND NOT EXISTS (
                     SELECT 1 FROM delivery f
                     WHERE f.alert_id = a.told_in AND f.kind = 'alert' AND f.state = 'refused'))""",
            other=other,
            now=ms(now),
        )

    def _give_place(self, story: StoryId, other: StoryId) -> None:
        """In time, and in threads."""
        self._run(
            """UPDATE story SET last_told = (SELECT max(last_told) FROM story WHERE id IN (:story, :other))
               WHERE id = :story""",
            story=story,
            other=other,
        )
        self._run("UPDATE story SET united = :story WHERE id = :other OR united = :other", story=story, other=other)
        self._run("UPDATE story SET follows = :story WHERE follows = :other AND id <> :story", story=story, other=other)
        self._run(
            """UPDATE story SET thread = (SELECT coalesce(thread, id) FROM story WHERE id = :story)
               WHERE thread = :other AND id <> :other""",
            story=story,
            other=other,
        )

    def join_corrected(self, story: StoryId, other: StoryId, *, by: Target | None, now: datetime) -> bool:
        """An editor says that two stories are one; false where they are, or one is not known."""
        story, other = self._standing_for(story), self._standing_for(other)
        if story == other or not self._articles(story) or not self._articles(other):
            return False
        self._forget_split(story, other)
        self._correct("joined", by=by, sides=(self._articles(story) + self._articles(other), []), now=now)
        return self.unite_stories(story, other, growth=None, now=now)

    def split_corrected(self, article: ArticleId, *, by: Target | None, now: datetime) -> StoryId | None:
        """An editor says that an article tells another event than its story; it opens one of its own.

        Messages that it leads go with it. Whoever asked for a word in it and was told the old story by another article
        hears of it now. `None` where it is alone, or not known.
        """
        row = self._row("SELECT story_id FROM article WHERE id = :id", id=article)
        others = [one for one in self._articles(StoryId(row[0])) if one != article] if row else []
        if row is None or not others:
            return None
        story = StoryId(row[0])
        self._correct("split", by=by, sides=([article], others), now=now)
        new = self.open_story(article, reason="split by an editor", now=now)
        self._run(
            """UPDATE alert SET story_id = :new, told_in = NULL WHERE article_id = :article
                 AND story_id IN (SELECT id FROM story WHERE id = :story OR united = :story)""",
            new=new,
            story=story,
            article=article,
        )
        queries = self._rows("SELECT query_id FROM article_match WHERE article_id = :article", article=article)
        told = self._row("SELECT told FROM article WHERE id = :article", article=article)
        if told and told[0]:
            self.add_alerts(new, article, [QueryId(query) for (query,) in queries], now=now)
        for one in (story, new):
            self._grow(one, growth=None, now=now)
        return new

    def stories_beside(self, target: Target, story: StoryId, *, limit: int) -> list[tuple[StoryId, str]]:
        rows = self._rows(
            """SELECT s.id, (SELECT a.title FROM article a WHERE a.story_id = s.id ORDER BY a.id LIMIT 1) AS title
               FROM story s
               WHERE s.id <> :story AND s.united IS NULL AND s.id IN (
                 SELECT follows FROM story WHERE id = :story
                 UNION SELECT id FROM story WHERE follows = :story
                 UNION SELECT t.id FROM story t JOIN story m ON m.thread = t.thread WHERE m.id = :story
                 UNION SELECT story_id FROM (
                   SELECT story_id FROM alert WHERE bot_id = :bot AND chat_id = :chat AND thread_id = :thread
                   ORDER BY id DESC LIMIT :limit))
               ORDER BY s.last_told DESC, s.id DESC LIMIT :limit""",
            story=story,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            limit=limit,
        )
        return [(StoryId(number), title) for number, title in rows if title is not None]

    def _articles(self, story: StoryId) -> list[ArticleId]:
        rows = self._rows("SELECT id FROM article WHERE story_id = :story ORDER BY id", story=story)
        return [ArticleId(number) for (number,) in rows]

    def _correct(
        self, kind: str, *, by: Target | None, sides: tuple[Sequence[ArticleId], Sequence[ArticleId]], now: datetime
    ) -> None:
        row = self._row(
            "INSERT INTO correction (kind, made, bot_id, chat_id) VALUES (:kind, :now, :bot, :chat) RETURNING id",
            kind=kind,
            now=ms(now),
            bot=by.bot if by else None,
            chat=by.chat if by else None,
        )
        assert row is not None
        for side, articles in enumerate(sides):
            for article in articles:
                self._run(
                    "INSERT INTO corrected (correction_id, article_id, side) VALUES (:id, :article, :side)",
                    id=row[0],
                    article=article,
                    side=side,
                )

    def _forget_split(self, story: StoryId, other: StoryId) -> None:
        """The newest word counts: what was said to be two is one."""
        split = """SELECT x.correction_id FROM article a JOIN corrected x ON x.article_id = a.id
                   JOIN correction c ON c.id = x.correction_id AND c.kind = 'split'
                   JOIN corrected y ON y.correction_id = x.correction_id AND y.side <> x.side
                   JOIN article b ON b.id = y.article_id
                   WHERE a.story_id = :story AND b.story_id = :other"""
        self._run(f"UPDATE correction SET kind = 'undone' WHERE id IN ({split})", story=story, other=other)

    def corrections(self) -> list[Corrected]:
        """Every article that an editor's word concerned, with the story that it is in now, in order of time."""
        rows = self._rows(
            """SELECT DISTINCT a.id, a.key, a.seen, a.outlet, a.title, a.text, a.story_id, s.thread
               FROM corrected x JOIN article a ON a.id = x.article_id JOIN story s ON s.id = a.story_id
               JOIN correction c ON c.id = x.correction_id AND c.kind <> 'undone'
               ORDER BY a.seen, a.id"""
        )
        return [
            Corrected(
                key=key, seen=at(seen), outlet=outlet, title=title, text=text, story=StoryId(story), thread=thread
            )
            for _, key, seen, outlet, title, text, story, thread in rows
        ]
