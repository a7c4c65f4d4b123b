"""The command line as people and scripts meet it: what it prints, and the exit code."""

import json
import os
import socket
import subprocess
import sys

import apsw
import pytest

from tests.chatovyi.terminal import HOUSE, refused


def test_without_a_token_it_says_where_to_get_one_and_changes_nothing(chatovyi, tmp_path):
    refused(chatovyi(), "@BotFather", "CHATOVYI_TELEGRAM_TOKEN", "./run demo")
    assert list(tmp_path.iterdir()) == []


def test_a_malformed_token_is_never_printed(chatovyi):
    result = chatovyi(TELEGRAM_TOKEN="my secret")

    refused(result, "telegram.token", "CHATOVYI_TELEGRAM_TOKEN")
    assert "my secret" not in result.stderr


def test_an_unreachable_telegram_is_said_in_one_sentence_and_changes_nothing(chatovyi, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    result = chatovyi(TELEGRAM_TOKEN="123456:abcdefgh", TELEGRAM_BASE_URL=f"http://127.0.0.1:{port}/bot")

    refused(result, "does not answer", "CHATOVYI_TELEGRAM_BASE_URL")
    assert "abcdefgh" not in result.stderr
    assert list(tmp_path.iterdir()) == []


async def test_a_token_that_telegram_does_not_know_is_said_in_one_sentence(chatovyi, telegram_address, tmp_path):
    import asyncio

    result = await asyncio.to_thread(
        chatovyi, TELEGRAM_TOKEN="100001:another-one", TELEGRAM_BASE_URL=f"{telegram_address}/bot"
    )

    refused(result, "does not know this token")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("setting", "value", "word"),
    [
        ("DATABASE", "mysql://x", "sqlite:///path"),
        ("DATABASE", "postgresql://x/y", "not supported yet"),
        ("TIMEZONE", "Europe/Atlantis", "Europe/Kyiv"),
        ("FETCH_ALLOW_PRIVATE", "localhost", "10.0.0.0/8"),
        ("ROLES", "fetch", "fetch and match together"),
        ("FETCH_EVERY", "soon", "30s"),
        ("CONFIG", "nowhere.toml", "nowhere.toml"),
        ("TELEGRAM_TOKEN_FILE", "nowhere", "nowhere"),
    ],
)
def test_a_wrong_setting_is_named_with_what_it_should_be(chatovyi, setting, value, word):
    refused(chatovyi("source", "list", **{setting: value}), word)


def test_an_unknown_setting_in_a_file_is_named(chatovyi, tmp_path):
    (tmp_path / "chatovyi.toml").write_text("[telegram]\ntokn = 'x'\n", encoding="utf-8")

    refused(chatovyi("source", "list"), "telegram.tokn", "chatovyi.toml")


def test_a_file_that_is_no_database_is_left_as_it_is(chatovyi, tmp_path):
    (tmp_path / "x.db").write_bytes(b"not a database, but long enough to be one" * 400)
    before = (tmp_path / "x.db").read_bytes()

    refused(chatovyi("source", "list", DATABASE="sqlite:///x.db"), "x.db", "not a database")
    assert (tmp_path / "x.db").read_bytes() == before


def test_a_newer_database_refuses_an_older_program(chatovyi, tmp_path):
    assert chatovyi("source", "list", DATABASE="sqlite:///x.db").returncode == 0
    connection = apsw.Connection(str(tmp_path / "x.db"))
    connection.pragma("user_version", 99)
    connection.close()

    refused(chatovyi("source", "list", DATABASE="sqlite:///x.db"), "newer Chatovyi", "99")


def test_a_damaged_database_says_what_to_do(chatovyi, tmp_path):
    assert chatovyi("source", "add", "https://example.com/feed", "--unasked", DATABASE="sqlite:///x.db").returncode == 0
    content = bytearray((tmp_path / "x.db").read_bytes())
    content[4096 : 4096 * 6] = os.urandom(4096 * 5)
    (tmp_path / "x.db").write_bytes(content)

    refused(chatovyi("source", "list", DATABASE="sqlite:///x.db"), "damaged", "backup")


def test_a_source_is_added_once_and_listed(chatovyi):
    first = chatovyi("source", "add", "https://example.com/feed", "--unasked", "--every", "10s", "--name", "Приклад")
    again = chatovyi("source", "add", "example.com/feed", "--unasked")
    listed = chatovyi("source", "list")

    assert first.stdout == "Source 1 added: https://example.com/feed, visited every 10s.\n"
    assert "watched already" in again.stdout
    assert "Приклад  10s    0         –         not visited yet  https://example.com/feed" in listed.stdout


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/feed",
        "http://[::1]/feed",
        "http://169.254.169.254/",
        "ftp://example.com/",
        "feed",
        "http://a:b@example.com/",
    ],
)
def test_an_address_that_must_not_be_visited_is_no_source(chatovyi, url):
    refused(chatovyi("source", "add", url), "cannot be a source")


async def test_a_feed_is_tested_before_it_is_watched(chatovyi, site, site_address, news_world):
    import asyncio

    from chatovyi.clock import system_clock

    article = next(one for one in news_world.articles if one.outlet == "dniprochas")
    site.publish(article, at=system_clock())
    url = site_address + news_world.outlet("dniprochas").feed_path

    result = await asyncio.to_thread(chatovyi, "source", "test", url, FETCH_ALLOW_PRIVATE="127.0.0.0/8")

    assert result.returncode == 0
    assert "1 entry, all with their full text" in result.stdout
    assert article.title in result.stdout


