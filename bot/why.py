"""«Чому?»: which words of an article brought it to a reader, and why it is in its story."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.says import Catalogue, Html, html
from bot.screen import Screen, listed, shortened
from core.linguist import Linguist, sources_of
from core.match.evaluate import answer
from core.meaning import Tier
from core.model import Field
from core.ports import Grounds
from core.query import parse

MOST_WORDS = 6
"""Told of one query; the others are counted."""
LONGEST_WORD = 60
LONGEST_LABEL = 60
MOST_QUERIES = 5

_FIGURES = re.compile(r"^(?:like|nearest story) (\d+\.\d+)")


@dataclass(frozen=True, slots=True)
class Ground:
    """A word as it is printed, where it stands first, and why it counts as a word of the query."""

    printed: str
    field: Field
    tier: Tier
    base: str


def grounds_of(case: Grounds, linguist: Linguist) -> list[tuple[str, tuple[Ground, ...]]]:
    """For each query its words in the article; none where it was another article of the story that matched."""
    article = case.view.article
    read = linguist.read(article.title, article.text, sources=sources_of(article.outlet, article.url))
    texts = {passage.field: passage.text for passage in read.passages}
    found = []
    for label, query in case.queries:
        hits = answer(linguist.meaning(parse(query)), read, linguist.judge) or ()
        words: dict[tuple[str, str], Ground] = {}
        for hit in hits:
            printed = texts[hit.span.field][hit.span.start : hit.span.end]
            words.setdefault((printed, hit.term.base), Ground(printed, hit.span.field, hit.tier, hit.term.base))
        found.append((label, tuple(words.values())))
    return found


def why_screen(case: Grounds, found: Sequence[tuple[str, tuple[Ground, ...]]], say: Catalogue) -> Screen:
    """For each query its words; then the story, with the figure that decided."""
    parts = [say("why.title")]
    for label, words in found[:MOST_QUERIES]:
        lines = [say("why.query", label=shortened(label, LONGEST_LABEL))]
        lines += [_word(word, say) for word in words[:MOST_WORDS]]
        if len(words) > MOST_WORDS:
            lines.append(say("why.more", count=len(words) - MOST_WORDS))
        if not words:
            lines.append(say("why.elsewhere"))
        parts.append(listed(lines, "\n"))
    if not found:
        parts.append(say("why.unfollowed"))
    parts.append(_story(case, say))
    return Screen(listed(parts, "\n\n"))


def _word(word: Ground, say: Catalogue) -> Html:
    reason = say(f"why.tier.{word.tier.name.lower()}", base=shortened(word.base, LONGEST_WORD))
    printed = html(shortened(word.printed, LONGEST_WORD))
    return say("why.word", word=printed, place=say(f"why.place.{word.field}"), reason=reason)


def _story(case: Grounds, say: Catalogue) -> Html:
    figure = _FIGURES.match(case.reason)
    if figure is None:
        return say("why.story", articles=say.count("articles", case.articles))
    articles, likeness = say.count("articles", case.articles), figure[1]
    if case.reason.startswith("like"):
        return say("why.joined", articles=articles, likeness=likeness)
    return say("why.opened", articles=articles, likeness=likeness)
