"""One typed word as a sense: everything that counts as it, in every language that knows it."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.lexicon import LANGUAGES, Language, Lexeme, Lexicon, Part
from core.lexicon.spelling import plain, spellings
from core.meaning import Sense, Tier
from core.query.tree import Word
from core.text.fold import APOSTROPHE

Weight = Callable[[Language, str, Part], float]
"""How common a lexeme is, as a natural logarithm; for those never seen, a low one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionaries:
    """What words are looked up in."""

    lexicons: Mapping[Language, Lexicon]
    weight: Weight = field(default=lambda language, lemma, part: 0.0)

    def writing(self, word: str, among: Sequence[Language] = ()) -> list[Lexicon]:
        """The dictionaries whose alphabet holds the word, in the order of our languages."""
        return [
            self.lexicons[language]
            for language in among or LANGUAGES
            if language in self.lexicons and ALPHABETS[language].fullmatch(word)
        ]

    def known(self, word: str) -> bool:
        """Whether any dictionary has it, in any reading."""
        return any(lexicon.knows(word) for lexicon in self.writing(word))

    def spelled(self, word: str) -> str:
        """The word itself where it is known; else with the apostrophe that was left out, if that makes it known."""
        if self.known(word):
            return word
        return next(filter(self.known, with_apostrophe(word)), word)

    def free(self, form: str) -> bool:
        """Whether it is no word, or nothing but a name: then it may count as a form of another."""
        return not any(
            lexicon.knows(form) and not all(reading.name for reading in lexicon.readings(form))
            for lexicon in self.writing(form)
        )


_MARKS = f"{APOSTROPHE}0-9-"
ALPHABETS: Mapping[Language, re.Pattern[str]] = {
    "uk": re.compile(f"[абвгґдеєжзиіїйклмнопрстуфхцчшщьюя{_MARKS}]+"),
    "be": re.compile(f"[абвгґдеёжзійклмнопрстуўфхцчшыьэюя{_MARKS}]+"),
    "ru": re.compile(f"[абвгдеёжзийклмнопрстуфхцчшщъыьэюя{_MARKS}]+"),
    "pl": re.compile(f"[a-ząćęłńóśźż{_MARKS}]+"),
    "en": re.compile(f"[a-zàâäçéèêëîïôöûüñáíóú{_MARKS}]+"),
}
"""Letters that a language writes; Polish has q, v and x in names."""

USUAL = 0.1
STRICT = 0.5
WIDE = 0.0
"""Chances from which an ambiguous hit counts, by the query's switch."""

ABBREVIATION = (2, 6)
"""Letters of an abbreviation, at least and at most."""
_ABBREVIATION_ENDINGS = "у а ом ові і и ів ам ами ах ю я єм ем е ы ов s ʼs u ie em owi".split()
LESS_COMMON = 3.0
"""An inflected form means no lexeme that is this much rarer (in logarithms) than the commonest it is a form of."""


def sense_of(
    word: Word,
    dictionaries: Dictionaries,
    *,
    among: Sequence[Language] = (),
    in_phrase: bool = False,
    least: float = USUAL,
) -> Sense:
    """The sense of a word alone or in a phrase, where the neighbours tell homonyms apart.

    `among` are the languages whose forms it takes; empty: every one that knows it. `least` is as of `Sense`.
    """
    typed = word.typed or word.key
    if word.how == "prefix":
        return Sense(base=f"{typed}*", forms={}, prefix=word.key)
    if word.how == "exact":
        return Sense(base=typed, forms={word.key: Tier.FORM})
    if not in_phrase and is_abbreviation(word, dictionaries):
        return _abbreviation(word)
    return _Looking(word, dictionaries, among, in_phrase).sense(least)


def is_abbreviation(word: Word, dictionaries: Dictionaries) -> bool:
    """Typed in capitals, and no common word that a person may have typed with the caps lock on (КИЇВ, but МОН)."""
    shortest, longest = ABBREVIATION
    typed = word.typed
    if not (typed.isupper() and typed.isalpha() and shortest <= len(word.key) <= longest):
        return False
    if len(word.key) <= 3:
        return True
    readings = [
        reading
        for lexicon in dictionaries.writing(word.key)
        if lexicon.knows(word.key)
        for reading in lexicon.readings(word.key)
    ]
    return all(reading.part not in _TELLING for reading in readings) or any(
        reading.abbreviation for reading in readings
    )


