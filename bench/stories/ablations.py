"""Ours without one of its rules at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import core.story
import core.story.gist
import core.story.likeness
from core.lexicon.lemma import Lemmatizer
from core.story.likeness import Comparison

_Patch = tuple[object, str, object]


def _same_word(self: Lemmatizer, word: str, language: object) -> str:
    return word


ABLATIONS: Mapping[str, tuple[_Patch, ...]] = {
    "the rule that an outlet tells an event once": ((Comparison, "_same_entry", lambda self, other: True),),
    "the rule that a swapped name is another event": ((Comparison, "_swapped", lambda self, other: False),),
    "the check against the whole story": ((core.story, "AGREES", 0.0),),
    "the rule of names on both sides": ((Comparison, "_of_others", lambda self, other: False),),
    "the comparison at length": ((core.story.likeness, "TOLD_AT_LENGTH", 1 << 30),),
    "lemmas": ((Lemmatizer, "_lemma", _same_word),),
    "leaving out who said it": ((core.story.gist, "without_origin", lambda title: title),),
    "numbers as digits": ((core.story.gist, "value_of", lambda key: key if key.isdigit() else None),),
}


@contextmanager
def without(name: str) -> Iterator[None]:
    """Patches the rule away while inside; the dictionaries' memory of lemmas is emptied."""
    from chatovyi.dictionaries import linguist

    before = [(where, what, getattr(where, what)) for where, what, _ in ABLATIONS[name]]
    try:
        for where, what, instead in ABLATIONS[name]:
            setattr(where, what, instead)
        linguist.cache_clear()
        yield
    finally:
        for where, what, was in before:
            setattr(where, what, was)
        linguist.cache_clear()
