"""What a link that a person sent comes to: seen when and where, and what each of their queries makes of it."""

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from bot.explain import clause_told
from bot.says import Catalogue, Html, html
from bot.screen import Screen, link, listed, press, shortened, when
from core.match.missing import Missing
from core.match.port import Hit
from core.meaning import Titled
from core.model import Article
from core.ports import SourceState
from core.sighting import Answers, Held, Sighting, Stops, Verdict

MOST = 10
"""Subscriptions told of; the others are counted."""
LONGEST_LABEL = 60
LONGEST_TITLE = 200
LONGEST_WORD = 60
LONGEST_PART = 120
LONGEST_PLACE = 55
"""Bytes of a site in a button: Telegram takes 64."""

_LINK = re.compile(r"(?<!\S)https?://[^\s<>«»\"]+", re.IGNORECASE)


def link_in(text: str) -> str | None:
    """The first web address that a text has; one that a query's field names is no link of a person's."""
    found = _LINK.search(text)
    return found[0].rstrip(".,;:!?)") if found else None


def seen_screen(sighting: Sighting, found: Sequence[Verdict], say: Catalogue, *, now: datetime, zone: tzinfo) -> Screen:
    """When it was seen, what each subscription makes of it, and what its reader was told of its story."""
    article = sighting.article
    title = html(shortened(article.title, LONGEST_TITLE) or article.outlet)
    seen = when(sighting.seen, now=now, zone=zone)
    head = say("link.seen", time=seen, outlet=shortened(article.outlet, LONGEST_LABEL))
    parts = [listed([head, link(title, article.url)], "\n")]
    if found:
        lines = [_verdict(verdict, article, say, now=now, zone=zone) for verdict in found[:MOST]]
        if len(found) > MOST:
            lines.append(say("link.others", count=len(found) - MOST))
        parts.append(listed(lines, "\n"))
    parts.append(_outcome(sighting, found, say, now=now, zone=zone))
    return Screen(listed(parts, "\n\n"))


def _verdict(verdict: Verdict, article: Article, say: Catalogue, *, now: datetime, zone: tzinfo) -> Html:
    label = shortened(verdict.subscription.label, LONGEST_LABEL)
    match verdict:
        case Answers(hits=hits):
            if not hits:
                return say("link.answers", label=label)
            place = say(f"why.place.{hits[0].span.field}")
            return say("link.answers_by", label=label, word=_printed(hits[0], article), place=place)
        case Held(subscription, why):
            if why == "younger" and subscription.since:
                return say("link.younger", label=label, time=when(subscription.since, now=now, zone=zone))
            return say("link.paused", label=label)
        case Stops(missing=missing):
            return say("link.stops", label=label, why=_want(missing, article, say))


def _want(missing: Missing, article: Article, say: Catalogue) -> Html:
    clause = missing.clause.part if isinstance(missing.clause, Titled) else missing.clause
    part = clause_told(clause, say, most=LONGEST_PART)
    match missing.how:
        case "excluded":
            return say("link.excluded", word=_printed(missing.hits[0], article) if missing.hits else part)
        case "other source" | "other language":
            return say("link.not", what=part)
        case "apart":
            return say("link.apart", what=part)
        case "not in title":
            return say("link.not_in_title", what=part)
        case "absent":
            return say("link.absent", what=part)


def _printed(hit: Hit, article: Article) -> str:
    text = article.title if hit.span.field == "title" else article.text
    return shortened(text[hit.span.start : hit.span.end], LONGEST_WORD)


def _outcome(sighting: Sighting, found: Sequence[Verdict], say: Catalogue, *, now: datetime, zone: tzinfo) -> Html:
    told = sighting.told
    if told:
        return say("link.told" if told.sent else "link.waits", time=when(told.at, now=now, zone=zone))
    if not found:
        return say("link.nothing_followed")
    if not any(isinstance(verdict, Answers) for verdict in found):
        return say("link.untold")
    return say("link.unlucky" if sighting.news else "link.old")


def unseen_screen(state: SourceState, place: str, say: Catalogue, *, now: datetime, zone: tzinfo) -> Screen:
    """The site is watched, but this article did not come, or not yet."""
    site = shortened(place, LONGEST_LABEL)
    if state.retired:
        return Screen(say("link.retired", site=site))
    if state.last_visit is None:
        return Screen(say("link.unvisited", site=site))
    return Screen(say("link.unseen", site=site, time=when(state.last_visit, now=now, zone=zone)))


def unwatched_screen(place: str, say: Catalogue, *, suggest: bool) -> Screen:
    """Nobody watches there; where there are owners to tell, they can be asked to."""
    text = say("link.unwatched", site=shortened(place, LONGEST_LABEL))
    if not suggest or len(place.encode()) > LONGEST_PLACE:
        return Screen(text)
    return Screen(text, ((press(say.plain("link.suggest"), "suggest", place),),))


def suggested_screen(place: str, say: Catalogue, *, first: bool) -> Screen:
    """To whoever asked for a site."""
    return Screen(say("link.suggested" if first else "link.suggested_already", site=shortened(place, LONGEST_LABEL)))


def wish_screen(place: str, say: Catalogue) -> Screen:
    """To the owners: somebody asks for a site."""
    site = shortened(place, LONGEST_LABEL)
    return Screen(say("link.wish", site=link(html(site), f"https://{place}")))
