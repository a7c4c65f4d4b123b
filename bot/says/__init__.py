"""Every sentence said to people, by language."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from html import escape, unescape
from importlib import resources
from typing import Any

from core.subscribe import LANGUAGES, Language


class Html(str):
    """Telegram HTML, safe to send; anything else is escaped when it is put into a sentence."""

    __slots__ = ()


def html(text: object) -> Html:
    """Text with `& < >` escaped: the three that Telegram's parser needs."""
    return text if isinstance(text, Html) else Html(escape(str(text), quote=False))


def plain(text: Html) -> str:
    """The text alone, for where no markup is shown: a terminal, a log."""
    return unescape(_TAG.sub("", text))


_TAG = re.compile(r"</?[a-z][^>]*>")


class Catalogue:
    """The sentences of one language."""

    def __init__(self, sentences: Mapping[str, str], plural: Callable[[int], str]) -> None:
        self._sentences = sentences
        self._plural = plural

    def __call__(self, key: str, **values: object) -> Html:
        """The sentence with its values, which are escaped unless they are `Html`."""
        return Html(self._sentences[key].format_map({name: html(value) for name, value in values.items()}))

    def plain(self, key: str, **values: object) -> str:
        """The sentence where Telegram takes no markup: buttons, menus, descriptions."""
        return self._sentences[key].format_map(values)

    def count(self, noun: str, count: int) -> Html:
        """A number with its noun in the right form: «1 сюжет», «2 сюжети», «5 сюжетів»."""
        form = f"{noun}.{self._plural(count)}"
        return self(form if form in self._sentences else f"{noun}.many", count=count)

    def keys(self) -> frozenset[str]:
        """All keys, dotted."""
        return frozenset(self._sentences)


@cache
def catalogue(language: Language) -> Catalogue:
    """The sentences of a language, read once: everybody's, and those for people with a role."""
    names = (f"{language}.toml", f"admin_{_OF_ROLES[language]}.toml")
    files = (resources.files(__name__).joinpath(name) for name in names)
    sentences = [pair for file in files for pair in _flat(tomllib.loads(file.read_text(encoding="utf-8")))]
    return Catalogue(dict(sentences), _PLURALS[language])


def catalogues() -> dict[Language, Catalogue]:
    """All languages."""
    return {language: catalogue(language) for language in LANGUAGES}


def _flat(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    flat = []
    for key, value in table.items():
        flat += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(prefix + key, str(value))]
    return flat


def _eastern(count: int) -> str:
    """CLDR plural rules for `uk`, `be` and `ru`, whole numbers."""
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else "many"


def _polish(count: int) -> str:
    """CLDR plural rules for `pl`, whole numbers."""
    if count == 1:
        return "one"
    return "few" if 2 <= count % 10 <= 4 and not 12 <= count % 100 <= 14 else "many"


def _english(count: int) -> str:
    """CLDR plural rules for `en`, whole numbers."""
    return "one" if count == 1 else "many"


_PLURALS: dict[Language, Callable[[int], str]] = {
    "uk": _eastern,
    "be": _eastern,
    "ru": _eastern,
    "pl": _polish,
    "en": _english,
}
_OF_ROLES: Mapping[Language, Language] = {"uk": "uk", "be": "uk", "ru": "uk", "pl": "en", "en": "en"}
"""What people with a role read of their work is in Ukrainian and English alone."""
