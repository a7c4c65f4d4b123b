"""Sources to begin with: files of outlets that come with the program."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, get_args

from core.errors import ConfigError
from core.lexicon import LANGUAGES, Language

Label = Literal["own", "independent", "state", "hostile"]
Sort = Literal["feed", "sitemap", "channel"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """An outlet's address, with what is to be known of it before it is watched."""

    name: str
    url: str
    language: Language
    label: Label
    """Whose it is."""
    kind: Sort
    verified: bool
    """Whether somebody has seen the address answer."""


def starter_names() -> list[str]:
    """What the files are called."""
    return sorted(one.name.removesuffix(".toml") for one in _FOLDER.iterdir() if one.name.endswith(".toml"))


def starters(name: str) -> list[Starter]:
    """The outlets of a file; raises `ConfigError` where there is none of this name."""
    if name not in starter_names():
        raise ConfigError(f"There are no sources called {name!r} to begin with, but {', '.join(starter_names())}.")
    return [_starter(one) for one in tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["source"]]


def _starter(told: dict[str, Any]) -> Starter:
    starter = Starter(**told)
    allowed = ((starter.language, LANGUAGES), (starter.label, get_args(Label)), (starter.kind, get_args(Sort)))
    for value, values in allowed:
        if value not in values:
            raise ConfigError(f"{starter.url}: {value!r} is none of {', '.join(values)}.")
    return starter


_FOLDER = files("config") / "sources"
