"""Does one article answer one query, and with which words: the meaning of a meaning, plainly.

Both engines decide by these rules; the plain one asks them, the fast one must agree with them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from core.match.port import Article, Hit, Judge, Passage, Span
from core.meaning import Clause, Close, Every, Meaning, Never, Of, Sense, Some, Term, Tier, Titled, Written
from core.text.words import Word

FUZZY_LETTERS = 6
"""Words shorter than this have too many neighbours for a slip to be told from another word."""
TWO_SLIPS_LETTERS = 10
"""From this length on a word may have two slips."""


def answer(meaning: Meaning, article: Article, judge: Judge) -> tuple[Hit, ...] | None:
    """The hits of everything in it that holds, in reading order; `None` where the article does not answer it."""
    held = holds(meaning.root, article, article.passages, judge)
    return None if held is None else in_order(held)


def in_order(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """Hits as they are read, title first; each once."""
    return tuple(
        sorted(dict.fromkeys(hits), key=lambda hit: (hit.span.field != "title", hit.span.start, hit.span.end, hit.tier))
    )


def holds(clause: Clause, article: Article, passages: Sequence[Passage], judge: Judge) -> list[Hit] | None:
    """The hits that make a part hold in these passages of the article; `None` where it does not."""
    match clause:
        case Term():
            return [found.hit for found in term_found(clause, passages, judge)] or None
        case Close():
            return _close(clause, passages, judge)
        case Every(parts=parts):
            hits: list[Hit] = []
            for part in parts:
                held = holds(part, article, passages, judge)
                if held is None:
                    return None
                hits += held
            return hits
        case Some(parts=parts):
            true = [held for part in parts if (held := holds(part, article, passages, judge)) is not None]
            return [hit for held in true for hit in held] if true else None
        case Never(part=part):
            return [] if holds(part, article, passages, judge) is None else None
        case Titled(part=part):
            return holds(part, article, titles(passages), judge)
        case Of(source=source):
            return [] if is_of(article, source) else None
        case Written(language=language):
            return [] if article.language == language else None


def titles(passages: Sequence[Passage]) -> list[Passage]:
    """The headlines among them."""
    return [passage for passage in passages if passage.field == "title"]


def is_of(article: Article, source: str) -> bool:
    """Whether the article is of this outlet, source or site, or of a site below it (`news.glavcom.ua`)."""
    return source in article.sources or any(name.endswith("." + source) for name in article.sources)


@dataclass(frozen=True, slots=True)
class Found:
    """A hit, and the places of its first and last word in its passage."""

    hit: Hit
    first: int
    last: int


def term_found(term: Term, passages: Sequence[Passage], judge: Judge) -> list[Found]:
    """Everywhere the term stands, in order."""
    return [found for passage in passages for found in _in_passage(term, passage, judge)]


def _in_passage(term: Term, passage: Passage, judge: Judge) -> Iterator[Found]:
    places: list[dict[int, Placed]] = []
    for sense in term.senses:
        placed = sense_placed(sense, passage, judge)
        if not placed:
            return
        places.append(placed)
    runs = _windows(places, term.within) if term.within else _rows(places, passage)
    for row in runs:
        first, last = min(row), max(row)
        hits = [placed[place] for placed, place in zip(places, row, strict=True)]
        start = min(hit.word.start for hit in hits)
        end = max(hit.word.end for hit in hits)
        tier = max(hit.tier for hit in hits)
        yield Found(Hit(term=term, span=Span(start, end, passage.field), tier=tier), first, last)


@dataclass(frozen=True, slots=True)
class Placed:
    """A word, or a part of one, that counts as a sense."""

    word: Word
    tier: Tier


def sense_placed(sense: Sense, passage: Passage, judge: Judge) -> dict[int, Placed]:
    """Every place in the passage where the sense stands, in order, by the most trusted word or part at each."""
    found: list[tuple[int, Tier, int, Word]] = []
    for key, form_tier in _keys_counted(sense, passage, judge):
        for place, word in passage.places[key]:
            judged = judge.tier(sense, passage, place, word)
            if judged is not None:
                part_tier = Tier.FORM if word is passage.words[place] else Tier.VARIANT
                found.append((place, max(form_tier, judged, part_tier), word.start, word))
    best: dict[int, Placed] = {}
    for place, tier, _, word in sorted(found):
        best.setdefault(place, Placed(word, tier))
    return best


def _keys_counted(sense: Sense, passage: Passage, judge: Judge) -> Iterator[tuple[str, Tier]]:
    """Which of the passage's keys count as the sense, before the judge is asked, and how far."""
    if not (sense.prefix or sense.fuzzy):
        for key in sense.forms.keys() & passage.places.keys():
            yield key, sense.forms[key]
        return
    for key in passage.places:
        tier = counts(key, sense, judge)
        if tier is not None:
            yield key, tier


