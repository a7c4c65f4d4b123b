"""What a target was told of a thread, and so how it hears of a follow-up: as an answer, held, or not at all."""

from collections.abc import Sequence
from datetime import datetime

from core.model import ArticleId, QueryId, StoryId
from core.story import WINDOW, Follows
from core.subscribe import MUTED
from core.thread import APART
from store.followed import either
from store.sql import change_to, listed, ms, span_ms
from store.timing import Timing

_FOLLOWERS = either(
    """SELECT u.bot_id, u.chat_id, u.thread_id, u.interest, u.paused, u.paused_until FROM FOLLOWED u
       WHERE u.query_id IN (SELECT value FROM json_each(:queries))"""
)
# By target, how much of a thread its likeliest subscription wants: 0 the first story, 1 what is new, 2 everything.
_WANTS = f"""SELECT u.bot_id, u.chat_id, u.thread_id,
                   max(CASE u.interest WHEN 'everything' THEN 2 WHEN 'developments' THEN 1 ELSE 0 END) AS interest
            FROM ({_FOLLOWERS}) AS u JOIN chat c ON c.bot_id = u.bot_id AND c.chat_id = u.chat_id
            WHERE u.paused = 0
              AND (u.paused_until IS NULL OR u.paused_until <= :now)
              AND (c.gone IS NULL OR c.kept_until > :now)
            GROUP BY u.bot_id, u.chat_id, u.thread_id"""
# By target, what it was told of other stories of the thread: the first alert, whether one was muted, the last time.
_TOLD = """SELECT a.bot_id, a.chat_id, a.thread_id, min(a.id) AS first, max(a.muted_at) AS muted,
                  max(CASE WHEN a.held_until > a.decided THEN a.held_until ELSE a.decided END) AS last
           FROM story s JOIN story t ON t.thread = s.thread AND t.id <> s.id JOIN alert a ON a.story_id = t.id
           WHERE s.id = :story AND a.decided > :since
           GROUP BY a.bot_id, a.chat_id, a.thread_id"""


class Threads(Timing):
    """Stories that go on from one another."""

    def _put_in_thread(self, story: StoryId, follows: Follows) -> None:
        """It is named beside what it follows; where that is near, both are one thread."""
        self._run(
            "UPDATE story SET follows = :followed, change = :change WHERE id = :story",
            story=story,
            followed=follows.story,
            change=change_to(follows.change),
        )
        if follows.near:
            self._run("UPDATE story SET thread = id WHERE id = :followed AND thread IS NULL", followed=follows.story)
            self._run(
                "UPDATE story SET thread = (SELECT thread FROM story WHERE id = :followed) WHERE id = :story",
                followed=follows.story,
                story=story,
            )

    def _standing_for(self, story: StoryId) -> StoryId:
        """The story that it was united with, or itself."""
        row = self._row("SELECT united FROM story WHERE id = :story AND united IS NOT NULL", story=story)
        return StoryId(row[0]) if row else story

    def _decide(self, story: StoryId, article: ArticleId, queries: Sequence[QueryId], *, now: datetime) -> list[int]:
        """The alerts that are new: one for every target that follows a query and had none of this story.

        A target that was told of its thread within the window hears of it as its subscriptions want follow-ups, a
        development as an answer to the first message, and not sooner than `APART` after the last; whoever muted the
        thread hears no more of it for a day.
        """
        if not queries:
            return []
        rows = self._rows(
            f"""INSERT INTO alert
                  (bot_id, chat_id, thread_id, story_id, article_id, decided, follows, held_until)
                SELECT w.bot_id, w.chat_id, w.thread_id, :story, :article, :now,
                       CASE WHEN w.interest = 2 OR (w.interest = 1 AND s.change IS NOT NULL) THEN b.first END,
                       CASE WHEN w.interest = 1 AND s.change IS NOT NULL AND b.last > :now THEN b.last
                            WHEN w.interest = 1 AND s.change IS NOT NULL AND b.last + :apart > :now
                              THEN b.last + :apart END
                FROM ({_WANTS}) AS w JOIN story s ON s.id = :story
                LEFT JOIN ({_TOLD}) AS b
                  ON b.bot_id = w.bot_id AND b.chat_id = w.chat_id AND b.thread_id = w.thread_id
                WHERE b.first IS NULL OR ((b.muted IS NULL OR b.muted <= :unmuted) AND w.interest > 0)
                ON CONFLICT (bot_id, chat_id, thread_id, story_id) DO NOTHING RETURNING id""",
            story=story,
            article=article,
            queries=listed(queries),
            apart=span_ms(APART),
            since=ms(now - WINDOW),
            unmuted=ms(now - MUTED),
            now=ms(now),
        )
        return [row[0] for row in rows]
