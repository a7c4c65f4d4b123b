"""A headline for a text that was given none: a post in a channel."""

import re

LONGEST = 200
"""Letters of a line that is still taken for a headline whole."""
_SENTENCE = re.compile(r"[.!?…]+[»\"”)]*(?=\s)")
_LETTER = re.compile(r"[^\W_]")


def parted(text: str) -> tuple[str, str]:
    """The headline, and the text below it; both empty where nothing is said in words.

    The first line with a letter in it; of a long one the sentences that fit, and then the text is given whole.
    """
    lines = text.split("\n")
    for number, one in enumerate(lines):
        if _LETTER.search(one):
            title = headline(one)
            return title, "\n".join(lines[number + 1 :]) if title == one else text
    return "", ""


def headline(line: str) -> str:
    """The line, or as much of it as a headline may be long; empty where there is no letter in it."""
    if not _LETTER.search(line):
        return ""
    if len(line) <= LONGEST:
        return line
    ends = [end.end() for end in _SENTENCE.finditer(line, 0, LONGEST)]
    if ends and ends[-1] > LONGEST // 4:
        return line[: ends[-1]]
    return line[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:—–-") + "…"
