"""Does a subscription find its words in every form, and only them?"""

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.match.evaluate import answer
from core.match.plain import PlainEngine
from core.match.port import Span
from core.meaning import terms_of
from core.model import QueryId
from core.query import parse
from core.text.fold import APOSTROPHE, fold
from seeds import load_world

FORMS = (
    "політв'язень",
    "політв'язня",
    "політв'язневі",
    "політв'язню",
    "політв'язнем",
    "політв'язні",
    "політв'язнів",
    "політв'язням",
    "політв'язнями",
    "політв'язнях",
)
# As keyboards, editors and scripts write it.
APOSTROPHES = "\u0027\u2019\u02bc\u0060\u2018\u201b\u2032\u02b9\u02bb\u00b4\u055a\uff07"
WRITTEN = {
    "small": str,
    "large": str.upper,
    "as a title": str.capitalize,
    "decomposed": lambda word: unicodedata.normalize("NFD", word),
    "with stress": lambda word: word.replace("яз", "я\u0301з"),
    "with a soft hyphen": lambda word: word.replace("літ", "лі\u00adт"),
    "with a zero width": lambda word: word.replace("літ", "лі\u200bт"),
    "in Latin look-alikes": lambda word: word.replace("о", "o").replace("і", "i").replace("е", "e").replace("х", "x"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found_with_every_apostrophe_in_every_spelling(shown, form):
    for apostrophe, spelling in product(APOSTROPHES, WRITTEN.values()):
        printed = spelling(form.replace("'", apostrophe))
        assert shown("політв'язні", f"Про «{printed}», кажуть.") == [printed]


@pytest.mark.parametrize("query", ["політв'язні", "Політв’язень", "ПОЛІТВ`ЯЗНЯМИ", "політвязні", "пoлітв'язнів"])
def test_a_subscription_may_be_typed_in_any_form_and_spelling(shown, query):
    text = " ".join(FORMS)
    assert shown(query, text) == list(FORMS)


PHRASE = (
    "політичний в'язень",
    "політичного в’язня",
    "політичному вʼязневі",
    "політичному в'язню",
    "політичним в’язнем",
    "політичні в'язні",
    "політичних в’язнів",
    "політичним вʼязням",
    "політичними в'язнями",
    "політичних в’язнях",
)


@pytest.mark.parametrize("printed", PHRASE)
def test_a_phrase_is_found_in_every_form(shown, printed):
    assert shown("політичні в'язні", f"Ідеться про {printed} Мінська.") == [printed]
    assert shown("«політичні в'язні»", f"Ідеться про {printed.upper()} Мінська.") == [printed.upper()]


@pytest.mark.parametrize("between", [" ", "\n", "\u00a0", "  ", " «", "\u200b "])
def test_space_and_quotation_marks_do_not_part_a_phrase(shown, between):
    assert shown("політичні в'язні", f"про політичних{between}в'язнів") == [f"політичних{between}в'язнів"]


@pytest.mark.parametrize("between", [", ", ". ", " – ", " і ", ": ", " / "])
def test_signs_and_other_words_part_a_phrase(shown, between):
    assert shown("політичні в'язні", f"про політичних{between}в'язнів") is None


def test_a_new_paragraph_parts_a_phrase(shown):
    assert shown("політичні в'язні", "Змінилися умови політичні\n\nВ'язні пишуть листи") is None


@pytest.mark.parametrize("query", ["Польща", "в'язка", "в'язкий", "політ", "політика", "зв'язок", "язь"])
def test_words_that_only_look_alike_do_not_match(shown, query):
    assert shown(query, " ".join(FORMS) + " " + " ".join(PHRASE)) is None


def test_a_word_is_not_found_inside_another(shown):
    assert shown("мати", "математика, матимуть") == ["матимуть"]
    assert shown("рік", "рікша, сторіки") is None
    assert shown("США", "сшати") is None


def test_all_words_of_a_query_must_be_there(shown):
    assert shown("Білорусь Лукашенко", "У Білорусі тихо.") is None
    assert shown("Білорусь Лукашенко", "У Білорусі. Так каже Лукашенко.") == ["Білорусі", "Лукашенко"]


def test_words_may_stand_in_title_and_text(shown):
    assert shown("Білорусь Лукашенко", "Так каже Лукашенко.", title="У Білорусі") == ["Білорусі", "Лукашенко"]


def test_spans_stand_in_reading_order_title_first(linguist):
    engine = PlainEngine(linguist.judge)
    engine.add(QueryId(4), linguist.meaning(parse("Лукашенко Мінськ")))
    (found,) = engine.match(linguist.read("Про Мінськ", "Мінськ і Лукашенко"))
    assert found.query == 4
    assert found.spans == (Span(4, 10, "title"), Span(0, 6, "text"), Span(9, 18, "text"))


def test_title_and_text_are_never_one_phrase(shown):
    assert shown("«політичні в'язні»", "В'язні пишуть", title="Умови політичні") is None


def test_an_unwanted_word_in_title_or_text_excludes(shown):
    assert shown("санкції -футбол", "Про санкції.") == ["санкції"]
    assert shown("санкції -футбол", "Про санкції у футболі.") is None
    assert shown("санкції -футбол", "Про санкції.", title="Футбол") is None
    assert shown("санкції -«чемпіонат світу»", "Санкції, чемпіонат Світанку") == ["Санкції"]


def test_a_word_wanted_and_unwanted_is_never_found(shown):
    assert shown("санкції -санкція", "Про санкції.") is None


def test_a_part_of_a_hyphenated_word_is_found_by_itself(shown):
    assert shown("політв'язні", "екс-політв’язня бачили") == ["політв’язня"]
    assert shown("прес-секретар", "каже прес‑секретаря") == ["прес‑секретаря"]
    assert shown("прес-секретар", "преса й секретар") is None


def test_a_phrase_may_end_in_a_part_of_a_hyphenated_word(shown):
    assert shown("«новий прес»", "новий прес-секретар") == ["новий прес"]


def test_places_are_right_among_signs_of_two_utf16_units(shown):
    assert shown("політв'язні", "😀😀 політв’язнів 🕊", title="🇧🇾") == ["політв’язнів"]


VOCABULARY = [
    "Білорусь",
    "Білорусі",
    "політв'язнів",
    "політв’язень",
    "політичних",
    "в'язнів",
    "США",
    "прес-секретар",
    "і",
]
ARTICLES = st.lists(st.sampled_from([*VOCABULARY, ".", "-", "😀"]), max_size=12).map(" ".join)
TYPED = st.lists(
    st.sampled_from([*VOCABULARY, "-США", "-Білорусь", "«політичні в'язні»", "прес", "-«в'язні»"]),
    min_size=1,
    max_size=3,
).map(" ".join)


@settings(max_examples=60)
@given(title=ARTICLES, text=ARTICLES, typed=TYPED)
def test_every_span_slices_to_forms_of_its_query(linguist, title, text, typed):
    try:
        meaning = linguist.meaning(parse(typed))
    except UserError:
        return
    forms = {form for term in terms_of(meaning.root) for sense in term.senses for form in sense.forms}
    for hit in answer(meaning, linguist.read(title, text), linguist.judge) or ():
        printed = (title if hit.span.field == "title" else text)[hit.span.start : hit.span.end]
        assert {fold(word) for word in printed.split()} <= forms


def test_the_seeds_political_prisoners_are_found_where_they_are_named_and_nowhere_else(shown):
    named = re.compile(f"політв{APOSTROPHE}яз", re.IGNORECASE)
    for article in load_world().articles:
        one_apostrophe = re.sub("['’`]", APOSTROPHE, f"{article.title}\n{article.text}")
        found = shown("політв'язні", article.text, title=article.title) or []
        assert len(found) == len(named.findall(one_apostrophe)), article.slug
        assert all(fold(word).startswith(f"політв{APOSTROPHE}яз") for word in found), article.slug


REPORTS = Path(__file__).parents[2].parent / "shared" / "seed"


@pytest.mark.skipif(not any(REPORTS.glob("*.txt")), reason="the real report is not kept beside this checkout")
@pytest.mark.parametrize(
    ("query", "begins"),
    [
        ("політв'язні", "політвʼяз"),
        ("Політв’язень", "політвʼяз"),
        ("політичні в'язні", "політичних вʼяз"),
        ("Білорусь", "білорус"),
        ("Лукашенко", "лукашенк"),
        ("помилування", "помилуван"),
    ],
)
def test_the_real_report_matches_and_shows_the_right_words(shown, query, begins):
    title, _, text = next(REPORTS.glob("*.txt")).read_text(encoding="utf-8").partition("\n")
    found = shown(query, text, title=title)
    assert found
    assert all(" ".join(map(fold, words.split())).startswith(begins) for words in found)


@pytest.mark.skipif(not any(REPORTS.glob("*.txt")), reason="the real report is not kept beside this checkout")
@pytest.mark.parametrize("query", ["Польща", "в'язка"])
def test_the_real_report_does_not_match_what_it_does_not_say(shown, query):
    title, _, text = next(REPORTS.glob("*.txt")).read_text(encoding="utf-8").partition("\n")
    assert shown(query, text, title=title) is None
