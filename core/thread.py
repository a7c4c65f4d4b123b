"""How follow-ups reach whoever was told of what they follow."""

from datetime import timedelta

APART = timedelta(minutes=15)
"""Between two developments of one thread to one target; what comes sooner is held, and leaves together."""
