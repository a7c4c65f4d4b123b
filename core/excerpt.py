"""The sentence that shows why an article matched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.match.port import Span

LONGEST = 320
"""Characters of an excerpt; a longer sentence is cut around its first matched word."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text as printed, and where its matched words stand in it: `[start, end)`."""

    text: str
    marks: tuple[tuple[int, int], ...]


_SENTENCE_END = re.compile(
    r"(?<=[.!?\u2026])[»\"\u201d)]*\s+(?=[«\"\u201c(\u2013\u2014-]?\s?[^\W\d_a-zа-яґєії]|\d)|\n+"
)
_ABBREVIATED = re.compile(r"(?:^|[\s(«])(?:[А-ЯҐЄІЇA-Z]|ст|ул|вул|м|с|р|рр|тис|млн|млрд|грн|ім|див|св|о|д|т|п|напр)\.$")


def excerpt(text: str, spans: Sequence[Span]) -> Excerpt | None:
    """The sentence of the first match, or of the one that holds most of them; `None` where nothing matched in it."""
    places = sorted((span.start, span.end) for span in spans)
    if not places:
        return None
    sentences = _sentences(text)
    start, end = max(sentences, key=lambda bounds: (_held(bounds, places), -bounds[0]))
    start, end = _shortened(text, start, end, places)
    inside = [(max(a, start), min(b, end)) for a, b in places if a < end and b > start]
    return _cut(text, start, end, inside)


def marked(text: str, spans: Sequence[Span]) -> Excerpt:
    """The whole text with its marks: for headlines."""
    return Excerpt(text, _joined(sorted((span.start, span.end) for span in spans)))


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if "\n" not in end.group() and _ABBREVIATED.search(text[max(0, end.start() - 6) : end.start()]):
            continue
        bounds.append((start, end.start() + len(end.group().rstrip())))
        start = end.end()
    bounds.append((start, len(text)))
    return [(a, b) for a, b in bounds if b > a] or [(0, len(text))]


def _held(bounds: tuple[int, int], places: Sequence[tuple[int, int]]) -> int:
    start, end = bounds
    return min(3, len({a for a, _ in places if start <= a < end}))


def _shortened(text: str, start: int, end: int, places: Sequence[tuple[int, int]]) -> tuple[int, int]:
    if end - start <= LONGEST:
        return start, end
    first = next((a for a, b in places if start <= a < end), start)
    left = max(start, min(first - LONGEST // 3, end - LONGEST))
    right = min(end, left + LONGEST)
    if left > start:
        left = text.find(" ", left, first) + 1 or left
    space = text.rfind(" ", first, right)
    if right < end and space > first:
        right = space
    return left, right


def _cut(text: str, start: int, end: int, inside: Sequence[tuple[int, int]]) -> Excerpt:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    before = "\u2026" if _in_sentence(text, start) else ""
    after = "\u2026" if _in_sentence(text, end) and text[end : end + 1] != "\n" else ""
    shift = len(before) - start
    piece = text[start:end].replace("\n", " ")
    return Excerpt(before + piece + after, _joined([(a + shift, b + shift) for a, b in inside]))


def _in_sentence(text: str, place: int) -> bool:
    """Whether the text is cut here in mid-sentence."""
    before, after = text[:place].rstrip(" \t\u00a0"), text[place:].strip()
    return bool(before and after) and before[-1] not in '.!?\u2026»"\u201d)\n'


def _joined(places: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Marks that touch or overlap are one."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
