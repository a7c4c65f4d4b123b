"""How a name of one language is spelled in the others, by their official tables.

Sources: Ukrainian by resolution 55 of the Cabinet of Ministers (2010); Belarusian by the instruction of 2007 for place
names and by the passport rules of the Ministry of the Interior; Russian by ICAO Doc 9303, as in passports; all three as
the English press spells them after BGN/PCGN; Polish by the rules of the PWN dictionary for Eastern names. Stress, and
with it the Belarusian a for o, is in no table: what is given are candidates, for a person to choose from.
"""

import re
from collections.abc import Mapping
from functools import partial

from core.concept.names import is_polish
from core.lexicon import LANGUAGES, Language
from core.text.fold import APOSTROPHE, fold


def transliterations(word: str, language: Language) -> frozenset[str]:
    """Candidate spellings of one raw word of `language` in the other languages, its own left out."""
    spelled = (transliterated(word, language, other) for other in LANGUAGES)
    return frozenset(one for its in spelled for one in its)


def transliterated(word: str, language: Language, other: Language) -> tuple[str, ...]:
    """Candidate spellings of one raw word of `language` as `other` has it, the likeliest first; with its capital.

    Belarusian in its own Latin letters is `be` from `be`.
    """
    key = fold(word)
    spelled = dict.fromkeys(one for way in _WAYS.get((language, other), ()) for one in way(key))
    spelled.pop(key, None)
    capital = word[:1].isupper()
    return tuple(_capital(one) if capital else one for one in spelled if one)


def is_latin(key: str) -> bool:
    """Whether a key is in Latin letters."""
    return re.search("[a-z]", key) is not None


def written_in(key: str) -> tuple[Language, ...]:
    """The languages whose letters a name, given as a key, is written in; the likeliest first."""
    if is_latin(key):
        return ("pl",) if is_polish(key) else ("en",)
    if re.search("[їєґ]|[цс]ьк", key):
        return ("uk",)
    if "ў" in key or re.search("і.*[ыэё]|[ыэё].*і|[цс]к(?:і|ая)$", key):
        return ("be",) if not key.endswith("ая") else ("ru", "be")
    if re.search("[ыэёъ]", key):
        return ("ru",) if "э" not in key and "ё" not in key else ("ru", "be")
    return ("uk", "be") if "і" in key else ("uk", "ru")


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))


class _Table:
    """Rules applied in one pass: at each place the first that fits; a letter without a rule stays."""

    def __init__(self, rules: Mapping[str, str], *endings: Mapping[str, str]) -> None:
        """`endings` are further passes over what came out, each giving another spelling where one of it fits."""
        self._rules = re.compile("|".join(f"({rule})" for rule in rules))
        self._spelled = tuple(rules.values())
        self._endings = [(re.compile(f"({'|'.join(ending)})$"), ending) for ending in endings]

    def __call__(self, key: str) -> tuple[str, ...]:
        spelled = self._rules.sub(lambda found: self._spelled[(found.lastindex or 1) - 1], key)
        others = (
            pattern.sub(partial(self._ended, ending), spelled)
            for pattern, ending in self._endings
            if pattern.search(spelled)
        )
        return (spelled, *others)

    @staticmethod
    def _ended(ending: Mapping[str, str], found: "re.Match[str]") -> str:
        return ending[found.group()]


class _Through:
    """One table after another."""

    def __init__(self, *tables: _Table) -> None:
        self._tables = tables

    def __call__(self, key: str) -> tuple[str, ...]:
        spelled: tuple[str, ...] = (key,)
        for table in self._tables:
            spelled = tuple(after for before in spelled for after in table(before))
        return spelled


def _letters(source: str, spelled: str) -> dict[str, str]:
    return dict(zip(source, spelled.split(), strict=True))


