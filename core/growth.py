"""When a message that was sent takes in what its story has become since."""

from datetime import timedelta

Growth = tuple[timedelta, ...]
"""How long after a message was sent it may be edited: once each time, and never later."""

GROWTH: Growth = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
)
