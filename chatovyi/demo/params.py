"""The parameters of a call, whichever way they came: query, form or JSON."""

import json
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import HTTP
from urllib.parse import parse_qsl

from starlette.requests import Request

from chatovyi.demo.model import Refused, bad_request

_NESTED = frozenset(
    {
        "allowed_updates",
        "commands",
        "entities",
        "link_preview_options",
        "menu_button",
        "reaction",
        "reply_markup",
        "reply_parameters",
        "scope",
    }
)
_NUMBERS = frozenset({"chat_id", "user_id", "from_chat_id", "limit", "message_id", "offset", "timeout"})
_FLAGS = frozenset({"disable_notification", "drop_pending_updates", "show_alert"})

Params = Mapping[str, object]


async def read_params(request: Request) -> Params:
    """All parameters with numbers, flags and nested objects as what they are."""
    sent: dict[str, object] = dict(request.query_params)
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    match kind:
        case "application/json":
            sent |= _json_object(body)
        case "application/x-www-form-urlencoded" | "":
            sent |= dict(parse_qsl(body.decode(), keep_blank_values=True))
        case "multipart/form-data":
            sent |= _form(request.headers["content-type"], body)
        case _:
            raise Refused(501, f"Not Implemented: the stand-in does not read {kind}")
    return {name: _meant(name, value) for name, value in sent.items() if value is not None}


def _form(kind: str, body: bytes) -> dict[str, object]:
    """The fields of a form; of a file its name and its bytes."""
    whole = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    fields: dict[str, object] = {}
    for part in whole.iter_parts():
        name, file = part.get_param("name", header="content-disposition"), part.get_filename()
        content = part.get_payload(decode=True)
        raw = content if isinstance(content, bytes) else b""
        fields[str(name)] = (file, raw) if file else raw.decode()
    return fields


def text(params: Params, name: str) -> str:
    value = params.get(name, "")
    return value if isinstance(value, str) else str(value)


def number(params: Params, name: str, fallback: int = 0) -> int:
    value = params.get(name, fallback)
    return value if isinstance(value, int) else fallback


def flag(params: Params, name: str) -> bool:
    return params.get(name) is True


def _json_object(body: bytes) -> dict[str, object]:
    parsed = _parsed(body.decode(), "request: JSON")
    if not isinstance(parsed, dict):
        raise bad_request("can't parse request: JSON object expected")
    return parsed


def _meant(name: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if name in _NESTED and value:
        return _parsed(value, f"{name} JSON object")
    if name in _NUMBERS and value.lstrip("-").isdecimal():
        return int(value)
    return value.lower() in ("true", "1") if name in _FLAGS else value


def _parsed(source: str, what: str) -> object:
    try:
        return json.loads(source)
    except ValueError as error:
        raise bad_request(f"can't parse {what}") from error
