"""One event, one line: when, how grave, who, what, and the variables beside it; never a secret."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TOKEN = re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{8,}")
"""What a bot's token looks like, wherever it turns up: in an address, in an exception's text."""


class Line(logging.Formatter):
    """«2026-01-01T10:00:00Z info patrol: articles taken in source=… new=3»."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        extra = [f"{key}={_shown(value)}" for key, value in vars(record).items() if key not in _OWN]
        head = f"{time} {record.levelname.lower()} {record.name.rpartition('.')[2]}: {record.getMessage()}"
        line = " ".join([head, *extra])
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return without_secrets(line)


def without_secrets(text: str) -> str:
    """The text with every bot token blackened."""
    return _TOKEN.sub("<token>", text)


def set_up(level: str) -> None:
    """Logs to standard error from now on. Libraries speak only of trouble: httpx would print the token's address."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Line())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for loud in ("httpx", "httpcore", "apscheduler", "asyncio", "telegram", "trafilatura", "pymorphy3", "uvicorn"):
        logging.getLogger(loud).setLevel(logging.WARNING)


def _shown(value: object) -> str:
    text = str(value)
    return text if re.fullmatch(r"[^\s\"=]+", text) else json.dumps(text, ensure_ascii=False)