_START = rf"(?<![\w])(?<!{APOSTROPHE})"
_AFTER_VOWEL = "(?<=[аеєиіїоуюяёыэўйьъ" + APOSTROPHE + "])"
_MUTE = {"[ьъ" + APOSTROPHE + "]": ""}
_SHORT_Y = {"yi": "y", "yy": "y", "ii": "y", "iy": "y"}
"""«Zelenskyi», «Zelenskyy»: «Zelensky»."""
_LONG_Y = {"yi": "yy", "ii": "iy", "y": "yi"}

_UK_LATIN = _MUTE | _letters(
    "абвгґдежзиіклмнопрстуфхцчшщ", "a b v h g d e zh z y i k l m n o p r s t u f kh ts ch sh shch"
)
_UK_PASSPORT = _Table(
    {"зг": "zgh"}
    | {f"{_START}{letter}": latin for letter, latin in _letters("єїюяй", "ye yi yu ya y").items()}
    | _letters("єїюяй", "ie i iu ia i")
    | _UK_LATIN,
    _SHORT_Y,
    _LONG_Y,
)
_UK_PRESS = _Table({"зг": "zgh"} | _letters("єїюяй", "ye yi yu ya y") | _UK_LATIN, _SHORT_Y)

_BE_LATIN = _MUTE | _letters("абвгґджзіклмнопрстуфхцчшыэ", "a b v h g d zh z i k l m n o p r s t u f kh ts ch sh y e")
_BE_PASSPORT = _Table(
    {f"(?:{_START}|{_AFTER_VOWEL}){letter}": latin for letter, latin in _letters("еёюя", "ye yo yu ya").items()}
    | _letters("еёюяйў", "e io iu ia i u")
    | _BE_LATIN
)
_BE_ICAO = _Table(_letters("еёюяйў", "e io iu ia i u") | _BE_LATIN)
_BE_PRESS = _Table(_letters("еёюяйў", "ye yo yu ya y w") | _BE_LATIN)
_BE_LACINKA = _Table(
    {"зь": "ź", "ль": "ĺ", "нь": "ń", "сь": "ś", "ць": "ć"}
    | {f"(?:{_START}|{_AFTER_VOWEL}){letter}": latin for letter, latin in _letters("еёюя", "je jo ju ja").items()}
    | _letters("еёюяйў", "ie io iu ia j ŭ")
    | _MUTE
    | _letters("абвгґджзіклмнопрстуфхцчшыэ", "a b v h g d ž z i k l m n o p r s t u f ch c č š y e")
)

_RU_LATIN = _letters("абвгджзиклмнопрстуфхцчшщыэ", "a b v g d zh z i k l m n o p r s t u f kh ts ch sh shch y e")
_RU_PASSPORT = _Table({"ъ": "ie"} | _letters("еёюяй", "e e iu ia i") | _MUTE | _RU_LATIN, _SHORT_Y)
_RU_PRESS = _Table(
    {f"(?:{_START}|{_AFTER_VOWEL})е": "ye"} | _letters("еёюяй", "e yo yu ya y") | _MUTE | _RU_LATIN, _SHORT_Y
)

_POLISH_SOFT = (
    {f"(?:{_START}|{_AFTER_VOWEL}){letter}": latin for letter, latin in _letters("єёюя", "je jo ju ja").items()}
    | {f"(?<=[жшчщцл]){letter}": latin for letter, latin in _letters("єёюя", "e o u a").items()}
    | {"зь": "ź", "нь": "ń", "сь": "ś", "ць": "ć", "л(?=[ёєиіїюяьй])": "l"}
    | _letters("єёюя", "ie io iu ia")
)
_POLISH_SOFT_E = {f"(?:{_START}|{_AFTER_VOWEL})е": "je", "(?<=[жшчщцл])е": "e", "л(?=е)": "l", "е": "ie"}
"""Belarusian and Russian е is soft, Ukrainian е is not."""
_POLISH = _MUTE | _letters("абвгґджзйклмнопрстуўфхцчшщэ", "a b w h g d ż z j k ł m n o p r s t u u f ch c cz sz szcz e")
_UK_POLISH = _Table(
    {"ський$": "ski", "цький$": "cki", "ськ": "sk", "цьк": "ck", "ий$": "y"}
    | {"(?<=л)ьо": "o", "ьо": "io", "е": "e", "и": "y", "і": "i", "ї": "ji", "л(?=и)": "ł"}
    | _POLISH_SOFT
    | _POLISH
)
_BE_POLISH = _Table({"(?<=[сц]к)ая$": "a", "ы": "y", "і": "i"} | _POLISH_SOFT | _POLISH_SOFT_E | _POLISH)
_RU_POLISH = _Table(
    {"(?<=[сц]к)ий$": "i", "(?<=[сц]к)ая$": "a", "ый$": "y", "(?<=[жшц])и": "y", "ы": "y", "и": "i"}
    | _POLISH_SOFT
    | _POLISH_SOFT_E
    | _POLISH
    | {"г": "g"}
)

