"""Is it found what is new in a follow-up?"""

import pytest

from core.story import Gist
from core.story.change import Change, changed


def gist(title, *, names=(), numbers=(), body=""):
    return Gist(
        title=tuple(title.split()), body=tuple(body.split()), names=frozenset(names), numbers=frozenset(numbers)
    )


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        ("мінськ активіст затримати", "мінськ активіст засудити", Change("stage", "detention", "sentence")),
        ("минск активист осудить", "минск активист освободить", Change("stage", "sentence", "release")),
        ("active in talks", "active arrest in talks", Change("stage", "", "detention")),
        ("rozmowa trwać", "rozmowa nie trwać", Change("denial", "", "nie")),
    ],
)
def test_a_new_stage_or_a_denial_is_a_change(before, now, change):
    assert changed(gist(before), gist(now)) == change


def test_a_number_that_grew_is_a_change():
    before, now = gist("загинути", numbers=["3"]), gist("загинути", numbers=["5", "12"])
    assert changed(before, now) == Change("number", "3", "12")


def test_somebody_new_is_a_change_unless_the_story_knew_them():
    before, now = gist("суд", body="слухати петренко"), gist("суд сидоренко петренко", names=["сидоренко", "петренко"])
    assert changed(before, now) == Change("name", "", "сидоренко")
    assert changed(before, now, known=frozenset({"сидоренко"})) is None


def test_the_same_headline_in_other_words_is_no_change():
    assert changed(gist("аварія дніпро 3", numbers=["3"]), gist("дніпро аварія", numbers=["3"])) is None


def test_the_stage_weighs_more_than_a_number():
    before, now = gist("затримати 3", numbers=["3"]), gist("засудити 5", numbers=["5"])
    assert changed(before, now).kind == "stage"
