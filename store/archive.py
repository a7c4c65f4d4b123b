"""What was taken in and told, for people who ask; and the sites that they ask for."""

from datetime import datetime, timedelta

from core.model import AlertId, Article, StoryId, Target
from core.sighting import Sighting, Told
from store.news import ARTICLE, article_from
from store.sql import Statements, at, ms


class Archive(Statements):
    """Articles by their address, stories by their articles."""

    def sighting(self, target: Target, key: str) -> Sighting | None:
        row = self._row(
            f"""SELECT {ARTICLE}, a.seen, a.told FROM article a JOIN source s ON s.id = a.source_id
                WHERE a.key = :key AND a.story_id IS NOT NULL""",
            key=key,
        )
        if row is None:
            return None
        article = article_from(row[:7])
        return Sighting(article=article, seen=at(row[7]), news=bool(row[8]), told=self._told(target, article.story))

    def _told(self, target: Target, story: StoryId) -> Told | None:
        """An alert that was refused is none; one whose delivery is forgotten was sent long ago."""
        row = self._row(
            """SELECT CASE WHEN d.id IS NULL THEN a.decided ELSE coalesce(d.settled, d.due_at) END,
                      CASE WHEN d.id IS NULL THEN a.message_id IS NOT NULL ELSE d.state = 'sent' END
               FROM alert a LEFT JOIN delivery d ON d.alert_id = a.id AND d.kind = 'alert'
               WHERE a.story_id = :story AND a.bot_id = :bot AND a.chat_id = :chat AND a.thread_id = :thread
                 AND (d.id IS NULL OR d.state <> 'refused')""",
            story=story,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return Told(at(row[0]), bool(row[1])) if row else None

    def alert_story(self, target: Target, alert: AlertId) -> StoryId | None:
        row = self._row(
            """SELECT story_id FROM alert
               WHERE id = :alert AND bot_id = :bot AND chat_id = :chat AND thread_id = :thread""",
            alert=alert,
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return StoryId(row[0]) if row else None

    def story_articles(self, story: StoryId) -> list[Article]:
        rows = self._rows(
            f"""SELECT {ARTICLE} FROM article a JOIN source s ON s.id = a.source_id
                WHERE a.story_id = :story ORDER BY a.published, a.id""",
            story=story,
        )
        return [article_from(row) for row in rows]

    def suggest_site(self, target: Target, site: str, *, most: int, now: datetime) -> bool | None:
        day = self._row(
            """SELECT count(*) FROM suggestion
               WHERE bot_id = :bot AND chat_id = :chat AND suggested > :since AND site <> :site""",
            bot=target.bot,
            chat=target.chat,
            since=ms(now - timedelta(days=1)),
            site=site,
        )
        if day and day[0] >= most:
            return None
        row = self._row(
            """INSERT INTO suggestion (site, bot_id, chat_id, suggested) VALUES (:site, :bot, :chat, :now)
               ON CONFLICT (site) DO NOTHING RETURNING site""",
            site=site,
            bot=target.bot,
            chat=target.chat,
            now=ms(now),
        )
        return row is not None