_NINE = "(?<=[дтзсцжшчщр])"
"""After these nine letters a foreign и is hard in Ukrainian."""
_UK_RU_COMMON = {
    **{
        "ськ(?=(?:ий|а)$)": "ск",
        "цьк(?=(?:ий|а)$)": "цк",
        "(?<=[сц]ьк)а$": "ая",
        "ськ$": "ск",
        "цьк$": "цк",
        "(?<=[нвдтрлмпбз])ий$": "ый",
    },
    **{"[ьй]о": "ё", APOSTROPHE: "", "ґ": "г", "є": "е", "[ії]": "и"},
}
_UK_RU = _Table(_UK_RU_COMMON)
_UK_RU_Y = _Table(_UK_RU_COMMON | {"и(?!й$|ч|к)": "ы"})

_RU_UK_COMMON = {"(?<=[сц])к(?=(?:ий|ая)$)": "ьк", "(?<=к)ая$": "а", "ый$|ий$": "ий"} | {
    f"(?:{_START}|(?<=[аеиоуыэюяь]))е": "є",
    f"(?:{_START}|(?<=[аеиоуыэюя]))ё": "йо",
    "ё": "ьо",
    "ы": "и",
    "э": "е",
    "ъ": APOSTROPHE,
}
_RU_UK = _Table(_RU_UK_COMMON | {f"{_NINE}и": "и", "и": "і"})
_RU_UK_OLD = _Table(_RU_UK_COMMON | {"(?<=[гкх])и|и(?=ч)|(?<=[жшчщц])и": "и", "и": "і", "(?<=[дтв])е(?=в$)": "є"})
_RU_UK_HARD = _Table(_RU_UK_COMMON)

_BE_SOFT_T = {"дз(?=[іеёюяь])": "д", "ц(?=[іеёюяь])": "т"}
_BE_CYRILLIC = {"шч": "щ", "ў": "в", "э": "е"}
_BE_UK_COMMON = {"(?<=[сц])кі$": "ький", "(?<=[сц])кая$": "ька", "іч$": "ич", "ы$": "ий", f"{_NINE}і|ы": "и"} | {
    f"(?:{_START}|(?<=[аеіоуыэюяь]))е": "є",
    f"(?:{_START}|(?<=[аеіоуыэюя]))ё": "йо",
    "ё": "ьо",
    "нка$": "нко",
}
_BE_UK = _Table(_BE_UK_COMMON | _BE_CYRILLIC)
_BE_UK_T = _Table(_BE_SOFT_T | _BE_UK_COMMON | _BE_CYRILLIC)
_BE_RU = _Table(
    {"(?<=[сц])кі$": "кий", "ы$": "ый", "(?<=[жшчц])ы": "и", "і": "и", "нка$": "нко", APOSTROPHE: ""}
    | _BE_SOFT_T
    | _BE_CYRILLIC
)

