"""Moved."""

from chatovyi.serve import drop_connection, serving

__all__ = ["drop_connection", "serving"]
