"""The text of an article without what its site prints under many: menus, bios, appeals, links to other news."""

import re
from collections.abc import Collection
from hashlib import blake2b

from core.text.words import words

REPEATED = 5
"""Articles of one source that have a paragraph word for word before it counts as the site's, not the article's."""
_FEWEST = 2
"""Words of a paragraph that is remembered."""

# A line that leads to other news, in five languages; what it names is another article.
_ELSEWHERE = re.compile(
    r"""\W{0,4}(?:
        (?:читайте|дивіться|слухайте)\s+(?:також|ще|теж)|більше\s+(?:за|на)\s+тем[уоі]\w*|
        (?:чытайце|глядзіце)\s+(?:таксама|яшчэ)|
        (?:читайте|смотрите|слушайте|читать)\s+(?:также|ещё|еще)|ещё\s+по\s+теме|
        (?:czytaj|zobacz|przeczytaj)\s+(?:też|także|również|więcej)|
        (?:read|see|watch)\s+(?:also|more|next)|related(?=:)
    )\b\W*(?P<rest>.*)""",
    re.IGNORECASE | re.VERBOSE,
)
_LONGEST_LINK = 25
"""Words of a headline that a line of its own may have after «Читайте також:»."""


def marks(text: str) -> tuple[int, ...]:
    """What its paragraphs are known by, 63 bits each, every one once: the same for one that differs in letters' case,
    spaces or marks alone."""
    found = (_mark(paragraph) for paragraph in text.split("\n"))
    return tuple(dict.fromkeys(mark for mark in found if mark is not None))


def own_text(text: str, repeated: Collection[int]) -> str:
    """The text without paragraphs that are `repeated` at its source, and without lines that lead to other news.

    Where nothing would be left, all of it stays: a text that is printed often is still a text.
    """
    kept: list[str] = []
    leads = False
    for paragraph in text.split("\n"):
        led, leads = leads, False
        if elsewhere := _ELSEWHERE.match(paragraph.strip()):
            leads = not elsewhere["rest"]
        elif _mark(paragraph) in repeated or (led and _is_headline(paragraph)):
            continue
        else:
            kept.append(paragraph)
    return "\n".join(kept).strip() or text


def _mark(paragraph: str) -> int | None:
    keys = [word.key for word in words(paragraph)]
    if len(keys) < _FEWEST:
        return None
    return int.from_bytes(blake2b(" ".join(keys).encode(), digest_size=8).digest()) >> 1


def _is_headline(paragraph: str) -> bool:
    return 0 < len(paragraph.split()) <= _LONGEST_LINK and not paragraph.rstrip().endswith((".", "…"))
