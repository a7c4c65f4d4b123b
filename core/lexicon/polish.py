"""Polish, by Morfeusz 2 and its dictionary SGJP."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import Protocol, TypeVar

from core.lexicon import Case, Gender, Language, Lexeme, Name, Number, Part, Reading
from core.lexicon.guess_latin import polish_forms, polish_readings
from core.lexicon.likelihood import LEAST_SHARE, LEAST_TYPED, Likelihood
from core.text.fold import fold

Interpretation = tuple[str, str, str, Sequence[str], Sequence[str]]
"""Form, lemma (with a mark where lemmas are spelled alike: `stać:Vi`), tag, kinds of name, labels of style."""


class Analyser(Protocol):
    """The part of `morfeusz2.Morfeusz` that is used, made with
    `generate=True, praet="composite", case_handling=morfeusz2.IGNORE_CASE`: keys have no capitals, and «zrobiłem» is
    one word."""

    def analyse(self, text: str, /) -> Sequence[tuple[int, int, Interpretation]]: ...
    def generate(self, lemma: str, /) -> Sequence[Interpretation]: ...


class PolishLexicon:
    """What the dictionary labels as old, rare or dialect gives way to what it does not: «stali» is read as of «stać»
    and «stal», never of «stalić», and is no form of «stalić»."""

    language: Language = "pl"

    def __init__(self, analyser: Analyser, likelihood: Likelihood | None = None) -> None:
        self._analyser = analyser
        self._likelihood = likelihood
        self._kept = lru_cache(maxsize=REMEMBERED)(self._read)
        self._generated = lru_cache(maxsize=REMEMBERED >> 4)(self._inflected)
        self.readings = lru_cache(maxsize=REMEMBERED)(self._readings)
        self.lexemes = lru_cache(maxsize=REMEMBERED >> 4)(self._lexemes)

    def knows(self, word: str) -> bool:
        return bool(self._kept(word))

    def _lexemes(self, word: str) -> Sequence[Lexeme]:
        """Words spelled and used alike («stać» of both aspects) are one. Where a word is typed in another form than
        its base, it is less doubted what is meant than in a text."""
        found: dict[tuple[str, Part, Name], set[str]] = {}
        for _, lemma, tag, names, _ in self._likeliest(word, LEAST_TYPED):
            same = (_plain(lemma), _lexeme_part(tag), _name(lemma, names))
            forms = self._generated(lemma.partition(":")[0] or lemma).get(lemma, frozenset())
            found.setdefault(same, {same[0]}).update(forms)
        return tuple(
            Lexeme(lemma=lemma, part=part, name=name, forms=frozenset(forms))
            for (lemma, part, name), forms in found.items()
        )

    def _readings(self, word: str) -> Sequence[Reading]:
        kept = self._kept(word)
        if not kept:
            return polish_readings(word)
        return tuple(dict.fromkeys(reading for found in kept for reading in _expanded(found)))

    def guesses(self, word: str) -> frozenset[str]:
        return polish_forms(word, self)

    def interpretations(self, word: str) -> tuple[Interpretation, ...]:
        """What the whole word may be, without what gives way whatever the frequencies."""
        # With a full stop after it the analyser knows an abbreviation too.
        found = self._analyser.analyse(word + "." if len(word) <= _LONGEST_ABBREVIATION else word)
        whole = max((end for _, end, one in found if one[2] != "interp"), default=0)
        read = [one for start, end, one in found if start == 0 and end == whole and not _is_no_word(one)]
        for gives_way, before in _PRECEDENCE:
            if any(before(one, word) for one in read):
                read = [one for one in read if not gives_way(one)]
        return tuple(read)

    def slots(self, word: str) -> list[tuple[str, str]]:
        """What `core.lexicon.likelihood` counts a form under: every lexeme and slot. Names are left out where it may be
        a word, for frequencies of forms are counted without capitals."""
        read = self.interpretations(word)
        words = [one for one in read if not _is_name(one)]
        return [(lexeme_key(one), slot_of(one)) for one in words or read]

    def _read(self, word: str) -> tuple[Interpretation, ...]:
        return self._likeliest(word, LEAST_SHARE)

    def _likeliest(self, word: str, least: float) -> tuple[Interpretation, ...]:
        """Likeliest first, names last, without words that have next to none of this form; a word in its base form
        stays, for so it is asked for."""
        read = self.interpretations(word)
        if self._likelihood is None or len({lexeme_key(one) for one in read}) < 2:
            return read
        shares = self._likelihood.shares(self.slots(word))
        best = max(read, key=lambda one: shares.get(lexeme_key(one), 0.0))

        def stays(one: Interpretation) -> bool:
            # Of two nouns that share most of their forms («kot», «kota») counting cannot tell which is rare.
            alike = _lexeme_part(one[2]) == _lexeme_part(best[2]) == "NOUN"
            return _is_name(one) or _is_abbreviation(one) or alike or _plain(one[1]) == word

        kept = [one for one in read if stays(one) or shares[lexeme_key(one)] >= least]
        return tuple(sorted(kept, key=lambda one: -shares.get(lexeme_key(one), 0.0)))

    def _inflected(self, plain: str) -> Mapping[str, frozenset[str]]:
        """The forms of every word with this base form (as the dictionary writes it), by its mark; those that are
        common words and rare as its own are left out."""
        forms: dict[str, set[str]] = {}
        short = set()
        for one in self._analyser.generate(plain):
            form = fold(one[0])
            if _is_no_word(one) or (self._is_doubtful(one) and all(other[1] != one[1] for other in self._kept(form))):
                continue
            if _is_abbreviation(one):
                short.add(form)
            else:
                forms.setdefault(one[1], set()).add(form)
        return {lemma: frozenset(own | short) for lemma, own in forms.items()}

    def _is_doubtful(self, one: Interpretation) -> bool:
        """Whether the form may not be read as this word where it stands in a text. No form is, that ends in a verb's
        person («robilibyśmy»)."""
        if self._likelihood is None:
            return _is_rare(one) or _is_gerund(one) or _is_abbreviation(one)
        return not (one[2].startswith(("cond", "praet")) and (":pri:" in one[2] or ":sec:" in one[2]))


REMEMBERED = 1 << 15
"""Words whose readings are kept at hand."""
_LONGEST_ABBREVIATION = 5
_RARE = ("daw", "przest", "arch", "char", "gwar", "rzad", "indyw", "niepopr", "hom")
_NO_WORDS = frozenset({"ign", "interp", "dig", "romandig", "aglt", "numcomp", "frag", "emo", "sp", "naw"})


def _is_no_word(one: Interpretation) -> bool:
    """Not a word; an abbreviation of several words or to one letter is none either."""
    return one[2].partition(":")[0] in _NO_WORDS or (_is_abbreviation(one) and (len(one[0]) == 1 or "_" in one[1]))


def _is_abbreviation(one: Interpretation) -> bool:
    """«art.» for «artykuł». A word in full comes first: «im» is «on», not «imienia»."""
    return one[2].startswith("brev")


def _is_name(one: Interpretation) -> bool:
    return one[1][:1].isupper()


def _is_rare(one: Interpretation) -> bool:
    """Labelled as rare; or the first half of a compound («szybko-»), for it is an adverb too."""
    return one[2] == "adja" or any(part.startswith(_RARE) for label in one[4] for part in label.split(","))


def _is_full(one: Interpretation, word: str) -> bool:
    """A word that is written as often as the abbreviation: in its base form, or a small one («im» of «on»)."""
    if _is_abbreviation(one) or _is_name(one):
        return False
    return _plain(one[1]) == word or _PARTS.get(one[2].partition(":")[0]) not in ("NOUN", "ADJF", "VERB")


def _is_gerund(one: Interpretation) -> bool:
    """«zezwolenie» of «zezwolić»: where it is a noun of the dictionary too, it is that."""
    return one[2].startswith("ger:")


def _is_verbal_noun(one: Interpretation, _: str) -> bool:
    return one[2].startswith("subst:") and _plain(one[1]).endswith(("nie", "cie")) and not _is_name(one)


_PRECEDENCE: tuple[tuple[Callable[[Interpretation], bool], Callable[[Interpretation, str], bool]], ...] = (
    (_is_abbreviation, _is_full),
    (_is_rare, lambda one, _: not _is_rare(one)),
    (_is_gerund, _is_verbal_noun),
)
"""What gives way, and what it gives way to."""

_PARTS: dict[str, Part] = {
    "subst": "NOUN", "depr": "NOUN", "ger": "NOUN", "brev": "NOUN",
    "adj": "ADJF", "adja": "ADJF", "adjp": "ADJF", "adjc": "ADJF",
    "pact": "PRTF", "ppas": "PRTF", "pacta": "PRTF",
    "fin": "VERB", "bedzie": "VERB", "praet": "VERB", "cond": "VERB", "impt": "VERB", "imps": "VERB", "winien": "VERB",
    "inf": "INFN", "pcon": "GRND", "pant": "GRND",
    "adv": "ADVB", "prep": "PREP", "conj": "CONJ", "comp": "CONJ", "part": "PRCL", "interj": "INTJ", "pred": "PRED",
    "num": "NUMR", "ppron12": "NPRO", "ppron3": "NPRO", "siebie": "NPRO",
}  # fmt: skip
_VERBAL = frozenset({"ger", "pact", "ppas", "pacta", "fin", "bedzie", "praet", "cond", "impt", "imps", "winien", "inf"})
_CASES: dict[str, Case] = {
    "nom": "nom", "gen": "gen", "dat": "dat", "acc": "acc", "inst": "ins", "loc": "loc", "voc": "voc",
}  # fmt: skip
_NUMBERS: dict[str, Number] = {"sg": "s", "pl": "p"}
_GENDERS: dict[str, Gender] = {"m1": "m", "m2": "m", "m3": "m", "f": "f", "n": "n"}
_NAMES: dict[str, Name] = {"imię": "first", "nazwisko": "surname", "nazwa_geograficzna": "place"}


def _plain(lemma: str) -> str:
    """Without the mark that tells lemmas spelled alike apart."""
    return fold(lemma.partition(":")[0]) or fold(lemma)


def _lexeme_part(tag: str) -> Part:
    kind = tag.partition(":")[0]
    return "INFN" if kind in _VERBAL or kind in ("pcon", "pant") else _PARTS.get(kind, "UNKN")


def _name(lemma: str, kinds: Sequence[str]) -> Name:
    if kinds and kinds[0] in _NAMES:
        return _NAMES[kinds[0]]
    return "other" if lemma[:1].isupper() else ""


def lexeme_key(one: Interpretation) -> str:
    """What `core.lexicon.likelihood` counts a word by."""
    return f"{_plain(one[1])}|{_lexeme_part(one[2])}|{_name(one[1], one[3])}"


def slot_of(one: Interpretation) -> str:
    """What `core.lexicon.likelihood` counts a form by: its tag without what every form of a word shares."""
    return f"{_lexeme_part(one[2])}|" + ":".join(field for field in one[2].split(":") if field not in _NO_SLOT)


_NO_SLOT = frozenset({"perf", "imperf", "imperf.perf", "nwok", "wok", "ncol", "col"})


def _expanded(one: Interpretation) -> Iterator[Reading]:
    """One reading for each case, number and gender that a tag such as `adj:pl:nom.voc:m2.m3.f.n:pos` stands for."""
    _, lemma, tag, kinds, _ = one
    kind, *fields = tag.split(":")
    part = _PARTS.get(kind, "UNKN")
    values = [field.split(".") for field in fields]
    cases: Sequence[Case] = _of(values, _CASES) or ("",)
    numbers: Sequence[Number] = _of(values, _NUMBERS) or ("",)
    genders: Sequence[Gender] = _of(values, _GENDERS) or ("",)
    if part in ("ADJF", "PRTF", "VERB", "NUMR") and numbers == ["p"]:
        genders = ("",)
    if part in ("ADJF", "PRTF", "NUMR"):
        cases = [case for case in cases if case != "voc"] or ("",)
    for case, number, gender in product(cases, numbers, genders):
        yield Reading(lemma=_plain(lemma), part=part, case=case, number=number, gender=gender, name=_name(lemma, kinds))


Value = TypeVar("Value")


def _of(fields: Sequence[Sequence[str]], meanings: Mapping[str, Value]) -> list[Value]:
    """What the first field that speaks of this says, each thing once."""
    for field in fields:
        if field[0] in meanings:
            return list(dict.fromkeys(meanings[value] for value in field if value in meanings))
    return []
