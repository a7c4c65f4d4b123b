"""What a log line shows, and what it never does."""

import logging

import pytest

from chatovyi.logs import Line, without_secrets

TOKEN = "123456789:AAExample_token-0123456789abcdefghij"


def test_a_line_is_an_event_with_its_variables():
    record = logging.makeLogRecord(
        {
            "name": "watchers.patrol",
            "levelname": "INFO",
            "msg": "articles taken in",
            "created": 0,
            "new": 3,
            "by": "a b",
        }
    )
    assert Line().format(record) == '1970-01-01T00:00:00Z info patrol: articles taken in new=3 by="a b"'


@pytest.mark.parametrize(
    "text", [TOKEN, f"https://api.telegram.org/bot{TOKEN}/getMe", f"(bot{TOKEN})", f"token={TOKEN}, and more"]
)
def test_a_token_is_never_shown(text):
    assert TOKEN not in without_secrets(text)
    assert "AAExample" not in without_secrets(text)


def test_a_token_in_an_exception_is_not_shown_either():
    try:
        raise ValueError(f"https://api.telegram.org/bot{TOKEN}/getMe")
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.makeLogRecord({"name": "x", "levelname": "ERROR", "msg": "broke", "exc_info": info})

    assert "AAExample" not in Line().format(record)
    assert "ValueError" in Line().format(record)


def test_times_and_ports_are_no_tokens():
    assert without_secrets("12:30 http://127.0.0.1:8080/feed 2026-01-01T10:00:00Z") == (
        "12:30 http://127.0.0.1:8080/feed 2026-01-01T10:00:00Z"
    )
