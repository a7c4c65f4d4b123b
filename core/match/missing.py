"""Why an article does not answer a query: the first part of it that is not met."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from core.match.evaluate import answer, holds, in_order, sense_placed
from core.match.port import Article, Hit, Judge, Passage
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Some, Term, Titled, Written

How = Literal["absent", "apart", "not in title", "excluded", "other source", "other language"]
"""`apart`: all its words are there, but not together; `excluded`: it is there and must not be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """The part of a query that is not met, and how."""

    clause: Clause
    how: How
    hits: tuple[Hit, ...] = ()
    """What speaks against it: hits of what is excluded, or of what is only in the text and not in the title."""


def explain_missing(meaning: Meaning, article: Article, judge: Judge) -> Missing | None:
    """The first unmet part; `None` where the article answers the query."""
    if answer(meaning, article, judge) is not None:
        return None
    return _missing(meaning.root, article, article.passages, judge)


def _missing(clause: Clause, article: Article, passages: Sequence[Passage], judge: Judge) -> Missing | None:
    held = holds(clause, article, passages, judge)
    if held is not None:
        return None
    match clause:
        case Term() | Close():
            together = _all_there(clause, passages, judge)
            return Missing(clause=clause, how="apart" if together else "absent")
        case Every(parts=parts):
            return next(why for part in parts if (why := _missing(part, article, passages, judge)))
        case Some(parts=parts):
            reasons = [why for part in parts if (why := _missing(part, article, passages, judge))]
            absent = Missing(clause=clause, how="absent")
            return next((why for why in reasons if why.how != "absent"), absent)
        case Never(part=part):
            hits = holds(part, article, passages, judge)
            return Missing(clause=clause, how="excluded", hits=in_order(hits or []))
        case Titled(part=part):
            titles = [passage for passage in passages if passage.field == "title"]
            elsewhere = holds(part, article, passages, judge)
            if elsewhere is not None:
                return Missing(clause=clause, how="not in title", hits=in_order(elsewhere))
            return _missing(part, article, titles, judge)
        case Of():
            return Missing(clause=clause, how="other source")
        case Written():
            return Missing(clause=clause, how="other language")


def _all_there(clause: Term | Close, passages: Sequence[Passage], judge: Judge) -> bool:
    """Whether each of its words stands somewhere, so that only their places are wrong."""
    if isinstance(clause, Close):
        return all(any(_all_there(term, passages, judge) for term in side) for side in (clause.left, clause.right))
    return all(any(sense_placed(sense, passage, judge) for passage in passages) for sense in clause.senses)
