"""The query language: what a person types, as a tree of what must be there.

Read in this order: `tree` (the nouns), `parse` (the grammar), `mistakes` (what is wrong, where, and what was meant),
`canonical` (one text for all ways to type one query), `variants` (the queries beside it).
"""

from core.query import variants
from core.query.canonical import canonical
from core.query.limits import LONGEST, MOST_TERMS
from core.query.mistakes import QueryMistake, caret
from core.query.parse import parse_query as parse
from core.query.suggest import suggestion
from core.query.tree import Query

__all__ = ["LONGEST", "MOST_TERMS", "Query", "QueryMistake", "canonical", "caret", "parse", "suggestion", "variants"]