_TELLING = frozenset({"NOUN", "ADJF", "VERB", "INFN", "ADVB", "PRTF", "NUMR"})


def _abbreviation(word: Word) -> Sense:
    """«МОН», «МОНу», «МОН-івський»: the judge looks at the letters."""
    forms = {word.key + ending: Tier.VARIANT for ending in _ABBREVIATION_ENDINGS} | {word.key: Tier.FORM}
    return Sense(base=word.typed, forms=forms, shape="capitals")


class _Looking:
    """Finds all forms of one word."""

    def __init__(self, word: Word, dictionaries: Dictionaries, among: Sequence[Language], in_phrase: bool) -> None:
        self._word = word
        self._dictionaries = dictionaries
        self._lexicons = dictionaries.writing(word.key, among)
        self._in_phrase = in_phrase
        self._forms: dict[str, Tier] = {}

    def sense(self, least: float) -> Sense:
        key, chosen = self._chosen()
        self._put([key], Tier.FORM)
        halves = self._put_known(chosen) if chosen else self._put_halves(key)
        # A name is declined in every language, a word in those that have it.
        if not chosen or self._word.typed[:1].isupper():
            self._put_guessed(key, without={language for language, _ in chosen})
        self._put_compounds(key)
        name = (
            not self._in_phrase
            and bool(chosen)
            and all(lexeme.name for _, lexeme in chosen)
            and self._word.typed[:1].isupper()
        )
        return Sense(
            base=_cased(self._base(key, chosen), self._word.typed),
            forms=self._forms,
            # In a phrase the neighbours have told homonyms apart: nothing is left to judge.
            lemmas=frozenset((language, lexeme.lemma) for language, lexeme in chosen if not self._in_phrase),
            shape="name" if name else "any",
            fuzzy=self._word.how == "fuzzy",
            least=least,
            halves=halves,
        )

    def _chosen(self) -> tuple[str, list[tuple[Language, Lexeme]]]:
        """What the word means, by language, and what it means with the apostrophe that was left out."""
        chosen: list[tuple[Language, Lexeme]] = []
        meant = self._word.key
        for key in (meant, *with_apostrophe(meant)):
            found = [(lexicon.language, lexeme) for lexicon in self._lexicons for lexeme in self._meant(key, lexicon)]
            meant = key if found and not chosen else meant
            chosen += found
        return meant, chosen

    def _meant(self, key: str, lexicon: Lexicon) -> Sequence[Lexeme]:
        """A citation form means itself («мати», not «мата»); any other form means what it is commonly a form of."""
        lexemes = lexicon.lexemes(key)
        if self._in_phrase or len(lexemes) < 2:
            return lexemes
        wanted = plain(key, lexicon.language)
        cited = [lexeme for lexeme in lexemes if plain(lexeme.lemma, lexicon.language) == wanted]
        if not cited:
            return self._common(lexemes, lexicon.language)
        if all(self._seldom_typed(lexeme) for lexeme in cited):
            return lexemes
        if all(lexeme.name == "surname" for lexeme in cited):
            # «Лукашенка» is a surname too, and the genitive of the common one.
            return [lexeme for lexeme in lexemes if lexeme in cited or lexeme.name == "surname"]
        return cited

    def _seldom_typed(self, lexeme: Lexeme) -> bool:
        """Whether its citation form is rather an inflected form of another word: the adverb «вечором», the possessive
        «чоловіків», the participle «wanted», a surname in small letters («городов»)."""
        if lexeme.part == "ADVB" or (lexeme.name and self._word.typed[:1].islower()):
            return True
        return lexeme.part == "ADJF" and lexeme.lemma.endswith((*_POSSESSIVE, "ed"))

    def _common(self, lexemes: Sequence[Lexeme], language: Language) -> Sequence[Lexeme]:
        weights = [self._dictionaries.weight(language, lexeme.lemma, lexeme.part) for lexeme in lexemes]
        least = max(weights) - LESS_COMMON
        return [lexeme for lexeme, weight in zip(lexemes, weights, strict=True) if weight >= least]

    def _put_known(self, chosen: Iterable[tuple[Language, Lexeme]]) -> frozenset[str]:
        """The forms of the lexemes, in every spelling; returns those that count as the half of a compound alone."""
        halves: set[str] = set()
        for language, lexeme in chosen:
            self._put(lexeme.forms, Tier.FORM)
            self._put(lexeme.aside, Tier.VARIANT)
            others = {spelling for form in lexeme.forms for spelling in spellings(form, language)}
            for spelling in others:
                tier = self._tier_of(spelling, language, lexeme.lemma)
                self._put([spelling] if tier else [], tier or Tier.VARIANT)
            if lexeme.part == "ADJF":
                halves |= self._put_halves(lexeme.lemma)
        return frozenset(halves)

    def _put_halves(self, lemma: str) -> frozenset[str]:
        halves = frozenset(half for half in _halves(lemma) if half not in self._forms)
        self._put(halves, Tier.VARIANT)
        return halves

    def _tier_of(self, spelling: str, language: Language, lemma: str) -> Tier | None:
        """Of another spelling of a form of the lemma: the dictionary knows it as one too («темный»), or it is free."""
        lexicon = self._dictionaries.lexicons[language]
        if lexicon.knows(spelling) and any(reading.lemma == lemma for reading in lexicon.readings(spelling)):
            return Tier.FORM
        return Tier.VARIANT if self._in_phrase or self._dictionaries.free(spelling) else None

    def _put_guessed(self, key: str, *, without: Collection[Language]) -> None:
        for lexicon in self._lexicons:
            if lexicon.language in without:
                continue
            guesses = lexicon.guesses(key)
            for form in guesses:
                if self._in_phrase or form == key or not self._is_other_word(form, key, lexicon):
                    self._put([form, *spellings(form, lexicon.language)], Tier.GUESS)

    def _is_other_word(self, form: str, key: str, lexicon: Lexicon) -> bool:
        """A common word, or a name that the unknown one is made of («Путінів» of «Путін»)."""
        if not self._dictionaries.free(form):
            return True
        return lexicon.knows(form) and any(
            key.startswith(reading.lemma) and len(key) > len(reading.lemma) + 1 for reading in lexicon.readings(form)
        )

    def _put_compounds(self, key: str) -> None:
        """«держава-агресор» inflects in both halves."""
        halves = key.split("-")
        if len(halves) != 2 or not all(len(half) > 1 for half in halves):
            return
        left, right = (
            [form for lexicon in self._lexicons for lexeme in lexicon.lexemes(half) for form in lexeme.forms] or [half]
            for half in halves
        )
        if max(len(left), len(right)) <= _MOST_OF_A_HALF:
            self._put((f"{one}-{other}" for one in left for other in right), Tier.VARIANT)

    def _put(self, forms: Iterable[str], tier: Tier) -> None:
        for form in forms:
            if form and tier < self._forms.get(form, Tier.TYPO):
                self._forms[form] = tier

    def _base(self, key: str, chosen: Sequence[tuple[Language, Lexeme]]) -> str:
        """The word itself where it is a citation form; else a noun rather than the adjective that sounds the same."""
        lexemes = [lexeme for _, lexeme in chosen]
        if not lexemes or any(lexeme.lemma == key for lexeme in lexemes):
            return key
        return min(lexemes, key=lambda lexeme: lexeme.part == "ADJF").lemma


