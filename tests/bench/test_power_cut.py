"""Power cuts, in small: `python -m bench.power_cut` makes 400 of each kind."""

import pytest

from bench.power_cut import run


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path, seed):
    result = await run(tmp_path, "full", cuts=40, messages=160, seed=seed)
    assert (result.cuts, result.broken, result.lost) == (40, 0, 0), result.first


async def test_the_control_with_less_syncing_loses_what_was_acknowledged(tmp_path):
    result = await run(tmp_path, "normal", cuts=40, messages=160, seed=1)
    assert result.lossy > 20
