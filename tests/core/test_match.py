"""Does a subscription find its words in every form, and only them?"""

import re
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.expand import expand
from core.match import Match, Matcher, Span, passages
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


def test_spans_stand_in_reading_order_title_first(lexicon):
    matcher = Matcher()
    matcher.add(QueryId(4), expand(parse("Лукашенко Мінськ"), lexicon))
    found = matcher.match(passages("Про Мінськ", "Мінськ і Лукашенко"))
    assert found == [Match(query=QueryId(4), spans=(Span(4, 10, "title"), Span(0, 6, "text"), Span(9, 18, "text")))]


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


def test_an_article_answers_several_queries_in_the_order_they_were_added(lexicon):
    matcher = Matcher()
    for number, query in [(9, "Мінськ"), (3, "Польща"), (7, "Мінськ"), (1, "політв'язні")]:
        matcher.add(QueryId(number), expand(parse(query), lexicon))
    found = matcher.match(passages("Мінськ", "про політв'язнів"))
    assert [match.query for match in found] == [9, 7, 1]


def test_a_query_added_again_is_replaced(lexicon):
    matcher = Matcher()
    matcher.add(QueryId(1), expand(parse("Польща"), lexicon))
    matcher.add(QueryId(1), expand(parse("Мінськ"), lexicon))
    assert matcher.match(passages("", "Польща")) == []
    assert [match.query for match in matcher.match(passages("", "Мінськ"))] == [1]


def test_a_query_added_again_comes_last_and_its_old_words_are_forgotten(lexicon):
    matcher = Matcher()
    for number, query in [(1, "Польща"), (2, "Мінськ"), (1, "Мінськ")]:
        matcher.add(QueryId(number), expand(parse(query), lexicon))
    assert [match.query for match in matcher.match(passages("", "Мінськ"))] == [2, 1]
    matcher.remove(QueryId(1))
    matcher.remove(QueryId(2))
    assert not matcher._by_form


def test_an_unknown_query_is_removed_without_a_word():
    matcher = Matcher()
    matcher.remove(QueryId(404))
    assert matcher.match(passages("Мінськ", "")) == []


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


def understood(typed, lexicon):
    try:
        return [expand(parse(query), lexicon) for query in typed]
    except UserError:
        return []


@settings(max_examples=60)
@given(title=ARTICLES, text=ARTICLES, typed=st.lists(TYPED, max_size=4), other=TYPED)
def test_a_query_more_or_less_changes_nothing_for_the_others(lexicon, title, text, typed, other):
    article = passages(title, text)
    alone = Matcher()
    for number, expanded in enumerate(understood(typed, lexicon)):
        alone.add(QueryId(number), expanded)
    before, filed = alone.match(article), dict(alone._by_form)

    for expanded in understood([other], lexicon):
        alone.add(QueryId(99), expanded)
    assert [match for match in alone.match(article) if match.query != 99] == before

    alone.remove(QueryId(99))
    assert alone.match(article) == before
    assert alone._by_form == filed


@settings(max_examples=60)
@given(title=ARTICLES, text=ARTICLES, typed=TYPED)
def test_every_span_slices_to_forms_of_its_query(lexicon, title, text, typed):
    for expanded in understood([typed], lexicon):
        matcher = Matcher()
        matcher.add(QueryId(1), expanded)
        forms = {form for meaning in expanded.wanted for forms in meaning.forms for form in forms}
        for match in matcher.match(passages(title, text)):
            for span in match.spans:
                printed = (title if span.field == "title" else text)[span.start : span.end]
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
