"""When old alerts go together in one message, so that whoever was out of reach is not flooded."""

from datetime import timedelta

OLD = timedelta(minutes=30)
"""An alert that waited so long is no longer worth a message of its own."""
FEW = 5
"""So many old ones of a target still come one by one."""
MOST = 20
"""Alerts in one digest."""
