"""Does the scan of a text find the words that `words` finds, where it finds them?"""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.match.compiled import scan_compiled
from core.text.fold import APOSTROPHES, HYPHENS, INVISIBLE
from core.text.scan import hashes_of, scan
from core.text.words import in_one_phrase, parts, words


def expected(text):
    """What the scan must give, by reading the words one by one."""
    whole = words(text)
    opened = [(place, part.key) for place, word in enumerate(whole) for part in parts(text, word)]
    return {
        "words": [(word.start, word.end) for word in whole],
        "hashes": hashes_of([word.key for word in whole]).tolist(),
        "joined": [in_one_phrase(text[one.end : other.start]) for one, other in pairwise(whole)],
        "parts": [
            (*part, value) for part, value in zip(opened, hashes_of([key for _, key in opened]).tolist(), strict=True)
        ],
    }


def given_by(scanned):
    return {
        "words": list(zip(scanned.starts.tolist(), scanned.ends.tolist(), strict=True)),
        "hashes": scanned.hashes.tolist(),
        "joined": scanned.joined.tolist()[:-1],
        "parts": list(zip(scanned.part_places.tolist(), scanned.part_keys, scanned.part_hashes.tolist(), strict=True)),
    }


LETTERS = "абяєїґЇбЯ\u0439\u0457\u0451aexBXé\u00f3\u0144ßſσΣ\u01315\u00b2\u4e2d\u0627\U0001d400"
SIGNS = (
    APOSTROPHES + HYPHENS + INVISIBLE + "\u0301\u0306\u0308\u0300\u0327" + '"*_.,  \n\n\t\r«»„“”()[]\u2014/\U0001f600'
)
alphabet = st.sampled_from(LETTERS + SIGNS)


@given(st.text(alphabet, max_size=40) | st.text(max_size=30) | st.text(st.sampled_from("бя'-\n \""), max_size=12))
@example("прес\u2011секретар, військово-морський – IT-компанія")
@example('сім"я "я" п*ять "об"єкт-сім"я"')
@example("слово'' інше 'слово' - -слово- \u02bcслово\u02bc")
@example("a\n\nb\nc \u200b d\u00ad \u00ade-\n\n-f")
@example("\ud800а\udc00 \U0001f600б\U0001d400")
def test_the_scan_finds_what_words_finds(text):
    assert given_by(scan(text)) == expected(text)
    assert given_by(scan_compiled(text)) == expected(text)


def test_every_character_is_read_alike_alone_and_among_letters():
    for point in range(0x110000):
        character = chr(point)
        if point < 0x3000 or point % 61 == 0:
            text = f"{character} б{character}я z{character}z"
            assert given_by(scan(text)) == given_by(scan_compiled(text)) == expected(text), hex(point)


def test_two_spellings_of_a_word_are_one_number():
    typed = scan("ПОЛІТВ\u2019ЯЗНІ політв'язні по\u0301літв\u02bcязні").hashes.tolist()
    assert typed == hashes_of(["політв\u02bcязні"] * 3).tolist()


def test_a_very_long_text_is_scanned_whole():
    text = "слово " * 50_000
    assert scan(text).hashes.tolist() == hashes_of(["слово"]).tolist() * 50_000


@pytest.mark.parametrize("text", ["", " ", "—", "'", "\u00ad", "–"])
def test_a_text_without_words_gives_none(text):
    assert given_by(scan(text)) == expected(text)
