"""What happens in the world: people follow, ask, block and come back; outlets publish, and repeat one another."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bench.simulation.world import BEGIN, Feed, World
from chatovyi.demo.model import User
from core.ports import Tx

OUTLETS = ("vezha.test", "polissia.test", "reiestr.test")
PEOPLE = 3
STORIES = 8
QUESTIONS = 4
"""Of each person, besides what they follow."""
SCRIPT = timedelta(minutes=12)
LEAST_AFTER = timedelta(minutes=4)
AFTER = timedelta(minutes=60)
"""Then nothing goes wrong any more, and everything has time to be put right."""
_PATIENCE = 600.0

_SYLLABLES = "ба ве ги до жу зе ки ло му не пі ра со ту фе хи цо ча ша".split()


@dataclass(slots=True, kw_only=True)
class Script:
    """What was done, and when it was seen to be done."""

    following: dict[int, datetime] = field(default_factory=dict)
    """By chat: when the bot said that it follows."""
    published: dict[str, datetime] = field(default_factory=dict)
    """By the word that names a story: when the first outlet told it."""
    asked: list[tuple[int, str]] = field(default_factory=list)
    """Chat, and the word that was asked for."""
    doing: list[asyncio.Task[None]] = field(default_factory=list)
    """People and outlets at work."""

    @property
    def over(self) -> bool:
        """Whether nobody does anything any more."""
        return all(task.done() for task in self.doing)


def begin(world: World) -> Script:
    """Sets everything going; what is done is written into the script as it is done."""
    script = Script()
    for outlet in OUTLETS:
        world.web.feeds[outlet] = Feed()
        world.web.publish(outlet, f"Ранковий огляд {outlet}", "ohliad")
    world.disk.commit(_sources)
    dice = random.Random(world.dice.getrandbits(32))
    for number in range(PEOPLE):
        user = world.telegram.add_user(f"Людина {number}")
        script.doing.append(world.spawn(_person(world, script, user, random.Random(dice.getrandbits(32)))))
    script.doing.append(world.spawn(_press(world, script, random.Random(dice.getrandbits(32)))))
    world.spawn(_trouble(world, random.Random(dice.getrandbits(32))))
    return script


def _sources(tx: Tx) -> None:
    for outlet in OUTLETS:
        tx.add_source(f"https://{outlet}/rss", name=outlet, outlet=outlet, every=timedelta(seconds=60), now=BEGIN)


async def _person(world: World, script: Script, user: User, dice: random.Random) -> None:
    telegram = world.telegram
    await asyncio.sleep(dice.uniform(0, 60))
    telegram.start(user)
    await asyncio.sleep(dice.uniform(0, 20))
    telegram.send_text(user, "подія")
    with suppress(TimeoutError):
        preview = await telegram.wait_message(user, contains="Шукаю новини, де є «подія»", timeout=_PATIENCE)
        telegram.press(user, preview, "✅ Стежити")
        await telegram.wait_message(user, contains="✅ Стежу за", timeout=_PATIENCE)
        script.following[user.id] = world.moment()
    for number in range(QUESTIONS):
        await asyncio.sleep(dice.uniform(0, SCRIPT.total_seconds() / QUESTIONS / 2))
        word = f"запит{_name(dice)}{number}"
        script.asked.append((user.id, word))
        telegram.send_text(user, word)
        if dice.random() < 0.2:
            telegram.block(user)
            await asyncio.sleep(dice.uniform(1, 200))
            telegram.start(user)


async def _press(world: World, script: Script, dice: random.Random) -> None:
    for number in range(STORIES):
        await asyncio.sleep(dice.uniform(0, 2 * SCRIPT.total_seconds() / STORIES))
        name = f"{_name(dice)}{number}"
        words = " ".join(_name(dice) + str(number) for _ in range(6))
        tellers = dice.sample(OUTLETS, dice.randint(1, len(OUTLETS)))
        script.published[name] = world.moment()
        script.doing.append(world.spawn(_told(world, tellers, f"Подія {name} {words}", str(number), dice)))


async def _told(world: World, tellers: list[str], title: str, path: str, dice: random.Random) -> None:
    for outlet in tellers:
        world.web.publish(outlet, title, path)
        await asyncio.sleep(dice.uniform(0, 120))


async def _trouble(world: World, dice: random.Random) -> None:
    """The machine's own: it is stopped for a while, its disk is full for a while, its clock is set."""
    until = world.troubles.lasting.total_seconds()
    moments = [(dice.uniform(60, until), "freeze") for _ in range(world.troubles.freezes)]
    moments += [(dice.uniform(60, until), "full") for _ in range(world.troubles.full_disks)]
    moments += [(dice.uniform(60, until), "clock") for _ in range(world.troubles.clocks)]
    for moment, what in sorted(moments):
        await asyncio.sleep(max(0.0, moment - world.loop.time()))
        match what:
            case "freeze":
                world.freeze()
            case "full":
                world.disk.full_until = world.moment() + timedelta(seconds=dice.uniform(5, 120))
            case "clock":
                await _all_known(world)
                world.set_clock()


async def _all_known(world: World) -> None:
    """Every source was visited: on a first visit only what is surely fresh is news, and by a wrong clock nothing is."""
    while world.disk.rows("SELECT 1 FROM source WHERE visited = 0"):  # noqa: ASYNC110 - the disk rings no bell
        await asyncio.sleep(5)


def _name(dice: random.Random) -> str:
    """A word that no dictionary has, and no other story."""
    return "".join(dice.choice(_SYLLABLES) for _ in range(5))
