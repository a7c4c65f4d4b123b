"""Ties the entries of a noun together: the list keeps вада and воды, рыбак and рыбака apart."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.belarusian.hunspell import Entry, Made, WordList
from bench.belarusian.irregular import unchanging
from bench.belarusian.lexeme import Lexeme
from bench.belarusian.sound import VOWELS, neutral

SINGULAR, PLURAL = frozenset("DEOHUT"), frozenset("FGPQL")
FLAGS = SINGULAR | PLURAL
_CELLS_OF_PLURAL = (("амі", "ip"), ("ямі", "ip"), ("ам", "dp"), ("ям", "dp"), ("ах", "lp"), ("ях", "lp"))
_LOOSE_ENDINGS = (
    *_CELLS_OF_PLURAL, ("мі", "ip"), ("ьмі", "ip"), ("аў", "gp"), ("яў", "gp"), ("оў", "gp"), ("ёў", "gp"),
    ("ей", "gp"), ("эй", "gp"), ("ь", "gp"), ("", "gp"), ("ы", "np"), ("і", "np"), ("ом", "is"), ("ём", "is"),
    ("ам", "is"), ("ем", "is"), ("ою", "is"), ("у", "ds"), ("ю", "ds"), ("а", "gs"), ("я", "gs"), ("е", "ls"),
    ("э", "ls"), ("і", "gs"),
)  # fmt: skip


@dataclass(slots=True)
class Noun:
    """A noun as far as it is put together."""

    lemma: str
    capital: bool
    gender: str
    cells: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Case and number → forms."""
    keys: set[str] = field(default_factory=set)
    """Neutral stems."""


def nouns(words: WordList) -> tuple[list[Lexeme], set[Entry]]:
    """All nouns, and the entries without flags that became part of one."""
    piles = _piles(words.entries)
    found: list[Noun] = []
    taken: set[Entry] = set()
    tied: set[Entry] = set()
    _tie_obliques(found, piles, words, tied, taken)
    for entry in piles.whole:
        if entry not in tied:
            noun = _new(entry, _gender(entry))
            _add(noun, entry, words, head="ns")
            found.append(noun)
    _tie_plurals(found, piles, words, tied, taken)
    for entry in piles.plural:
        if entry not in tied:
            found.append(_plural_alone(entry, words))
    _adopt(found, [entry for entry in piles.loose if entry not in taken], taken)
    scattered = [
        _new(entry, "m") for entry in piles.bare if not entry.flags and entry not in taken and len(entry.head) > 3
    ]
    _adopt(scattered, [entry for entry in piles.loose if entry not in taken], set())
    found += [noun for noun in scattered if len(noun.cells) > 2]
    known = {entry.head for entry in words.entries}
    return [lexeme for noun in found for lexeme in _finished(noun, known)], taken


def _tie_obliques(found: list[Noun], piles: "_Piles", words: WordList, tied: set[Entry], taken: set[Entry]) -> None:
    """Gives the other cases (рыбака, ваўка) to the nominative that stands apart (рыбак, воўк)."""
    pairs: dict[Entry, list[Entry]] = {}
    for entry in piles.bare:
        for key in sorted(_keys(entry)):
            for other in piles.oblique.get((key, entry.capital), ()):
                if other != entry and _may_be_one(entry, other):
                    pairs.setdefault(entry, []).append(other)
    exact = {other for entry, others in pairs.items() for other in others if _same_stem(entry, other)}
    for entry, others in pairs.items():
        mine = [other for other in others if other not in exact or _same_stem(entry, other)]
        if not mine:
            continue
        noun = _new(entry, "m")
        _add(noun, entry, words, head="ns")
        for other in mine:
            _add(noun, other, words, head="gs" if other.head[-1] in "ая" else "ds")
        (tied if entry.flags else taken).add(entry)
        tied |= {other for other in mine if not _may_be_neuter(entry, other)}
        found.append(noun)


def _plural_alone(entry: Entry, words: WordList) -> Noun:
    """крокі has no singular here; but for a head like крок it is the plural that stands with it."""
    single = entry.head[-1] not in VOWELS and not entry.head.endswith(("эй", "ей"))
    noun = Noun(entry.head, entry.capital, "m" if single else "", keys=_keys(entry))
    _add(noun, entry, words, head="ns" if single else "gp" if entry.head.endswith(("эй", "ей")) else "np")
    return noun


@dataclass(slots=True)
class _Piles:
    whole: list[Entry]
    """A singular from its nominative, be there a plural or not."""
    plural: list[Entry]
    bare: list[Entry]
    """Ends in a consonant: a nominative some of whose forms may stand elsewhere."""
    loose: list[Entry]
    """No flags at all."""
    oblique: dict[tuple[str, bool], list[Entry]]
    """May be the rest of a bare nominative (рыбака), by neutral stem."""


