"""Two stories found to be one are joined by edits; an editor's word joins, splits, and is kept."""

from datetime import timedelta

import pytest
from newsroom import NOON, OKSANA, PETRO, article, claim, follows, match, opened, publish, settle

from core.growth import GROWTH
from core.model import MessageId
from core.outbox import Never, Sent
from core.subscribe import arrange
from core.timing import Manner

MINSK = "Мінськ відпустив політвʼязнів з колонії учора"
WARSAW = "Варшава відкриває перехід на кордоні завтра"


@pytest.fixture
async def newsroom(db, clock):
    return Newsroom(db, clock)


class Newsroom:
    """Outlets that tell what Oksana follows, and the messages that she gets."""

    def __init__(self, db, clock) -> None:
        self.db, self.clock = db, clock
        self.query = None

    async def tells(self, outlet: str, title: str, *, key: str = "1"):
        if self.query is None:
            self.query = await follows(self.db, OKSANA, "новини")
        await self.db.add_source(f"https://{outlet}/feed", name=outlet, outlet=outlet, every=None, now=NOON)
        states = {state.source.outlet: state.source for state in await self.db.sources()}
        one = article(f"{outlet}/{key}", title, matches=(match(self.query),))
        return await publish(self.db, states[outlet], one, at=self.clock())

    async def story(self, key: str):
        return await self.db.story_of(key)

    async def told(self):
        """Everything due leaves; gives what each delivery was, with its alert's view."""
        gone = []
        while due := await claim(self.db, self.clock):
            for one in due:
                view = None if one.alert is None else await self.db.alert_view(one.alert)
                gone.append((one.kind, view))
                await settle(self.db, self.clock, one, Sent(one.edits or MessageId(500 + one.id)))
            self.clock.move(seconds=4)
        return gone

    async def joins(self, one: str, other: str):
        stories = [await self.story(one), await self.story(other)]
        return await self.db.join_corrected(*stories, by=OKSANA, now=self.clock())

    async def splits(self, number: int):
        return await self.db.split_corrected(number, by=OKSANA, now=self.clock())


async def both_told(newsroom):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", WARSAW)
    assert [kind for kind, _ in await newsroom.told()] == ["alert", "alert"]


async def test_who_was_told_both_sees_by_an_edit_that_they_are_one(newsroom, clock):
    await both_told(newsroom)
    assert await newsroom.joins("a.test/1", "b.test/1")
    clock.move(minutes=1)
    edits = [(kind, view.told_in, [name for name, _ in view.also]) for kind, view in await newsroom.told()]
    assert edits == [("growth", None, ["b.test"]), ("growth", MINSK, ["a.test"])]


async def test_long_after_a_message_left_an_editors_word_still_edits_it(newsroom, clock):
    await both_told(newsroom)
    clock.move(hours=30)
    assert await newsroom.joins("a.test/1", "b.test/1")
    assert [kind for kind, _ in await newsroom.told()] == ["growth", "growth"]


async def test_what_comes_later_grows_the_first_message_alone(newsroom, clock):
    await both_told(newsroom)
    await newsroom.joins("a.test/1", "b.test/1")
    clock.move(minutes=2)
    await newsroom.told()
    assert (await newsroom.tells("c.test", WARSAW)).alerts == 0
    assert await newsroom.story("c.test/1") == await newsroom.story("a.test/1")
    clock.move(minutes=10)
    assert [(kind, view.told_in) for kind, view in await newsroom.told()] == [("growth", None)]


async def test_who_was_told_the_second_alone_hears_on_of_the_one(newsroom, db, clock):
    query = await follows(db, PETRO, "кордон")
    await newsroom.tells("a.test", MINSK)
    by = await opened(db, "https://b.test/feed", outlet="b.test")
    await publish(db, by, article("b.test/1", WARSAW, matches=(match(query),)), at=clock())
    await newsroom.told()
    await newsroom.joins("a.test/1", "b.test/1")
    taken = await publish(db, by, article("d.test/1", MINSK, outlet="d.test", matches=(match(query),)), at=clock())
    assert taken.alerts == 0
    clock.move(minutes=5)
    told = [(kind, view.told_in) for kind, view in await newsroom.told()]
    assert told == [("growth", None), ("growth", None)]


