"""An article that readers of the demo's news site can see."""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from seeds import SeedArticle

KYIV = ZoneInfo("Europe/Kyiv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that readers can see, and since when."""

    article: SeedArticle
    at: datetime


def iso(at: datetime) -> str:
    """A time as machines read it."""
    return at.astimezone(KYIV).isoformat(timespec="seconds")


def text_html(article: SeedArticle) -> str:
    """The text as paragraphs of HTML."""
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs)
