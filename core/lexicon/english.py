"""English, by lemminflect and its dictionary."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from core.lexicon import Language, Lexeme, Number, Part, Reading
from core.lexicon.guess_latin import english_forms, english_readings
from core.text.fold import APOSTROPHE, fold

Lemmas = Mapping[str, Sequence[str]]
"""Lemmas by part of speech (`NOUN`, `VERB`, `ADJ`, `ADV`, `AUX`)."""
Inflections = Mapping[str, Sequence[str]]
"""Forms by tag of the Penn Treebank (`NNS`, `VBD`)."""


class Inflector(Protocol):
    """The part of the module `lemminflect` that is used."""

    def getAllLemmas(self, word: str, /) -> Lemmas: ...
    def getAllInflections(self, lemma: str, upos: str, /) -> Inflections: ...
    def getAllInflectionsOOV(self, lemma: str, upos: str, /) -> Inflections: ...


class EnglishLexicon:
    """A noun's possessives are forms of it («biden\u02bcs»), a verb's contractions of it («don\u02bct»); British and
    American spellings are one word. What a verb does is a noun too («fighting»), for that is what is typed."""

    language: Language = "en"

    def __init__(self, inflector: Inflector) -> None:
        self._inflector = inflector
        self._lemmas = lru_cache(maxsize=REMEMBERED)(self._found)
        self._tagged = lru_cache(maxsize=REMEMBERED)(self._inflected)
        self.readings = lru_cache(maxsize=REMEMBERED)(self._readings)
        self.lexemes = lru_cache(maxsize=REMEMBERED)(self._lexemes)

    def knows(self, word: str) -> bool:
        return word in _FUNCTION_WORDS or bool(self._lemmas(without_possessive(word)))

    def _lexemes(self, word: str) -> Sequence[Lexeme]:
        if word in _FUNCTION_WORDS:
            return (Lexeme(lemma=word, part=_FUNCTION_WORDS[word], forms=frozenset({word})),)
        return tuple(
            Lexeme(lemma=lemma, part=_LEXEME_PARTS[pos], forms=frozenset(self._forms(lemma, pos)))
            for lemma, pos in self._lemmas(without_possessive(word))
        )

    def _readings(self, word: str) -> Sequence[Reading]:
        if word in _FUNCTION_WORDS:
            return (Reading(lemma=word, part=_FUNCTION_WORDS[word]),)
        base = without_possessive(word)
        found = [
            reading
            for lemma, pos in self._lemmas(base)
            for reading in self._as(base, lemma, pos)
            if base == word or reading.part == "NOUN" or word in _CONTRACTIONS
        ]
        return tuple(dict.fromkeys(found)) or english_readings(base)

    def guesses(self, word: str) -> frozenset[str]:
        return english_forms(word)

    def _found(self, word: str) -> tuple[tuple[str, str], ...]:
        """Lemmas with their parts of speech; an auxiliary is the verb."""
        if word in _CORRECTED:
            return _CORRECTED[word]
        found = self._inflector.getAllLemmas(_CONTRACTIONS.get(word, word))
        pairs = [(fold(lemma), "VERB" if pos == "AUX" else pos) for pos, lemmas in found.items() for lemma in lemmas]
        parts = ("VERB",) if word in _CONTRACTIONS else _LEXEME_PARTS
        kept = dict.fromkeys(pair for pair in pairs if pair[1] in parts)
        if word.endswith("ing") and {pos for _, pos in kept} == {"VERB"}:
            kept[word, "NOUN"] = None
        return tuple(kept)

    def _inflected(self, lemma: str, pos: str) -> Mapping[str, Sequence[str]]:
        """Forms by tag: the dictionary's, or regular ones where it has none."""
        known = self._inflector.getAllInflections(lemma, pos)
        return known or self._inflector.getAllInflectionsOOV(lemma, pos)

    def _forms(self, lemma: str, pos: str) -> Iterator[str]:
        for spelling in (lemma, *self._other_spellings(lemma, pos)):
            forms = {spelling} | {fold(form) for forms in self._tagged(spelling, pos).values() for form in forms}
            forms = {form for form in forms if (spelling, pos) in _CORRECTED.get(form, [(spelling, pos)])}
            yield from forms
            if pos == "NOUN":
                yield from (form + _POSSESSIVE for form in forms)
            if pos == "VERB":
                yield from (short for short, full in _CONTRACTIONS.items() if full in forms)

    def _other_spellings(self, lemma: str, pos: str) -> Iterator[str]:
        for pattern, replacement in _BRITISH_AND_AMERICAN:
            other = pattern.sub(replacement, lemma)
            if other != lemma and (other, pos) in self._lemmas(other):
                yield other

    def _as(self, word: str, lemma: str, pos: str) -> Iterator[Reading]:
        """How the form may stand in a sentence."""
        tags = [tag for tag, forms in self._tagged(lemma, pos).items() if word in map(fold, forms)]
        for tag in tags or [""]:
            part, number = _TAGS.get(tag, (_PARTS[pos], ""))
            yield Reading(lemma=lemma, part=part, number=number)


