"""The news site of the demo: feeds and pages of invented outlets, where an article appears once published."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from html import escape
from zoneinfo import ZoneInfo

from lxml import etree
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from seeds import Outlet, SeedArticle, World

Clock = Callable[[], datetime]
Handler = Callable[[Request], Awaitable[Response]]

FEED_LENGTH = 30
SIDEBAR_LENGTH = 6
ALSO_LENGTH = 3

_KYIV = ZoneInfo("Europe/Kyiv")
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """An article that readers can see, and since when."""

    article: SeedArticle
    at: datetime


class NewsSite:
    """All outlets of a world behind one address; nothing is visible until `publish`.

    Feeds and pages stand at the paths that the outlets name, `/` lists everything published. Addresses
    inside them begin with whatever address the request was sent to.
    """

    def __init__(self, world: World, *, clock: Clock) -> None:
        self._world = world
        self._clock = clock
        self._opened = clock()
        self._published: dict[str, Published] = {}
        self.app = Starlette(routes=self._routes())

    @property
    def published(self) -> list[Published]:
        """What is visible, oldest first."""
        return sorted(self._published.values(), key=lambda each: each.at)

    def publish(self, article: SeedArticle, *, at: datetime) -> None:
        """Make the article visible as of `at`; the same outlet and slug again replaces what was there."""
        if at.tzinfo is None:
            raise ValueError(f"{article.slug}: the time of publishing has no time zone")
        outlet = next((each for each in self._world.outlets if each.key == article.outlet), None)
        if outlet is None:
            raise ValueError(f"{article.slug}: there is no outlet {article.outlet!r}")
        self._published[outlet.path_of(article.slug)] = Published(article=article, at=at)

    def _routes(self) -> list[Route]:
        routes = [Route("/", self._front_page)]
        for outlet in self._world.outlets:
            routes.append(Route(outlet.feed_path, self._feed_of(outlet)))
            routes.append(Route(f"/{outlet.key}/", self._headlines_of(outlet)))
            routes.append(Route(outlet.article_path, self._article_of(outlet)))
        return routes

    def _of(self, outlet: Outlet) -> list[Published]:
        """What the outlet has published, newest first."""
        return [each for each in reversed(self.published) if each.article.outlet == outlet.key]

    def _changed(self, published: Iterable[Published]) -> datetime:
        return max((each.at for each in published), default=self._opened)

    async def _front_page(self, request: Request) -> Response:
        page = _front_page(self._world, self.published[::-1], _base(request), self._clock())
        return _answer(request, page.encode(), media_type="text/html", changed=self._changed(self.published))

    def _feed_of(self, outlet: Outlet) -> Handler:
        write = {"rss": _rss, "atom": _atom}[outlet.feed]

        async def feed(request: Request) -> Response:
            newest = self._of(outlet)[:FEED_LENGTH]
            changed = self._changed(newest)
            body = write(self._world, outlet, newest, _base(request), changed)
            return _answer(request, body, media_type=f"application/{outlet.feed}+xml", changed=changed)

        return feed

    def _headlines_of(self, outlet: Outlet) -> Handler:
        async def headlines(request: Request) -> Response:
            newest = self._of(outlet)
            page = _headlines_page(outlet, newest, _base(request))
            return _answer(request, page.encode(), media_type="text/html", changed=self._changed(newest))

        return headlines

    def _article_of(self, outlet: Outlet) -> Handler:
        async def article(request: Request) -> Response:
            asked = self._published.get(request.url.path)
            if asked is None:
                return Response(_missing_page(outlet), status_code=404, media_type="text/html")
            newest = self._of(outlet)
            page = _article_page(self._world, outlet, asked, newest, _base(request))
            return _answer(request, page.encode(), media_type="text/html", changed=self._changed(newest))

        return article


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _answer(request: Request, body: bytes, *, media_type: str, changed: datetime) -> Response:
    changed = changed.astimezone(UTC).replace(microsecond=0)
    etag = f'"{sha256(body).hexdigest()[:24]}"'
    headers = {
        "ETag": etag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": "no-cache",
    }
    if _has_it_already(request.headers, etag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": f"{media_type}; charset=utf-8"})


def _has_it_already(headers: Mapping[str, str], etag: str, changed: datetime) -> bool:
    """If-None-Match decides alone where it is given, as RFC 9110 has it; a date knows only whole seconds."""
    known = headers.get("if-none-match")
    if known is not None:
        return any(each.strip().removeprefix("W/") in (etag, "*") for each in known.split(","))
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        asked = parsedate_to_datetime(since)
    except ValueError:
        return False
    return changed <= (asked if asked.tzinfo is not None else asked.replace(tzinfo=UTC))


def _rss(world: World, outlet: Outlet, newest: list[Published], base: str, changed: datetime) -> bytes:
    root = etree.Element("rss", nsmap={"atom": _ATOM, "content": _CONTENT, "dc": _DC}, version="2.0")
    channel = etree.SubElement(root, "channel")
    _tag(channel, "title", outlet.name)
    _tag(channel, "link", f"{base}/{outlet.key}/")
    _tag(channel, "description", outlet.tagline)
    _tag(channel, "language", outlet.language)
    _tag(channel, "lastBuildDate", _rfc822(changed))
    itself = {"href": base + outlet.feed_path, "rel": "self", "type": "application/rss+xml"}
    etree.SubElement(channel, f"{{{_ATOM}}}link", itself)
    for each in newest:
        _rss_item(etree.SubElement(channel, "item"), world, outlet, each, base)
    return _document(root)


def _rss_item(item: etree._Element, world: World, outlet: Outlet, published: Published, base: str) -> None:
    article = published.article
    address = base + outlet.path_of(article.slug)
    _tag(item, "title", article.title)
    _tag(item, "link", address)
    _tag(item, "guid", address).set("isPermaLink", "true")
    _tag(item, "pubDate", _rfc822(published.at))
    if article.author is not None:
        _tag(item, f"{{{_DC}}}creator", article.author)
    _tag(item, "category", _section(world, outlet, article))
    _tag(item, "description", article.summary)
    if outlet.full_text:
        _tag(item, f"{{{_CONTENT}}}encoded", "").text = etree.CDATA(_text_html(article))


def _atom(world: World, outlet: Outlet, newest: list[Published], base: str, changed: datetime) -> bytes:
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    root.set(_XML_LANG, outlet.language)
    _tag(root, f"{{{_ATOM}}}title", outlet.name)
    _tag(root, f"{{{_ATOM}}}subtitle", outlet.tagline)
    _tag(root, f"{{{_ATOM}}}id", f"tag:{outlet.key}.example,2025:feed")
    _tag(root, f"{{{_ATOM}}}updated", _iso(changed))
    etree.SubElement(root, f"{{{_ATOM}}}link", {"rel": "self", "href": base + outlet.feed_path})
    etree.SubElement(root, f"{{{_ATOM}}}link", {"rel": "alternate", "href": f"{base}/{outlet.key}/"})
    _tag(etree.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", outlet.name)
    for each in newest:
        _atom_entry(etree.SubElement(root, f"{{{_ATOM}}}entry"), world, outlet, each, base)
    return _document(root)


def _atom_entry(entry: etree._Element, world: World, outlet: Outlet, published: Published, base: str) -> None:
    article = published.article
    address = base + outlet.path_of(article.slug)
    _tag(entry, f"{{{_ATOM}}}title", article.title)
    _tag(entry, f"{{{_ATOM}}}id", f"tag:{outlet.key}.example,2025:{article.slug}")
    etree.SubElement(entry, f"{{{_ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": address})
    _tag(entry, f"{{{_ATOM}}}published", _iso(published.at))
    _tag(entry, f"{{{_ATOM}}}updated", _iso(published.at))
    if article.author is not None:
        _tag(etree.SubElement(entry, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name", article.author)
    etree.SubElement(entry, f"{{{_ATOM}}}category", {"term": _section(world, outlet, article)})
    _tag(entry, f"{{{_ATOM}}}summary", article.summary)
    if outlet.full_text:
        _tag(entry, f"{{{_ATOM}}}content", _text_html(article)).set("type", "html")


def _tag(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _rfc822(at: datetime) -> str:
    return format_datetime(at.astimezone(_KYIV).replace(microsecond=0))


def _iso(at: datetime) -> str:
    return at.astimezone(_KYIV).isoformat(timespec="seconds")


def _text_html(article: SeedArticle) -> str:
    return "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """What the pages of an outlet say around its articles, in its language."""

    headlines: str
    all_outlets: str
    latest: str
    also: str
    letter: str
    rights: str
    missing: str
    months: str


_LANGUAGES = ("uk", "be", "en")
_SECTIONS = {
    "politics": ("Політика", "Палітыка", "Politics"),
    "rights": ("Права людини", "Правы чалавека", "Human rights"),
    "war": ("Війна", "Вайна", "War"),
    "court": ("Суд", "Суд", "Courts"),
    "incident": ("Надзвичайні події", "Здарэнні", "Incidents"),
    "society": ("Суспільство", "Грамадства", "Society"),
    "economy": ("Економіка", "Эканоміка", "Economy"),
    "energy": ("Енергетика", "Энергетыка", "Energy"),
    "transport": ("Транспорт", "Транспарт", "Transport"),
    "weather": ("Погода", "Надвор\u2019е", "Weather"),
    "culture": ("Культура", "Культура", "Culture"),
    "sport": ("Спорт", "Спорт", "Sport"),
    "science": ("Наука", "Навука", "Science"),
    "health": ("Здоров\u2019я", "Здароўе", "Health"),
    "education": ("Освіта", "Адукацыя", "Education"),
}

_WORDING = {
    "uk": _Wording(
        headlines="Стрічка",
        all_outlets="Усі видання",
        latest="Останні новини",
        also="Читайте також",
        letter="Найважливіше за день – одним листом. Надсилаємо о восьмій вечора, без реклами.",
        rights="Вигадане видання з вигаданого світу. Передруковувати можна.",
        missing="Такої сторінки немає, або її ще не опублікували.",
        months="січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    ),
    "be": _Wording(
        headlines="Стужка",
        all_outlets="Усе выданні",
        latest="Апошнія навіны",
        also="Чытайце таксама",
        letter="Галоўнае за дзень – адным лістом. Дасылаем а восьмай вечара, без рэкламы.",
        rights="Выдуманае выданне з выдуманага свету. Перадрукоўваць можна.",
        missing="Такой старонкі няма, або яе яшчэ не апублікавалі.",
        months="студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    ),
    "en": _Wording(
        headlines="Latest",
        all_outlets="All outlets",
        latest="Latest stories",
        also="Related",
        letter="The day's most important stories in one email. Sent at eight in the evening, no advertising.",
        rights="An invented outlet in an invented world. Feel free to reprint.",
        missing="There is no such page, or it has not been published yet.",
        months="January February March April May June July August September October November December",
    ),
}

_STYLE = """
:root { --ink: #1c1b1a; --faint: #6d6964; --line: #e4dfd8; --paper: #fffdf9; --tint: #f6f2ea; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ece8e1; --faint: #a39d94; --line: #3a3733; --paper: #1b1a18; --tint: #262421; }
  :root body { --accent: color-mix(in srgb, var(--colour) 55%, white); }
}
* { box-sizing: border-box; }
body { --accent: var(--colour); margin: 0; background: var(--paper); color: var(--ink);
  font: 18px/1.6 Georgia, "PT Serif", "Noto Serif", serif; }
