"""Whatever is published, followed and left in whatever order: a target hears of a story once, and of each it should."""

import pytest
from engines import ENGINES
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from machines import Machine, played
from newsroom import BOT, GROUP, MINUTE, OKSANA, PETRO, article, match, opened

from core.growth import GROWTH
from core.ingest import Stale, Taken, ingest
from core.model import ChatId, MessageId, Target
from core.outbox import Sent, after_try
from core.standing import KEPT
from core.subscribe import follow, forget, pause, remove

EVENTS = (
    "Мінськ відпустив політвʼязнів з колонії учора",
    "Варшава відкриває перехід на кордоні завтра",
    "Страйк докерів зупинив порт у Гданську",
)
WORDS = ("мінськ", "варшава", "страйк", "новини")
ASKED = {0: ("мінськ", "новини"), 1: ("варшава", "новини"), 2: ("страйк",)}
"""Which words each event answers."""
OUTLETS = ("a.test", "b.test", "c.test")
ANEW = Target(bot=BOT, chat=ChatId(-1_000_000_000_007))
"""The supergroup that the group becomes."""
TARGETS = st.sampled_from([OKSANA, PETRO, GROUP, ANEW])
PIECES = st.tuples(st.sampled_from(range(len(EVENTS))), st.sampled_from(OUTLETS))


class Readers(Machine):
    """Alerts beside a model of them: who follows what, which articles are known, who must hear and who heard."""

    def __init__(self) -> None:
        super().__init__()
        self.sources = {name: self.run(opened(self.db, f"https://{name}/feed", outlet=name)) for name in OUTLETS}
        self.queries = {word: self.run(self.db.intern_query(word)) for word in WORDS}
        self.follows: dict[Target, dict[str, bool]] = {}
        """By target its words, and whether it hears of them now."""
        self.published: set[tuple[int, str]] = set()
        self.decided: dict[Target, set[int]] = {}
        """The stories that each target was to hear of, ever."""
        self.waiting: dict[Target, dict[int, object]] = {}
        """Of these, what is on its way, and since when."""
        self.generation = 0
        self.sent = 0

    @initialize()
    def three_follow_the_news(self) -> None:
        for target in (OKSANA, PETRO, GROUP):
            self.somebody_follows(target, "новини")

    @rule(who=TARGETS, word=st.sampled_from(WORDS))
    def somebody_follows(self, who, word) -> None:
        self._met(who)
        words = self.follows.setdefault(who, {})
        new = self.run(self.db.do(follow, who, self.queries[word], word, now=self.clock()))
        assert new == (not words.get(word, False))
        words[word] = True
        self.generation += new

    def _met(self, target: Target) -> None:
        self.run(self.db.meet(target, language="uk", now=self.clock()))

    @rule(who=TARGETS, word=st.sampled_from(WORDS), paused=st.booleans())
    def somebody_pauses_or_goes_on(self, who, word, paused) -> None:
        number = self._subscription(who, word)
        if number is not None:
            self.run(self.db.do(pause, who, number, paused=paused))
            self.follows[who][word] = not paused
            self.generation += 1

    @rule(who=TARGETS, word=st.sampled_from(WORDS))
    def somebody_leaves_a_word(self, who, word) -> None:
        number = self._subscription(who, word)
        if number is not None:
            self.run(self.db.do(remove, who, number, now=self.clock()))
            del self.follows[who][word]
            self.generation += 1

    def _subscription(self, target: Target, word: str):
        mine = self.run(self.db.subscriptions(target))
        assert {one.label: not one.paused for one in mine} == self.follows.get(target, {})
        return next((one.id for one in mine if one.label == word), None)

    @rule(pieces=st.lists(PIECES, min_size=1, max_size=4), behind=st.integers(0, 1))
    def a_source_is_visited(self, pieces, behind) -> None:
        """Its articles come in any order, twice, and matched against what was followed a moment ago."""
        assert self.run(self.db.generation()) == self.generation
        outlet = pieces[0][1]
        prepared = [self._article(event, outlet) for event, _ in pieces]
        taken = self.run(
            self.db.do(
                ingest,
                source=self.sources[outlet],
                prepared=prepared,
                generation=self.generation - behind,
                growth=GROWTH,
                now=self.clock(),
            )
        )
        if behind:
            assert taken == Stale()
            return
        new = list(dict.fromkeys((event, outlet) for event, _ in pieces if (event, outlet) not in self.published))
        self.published.update(new)
        assert taken == Taken(len(new), sum(self._decide(event, outlet) for event, _ in new))

    def _article(self, event: int, outlet: str):
        matches = tuple(match(self.queries[word], (0, 3)) for word in ASKED[event])
        return article(f"{outlet}/{event}", EVENTS[event], outlet=outlet, matches=matches)

    def _decide(self, event: int, outlet: str) -> int:
        """Who asked for a word of it, hears, and has not heard of its story."""
        story = self.run(self.db.story_of(f"{outlet}/{event}"))
        new = [target for target in self.follows if self._asks(target, event) and self._tells(target, story)]
        for target in new:
            self.decided.setdefault(target, set()).add(story)
            self.waiting.setdefault(target, {})[story] = self.clock()
        return len(new)

    def _asks(self, target: Target, event: int) -> bool:
        return any(self.follows[target].get(word) for word in ASKED[event])

    def _tells(self, target: Target, story: int) -> bool:
        return story not in self.decided.get(target, ())

    @rule()
    def everything_due_leaves(self) -> None:
        while due := self._claimed():
            for one in due:
                self._leaves(one)
            self.clock.move(seconds=4)

    def _claimed(self):
        return self.run(self.db.claim_deliveries(BOT, now=self.clock(), until=self.clock() + MINUTE, limit=30))

    def _leaves(self, due) -> None:
        if due.kind == "alert":
            story = self.run(self.db.alert_view(due.alert)).article.story
            assert story in self.waiting.get(due.target, {}), "told twice, or to who did not ask"
            del self.waiting[due.target][story]
        self.sent += 1
        outcome = Sent(due.edits or MessageId(self.sent))
        assert self.run(self.db.settle_delivery(due, after_try(due, outcome, now=self.clock()), now=self.clock()))

    @rule()
    def the_program_starts_anew(self) -> None:
        self.reopen()

    def at_the_end(self) -> None:
        self.the_program_starts_anew()
        self.everything_due_leaves()
        assert not any(self.waiting.values()), f"never told: {self.waiting}"


