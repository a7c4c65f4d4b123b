"""Settings out of `default.toml`, the operator's file and the environment, checked once."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import resources
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from core.errors import ConfigError

PREFIX = "CHATOVYI_"
Role = Literal["fetch", "match", "deliver", "bot"]
Level = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything an operator may choose, checked."""

    database: Path
    owners: tuple[int, ...]
    roles: frozenset[str]
    timezone: ZoneInfo
    log: Level
    http: tuple[str, int] | None
    telegram_token: str
    """Empty where none is given; a secret, so it is never printed."""
    telegram_base_url: str
    telegram_file_url: str
    telegram_service_chat: int | None
    fetch_allow_private: tuple[IPv4Network | IPv6Network, ...]
    fetch_every: timedelta | None
    """`None` where intervals follow what is learnt of a source."""
    fetch_fastest: timedelta
    fetch_slowest: timedelta
    fetch_gap: timedelta
    fetch_visits: int
    fetch_contact: str
    delivery_growth: tuple[timedelta, ...]
    backup_every: timedelta | None
    """`None` where none is made unasked."""
    backup_keep: int
    backup_folder: Path | None

    @property
    def backups(self) -> Path:
        """The folder of backups: beside the database, where none is named."""
        return self.backup_folder or self.database.parent / "backups"

    def __repr__(self) -> str:
        return f"Settings(database={str(self.database)!r}, …)"


