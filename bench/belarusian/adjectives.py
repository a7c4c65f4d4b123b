"""Adjectives, participles and surnames that are declined like them, whole in one entry each."""

from collections.abc import Iterable, Iterator

from bench.belarusian.hunspell import Entry, WordList
from bench.belarusian.lexeme import Lexeme

FLAGS = frozenset("VZSX")
_PLACES = (
    ("ага", "gsm gsn asm"), ("яга", "gsm gsn asm"), ("ога", "gsm gsn asm"), ("аму", "dsm dsn"), ("яму", "dsm dsn"),
    ("ому", "dsm dsn"), ("ымі", "ip-"), ("імі", "ip-"), ("ым", "ism isn lsm lsn dp-"), ("ім", "ism isn lsm lsn dp-"),
    ("ых", "gp- ap- lp-"), ("іх", "gp- ap- lp-"), ("ыя", "np- ap-"), ("ія", "np- ap-"), ("ая", "nsf"), ("яя", "nsf"),
    ("ую", "asf"), ("юю", "asf"), ("ай", "gsf dsf isf lsf"), ("яй", "gsf dsf isf lsf"), ("ой", "gsf dsf isf lsf"),
    ("аю", "isf"), ("яю", "isf"), ("ою", "isf"), ("ае", "nsn asn gsf"), ("яе", "nsn asn gsf"), ("ое", "nsn asn gsf"),
    ("ы", "np- ap-"), ("і", "np- ap-"), ("а", "nsf gsm asm"), ("у", "asf dsm"),
)  # fmt: skip
"""Ends of a form → case, number, gender; the first that fits. Genitive feminine in -ае is the classical one."""


def adjectives(words: WordList) -> Iterator[Lexeme]:
    """Every adjective, and the adverb of those that have one, as a word of its own."""
    for entry in words.entries:
        flags = set(entry.flags)
        if flags & set("VZS"):
            yield _adjective(entry, words)
        if "X" in flags:
            for made in words.made(entry):
                if made.flag == "X":
                    yield Lexeme(made.form, entry.capital, ((made.form, "D---"),))


_HEADS = (("ы", "ага"), ("і", "ага"), ("і", "яга"), ("ы", "ога"), ("і", "ога"))

_NOMINATIVES = ("ы", "і", "ае", "яе", "ое", "ая", "яя", "ыя", "ія")


def scattered(loose: Iterable[Entry]) -> tuple[list[Lexeme], set[Entry]]:
    """Adjectives and participles whose forms stand one by one (насякомае, насякомага), and the entries they are of."""
    by_stem: dict[tuple[str, str], list[Entry]] = {}
    for entry in loose:
        for head, genitive in _HEADS:
            for ending in _series(head, genitive):
                stem = entry.head.removesuffix(ending)
                if entry.head.endswith(ending) and len(stem) > 2:
                    by_stem.setdefault((stem, head + genitive), []).append(entry)
    found: list[Lexeme] = []
    used: set[Entry] = set()
    for (stem, series), entries in by_stem.items():
        if len(entries) < 4 or used & set(entries):
            continue
        used |= set(entries)
        heads = {entry.head for entry in entries}
        lemma = next((stem + end for end in _NOMINATIVES if stem + end in heads), entries[0].head)
        forms = {(stem + end, "A" + place) for end in _series(series[0], series[1:]) for place in places(stem + end)}
        found.append(Lexeme(lemma, entries[0].capital, tuple(sorted(forms))))
    return found, used


def _series(head: str, genitive: str) -> list[str]:
    vowel = genitive[0]
    return [head, genitive, vowel + "му", head + "м", head + "мі", head + "х", head + "я", vowel + "е", vowel + "й",
            "юю" if vowel == "я" else "ую", "яя" if vowel == "я" else "ая"]  # fmt: skip


def _adjective(entry: Entry, words: WordList) -> Lexeme:
    forms = {(entry.head, tag) for tag in ("Ansm", "Aasm")}
    for made in words.made(entry):
        if made.flag in "VZS":
            forms |= {(made.form, "A" + place) for place in places(made.form)}
    if entry.head.endswith("ны") and Entry(entry.head[:-2] + "ен", False, "") in words.known:
        forms.add((entry.head[:-2] + "ен", "A-sm"))  # павінен
    if entry.head[-1] in "ўн":  # possessives and surnames: no ending in the masculine nominative
        forms.add((softened_locative(entry.head), "Alsm"))
    return Lexeme(entry.head, entry.capital, tuple(sorted(forms)))


def softened_locative(head: str) -> str:
    """аб Іванове, аб Пушкіне."""
    return (head[:-1] + "в" if head.endswith("ў") else head) + "е"


def places(form: str) -> list[str]:
    """Case, number and gender of a form, by its end."""
    return next((tags.split() for end, tags in _PLACES if form.endswith(end)), [])
