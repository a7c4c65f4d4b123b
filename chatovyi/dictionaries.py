"""The dictionaries of word forms."""

from functools import cache

import pymorphy3

from core.text.forms import Lexicon, UkrainianLexicon


@cache
def lexicon() -> Lexicon:
    """Read once for the whole process: a quarter of a second, some 30 MB."""
    return UkrainianLexicon(pymorphy3.MorphAnalyzer(lang="uk"))
