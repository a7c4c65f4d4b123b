"""Forms of a word that no dictionary knows: a name, a new word.

Three generous ways together: the word declines like the longest known word it ends with («паліт» + «вязень»), like a
well-known word that ends alike (Łukaszenka like piosenka), and by every series of endings that fits. A wrong form is a
string that nobody writes; the caller drops those that are other words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.lexicon import Language, Lexicon


@dataclass(frozen=True, slots=True)
class Endings:
    """One series: a stem that takes one of these endings may take them all."""

    kind: str
    """`noun`, `adjective` or `possessive` («Петрів», «Іванов»)."""
    endings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guessing:
    """What a language's unknown words are declined by."""

    series: tuple[Endings, ...]
    adjective_stem: re.Pattern[str]
    possessive_stem: re.Pattern[str]
    models: tuple[str, ...]
    """Well-known words whose forms a word that ends alike borrows."""


def guessed(word: str, lexicon: Lexicon) -> frozenset[str]:
    """Likely forms of an unknown word, itself included."""
    rules = GUESSING.get(lexicon.language)
    if rules is None:
        return frozenset({word})
    forms = {word, *by_tail(word, lexicon), *by_model(word, rules.models, lexicon), *by_series(word, rules)}
    return frozenset(form for form in forms if len(form) >= _SHORTEST)


_SHORTEST = 3
_VOWEL_END = re.compile("[аеєиіїоуюяьйыэёaeiouyąę]$")
_FLEETING = re.compile(r"(?<=\w\w)[еєоёэа](?=[кцнрлг]$)")


def by_series(word: str, rules: Guessing) -> Iterator[str]:
    """Every ending of every series that the word may be of."""
    for one in rules.series:
        for ending in one.endings:
            stem = word.removesuffix(ending) if ending else word
            if (
                len(stem) + len(ending) != len(word)
                or len(stem) < _SHORTEST
                or not _takes(stem, ending, one.kind, rules)
            ):
                continue
            yield from (stem + other for other in one.endings)
            if ending in ("", "ь") and one.kind == "noun":
                yield from _without_fleeting_vowel(stem, one.endings)


def _takes(stem: str, ending: str, kind: str, rules: Guessing) -> bool:
    if kind == "adjective":
        return bool(ending) and rules.adjective_stem.search(stem) is not None
    if kind == "possessive":
        return rules.possessive_stem.search(stem) is not None
    return bool(ending) or _VOWEL_END.search(stem) is None


def _without_fleeting_vowel(stem: str, endings: Sequence[str]) -> Iterator[str]:
    """«Каховець» – «Каховця»: the last vowel may go where an ending comes."""
    shorter = _FLEETING.sub("", stem)
    if shorter != stem:
        yield from (shorter + ending for ending in endings if ending)


def by_tail(word: str, lexicon: Lexicon) -> Iterator[str]:
    """The forms of the longest known noun or adjective it ends with, after what stands before it."""
    for cut in range(_SHORTEST, len(word) - 4):
        tail = word[cut:]
        if not lexicon.knows(tail):
            continue
        for lexeme in lexicon.lexemes(tail):
            if lexeme.lemma == tail and lexeme.part in ("NOUN", "ADJF", "UNKN"):
                yield from (word[:cut] + form for form in lexeme.forms if form[:2] == tail[:2])
        return


def by_model(word: str, models: Sequence[str], lexicon: Lexicon) -> Iterator[str]:
    """The forms of those models that share its longest end, two letters at least."""
    shared = {model: _shared_end(model, word) for model in models}
    longest = max(shared.values(), default=0)
    if longest < 2:
        return
    for model, length in shared.items():
        if length != longest:
            continue
        head = model[: len(model) - length]
        for lexeme in lexicon.lexemes(model):
            if lexeme.lemma == model:
                yield from (
                    word[: len(word) - length] + form[len(head) :] for form in lexeme.forms if form.startswith(head)
                )


def _shared_end(model: str, word: str) -> int:
    length = 0
    while length < min(len(model), len(word)) - 1 and model[-1 - length] == word[-1 - length]:
        length += 1
    return length


def _series(kind: str, endings: str) -> Endings:
    """Endings divided by blanks; `-` is the empty one."""
    read = {"" if ending == "-" else ending for ending in endings.split()}
    return Endings(kind, tuple(sorted(read, key=lambda ending: (-len(ending), ending))))


GUESSING: Mapping[Language, Guessing] = {
    "uk": Guessing(
        series=(
            _series("noun", "- а у ові ом і е и ів ам ами ах о ою"),
            _series("noun", "- ь я ю еві єві ем єм і ї ів їв ям ями ях е є й ею єю ьо"),
            _series("adjective", "ий ого ому им ім а ої ій у ою е і их ими"),
            _series("adjective", "ій ього ьому ім я ьої ю ьою є і іх іми"),
            _series("possessive", "- а у ові им і ої ій ою и их ими ому ого"),
        ),
        adjective_stem=re.compile("(?:[сзц]ьк|[нв]|ч|щ)$"),
        possessive_stem=re.compile("(?:[оеє]в|[иії]н)$"),
        models=tuple(
            "вʼязень день хлопець горець ринок шматок студент солдат козак ворог кожух край музей санаторій лікар "
            "вчитель товариш друг міністр рука нога муха хата вода школа гора москва земля робітниця партія "
            "революція станція ніч радість місто поле весілля сузірʼя український новий синій шевченко дорошенко "
            "іванов петришин залізняк".split()
        ),
    ),
    "ru": Guessing(
        series=(
            _series("noun", "- а у ом е ы и ов ам ами ах ой ою о"),
            _series("noun", "ь я ю ем ём е и ей ям ями ях й ев ёв ью ею ия ию ии ием"),
            _series("adjective", "ый ий ой ого ому ым им ом ая ую ой ое ые ие ых их ыми ими ою"),
            _series("adjective", "ий его ему им ем яя юю ей ее ие их ими"),
            _series("possessive", "- а у ым е ой ы ых ыми"),
        ),
        adjective_stem=re.compile("(?:[сц]к|[нв]|ч|щ)$"),
        possessive_stem=re.compile("(?:[оеё]в|[иы]н)$"),
        models=tuple(
            "день парень корень купец европеец рынок кусок студент солдат рыбак враг край музей санаторий врач "
            "учитель товарищ министр рука нога муха вода школа гора москва земля улица партия революция станция "
            "ночь радость город поле здание русский новый синий иванов пушкин".split()
        ),
    ),
}
