"""The Ukrainian dictionary, opened once; Hypothesis without a stopwatch."""

from collections.abc import Callable

import pymorphy3
import pytest
from hypothesis import HealthCheck, settings

from core.errors import UserError
from core.expand import expand
from core.match import Matcher, passages
from core.model import QueryId
from core.query import parse
from core.text.forms import UkrainianLexicon

settings.register_profile("pure", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pure")


@pytest.fixture(scope="session")
def lexicon() -> UkrainianLexicon:
    return UkrainianLexicon(pymorphy3.MorphAnalyzer(lang="uk"))


@pytest.fixture(scope="session")
def shown(lexicon: UkrainianLexicon) -> Callable[..., list[str] | None]:
    """The words that a query shows in an article, as printed there; `None` where it does not match."""

    def shown(query: str, text: str, *, title: str = "") -> list[str] | None:
        matcher = Matcher()
        matcher.add(QueryId(1), expand(parse(query), lexicon))
        found = matcher.match(passages(title, text))
        if not found:
            return None
        return [(title if span.field == "title" else text)[span.start : span.end] for span in found[0].spans]

    return shown


@pytest.fixture(scope="session")
def finds(shown: Callable[..., list[str] | None]) -> Callable[[str, str, str], bool]:
    """Whether a query matches a text of a language; a query that is refused matches nothing."""

    def finds(query: str, text: str, language: str) -> bool:
        try:
            return shown(query, text) is not None
        except UserError:
            return False

    return finds
