"""What sites print under many of their articles, as far as it was seen."""

from collections.abc import Collection
from datetime import datetime, timedelta

from core.model import SourceId
from core.plain import REPEATED
from store.sql import Statements, listed, ms

KEEP_ONCE = timedelta(days=2)
"""A paragraph that few articles had: what a site prints under all of them comes back sooner."""
KEEP_REPEATED = timedelta(days=30)


class Paragraphs(Statements):
    """Known by marks alone."""

    def repeated(self, source: SourceId, marks: Collection[int]) -> frozenset[int]:
        rows = self._rows(
            """SELECT mark FROM paragraph WHERE source_id = :source AND articles >= :repeated
                 AND mark IN (SELECT value FROM json_each(:marks))""",
            source=source,
            repeated=REPEATED,
            marks=listed(marks),
        )
        return frozenset(mark for (mark,) in rows)

    def count_paragraphs(self, source: SourceId, marks: Collection[int], *, now: datetime) -> None:
        self._run(
            """INSERT INTO paragraph (source_id, mark, articles, seen)
               SELECT :source, value, 1, :now FROM json_each(:marks) WHERE true
               ON CONFLICT (source_id, mark) DO UPDATE SET articles = paragraph.articles + 1, seen = excluded.seen""",
            source=source,
            marks=listed(marks),
            now=ms(now),
        )

    def forget_paragraphs(self, *, now: datetime, limit: int) -> int:
        """Those not seen for long; returns how many."""
        rows = self._rows(
            """DELETE FROM paragraph WHERE (source_id, mark) IN
                 (SELECT source_id, mark FROM paragraph
                  WHERE seen < :once AND (articles < :repeated OR seen < :before) LIMIT :limit)
               RETURNING mark""",
            once=ms(now - KEEP_ONCE),
            before=ms(now - KEEP_REPEATED),
            repeated=REPEATED,
            limit=limit,
        )
        return len(rows)
