"""The program as an operator starts it: `./run` in a process of its own, between a news site and a Telegram."""

import asyncio
import os
import signal
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from chatovyi.clock import system_clock
from chatovyi.serve import serving
from tests.chatovyi.conftest import TOKEN, follow, telling

HOUSE = Path(__file__).parents[2]
SEED = HOUSE.parent / "shared" / "seed" / "glavcom-2025-11-26.txt"
"""The article the project grew from; it lies beside a checkout of ours, never in it."""


@pytest.fixture
def environment(telegram_address, tmp_path):
    return os.environ | {
        "CHATOVYI_TELEGRAM_TOKEN": TOKEN,
        "CHATOVYI_TELEGRAM_BASE_URL": f"{telegram_address}/bot",
        "CHATOVYI_DATABASE": f"sqlite:///{tmp_path / 'end.db'}",
        "CHATOVYI_FETCH_ALLOW_PRIVATE": "127.0.0.0/8",
        "CHATOVYI_DELIVERY_GROWTH": ",".join(f"{second}s" for second in range(1, 60)),
    }


@asynccontextmanager
async def running(environment, telegram):
    """`./run`, from its first poll to the exit code of a SIGTERM."""
    program = await asyncio.create_subprocess_exec(HOUSE / "run", env=environment, stderr=asyncio.subprocess.PIPE)
    try:
        await telegram.wait_until(lambda: telegram.calls_of("getUpdates"), timeout=60)
        yield program
        program.send_signal(signal.SIGTERM)
        _, said = await asyncio.wait_for(program.communicate(), 10)
        assert program.returncode == 0, said.decode()
        assert TOKEN not in said.decode()
    finally:
        if program.returncode is None:
            program.kill()
            await program.wait()


async def command(environment, *arguments):
    """`./run ARGUMENTS`: what it printed."""
    program = await asyncio.create_subprocess_exec(
        HOUSE / "run", *arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await asyncio.wait_for(program.communicate(), 20)
    assert program.returncode == 0, said.decode()
    return said.decode()


def seed_telling(article):
    """The seed article in place of the outlet's own telling."""
    if not SEED.exists():
        pytest.skip("the seed article does not lie beside this checkout")
    lines = [line for line in SEED.read_text(encoding="utf-8").splitlines() if line.strip()]
    title, body = lines[1], lines[7:]
    return replace(article, title=title, summary=body[0], text="\n\n".join(body))


@pytest.mark.parametrize("first", ["our own telling", "the seed article"])
async def test_a_person_subscribes_an_article_appears_and_a_second_outlet_edits_the_alert(
    first, environment, telegram, site, news_world
):
    one = telling(news_world, "vezha", "us-belarus-talks")
    one = seed_telling(one) if first == "the seed article" else one
    other = telling(news_world, "dniprochas", "us-belarus-talks")
    person = telegram.add_user("Оксана")
    async with serving(site.app) as news, running(environment, telegram):
        for outlet in map(news_world.outlet, ("vezha", "dniprochas")):
            said = await command(environment, "source", "add", news + outlet.feed_path, "--every", "1s")
            assert "added" in said
        telegram.start(person)
        await telegram.wait_message(person, contains="Надішліть слово")
        await follow(telegram, person, "політв'язні")

        site.publish(one, at=system_clock())
        alert = await telegram.wait_message(person, contains=one.title, timeout=60)
        site.publish(other, at=system_clock())
        await telegram.wait_until(
            lambda: "також: Дніпровський час" in telegram.message(person.id, alert.id).text, timeout=60
        )
        listed = await command(environment, "source", "list")

    assert "<b>політвʼязнів</b>" in telegram.message(person.id, alert.id).html
    assert [message.id for message in telegram.messages(person) if message.id > alert.id] == []
    assert "Вежа" in listed
    assert "fine" in listed
    assert telegram.warnings == []


async def test_a_signal_while_telegram_hangs_at_the_start_ends_cleanly(environment, telegram, tmp_path):
    telegram.fault("hold_before", "getMe", count=9)
    program = await asyncio.create_subprocess_exec(HOUSE / "run", env=environment, stderr=asyncio.subprocess.PIPE)
    await telegram.wait_until(lambda: telegram.calls_of("getMe"), timeout=60)

    program.send_signal(signal.SIGTERM)
    _, said = await asyncio.wait_for(program.communicate(), 10)

    assert program.returncode == 0, said.decode()
    assert not (tmp_path / "end.db").exists()


async def test_run_finds_its_house_through_a_link(environment, tmp_path):
    (tmp_path / "link").symlink_to(HOUSE / "run")
    (tmp_path / "link to a link").symlink_to("link")

    program = await asyncio.create_subprocess_exec(
        tmp_path / "link to a link", "--version", env=environment, cwd=tmp_path, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await asyncio.wait_for(program.communicate(), 10)

    assert said.startswith(b"chatovyi ")
    assert not (tmp_path / ".venv").exists()


async def test_a_second_program_on_the_same_database_says_what_to_do(environment, telegram):
    async with running(environment, telegram):
        second = await asyncio.create_subprocess_exec(HOUSE / "run", env=environment, stderr=asyncio.subprocess.PIPE)
        _, said = await asyncio.wait_for(second.communicate(), 20)

    assert second.returncode == 2
    assert "in use by another Chatovyi" in said.decode()
