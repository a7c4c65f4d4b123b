"""The whole program in a world of its own, which fails and kills it as a seed says; the same seed is the same run.

Read in this order: `loop` (time), `world` (Telegram, the web and the disk, and how they fail), `program` (the real
parts put together over it), `people` (what is asked and published), `verdict` (what must hold), `planted` (bugs that
must be found).
"""