def read_settings(environment: Mapping[str, str], *, file: Path | None = None) -> Settings:
    """The settings; `ConfigError` names the one that is wrong, where it was set, and what it should be.

    `file` is the operator's own; without it `CHATOVYI_CONFIG` names one, or `chatovyi.toml` in the current folder is
    taken where it exists.
    """
    defaults = _flat(tomllib.loads(resources.files("config").joinpath("default.toml").read_text(encoding="utf-8")))
    chosen = {name: _Chosen(value, "the defaults") for name, value in defaults.items()}
    path = file or _named_file(environment)
    if path:
        chosen |= _from_file(path, known=frozenset(defaults))
    chosen |= _from_environment(environment, known=frozenset(defaults))
    return _settings(chosen)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A raw value, and where it comes from."""

    value: Any
    where: str


def _named_file(environment: Mapping[str, str]) -> Path | None:
    named = environment.get(PREFIX + "CONFIG")
    if named:
        return Path(named)
    here = Path("chatovyi.toml")
    return here if here.is_file() else None


def _from_file(path: Path, *, known: frozenset[str]) -> dict[str, _Chosen]:
    try:
        read = _flat(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ConfigError(f"The settings file {path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"The settings file {path} is not valid TOML: {error}.") from error
    unknown = sorted(set(read) - known)
    if unknown:
        raise ConfigError(f"{path} sets {', '.join(unknown)}, which is no setting: see config/default.toml for all.")
    return {name: _Chosen(value, str(path)) for name, value in read.items()}


def _from_environment(environment: Mapping[str, str], *, known: frozenset[str]) -> dict[str, _Chosen]:
    """Each setting by its name in capitals; with `_FILE`, out of the file named there, for secrets."""
    chosen = {}
    for name in known:
        variable = PREFIX + name.replace(".", "_").upper()
        if variable + "_FILE" in environment:
            chosen[name] = _Chosen(_secret(environment[variable + "_FILE"], variable), variable + "_FILE")
        if environment.get(variable):
            chosen[name] = _Chosen(environment[variable], variable)
    return chosen


def _secret(path: str, variable: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{variable}_FILE names {path}, which cannot be read as text.") from error


def _settings(chosen: Mapping[str, _Chosen]) -> Settings:
    def take(name: str, read: Callable[[Any], Any], should: str) -> Any:
        one = chosen[name]
        try:
            return read(one.value)
        except (ValueError, TypeError, KeyError, AttributeError, OSError) as error:
            shown = "" if name == "telegram.token" else f" ({str(one.value)[:80]!r})"
            raise ConfigError(f"The setting {name}{shown} in {one.where} should be {should}.") from error

    not_faster = _not_below(chosen["fetch.fastest"].value)
    return Settings(
        database=take("database", _database, "sqlite:///path; PostgreSQL is not supported yet"),
        owners=take("owners", _numbers, "Telegram user ids: 12345,67890"),
        roles=take("roles", _roles, "some of fetch,match,deliver,bot, with fetch and match together"),
        timezone=take("timezone", ZoneInfo, "a zone of the IANA database, as Europe/Kyiv"),
        log=take("log", _one_of("debug", "info", "warning", "error"), "debug, info, warning or error"),
        http=take("http", _address, "an address with a port, as 127.0.0.1:8080"),
        telegram_token=take("telegram.token", _token, "a bot's token, as @BotFather gives it: 123456:ABC-DEF…"),
        telegram_base_url=take("telegram.base_url", _url, "an http or https address"),
        telegram_file_url=take("telegram.file_url", _url, "an http or https address"),
        telegram_service_chat=take("telegram.service_chat", _chat, "a chat's number, as -1001234567890"),
        fetch_allow_private=take("fetch.allow_private", _networks, "networks, as 10.0.0.0/8,127.0.0.1/32"),
        fetch_every=take("fetch.every", _auto_or_duration, "a time, as 30s, 5m or 2h, or auto"),
        fetch_fastest=take("fetch.fastest", duration, "a time, as 30s, 5m or 2h"),
        fetch_slowest=take("fetch.slowest", not_faster, "a time not below fetch.fastest"),
        fetch_gap=take("fetch.gap", _off_or_duration, "a time, as 2s, or off"),
        fetch_visits=take("fetch.visits", _positive, "a number from 1 to 1000"),
        fetch_contact=take("fetch.contact", _line, "an address or a page, in one line of ASCII"),
        delivery_growth=take("delivery.growth", _durations, "times that grow, as 1m,5m,1h"),
        backup_every=take("backup.every", _maybe_duration, "a time, as 12h or 1d, or off"),
        backup_keep=take("backup.keep", _positive, "a number from 1 to 1000"),
        backup_folder=take("backup.folder", _folder, "a folder"),
    )


_DURATION = re.compile(r"(\d{1,6})\s*([smhd])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def duration(text: str) -> timedelta:
    """«30s», «5m», «2h», «1d»; `ValueError` for anything else, and for nothing."""
    found = _DURATION.fullmatch(text.strip().lower())
    if not found or not int(found[1]):
        raise ValueError(text)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def _maybe_duration(text: str) -> timedelta | None:
    return None if text.strip().lower() in ("", "off") else duration(text)


def _auto_or_duration(text: str) -> timedelta | None:
    return None if text.strip().lower() == "auto" else duration(text)


def _durations(value: str | list[Any]) -> tuple[timedelta, ...]:
    """Each longer than the one before; none at all is off."""
    times = tuple(map(duration, _list(value)))
    if list(times) != sorted(set(times)):
        raise ValueError(value)
    return times


def _off_or_duration(text: str) -> timedelta:
    return timedelta(0) if text.strip().lower() == "off" else duration(text)


def _not_below(least: str) -> Callable[[str], timedelta]:
    def read(text: str) -> timedelta:
        if duration(text) < duration(least):
            raise ValueError(text)
        return duration(text)

    return read


def _folder(value: str) -> Path | None:
    return Path(value) if value.strip() else None


def _flat(table: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict):
            flat |= {f"{key}.{inner}": one for inner, one in value.items()}
        else:
            flat[key] = value
    return flat


def _list(value: str | list[Any]) -> list[str]:
    items = value.split(",") if isinstance(value, str) else value
    return [str(item).strip() for item in items if str(item).strip()]


def _database(value: str) -> Path:
    kind, separator, path = value.partition(":///")
    if kind != "sqlite" or not separator or not path:
        raise ValueError(value)
    return Path(path)


def _numbers(value: str | list[Any]) -> tuple[int, ...]:
    return tuple(map(int, _list(value)))


def _roles(value: str | list[Any]) -> frozenset[str]:
    roles = frozenset(_list(value))
    if not roles or not roles <= {"fetch", "match", "deliver", "bot"} or ("fetch" in roles) != ("match" in roles):
        raise ValueError(value)
    return roles


def _one_of(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value.lower() not in allowed:
            raise ValueError(value)
        return value.lower()

    return read


def _address(value: str) -> tuple[str, int] | None:
    if not value:
        return None
    host, _, port = value.rpartition(":")
    if not host or not 0 <= int(port) < 65536:
        raise ValueError(value)
    return host.strip("[]"), int(port)


_TOKEN = re.compile(r"\d{1,20}:[\w-]{3,}", re.ASCII)


def _token(value: str) -> str:
    if value and not _TOKEN.fullmatch(value.strip()):
        raise ValueError("not shown")
    return value.strip()


def _url(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(value)
    return value


def _chat(value: str | int) -> int | None:
    return int(value) if str(value).strip() else None


def _networks(value: str | list[Any]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(item, strict=False) for item in _list(value))


def _positive(value: str | int) -> int:
    number = int(value)
    if not 1 <= number <= 1000:
        raise ValueError(value)
    return number


def _line(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise ValueError(value)
    return value.strip()