class LeavingReaders(Readers):
    """Beside all that: people block the bot, come back within three days or later, are forgotten, and a group moves."""

    def __init__(self) -> None:
        super().__init__()
        self.gone: dict[Target, object] = {}
        """Since when; `None` for good."""
        self.moved = False

    def _met(self, target: Target) -> None:
        super()._met(target)
        if self.gone.pop(target, False) is not False:
            kept = self.waiting.get(target, {})
            self.waiting[target] = {story: put for story, put in kept.items() if put >= self.clock() - KEPT}

    @rule(hours=st.sampled_from([1, 30, 50]))
    def time_goes_by(self, hours) -> None:
        """Not as long as that what waits would be old, unless its chat is gone."""
        self.everything_due_leaves()
        self.clock.move(hours=hours)

    @rule(who=TARGETS, final=st.booleans())
    def somebody_blocks_the_bot(self, who, final) -> None:
        if who not in self.follows:
            return
        self.run(self.db.chat_gone(who, "blocked", final=final, now=self.clock()))
        self.gone[who] = None if final else self.gone.get(who, False) or self.clock()
        if final:
            self.waiting[who] = {}

    @rule(who=TARGETS)
    def somebody_is_back(self, who) -> None:
        if who in self.gone:
            self._met(who)

    @rule(who=TARGETS)
    def somebody_is_forgotten(self, who) -> None:
        self.generation += len(self.follows.get(who, {}))
        self.run(self.db.do(forget, who))
        for known in (self.follows, self.decided, self.waiting, self.gone):
            known.pop(who, None)

    @precondition(lambda self: not self.moved)
    @rule()
    def the_group_moves(self) -> None:
        """What the new chat heard of it does not hear again."""
        if GROUP not in self.follows:
            return
        self.run(self.db.move_chat(BOT, GROUP.chat, ANEW.chat))
        self.moved = True
        self.gone.pop(ANEW, None)
        self.gone.pop(GROUP, None)
        self.follows[ANEW] = self.follows.pop(GROUP) | self.follows.get(ANEW, {})
        heard = self.decided.setdefault(ANEW, set())
        waiting = self.waiting.pop(GROUP, {})
        self.waiting.setdefault(ANEW, {}).update({s: put for s, put in waiting.items() if s not in heard})
        heard |= self.decided.pop(GROUP, set())

    def _tells(self, target: Target, story: int) -> bool:
        since = self.gone.get(target, False)
        there = since is False or (since is not None and self.clock() < since + KEPT)
        return there and super()._tells(target, story)

    def _leaves(self, due) -> None:
        assert due.target not in self.gone, "a chat that is gone is sent to"
        super()._leaves(due)

    def at_the_end(self) -> None:
        for target in list(self.gone):
            self._met(target)
        super().at_the_end()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_target_hears_of_a_story_once_whatever_happens(engine):
    played(Readers, engine)


@pytest.mark.parametrize("engine", ENGINES)
def test_who_leaves_and_comes_back_hears_of_a_story_once_whatever_happens(engine):
    played(LeavingReaders, engine)
