"""A store of every engine, opened fresh for each test, and a clock that only the test moves."""

from collections.abc import AsyncIterator, Iterator

import pytest
from engines import ENGINES
from newsroom import HandClock, Verbs

from core.ports import Store


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=ENGINES)
async def store(request, tmp_path) -> AsyncIterator[Store]:
    async with ENGINES[request.param](tmp_path) as store:
        yield store


@pytest.fixture
def db(store) -> Iterator[Verbs]:
    """The store's verbs, each a transaction of its own."""
    return Verbs(store)
