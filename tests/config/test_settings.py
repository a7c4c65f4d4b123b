"""Is every setting read from where it was given, and is a wrong one named?"""

import re
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from config.settings import duration, read_settings
from core.errors import ConfigError
from core.growth import GROWTH


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder to start in: nobody's `chatovyi.toml` is near."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def complaint(environment=None, *, file=None):
    with pytest.raises(ConfigError) as raised:
        read_settings(environment or {}, file=file)
    return str(raised.value)


def test_nothing_given_gives_the_defaults():
    settings = read_settings({})
    assert settings.database == Path("data/chatovyi.db")
    assert (settings.owners, settings.log, settings.http, settings.fetch_visits) == ((), "info", None, 50)
    assert settings.roles == {"fetch", "match", "deliver", "bot"}
    assert (settings.timezone, settings.fetch_every) == (ZoneInfo("Europe/Kyiv"), None)
    assert (settings.fetch_fastest, settings.fetch_slowest) == (timedelta(minutes=1), timedelta(minutes=30))
    assert settings.fetch_gap == timedelta(seconds=2)
    assert (settings.telegram_token, settings.telegram_base_url) == ("", "https://api.telegram.org/bot")
    assert (settings.fetch_allow_private, settings.fetch_contact) == ((), "")
    assert settings.telegram_service_chat is None
    assert settings.telegram_file_url == "https://api.telegram.org/file/bot"
    assert settings.delivery_growth == GROWTH


def test_the_environment_gives_every_setting_by_its_name():
    settings = read_settings(
        {
            "CHATOVYI_DATABASE": "sqlite:////var/lib/chatovyi.db",
            "CHATOVYI_OWNERS": "12345, 67890",
            "CHATOVYI_ROLES": "deliver,bot",
            "CHATOVYI_TIMEZONE": "Europe/Warsaw",
            "CHATOVYI_LOG": "DEBUG",
            "CHATOVYI_HTTP": "[::1]:8080",
            "CHATOVYI_TELEGRAM_TOKEN": " 123456:ABC-def_1 ",
            "CHATOVYI_TELEGRAM_BASE_URL": "http://127.0.0.1:9/bot",
            "CHATOVYI_TELEGRAM_FILE_URL": "http://127.0.0.1:9/file/bot",
            "CHATOVYI_TELEGRAM_SERVICE_CHAT": "-1001234567890",
            "CHATOVYI_FETCH_ALLOW_PRIVATE": "10.0.0.0/8, 127.0.0.1",
            "CHATOVYI_FETCH_EVERY": "30s",
            "CHATOVYI_FETCH_FASTEST": "2m",
            "CHATOVYI_FETCH_SLOWEST": "2h",
            "CHATOVYI_FETCH_GAP": "off",
            "CHATOVYI_FETCH_VISITS": "7",
            "CHATOVYI_FETCH_CONTACT": "editor@site.ua",
            "CHATOVYI_DELIVERY_GROWTH": "30s, 2h",
        }
    )
    assert settings.database == Path("/var/lib/chatovyi.db")
    assert (settings.owners, settings.roles, settings.log) == ((12345, 67890), {"deliver", "bot"}, "debug")
    assert (settings.timezone, settings.http) == (ZoneInfo("Europe/Warsaw"), ("::1", 8080))
    assert settings.telegram_token == "123456:ABC-def_1"
    assert settings.telegram_base_url == "http://127.0.0.1:9/bot"
    assert settings.telegram_file_url == "http://127.0.0.1:9/file/bot"
    assert settings.telegram_service_chat == -1001234567890
    assert settings.fetch_allow_private == (ip_network("10.0.0.0/8"), ip_network("127.0.0.1/32"))
    assert (settings.fetch_every, settings.fetch_visits) == (timedelta(seconds=30), 7)
    assert (settings.fetch_fastest, settings.fetch_slowest) == (timedelta(minutes=2), timedelta(hours=2))
    assert settings.fetch_gap == timedelta(0)
    assert settings.fetch_contact == "editor@site.ua"
    assert settings.delivery_growth == (timedelta(seconds=30), timedelta(hours=2))


def test_a_network_may_be_named_by_any_address_in_it():
    settings = read_settings({"CHATOVYI_FETCH_ALLOW_PRIVATE": "10.1.2.3/8,fd00::1/8"})
    assert settings.fetch_allow_private == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


