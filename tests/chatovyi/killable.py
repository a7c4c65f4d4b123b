"""The real program, in a process that kills itself right before or right after one of its transactions."""

import asyncio
import multiprocessing
import os
import signal
import threading
from datetime import timedelta

from chatovyi import assemble
from chatovyi import run as program
from chatovyi.clock import system_clock
from chatovyi.dictionaries import linguist
from config.settings import read_settings
from store import post
from store.sqlite import SqliteStore
from watchers.desk import Desk

NEXT_DOOR = timedelta(seconds=2)
"""A stand-in on this machine has taken in what was on its way sooner than the real Telegram."""

linguist()  # read once in the process that the others are forked from

STEPS = {
    "an article is taken in": "ingest",
    "a visit is settled": "Patrol._settle",
    "a delivery is claimed": "Courier.round",
    "a delivery is settled": "Courier._settle",
}
"""The transactions between an article's appearance and its alert, by the function that makes them."""


def start(environment, kill=None, *, hangs=False):
    """A process that runs the program; `kill` is ("before" | "after", one of the steps).

    It waits half a second for what is on its way when it is stopped; one that `hangs` never puts its matcher away.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.chatovyi.killable"])
    process = context.Process(target=_live, args=(environment, kill, hangs), daemon=True)
    process.start()
    return process


def _live(environment, kill, hangs):
    post.STRAY_PAUSE = NEXT_DOOR
    assemble.DRAIN = timedelta(seconds=0.5)
    if hangs:
        program.LONGEST_STOP = 1.0
        Desk.close = lambda self: threading.Event().wait()
    if kill:
        _arm(*kill)
    asyncio.run(program.run(read_settings(environment), clock=system_clock))


def _arm(moment, step):
    write = SqliteStore.write

    async def dying(self, work):
        if STEPS[step] not in getattr(work, "func", work).__qualname__:
            return await write(self, work)

        def cut(tx):
            result = work(tx)
            if moment == "before" and result:
                os.kill(os.getpid(), signal.SIGKILL)  # inside the transaction: nothing of it is kept
            return result

        result = await write(self, cut)
        if result:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    SqliteStore.write = dying
