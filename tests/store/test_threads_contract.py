"""Follow-ups: a development answers the first message, not too often, and only where its reader wants it."""

from dataclasses import replace

import pytest
from newsroom import NOON, OKSANA, PETRO, article, claim, follows, match, opened, publish, settle

from core.model import MessageId
from core.outbox import Sent
from core.subscribe import arrange, mute
from core.thread import APART
from core.timing import AT_ONCE

ARREST = "затримати активістка марія колесник мінськ"
NEWS = {
    "вирок": "вирок активістка марія колесник гомель",
    "звільнити": "звільнити активістка марія колесник варшава",
    "померти": "померти активістка марія колесник лікарня",
}
REMARK = "активістка марія колесник удома пише"
"""Of the same thread, with nothing in it that is known to be new."""


def text_of(number: int) -> str:
    """A text of which no other article has a word."""
    return " ".join(f"слово{number}{letter}" for letter in "абвгдежзикл")


async def told(db, clock):
    """Everything due leaves; gives what each message tells and what it answers."""
    gone = []
    while due := await claim(db, clock):
        for one in due:
            number = 500 + one.id
            gone.append((one.kind, number, one.replies_to))
            await settle(db, clock, one, Sent(MessageId(number)))
        clock.move(seconds=4)
    return gone


class Wire:
    """An outlet that tells one thing after the other."""

    def __init__(self, db, clock, source, query) -> None:
        self._db, self._clock, self.source, self._query = db, clock, source, query
        self._count = 0

    async def tells(self, title: str):
        self._count += 1
        one = article(f"a.test/{self._count}", title, text=text_of(self._count), matches=(match(self._query),))
        return await publish(self._db, self.source, one, at=self._clock())


@pytest.fixture
async def wire(db, clock):
    query = await follows(db, OKSANA, "мінськ")
    return Wire(db, clock, await opened(db, "https://a.test/feed", outlet="a.test"), query)


async def wants(db, **manner):
    (one,) = await db.subscriptions(OKSANA)
    await db.do(arrange, OKSANA, one.id, replace(AT_ONCE, **manner), now=NOON)


async def test_a_development_answers_the_first_message(db, clock, wire):
    await wire.tells(ARREST)
    ((_, first, answers),) = await told(db, clock)
    assert answers is None
    clock.move(hours=1)

    await wire.tells(NEWS["вирок"])
    ((kind, second, answers),) = await told(db, clock)
    assert (kind, answers) == ("alert", first)

    clock.move(hours=1)
    await wire.tells(NEWS["звільнити"])
    ((_, _, answers),) = await told(db, clock)
    assert answers == first != second


async def test_the_view_says_what_is_new(db, clock, wire):
    await wire.tells(ARREST)
    await told(db, clock)
    clock.move(hours=1)
    await wire.tells(NEWS["вирок"])
    (due,) = await claim(db, clock)
    view = await db.alert_view(due.alert)
    assert view.answers
    assert (view.change.kind, view.change.was, view.change.now) == ("stage", "detention", "sentence")


async def test_a_follow_up_without_news_is_told_for_itself(db, clock, wire):
    await wire.tells(ARREST)
    await told(db, clock)
    clock.move(hours=1)
    await wire.tells(REMARK)
    ((kind, _, answers),) = await told(db, clock)
    assert (kind, answers) == ("alert", None)


async def test_whoever_wants_first_reports_hears_of_a_thread_once(db, clock, wire):
    await wants(db, interest="first")
    await wire.tells(ARREST)
    assert len(await told(db, clock)) == 1
    clock.move(hours=1)
    for title in (NEWS["вирок"], REMARK):
        assert (await wire.tells(title)).alerts == 0
    assert await told(db, clock) == []


async def test_whoever_wants_everything_hears_it_at_once_as_answers(db, clock, wire):
    await wants(db, interest="everything")
    await wire.tells(ARREST)
    ((_, first, _),) = await told(db, clock)
    for title in (NEWS["вирок"], REMARK):
        await wire.tells(title)
        ((_, _, answers),) = await told(db, clock)
        assert answers == first


async def test_developments_that_come_close_are_held_and_leave_together(db, clock, wire):
    await wire.tells(ARREST)
    ((_, first, _),) = await told(db, clock)
    clock.move(minutes=1)
    for title in NEWS.values():
        await wire.tells(title)
        clock.move(minutes=1)
    assert await told(db, clock) == []

    clock.now = NOON + APART
    ((kind, _, answers),) = await told(db, clock)
    assert (kind, answers) == ("digest", first)


async def test_one_that_is_held_alone_leaves_as_an_answer(db, clock, wire):
    await wire.tells(ARREST)
    ((_, first, _),) = await told(db, clock)
    clock.move(minutes=1)
    await wire.tells(NEWS["вирок"])
    assert await told(db, clock) == []
    clock.now = NOON + APART
    ((kind, _, answers),) = await told(db, clock)
    assert (kind, answers) == ("alert", first)


async def test_a_held_one_does_not_leave_sooner_because_the_manner_is_changed(db, clock, wire):
    await wire.tells(ARREST)
    await told(db, clock)
    clock.move(minutes=1)
    await wire.tells(NEWS["вирок"])
    await wants(db, urgent=True)
    assert await told(db, clock) == []
    clock.now = NOON + APART
    assert len(await told(db, clock)) == 1


async def test_a_muted_thread_is_silent(db, clock, wire):
    await wire.tells(ARREST)
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Sent(MessageId(1)))
    await db.do(mute, OKSANA, due.alert, now=clock())
    clock.move(hours=1)
    assert (await wire.tells(NEWS["вирок"])).alerts == 0
    clock.move(hours=22, minutes=59)
    assert (await wire.tells(NEWS["звільнити"])).alerts == 0


async def test_a_thread_that_was_muted_is_told_of_again_after_a_day(db, clock, wire):
    await wire.tells(ARREST)
    (due,) = await claim(db, clock)
    await settle(db, clock, due, Sent(MessageId(1)))
    await db.do(mute, OKSANA, due.alert, now=clock())
    clock.move(days=1)
    assert (await wire.tells(NEWS["вирок"])).alerts == 1


async def test_a_thread_of_long_ago_begins_anew(db, clock, wire):
    await wants(db, interest="first")
    titles = [ARREST, NEWS["вирок"], NEWS["звільнити"]]
    alerts = []
    for title in titles:
        alerts.append((await wire.tells(title)).alerts)
        await told(db, clock)
        clock.move(hours=40)
    assert alerts == [1, 0, 1]


async def test_who_came_later_is_told_a_development_as_news(db, clock, wire):
    await wire.tells(ARREST)
    await told(db, clock)
    clock.move(hours=1)
    query = await follows(db, PETRO, "вирок")
    one = article("a.test/9", NEWS["вирок"], text=text_of(9), matches=(match(query),))
    await publish(db, wire.source, one, at=clock())
    ((_, _, answers),) = await told(db, clock)
    assert answers is None
