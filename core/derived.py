"""Words that come of a word: adjectives of places, people of places, women of occupations, names in other scripts.

A word built by a rule counts only where the dictionary has it as a word of its own, of the right kind; countries, whose
people are called by no rule, stand in a table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Literal

from core.concept import Added
from core.countries import country_of
from core.derivation import ADJECTIVES, OTHER_ADJECTIVES, OTHER_PEOPLE, PEOPLE, PLACE_ADJECTIVES, WOMEN, Rules
from core.given_names import GIVEN_NAMES
from core.lexicon import LANGUAGES, Language, Lexicon, Part
from core.names import is_polish
from core.query.tree import Phrase, Switch, Word
from core.text.fold import APOSTROPHE, fold
from core.transliteration import transliterated


def derived(typed: Word | Phrase, switch: Switch, lexicons: Sequence[Lexicon]) -> Iterator[Added]:
    """What a switch adds to one word by rule: a `core.concept.Derive` once the dictionaries are given."""
    if not isinstance(typed, Word):
        return
    if switch == "transliterations":
        yield from _in_other_spellings(typed, lexicons)
        return
    for lexicon in lexicons:
        for lemma in _lemmas(typed.key, lexicon):
            for term, language in _of(lemma, switch, lexicon):
                yield Added(term=term, language=language, why=switch)


def adjectives_of(lemma: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The adjectives of a noun, the usual first: «Київ», «київський»; none where the dictionary has none."""
    language = lexicon.language
    found = country_of(lemma, language)
    if found:
        return () if found.kind == "adjectives" else found.country[language].adjectives
    match _kind(lemma, lexicon):
        case "place":
            return _first_of((ADJECTIVES, PLACE_ADJECTIVES), lemma, "ADJF", lexicon)
        case "common":
            return _first_of((ADJECTIVES, OTHER_ADJECTIVES), lemma, "ADJF", lexicon)
        case "other":
            return ()


