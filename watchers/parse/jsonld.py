"""What a page tells machines of its article in JSON-LD."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MOST_SCRIPTS = 20
MOST_NODES = 2000
LONGEST_SCRIPT = 2_000_000

_TYPES = frozenset(
    {
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "opinionnewsarticle",
        "reviewnewsarticle",
        "liveblogposting",
        "blogposting",
        "socialmediaposting",
        "report",
    }
)
_WRAPPING = re.compile(r"^(?://\s*+)?<!\[CDATA\[|(?://\s*+)?\]\]>$|;$")

_Node = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """Words as they stand there, references and markup included; "" where nothing does."""

    headline: str = ""
    published: str = ""
    body: str = ""


def linked_article(scripts: Iterator[str]) -> LinkedArticle:
    """The article that tells most of itself: related ones stand in the same script with a headline alone."""
    best: _Node = {}
    for number, script in enumerate(scripts):
        if number == MOST_SCRIPTS:
            break
        best = max([best, *_articles(_parsed(script))], key=_weight)
    return LinkedArticle(
        headline=_words(best.get("headline")),
        published=_words(best.get("datePublished")) or _words(best.get("dateCreated")),
        body=_words(best.get("articleBody")),
    )


def _parsed(script: str) -> object:
    if len(script) > LONGEST_SCRIPT:
        return None
    for text in (script, _WRAPPING.sub("", script.strip())):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _articles(root: object) -> Iterator[_Node]:
    """Breadth first, so that the page's own article comes before those it mentions."""
    nodes = [root]
    for number, node in enumerate(nodes):
        if number == MOST_NODES:
            return
        if isinstance(node, dict):
            if _is_article(node):
                yield node
            nodes.extend(value for value in node.values() if isinstance(value, dict | list))
        elif isinstance(node, list):
            nodes.extend(node)


def _is_article(node: _Node) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.lower().rpartition("/")[2] in _TYPES
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _weight(node: _Node) -> int:
    return ("headline" in node) + ("datePublished" in node) + 2 * ("articleBody" in node)


def _words(value: object) -> str:
    if isinstance(value, list) and value:
        return _words(value[0])
    if isinstance(value, dict):
        return _words(value.get("@value"))
    return value if isinstance(value, str) else ""
