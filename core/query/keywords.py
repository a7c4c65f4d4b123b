"""What the query language calls its operators, fields and switches, in every language that people type them in."""

from typing import Literal, TypeVar

from core.lexicon import Language
from core.query.tree import Switch
from core.text.fold import fold

Operator = Literal["and", "or", "not", "near"]
Field = Literal["title", "source", "language"]
Setting = Literal["also", "matches", "forms"]

_Meant = TypeVar("_Meant")


def _by_word(*rows: tuple[_Meant, str]) -> dict[str, _Meant]:
    """Every word of the rows, folded, with what it stands for."""
    return {fold(word): meant for meant, words in rows for word in words.split()}


OPERATORS: dict[str, Operator] = _by_word(
    ("and", "І ТА AND И I ORAZ"),
    ("or", "АБО OR ИЛИ ЛИБО АЛЬБО LUB ALBO"),
    ("not", "НЕ БЕЗ КРІМ NOT КРОМЕ NIE BEZ"),
    ("near", "БЛИЗЬКО РЯДОМ ПОРУЧ ПОБАЧ NEAR BLISKO"),
)
"""Operators in capitals; a single letter (`І`) is one only between two words, for it begins many a headline."""

FIELDS: dict[str, Field] = _by_word(
    ("title", "заголовок назва название загаловак title intitle headline tytuł tytul"),
    ("source", "джерело сайт источник крыніца source site źródło zrodlo"),
    ("language", "мова язык language lang język jezyk"),
)

SETTINGS: dict[str, Setting] = _by_word(
    ("also", "також также таксама also też tez także takze"),
    ("matches", "збіги збіг совпадения супадзенні matches match trafienia"),
    ("forms", "форми формы forms formy"),
)

ALSO: dict[str, Switch] = _by_word(
    ("adjectives", "прикметники прилагательные прыметнікі adjectives przymiotniki"),
    ("people", "люди людзі people ludzie"),
    ("languages", "мови языки мовы languages języki jezyki"),
    (
        "transliterations",
        "транслітерації транслітерація транслитерации транслитерация транслітарацыі транслітарацыя "
        "transliterations transliteration transliteracje transliteracja",
    ),
)

MATCHES: dict[str, Switch] = _by_word(
    ("strict", "строгі строгие строгія strict ścisłe scisle"),
    ("wide", "широкі широкие шырокія wide szerokie"),
)

LANGUAGE_NAMES: dict[str, Language] = _by_word(
    ("uk", "uk ua укр ukr українська українською украинский украинская украінская ukrainian ukraiński ukraińska"),
    ("be", "be by біл бел bel білоруська білоруською белорусский белорусская беларуская belarusian białoruski"),
    ("ru", "ru рос рус rus російська російською русский русская руская расейская russian rosyjski rosyjska"),
    ("pl", "pl пол pol польська польською польский польская polish polski polska"),
    ("en", "en англ eng англійська англійською английский английская англійская english angielski angielska"),
)