_POSSESSIVE = ("ів", "їв", "ин", "їн", "ов", "ев", "ёв")
_MOST_OF_A_HALF = 40
_GAP = re.compile("(?<=[бпвмфкргґдтзсн])(?=[яюєїёе])")


def with_apostrophe(key: str) -> Iterator[str]:
    """«політвязень» as it may have been meant; «обезд» has ъ in Russian."""
    if APOSTROPHE not in key:
        for gap in _GAP.finditer(key):
            yield key[: gap.start()] + APOSTROPHE + key[gap.start() :]


def _halves(lemma: str) -> Iterator[str]:
    """«військовий» as the first half of a compound: «військово-морський», «biało-czerwony»."""
    stem = lemma[:-2]
    if len(stem) > 2 and lemma.endswith(("ий", "ый", "ой", "ій")):
        yield stem + "о"
    elif len(stem) > 2 and lemma[-1] in "ыі":
        yield lemma[:-1] + "а"
    elif len(stem) > 2 and lemma.endswith(("ki", "gi", "y")):
        yield lemma[:-1] + "o"


def _cased(lemma: str, typed: str) -> str:
    """The base form with the capitals of what was typed: «США», «Білорусь»."""
    if typed.isupper() and len(typed) > 1:
        return lemma.upper()
    return lemma[:1].upper() + lemma[1:] if typed[:1].isupper() else lemma
