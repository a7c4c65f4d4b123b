"""A corpus with lemmas as subscriptions, and the texts that each of them must find.

A file holds one sentence a line: `{"doc": …, "text": …, "toks": [[form, lemma, part, features], …]}`, parts of speech
and features as Universal Dependencies name them. Its language is what its name begins with: `uk-iu-dev.jsonl`.

A word must find every text that holds a token of the same lemma, a pair every text that holds the two lemmas side by
side. Not counted either way, because corpora contradict one another there: a word that is one part of a hyphenated
lemma, and a verb against a converb that the corpus lists as a lemma of its own.
"""

import gzip
import itertools
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple

from core.lexicon import LANGUAGES, Language
from core.text.fold import APOSTROPHE, APOSTROPHES, fold

Variant = Literal["cit", "infl", "unknown", "bigram", "name", "typo"]
VARIANTS: tuple[Variant, ...] = ("cit", "infl", "unknown", "bigram", "name", "typo")


class Token(NamedTuple):
    """A word or a sign of a text, as the corpus reads it."""

    form: str
    lemma: str
    part: str
    features: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One text to be matched."""

    document: str
    text: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A file of them."""

    name: str
    language: Language
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """What is asked, and what must come; texts are told by their numbers."""

    queries: tuple[str, ...]
    texts: tuple[str, ...]
    documents: tuple[str, ...]
    """Of each text."""
    wanted: tuple[frozenset[int], ...]
    """By query."""
    neutral: tuple[frozenset[int], ...]
    """By query: texts that count neither way."""
    slips: tuple[tuple[int, int], ...] = ()
    """Query and text of every word that was mistyped."""


