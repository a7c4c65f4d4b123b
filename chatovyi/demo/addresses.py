"""Which addresses Telegram takes for links and buttons, and how it writes them down."""

import re

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[^:/?#@\[\]]*)://)?"
    r"(?:(?P<person>[^/?#]*)@)?"
    r"(?P<host>[^/?#:@\[\]]+|\[[0-9a-fA-F:.]+\])"
    r"(?::(?P<port>[0-9]+))?"
    r"(?P<rest>[/?#].*)?",
    re.DOTALL,
)
_TELEGRAM = re.compile(r"tg:(?://)?[A-Za-z0-9_-]+(?:[/?#].*)?", re.IGNORECASE | re.DOTALL)
_LETTERS = r"A-Za-z0-9.\-_!$,~*'();&+=\u0080-\U0010ffff"
_HOST = re.compile(rf"(?:%[0-9A-Fa-f]{{2}}|[{_LETTERS}])+")
_PERSON = re.compile(rf"(?:%[0-9A-Fa-f]{{2}}|[{_LETTERS}:])*")


def kept_address(address: str) -> str | None:
    """The address as Telegram keeps it; None where it would drop the link."""
    if _TELEGRAM.fullmatch(address):
        return address
    parts = _ADDRESS.fullmatch(address)
    if parts is None or (parts["scheme"] or "http").lower() not in ("http", "https"):
        return None
    if not _good_host(parts["host"]) or not _PERSON.fullmatch(parts["person"] or ""):
        return None
    if not 1 <= int(parts["port"] or 80) <= 65535:
        return None
    return _written(parts)


def _good_host(host: str) -> bool:
    return host.startswith("[") or ("." in host and host != "." and _HOST.fullmatch(host) is not None)


def _written(parts: re.Match[str]) -> str:
    scheme = (parts["scheme"] or "http").lower()
    person = f"{parts['person']}@" if parts["person"] else ""
    port = f":{parts['port']}" if parts["port"] else ""
    rest = (parts["rest"] or "").rstrip(" \t\r\n") or "/"
    rest = rest if rest.startswith("/") else f"/{rest}"
    encoded = "".join(f"%{ord(char):02X}" if char <= " " else char for char in rest)
    return f"{scheme}://{person}{parts['host'].lower()}{port}{encoded}"
