"""Screens written down as files, so that a change of any sentence or button is seen and judged.

Each file of `golden/` is one screen in one language: its text as sent, then a row of buttons per line. Where a change
is wanted, write the files anew and look through the difference before keeping it:

    CHATOVYI_WRITE_GOLDEN=1 python -m pytest tests/bot
"""

import os
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from talk import api, clock, house, oksana, petro, store, telegram

from bot.screen import Button, Screen
from chatovyi.dictionaries import linguist as the_linguist
from core.linguist import Linguist

__all__ = ["api", "clock", "house", "oksana", "petro", "store", "telegram"]
"""Fixtures of `talk.py`: the bot's moving parts."""

settings.register_profile("pure", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("pure")

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def linguist() -> Linguist:
    return the_linguist()


@pytest.fixture
def golden() -> Callable[[str, Screen], None]:
    """Fails where the screen is not as its file says."""

    def same(name: str, screen: Screen) -> None:
        file = GOLDEN / f"{name}.txt"
        if os.environ.get("CHATOVYI_WRITE_GOLDEN"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(drawn(screen), encoding="utf-8")
        assert drawn(screen) == file.read_text(encoding="utf-8")

    return same


def drawn(screen: Screen) -> str:
    """The screen as text; what cannot be seen is written as an escape."""
    rows = ["  ".join(map(_button, row)) for row in screen.rows]
    return "".join(map(_seen, "\n".join([screen.text, *(["", *rows] if rows else []), ""])))


def _button(button: Button) -> str:
    return f"[{button.label}] {'→' if button.action == 'url' else '='} {button.value}"


def _seen(sign: str) -> str:
    hidden = unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") or sign == "\u00a0"
    return f"\\u{{{ord(sign):04x}}}" if hidden and sign != "\n" else sign
