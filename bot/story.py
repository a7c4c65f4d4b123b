"""A story as a person sees it: all its articles in order of time, a page at a time, in place of its alert."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.says import Catalogue, Html, html
from bot.screen import Screen, link, listed, press, shortened, when
from core.model import AlertId, Article
from core.story.reprint import independent, reprints

PAGE = 10
LONGEST_TITLE = 160
LONGEST_OUTLET = 40


def story_screen(
    alert: AlertId,
    articles: Sequence[Article],
    say: Catalogue,
    *,
    now: datetime,
    zone: tzinfo,
    page: int = 0,
    edits: bool = False,
) -> Screen:
    """The page of articles, the very first one marked; buttons turn the page and lead back to the alert.

    Who `edits` may say that they tell two events, or that another story tells the same.
    """
    page = max(0, min(page, (len(articles) - 1) // PAGE))
    outlets = len({article.outlet for article in articles})
    head = say("story.title", articles=say.count("articles", len(articles)), outlets=say.count("outlets", outlets))
    whose, voices = reprints(articles), independent(articles)
    if voices < outlets:
        head = Html(f"{head}\n{say('story.voices', voices=say.count('voices', voices))}")
    items = [
        _item(articles[at], whose[at], say, first=at == 0, time=when(articles[at].published, now=now, zone=zone))
        for at in range(page * PAGE, min(len(articles), (page + 1) * PAGE))
    ]
    turn = []
    if page > 0:
        turn.append(press(say.plain("story.earlier"), "story", alert, page - 1))
    if (page + 1) * PAGE < len(articles):
        turn.append(press(say.plain("story.later"), "story", alert, page + 1))
    back = (press(say.plain("story.back"), "alert", alert),)
    correct = []
    if edits and len(articles) > 1:
        correct.append(press(say.plain("story.parts"), "parts", alert, page))
    if edits:
        correct.append(press(say.plain("story.unions"), "unions", alert))
    return Screen(listed([head, *items], "\n\n"), tuple(row for row in (tuple(turn), tuple(correct), back) if row))


def _item(article: Article, whose: str | None, say: Catalogue, *, first: bool, time: str) -> Html:
    """An article, and whose report it repeats, if it does."""
    title = html(shortened(article.title, LONGEST_TITLE) or shortened(article.text, LONGEST_TITLE) or article.outlet)
    outlet = html(shortened(article.outlet, LONGEST_OUTLET))
    if whose is not None:
        outlet = say("alert.origin", line=outlet, name=shortened(whose, LONGEST_OUTLET))
    return say("story.first" if first else "story.item", title=link(title, article.url), outlet=outlet, time=time)
