"""What admins see and do of sources on the command line."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chatovyi.admin import Admin
from config.settings import read_settings
from core.errors import ConfigError
from core.memory import Memory, Move, Wishes
from core.model import Listing
from core.rate import rate_of_backlog
from core.visits import Record, Sequel
from store.sqlite import sqlite_store
from tests.chatovyi.terminal import refused

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FEED, OTHER = "https://vezha.example/rss", "https://vezha.example/feed"
HOURLY = Memory(
    rate=rate_of_backlog([NOON - number * HOUR for number in range(30)], now=NOON), usual=HOUR, came_at=NOON
)


@pytest.fixture
async def store(tmp_path):
    async with sqlite_store(tmp_path / "news.db") as store:
        yield store


@pytest.fixture
def admin(store):
    return Admin(store=store, settings=read_settings({}), clock=lambda: NOON)


async def ask(admin, verb, url=None, **more):
    return await admin.do({"command": f"source {verb}", "url": url, **more})


async def visited(store, *, status=304, reason="", new=0, memory=HOURLY, **changes):
    """The source that is due was visited so."""

    def visit(tx):
        (source,) = tx.claim_sources(now=NOON, until=NOON + HOUR, limit=1)
        failed = bool(reason)
        ends = Sequel(
            url=source.url,
            due_at=NOON + 5 * MINUTE,
            validators=source.validators,
            visited=not failed,
            failures=source.failures + failed,
            reason=reason,
            status=status,
            memory=memory,
        )
        record = Record(
            at=NOON - MINUTE,
            outcome="failed" if failed else "fresh",
            status=status,
            reason=reason,
            took=timedelta(milliseconds=420),
            wire=3456,
            decoded=12345,
            entries=30,
            new=new,
        )
        tx.settle_visit(source, replace(ends, **changes), record, now=NOON)

    await store.write(visit)


async def test_a_source_is_shown_with_its_pace_and_its_last_visits(admin, store):
    await ask(admin, "add", FEED, every=None, name="Вежа")
    await visited(store, status=200, new=2, memory=replace(HOURLY, wishes=Wishes(ttl=10 * MINUTE)))
    assert await ask(admin, "show", FEED) == (
        "Вежа        https://vezha.example/rss\n"
        "state       fine\n"
        "visited     every ~4m, as often as it publishes\n"
        "publishes   21.7 articles a day, as learnt\n"
        "articles    0, the last 0s ago\n"
        "next visit  02.03. 14:05:00\n"
        "it asks     to be left alone for 10m\n"
        "\n"
        "day (UTC)  visits  failed  new  came  took\n"
        "02.03.     1       0       2    3 kB  0.42 s each\n"
        "\n"
        "visit            came to  HTTP  took    came  unpacked  entries  new  why\n"
        "02.03. 13:59:00  fresh    200   0.42 s  3 kB  12 kB     30       2"
    )


async def test_a_source_is_called_by_its_number_too(admin):
    await ask(admin, "add", FEED, every=None, name="Вежа")
    assert await ask(admin, "show", "1") == await ask(admin, "show", FEED)


async def test_the_list_says_what_is_wrong_and_why(admin, store):
    for number in range(1, 4):
        await ask(admin, "add", f"https://site{number}.example/rss", every="60000", name=f"Сайт {number}")
    await visited(store)
    await visited(store, status=403, reason="HTTP 403 Forbidden")
    listed = (await ask(admin, "list")).splitlines()
    assert listed == [
        "   name    every  articles  last new  state                        address",
        "1  Сайт 1  1m     0         –         fine                         https://site1.example/rss",
        "2  Сайт 2  1m     0         –         blocked: HTTP 403 Forbidden  https://site2.example/rss",
        "3  Сайт 3  1m     0         –         not visited yet              https://site3.example/rss",
    ]


async def test_a_source_that_was_stopped_is_not_visited_until_it_is_tried_again(admin, store):
    await ask(admin, "add", FEED, every=None, name=None)
    assert "not visited any more" in await ask(admin, "stop", FEED)
    assert "stopped: an admin stopped it" in await ask(admin, "list")
    assert await store.write(lambda tx: tx.claim_sources(now=NOON, until=NOON, limit=9)) == []
    assert await ask(admin, "retry", FEED) == f"{FEED} is to be visited now."
    assert len(await store.write(lambda tx: tx.claim_sources(now=NOON, until=NOON, limit=9))) == 1


async def test_an_admin_says_yes_to_a_move(admin, store):
    await ask(admin, "add", FEED, every=None, name=None)
    to = "https://other.example/rss"
    await visited(store, memory=replace(HOURLY, move=Move(to=to, votes=3, since=NOON - HOUR * 3)))
    assert f"moved: it says that it moved to {to}" in await ask(admin, "list")
    assert await ask(admin, "move", FEED, to=None) == f"{FEED} is visited at {to} from now on."
    assert to in await ask(admin, "show", to)


async def test_an_admin_moves_a_source_where_they_like_but_not_onto_another(admin):
    for url in (FEED, OTHER):
        await ask(admin, "add", url, every=None, name=None)
    with pytest.raises(ConfigError, match="watched already"):
        await ask(admin, "move", FEED, to=OTHER)
    with pytest.raises(ConfigError, match="cannot be a source"):
        await ask(admin, "move", FEED, to="ftp://vezha.example/")
    with pytest.raises(ConfigError, match="did not say that it moved"):
        await ask(admin, "move", FEED, to=None)


@pytest.mark.parametrize("verb", ["show", "stop", "retry", "move"])
async def test_what_is_no_source_is_said_to_be_none(admin, verb):
    with pytest.raises(ConfigError, match=r"https://nowhere\.example/ is no source: chatovyi source list"):
        await ask(admin, verb, "https://nowhere.example/", to=None)


def test_the_verbs_reach_the_database_from_the_command_line(chatovyi):
    chatovyi("source", "add", FEED, "--unasked", "--name", "Вежа")
    assert FEED in chatovyi("source", "show", "1").stdout
    assert "not visited any more" in chatovyi("source", "stop", FEED).stdout
    assert chatovyi("source", "move", FEED, OTHER).stdout == f"{FEED} is visited at {OTHER} from now on.\n"
    assert chatovyi("source", "retry", OTHER).stdout == f"{OTHER} is to be visited now.\n"


async def test_a_page_is_kept_with_its_selectors_and_a_wrong_one_is_refused(admin, store):
    url = "https://vezha.example/novyny"
    await ask(admin, "add", url, every=None, name="Вежа", item="li.news", title="h2", date=None)
    (known,) = await store.read(lambda tx: tx.sources())
    assert known.source.listing == Listing(item="li.news", title="h2")
    assert "read by     item 'li.news', title 'h2'" in await ask(admin, "show", url)
    assert "read by these selectors from now on" in await ask(admin, "add", url, every=None, name=None, item="article")
    assert (await store.read(lambda tx: tx.sources()))[0].source.listing == Listing(item="article")
    with pytest.raises(ConfigError, match=r"'li\[' is no CSS selector"):
        await ask(admin, "add", url + "/2", every=None, name=None, item="li[")


def test_selectors_within_an_item_need_the_item(chatovyi):
    refused(chatovyi("source", "add", FEED, "--unasked", "--title", "h2"), "--item CSS")