def _piles(entries: Iterable[Entry]) -> _Piles:
    piles = _Piles([], [], [], [], {})
    for entry in entries:
        flags = set(entry.flags)
        if not flags and unchanging(entry.head) != "X":
            continue
        if not flags:
            piles.loose.append(entry)
            if len(entry.head) > 2 and entry.head[-1] not in VOWELS:
                piles.bare.append(entry)
        elif not flags <= FLAGS:
            continue
        elif flags <= PLURAL:
            piles.plural.append(entry)
            if entry.head[-1] not in VOWELS:
                piles.bare.append(entry)
        else:
            piles.whole.append(entry)
            if flags <= set("OH") and entry.head[-1] not in VOWELS:
                piles.bare.append(entry)
            if entry.head[-1] in "аяую" and flags & set("HU") and not flags & set("EDOT"):
                for key in _keys(entry):
                    piles.oblique.setdefault((key, entry.capital), []).append(entry)
    return piles


_ENDING = re.compile(r"(?:[аоеэяёіыую]|ь|й|ей|эй)$")
_FLEETING = re.compile(rf"(.*[^{VOWELS}])[аоеэёя]([кцнлржтмвўсг])$")
_FLEETING_J = re.compile(rf"(.*[{VOWELS}])[еяё]([кцн])$")


def _stems(head: str) -> set[str]:
    """What its other parts may begin with: хлопец, хлопц; баец, байц; тыдзень, тыдн."""
    stem = _ENDING.sub("", head)
    stems = {stem}
    if head[-1] not in VOWELS:
        if match := _FLEETING.match(stem):
            before = match.group(1)
            stems |= {before + match.group(2)}
            for soft, hard in (("дз", "д"), ("ц", "т")):
                if before.endswith(soft):
                    stems.add(before.removesuffix(soft) + hard + match.group(2))
        if match := _FLEETING_J.match(stem):
            stems.add(match.group(1) + "й" + match.group(2))
    return stems


def _keys(entry: Entry) -> set[str]:
    """Its stems as they sound: where its other parts may be found."""
    return {neutral(one) for one in _stems(entry.head) if len(one) > 1}


def _same_stem(bare: Entry, oblique: Entry) -> bool:
    return bare.head.rstrip("ьй") == oblique.head[:-1]


def _may_be_one(bare: Entry, oblique: Entry) -> bool:
    """рыбак and рыбака, вузел and вузла, agreeing in softness; not the plural's genitive and its neuter: вух, вуха."""
    stem, ending = oblique.head[:-1], oblique.head[-1]
    if "F" in oblique.flags:
        return False
    if set(bare.flags) & set("OH") and ("U" not in oblique.flags or _same_stem(bare, oblique)):
        return False
    if bare.head.endswith(("ей", "эй")):
        return stem.endswith(("\u02bc", "ў"))
    if (bare.head[-1] in "ьй") != (ending in "яю"):
        return False
    return stem[-1] in "кгхц" or ending in "ую" or bare.head.rstrip("ьй").replace("ў", "в") != stem.replace("ў", "в")


def _may_be_neuter(bare: Entry, oblique: Entry) -> bool:
    """крэсел may be of крэсла as well as бубен of бубна."""
    return oblique.head[-1] == "а" and oblique.head[-2] in "лнр" and not set(oblique.flags) & set("QU")


def _gender(entry: Entry) -> str:
    flags, head = set(entry.flags), entry.head
    if flags & set("EDT") and not flags & set("OH"):
        return "f"
    if head[-1] in "оеё" or (head[-1] in "ая" and not flags & set("OE")):
        return "n"
    return "m"


def _new(entry: Entry, gender: str) -> Noun:
    noun = Noun(entry.head, entry.capital, gender, keys=_keys(entry))
    noun.cells["ns"].add(entry.head)
    return noun


def _add(noun: Noun, entry: Entry, words: WordList, *, head: str) -> None:
    noun.cells[head].add(entry.head)
    noun.keys |= _keys(entry)
    for made in words.made(entry):
        for cell in _cells(made, entry.head):
            noun.cells[cell].add(made.form)


def _cells(made: Made, head: str) -> tuple[str, ...]:
    """Case and number of a form, as its flag and ending tell."""
    add = made.add
    if made.flag in PLURAL:
        for ending, cell in _CELLS_OF_PLURAL:
            if add.endswith(ending):
                return (cell,)
        if made.flag in "FPQ" and add in ("ы", "і", "вы"):
            return ("np",)
        return ("gp",)
    if made.flag == "T":
        return ("gs", "ds", "ls", "np") if add in ("і", "ы") else ("is",)
    if made.flag in "DE":
        if add in ("у", "ю"):
            return ("as",)
        if add.endswith(("й", "ою", "аю", "яю", "ёю")):
            return ("is",)
        if add in ("ы", "і"):
            return ("gs", "ds", "ls") if head[-1] == "я" or head[-2] in "жрчшц" else ("gs",)
        return ("ds", "ls")
    if made.flag == "O":
        return ("gs", "as")
    if add.endswith("м"):
        return ("is",)
    if add.endswith(("у", "ю")):
        return ("ds", "gs", "ls") if add.endswith(("ку", "ху")) or head[-1] in "гкх" else ("ds", "gs")
    return ("ls",)


