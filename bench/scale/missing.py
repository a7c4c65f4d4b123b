"""Why a peer is not in the table."""


class Missing(Exception):
    """A peer cannot be had on this machine; says why."""
