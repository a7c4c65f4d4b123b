"""Belarusian words that the dictionary lacks: what their endings foretell."""

import re
from collections.abc import Iterator

from core.lexicon import Case, Gender, Number, Part, Reading

MODELS = tuple(
    "вязень дзень хлопец немец рынак кавалак студэнт салдат мастак вораг край музей санаторый лекар настаўнік "
    "таварыш міністр журналіст рука страха хата вада школа гара зямля вуліца партыя рэвалюцыя станцыя ноч радасць "
    "горад поле вяселле беларускі новы сіні жанчына песня дачка кніга палітыка піянер плошча пакой змест "
    "працаваць чытаць рабіць гуляць хварэць загінуць стварыць насіць вазіць плаціць "
    "працавацца чытацца рабіцца гуляцца стварыцца насіцца".split()
)
"""Well-known words; an unknown one borrows the forms of those that end like it."""

_NOUN_SERIES = (
    "|а|у|ам|ом|е|ы|аў|оў|амі|ах|ой|ою|ай|аю|о|і|я".split("|"),
    "ь|я|ю|ем|ём|і|яў|ёў|ям|ямі|ях|й|е|ей|ею|яй|яю|ьлю".split("|"),
)
_ADJECTIVE_SERIES = (
    ("[сцзд]к|[кгх]", "і|ага|ога|аму|ому|ім|ая|ой|ай|ую|ое|ае|ія|іх|імі|аю|ою".split("|")),
    ("[нвтлмрзсгчшж]", "ы|ага|ога|аму|ому|ым|ая|ой|ай|ую|ое|ае|ыя|ых|ымі|аю|ою".split("|")),
    ("н", "і|яга|яму|ім|яя|яй|юю|яе|ія|іх|імі|яю".split("|")),
)
_SURE_ADJECTIVE = re.compile("(?:[сцз]к(?:і|ага|аму|ая|ую|ае|ія|іх|імі)|[нвлтм](?:ы|ага|аму|ую|ыя|ымі))$")
_POSSESSIVE_SERIES = "|а|у|ым|е|ой|ы|ых|ымі|ай|аю".split("|")
_POSSESSIVE_STEM = re.compile("(?:[оаеё]в|[оаеё]ў|[іы]н)$")
_FLEETING = re.compile(r"(\w{2,})[еоёэа]([кцнрлг])$")
_VOWEL_END = re.compile("[аоэыіуеёюяьй]$")
_BEFORE_E = (("д", "дзе"), ("т", "це"), ("к", "цы"), ("к", "цэ"), ("г", "зе"), ("х", "се"))


def endings_of(word: str) -> frozenset[str]:
    """The word with every ending of the series that its own ending belongs to; itself included."""
    found = {word}
    found |= set(_family_name(word))
    for last, series in _ADJECTIVE_SERIES:
        for stem, _ in _stems(word, series):
            if re.search(f"(?:{last})$", stem):
                found |= {stem + other for other in series}
    if _SURE_ADJECTIVE.search(word):
        return frozenset(found)
    if word.endswith("анін"):  # віцябчанін, віцябчане
        found |= {word[:-2] + ending for ending in ("е", "", "ам", "амі", "ах", "аў")}
    for series in _NOUN_SERIES:
        for stem, ending in _stems(word, series):
            if ending or not _VOWEL_END.search(stem):
                found |= {stem + other for other in series}
                found |= {stem.removesuffix(hard) + soft for hard, soft in _BEFORE_E if stem.endswith(hard)}
                if stem.endswith("ў"):
                    found |= {stem[:-1] + "в" + other for other in series if other}
            if not ending and (fleeting := _FLEETING.fullmatch(stem)):
                short = _closed(fleeting.group(1) + fleeting.group(2))
                found |= {short + other for other in series if other}
    for stem, _ in _stems(word, _POSSESSIVE_SERIES):
        if _POSSESSIVE_STEM.search(stem):
            found |= {stem + other for other in _POSSESSIVE_SERIES}
    return frozenset(found)


def _closed(stem: str) -> str:
    """Its end as before a vowel: пікетовец, пікетоўцы; уладальц."""
    return re.sub("в(?=ц$)", "ў", re.sub("(?<=л)(?=ц$)", "ь", stem))


def _stems(word: str, series: list[str]) -> Iterator[tuple[str, str]]:
    for ending in series:
        stem = word.removesuffix(ending) if ending else word
        if word.endswith(ending) and len(stem) >= 3:
            yield stem, ending


def _family_name(word: str) -> Iterator[str]:
    """Цімафееў, Цімафеева: one family."""
    if re.search("[аоеё]ў$", word):
        stem = word[:-1] + "в"
    elif re.search("[аоеё]в(?:а|у|ым|е|ай|ой|ы|ых|ымі|аю|ою)$", word):
        stem = word[: word.rindex("в") + 1]
        yield stem[:-1] + "ў"
    else:
        return
    yield from (stem + ending for ending in "а у ым е ы ых ымі ай ой аю ою".split())


_CASES: tuple[tuple[str, Part, Case, Number, Gender], ...] = (
    ("амі", "NOUN", "ins", "p", ""), ("ямі", "NOUN", "ins", "p", ""), ("ах", "NOUN", "loc", "p", ""),
    ("ях", "NOUN", "loc", "p", ""), ("аў", "NOUN", "gen", "p", ""), ("яў", "NOUN", "gen", "p", ""),
    ("ага", "ADJF", "gen", "s", "m"), ("ога", "ADJF", "gen", "s", "m"), ("аму", "ADJF", "dat", "s", "m"),
    ("ому", "ADJF", "dat", "s", "m"), ("ымі", "ADJF", "ins", "p", ""), ("імі", "ADJF", "ins", "p", ""),
    ("ых", "ADJF", "gen", "p", ""), ("іх", "ADJF", "gen", "p", ""), ("ыя", "ADJF", "nom", "p", ""),
    ("ія", "ADJF", "nom", "p", ""), ("ая", "ADJF", "nom", "s", "f"), ("яя", "ADJF", "nom", "s", "f"),
    ("ую", "ADJF", "acc", "s", "f"), ("юю", "ADJF", "acc", "s", "f"), ("скі", "ADJF", "nom", "s", "m"),
    ("цкі", "ADJF", "nom", "s", "m"), ("ць", "INFN", "", "", ""), ("цца", "INFN", "", "", ""),
    ("ла", "VERB", "", "s", "f"), ("лі", "VERB", "", "p", ""), ("ўшы", "GRND", "", "", ""),
)  # fmt: skip


def likely_readings(word: str) -> tuple[Reading, ...]:
    """At least one: by its ending, else a noun."""
    found = [
        Reading(lemma=word, part=part, case=case, number=number, gender=gender)
        for ending, part, case, number, gender in _CASES
        if word.endswith(ending) and len(word) > len(ending) + 2
    ]
    return tuple(found) or (Reading(lemma=word, part="NOUN"),)