def test_try_shows_what_a_query_catches(chatovyi, tmp_path):
    (tmp_path / "a.txt").write_text("Двох політв\u2019язнів звільнили.\nПро Польщу ні слова.", encoding="utf-8")

    caught = chatovyi("try", "політв'язні", "a.txt")
    missed = chatovyi("try", "Литва", "a.txt")

    assert "[політв\u2019язнів] звільнили." in caught.stdout
    assert "a.txt: matches" in caught.stdout
    assert "a.txt: does not match" in missed.stdout
    refused(chatovyi("try", "політв'язні", "nowhere.txt"), "nowhere.txt")


def test_match_answers_every_text_against_the_queries_before_it(chatovyi):
    lines = [
        {"op": "query", "id": "q1", "query": "політв'язні", "options": {}},
        {
            "op": "text",
            "id": "t1",
            "title": "Політв\u2019язнів звільнили",
            "text": "і ще політв\u02bcязня",
            "lang": None,
        },
        {"op": "query", "id": "q2", "query": "Білорусь", "options": {}},
        {"op": "text", "id": "t2", "title": None, "text": "У Білорусі звільнили", "source": None},
    ]

    result = chatovyi("match", "--jsonl", stdin="\n".join(json.dumps(line) for line in lines))

    first, second = map(json.loads, result.stdout.splitlines())
    assert first == {"id": "t1", "matches": [{"query": "q1", "spans": [[0, 12, "title"], [5, 16, "text"]]}]}
    assert second == {"id": "t2", "matches": [{"query": "q2", "spans": [[2, 10, "text"]]}]}


def test_a_query_given_again_takes_the_place_of_the_one_before(chatovyi):
    lines = [{"op": "query", "id": "q", "query": word} for word in ("Польща", "Чехія", "Литва")]
    lines.append({"op": "text", "id": "t", "title": "Польща, Чехія, Литва", "text": ""})

    result = chatovyi("match", "--jsonl", stdin="\n".join(map(json.dumps, lines)))

    assert json.loads(result.stdout)["matches"] == [{"query": "q", "spans": [[15, 20, "title"]]}]


def test_half_a_letter_in_a_text_breaks_no_filter(chatovyi):
    lines = [
        {"op": "query", "id": "q", "query": "Литва"},
        {"op": "text", "id": "t", "title": "\ud83d Литва \ud83d\ude00", "text": ""},
    ]

    result = chatovyi("match", "--jsonl", stdin="\n".join(map(json.dumps, lines)))

    assert json.loads(result.stdout)["matches"] == [{"query": "q", "spans": [[2, 7, "title"]]}]


def test_stories_decides_for_every_article_at_once(chatovyi, news_world):
    told = [one for one in news_world.articles if one.story == "us-belarus-talks" and one.outlet != "northwire"]
    ukrainian = [one for one in told if one.outlet != "hanak"]
    lines = [
        {
            "id": f"a{number}",
            "time": f"2026-01-01T10:0{number}:00Z",
            "source": one.outlet,
            "lang": "uk",
            "url": f"https://{one.outlet}.example/{one.slug}",
            "title": one.title,
            "text": one.text,
        }
        for number, one in enumerate([*ukrainian, ukrainian[0]])
    ]

    result = chatovyi("stories", "--jsonl", stdin="\n".join(json.dumps(line) for line in lines))

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["decision"] for answer in answers] == ["new", "joined", "joined", "joined", "repeat"]
    assert {answer["story"] for answer in answers} == {answers[0]["story"]}


@pytest.mark.parametrize("command", ["match", "stories"])
@pytest.mark.parametrize("line", ["{", "[]", "[" * 100_000, '{"op": "sing"}', '{"id": 1}', "\udcff"])
def test_a_malformed_line_ends_a_filter_with_its_number(chatovyi, command, line):
    good = (
        '{"op": "text", "id": "t", "title": "x", "text": "y"}'
        if command == "match"
        else ('{"id": "a", "time": "2026-01-01T10:00:00Z", "source": "s", "title": "x", "text": "y"}')
    )
    stdin = (good + "\n" + line).encode("utf-8", "surrogateescape")
    environment = os.environ | {"PYTHONPATH": str(HOUSE)}
    result = subprocess.run(
        [sys.executable, "-P", "-m", "chatovyi", command, "--jsonl"],
        env=environment,
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )

    assert result.returncode == 2
    assert b"line 2" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_concepts_are_put_from_a_file_and_listed(chatovyi, tmp_path):
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "Білорусь"\nterms.be = ["Беларусь"]\n', encoding="utf-8")

    assert chatovyi("concept", "put", "a.toml").stdout == "Білорусь: 1 terms.\n"
    assert chatovyi("concept", "list").stdout == "Білорусь: be 1\n"
    assert "Bialiatski" in chatovyi("concept", "propose", "Алесь", "Бяляцкі").stdout


def test_a_wrong_file_of_concepts_is_named_with_what_to_do(chatovyi, tmp_path):
    (tmp_path / "a.toml").write_text('[[concept]]\nname = "Білорусь"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_bytes(b"\xff")

    refused(chatovyi("concept", "put", "a.toml"), "a.toml", "Білорусь", "at least one term")
    refused(chatovyi("concept", "put", "b.toml"), "b.toml", "UTF-8")
    refused(chatovyi("concept", "put", "nowhere.toml"), "nowhere.toml", "No such file")
    refused(chatovyi("concept", "remove", "Білорусь"), "Білорусь", "chatovyi concept list")
