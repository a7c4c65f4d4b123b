"""How Belarusian spelling hides one stem behind another: unstressed vowels, soft and alternating consonants."""

import re

VOWELS = "аоэыіуеёюя"
_NEUTRAL = str.maketrans({"о": "а", "э": "а", "ё": "я", "е": "я", "ў": "в", "ь": None, "\u02bc": None})


def neutral(word: str) -> str:
    """The word with every vowel as it is written unstressed and no sign of softness: вода and вада are one."""
    return word.translate(_NEUTRAL)


_ALTERNATIONS = (
    ("сц", "шч"), ("ст", "шч"), ("ск", "шч"), ("дз", "дж"), ("зд", "здж"), ("д", "дж"), ("т", "ч"), ("ц", "ч"),
    ("з", "ж"), ("с", "ш"), ("к", "ч"), ("г", "ж"), ("х", "ш"),
    ("б", "бл"), ("п", "пл"), ("м", "мл"), ("ф", "фл"), ("в", "ўл"),
)  # fmt: skip
_SOFT = (("д", "дз"), ("т", "ц"), ("к", "ч"), ("г", "ж"), ("х", "ш"))


def alternated(stem: str) -> str:
    """Its last consonant as before the first person's ending: хадз, хадж; пісa, піш; раб, рабл."""
    for end, other in _ALTERNATIONS:
        if stem.endswith(end):
            return stem.removesuffix(end) + other
    return stem


def hardened(form: str) -> str:
    """With ы where the consonant before it has no soft kind: піші → пішы."""
    return _HARD.sub("ы", form)


_HARD = re.compile("(?<=[жшчр])і")


def softened(stem: str) -> str:
    """Its last consonant as before the other endings: вяд, вядз; пяк, пяч."""
    for end, other in _SOFT:
        if stem.endswith(end):
            return stem.removesuffix(end) + other
    return stem
