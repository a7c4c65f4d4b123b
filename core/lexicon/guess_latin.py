"""What unknown Polish and English words are declined by."""

import re
from collections.abc import Iterator, Sequence

from core.lexicon import Lexicon, Reading
from core.lexicon.guess import Endings, Guessing, by_model, by_series, by_tail
from core.text.fold import APOSTROPHE

POLISH = Guessing(
    series=(
        Endings("noun", ("", *"a u owi em ie e y i ów om ami ach ę ą o iem owie ze rze".split())),
        Endings("noun", tuple("ia iu iowi iem ie i iów iom iami iach ię ią io".split())),
        Endings("adjective", tuple("y i ego iego emu iemu ym im a ej iej ą e ie ych ich ymi imi cy dzy".split())),
    ),
    adjective_stem=re.compile("(?:[sc]k|n|w)$"),
    possessive_stem=re.compile("(?!)"),
    models=tuple(
        "piosenka matka kobieta woda noga droga mucha góra szkoła żona mapa ulica praca ziemia rosja partia "
        "stacja prezydent student polak robotnik rząd rok las dom kot wtorek chłopiec niemiec więzień dzień "
        "kraj minister poseł nauczyciel dziennikarz miasto okno polski niemiecki nowy putin warszawa ukraina "
        "kijów kraków kościuszko".split()
    ),
)


def polish_forms(word: str, lexicon: Lexicon) -> frozenset[str]:
    """Likely forms of an unknown Polish word, itself included."""
    forms = {*by_tail(word, lexicon), *by_model(word, POLISH.models, lexicon), *by_series(word, POLISH)}
    # A foreign name with a mute ending takes an apostrophe: «Dumbledore'a», «Joyce'em».
    forms |= {word + APOSTROPHE + ending for ending in _AFTER_APOSTROPHE}
    return frozenset(form for form in forms if len(form) >= 3) | {word}


_AFTER_APOSTROPHE = "a owi em u ie y i ego emu ów om ami ach owie".split()


def polish_readings(word: str) -> Sequence[Reading]:
    """Likely ways to read an unknown Polish word."""
    return (Reading(lemma=word, part="UNKN"),)


def english_forms(word: str) -> frozenset[str]:
    """Plural, possessive and verbal forms of an unknown English word, and those of what it may be a form of."""
    forms = {word}
    for base in (word, *_bases(word)):
        forms |= {base, *(base + ending for ending in _regular(base))}
        if base.endswith("y") and base[-2:-1] not in _VOWELS:
            forms |= {base[:-1] + ending for ending in ("ies", "ied")}
        if base.endswith("e"):
            forms |= {base[:-1] + "ing", base + "d"}
    possessive = {form + _POSSESSIVE for form in forms if _POSSESSIVE not in form}
    return frozenset(form for form in forms | possessive if len(form) >= 2)


def english_readings(word: str) -> Sequence[Reading]:
    """Likely ways to read an unknown English word."""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return (Reading(lemma=word[:-1], part="NOUN", number="p"), Reading(lemma=word, part="NOUN", number="s"))
    return (Reading(lemma=word, part="NOUN", number="s"),)


_POSSESSIVE = APOSTROPHE + "s"
_VOWELS = "aeiou"
_HISSING = ("s", "x", "z", "ch", "sh")


def _regular(base: str) -> tuple[str, ...]:
    if base.endswith(_HISSING):
        return ("es", "ed", "ing")
    if base.endswith("o"):
        return ("s", "es", "ed", "ing")
    return ("s",) if base.endswith("e") else ("s", "ed", "ing")


def _bases(word: str) -> Iterator[str]:
    """What a word that ends like a form may be a form of."""
    word = word.removesuffix(_POSSESSIVE)
    yield word
    if len(word) < 4:
        return
    if word.endswith("ies"):
        yield word[:-3] + "y"
    if word.endswith("es") and word[:-2].endswith((*_HISSING, "o")):
        yield word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")):
        yield word[:-1]
    if len(word) > 5 and word.endswith("ing"):
        yield from (word[:-3], word[:-3] + "e")
    if len(word) > 4 and word.endswith("ed"):
        yield from (word[:-2], word[:-1])
