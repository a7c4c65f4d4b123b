"""The languages, opened once; Hypothesis without a stopwatch."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings

from chatovyi.dictionaries import linguist as the_linguist
from core.errors import UserError
from core.lexicon import Language
from core.linguist import Linguist
from core.match.evaluate import answer
from core.query import parse

settings.register_profile("pure", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pure")


@pytest.fixture(scope="session")
def linguist() -> Linguist:
    return the_linguist()


@pytest.fixture(scope="session")
def shown(linguist: Linguist) -> Callable[..., list[str] | None]:
    """The words that a query shows in an article, as printed there; `None` where it does not match."""

    def shown(query: str, text: str, *, title: str = "", language: Language | None = None) -> list[str] | None:
        hits = answer(linguist.meaning(parse(query)), linguist.read(title, text, language=language), linguist.judge)
        if hits is None:
            return None
        spans = dict.fromkeys(hit.span for hit in hits)
        return [(title if span.field == "title" else text)[span.start : span.end] for span in spans]

    return shown


@pytest.fixture(scope="session")
def finds(shown: Callable[..., list[str] | None]) -> Callable[[str, str, str], bool]:
    """Whether a query matches a text of a language; a query that is refused matches nothing."""

    def finds(query: str, text: str, language: Language) -> bool:
        try:
            return shown(query, text, language=language) is not None
        except UserError:
            return False

    return finds
