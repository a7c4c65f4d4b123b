"""Who waits for whom: sources of one site, sources after a pause of ours, sources while there is no network."""

from datetime import timedelta

import pytest
from raw_web import answer
from rounds import MINUTE, NOON, Held, feed, item

from core.health import health

HOUR = timedelta(hours=1)
SITES = [f"site{number}.test" for number in range(8)]


@pytest.fixture
def web(names):
    """Names that can be cut off and brought back."""

    class Web:
        def on(self):
            names.answers |= {host: [["127.0.0.2"]] for host in SITES}

        def off(self):
            for host in SITES:
                names.answers.pop(host, None)

    web = Web()
    web.on()
    return web


async def watch_all(round_, site):
    site.says["/rss"] = feed(item(site, "/1", "Сніг", text="Випав."))
    for host in SITES:
        await round_.watch("/rss", host=host)


async def failures(round_):
    return [state.source.failures for state in await round_.verb("sources")]


# Sites.


async def test_two_sources_of_one_site_are_asked_one_after_the_other_and_hold_one_hand(round_, site, web):
    slow = site.says["/slow"] = Held(feed())
    site.says["/fast"] = feed()
    for path in ("/slow", "/fast"):
        await round_.watch(path, host="site1.test")
    await round_.patrol.beat()
    await slow.asked.wait()
    await round_.patrol.beat()
    assert (site.paths, len(round_.patrol._visits)) == (["/slow"], 1)
    slow.let_go.set()
    await round_.patrol.rest()
    await round_.visit()
    assert site.paths == ["/slow", "/fast"]


async def test_five_hundred_sources_of_one_site_take_one_hand(round_, site, web):
    slow = site.says["/0"] = Held(feed())
    for number in range(500):
        await round_.watch(f"/{number}", host="site1.test")
    await round_.watch("/other", host="site2.test")
    for _ in range(3):
        await round_.patrol.beat()
    await slow.asked.wait()
    assert len(round_.patrol._visits) <= 2
    slow.let_go.set()
    await round_.patrol.rest()
    assert "/other" in site.paths


async def test_where_a_site_turns_two_sources_away_all_of_it_is_left_alone(round_, site, web):
    away = answer(b"", "Retry-After: 3600", status="429 Too Many Requests")
    for path in ("/a", "/b", "/c"):
        site.says[path] = away
        await round_.watch(path, host="site1.test")
    site.says["/d"] = feed()
    await round_.watch("/d", host="site2.test")
    for _ in range(4):
        await round_.visit()
    assert sorted(site.paths) == ["/a", "/b", "/d"]
    due = [state.due_at for state in await round_.verb("sources")]
    assert min(due[:3]) >= NOON + HOUR > due[3]


# A start with everything due.


async def test_after_a_pause_of_ours_sources_are_not_visited_all_at_once(round_, site, web):
    await watch_all(round_, site)
    round_.clock.move(hours=3)
    await round_.patrol.begin()
    due = sorted(state.due_at for state in await round_.verb("sources"))
    assert due == [round_.clock() + number * timedelta(milliseconds=50) for number in range(len(SITES))]


async def test_a_start_with_nothing_due_changes_nothing(round_, site, web):
    await watch_all(round_, site)
    before = await round_.verb("sources")
    round_.clock.move(minutes=-1)
    await round_.patrol.begin()
    assert await round_.verb("sources") == before


# No network.


async def test_when_the_network_is_gone_no_source_is_blamed(round_, site, web):
    await watch_all(round_, site)
    web.off()
    await round_.visit()
    for _ in range(90):
        round_.clock.move(minutes=1)
        await round_.visit()
    assert sum(failures := [state.source.failures for state in await round_.verb("sources")]) <= 2, failures
    assert max(state.due_at for state in await round_.verb("sources")) <= round_.clock() + MINUTE


async def test_without_a_network_only_a_few_look_out_for_it(round_, site, web, names):
    await watch_all(round_, site)
    web.off()
    await round_.visit()
    names.asked.clear()
    round_.clock.move(hours=1)
    await round_.visit()
    assert len(names.asked) == 2


async def test_when_the_network_is_back_everything_goes_on_one_after_the_other(round_, site, web):
    await watch_all(round_, site)
    web.off()
    await round_.visit()
    round_.clock.move(hours=1)
    web.on()
    await round_.visit()
    waiting = [state.due_at for state in await round_.verb("sources") if state.due_at <= round_.clock() + MINUTE / 2]
    assert len(waiting) == len(set(waiting)) >= len(SITES) - 2
    round_.clock.move(seconds=2)
    await round_.visit()
    states = await round_.verb("sources")
    assert {health(state, now=round_.clock()).condition for state in states} == {"fine"}


async def test_a_site_that_is_down_is_not_the_networks_doing(round_, site, web, names):
    await watch_all(round_, site)
    for host in SITES[:5]:
        del names.answers[host]
    await round_.visit()
    counted = await failures(round_)
    assert (sum(counted[5:]), sum(counted[:5]) >= 2) == (0, True)
    site.says["/rss"] = answer(b"", status="500 Internal Server Error")
    round_.clock.move(hours=1)
    await round_.visit()
    assert min((await failures(round_))[5:]) == 1


async def test_ones_own_network_says_nothing_of_the_world(round_, site, web):
    await watch_all(round_, site)
    site.says["/own"] = feed()
    await round_.watch("/own")
    web.off()
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    round_.clock.move(minutes=2)
    await round_.visit()
    assert sum(await failures(round_)) <= 2
