"""A switch brings in what a concept has, all of it shown, and nothing without being asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.concept import Added, Concept, Concepts, Member, typed_words, widen
from core.lexicon import LANGUAGES
from core.query.tree import AllOf, AnyOf, InTitle, Near, Phrase, Query, Without, Word

BELARUS = Concept(
    name="Білорусь",
    members=(
        Member(text="Білорусь", language="uk"),
        Member(text="Беларусь", language="be"),
        Member(text="Belarus", language="en"),
        Member(text="білоруський", language="uk", kind="adjective"),
        Member(text="беларускі", language="be", kind="adjective"),
        Member(text="білорус", language="uk", kind="person"),
        Member(text="білоруска", language="uk", kind="person"),
    ),
)
PRISONER = Concept(
    name="політвʼязень",
    members=(
        Member(text="політв'язень", language="uk"),
        Member(text="політичний в'язень", language="uk"),
        Member(text="więzień polityczny", language="pl"),
    ),
)
ZNAK = Concept(
    name="Максим Знак",
    members=(
        Member(text="Максим Знак", language="uk"),
        Member(text="Знак", language="uk", kind="alias", context=("адвокат", "політвʼязень")),
        Member(text="Maksim Znak", language="en", kind="alias"),
    ),
)
FORMS = {
    "білорусь": "білорусі білоруссю",
    "політвʼязень": "політвʼязні політвʼязнів",
    "політичний": "політичні політичних",
    "вʼязень": "вʼязні вʼязнів",
}


def forms_of(word, language):
    return frozenset([word, *FORMS.get(word, "").split()])


CONCEPTS = Concepts([BELARUS, PRISONER, ZNAK], forms_of)


def word(text, language=None):
    (one,) = typed_words(text)
    return Word(one.key, language=language)


def phrase(text, language=None):
    return Phrase(tuple(word(one, language) for one in text.split()))


def wide(node, *switches, derive=lambda typed, switch: ()):
    return widen(Query(root=node, switches=frozenset(switches)), CONCEPTS, derive)


def terms(widened):
    return [added.term for added in widened.added]


def concepts_of(typed, concepts):
    """Those that a typed word or phrase belongs to."""
    return [concept for concept, _ in concepts.of([typed] if isinstance(typed, Word) else typed.words)]


def test_a_concept_is_named_by_any_form_of_any_term():
    assert concepts_of(word("білоруссю"), CONCEPTS) == [BELARUS]
    assert concepts_of(phrase("політичних в'язнів"), CONCEPTS) == [PRISONER]
    assert concepts_of(word("політичних"), CONCEPTS) == []
    assert concepts_of(word("belarus"), CONCEPTS) == [BELARUS]


def test_a_word_that_needs_words_beside_it_names_no_concept():
    assert concepts_of(word("знак"), CONCEPTS) == []


def test_an_exact_word_names_no_concept():
    assert concepts_of(Word("білорусь", how="exact"), CONCEPTS) == []


def test_nothing_is_added_without_being_asked():
    assert wide(word("Білорусь"), "strict").node == word("Білорусь")


def test_adjectives_are_of_the_language_typed():
    widened = wide(word("Білорусі"), "adjectives")
    assert widened.node == AnyOf((word("Білорусі"), word("білоруський", "uk")))
    assert widened.added == (Added(term="білоруський", language="uk", why="adjectives"),)


def test_with_other_languages_adjectives_are_of_all_of_them():
    added = wide(word("Білорусь"), "adjectives", "languages").added
    assert [(one.term, one.why) for one in added] == [
        ("білоруський", "adjectives"),
        ("беларускі", "adjectives"),
        ("Беларусь", "languages"),
        ("Belarus", "languages"),
    ]


def test_people_are_those_named_after_it():
    assert terms(wide(word("Білорусь"), "people")) == ["білорус", "білоруска"]


def test_other_languages_of_an_adjective_are_adjectives():
    assert terms(wide(word("білоруський"), "languages")) == ["беларускі"]


def test_words_side_by_side_name_a_concept_together():
    typed = (word("політичні"), word("в'язні"), word("Мінськ"))
    assert wide(AllOf(typed), "languages").node == AllOf(
        (
            AnyOf((AllOf(typed[:2]), word("політвʼязень", "uk"), phrase("więzień polityczny", "pl"))),
            word("Мінськ"),
        )
    )


def test_an_alias_that_needs_words_beside_it_brings_them_along():
    beside = AnyOf((word("адвокат", "uk"), word("політвʼязень", "uk")))
    assert wide(phrase("Максим Знак"), "transliterations").node == AnyOf(
        (phrase("Максим Знак"), AllOf((word("Знак", "uk"), beside)), phrase("Maksim Znak", "en"))
    )


def test_near_takes_no_alias_that_needs_words_beside_it():
    near = Near(phrase("Максим Знак"), word("Білорусь"), 5)
    assert wide(near, "transliterations").node == Near(
        AnyOf((phrase("Максим Знак"), phrase("Maksim Znak", "en"))), word("Білорусь"), 5
    )


def test_what_must_not_be_there_stays_as_typed():
    without = AllOf((word("сніг"), Without(word("Білорусь"))))
    assert wide(without, "languages").node == without


def test_a_title_is_widened_within():
    assert wide(InTitle(word("Білорусь")), "adjectives").node == InTitle(
        AnyOf((word("Білорусь"), word("білоруський", "uk")))
    )


def test_where_no_concept_has_such_words_they_are_derived():
    def derive(typed, switch):
        return [Added(term="сніговий", language="uk", why=switch)] if typed == word("сніг") else []

    assert terms(wide(word("сніг"), "adjectives", derive=derive)) == ["сніговий"]
    assert terms(wide(word("Білорусь"), "adjectives", derive=derive)) == ["білоруський"]


def test_what_two_switches_bring_is_added_once():
    twice = [Added(term="сніговий", language="uk", why="adjectives")]
    assert len(wide(word("сніг"), "adjectives", "people", derive=lambda typed, switch: twice).added) == 1


@pytest.mark.parametrize("wrong", [{"text": "…"}, {"text": ""}, {"text": "Знак", "context": ("адвокат", "—")}])
def test_a_member_without_a_word_is_none(wrong):
    with pytest.raises(ValueError, match="no word"):
        Member(language="uk", **wrong)


leaves = st.sampled_from([word(text) for text in ("Білорусь", "сніг", "політичні", "в'язні", "знак")])
leaves |= st.sampled_from([phrase("Максим Знак"), phrase("політичних в'язнів")])
trees = st.recursive(
    leaves,
    lambda nodes: (
        st.builds(AllOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
        | st.builds(AnyOf, st.lists(nodes, min_size=1, max_size=3).map(tuple))
        | st.builds(InTitle, nodes)
    ),
    max_leaves=8,
)


def holds(node, text):
    """Whether a text of these words has what the node wants: order and places aside."""
    match node:
        case Word(key=key):
            return key in text
        case Phrase(words=row):
            return all(holds(one, text) for one in row)
        case AllOf(parts=parts):
            return all(holds(part, text) for part in parts)
        case AnyOf(parts=parts):
            return any(holds(part, text) for part in parts)
        case InTitle(part=part):
            return holds(part, text)


VOCABULARY = [
    one.key for its in (BELARUS, PRISONER, ZNAK) for member in its.members for one in typed_words(member.text)
]


@given(trees, st.sets(st.sampled_from(["сніг", "політичні", *VOCABULARY])))
def test_a_switch_never_loses_what_was_found_without_it(tree, text):
    widened = wide(tree, "adjectives", "people", "languages", "transliterations")
    assert holds(widened.node, text) or not holds(tree, text)
    assert all(added.language in LANGUAGES for added in widened.added)