a { color: inherit; text-decoration-color: var(--line); text-underline-offset: .2em; }
a:hover { color: var(--accent); text-decoration-color: currentColor; }
.wide { max-width: 1060px; margin: 0 auto; padding: 0 20px; }
.small, nav, time, .section, .byline, footer, .letter { font-family: system-ui, "Noto Sans", sans-serif;
  font-size: 14px; color: var(--faint); }
.masthead { border-top: 5px solid var(--colour); border-bottom: 1px solid var(--line); }
.masthead .wide { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline;
  padding-top: 16px; padding-bottom: 14px; }
.masthead .name { font-size: 30px; font-weight: 700; line-height: 1.2; letter-spacing: -.01em;
  text-decoration: none; color: var(--accent); }
nav { margin-left: auto; display: flex; gap: 18px; }
nav a { text-decoration: none; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 290px; gap: 56px; padding-top: 34px; }
.section { color: var(--accent); font-weight: 600; margin: 0 0 8px; }
h1 { font-size: 36px; line-height: 1.2; letter-spacing: -.01em; margin: 0 0 14px; text-wrap: balance; }
h2 { font-size: 17px; margin: 0 0 10px; }
.lead { font-size: 21px; line-height: 1.45; margin: 0 0 14px; }
.byline { border-bottom: 1px solid var(--line); padding-bottom: 16px; margin: 0 0 22px; }
.story p { margin: 0 0 1.1em; }
.also, .letter { background: var(--tint); border-left: 3px solid var(--colour); padding: 16px 20px;
  margin: 28px 0; }
