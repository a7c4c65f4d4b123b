"""What the tests of the rules for sources speak in."""

from datetime import UTC, datetime, timedelta

from core.memory import Memory
from core.model import Failed, Fresh, Source, SourceId, Unchanged, Validators
from core.pace import Pace
from core.ports import SourceState
from core.visits import Catch, after_visit

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TAG = Validators(etag='"1"')
PACE = Pace()


def source(**changes):
    usual = {
        "id": SourceId(1),
        "url": "https://news.example/rss",
        "name": "Новини",
        "outlet": "news.example",
        "every": None,
        "validators": TAG,
        "visited": True,
        "failures": 0,
        "epoch": 1,
        "memory": Memory(),
    }
    return Source(**(usual | changes))


def fresh(**changes):
    usual = {"url": "https://news.example/rss", "body": b"<rss/>", "content_type": None, "validators": TAG}
    return Fresh(**(usual | changes))


def catch(*, entries=10, taken=0, digest="d1", **changes):
    return Catch(digest=digest, entries=entries, taken=taken, **changes)


def failed(reason="HTTP 500", status=500, **changes):
    return Failed(reason=reason, status=status, **changes)


def goes_on(known, visit, caught=None, *, now=NOON, luck=0.5, pace=PACE):
    return after_visit(known, visit, caught, pace=pace, now=now, luck=luck)


def after(known, *visits, every=HOUR, since=NOON):
    """The source after visits, each an interval after the one before; an item is a visit, or a visit and its catch."""
    now = since
    for visit in visits:
        seen, caught = visit if isinstance(visit, tuple) else (visit, None)
        known = renewed(known, goes_on(known, seen, caught, now=now))
        now += every
    return known


def renewed(known, sequel):
    """The source as the store gives it after this sequel."""
    kept = ("url", "validators", "visited", "failures", "reason", "status", "memory")
    usual = {name: getattr(known, name) for name in ("id", "name", "outlet", "every", "epoch")}
    return Source(**usual, **{name: getattr(sequel, name) for name in kept})


def state(known, *, last_visit=NOON, **changes):
    usual = {"due_at": NOON, "last_new": None, "last_reason": known.reason, "articles": 0}
    return SourceState(source=known, last_visit=last_visit, **(usual | changes))


UNCHANGED = Unchanged()