async def test_a_second_message_that_waits_is_not_sent(newsroom, db, clock):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", WARSAW)
    await newsroom.joins("a.test/1", "b.test/1")
    assert [kind for kind, _ in await newsroom.told()] == ["alert"]


async def test_a_second_message_is_sent_where_the_first_was_refused(newsroom, db, clock):
    await newsroom.tells("a.test", MINSK)
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Never("Bad Request"))
    await newsroom.tells("b.test", WARSAW)
    await newsroom.joins("a.test/1", "b.test/1")
    clock.move(seconds=4)
    assert [kind for kind, _ in await newsroom.told()] == ["alert"]


async def test_what_waits_for_a_digest_leaves_at_once_where_the_second_would_have(newsroom, db, clock):
    query = await follows(db, OKSANA, "рідко")
    weekly = next(one for one in await db.subscriptions(OKSANA) if one.query == query)
    await db.do(arrange, OKSANA, weekly.id, Manner(rhythm="weekly"), now=clock())
    by = await opened(db, "https://w.test/feed", outlet="w.test")
    await publish(db, by, article("w.test/1", MINSK, matches=(match(query),)), at=clock())
    await newsroom.tells("b.test", WARSAW)
    await newsroom.joins("w.test/1", "b.test/1")
    assert [(kind, view.article.outlet) for kind, view in await newsroom.told()] == [("alert", "w.test")]


async def test_an_article_split_off_again_keeps_the_message_that_it_leads(newsroom, clock):
    await both_told(newsroom)
    await newsroom.joins("a.test/1", "b.test/1")
    await newsroom.told()
    await newsroom.splits(2)
    told = {(kind, view.article.outlet, view.told_in) for kind, view in await newsroom.told()}
    assert told == {("growth", "a.test", None), ("growth", "b.test", None)}


async def test_joining_what_is_one_already_is_nothing(newsroom):
    await both_told(newsroom)
    assert await newsroom.joins("a.test/1", "b.test/1")
    assert not await newsroom.joins("a.test/1", "b.test/1")


async def test_an_article_that_is_split_off_is_told_as_a_story_of_its_own(newsroom, clock):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", MINSK)
    await newsroom.told()
    new = await newsroom.splits(2)
    assert new == await newsroom.story("b.test/1") != await newsroom.story("a.test/1")
    clock.move(minutes=1)
    kinds = [(kind, view.article.outlet, view.also) for kind, view in await newsroom.told()]
    assert ("alert", "b.test", ()) in kinds
    assert ("growth", "a.test", ()) in kinds


async def test_a_message_goes_with_the_article_that_it_leads_with(newsroom, clock):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", MINSK)
    await newsroom.told()
    await newsroom.splits(1)
    clock.move(hours=1)
    assert [(kind, view.article.outlet) for kind, view in await newsroom.told()] == [("growth", "a.test")]


async def test_an_article_that_is_alone_cannot_be_split_off(newsroom):
    await newsroom.tells("a.test", MINSK)
    assert await newsroom.splits(1) is None
    assert await newsroom.splits(77) is None


async def test_what_an_editor_split_no_program_joins(newsroom, db, clock):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", MINSK)
    await newsroom.splits(2)
    one, other = await newsroom.story("a.test/1"), await newsroom.story("b.test/1")
    assert not await db.unite_stories(one, other, growth=GROWTH, now=clock())
    assert await newsroom.joins("a.test/1", "b.test/1")  # but the editor may


async def test_corrections_are_labels(newsroom):
    await newsroom.tells("a.test", MINSK)
    await newsroom.tells("b.test", MINSK)
    await newsroom.tells("c.test", WARSAW)
    await newsroom.splits(2)
    labels = {one.key: one.story for one in await newsroom.db.corrections()}
    assert labels.keys() == {"a.test/1", "b.test/1"}
    assert len(set(labels.values())) == 2


async def test_a_page_that_came_late_tells_the_story_that_stayed(newsroom, db, clock):
    await both_told(newsroom)
    gone = await newsroom.story("b.test/1")
    await newsroom.joins("a.test/1", "b.test/1")
    assert await db.add_alerts(gone, 2, [newsroom.query], now=clock() + timedelta(minutes=1)) == 0
