"""One seed: a world, its people, the program that lives and dies in it, and the verdict."""

import asyncio
import gc
import logging
import warnings
from dataclasses import replace

from bench.simulation.people import AFTER, LEAST_AFTER, SCRIPT, begin
from bench.simulation.program import carry_too, lives
from bench.simulation.verdict import Verdict, calm, verdict
from bench.simulation.world import Troubles, World, closed


def run_seed(seed: int, troubles: Troubles | None = None) -> Verdict:
    """Plays the seed to its end; what the program could not bear and no kill explains is a fault of the verdict."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    world = World(seed, troubles or Troubles())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            return world.loop.run_until_complete(_played(world, seed))
    finally:
        closed(world)
        gc.collect()
        logging.disable(before)


async def _played(world: World, seed: int) -> Verdict:
    script = begin(world)
    program = world.spawn(lives(world))
    other = world.spawn(carry_too(world))
    over = SCRIPT + LEAST_AFTER
    while over < SCRIPT + AFTER and not (program.done() or other.done()):
        wait = over.total_seconds() - world.loop.time()
        await asyncio.wait({program, other}, timeout=wait, return_when=asyncio.FIRST_COMPLETED)
        if calm(world, script):
            break
        over += LEAST_AFTER
    broken = [f"broke: {task.exception() or 'it left of itself'!r}" for task in (program, other) if task.done()]
    if not program.done():
        assert world.house is not None
        world.house.leave()
        await asyncio.wait({program})
    other.cancel()
    found = verdict(world, script, seed)
    return replace(found, faults=(*broken, *found.faults))