def test_a_file_gives_settings_in_tables_and_lists(folder):
    file = folder / "mine.toml"
    file.write_text('owners = [12345]\nroles = ["bot"]\n[fetch]\nallow_private = ["10.0.0.0/8"]\nvisits = 3\n')
    settings = read_settings({}, file=file)
    assert (settings.owners, settings.roles, settings.fetch_visits) == ((12345,), {"bot"}, 3)
    assert settings.fetch_allow_private == (ip_network("10.0.0.0/8"),)


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(folder):
    file = folder / "mine.toml"
    file.write_text('log = "error"\n[fetch]\nevery = "1m"\n')
    settings = read_settings({"CHATOVYI_LOG": "warning"}, file=file)
    assert (settings.log, settings.fetch_every, settings.fetch_visits) == ("warning", timedelta(minutes=1), 50)


def test_a_file_is_found_by_name_or_in_the_current_folder(folder):
    (folder / "chatovyi.toml").write_text('log = "error"')
    (folder / "named.toml").write_text('log = "debug"')
    (folder / "given.toml").write_text('log = "warning"')
    named = {"CHATOVYI_CONFIG": str(folder / "named.toml")}
    assert read_settings({}).log == "error"
    assert read_settings(named).log == "debug"
    assert read_settings(named, file=folder / "given.toml").log == "warning"


def test_a_secret_may_stand_in_a_file(folder):
    secret = folder / "token"
    secret.write_text("123456:ABC-def\n")
    assert read_settings({"CHATOVYI_TELEGRAM_TOKEN_FILE": str(secret)}).telegram_token == "123456:ABC-def"


def test_what_stands_in_the_environment_itself_wins_over_the_file_it_names(folder):
    secret = folder / "token"
    secret.write_text("123456:of-the-file")
    given = {"CHATOVYI_TELEGRAM_TOKEN_FILE": str(secret), "CHATOVYI_TELEGRAM_TOKEN": "123456:itself"}
    assert read_settings(given).telegram_token == "123456:itself"


def test_an_empty_variable_is_as_good_as_none():
    assert read_settings({"CHATOVYI_LOG": "", "CHATOVYI_OWNERS": "", "CHATOVYI_CONFIG": ""}).log == "info"


def test_other_programs_variables_are_none_of_ours():
    assert read_settings({"LOG": "nonsense", "PATH": "/bin", "CHATOVY_LOG": "nonsense"}).log == "info"


