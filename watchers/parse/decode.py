"""The characters that the bytes of a feed or a page were meant to be."""

import codecs
import re

_LABEL_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_LABEL_IN_BODY = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})"
    rb"|<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})",
    re.IGNORECASE,
)
_LABEL_WITHIN = 8192

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
"""Byte order marks, and what "<" looks like where the mark was forgotten."""

_TEXT = frozenset(
    {"cp866", "cp874", "cp932", "cp949", "koi8-r", "koi8-u", "koi8-t", "mac-cyrillic", "ptcp154"}
    | {f"cp125{page}" for page in range(9) if page != 2}
    | {f"iso8859-{part}" for part in range(2, 17)}
    | {"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "euc_jp", "euc_kr", "shift_jis", "tis-620"}
)
"""Codecs that may be named by a stranger: others unpack, run escapes or are quadratic.

Not the Western ones: that is what servers say when nobody has told them anything.
"""

_AMONG_PLAIN = re.compile(rb"[A-Za-z](?=[\xc0-\xff])|[\xc0-\xff](?=[A-Za-z])")
_TOGETHER = re.compile(rb"[\x80-\xff](?=[\x80-\xff])")
_CYRILLIC = ("cp1251", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic")
_EVERYDAY = frozenset("оаиіенврстлкмдпуйязьбгчїєжхцшюґщфыэўё")
_SAMPLE = 200_000
_CLEAR_LEAD = 0.02
_CONVINCING = 0.5


def decode(body: bytes, *, content_type: str | None) -> str:
    """Text of any bytes; a byte that is nothing costs only its own character.

    A mark wins, then UTF-8 that is UTF-8 (labels lie about it more often than bytes do), then the header,
    the document's own declaration, and at last what the letters look like.
    """
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body.decode(codec, "replace").removeprefix("\ufeff")
    text = body.decode("utf-8", "replace")
    if _reads_as_utf8(text):
        return text
    label = _label(body, content_type) or _likeliest(body)
    return body.decode(label, "replace")


def _reads_as_utf8(text: str) -> bool:
    """More letters than damage: text of another encoding is nearly all damage when read as UTF-8."""
    damage = text.count("\ufffd")
    if not damage:
        return True
    letters = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return letters > damage


def _label(body: bytes, content_type: str | None) -> str | None:
    for label in (_header_label(content_type), _body_label(body)):
        codec = _codec(label)
        if codec is not None:
            return codec
    return None


def _header_label(content_type: str | None) -> str | None:
    found = _LABEL_IN_HEADER.search(content_type or "")
    return found.group(1) if found else None


def _body_label(body: bytes) -> str | None:
    found = _LABEL_IN_BODY.search(body, 0, _LABEL_WITHIN)
    return (found.group(1) or found.group(2)).decode("ascii") if found else None


def _codec(label: str | None) -> str | None:
    """The codec of a label that can be trusted; `None` for the rest, and for UTF-8, which was tried before."""
    try:
        name = codecs.lookup(label or "").name
    except (LookupError, ValueError):
        return None
    return name if name in _TEXT else None


def _likeliest(body: bytes) -> str:
    """The Cyrillic encoding with the most everyday letters; windows-1251 wins ties, windows-1252 the rest."""
    sample = body[:_SAMPLE]
    if _reads_as_western(sample):
        return "cp1252"
    best, share = "cp1251", _everyday_share(sample, "cp1251")
    for codec in _CYRILLIC[1:]:
        rival = _everyday_share(sample, codec)
        if rival > share + _CLEAR_LEAD:
            best, share = codec, rival
    return best if share > _CONVINCING else "cp1252"


def _reads_as_western(sample: bytes) -> bool:
    """In Western words the odd letter stands among plain ones; in Cyrillic words all are odd."""
    return len(_AMONG_PLAIN.findall(sample)) > len(_TOGETHER.findall(sample))


def _everyday_share(sample: bytes, codec: str) -> float:
    letters = [letter for letter in sample.decode(codec, "replace") if letter > "\x7f"]
    return sum(letter in _EVERYDAY for letter in letters) / len(letters) if letters else 0.0
