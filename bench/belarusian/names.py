"""Which words of the list are names, and of what kind, as far as endings and their company tell."""

import re

from bench.belarusian.lexeme import Lexeme

_PATRONYMIC = re.compile("(?:авіч|евіч|евіч|аўна|еўна|ёўна)$")
_SURNAME = re.compile("(?:[оаеё]ў|[ії]н|ын|енка|энка|[сцзк]кі|віч|чук|юк|эня|еня|ечка|ык|ко|эй|чык|онак|ёнак)$")
_PLACE = re.compile("(?:шчына|град|горад|поль|бург|ія|цк|ск|ўка|[ае]ва|ічы|стан|лэнд|ланд)$")


def kind_of_name(lexeme: Lexeme, names: set[str]) -> str:
    """A letter: f first, s surname, p patronymic, g place, o another; none for a common word."""
    if not lexeme.capital:
        return ""
    lemma = lexeme.lemma
    if len(lemma) > 1 and _patronymics(lemma) & names:
        return "f"
    if _PATRONYMIC.search(lemma) and (lemma.endswith("на") or lemma[:-2] + "на" in names or _father(lemma) in names):
        return "p"
    if _PLACE.search(lemma):
        return "g"
    return "s" if _SURNAME.search(lemma) else "o"


def _patronymics(lemma: str) -> set[str]:
    """Алег: алегавіч; Сяргей: сяргеевіч; Янка has none."""
    stem = lemma.rstrip("аоьйя")
    return {stem + "авіч", stem + "евіч", stem + "авна", stem + "аўна", stem + "еўна", lemma + "авіч", lemma + "віч"}


def _father(lemma: str) -> str:
    return lemma.removesuffix("авіч").removesuffix("евіч")
