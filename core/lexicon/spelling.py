"""The other spellings of a form, for texts are folded alike whatever their language."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from core.lexicon import Language
from core.lexicon.belarusian_spelling import other_spellings, skeleton
from core.text.fold import APOSTROPHE


def spellings(form: str, language: Language) -> frozenset[str]:
    """Keys that the same form is also written with; the form itself is not among them."""
    return frozenset(_OTHERS[language](form)) - {form} if language in _OTHERS else frozenset()


def plain(key: str, language: Language) -> str:
    """What all spellings of a form have in common, for comparing what was typed with a lemma."""
    if language == "be":
        return skeleton(key)
    return key.replace("ё", "е") if language == "ru" else key


def _ukrainian(form: str) -> Iterator[str]:
    """Without its apostrophe (политвязень), with ґ for г and the reverse (Гонгадзе, Ґонґадзе)."""
    if APOSTROPHE in form:
        yield form.replace(APOSTROPHE, "")
    if "ґ" in form:
        yield form.replace("ґ", "г")
    elif "г" in form:
        yield form.replace("г", "ґ")
        yield form.replace("г", "ґ", 1)


def _russian(form: str) -> Iterator[str]:
    if "ё" in form:
        yield form.replace("ё", "е")


_OTHERS: Mapping[Language, Callable[[str], Iterable[str]]] = {
    "uk": _ukrainian,
    "ru": _russian,
    "be": other_spellings,
}
