"""The past that a query would have brought, a page at a time."""

from datetime import datetime, tzinfo

from bot.preview import sample_shown
from bot.says import Catalogue, Html
from bot.screen import Button, Screen, listed, press, shortened
from core.model import ArticleId, QueryId, SubscriptionId
from core.past import SPAN, Past

MARKS = 8
"""Bold words in a headline or sentence: five stories stay below Telegram's hundred entities."""
LONGEST_QUERY = 200


def past_screen(
    text: str,
    found: Past,
    query: QueryId,
    say: Catalogue,
    *,
    now: datetime,
    zone: tzinfo,
    before: ArticleId | None = None,
    instead_of: SubscriptionId | None = None,
) -> Screen:
    """For the query's `text`: the stories of a page, and buttons to the pages beside it and to the query."""

    def to(label: str, page: int, before: ArticleId | None) -> Button:
        return press(label, "past", query, page, before or 0, instead_of or 0)

    turn = []
    if found.page > 0:
        turn.append(to(say.plain("past.newer"), found.page - 1, before))
    elif before:
        turn.append(to(say.plain("past.newest"), 0, None))
    if found.more:
        turn.append(to(say.plain("past.older"), found.page + 1, before))
    elif found.unread:
        turn.append(to(say.plain("past.older"), 0, found.unread))
    if instead_of is None:
        follow = press(say.plain("query.follow"), "follow", query)
    else:
        follow = press(say.plain("query.change"), "change", instead_of, query)
    last = (follow, press(say.plain("past.back"), "look", query, instead_of or 0))
    items = [sample_shown(one, now=now, zone=zone, most=MARKS) for one in found.stories]
    return Screen(listed([_head(text, found, say), *items], "\n\n"), (tuple(turn), last) if turn else (last,))


def _head(text: str, found: Past, say: Catalogue) -> Html:
    """What is shown, and how much there is where that is known."""
    query = shortened(text, LONGEST_QUERY)
    if found.count:
        return say("past.all", query=query, days=SPAN.days, stories=say.count("stories", found.count))
    if not found.stories:
        return say("past.none_yet" if found.unread else "past.none", query=query, days=SPAN.days)
    return say("past.title", query=query, days=SPAN.days)
