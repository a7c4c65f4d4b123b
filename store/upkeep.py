"""What keeps the store from growing for ever."""

from datetime import datetime, timedelta

from core.model import QueryId
from store.endings import Endings
from store.numbers import Numbers
from store.paragraphs import Paragraphs
from store.roles import Roles
from store.sql import ms
from store.visits import Visits

KEEP_ARTICLES = timedelta(days=30)
KEEP_DELIVERIES = timedelta(days=7)
KEEP_INBOX = timedelta(days=7)
KEEP_OFFERS = timedelta(days=30)
"""How long a button to follow works under an old answer."""


class Upkeep(Endings, Numbers, Visits, Roles, Paragraphs):
    """Deletes in small pieces, so that nothing waits long for it."""

    def forget_old(self, *, now: datetime, limit: int) -> int:
        self.refuse_unkept(now=now, limit=limit)
        deliveries = self._rows(
            """DELETE FROM delivery WHERE id IN
                 (SELECT id FROM delivery WHERE settled < :before LIMIT :limit)
               RETURNING id""",
            before=ms(now - KEEP_DELIVERIES),
            limit=limit,
        )
        inbox = self._rows(
            """DELETE FROM inbox WHERE (bot_id, update_id) IN
                 (SELECT bot_id, update_id FROM inbox WHERE state <> 'new' AND answered < :before LIMIT :limit)
               RETURNING update_id""",
            before=ms(now - KEEP_INBOX),
            limit=limit,
        )
        # Whoever asked to be forgotten was met anew for the goodbye alone, at the beginning of time.
        self._run(
            """DELETE FROM delivery WHERE state IN ('sent', 'refused')
                 AND (bot_id, chat_id) IN (SELECT bot_id, chat_id FROM chat WHERE met = 0)"""
        )
        self._forget_offers(now=now, limit=limit)
        chats = self._rows(
            """DELETE FROM chat WHERE met = 0 AND lease_until = 0
                 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.bot_id = chat.bot_id AND d.chat_id = chat.chat_id)
               RETURNING chat_id"""
        )
        rest = self.forget_numbers(now=now, limit=limit) + self.forget_visits(now=now, limit=limit)
        rest += self.forget_paragraphs(now=now, limit=limit)
        rest += self.forget_invitations(now=now, limit=limit)
        return len(deliveries) + len(inbox) + len(chats) + rest + self._forget_articles(now=now, limit=limit)

    def _forget_offers(self, *, now: datetime, limit: int) -> None:
        old = self._rows(
            """DELETE FROM offer WHERE (bot_id, chat_id, query_id) IN
                 (SELECT bot_id, chat_id, query_id FROM offer WHERE offered < :before LIMIT :limit)
               RETURNING query_id""",
            before=ms(now - KEEP_OFFERS),
            limit=limit,
        )
        self.forget_queries([QueryId(row[0]) for row in old])

    def _forget_articles(self, *, now: datetime, limit: int) -> int:
        """Articles go with all that hangs on them: index, matches, alerts; a story goes with its last article."""
        rows = self._rows(
            """SELECT id, story_id FROM article WHERE seen < :before AND coalesce(listed, seen) < :before
               ORDER BY seen LIMIT :limit""",
            before=ms(now - KEEP_ARTICLES),
            limit=limit,
        )
        for article, story in rows:
            for statement in _FORGET_ARTICLE:
                self._run(statement, id=article)
            for statement in _FORGET_STORY:
                self._run(statement, id=story)
        return len(rows)


_FORGET_ARTICLE = (
    "DELETE FROM article_match WHERE article_id = :id",
    "DELETE FROM corrected WHERE article_id = :id",
    "DELETE FROM earlier_title WHERE article_id = :id",
    "DELETE FROM delivery WHERE alert_id IN (SELECT id FROM alert WHERE article_id = :id)",
    "DELETE FROM alert WHERE article_id = :id",
    "DELETE FROM article_index WHERE rowid = :id",
    "DELETE FROM article WHERE id = :id",
)
_FORGET_STORY = (
    "DELETE FROM story WHERE united = :id AND NOT EXISTS (SELECT 1 FROM alert WHERE story_id = story.id)",
    """DELETE FROM story WHERE id = :id AND NOT EXISTS (SELECT 1 FROM article WHERE story_id = :id)
         AND NOT EXISTS (SELECT 1 FROM story u WHERE u.united = :id)""",
)