def without_possessive(word: str) -> str:
    """«biden» of «biden\u02bcs»; a contraction («it\u02bcs») stays."""
    return word if word in _CONTRACTIONS else word.removesuffix(_POSSESSIVE)


REMEMBERED = 1 << 15
"""Words whose readings are kept at hand."""
_POSSESSIVE = APOSTROPHE + "s"

_PARTS: dict[str, Part] = {"NOUN": "NOUN", "PROPN": "NOUN", "VERB": "VERB", "ADJ": "ADJF", "ADV": "ADVB"}
_LEXEME_PARTS: dict[str, Part] = {**_PARTS, "VERB": "INFN"}
_TAGS: dict[str, tuple[Part, Number]] = {
    "NN": ("NOUN", "s"),
    "NNS": ("NOUN", "p"),
    "VB": ("INFN", ""),
    "VBP": ("VERB", "p"),
    "VBZ": ("VERB", "s"),
    "VBD": ("VERB", ""),
    "VBG": ("GRND", ""),
    "VBN": ("PRTF", ""),
}

_BRITISH_AND_AMERICAN = (
    (re.compile("(?<=[a-z]{3})is(?=e$)"), "iz"),
    (re.compile("(?<=[a-z]{3})iz(?=e$)"), "is"),
    (re.compile("(?<=[a-z]{3})is(?=ation$)"), "iz"),
    (re.compile("(?<=[a-z]{3})iz(?=ation$)"), "is"),
    (re.compile("(?<=[a-z]{3})ys(?=e$)"), "yz"),
    (re.compile("(?<=[a-z]{3})yz(?=e$)"), "ys"),
    (re.compile("(?<=[a-z]{3})our(?=$|ful$|able$|ite$|less$)"), "or"),
    (re.compile("(?<=[a-z]{3})or(?=$|ful$|able$|ite$|less$)"), "our"),
    (re.compile("^(cent|theat|lit|kilomet|centimet|fib|meag|lust|calib|spect)re$"), r"\1er"),
    (re.compile("^(cent|theat|lit|kilomet|centimet|fib|meag|lust|calib|spect)er$"), r"\1re"),
    (re.compile("^(def|off|lic|pret)ence$"), r"\1ense"),
    (re.compile("^(def|off|lic|pret)ense$"), r"\1ence"),
    (re.compile("(?<=[aeiou]l)(?=ogue$)"), ""),
    (re.compile("(?<=al)og$|(?<=ial)og$"), "ogue"),
)
"""What one side of the ocean writes, and what the other; taken only where both are words."""


_CORRECTED: Mapping[str, tuple[tuple[str, str], ...]] = {
    **{modal: ((modal, "VERB"),) for modal in "would could should might".split()},
    **{degree: ((degree, "ADJ"), (degree, "ADV")) for degree in "more most less least".split()},
    "better": (("good", "ADJ"),),
    "best": (("good", "ADJ"),),
    "thanks": (("thanks", "NOUN"),),
}
"""What the dictionary ties to a word that nobody means by it: «would» to «will», «most» to «much»."""


def _contractions() -> dict[str, str]:
    """«don\u02bct» – «do», «they\u02bcve» – «have»."""
    negative = {word + "n" + APOSTROPHE + "t": word for word in _NEGATED.split()}
    negative |= {f"won{APOSTROPHE}t": "will", f"can{APOSTROPHE}t": "can", f"shan{APOSTROPHE}t": "shall"}
    negative |= {"cannot": "can"}
    joined = {
        f"{pronoun}{APOSTROPHE}{tail}": verb
        for pronoun in "i you he she it we they who that there".split()
        for tail, verb in (("ve", "have"), ("ll", "will"), ("re", "are"), ("d", "would"))
    }
    has = {f"{pronoun}{APOSTROPHE}s": "is" for pronoun in "he she it who that there what here let".split()}
    return negative | joined | has | {f"i{APOSTROPHE}m": "am"}


_NEGATED = "do does did is are was were has have had would could should might must need"
_CONTRACTIONS = _contractions()

_FUNCTION_ROWS: tuple[tuple[Part, str], ...] = (
    (
        "PREP",
        "of in to for with on at from by about as into through over between under against during without within among "
        "toward towards upon across behind beyond near since until despite per via like",
    ),
    ("CONJ", "and or but nor so yet if because although though while whereas unless than whether that"),
    (
        "NPRO",
        "i you he she it we they me him us them who whom what which this these those my your his her its our their "
        "mine yours hers ours theirs someone anyone everyone nobody something anything everything nothing myself "
        "yourself himself herself itself ourselves themselves",
    ),
    ("PRCL", "the a an not no"),
)
_FUNCTION_WORDS = {word: part for part, row in _FUNCTION_ROWS for word in row.split()}
