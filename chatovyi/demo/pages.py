"""The pages of the demo's news site: an article, an outlet's headlines, the front page."""

import json
from collections.abc import Iterable
from datetime import datetime
from html import escape

from chatovyi.demo.published import KYIV, Published, iso, text_html
from chatovyi.demo.wording import WORDING, section
from seeds import Outlet, SeedArticle, World

SIDEBAR_LENGTH = 6
ALSO_LENGTH = 3


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


def article_page(world: World, outlet: Outlet, shown: Published, newest: list[Published], base: str) -> str:
    article, says = shown.article, WORDING[outlet.language]
    others = [each for each in newest if each.article.slug != article.slug]
    also = _also(world, article, others)
    byline = " · ".join(filter(None, [article.author, outlet.name]))
    content = f"""
<div class="wide columns">
<main>
<article class="story">
<p class="section">{escape(section(world, outlet, article))}</p>
<h1>{escape(article.title)}</h1>
<p class="lead">{escape(article.summary)}</p>
<p class="byline">{escape(byline)} · <time datetime="{iso(shown.at)}">{_moment(outlet, shown.at)}</time></p>
<div class="text">
{text_html(article)}
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
        "article:published_time": iso(shown.at),
        "article:section": section(world, outlet, article),
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
        "datePublished": iso(shown.at),
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


def headlines_page(outlet: Outlet, newest: list[Published], base: str) -> str:
    says = WORDING[outlet.language]
    content = f"""
<main class="wide front" style="padding-top: 34px">
<h1>{escape(says.latest)}</h1>
{_headlines(outlet, newest)}
</main>"""
    return _page(outlet, outlet.tagline, content, base)


def missing_page(outlet: Outlet) -> str:
    says = WORDING[outlet.language]
    content = f'\n<main class="wide" style="padding-top: 34px"><h1>404</h1><p>{escape(says.missing)}</p></main>'
    return _page(outlet, "404", content, "")


def _page(outlet: Outlet, title: str, content: str, base: str, *, head: str = "") -> str:
    says = WORDING[outlet.language]
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


def front_page(world: World, newest: list[Published], base: str, now: datetime) -> str:
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
        f'<li lang="{outlet.language}"><time datetime="{iso(shown.at)}">{whose}{_hour(shown.at)}</time>'
        f'<a href="{escape(outlet.path_of(shown.article.slug))}">{escape(shown.article.title)}</a></li>'
    )


def _hour(at: datetime) -> str:
    return f"{at.astimezone(KYIV):%H:%M}"


def _moment(outlet: Outlet, at: datetime) -> str:
    there = at.astimezone(KYIV)
    month = WORDING[outlet.language].months.split()[there.month - 1]
    return f"{there.day} {month} {there.year}, {there:%H:%M}"
