"""Words that come of a word: adjectives of places, people of places, women of occupations, names in other scripts.

A word built by a rule counts only where the dictionary has it as a word of its own, of the right kind; countries, whose
people are called by no rule, stand in a table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice, product
from typing import Literal

from core.concept import Added
from core.concept.countries import country_of
from core.concept.derivation import ADJECTIVES, OTHER_ADJECTIVES, OTHER_PEOPLE, PEOPLE, PLACE_ADJECTIVES, WOMEN, Rules
from core.concept.given_names import GIVEN_NAMES
from core.concept.transliteration import is_latin, transliterated, written_in
from core.lexicon import LANGUAGES, Case, Language, Lexicon, Part
from core.query.tree import Phrase, Switch, Word
from core.text.fold import APOSTROPHE, fold


def derived(typed: Word | Phrase, switch: Switch, lexicons: Sequence[Lexicon]) -> Iterator[Added]:
    """What a switch adds by rule: a `core.concept.Derive` once the dictionaries are given.

    A phrase is only spelled otherwise, as the name of a person («Олександр Лукашенко»).
    """
    if switch == "transliterations":
        words = typed.words if isinstance(typed, Phrase) else (typed,)
        spelled = [_in_other_spellings(word, lexicons) for word in words]
        yield from (Added(term=name, language=language, why=switch) for name, language in _side_by_side(words, spelled))
    elif isinstance(typed, Word):
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
    if not _lives(man, lexicon):
        return ()
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


def _lives(lemma: str, lexicon: Lexicon) -> bool:
    """The living have a plural accusative that is no nominative («директорів»): «мотор» has none, and no «моторка»."""
    forms = {
        form
        for lexeme in lexicon.lexemes(lemma)
        if lexeme.lemma == lemma and lexeme.part == "NOUN"
        for form in lexeme.forms
    }
    return any(
        _is_plural(form, "acc", lemma, lexicon) and not _is_plural(form, "nom", lemma, lexicon) for form in forms
    )


def _is_plural(form: str, case: Case, lemma: str, lexicon: Lexicon) -> bool:
    return any(
        (reading.lemma, reading.part, reading.case, reading.number) == (lemma, "NOUN", case, "p")
        for reading in lexicon.readings(form)
    )


def _is_feminine(lemma: str, lexicon: Lexicon) -> bool:
    return any(
        reading.lemma == lemma and reading.part == "NOUN" and reading.gender in ("f", "")
        for reading in lexicon.readings(lemma)
    )


Spelled = tuple[str, Language]


def _in_other_spellings(typed: Word, lexicons: Sequence[Lexicon]) -> tuple[Spelled, ...]:
    """A name as other languages have it: first names by a table, the rest by the official spelling rules."""
    spelled: dict[Spelled, None] = {}
    for key in _names(typed.key, lexicons):
        spelled.update(dict.fromkeys(_given(key) or _transliterated(key)))
    return tuple(spelled)


def _transliterated(key: str) -> Iterator[Spelled]:
    name = key[:1].upper() + key[1:]
    for language in written_in(key):
        for other in LANGUAGES:
            yield from ((one, other) for one in transliterated(name, language, other))


def _side_by_side(words: Sequence[Word], spelled: Sequence[Sequence[Spelled]]) -> Iterator[Spelled]:
    """Names of several words, all words of a name in one language; «Лукашенко» is the same in two."""
    for language in LANGUAGES:
        choices = [[name for name, other in one if other == language] for one in spelled]
        if any(choices):
            own = [[_shown(word)] if is_latin(word.key) == (language in ("pl", "en")) else [] for word in words]
            rows = product(*(one or same for one, same in zip(choices, own, strict=True)))
            yield from ((" ".join(row), language) for row in islice(rows, _MOST_SPELLINGS))


def _shown(word: Word) -> str:
    return word.typed or word.key


_MOST_SPELLINGS = 24
"""Of one name in one language."""


def _names(key: str, lexicons: Sequence[Lexicon]) -> list[str]:
    """The names that a word is a form of, itself where no dictionary has it; countries are called, not spelled."""
    lexemes = [lexeme for lexicon in lexicons for lexeme in lexicon.lexemes(key)]
    names = {lexeme.lemma: lexeme.name for lexeme in lexemes if lexeme.name}
    # A base form means itself, but «Лукашенка» is a surname too, and the genitive of the common one.
    cited = key in names and names[key] != "surname"
    meant = [key] if cited or not lexemes else list(names)
    called = {name for name in meant for lexicon in lexicons if country_of(name, lexicon.language)}
    return [name for name in dict.fromkeys(meant) if name not in called]


@cache
def _given(key: str) -> tuple[Spelled, ...]:
    """The other spellings of a first name."""
    rows = [row.split() for row in GIVEN_NAMES]
    named = [row for row in rows if key in map(fold, row)]
    return tuple(
        dict.fromkeys(
            (name, _language_in(place, name)) for row in named for place, name in enumerate(row) if fold(name) != key
        )
    )


def _language_in(place: int, name: str) -> Language:
    """Of a first name in its row: one in each language, then others."""
    return LANGUAGES[place] if place < len(LANGUAGES) else written_in(fold(name))[-1]