@pytest.mark.parametrize(
    ("variable", "value", "named", "should"),
    [
        ("DATABASE", "postgresql://localhost/x", "database", "PostgreSQL is not supported yet"),
        ("DATABASE", "chatovyi.db", "database", "sqlite:///path"),
        ("DATABASE", "sqlite:///", "database", "sqlite:///path"),
        ("OWNERS", "me", "owners", "12345,67890"),
        ("OWNERS", "12;34", "owners", "12345,67890"),
        ("ROLES", "fetch", "roles", "with fetch and match together"),
        ("ROLES", "match,bot", "roles", "with fetch and match together"),
        ("ROLES", "admin", "roles", "some of fetch,match,deliver,bot"),
        ("ROLES", ",", "roles", "some of fetch,match,deliver,bot"),
        ("TIMEZONE", "Europe/Kiew", "timezone", "Europe/Kyiv"),
        ("TIMEZONE", "../secret", "timezone", "Europe/Kyiv"),
        ("TIMEZONE", "Europe", "timezone", "Europe/Kyiv"),
        ("LOG", "loud", "log", "debug, info, warning or error"),
        ("HTTP", "8080", "http", "127.0.0.1:8080"),
        ("HTTP", "localhost:http", "http", "127.0.0.1:8080"),
        ("HTTP", "localhost:65536", "http", "127.0.0.1:8080"),
        ("HTTP", "localhost:-1", "http", "127.0.0.1:8080"),
        ("TELEGRAM_BASE_URL", "api.telegram.org", "telegram.base_url", "http or https"),
        ("TELEGRAM_FILE_URL", "ftp://x", "telegram.file_url", "http or https"),
        ("FETCH_ALLOW_PRIVATE", "intranet", "fetch.allow_private", "10.0.0.0/8"),
        ("FETCH_ALLOW_PRIVATE", "10.0.0.0/33", "fetch.allow_private", "10.0.0.0/8"),
        ("FETCH_EVERY", "5", "fetch.every", "30s, 5m or 2h"),
        ("FETCH_EVERY", "0s", "fetch.every", "30s, 5m or 2h"),
        ("FETCH_EVERY", "-5m", "fetch.every", "30s, 5m or 2h"),
        ("FETCH_FASTEST", "auto", "fetch.fastest", "30s, 5m or 2h"),
        ("FETCH_SLOWEST", "59s", "fetch.slowest", "not below fetch.fastest"),
        ("FETCH_VISITS", "0", "fetch.visits", "1 to 1000"),
        ("FETCH_VISITS", "1001", "fetch.visits", "1 to 1000"),
        ("FETCH_VISITS", "many", "fetch.visits", "1 to 1000"),
        ("FETCH_CONTACT", "me\r\nX-Evil: 1", "fetch.contact", "in one line"),
        ("FETCH_CONTACT", "редактор@site.ua", "fetch.contact", "of ASCII"),
        ("FETCH_GAP", "no", "fetch.gap", "2s, or off"),
        ("DELIVERY_GROWTH", "soon", "delivery.growth", "as 1m,5m,1h"),
        ("DELIVERY_GROWTH", "5m,1m", "delivery.growth", "times that grow"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value_its_place_and_what_it_should_be(variable, value, named, should):
    said = complaint({f"CHATOVYI_{variable}": value})
    assert said.startswith(f"The setting {named} ({value!r}) in CHATOVYI_{variable} should be ")
    assert should in said


@pytest.mark.parametrize("token", ["secret", "987654", "123456:a", "123456:AB CD", "bot123456:ABC", "１２:ABC"])
def test_a_wrong_token_is_named_and_never_shown(token):
    said = complaint({"CHATOVYI_TELEGRAM_TOKEN": token})
    assert "telegram.token in CHATOVYI_TELEGRAM_TOKEN" in said
    assert token not in said


def test_a_token_is_not_shown_where_settings_are_printed():
    settings = read_settings({"CHATOVYI_TELEGRAM_TOKEN": "123456:secret"})
    assert "secret" not in f"{settings} {settings!r}"


def test_a_wrong_value_of_a_file_is_named_with_the_file(folder):
    file = folder / "mine.toml"
    file.write_text('[fetch]\nevery = "soon"')
    said = f"The setting fetch.every ('soon') in {file} should be a time, as 30s, 5m or 2h, or auto."
    assert complaint(file=file) == said


@pytest.mark.parametrize(
    "written",
    [
        "database = 5",
        "owners = 5",
        "owners = [[]]",
        "roles = 5",
        "timezone = 5",
        "timezone = []",
        "log = 5",
        "log = 2026-01-01",
        "http = 5",
        "[telegram]\ntoken = 5",
        "[telegram.token]\nx = 5",
        "[telegram]\nbase_url = 5",
        "[fetch]\nevery = 5",
        "[fetch]\nvisits = []",
        "[fetch]\nallow_private = 5",
        "[fetch]\ncontact = 5",
    ],
)
def test_a_value_of_the_wrong_kind_is_a_mistake_with_a_sentence(folder, written):
    file = folder / "mine.toml"
    file.write_text(written)
    assert complaint(file=file).startswith("The setting ")


def test_a_setting_that_does_not_exist_is_named(folder):
    file = folder / "mine.toml"
    file.write_text('logg = "info"\n[telegram]\ntoken = ""\nchat = 5\n[outer]\nspace = 1')
    assert complaint(file=file) == (
        f"{file} sets logg, outer.space, telegram.chat, which is no setting: see config/default.toml for all."
    )


def test_a_file_that_is_not_there_or_not_toml_is_named(folder):
    (folder / "broken.toml").write_text("log = ")
    (folder / "windows.toml").write_bytes("log = 'як'".encode("cp1251"))
    assert complaint(file=folder / "none.toml").endswith("none.toml cannot be read: No such file or directory.")
    assert "broken.toml is not valid TOML" in complaint(file=folder / "broken.toml")
    assert "windows.toml is not valid TOML" in complaint(file=folder / "windows.toml")
    assert "none.toml cannot be read" in complaint({"CHATOVYI_CONFIG": str(folder / "none.toml")})


def test_a_secret_that_cannot_be_read_is_named_by_its_variable(folder):
    said = complaint({"CHATOVYI_TELEGRAM_TOKEN_FILE": str(folder / "none")})
    assert said == f"CHATOVYI_TELEGRAM_TOKEN_FILE names {folder / 'none'}, which cannot be read as text."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30s", timedelta(seconds=30)),
        ("5m", timedelta(minutes=5)),
        (" 2 H ", timedelta(hours=2)),
        ("1d", timedelta(days=1)),
        ("999999d", timedelta(days=999_999)),
    ],
)
def test_a_time_is_a_number_with_its_unit(written, meant):
    assert duration(written) == meant


@pytest.mark.parametrize("written", ["5", "s", "0m", "5w", "5 minutes", "1.5h", "-5m", "5m 30s", "1234567s", "½h"])
def test_anything_else_is_no_time(written):
    with pytest.raises(ValueError, match=re.escape(written)):
        duration(written)
