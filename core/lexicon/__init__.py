"""What a language must offer, so that one typed form becomes every form: lexemes and readings.

Words go in and come out as keys (`core.text.fold`). A key is the same for every language; where a language spells one
word in several ways (Russian ё and е, Belarusian ў), a lexicon knows a word in each, and `core.lexicon.spelling`
gives a form's other spellings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Language = Literal["uk", "be", "ru", "pl", "en"]
LANGUAGES: tuple[Language, ...] = ("uk", "be", "ru", "pl", "en")

Part = Literal[
    "NOUN",
    "ADJF",
    "PRTF",
    "VERB",
    "INFN",
    "GRND",
    "ADVB",
    "PREP",
    "CONJ",
    "PRCL",
    "NPRO",
    "NUMR",
    "PRED",
    "INTJ",
    "UNKN",
]
"""Parts of speech, named as OpenCorpora does; the same for all languages, so that one may teach another."""

Case = Literal["nom", "gen", "dat", "acc", "ins", "loc", "voc", ""]
Number = Literal["s", "p", ""]
Gender = Literal["m", "f", "n", ""]
Name = Literal["first", "surname", "patronymic", "place", "other", ""]
"""What kind of proper noun it is; empty where it is none (or the dictionary does not say)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read one form: of which lemma it is, and how it stands in a sentence."""

    lemma: str
    part: Part
    case: Case = ""
    number: Number = ""
    gender: Gender = ""
    name: Name = ""
    abbreviation: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexeme:
    """A word of a dictionary, with all its forms."""

    lemma: str
    part: Part
    """Of the lemma: a verb is `INFN` whatever form was looked up."""
    name: Name = ""
    forms: frozenset[str]
    """Keys, the lemma among them, as the dictionary spells them."""
    aside: frozenset[str] = frozenset()
    """Forms that the dictionary lists as words of their own: converbs."""


class Lexicon(Protocol):
    """The dictionary of one language."""

    @property
    def language(self) -> Language: ...

    def knows(self, word: str) -> bool:
        """Whether it is a form of any word of the dictionary."""

    def lexemes(self, word: str) -> Sequence[Lexeme]:
        """The words that it is a form of; none for one that the dictionary lacks."""

    def readings(self, word: str) -> Sequence[Reading]:
        """Every way to read it, in a fixed order; for an unknown word likely ways, at least one."""

    def guesses(self, word: str) -> frozenset[str]:
        """Likely forms of a word that the dictionary lacks, itself included; generous, for a wrong form is a string
        that nobody writes."""