_VOWELS = "аеиоуыэюя"
_RU_BE_COMMON = (
    {"(?<=[сц]к)ий$": "і", "[ыи]й$": "ы", "(?<=[жшчщцр])[иы]": "ы", "(?<=[жшчщцр])е": "э", "щ": "шч", "и": "і"}
    | {f"(?<=[{_VOWELS}])в(?=[^{_VOWELS}ь]|$)": "ў", "ъ": APOSTROPHE}
    | {"т(?=[еёиюяь])": "ц", "д(?=[еёиюяь])": "дз"}
)
_RU_BE_A = _Table({"нко$": "нка", "о": "а"} | _RU_BE_COMMON)
_RU_BE_O = _Table({"нко$": "нка"} | _RU_BE_COMMON)
_RU_BE_YA = _Table({"нко$": "нка", "о": "а", f"е(?=[^{_VOWELS}]+[{_VOWELS}].*[{_VOWELS}])": "я"} | _RU_BE_COMMON)

_SHORT_U = "(?<=[aeio])[uŭ](?=[^aeiouy])"
_PL_CYRILLIC = {
    **{"szcz|šč": "щ", "sz|š": "ш", "cz|č": "ч", "ch": "х", "dż|dž": "дж", "rz|ż|ž": "ж", "w|v": "в", _SHORT_U: "в"},
    **{"[ij]a|(?<=l)a": "я", "[ij]u|(?<=l)u": "ю", "l(?=[^aeiouyąęó]|$)|ĺ": "ль", "ą": "он", "ę": "ен", "x": "кс"},
    **{"ć": "ць", "ń": "нь", "ś": "сь", "ź": "зь"},
    **_letters("abcdefghjklłmnoóprstuŭz", "а б ц д е ф г г й к л л м н о у п р с т у в з"),
}
_PL_UK_COMMON = {
    **{"(?<=[sc])ki$": "ький", "(?<=[sc])ka$": "ька", "[ij]e": "є", "ji": "ї", "(?<=l)o": "ьо", "[ij]o": "йо"},
    **{"icz$|yč$|ič$": "ич", "y$": "ий"},
}
_PL_RU_COMMON = {
    **{"(?<=[sc])ki$": "кий", "(?<=[sc])ka$": "кая", "[ij]e": "е", "(?<=l)o|[ij]o": "ё"},
    **{"nka$": "нко", "ij$|y$": "ий"},
}
_PL_SOFT_T = {"c(?=i)": "т", "dz(?=i)": "д"}
"""Belarusian ці and дзі are ти and ди of the others."""
_PL_UK = _Table(_PL_UK_COMMON | _PL_CYRILLIC | {"i": "і", "y": "и"})
_PL_UK_T = _Table(_PL_UK_COMMON | _PL_SOFT_T | _PL_CYRILLIC | {"i": "и", "y": "и"})
_PL_RU = _Table(_PL_RU_COMMON | _PL_CYRILLIC | {"ji|i": "и", "y": "ы"})
_PL_RU_T = _Table(_PL_RU_COMMON | _PL_SOFT_T | _PL_CYRILLIC | {"ji|i": "и", "y": "ы"})