ul.headlines { list-style: none; margin: 0; padding: 0; }
ul.headlines li { padding: 11px 0; border-top: 1px solid var(--line); line-height: 1.4; font-size: 16px; }
ul.headlines li:first-child { border-top: 0; padding-top: 0; }
ul.headlines a { text-decoration: none; }
ul.headlines .small { font-size: 13px; overflow-wrap: anywhere; }
ul.headlines time { display: block; font-size: 13px; }
main.front ul.headlines li { font-size: 19px; }
footer { border-top: 1px solid var(--line); margin-top: 48px; padding: 20px 0 36px; }
@media (max-width: 820px) {
  .columns { grid-template-columns: minmax(0, 1fr); gap: 36px; padding-top: 24px; }
  nav { margin-left: 0; }
  h1 { font-size: 28px; }
  .lead { font-size: 19px; }
}
"""


def _article_page(world: World, outlet: Outlet, shown: Published, newest: list[Published], base: str) -> str:
    article, says = shown.article, _WORDING[outlet.language]
    others = [each for each in newest if each.article.slug != article.slug]
    also = _also(world, article, others)
    byline = " · ".join(filter(None, [article.author, outlet.name]))
    content = f"""
<div class="wide columns">
<main>
<article class="story">
<p class="section">{escape(_section(world, outlet, article))}</p>
<h1>{escape(article.title)}</h1>
<p class="lead">{escape(article.summary)}</p>
<p class="byline">{escape(byline)} · <time datetime="{_iso(shown.at)}">{_moment(outlet, shown.at)}</time></p>
<div class="text">
{_text_html(article)}
</div>
</article>
{_block("also", says.also, _headlines(outlet, also)) if also else ""}
<p class="letter">{escape(says.letter)}</p>
</main>
<aside class="sidebar">
{_block("latest", says.latest, _headlines(outlet, others[:SIDEBAR_LENGTH])) if others else ""}
</aside>
</div>"""
    return _page(outlet, article.title, content, base, head=_article_head(world, outlet, shown, base))


def _article_head(world: World, outlet: Outlet, shown: Published, base: str) -> str:
    article = shown.article
    address = base + outlet.path_of(article.slug)
    properties = {
        "og:type": "article",
        "og:site_name": outlet.name,
        "og:title": article.title,
        "og:description": article.summary,
        "og:url": address,
        "og:locale": {"uk": "uk_UA", "be": "be_BY", "en": "en_GB"}[outlet.language],
        "article:published_time": _iso(shown.at),
        "article:section": _section(world, outlet, article),
    }
    metas = [f'<meta property="{name}" content="{escape(value)}">' for name, value in properties.items()]
    return "\n".join(
        [
            f'<meta name="description" content="{escape(article.summary)}">',
            f'<link rel="canonical" href="{escape(address)}">',
            *metas,
            f'<script type="application/ld+json">{_linked_data(outlet, shown, address)}</script>',
        ]
    )


def _linked_data(outlet: Outlet, shown: Published, address: str) -> str:
    article = shown.article
    publisher = {"@type": "NewsMediaOrganization", "name": outlet.name}
    author = {"@type": "Person", "name": article.author} if article.author is not None else publisher
    told: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "inLanguage": outlet.language,
        "datePublished": _iso(shown.at),
        "mainEntityOfPage": address,
        "author": author,
        "publisher": publisher,
    }
    if outlet.full_text:
        told["articleBody"] = article.text
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")


def _also(world: World, article: SeedArticle, others: list[Published]) -> list[Published]:
    """What belongs to the same thread first, then the same section."""
    thread = {article.story} if article.link_to is None else {article.story, article.link_to}
    kind = world.story(article.story).kind
    near = [each for each in others if {each.article.story, each.article.link_to} & thread]
    alike = [each for each in others if each not in near and world.story(each.article.story).kind == kind]
    return (near + alike)[:ALSO_LENGTH]


def _headlines_page(outlet: Outlet, newest: list[Published], base: str) -> str:
    says = _WORDING[outlet.language]
    content = f"""
