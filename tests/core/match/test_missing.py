"""Is the part named that an article does not meet?"""

import pytest
from hypothesis import given

from core.match.evaluate import answer
from core.match.missing import explain_missing
from core.match.port import Sure
from core.meaning import Close, Every, Never, Of, Some, Titled, Written
from tests.core.match.worlds import Doubting, article, articles, meaning, meanings, sense, term

DIM, RIK = term(sense("дім")), term(sense("рік"))
PHRASE = term(sense("дім"), sense("рік"))
NEAR = Close((DIM,), (RIK,), 1)
NEVER, TITLED, OF, WRITTEN, SOME = Never(RIK), Titled(RIK), Of("bbc"), Written("uk"), Some((RIK, NEAR))


@pytest.mark.parametrize(
    ("root", "text", "clause", "how"),
    [
        (Every((DIM, RIK)), "дім", RIK, "absent"),
        (Every((DIM, RIK)), "мати", DIM, "absent"),
        (PHRASE, "дім, рік", PHRASE, "apart"),
        (PHRASE, "дім", PHRASE, "absent"),
        (NEAR, "дім а б в рік", NEAR, "apart"),
        (NEAR, "дім", NEAR, "absent"),
        (Every((DIM, NEVER)), "дім рік", NEVER, "excluded"),
        (Every((DIM, TITLED)), "дім рік", TITLED, "not in title"),
        (Every((DIM, TITLED)), "дім", RIK, "absent"),
        (Every((DIM, OF)), "дім", OF, "other source"),
        (Every((DIM, WRITTEN)), "дім", WRITTEN, "other language"),
        (Every((DIM, SOME)), "дім", SOME, "absent"),
    ],
)
def test_the_first_unmet_part_is_named(root, text, clause, how):
    missing = explain_missing(meaning(root), article(text), Sure())
    assert missing is not None
    assert (missing.clause, missing.how) == (clause, how)


def test_what_is_excluded_is_shown():
    missing = explain_missing(meaning(Every((DIM, NEVER))), article("дім рік"), Sure())
    assert missing is not None
    assert [(hit.term, hit.span.start) for hit in missing.hits] == [(RIK, 4)]


@given(meanings, articles)
def test_something_is_missing_exactly_where_there_is_no_match(one, news):
    assert (explain_missing(one, news, Doubting()) is None) is (answer(one, news, Doubting()) is not None)
