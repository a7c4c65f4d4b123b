"""What a source, an outlet or a site is called: one spelling for every way its name is typed."""

import re

from core.address import host_of
from core.query.quotes import QUOTES
from core.text.fold import INVISIBLE, fold
from core.text.words import words

_SITE = re.compile(r"(?:https?://)?[^\W_][\w-]*(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?")
_CHANNEL = re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?:s/)?(\w+)(?:[/?#]\S*)?", re.IGNORECASE)
_DROPPED = str.maketrans("", "", INVISIBLE + QUOTES + "()|*,")


def source_name(typed: str) -> str:
    """The folded name: `https://www.glavcom.ua/news/` as `glavcom.ua`, `https://t.me/s/Suspilne` as `t.me/suspilne`,
    «Українська Правда» as «українська правда»; empty where there is no letter. Folding again changes nothing.
    """
    name = typed
    while (again := _folded(name)) != name:
        name = again
    return name


def _folded(typed: str) -> str:
    text = typed.translate(_DROPPED).strip(" \t\n.;:!?/")
    if channel := _CHANNEL.fullmatch(text):
        return f"t.me/{channel[1].lower()}"
    if _SITE.fullmatch(text):
        text = host_of(text if "//" in text else f"//{text}") or text
    name = " ".join(filter(None, map(fold, text.split())))
    return name if words(name) else ""
