"""Are the words a slip away found, and no others?"""

from hypothesis import given
from hypothesis import strategies as st

from core.match.evaluate import is_slip_of_any
from core.match.slips import Slips

FORMS = ["зеленський", "зеленського", "харків", "харкова", "політик", "політика", "коротк", "мінськая"]
spoiled = st.builds(
    lambda form, places, letters: "".join(
        {0: "", 1: letter + sign, 2: letter}.get(place, sign)
        for sign, place, letter in zip(form, places, letters, strict=False)
    ),
    st.sampled_from(FORMS),
    st.lists(st.sampled_from([9, 9, 9, 9, 9, 0, 1, 2]), min_size=11, max_size=11),
    st.text("зелнськийхар", min_size=11, max_size=11),
)


def found(key):
    slips = Slips()
    for leaf, form in enumerate(FORMS):
        slips.add(form, leaf)
    return slips.near(key)


def test_a_letter_may_be_wrong_missing_too_many_or_swapped():
    assert found("харкив") == found("хакрів") == found("харкків") == {2}
    assert found("зилинський") == {0}
    assert found("міннсськая") == {7}


def test_the_first_letter_must_be_right_and_short_words_forgive_nothing():
    assert found("карків") == found("харкі") == set()


@given(spoiled)
def test_the_index_finds_what_a_comparison_with_every_form_finds(key):
    expected = {leaf for leaf, form in enumerate(FORMS) if is_slip_of_any(key, [form]) and len(key) >= 6}
    assert found(key) == expected
