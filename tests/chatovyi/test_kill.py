"""kill -9 between any two steps from an article to its alert: nothing lost, nothing told twice."""

import asyncio
import signal
from contextlib import closing

import apsw
import pytest

from chatovyi.clock import system_clock
from tests.chatovyi.conftest import TOKEN, follow, living, telling, watch
from tests.chatovyi.killable import STEPS, start

STORY = "us-belarus-talks"
MOMENTS = [(moment, step) for step in STEPS for moment in ("before", "after")]


@pytest.fixture
async def followed(settings, telegram, site_address, news_world):
    """A database in which one person follows a word, and one outlet is watched; and that person."""
    person = telegram.add_user("Оксана")
    async with living(settings) as house:
        await watch(house, news_world, site_address, "dniprochas")
        await follow(telegram, person, "політв'язні")
    return person


@pytest.fixture
def environment(settings):
    return {
        "CHATOVYI_TELEGRAM_TOKEN": TOKEN,
        "CHATOVYI_TELEGRAM_BASE_URL": settings.telegram_base_url,
        "CHATOVYI_DATABASE": f"sqlite:///{settings.database}",
        "CHATOVYI_FETCH_ALLOW_PRIVATE": "127.0.0.0/8",
        "CHATOVYI_LOG": "error",
    }


async def ended(process):
    """The exit code of a process, without holding up the servers that it talks to."""
    await asyncio.to_thread(process.join, 90)
    assert process.exitcode is not None, "the process did not end"
    return process.exitcode


def alerts_of(telegram, person):
    return [message for message in telegram.messages(person) if "Білий дім і Мінськ" in message.text]


async def grown_up(telegram, known):
    """Waits until a process polls that was started when so many polls were known."""
    await telegram.wait_until(lambda: len(telegram.calls_of("getUpdates")) > known, timeout=60)


async def restarted(environment, telegram, over):
    """Runs the program until it is over, and ends it as an operator would."""
    polls = len(telegram.calls_of("getUpdates"))
    again = start(environment)
    await grown_up(telegram, polls)
    await telegram.wait_until(over, timeout=60)
    again.terminate()
    assert await ended(again) == 0


def waiting(settings):
    """Deliveries that are neither sent nor refused."""
    with closing(apsw.Connection(str(settings.database))) as connection:
        return connection.execute("SELECT kind FROM delivery WHERE state NOT IN ('sent', 'refused')").fetchall()


@pytest.mark.parametrize(("moment", "step"), MOMENTS, ids=lambda part: part)
async def test_a_kill_at_any_step_loses_nothing_and_repeats_nothing(
    moment, step, followed, environment, settings, telegram, site, news_world
):
    site.publish(telling(news_world, "dniprochas", STORY), at=system_clock())
    killed = start(environment, kill=(moment, step))
    assert await ended(killed) == -signal.SIGKILL
    arrived = alerts_of(telegram, followed) and waiting(settings)
    await restarted(
        environment,
        telegram,
        lambda: telegram.calls_of("editMessageReplyMarkup") if arrived else alerts_of(telegram, followed),
    )

    assert len(alerts_of(telegram, followed)) == 1
    assert waiting(settings) == []


@pytest.mark.parametrize("fault", ["hold_before", "hold_after"])
async def test_a_kill_while_telegram_holds_the_message_loses_nothing_and_repeats_nothing(
    fault, followed, environment, settings, telegram, site, news_world
):
    known = len(telegram.calls_of("sendMessage"))
    telegram.fault(fault, "sendMessage")
    site.publish(telling(news_world, "dniprochas", STORY), at=system_clock())

    killed = start(environment)
    await telegram.wait_until(lambda: len(telegram.calls_of("sendMessage")) > known, timeout=60)
    killed.kill()
    assert await ended(killed) == -signal.SIGKILL
    arrived = alerts_of(telegram, followed) and waiting(settings)
    await restarted(
        environment,
        telegram,
        lambda: telegram.calls_of("editMessageReplyMarkup") if arrived else alerts_of(telegram, followed),
    )

    assert len(alerts_of(telegram, followed)) == 1
    assert waiting(settings) == []


async def test_sigterm_repeats_nothing(followed, environment, settings, telegram, site, news_world):
    site.publish(telling(news_world, "dniprochas", STORY), at=system_clock())

    for _ in range(2):
        await restarted(environment, telegram, lambda: alerts_of(telegram, followed))

    assert len(alerts_of(telegram, followed)) == 1
    assert waiting(settings) == []


async def test_a_stop_while_telegram_holds_everything_ends_in_time_and_repeats_nothing(
    followed, environment, settings, telegram, site, news_world
):
    known = len(telegram.calls_of("sendMessage"))
    telegram.fault("hold_after", "sendMessage")
    telegram.fault("hold_before", "getUpdates")
    site.publish(telling(news_world, "dniprochas", STORY), at=system_clock())
    stopped = start(environment)
    await telegram.wait_until(lambda: len(telegram.calls_of("sendMessage")) > known, timeout=60)
    stopped.terminate()
    assert await ended(stopped) == 0
    telegram.release()

    await restarted(environment, telegram, lambda: telegram.calls_of("editMessageReplyMarkup"))

    assert len(alerts_of(telegram, followed)) == 1
    assert waiting(settings) == []


async def test_a_part_that_hangs_at_the_stop_is_cut_off_and_nothing_is_lost(
    followed, environment, settings, telegram, site, news_world
):
    hung = start(environment, hangs=True)
    await grown_up(telegram, len(telegram.calls_of("getUpdates")))
    hung.terminate()
    assert await ended(hung) == 1
    site.publish(telling(news_world, "dniprochas", STORY), at=system_clock())

    await restarted(environment, telegram, lambda: alerts_of(telegram, followed))

    assert len(alerts_of(telegram, followed)) == 1
    assert waiting(settings) == []
