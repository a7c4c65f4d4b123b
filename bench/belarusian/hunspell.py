"""Reads a hunspell word list: its entries, and what each flag makes of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.text.fold import fold

PREFIXES = {"p": "па", "z": "за", "i": "і", "A": "не"}
"""Flags that make another word by putting letters before it."""
SHORT_U = "u"
"""The flag of words in initial ў, that are written with у too."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a suffix class."""

    cut: str
    add: str
    when: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Made:
    """One form that a flag makes of an entry."""

    form: str
    flag: str
    add: str
    """What was put at its end, which tells the form's place in the paradigm."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list, as keys."""

    head: str
    capital: bool
    flags: str
    """Of suffixes alone, in the order of the alphabet."""


class WordList:
    """The list, with prefixes taken apart into entries of their own."""

    def __init__(self, aff: str, dic: str) -> None:
        self._rules: dict[str, list[Rule]] = {}
        for line in aff.splitlines():
            match line.split():
                case ["SFX", flag, cut, add, when]:
                    rule = Rule(
                        cut.replace("0", ""),
                        add.replace("0", "").replace("'", "\u02bc"),
                        re.compile(f"(?:{when})$".replace("'", "\u02bc")),
                    )
                    self._rules.setdefault(flag, []).append(rule)
        self.known = frozenset(self._read(dic))
        self.entries = sorted(self.known, key=lambda entry: (entry.head, entry.capital, entry.flags))

    def _read(self, dic: str) -> Iterator[Entry]:
        for line in dic.splitlines()[1:]:
            word, _, flags = line.strip().partition("/")
            if not word:
                continue
            key = fold(word)
            if key[:1] == "ў":
                key = "у" + key[1:]
            suffixes = "".join(sorted(set(flags) & set(self._rules)))
            yield Entry(key, word[:1].isupper(), suffixes)
            for flag, before in PREFIXES.items():
                if flag in flags:
                    yield Entry(before + key, word[:1].isupper(), suffixes)

    def made(self, entry: Entry) -> list[Made]:
        """Every form that its flags make, in the order of the rules."""
        return [
            Made((entry.head.removesuffix(rule.cut) if rule.cut else entry.head) + rule.add, flag, rule.add)
            for flag in entry.flags
            for rule in self._rules[flag]
            if entry.head.endswith(rule.cut) and rule.when.search(entry.head)
        ]
