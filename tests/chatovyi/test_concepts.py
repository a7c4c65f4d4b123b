"""What admins do with concepts: files are read whole or not at all, and a name's spellings are proposed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.admin.concept_files import read_concepts, written
from chatovyi.admin import Admin
from chatovyi.clock import system_clock
from chatovyi.control import ask, listening
from config.settings import read_settings
from core.concept import KINDS, Concept, Member
from core.errors import ConfigError
from core.lexicon import LANGUAGES
from store.sqlite import sqlite_store

BELARUS = """
[[concept]]
name = "Білорусь"
terms.uk = ["Білорусь"]
terms.be = ["Беларусь"]
people.uk = ["білорус", "білоруска"]
aliases.en = ["Belarus", { text = "Byelorussia", context = ["Minsk"] }]
"""


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "x.db") as store:
        yield store


@pytest.fixture
def asked(store):
    admin = Admin(store=store, settings=read_settings({}), clock=system_clock)

    async def asked(command, **given):
        return await admin.do({"command": f"concept {command}", **given})

    return asked


def test_a_file_is_read_as_it_is_written_down():
    (concept,) = read_concepts(BELARUS, file="x.toml")
    assert concept.name == "Білорусь"
    assert concept.members == (
        Member(text="Білорусь", language="uk"),
        Member(text="Беларусь", language="be"),
        Member(text="білорус", language="uk", kind="person"),
        Member(text="білоруска", language="uk", kind="person"),
        Member(text="Belarus", language="en", kind="alias"),
        Member(text="Byelorussia", language="en", kind="alias", context=("Minsk",)),
    )


members = st.builds(
    Member,
    text=st.text(min_size=1).map(lambda text: text + "слово"),
    language=st.sampled_from(LANGUAGES),
    kind=st.sampled_from(KINDS),
    context=st.lists(st.sampled_from(["адвокат", 'зэк "х"', "a\\b"]), max_size=2).map(tuple),
)


@given(st.lists(members, max_size=5), st.text().map(lambda name: f"н{name}н"))
def test_what_is_written_is_read_again(some, name):
    order = {(kind, language): at for at, (kind, language) in enumerate((k, la) for k in KINDS for la in LANGUAGES)}
    some = [*some, Member(text="Мінськ", language="uk")]
    concept = Concept(name=name, members=tuple(sorted(some, key=lambda one: order[one.kind, one.language])))
    assert read_concepts(written(concept), file="x.toml") == [concept]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[[concept", "is no TOML"),
        ("", "[[concept]]"),
        ("[concept]\nname = 'a'", "[[concept]]"),
        ("color = 1\n[[concept]]\nname = 'a'", "nothing stands beside"),
        ("concept = [1]", "two brackets"),
        ("[[concept]]\nterms.uk = ['а']", 'name = "…"'),
        ("[[concept]]\nname = 'a'", "at least one term"),
        ("[[concept]]\nname = 'a'\nterms.uk = ['б']\ntrems.uk = ['в']", "'trems'"),
        ("[[concept]]\nname = 'a'\nterms = ['б']", "of which language"),
        ("[[concept]]\nname = 'a'\nterms.de = ['б']", "uk, be, ru, pl, en"),
        ("[[concept]]\nname = 'a'\nterms.uk = 'б'", "write a list"),
        ("[[concept]]\nname = 'a'\nterms.uk = [1]", 'write "…"'),
        ("[[concept]]\nname = 'a'\nterms.uk = ['…']", "no word"),
        ("[[concept]]\nname = 'a'\nterms.uk = [{text = 'б', context = 'в'}]", "context as a list"),
        ("[[concept]]\nname = 'a'\nterms.uk = ['б']\n[[concept]]\nname = 'a'\nterms.uk = ['в']", "two concepts"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_what_to_write(wrong, said):
    with pytest.raises(ConfigError) as refused:
        read_concepts(wrong, file="x.toml")
    assert "x.toml" in str(refused.value)
    assert said in str(refused.value)


async def test_a_concept_is_put_shown_and_removed(asked):
    assert await asked("list") == "No concepts yet: chatovyi concept put FILE.toml"
    assert await asked("put", toml=BELARUS, file="x.toml") == "Білорусь: 6 terms."
    assert await asked("list") == "Білорусь: uk 3, be 1, en 2"
    assert read_concepts(await asked("list", name="Білорусь"), file="") == read_concepts(BELARUS, file="")
    assert await asked("remove", name="Білорусь") == "Білорусь removed."
    with pytest.raises(ConfigError, match="no concept 'Білорусь'"):
        await asked("remove", name="Білорусь")


async def test_what_is_put_again_unchanged_is_said_to_be_so(asked):
    await asked("put", toml=BELARUS, file="x.toml")
    assert await asked("put", toml=BELARUS, file="x.toml") == "Білорусь: 6 terms, as before."


async def test_a_file_with_a_mistake_is_not_put_in_part(asked):
    with pytest.raises(ConfigError):
        await asked("put", toml=BELARUS + "[[concept]]\n", file="x.toml")
    assert "No concepts" in await asked("list")


async def test_a_word_of_two_concepts_is_pointed_out(asked):
    brothers = "[[concept]]\nname = '{}'\nterms.uk = ['{}', 'Кличко']\n"
    await asked("put", toml=brothers.format("Віталій", "Віталій Кличко"), file="x.toml")
    said = await asked("put", toml=brothers.format("Володимир", "Володимир Кличко"), file="x.toml")
    assert "Кличко stands for Віталій too" in said


async def test_spellings_of_a_name_are_proposed_in_the_form_that_is_put(asked):
    proposed = await asked("propose", name="Світлана Тихановська")
    (concept,) = read_concepts(proposed, file="")
    spelled = {(one.text, one.language) for one in concept.members}
    assert {
        ("Світлана Тихановська", "uk"),
        ("Святлана Ціханоўская", "be"),
        ("Светлана Тихановская", "ru"),
        ("Swiatłana Cichanouska", "pl"),
        ("Sviatlana Tsikhanouskaya", "en"),
    } <= spelled


async def test_what_the_archive_has_is_proposed_beside(store, asked):
    await store.write(lambda tx: tx.count_lemmas(frozenset({"pochobut", "почабут", "сніг"})))
    proposed = await asked("propose", name="Анджей Почобут")
    assert "# почабут (1 articles)" in proposed
    assert "сніг" not in proposed


async def test_a_large_file_reaches_the_running_process(tmp_path, store):
    admin = Admin(store=store, settings=read_settings({}), clock=system_clock)
    many = "".join(f"[[concept]]\nname = 'Н{number}'\nterms.uk = ['слово{number}']\n" for number in range(3000))
    async with listening(tmp_path / "x.db", admin):
        said = await ask(tmp_path / "x.db", {"command": "concept put", "toml": many, "file": "x.toml"})
        listed = await ask(tmp_path / "x.db", {"command": "concept list"})
    assert "Н2999: 1 terms." in said
    assert len(listed.splitlines()) == 3000
