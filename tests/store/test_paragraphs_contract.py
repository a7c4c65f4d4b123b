"""What many articles of one source have word for word is known; what few have is forgotten soon."""

from datetime import timedelta

from newsroom import NOON, opened

from core.plain import REPEATED
from store.paragraphs import KEEP_ONCE, KEEP_REPEATED


async def counted(db, source, marks, *, times, at=NOON):
    for _ in range(times):
        await db.count_paragraphs(source.id, marks, now=at)


async def test_a_paragraph_is_repeated_from_so_many_articles_on_and_for_its_source_alone(db):
    a, b = await opened(db, "https://a.test/feed"), await opened(db, "https://b.test/feed")
    await counted(db, a, [1, 2], times=REPEATED - 1)
    assert await db.repeated(a.id, [1, 2, 3]) == frozenset()
    await counted(db, a, [1], times=1)
    assert await db.repeated(a.id, [1, 2, 3]) == {1}
    assert await db.repeated(b.id, [1, 2, 3]) == frozenset()


async def test_what_few_had_is_forgotten_soon_and_what_many_had_when_it_is_gone_for_long(db):
    a = await opened(db, "https://a.test/feed")
    await counted(db, a, [1], times=REPEATED)
    await counted(db, a, [2], times=REPEATED - 1)
    later = NOON + KEEP_ONCE + timedelta(minutes=1)
    assert await db.forget_paragraphs(now=later, limit=10) == 1
    await counted(db, a, [2], times=1, at=later)
    assert await db.repeated(a.id, [1, 2]) == {1}
    assert await db.forget_paragraphs(now=NOON + KEEP_REPEATED + timedelta(minutes=1), limit=10) == 2
    assert await db.repeated(a.id, [1, 2]) == frozenset()


async def test_a_mark_may_be_as_large_as_a_database_holds(db):
    a = await opened(db, "https://a.test/feed")
    await counted(db, a, [2**63 - 1], times=REPEATED)
    assert await db.repeated(a.id, [2**63 - 1]) == {2**63 - 1}