_EN_SOFT_T = {"ts(?=[iy])": "т", "dz(?=[iy])": "д"}
_EN_CYRILLIC = {
    **{
        "shch": "щ",
        "sh": "ш",
        "ch": "ч",
        "zh": "ж",
        "kh": "х",
        "ts": "ц",
        "zgh": "зг",
        "ph": "ф",
        "ck": "к",
        "th": "т",
    },
    **{"[iy]a": "я", "[iy]u": "ю", "x": "кс", "(?<=[aeou])[iy]": "й", _SHORT_U: "в"},
    **_letters("abcdefghjklmnopqrstuvwz", "а б к д е ф г г дж к л м н о п к р с т у в в з"),
}
_EN_UK_COMMON = {
    **{"(?<=s)k[iy]{1,2}$": "ький", "(?<=s)ka(?:[iy]a)?$": "ька", "(?<=[iy])ch$": "ч", "[iy](?=ch$)": "и"},
    **{"[iy]e": "є", "yi": "ї", "[iy]o": "йо", "(?<=[aeou])y$": "й", "[iy]y$": "ій", "y$": "ий"},
}
_EN_RU_COMMON = {
    **{"(?<=s)k[iy]{1,2}$": "кий", "(?<=s)ka(?:[iy]a)?$": "кая", "[iy]e": "е", "[iy]o": "ё"},
    **{"nka$": "нко", "(?<=[aeou])y$": "й", "[iy]{1,2}$": "ий"},
}
_EN_UK = _Table(_EN_UK_COMMON | _EN_CYRILLIC | {"i": "і", "y": "и"})
_EN_UK_T = _Table(_EN_UK_COMMON | _EN_SOFT_T | _EN_CYRILLIC | {"i": "и", "y": "и"})
_EN_RU = _Table(_EN_RU_COMMON | _EN_CYRILLIC | {"i": "и", "y": "ы"})
_EN_RU_T = _Table(_EN_RU_COMMON | _EN_SOFT_T | _EN_CYRILLIC | {"i": "и", "y": "ы"})

_WAYS: dict[tuple[Language, Language], tuple[_Table | _Through, ...]] = {
    ("uk", "be"): tuple(_Through(one, two) for one in (_UK_RU, _UK_RU_Y) for two in (_RU_BE_A, _RU_BE_O, _RU_BE_YA)),
    ("uk", "ru"): (_UK_RU, _UK_RU_Y),
    # Whose name it is cannot be seen: Russians and Belarusians are spelled after their own languages.
    ("uk", "pl"): (
        _UK_POLISH,
        _Through(_UK_RU, _RU_POLISH),
        *(_Through(_UK_RU, table, _BE_POLISH) for table in (_RU_BE_A, _RU_BE_O)),
    ),
    ("uk", "en"): (
        _UK_PASSPORT,
        _UK_PRESS,
        *(_Through(_UK_RU, table) for table in (_RU_PASSPORT, _RU_PRESS)),
        *(_Through(_UK_RU, table, _BE_PASSPORT) for table in (_RU_BE_A, _RU_BE_O)),
    ),
    ("be", "uk"): (_BE_UK, _BE_UK_T),
    ("be", "be"): (_BE_LACINKA,),
    ("be", "ru"): (_BE_RU,),
    ("be", "pl"): (_BE_POLISH,),
    ("be", "en"): (_BE_PASSPORT, _BE_ICAO, _BE_PRESS),
    ("ru", "uk"): (_RU_UK_OLD, _RU_UK, _RU_UK_HARD),
    ("ru", "be"): (_RU_BE_A, _RU_BE_O, _RU_BE_YA),
    ("ru", "pl"): (_RU_POLISH, *(_Through(table, _BE_POLISH) for table in (_RU_BE_A, _RU_BE_O))),
    ("ru", "en"): (_RU_PASSPORT, _RU_PRESS, *(_Through(table, _BE_PASSPORT) for table in (_RU_BE_A, _RU_BE_O))),
    ("pl", "uk"): (_PL_UK, _PL_UK_T),
    ("pl", "be"): tuple(_Through(one, two) for one in (_PL_RU, _PL_RU_T) for two in (_RU_BE_A, _RU_BE_O)),
    ("pl", "ru"): (_PL_RU, _PL_RU_T),
    ("pl", "en"): tuple(_Through(one, two) for one in (_PL_RU, _PL_RU_T) for two in (_RU_PASSPORT, _RU_PRESS)),
    ("en", "uk"): (_EN_UK, _EN_UK_T),
    ("en", "be"): tuple(_Through(one, two) for one in (_EN_RU, _EN_RU_T) for two in (_RU_BE_A, _RU_BE_O)),
    ("en", "ru"): (_EN_RU, _EN_RU_T),
    ("en", "pl"): tuple(_Through(one, _RU_POLISH) for one in (_EN_RU, _EN_RU_T)),
}