def counts(key: str, sense: Sense, judge: Judge) -> Tier | None:
    """How far a word of this key counts as the sense, by its letters alone; `None` where it does not."""
    if key in sense.forms:
        return sense.forms[key]
    if sense.prefix and key.startswith(sense.prefix):
        return Tier.FORM
    if sense.fuzzy and len(key) >= FUZZY_LETTERS and is_slip_of_any(key, sense.forms) and judge.unknown(key):
        return Tier.TYPO
    return None


def is_slip_of_any(key: str, forms: Iterable[str]) -> bool:
    """Whether the word is one slip (two, if it is long) from one of these forms, its first letter right."""
    slips = slips_forgiven(key)
    return any(
        form[:1] == key[:1] and len(form) >= FUZZY_LETTERS and OSA.distance(key, form, score_cutoff=slips) <= slips
        for form in forms
    )


def slips_forgiven(key: str) -> int:
    """How many letters of a word may be wrong, missing, too many or swapped."""
    return 2 if len(key) >= TWO_SLIPS_LETTERS else 1


def _rows(places: Sequence[Mapping[int, Placed]], passage: Passage) -> Iterator[tuple[int, ...]]:
    """Places in a row, joined, one for each sense in order."""
    for start in places[0]:
        if all(
            start + step in placed and (step == 0 or passage.joined(start + step - 1))
            for step, placed in enumerate(places)
        ):
            yield tuple(range(start, start + len(places)))


def _windows(places: Sequence[Mapping[int, Placed]], within: int) -> Iterator[tuple[int, ...]]:
    """Places for all senses in any order, with at most `within` others among them: only windows that hold no other."""
    size = len(places) + within
    starts = sorted({place for placed in places for place in placed})
    found = [window for start in starts if (window := _window(places, start, size))]
    for at, window in enumerate(found):
        if at + 1 == len(found) or max(found[at + 1]) > max(window):
            yield window


def _window(places: Sequence[Mapping[int, Placed]], start: int, size: int) -> tuple[int, ...] | None:
    """The shortest window that begins at this place, at most `size` long: a place of its own for each sense."""
    for end in range(start + len(places) - 1, start + size):
        chosen = _one_each([[place for place in range(start, end + 1) if place in placed] for placed in places])
        if chosen:
            return chosen if min(chosen) == start else None
    return None


def _one_each(options: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """One place for each sense, none twice (augmenting paths, Kuhn 1955); `None` where there are too few."""
    sense_at: dict[int, int] = {}

    def settle(sense: int, tried: set[int]) -> bool:
        for place in options[sense]:
            if place not in tried:
                tried.add(place)
                if place not in sense_at or settle(sense_at[place], tried):
                    sense_at[place] = sense
                    return True
        return False

    if not all(settle(sense, set()) for sense in range(len(options))):
        return None
    place_of = {sense: place for place, sense in sense_at.items()}
    return tuple(place_of[sense] for sense in range(len(options)))


def _close(close: Close, passages: Sequence[Passage], judge: Judge) -> list[Hit] | None:
    """The hits of both sides that have a near one on the other side."""
    hits: list[Hit] = []
    for passage in passages:
        left = [found for term in close.left for found in term_found(term, [passage], judge)]
        right = [found for term in close.right for found in term_found(term, [passage], judge)] if left else []
        hits += [one.hit for one in left if any(_near(one, other, close.within) for other in right)]
        hits += [other.hit for other in right if any(_near(one, other, close.within) for one in left)]
    return hits or None


def _near(one: Found, other: Found, within: int) -> bool:
    between = max(one.first, other.first) - min(one.last, other.last) - 1
    return 0 <= between <= within
