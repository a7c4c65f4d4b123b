"""Inline keyboards: which ones Telegram takes, and its words for the others."""

from typing import Literal

from chatovyi.demo.addresses import kept_address
from chatovyi.demo.model import Button, Keyboard, bad_request

_DATA_BYTES = 64
_COPY_LENGTH = 256
_STYLES = frozenset({"", "primary", "danger", "success"})


def read_keyboard(markup: object) -> Keyboard:
    """The keyboard of a `reply_markup`; reply keyboards are taken and not shown."""
    if markup in (None, ""):
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard") or []
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    keyboard = (tuple(button for item in row if (button := _button(item)).text) for row in rows)
    return tuple(row for row in keyboard if row)


def _button(item: object) -> Button:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text, style = item["text"], str(item.get("style") or "")
    if style not in _STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    kind, value = _action(item)
    return Button(text=text, kind=kind, value=value, style=style)


def _action(item: dict[str, object]) -> tuple[Literal["url", "callback_data", "copy_text"], str]:
    match item:
        case {"url": str(address)} if address:
            return "url", _button_address(address)
        case {"callback_data": str(code)} if code:
            return "callback_data", _callback_data(code)
        case {"copy_text": {"text": str(text)}} if 1 <= len(text) <= _COPY_LENGTH:
            return "copy_text", text
        case {"copy_text": _}:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case _ if item.keys() - {"text", "style", "url", "callback_data"}:
            raise bad_request("BUTTON_TYPE_INVALID")
        case _:
            complaint = "Text buttons are unallowed in the inline keyboard"
            raise bad_request(f"can't parse inline keyboard button: {complaint}")


def _button_address(address: str) -> str:
    kept = kept_address(address)
    if kept is None:
        raise bad_request(f"inline keyboard button URL '{address}' is invalid: Wrong HTTP URL")
    return kept


def _callback_data(code: str) -> str:
    if len(code.encode()) > _DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return code