<main class="wide front" style="padding-top: 34px">
<h1>{escape(says.latest)}</h1>
{_headlines(outlet, newest)}
</main>"""
    return _page(outlet, outlet.tagline, content, base)


def _missing_page(outlet: Outlet) -> str:
    says = _WORDING[outlet.language]
    content = f'\n<main class="wide" style="padding-top: 34px"><h1>404</h1><p>{escape(says.missing)}</p></main>'
    return _page(outlet, "404", content, "")


def _page(outlet: Outlet, title: str, content: str, base: str, *, head: str = "") -> str:
    says = _WORDING[outlet.language]
    return f"""<!doctype html>
<html lang="{outlet.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – {escape(outlet.name)}</title>
{head}
<link rel="alternate" type="application/{outlet.feed}+xml" href="{escape(base + outlet.feed_path)}">
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body style="--colour: {outlet.colour}">
<header class="masthead"><div class="wide">
<a class="name" href="/{outlet.key}/">{escape(outlet.name)}</a>
<span class="small">{escape(outlet.tagline)}</span>
<nav>
<a href="/{outlet.key}/">{escape(says.headlines)}</a>
<a href="{escape(outlet.feed_path)}">{outlet.feed.upper() if outlet.feed == "rss" else "Atom"}</a>
<a href="/">{escape(says.all_outlets)}</a>
</nav>
</div></header>{content}
<footer><div class="wide">{escape(outlet.name)}. {escape(says.rights)}</div></footer>
</body>
</html>
"""


def _front_page(world: World, newest: list[Published], base: str, now: datetime) -> str:
    feeds = "\n".join(
        f'<li><a href="/{outlet.key}/">{escape(outlet.name)}</a><br>'
        f'<a class="small" href="{escape(outlet.feed_path)}">{escape(base + outlet.feed_path)}</a></li>'
        for outlet in world.outlets
    )
    listed = "\n".join(_headline(world.outlet(each.article.outlet), each, named=True) for each in newest)
    nothing = "<p>Ще нічого не вийшло. Перша стаття з\u2019явиться тут сама, щойно її опублікують.</p>"
    return f"""<!doctype html>
