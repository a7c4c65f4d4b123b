"""Concepts, as people have decided on them."""

import json
from itertools import groupby

from core.concept import Concept, Member
from core.concept.echo import CONCEPT, NUMBER, SOUND
from store.sql import Row, Statements, listed

_KEPT = """SELECT c.name, m.text, m.language, m.kind, m.context
           FROM concept c LEFT JOIN concept_member m ON m.concept_id = c.id"""


class KeptConcepts(Statements):
    """Terms that mean the same."""

    def concepts(self) -> list[Concept]:
        return _concepts(self._rows(f"{_KEPT} ORDER BY c.name, m.place"))

    def concepts_changed(self) -> int:
        row = self._row("SELECT value FROM counter WHERE name = 'concepts'")
        return row[0] if row else 0

    def put_concept(self, concept: Concept) -> bool:
        if _concepts(self._rows(f"{_KEPT} WHERE c.name = :name ORDER BY m.place", name=concept.name)) == [concept]:
            return False
        row = self._row(
            """INSERT INTO concept (name) VALUES (:name)
               ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING id""",
            name=concept.name,
        )
        assert row is not None
        self._run("DELETE FROM concept_member WHERE concept_id = :concept", concept=row[0])
        for place, member in enumerate(concept.members):
            self._run(
                """INSERT INTO concept_member (concept_id, place, text, language, kind, context)
                   VALUES (:concept, :place, :text, :language, :kind, :context)""",
                concept=row[0],
                place=place,
                text=member.text,
                language=member.language,
                kind=member.kind,
                context=listed(member.context),
            )
        self._queries_mean_something_else()
        return True

    def remove_concept(self, name: str) -> bool:
        self._run(
            "DELETE FROM concept_member WHERE concept_id = (SELECT id FROM concept WHERE name = :name)", name=name
        )
        if self._row("DELETE FROM concept WHERE name = :name RETURNING id", name=name) is None:
            return False
        self._queries_mean_something_else()
        return True

    def lemmas(self) -> list[tuple[str, int]]:
        rows = self._rows(
            """SELECT lemma, articles FROM lemma WHERE substr(lemma, 3, 1) NOT IN (:concept, :number, :sound)
               ORDER BY lemma""",
            concept=CONCEPT,
            number=NUMBER,
            sound=SOUND,
        )
        return [(lemma, articles) for lemma, articles in rows]

    def _queries_mean_something_else(self) -> None:
        """Only a query with a switch asks for concepts, and a switch is written with a colon (`також:мови`)."""
        row = self._row("UPDATE counter SET value = value + 1 WHERE name = 'generation' RETURNING value")
        assert row is not None
        self._run("UPDATE counter SET value = :generation WHERE name = 'concepts'", generation=row[0])
        self._run("UPDATE query SET changed = :generation WHERE changed > 0 AND text LIKE '%:%'", generation=row[0])


def _concepts(rows: list[Row]) -> list[Concept]:
    """Concepts out of rows of `_KEPT`, those of one concept together."""
    return [_concept(name, list(its)) for name, its in groupby(rows, key=lambda row: row[0])]


def _concept(name: str, rows: list[Row]) -> Concept:
    members = tuple(
        Member(text=text, language=language, kind=kind, context=tuple(json.loads(context)))
        for _, text, language, kind, context in rows
        if text is not None
    )
    return Concept(name=name, members=members)
