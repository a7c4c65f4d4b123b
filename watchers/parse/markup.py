"""Plain text out of HTML as it is found in the wild: cut, unbalanced, escaped twice."""

import html
import re
from functools import lru_cache
from itertools import chain

LONGEST = 200_000

_BLOCK_NAMES = (
    "p|br|div|li|ul|ol|dl|dt|dd|h1|h2|h3|h4|h5|h6|hr|tr|table|tbody|thead|blockquote|pre|section|article|header|"
    "footer|main|aside|figure|figcaption|center|address|form|details|summary"
)
_GAP_NAMES = "td|th|img|iframe|option|button|video|audio"
_INLINE_NAMES = "a|abbr|acronym|b|big|cite|code|del|em|font|i|ins|mark|q|s|small|span|strike|strong|sub|sup|tt|u|wbr"
_BLOCKS = frozenset(_BLOCK_NAMES.split("|"))
_GAPS = frozenset(_GAP_NAMES.split("|"))
_KNOWN = _BLOCKS | _GAPS | frozenset(_INLINE_NAMES.split("|"))

_TAG = r"/?([A-Za-z][A-Za-z0-9:-]*+)(?:(?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+>|[^<>]*+(?:>|\Z))"
_MARKUP = re.compile(
    rf"<(?:!--.*?(?:-->|\Z)|(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)|[!?][^<>]*+(?:>|\Z)|{_TAG})",
    re.IGNORECASE | re.DOTALL,
)
_BREAKS = re.compile(rf"<(?:{_BLOCK_NAMES})\b", re.IGNORECASE)

_UNSEEN = {code: None for code in (*range(0x20), 0x7F, 0xFEFF, 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r\f\v"}
_UNSEEN |= {code: None for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_UNSEEN |= {code: None for code in range(0xD800, 0xE000)}
"""Control characters, and those that turn the direction of what a reader sees."""
_TYPESETTERS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Windows punctuation read as latin-1: what stands at these codes is never meant."""
_STRANGE = re.compile("[" + re.escape("".join(map(chr, (*_UNSEEN, *_TYPESETTERS)))) + "]")


def line(markup: str) -> str:
    """The text on one line."""
    return " ".join(_without_markup(markup[:LONGEST]).split())


def paragraphs(markup: str) -> str:
    r"""The text with its paragraphs kept, one to a line."""
    markup = markup[:LONGEST]
    if _BREAKS.search(markup):
        markup = _with_ends(markup, " ")  # between tags a line's end is only a space
    lines = (" ".join(one.split()) for one in _with_ends(_without_markup(markup), "\n").split("\n"))
    return "\n".join(filter(None, lines))


def _with_ends(text: str, end: str) -> str:
    r"""With every end of a line in place of `\n`, and of what Unicode has beside it."""
    return text.replace("\n", end).replace("\u2028", end).replace("\u2029", end)


def clean(text: str) -> str:
    """Without characters that nobody sees and nobody means."""
    return text.translate(_TYPESETTERS).translate(_UNSEEN) if _STRANGE.search(text) else text


def _without_markup(markup: str) -> str:
    """Tags out, references resolved, and both once more for text that was escaped twice.

    The second time only tags that HTML has are markup: "a <b c> d" may by then be what was written.
    """
    text = _without_tags(markup) if "<" in markup else markup
    if "&" in text:
        text = html.unescape(text)
        text = _MARKUP.sub(_known_tag, text) if "<" in text else text
        text = html.unescape(text) if "&" in text and ";" in text else text
    return clean(text)


def _without_tags(markup: str) -> str:
    """Split, not substituted: a page has thousands of tags, and a function called for each would be half of it."""
    pieces = _MARKUP.split(markup)
    gaps = map(_gap, pieces[2::3])
    return pieces[0] + "".join(chain.from_iterable(zip(gaps, pieces[3::3], strict=True)))


@lru_cache(maxsize=1024)
def _gap(tag: str | None) -> str:
    """What a tag leaves where it stood; what is no tag, such as a comment, leaves nothing."""
    name = (tag or "").lower().rpartition(":")[2]
    if name in _BLOCKS:
        return "\n"
    return " " if name in _GAPS else ""


def _known_tag(found: re.Match[str]) -> str:
    name = found.group(2)
    return _gap(name) if not name or name.lower() in _KNOWN else found.group()
