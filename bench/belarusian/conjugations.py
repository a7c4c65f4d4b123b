"""Every way in which a Belarusian infinitive may be conjugated, as far as its letters allow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.belarusian.sound import VOWELS, alternated, hardened, softened


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One way, with vowels as they may be spelled in some of the forms."""

    stem: str
    """Of the first person: пяк, вяд."""
    present: tuple[tuple[str, str], ...]
    """Forms, each with its tag."""
    imperative: tuple[str, ...]


_SINGULAR, _PLURAL = "V-s-", "V-p-"
_ODD_STEMS = {
    "браць": "бяр", "драць": "дзяр", "праць": "пяр", "зваць": "зав", "слаць": "шл", "сцлаць": "сцел",
    "ехаць": "ед",
    "стаць": "стан", "дзець": "дзен", "сесці": "сяд", "легчы": "ляг", "хацець": "хоч", "узяць": "вазьм", "жаць": "жн",
    "мяць": "мн", "распяць": "распн", "клясці": "клян", "рассці": "раст", "расці": "раст", "лгаць": "лж",
    "гнаць": "гон",
    "жыць": "жыв", "плыць": "плыв", "плысці": "плыв", "слыць": "слыв", "ссаць": "сс", "стлаць": "сцел", "дуць": "дзьм",
    "рваць": "рв", "церці": "тр", "перці": "пр", "мерці": "мр", "дзерці": "дзяр", "жэрці": "жр",
    "сыпаць": "сыпл", "клікаць": "кліч", "сустрэць": "сустрэн",
    "пачыць": "пачн", "драмаць": "драмл", "ткаць": "тк", "іржаць": "ірж", "ляць": "лян", "пець": "пя",
    "збегчы": "збяг", "малоць": "мел",
    "слухаць": "слуха", "сцігнуць": "сцігн", "грэсці": "грэб", "скрэсці": "скрэб", "хваляць": "хвал", "чсці": "чт",
}  # fmt: skip
"""Ends of infinitives whose present has a stem of its own; with any prefix."""

_PREFIXED = re.compile("([бдз])([бвлп])$")
"""разбіць: разабʼю."""


def ways(infinitive: str) -> Iterator[Way]:
    """All of them, the likeliest first."""
    for end, stem in _ODD_STEMS.items():
        if infinitive.endswith(end):
            prefix = infinitive.removesuffix(end)
            yield from _first(prefix + stem)
            if prefix.endswith(("б", "д", "з")):  # абцерці: абатру
                yield from _first(prefix + "а" + stem)
            if prefix.endswith("а"):  # разабраць: разбяру; сабраць: збяру
                yield from _first(prefix[:-1].replace("с", "з") + stem)
            if infinitive.endswith(("гнаць", "бегчы")):
                yield _second(prefix + stem)
    body = infinitive[:-2]
    if infinitive.endswith(("ці", "чы")):
        for stem in _stems_before_ci(infinitive):
            yield from _first(stem)
        return
    if body.endswith(("ава", "ява")):
        yield _vowel(body[:-3] + ("у" if body.endswith("ава") else "ю"))
        yield _vowel(body[:-2])
    if body[-1] in VOWELS:
        yield _vowel(body)
    if body.endswith("ну"):
        yield from _first(body[:-1])
    if body[-1] in "іыеэая":
        yield _second(body[:-1])
    if body[-1] in "аяо":
        yield from _first(alternated(body[:-1]))
        yield from _first(body[:-1])
        yield _vowel(body[:-1])
    if body[-1] in "іыуя":
        yield _vowel(body[:-1])
        yield _vowel(_PREFIXED.sub(r"\1а\2", body[:-1]))
        yield from _first(body + "в")
    if infinitive.endswith(("чаць", "жаць", "мяць", "пяць", "цяць", "кляць")):
        yield from _first(body[:-1] + "н")
        yield from _first(body[:-1] + "м")
    if body.endswith("ня"):
        for stem in ("нім", "ым", "м", "йм", "нім", "дым"):
            yield from _first(body[:-2] + stem)
    if body.endswith(("ер", "эр")):
        yield from _first(body[:-2] + "р")
        yield from _first(body)


def _stems_before_ci(infinitive: str) -> Iterator[str]:
    """нес-ці: няс; вес-ці: вяд; мес-ці: мят; пя-чы: пяк; берагчы: бераг."""
    body = infinitive[:-2]
    if body[-1] not in VOWELS:
        yield body
    if body.endswith(("с", "з")):
        for last in "дтсзбвн":
            yield body[:-1] + last
    if body.endswith(("ер", "эр")):
        yield body[:-2] + "р"
        yield body[:-2] + "яр"
    if infinitive.endswith("чы"):
        for last in "кг":
            yield body + last


def _vowel(stem: str) -> Way:
    """чытаю, чытаеш; б'ю, б'еш."""
    return Way(
        stem,
        ((stem + "ю", "V-s1"), (stem + "еш", _SINGULAR), (stem + "е", _SINGULAR), (stem + "ем", _PLURAL),
         (stem + "еце", _PLURAL), (stem + "юць", _PLURAL)),
        (stem + "й", stem + "йце", stem + "і", stem + "іце"),
    )  # fmt: skip


def _first(stem: str) -> Iterator[Way]:
    """пішу, пішаш; вяду, вядзеш; пяку, пячэш; калю, колеш."""
    soft = softened(stem)
    orders = tuple(hardened(last + end) for last in (stem, soft) for end in ("і", "іце", "ь", "ьце", "", "це"))
    yield Way(
        stem,
        ((stem + "у", "V-s1"), (soft + "еш", _SINGULAR), (soft + "аш", _SINGULAR), (soft + "е", _SINGULAR),
         (soft + "а", _SINGULAR), (soft + "ем", _PLURAL), (soft + "ам", _PLURAL), (soft + "еце", _PLURAL),
         (soft + "аце", _PLURAL), (stem + "уць", _PLURAL)),
        orders,
    )  # fmt: skip
    yield Way(
        stem,
        ((stem + "ю", "V-s1"), (stem + "еш", _SINGULAR), (stem + "е", _SINGULAR), (stem + "ем", _PLURAL),
         (stem + "еце", _PLURAL), (stem + "юць", _PLURAL)),
        orders,
    )  # fmt: skip


def _second(stem: str) -> Way:
    """нашу, носіш; раблю, робіш; стаю, стаіш."""
    first = alternated(stem)
    present = ((first + "у", "V-s1"), (first + "ю", "V-s1"), (stem + "іш", _SINGULAR), (stem + "іць", _SINGULAR),
         (stem + "ім", _PLURAL), (stem + "іце", _PLURAL), (stem + "яць", _PLURAL), (stem + "аць", _PLURAL),
    )  # fmt: skip
    orders = (stem + "і", stem + "іце", stem + "ь", stem + "ьце", stem, stem + "це", stem + "й", stem + "йце")
    return Way(first, tuple((hardened(form), tag) for form, tag in present), tuple(hardened(form) for form in orders))
