"""Does the fast engine answer as the plain one and the oracle do?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from core.match.fast import FastEngine
from core.match.plain import PlainEngine
from core.match.port import Sure
from core.match.snapshot import generation_of
from core.model import QueryId
from tests.core.match.worlds import Doubting, articles, meanings, oracle

ids = st.integers(1, 6).map(QueryId) | st.just(QueryId(1 << 60))


@pytest.mark.parametrize("judge", [Sure(), Doubting()], ids=["sure", "doubting"])
@settings(max_examples=150)
@given(several=st.lists(meanings, min_size=1, max_size=5), news=st.lists(articles, min_size=1, max_size=2))
def test_the_fast_engine_says_what_the_oracle_says(judge, several, news):
    engines = [FastEngine(judge, compiled=False), FastEngine(judge, compiled=True)]
    for query, one in enumerate(several):
        for engine in engines:
            engine.add(QueryId(query), one)
    for one in news:
        expected = [query for query, each in enumerate(several) if oracle(each.root, one, judge)]
        assert [engine.matching(one).tolist() for engine in engines] == [expected, expected]


class Changing(RuleBasedStateMachine):
    """Queries come, are replaced and go between articles; both engines must agree on every hit."""

    @initialize(judge=st.sampled_from([Sure(), Doubting()]))
    def begin(self, judge):
        self.judge, self.meanings = judge, {}
        self.plain = PlainEngine(judge)
        self.fast = [FastEngine(judge, compiled=False), FastEngine(judge, compiled=True)]

    @rule(query=ids, one=meanings)
    def add(self, query, one):
        self.meanings[query] = one
        self.plain.add(query, one)
        for engine in self.fast:
            engine.add(query, one)

    @rule(query=ids)
    def remove(self, query):
        self.plain.remove(query)
        for engine in self.fast:
            engine.remove(query)

    @rule(at=st.integers(0, 1), generation=st.integers(0, 9))
    def restart(self, at, generation):
        arrays = {name: array.copy() for name, array in self.fast[at].snapshot(generation=generation).items()}
        for array in arrays.values():
            array.flags.writeable = False
        assert generation_of(arrays) == generation
        self.fast[at] = FastEngine.restored(self.judge, arrays, meaning_of=self.meanings.__getitem__, compiled=bool(at))

    @rule(news=articles)
    def match(self, news):
        expected = self.plain.match(news)
        for engine in self.fast:
            assert engine.match(news) == expected
            assert engine.matching(news).tolist() == [one.query for one in expected]


Changing.TestCase.settings = settings(max_examples=60, stateful_step_count=12)
test_the_engines_agree_while_queries_change = Changing.TestCase
