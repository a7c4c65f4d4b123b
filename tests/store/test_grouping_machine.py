"""Whatever is published in whatever order: every article is in one story, and is put into none that is over."""

import pytest
from engines import ENGINES
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule
from machines import Machine, played
from newsroom import article, opened, publish

from core.ingest import Taken
from core.story import WINDOW

WORDS = "мінськ калій санкція сніг карпати лавина суд вирок футбол дербі".split()
HEADLINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
OUTLETS = ("a.test", "b.test", "c.test")


class Newsroom(Machine):
    """The store beside a model of it: when each article was taken in, and the story it was put into then."""

    def __init__(self) -> None:
        super().__init__()
        self.sources = {
            outlet: self.run(opened(self.db, f"https://{outlet}/feed", outlet=outlet)) for outlet in OUTLETS
        }
        self.seen = {}
        self.story = {}
        self.taken = []

    @rule(outlet=st.sampled_from(OUTLETS), title=HEADLINES)
    def an_article_is_published(self, outlet, title) -> None:
        one = article(f"{outlet}/{len(self.taken)}", title, outlet=outlet)
        assert self._publish(one) == Taken(1, 0)
        story = self.run(self.db.story_of(one.key))
        told = [self.seen[key] for key, mine in self.story.items() if mine == story]
        assert not told or max(told) >= self.clock() - WINDOW
        self.taken.append(one)
        self.seen[one.key] = self.clock()
        self.story[one.key] = story

    @rule(chance=st.randoms(use_true_random=False))
    def an_article_comes_again(self, chance) -> None:
        if self.taken:
            before = self._statistics()
            assert self._publish(chance.choice(self.taken)) == Taken(0, 0)
            assert self._statistics() == before

    @rule(hours=st.sampled_from([1, 30, 71, 73, 200]))
    def time_passes(self, hours) -> None:
        self.clock.move(hours=hours)

    @invariant()
    def every_article_is_in_one_story_and_those_of_one_stay_together(self) -> None:
        found = {key: self.run(self.db.story_of(key)) for key in self.story}
        assert None not in found.values()
        became = {}
        for key, story in self.story.items():
            assert became.setdefault(story, found[key]) == found[key]
        self.story = found

    def _publish(self, one) -> Taken:
        return self.run(publish(self.db, self.sources[one.outlet], one, at=self.clock()))

    def _statistics(self):
        return self.run(self.db.lemmas())


@pytest.mark.parametrize("engine", ENGINES)
def test_stories_keep_their_promises(engine):
    played(Newsroom, engine)