def read(path: Path) -> Gold:
    """The corpus of a file, plain or compressed. Raises `ValueError` where its name does not begin with a language."""
    name = path.name.removesuffix(".gz").removesuffix(".jsonl")
    language = next((one for one in LANGUAGES if name.startswith(f"{one}-")), None)
    if language is None:
        raise ValueError(f"{path.name}: no language in front, as in uk-….jsonl")
    opening = gzip.open if path.suffix == ".gz" else open
    with opening(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    sentences = tuple(
        Sentence(document=row["doc"], text=row["text"], tokens=tuple(Token(*token) for token in row["toks"]))
        for row in rows
    )
    return Gold(name=name, language=language, sentences=sentences)


def subscriptions(
    gold: Gold, variant: Variant, *, known: Callable[[str], bool] = lambda key: False, most: int = 0
) -> Subscriptions:
    """The queries of a variant, every one there is or `most` of them, spread evenly.

    `cit`: every content word of four letters and more, as the corpus spells its lemma. `infl`: an inflected form of it
    that stands in the corpus. `unknown`: of `cit` the words that are not `known`. `bigram`: adjective and noun that
    stand side by side in two sentences, as one of them spells them, in the nominative where there is one. `name`: two
    proper nouns side by side, as lemmas. `typo`: as `cit`, over texts in which one word each is mistyped.
    """
    texts, slips = gold, dict[int, str]()
    if variant == "typo":
        texts, slips = mistyped(gold)
    match variant:
        case "bigram" | "name":
            typed, at = _pairs(gold, variant)
        case "infl":
            typed, at = _inflected(gold), _places(gold)
        case "cit" | "typo":
            typed, at = _cited(gold), _places(gold)
        case "unknown":
            typed, at = {key: word for key, word in _cited(gold).items() if not known(key)}, _places(gold)
    keys = sorted(typed)
    if most and len(keys) > most:
        keys = [keys[number * len(keys) // most] for number in range(most)]
    number_of = {key: number for number, key in enumerate(keys)}
    return Subscriptions(
        queries=tuple(typed[key] for key in keys),
        texts=tuple(sentence.text for sentence in texts.sentences),
        documents=tuple(sentence.document for sentence in texts.sentences),
        wanted=tuple(frozenset(at[key]) for key in keys),
        neutral=_neutral(gold, keys, at),
        slips=tuple((number_of[key], number) for number, key in slips.items() if key in number_of),
    )


def key_of(word: str, language: Language) -> str:
    """Words are the same where they differ in case, apostrophe, stress or look-alikes only; in Russian in ё, in
    Belarusian in an assimilated ь and a first ў."""
    key = fold(word)
    if language == "ru":
        return key.replace("ё", "е")
    if language == "be":
        return re.sub("^ў", "у", _ASSIMILATED.sub("", key))
    return key


_ASSIMILATED = re.compile("(?<=[сзцнл])ь(?=[бвгджзклмнпрстфхцчш])")

CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_SHORTEST = 4
_WORD = re.compile(rf"[^\W\d_{APOSTROPHE}]+(?:[{APOSTROPHE}-][^\W\d_{APOSTROPHE}]+)*")
# As a person types it: a plain apostrophe, no stress, nothing invisible.
_TYPED = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("\u0300\u0301\u00ad\u200b", ""))
Places = dict[str, set[int]]


def _places(gold: Gold) -> Places:
    """Where every lemma stands."""
    at: Places = defaultdict(set)
    for number, sentence in enumerate(gold.sentences):
        for token in sentence.tokens:
            at[key_of(token.lemma, gold.language)].add(number)
    return at


_CONVERB = re.compile("(?:[вш]ши|[уюая]чи)(?:сь)?$")
_ROOT = 4


def _neutral(gold: Gold, keys: list[str], at: Places) -> tuple[frozenset[int], ...]:
    parts: Places = defaultdict(set)
    converbs: Places = defaultdict(set)
    for number, sentence in enumerate(gold.sentences):
        for token in sentence.tokens:
            key = key_of(token.lemma, gold.language)
            if "-" in key:
                for part in key.split("-"):
                    parts[part].add(number)
            if token.part == "VERB" and _CONVERB.search(key):
                converbs[key[:_ROOT]].add(number)
    return tuple(
        frozenset((parts[key] | converbs[key[:_ROOT]]) - at[key]) if " " not in key else frozenset() for key in keys
    )


def _content(gold: Gold) -> Iterator[tuple[str, Token]]:
    for sentence in gold.sentences:
        for token in sentence.tokens:
            key = key_of(token.lemma, gold.language)
            if token.part in CONTENT and len(key) >= _SHORTEST and _WORD.fullmatch(key):
                yield key, token


def _cited(gold: Gold) -> dict[str, str]:
    spelt: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for key, token in _content(gold):
        spelt[key][token.lemma.translate(_TYPED), token.part] += 1
    return {key: lemmas.most_common(1)[0][0][0] for key, lemmas in spelt.items()}


def _inflected(gold: Gold) -> dict[str, str]:
    seen: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for key, token in _content(gold):
        form = key_of(token.form, gold.language)
        if form != key and _WORD.fullmatch(form):
            typed = token.form if token.part == "PROPN" else token.form.lower()
            seen[key][_rank(token)][typed.translate(_TYPED)] += 1
    return {key: ranked[min(ranked)].most_common(1)[0][0] for key, ranked in seen.items()}


_OF_A_NOUN = ("Gen Plur", "Ins Sing", "Loc Sing", "Gen Sing")
_LIKELY = {"NOUN": _OF_A_NOUN, "PROPN": _OF_A_NOUN, "ADJ": ("Gen Plur", "Ins Sing"), "VERB": ("Past Plur", "Past")}
"""Which form a person is taken to type, likeliest first, by features that it has."""
_UNLIKELY = 9


def _rank(token: Token) -> int:
    likely = _LIKELY[token.part]
    fitting = (rank for rank, features in enumerate(likely) if all(one in token.features for one in features.split()))
    return next(fitting, _UNLIKELY)


_SHORTEST_OF_A_PAIR = 3


def _pairs(gold: Gold, variant: Literal["bigram", "name"]) -> tuple[dict[str, str], Places]:
    """What is typed for every pair, and where it stands; the keys of both with a space between."""
    kinds = ("ADJ", "NOUN") if variant == "bigram" else ("PROPN", "PROPN")
    at: Places = defaultdict(set)
    shown: dict[str, list[tuple[Token, Token]]] = defaultdict(list)
    for number, sentence in enumerate(gold.sentences):
        for one, other in itertools.pairwise(sentence.tokens):
            keys = [key_of(token.lemma, gold.language) for token in (one, other)]
            at[" ".join(keys)].add(number)
            plain = all(len(key) >= _SHORTEST_OF_A_PAIR and _WORD.fullmatch(key) for key in keys)
            if plain and (one.part, other.part) == kinds:
                shown[" ".join(keys)].append((one, other))
    if variant == "name":
        return {key: f"{pair[0][0].lemma} {pair[0][1].lemma}".translate(_TYPED) for key, pair in shown.items()}, at
    best = {key: min(pairs, key=_nominative_first) for key, pairs in shown.items() if len(at[key]) > 1}
    return {key: f"{one.form} {other.form}".lower().translate(_TYPED) for key, (one, other) in best.items()}, at


def _nominative_first(pair: tuple[Token, Token]) -> tuple[bool, bool]:
    return "Nom" not in pair[1].features, "Nom" not in pair[0].features


_LONG = 6
_LATIN = "abcdefghijklmnoprstuwyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшьюя"


def mistyped(gold: Gold, *, seed: int = 11) -> tuple[Gold, dict[int, str]]:
    """The same with one slip in one content word of six letters and more in every sentence that has one (a letter
    left out, put in, wrong, or two swapped), and by sentence the key of that word's lemma."""
    chance = random.Random(seed)
    sentences, slips = list(gold.sentences), {}
    for number, sentence in enumerate(sentences):
        may = [token for token in sentence.tokens if _may_be_mistyped(token, sentence.text, gold.language)]
        if may:
            token = chance.choice(may)
            slips[number] = key_of(token.lemma, gold.language)
            sentences[number] = replace(sentence, text=sentence.text.replace(token.form, _slip(token.form, chance)))
    return replace(gold, sentences=tuple(sentences)), slips


def _may_be_mistyped(token: Token, text: str, language: Language) -> bool:
    return (
        token.part in CONTENT
        and len(token.form) >= _LONG
        and len(key_of(token.lemma, language)) >= _SHORTEST
        and _WORD.fullmatch(key_of(token.form, language)) is not None
        and "-" not in token.form
        and text.count(token.form) == 1
    )


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("out", "swapped", "wrong", "in"))
    letters = _CYRILLIC if "\u0400" < word[0] < "\u0530" else _LATIN
    if kind == "out":
        return word[:at] + word[at + 1 :]
    if kind == "swapped" and word[at] != word[at + 1]:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "wrong":
        return word[:at] + chance.choice(letters) + word[at + 1 :]
    return word[:at] + chance.choice(letters) + word[at:]
