"""Concepts are kept as given, and what asks for them is followed anew."""

from newsroom import OKSANA, follows

from core.concept import Concept, Member, concepts_since
from core.subscribe import pause

BELARUS = Concept(
    name="Білорусь",
    members=(
        Member(text="Білорусь", language="uk"),
        Member(text="Belarus", language="en", kind="alias"),
        Member(text="білорус", language="uk", kind="person"),
    ),
)
ZNAK = Concept(
    name="Знак",
    members=(
        Member(text="Максим Знак", language="uk"),
        Member(text="Знак", language="uk", kind="alias", context=("адвокат", "політв'язень")),
    ),
)


async def changed(db, since):
    return [text for _, text, _ in await db.query_changes(since)]


async def test_a_new_house_has_no_concepts(db):
    assert await db.concepts() == []


async def test_concepts_come_back_as_they_were_given_by_name(db):
    assert await db.put_concept(ZNAK)
    assert await db.put_concept(BELARUS)
    assert await db.concepts() == [BELARUS, ZNAK]


async def test_a_concept_put_again_takes_the_place_of_the_one_before(db):
    await db.put_concept(BELARUS)
    less = Concept(name="Білорусь", members=BELARUS.members[:1])
    assert await db.put_concept(less)
    assert await db.concepts() == [less]


async def test_a_concept_may_be_empty(db):
    await db.put_concept(Concept(name="Порожнє", members=()))
    assert await db.concepts() == [Concept(name="Порожнє", members=())]


async def test_a_removed_concept_is_gone_and_its_neighbour_is_not(db):
    await db.put_concept(BELARUS)
    await db.put_concept(ZNAK)
    assert await db.remove_concept("Білорусь")
    assert not await db.remove_concept("Білорусь")
    assert await db.concepts() == [ZNAK]


async def test_queries_that_may_ask_for_a_concept_are_followed_anew_when_it_changes(db):
    await follows(db, OKSANA, "Білорусь також:мови")
    await follows(db, OKSANA, "сніг")
    before = await db.generation()
    await db.put_concept(BELARUS)
    assert await db.generation() > before
    assert await db.query_changes(before) == [(1, "Білорусь також:мови", True)]


async def test_queries_that_may_ask_for_a_concept_are_followed_anew_when_it_is_gone(db):
    await db.put_concept(BELARUS)
    await follows(db, OKSANA, "Білорусь також:мови")
    before = await db.generation()
    await db.remove_concept("Білорусь")
    assert await changed(db, before) == ["Білорусь також:мови"]


async def test_a_concept_put_again_just_so_changes_nothing(db):
    await db.put_concept(ZNAK)
    await follows(db, OKSANA, "Знак також:мови")
    before = await db.generation()
    assert not await db.put_concept(ZNAK)
    assert await db.generation() == before


async def test_a_query_that_nobody_follows_stays_so_when_a_concept_changes(db):
    await db.intern_query("Білорусь також:мови")
    query = await follows(db, OKSANA, "Мінськ також:мови")
    (mine,) = await db.subscriptions(OKSANA)
    await db.do(pause, OKSANA, mine.id, paused=True)
    before = await db.generation()
    await db.put_concept(BELARUS)
    assert await db.query_changes(before) == [(query, "Мінськ також:мови", False)]


async def test_when_concepts_changed_last_is_known(db):
    assert await db.concepts_changed() == 0
    await db.put_concept(ZNAK)
    assert await db.concepts_changed() == await db.generation()
    await follows(db, OKSANA, "сніг")
    since = await db.concepts_changed()
    assert since < await db.generation()
    assert await db.do(concepts_since, since) is None
    await db.remove_concept("Знак")
    assert await db.do(concepts_since, since) == []
