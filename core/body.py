"""The text of an article without what stands above it on its page."""

from core.text.words import words

_HEAD_LINES = 4
"""How many lines from the top a repeated headline is looked for in: rubric, headline, perhaps a date."""


def below_headline(title: str, text: str) -> str:
    """The text from below its own headline, where a page's text begins with rubric and headline again."""
    headline = _keys(title)
    if not headline:
        return text
    start = 0
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        start += len(line) + 1
        if _keys(line) == headline and text[start:].strip():
            return text[start:].lstrip()
    return text


def _keys(line: str) -> list[str]:
    return [word.key for word in words(line)]
