"""What an article's page says of itself: its title, the minute it came out, its own address."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree
from tld import get_fld  # comes with trafilatura; its list of suffixes is a file, nothing is fetched

from watchers.parse.dates import parse_date, tells_the_minute
from watchers.parse.html import html_tree
from watchers.parse.jsonld import LinkedArticle, linked_article
from watchers.parse.markup import line, paragraphs

LONGEST_ADDRESS = 2048

_TITLE_METAS = ("og:title", "twitter:title")
_DATE_METAS = (
    "article:published_time",
    "og:published_time",
    "published_time",
    "datepublished",
    "pubdate",
    "publish-date",
    "publish_date",
    "date",
    "dc.date.issued",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    title: str | None
    published: datetime | None
    canonical_url: str | None
    linked_body: str
    """The article's text from JSON-LD, "" where it gives none."""


def read_page(text: str, *, url: str, zone: tzinfo | None) -> Page | None:
    """`None` where there is no HTML. A date without a zone is read in `zone`, and left out without one."""
    tree = html_tree(text)
    if tree is None:
        return None
    metas = _metas(tree)
    linked = linked_article(_scripts(tree))
    return Page(
        title=_title(tree, metas, linked),
        published=_published(tree, metas, linked, zone),
        canonical_url=_canonical(tree, metas, url),
        linked_body=paragraphs(linked.body),
    )


def _metas(tree: etree._Element) -> dict[str, str]:
    """The first of each, by whatever attribute names it."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = (meta.get("content") or "").strip()
        if content:
            metas.setdefault(name.strip().lower(), content)
    return metas


def _scripts(tree: etree._Element) -> Iterator[str]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield script.text or ""


def _title(tree: etree._Element, metas: dict[str, str], linked: LinkedArticle) -> str | None:
    given = (linked.headline, *(metas.get(name, "") for name in _TITLE_METAS))
    shown = (_text_of(element) for name in ("h1", "title") for element in tree.iter(name))
    return next((title for title in map(line, (*given, *shown)) if title), None)


def _published(
    tree: etree._Element, metas: dict[str, str], linked: LinkedArticle, zone: tzinfo | None
) -> datetime | None:
    given = (linked.published, *(metas.get(name, "") for name in _DATE_METAS))
    shown = (element.get("datetime") or "" for element in tree.iter("time"))
    return _first_minute((*given, *shown), zone)


def _first_minute(written: Iterable[str], zone: tzinfo | None) -> datetime | None:
    """A day alone is no moment: the feed, or the time of discovery, knows better than midnight."""
    for date in filter(tells_the_minute, written):
        moment = parse_date(date, zone=zone)
        if moment is not None:
            return moment
    return None


def _canonical(tree: etree._Element, metas: dict[str, str], url: str) -> str | None:
    """The page's own name for itself, unless it would take another's: another site, or the front page."""
    links = (
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    for link in filter(None, (*links, metas.get("og:url", ""))):
        canonical = _resolved(url, link)
        if canonical and _same_site(canonical, url) and not _is_only_front(canonical, url):
            return canonical
    return None


def _resolved(url: str, link: str) -> str | None:
    try:
        resolved = urldefrag(urljoin(url, link.strip())).url
        host = urlsplit(resolved).hostname
    except ValueError:
        return None
    is_web = resolved.lower().startswith(("http://", "https://")) and bool(host)
    return resolved if is_web and len(resolved) <= LONGEST_ADDRESS else None


def _same_site(one: str, other: str) -> bool:
    """The same registrable domain; two blogs of one host are two sites."""
    if urlsplit(one).hostname == urlsplit(other).hostname:
        return True
    domain = get_fld(one, fail_silently=True)
    return domain is not None and domain == get_fld(other, fail_silently=True)


def _is_only_front(canonical: str, url: str) -> bool:
    """Some sites call every page by the front page's name; believed, all their news would be one article."""
    front, page = urlsplit(canonical), urlsplit(url)
    return front.path in ("", "/") and not front.query and (page.path not in ("", "/") or bool(page.query))


def _text_of(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode", with_tail=False))