def people_of(lemma: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The people of a place («киянин», «киянка»), or the women of an occupation («директорка»)."""
    language = lexicon.language
    found = country_of(lemma, language)
    if found:
        return tuple(one for one in found.country[language].people if fold(one) != lemma)
    match _kind(lemma, lexicon):
        case "place":
            men = _first_of((PEOPLE, OTHER_PEOPLE), lemma, "NOUN", lexicon)
            return tuple(dict.fromkeys([*men, *(woman for man in men for woman in _women_of(man, lexicon))]))
        case "common":
            return _women_of(lemma, lexicon)
        case "other":
            return ()


def _kind(lemma: str, lexicon: Lexicon) -> Literal["place", "common", "other"]:
    """A noun that is a name and nothing else may be a place, and so may a word that the dictionary lacks."""
    lexemes = [lexeme for lexeme in lexicon.lexemes(lemma) if lexeme.lemma == lemma]
    nouns = [lexeme for lexeme in lexemes if lexeme.part == "NOUN"]
    if lexemes and not nouns:
        return "other"
    return "place" if all(lexeme.name for lexeme in nouns) else "common"


def _women_of(man: str, lexicon: Lexicon) -> tuple[str, ...]:
    women = _words_of_their_own(_built(man, WOMEN.get(lexicon.language, ())), "NOUN", lexicon)
    return tuple(woman for woman in women if _is_feminine(woman, lexicon))


def _first_of(tables: Sequence[Mapping[Language, Rules]], lemma: str, part: Part, lexicon: Lexicon) -> tuple[str, ...]:
    """What the first of the tables makes that makes anything."""
    made = (_words_of_their_own(_built(lemma, table.get(lexicon.language, ())), part, lexicon) for table in tables)
    return next((words for words in made if words), ())


def _of(lemma: str, switch: Switch, lexicon: Lexicon) -> Iterator[tuple[str, Language]]:
    match switch:
        case "adjectives":
            yield from ((term, lexicon.language) for term in adjectives_of(lemma, lexicon))
        case "people":
            yield from ((term, lexicon.language) for term in people_of(lemma, lexicon))
        case "languages":
            found = country_of(lemma, lexicon.language)
            for language in LANGUAGES if found else ():
                if found and language != lexicon.language:
                    yield from ((term, language) for term in found.others(language))


def _lemmas(key: str, lexicon: Lexicon) -> Sequence[str]:
    """The lemmas that a key is a form of; where it is a base form, that alone; itself where the word is unknown."""
    lemmas = dict.fromkeys(lexeme.lemma for lexeme in lexicon.lexemes(key))
    if key in lemmas or not lemmas:
        return (key,)
    return tuple(lemmas)


def _built(lemma: str, rules: Rules) -> Iterator[str]:
    """What the rules make of it; an apostrophe goes where one must stand."""
    for ending, replacement in rules:
        built, changed = _compiled(ending).subn(replacement, lemma, count=1)
        if changed and built != lemma:
            yield built.replace("'", APOSTROPHE)


@cache
def _compiled(ending: str) -> re.Pattern[str]:
    return re.compile(f"(?:{ending})$")


def _words_of_their_own(candidates: Iterable[str], part: Part, lexicon: Lexicon) -> tuple[str, ...]:
    return tuple(
        candidate
        for candidate in dict.fromkeys(candidates)
        if any(lexeme.lemma == candidate and lexeme.part == part for lexeme in lexicon.lexemes(candidate))
    )


def _is_feminine(lemma: str, lexicon: Lexicon) -> bool:
    return any(
        reading.lemma == lemma and reading.part == "NOUN" and reading.gender in ("f", "")
        for reading in lexicon.readings(lemma)
    )


def _in_other_spellings(typed: Word, lexicons: Sequence[Lexicon]) -> Iterator[Added]:
    """A name as other languages have it: first names by a table, the rest by the official spelling rules."""
    for key in _names(typed.key, lexicons):
        given = _given(key)
        if given:
            yield from (Added(term=name, language=language, why="transliterations") for name, language in given)
            continue
        name = key[:1].upper() + key[1:]
        for language in _written_in(key):
            for other in LANGUAGES:
                for spelled in transliterated(name, language, other):
                    yield Added(term=spelled, language=other, why="transliterations")


def _names(key: str, lexicons: Sequence[Lexicon]) -> list[str]:
    """The names that a word is a form of, itself where no dictionary has it; countries are called, not spelled."""
    lexemes = [lexeme for lexicon in lexicons for lexeme in lexicon.lexemes(key)]
    names = [lexeme.lemma for lexeme in lexemes if lexeme.name]
    # «Лукашенка» is a form of «Лукашенко», and one that «Лукашенка» has too.
    meant = [key] if key in names or not lexemes else names
    called = {name for name in meant for lexicon in lexicons if country_of(name, lexicon.language)}
    return [name for name in dict.fromkeys(meant) if name not in called]


@cache
def _given(key: str) -> tuple[tuple[str, Language], ...]:
    """The other spellings of a first name."""
    rows = [row.split() for row in GIVEN_NAMES]
    named = [row for row in rows if key in map(fold, row)]
    return tuple(
        dict.fromkeys(
            (name, _row_language(place)) for row in named for place, name in enumerate(row) if fold(name) != key
        )
    )


def _row_language(place: int) -> Language:
    """A row holds one spelling in each language, then further ones in Latin letters."""
    return LANGUAGES[place] if place < len(LANGUAGES) else "en"


def _written_in(key: str) -> tuple[Language, ...]:
    """The languages whose letters a name is written in."""
    if re.search("[a-z]", key):
        return ("pl",) if is_polish(key) else ("en",)
    if re.search("[їєґ]|[цс]ьк", key):
        return ("uk",)
    if "ў" in key or re.search("і.*[ыэё]|[ыэё].*і|[цс]к(?:і|ая)$", key):
        return ("be",) if not key.endswith("ая") else ("ru", "be")
    if re.search("[ыэёъ]", key):
        return ("ru",) if "э" not in key and "ё" not in key else ("ru", "be")
    return ("uk", "be") if "і" in key else ("uk", "ru")