<html lang="uk">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="15">
<title>Вигаданий світ новин</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body style="--colour: #20435c">
<header class="masthead"><div class="wide">
<a class="name" href="/">Вигаданий світ новин</a>
<span class="small">{len(world.outlets)} видань, що існують лише тут. Станом на {_hour(now)}</span>
</div></header>
<div class="wide columns">
<main class="front">
<h1>Що вже вийшло</h1>
{f'<ul class="headlines">{listed}</ul>' if newest else nothing}
</main>
<aside>
<h2>Стрічки видань</h2>
<ul class="headlines">
{feeds}
</ul>
</aside>
</div>
<footer><div class="wide">Видання, автори й тексти вигадані, навіть коли сюжет нагадує справжній.</div></footer>
</body>
</html>
"""


def _block(kind: str, title: str, inner: str) -> str:
    return f'<section class="{kind}">\n<h2>{escape(title)}</h2>\n{inner}\n</section>'


def _headlines(outlet: Outlet, shown: Iterable[Published]) -> str:
    return f'<ul class="headlines">{"".join(_headline(outlet, each, named=False) for each in shown)}</ul>'


def _headline(outlet: Outlet, shown: Published, *, named: bool) -> str:
    whose = f"{escape(outlet.name)}, " if named else ""
    return (
        f'<li lang="{outlet.language}"><time datetime="{_iso(shown.at)}">{whose}{_hour(shown.at)}</time>'
        f'<a href="{escape(outlet.path_of(shown.article.slug))}">{escape(shown.article.title)}</a></li>'
    )


def _section(world: World, outlet: Outlet, article: SeedArticle) -> str:
    return _SECTIONS[world.story(article.story).kind][_LANGUAGES.index(outlet.language)]


def _hour(at: datetime) -> str:
    return f"{at.astimezone(_KYIV):%H:%M}"


def _moment(outlet: Outlet, at: datetime) -> str:
    there = at.astimezone(_KYIV)
    month = _WORDING[outlet.language].months.split()[there.month - 1]
    return f"{there.day} {month} {there.year}, {there:%H:%M}"
