"""Is this hit the word that was meant? Decided on hits alone, by letters, dictionaries and the words around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.lexicon import LANGUAGES, Language, Lexicon, Part, Reading
from core.match.port import Passage
from core.meaning import Sense, Tier
from core.meaning.senses import Dictionaries
from core.text.words import Word


class Homonyms(Protocol):
    """A model of the words around an ambiguous one."""

    def chance(self, lexicon: Lexicon, passage: Passage, place: int, lemmas: frozenset[str]) -> float:
        """How likely the word at `passage.words[place]` is a form of one of the lemmas, from 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryJudge:
    """The judge of the running bot."""

    dictionaries: Dictionaries
    models: Mapping[Language, Homonyms] = field(default_factory=dict)
    """By language; where there is none, every ambiguous hit counts."""

    def tier(self, sense: Sense, passage: Passage, place: int, word: Word) -> Tier | None:
        """How far a hit is to be trusted; `None` where it is another word, or not in the letters asked for."""
        whole = passage.words[place]
        printed = passage.text[word.start : word.end]
        if sense.shape == "capitals" and not _in_capitals(printed, word.key, sense, passage):
            return None
        if word.key in sense.halves and word.end >= whole.end:
            return None
        if sense.shape == "name" and not printed[:1].isupper() and self._another_word(word.key, sense):
            return None
        if not sense.lemmas or sense.forms.get(word.key) != Tier.FORM:
            return Tier.FORM
        return self._by_readings(sense, passage, place, word)

    def unknown(self, key: str) -> bool:
        """Whether no dictionary has the word: only such a word may be a slip of the hand."""
        return not self.dictionaries.known(key)

    def doubts(self, sense: Sense) -> bool:
        """Whether a hit of the sense must be asked about at all."""
        return bool(sense.lemmas or sense.halves) or sense.shape != "any"

    def _another_word(self, key: str, sense: Sense) -> bool:
        return any(
            (lexicon.language, reading.lemma) not in sense.lemmas
            for lexicon in self._lexicons(sense, key, None)
            for reading in lexicon.readings(key)
        )

    def _by_readings(self, sense: Sense, passage: Passage, place: int, word: Word) -> Tier | None:
        """By the first language that knows the word; by the text's own alone, where that does: a form of a word of
        another language is there by accident."""
        for lexicon in self._lexicons(sense, word.key, passage.language):
            readings = _in_these_letters(lexicon.readings(word.key), passage.text[word.start : word.end])
            ours = frozenset(lemma for language, lemma in sense.lemmas if language == lexicon.language)
            inside = [reading.lemma in ours for reading in readings]
            if not any(inside):
                if lexicon.language == passage.language:
                    return None
                continue
            if all(inside) or _all_names(readings):
                return Tier.FORM
            if word.key not in ours and _outweighed(readings, inside, lexicon.language):
                return None
            if _after_its_subject(passage, place) and _rather_verb(readings, inside):
                return None
            if sense.shape == "name" and passage.text[word.start].isupper():
                return Tier.CONTEXT  # a capital speaks for the name, whatever small word looks like it
            model = self.models.get(lexicon.language)
            whole = word == passage.words[place]
            if model is None or not whole or model.chance(lexicon, passage, place, ours) >= sense.least:
                return Tier.CONTEXT
            return None
        return Tier.FORM

    def _lexicons(self, sense: Sense, key: str, first: Language | None) -> list[Lexicon]:
        """Those of the sense's languages, and the text's own before them, that know the word."""
        languages = [language for language in LANGUAGES if any(of == language for of, _ in sense.lemmas)]
        ordered = dict.fromkeys([first, *languages] if first else languages)
        return [lexicon for lexicon in self.dictionaries.writing(key, list(ordered)) if lexicon.knows(key)]


def _in_these_letters(readings: Sequence[Reading], printed: str) -> Sequence[Reading]:
    """In small letters a word is no name, where it can be anything else: «mają» is not of «Maja»."""
    words = [reading for reading in readings if not reading.name]
    return words if words and printed[:1].islower() else readings


def _all_names(readings: Sequence[Reading]) -> bool:
    """«Лукашенко» or «Лукашенка»: both are the name."""
    return all(reading.name for reading in readings)


_STRONGER: Mapping[Part, frozenset[Part]] = {
    "NOUN": frozenset({"PREP", "CONJ", "PRCL", "NPRO"}),
    "ADJF": frozenset({"PREP", "PRCL", "NPRO"}),
    "VERB": frozenset({"PREP", "NPRO", "CONJ"}),
    "GRND": frozenset({"PREP", "CONJ", "PRCL"}),
}
"""Small words so common that nobody means the other: «серед» is hardly ever of «середа», nor «тем» of «тема»."""


def _outweighed(readings: Sequence[Reading], inside: Sequence[bool], language: Language) -> bool:
    ours = {reading.part for reading, mine in zip(readings, inside, strict=True) if mine}
    others = {reading.part for reading, mine in zip(readings, inside, strict=True) if not mine}
    if language == "uk" and ours == {"ADJF"} and "ADVB" in others:
        return True  # «дуже» is of «дужий» to the dictionary alone
    if language == "ru" and others == {"CONJ"} and "VERB" in ours:
        return False  # «значит», «может» are verbs that the dictionary calls conjunctions, too
    return all(others & _STRONGER.get(part, frozenset()) for part in ours)


_SUBJECTS = frozenset("я ти ты ми мы ви вы".split())


def _after_its_subject(passage: Passage, place: int) -> bool:
    return place > 0 and passage.words[place - 1].key in _SUBJECTS and passage.joined(place - 1)


def _rather_verb(readings: Sequence[Reading], inside: Sequence[bool]) -> bool:
    """Whether ours is a noun in an oblique case where a verb may stand: «я стану» is not of «стан»."""
    ours = [reading for reading, mine in zip(readings, inside, strict=True) if mine]
    others = [reading for reading, mine in zip(readings, inside, strict=True) if not mine]
    oblique = all(reading.part in ("NOUN", "ADJF") and reading.case not in ("nom", "") for reading in ours)
    return oblique and any(reading.part == "VERB" for reading in others)


_MOST_OF_AN_ENDING = 3


def _in_capitals(printed: str, key: str, sense: Sense, passage: Passage) -> bool:
    """«МОНу» as «МОН» with an ending; a text all in capitals tells nothing, so there every one counts."""
    stem = len(sense.base)
    ending = printed[stem:]
    if printed[:stem].isupper() and (not ending or ending.islower() or passage.text.isupper()):
        return len(ending) <= _MOST_OF_AN_ENDING
    return False