def _tie_plurals(found: list[Noun], piles: _Piles, words: WordList, tied: set[Entry], taken: set[Entry]) -> None:
    """Gives plurals (воды) to the singulars that lack one (вада), the same spelling of the stem first."""
    singles: dict[tuple[str, bool], list[Noun]] = {}
    for noun in found:
        if "np" not in noun.cells or noun.gender == "f":
            for key in noun.keys:
                singles.setdefault((key, noun.capital), []).append(noun)
    bare: dict[tuple[str, bool], list[Entry]] = {}
    for entry in piles.bare:
        if not entry.flags and entry not in taken:
            for key in _keys(entry):
                bare.setdefault((key, entry.capital), []).append(entry)
    for entry in piles.plural:
        at = [(key, entry.capital) for key in _keys(entry)]
        lacking = [noun for place in at for noun in singles.get(place, ()) if not noun.cells.get("dp")]
        alike = [noun for noun in lacking if _stems(noun.lemma) & _stems(entry.head)]
        for noun in alike or lacking[:3]:
            _add(noun, entry, words, head="np")
            tied.add(entry)
        if not lacking:
            for other in [one for place in at for one in bare.get(place, ())][:2]:
                noun = _new(other, "m")
                _add(noun, entry, words, head="np")
                found.append(noun)
                tied.add(entry)
                taken.add(other)


def _adopt(found: list[Noun], loose: list[Entry], taken: set[Entry]) -> None:
    """Single forms without flags (людзьмі, днях) go to the noun that lacks just that form."""
    lacking: dict[tuple[str, bool], list[Noun]] = {}
    for noun in found:
        if not (noun.cells.get("gp") and noun.cells.get("dp") and (noun.cells.get("is") or not noun.gender)):
            for key in noun.keys:
                lacking.setdefault((key, noun.capital), []).append(noun)
    for entry in loose:
        for ending, cell in _LOOSE_ENDINGS:
            if not entry.head.endswith(ending) or (not ending and entry.head[-1] in VOWELS):
                continue
            stem = neutral(entry.head.removesuffix(ending) if ending else entry.head)
            short = _FLEETING.match(stem) if cell == "gp" else None
            for key in {stem, short.group(1) + short.group(2)} if short else {stem}:
                for noun in lacking.get((key, entry.capital), ()):
                    if len(key) > 1 and (not noun.cells.get(cell) or entry.head in noun.cells[cell]):
                        noun.cells[cell].add(entry.head)
                        taken.add(entry)


_PLURAL_ENDINGS = {"аў": "gp", "ам": "dp", "амі": "ip", "ах": "lp"}


def _finished(noun: Noun, known: set[str]) -> Iterator[Lexeme]:
    """With the regular plural where the list has none, and the second genitive that the press likes (межаў)."""
    if noun.gender and not noun.cells.get("dp"):
        for form, cell in _regular_plural(noun):
            if form not in known:
                noun.cells[cell].add(form)
    if noun.gender == "m" and noun.lemma[-1] not in VOWELS:
        for form in list(noun.cells.get("gs", ())):
            other = form[:-1] + {"у": "а", "ю": "я", "а": "у", "я": "ю"}.get(form[-1], form[-1])
            if other not in known:
                noun.cells["gs"].add(other)
    if noun.lemma.endswith(("янін", "анін")):
        people = noun.lemma[:-2]
        plural = {"np": "е", "gp": "", "dp": "ам", "ip": "амі", "lp": "ах"}
        for cell, ending in plural.items():
            noun.cells[cell].add(people + ending)
    for form in list(noun.cells.get("dp", ())):
        if form.endswith(("ам", "ям")):
            ends = ("аў", "оў") if form.endswith("ам") else ("яў", "ёў")
            noun.cells["gp"] |= {form[:-2] + end for end in ends} - known
    noun.cells["ap"] |= noun.cells["np"] | noun.cells["gp"]
    if noun.gender in ("m", "n"):
        noun.cells["as"] |= noun.cells["ns"]
    if noun.gender == "f" and not noun.cells.get("as"):
        noun.cells["as"] |= noun.cells["ns"]
    forms = [
        (form, "N" + cell + ((noun.gender or "-") if cell[1] == "s" else "-"))
        for cell, made in sorted(noun.cells.items())
        for form in sorted(made)
    ]
    yield Lexeme(noun.lemma, noun.capital, tuple(forms))


def _regular_plural(noun: Noun) -> Iterator[tuple[str, str]]:
    stem = _ENDING.sub("", noun.lemma) if noun.lemma[-1] in VOWELS + "ьй" else noun.lemma
    genitive = min((form for form in noun.cells.get("gs", ()) if form[-1] in "аяуюыі"), default="")
    if noun.gender == "m" and genitive:
        stem = genitive[:-1]
    if not stem:
        return
    soft = noun.lemma[-1] in "ьйяеё" or stem[-1] in VOWELS
    last = stem.replace("ў", "в") if stem.endswith("ў") else stem
    yield last + ("і" if soft or last[-1] in "гкх" else "ы"), "np"
    for ending, cell in _PLURAL_ENDINGS.items():
        yield last + (ending.replace("а", "я", 1) if soft else ending), cell
