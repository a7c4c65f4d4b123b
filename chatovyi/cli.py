"""The command line."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chatovyi import __version__
from config.settings import Settings, duration, read_settings
from core.errors import ChatovyiError, ConfigError, DamagedError, UserError

if TYPE_CHECKING:
    from core.concept import Concept
    from watchers.scout import Scout

Command = Callable[[argparse.Namespace, Settings], Coroutine[None, None, None]]

WRONG = 2
"""Exit code where a setting, the database, Telegram or the input is wrong: the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code."""
    given = _parser().parse_args(arguments)
    try:
        settings = read_settings(_environment(given), file=given.config)
        asyncio.run(given.act(given, settings))
    except UserError as error:
        return _complain(_query_wrong(error, getattr(given, "query", "")))
    except DamagedError as error:
        from chatovyi.operations import way_back

        return _complain(f"{error} {way_back(settings)}")
    except ChatovyiError as error:
        return _complain(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _complain(sentence: str) -> int:
    from chatovyi.logs import without_secrets

    print(f"chatovyi: {without_secrets(sentence)}", file=sys.stderr)
    return WRONG


def _query_wrong(error: UserError, typed: str) -> str:
    from bot.says import catalogue, plain
    from bot.screens import sorry

    return plain(sorry(error, catalogue("en"), typed=typed).text)


def _environment(given: argparse.Namespace) -> dict[str, str]:
    """The environment; options on the command line win over it."""
    environment = dict(os.environ)
    if getattr(given, "roles", None):
        environment["CHATOVYI_ROLES"] = given.roles
    return environment


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="chatovyi", description="Watches the news and alerts in Telegram.", epilog="Settings: config/default.toml"
    )
    parser.add_argument("--version", action="version", version=f"chatovyi {__version__}")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings, in the form of config/default.toml")
    parser.set_defaults(act=_run, roles=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, act: Command, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(act=act)
        return added

    run = command("run", _run, "watch, match, deliver and talk (the default)")
    run.add_argument("--roles", metavar="ROLES", help="only these: fetch,match,deliver,bot")
    demo = command("demo", _demo, "everything with no token and no internet, in the browser")
    demo.add_argument("--port", type=int, default=0, help="of the chat page; any free one by default")
    trial = command("try", _try, "what a query catches in texts, pages or feeds")
    trial.add_argument("query")
    trial.add_argument("places", nargs="+", metavar="FILE-OR-URL")
    trial.add_argument("--concepts", type=Path, metavar="FILE.toml", help="what its switches may bring in")
    match = command("match", _match, "the matcher as a filter: JSON lines in, JSON lines out")
    match.add_argument("--jsonl", action="store_true", required=True)
    stories = command("stories", _stories, "the story grouping as a filter; editors' corrections")
    stories.add_argument("--jsonl", action="store_true", help="JSON lines in, JSON lines out")
    _add_story_commands(stories)
    _add_source_commands(commands)
    _add_concept_commands(commands)
    _add_list_commands(commands)
    _add_inbox_commands(commands)
    _add_operations(commands)
    return parser


def _add_story_commands(stories: argparse.ArgumentParser) -> None:
    verbs = stories.add_subparsers(title="commands", metavar="COMMAND")
    join = verbs.add_parser("join", help="the stories of two articles are one")
    join.add_argument("url", metavar="URL")
    join.add_argument("other", metavar="URL")
    join.set_defaults(act=_story_verb, verb="join")
    split = verbs.add_parser("split", help="an article tells another event than its story")
    split.add_argument("url", metavar="URL")
    split.set_defaults(act=_story_verb, verb="split", other=None)
    labels = verbs.add_parser("export-labels", help="what editors said of stories, as labelled articles: JSON lines")
    labels.set_defaults(act=_story_verb, verb="labels", url=None, other=None)


def _add_source_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    source = commands.add_parser("source", help="where news comes from")
    verbs = source.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add = verbs.add_parser(
        "add",
        help="watch a feed, a site or a channel",
        description="Watch a feed, a site or a channel.",
        epilog=ADDRESSES,
    )
    what = add.add_mutually_exclusive_group(required=True)
    what.add_argument("url", metavar="ADDRESS", nargs="?")
    what.add_argument("--starter", metavar="NAME", help="all sources of a file in config/sources, such as ukraine")
    add.add_argument("--every", type=_interval, metavar="10s", help="its interval, as 30s, 5m or 2h")
    add.add_argument("--name", help="how the outlet is called in alerts; else as the feed says")
    add.add_argument("--unasked", action="store_true", help="watch the address as it is, without asking what is there")
    _add_selectors(add)
    add.set_defaults(act=_source_add)
    verbs.add_parser("list", help="all sources, and how they are").set_defaults(act=_source_list)
    for name, help in (
        ("show", "one source: its state, its pace, its last visits"),
        ("stop", "visit a source no more; what it gave stays"),
        ("retry", "visit a source now, also one that is visited no more"),
        ("move", "go over to another address"),
    ):
        verb = verbs.add_parser(name, help=help)
        verb.add_argument("url", metavar="URL-OR-NUMBER")
        verb.set_defaults(act=_source_verb, verb=name, to=None)
        if name == "move":
            verb.add_argument("to", nargs="?", metavar="NEW-URL", help="else the one it says it moved to")
    test = verbs.add_parser("test", help="look what an address gives, and watch nothing")
    test.add_argument("url", metavar="ADDRESS")
    _add_selectors(test)
    test.set_defaults(act=_source_test)


def _add_selectors(verb: argparse.ArgumentParser) -> None:
    page = verb.add_argument_group("for a page that lists news, by CSS selectors")
    page.add_argument("--item", metavar="CSS", help="what one item on it is")
    page.add_argument("--title", metavar="CSS", help="its headline within the item; else the text of its link")
    page.add_argument("--link", metavar="CSS", help="its link within the item; else the first one in it")
    page.add_argument("--date", metavar="CSS", help="its date within the item; else a <time>")


def _add_concept_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    concept = commands.add_parser("concept", help="words that mean the same, over languages and spellings")
    verbs = concept.add_subparsers(title="commands", metavar="COMMAND", required=True)
    shown = verbs.add_parser("list", help="all concepts; or one, in the form that put reads")
    shown.add_argument("name", nargs="?")
    shown.set_defaults(act=_concept_list)
    put = verbs.add_parser(
        "put",
        help="store the concepts of a file, in place of those of the same names",
        description="Store the concepts of a file, in place of those of the same names.",
        epilog=CONCEPT_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    put.add_argument("file", type=Path, metavar="FILE.toml")
    put.set_defaults(act=_concept_put)
    remove = verbs.add_parser("remove", help="forget a concept")
    remove.add_argument("name")
    remove.set_defaults(act=_concept_remove)
    proposed = verbs.add_parser("propose", help="spellings of a name in other languages, to be looked through and put")
    proposed.add_argument("name", nargs="+")
    proposed.set_defaults(act=_concept_propose)


def _add_list_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    lists = commands.add_parser("watchlist", help="named sets of queries that people follow as one")
    verbs = lists.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verbs.add_parser("list", help="all of them").set_defaults(act=_list_list)
    for name, help in (
        ("import", "make a list as the file says, a new one where there was none"),
        ("diff", "say what an import would change"),
    ):
        verb = verbs.add_parser(name, help=help, description=f"{help[0].upper()}{help[1:]}.", epilog=LIST_FILE)
        verb.add_argument("file", type=Path, metavar="FILE", help="its ending tells its form: .toml, .csv, .json, .txt")
        verb.add_argument("--list", metavar="ID", help="which list; else as the file says, or by its name")
        verb.set_defaults(act=_list_file, verb=name)
    export = verbs.add_parser("export", help="a list as a file")
    export.add_argument("id", metavar="ID")
    export.add_argument("--format", default="toml", choices=("toml", "csv", "json", "txt"))
    export.set_defaults(act=_list_export)


def _add_inbox_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    inbox = commands.add_parser("inbox", help="messages of people that could not be answered")
    verbs = inbox.add_subparsers(title="commands", metavar="COMMAND", required=True)
    verbs.add_parser("list", help="what was set aside: number, time, what broke").set_defaults(act=_inbox_list)
    retry = verbs.add_parser("retry", help="answer one after all")
    retry.add_argument("update", type=int, metavar="N")
    retry.set_defaults(act=_inbox_retry)


def _add_operations(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help="copy the database, also while the program runs, and verify the copy")
    backup.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a file or a folder; else as set in [backup]"
    )
    backup.set_defaults(act=_backup)
    restore = commands.add_parser("restore", help="put a backup in the place of the database, which is kept aside")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--force", action="store_true", help="do not ask first")
    restore.set_defaults(act=_restore)
    health = commands.add_parser("health", help="how everything is: what waits and how long, troubles, sources, backup")
    health.add_argument("--json", action="store_true", help="for a script")
    health.set_defaults(act=_health)
    check = commands.add_parser("check", help="whether the sources to begin with answer")
    check.add_argument(
        "--sources", nargs="*", required=True, metavar="NAME", help="of these files in config/sources; else of all"
    )
    check.set_defaults(act=_check)
    migrate = commands.add_parser("migrate", help="bring the database up to date, as a start does")
    migrate.add_argument("--check", action="store_true", help="only say what is to be done")
    migrate.set_defaults(act=_migrate)


ADDRESSES = """\
ADDRESS is of a feed (RSS, Atom, JSON Feed), a news sitemap, a public Telegram channel (@name, t.me/name), or of a site,
of which the best feed is found: what its page names, then the usual places, then the sitemaps of its robots.txt.
"""

CONCEPT_FILE = """\
The file, with as many concepts as you like:

  [[concept]]
  name = "Білорусь"
  terms.uk = ["Білорусь"]
  terms.be = ["Беларусь"]
  adjectives.uk = ["білоруський"]
  people.uk = ["білорус", "білоруска"]
  aliases.en = ["Belarus", { text = "Byelorussia", context = ["Minsk", "Lukashenko"] }]

Languages: uk, be, ru, pl, en. terms are the names proper; adjectives and people come with those switches of a query;
aliases are other spellings. A word with a context counts only in an article that has one of those words too.
"""


LIST_FILE = "Lists that come with the program, and one written out as an example: config/watchlists/."


def _interval(text: str) -> timedelta:
    try:
        return duration(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time: write 30s, 5m or 2h") from None


# Each command imports what it needs: `--help` and the filters start at once.


async def _run(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.clock import system_clock
    from chatovyi.run import run

    await run(settings, clock=system_clock)


async def _demo(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.demo.conduct import demo

    await demo(settings, port=given.port)


async def _try(given: argparse.Namespace, settings: Settings) -> None:
    from bot.explain import explained
    from bot.says import catalogue, plain
    from chatovyi.assemble import fetcher
    from chatovyi.clock import system_clock
    from chatovyi.dictionaries import linguist
    from chatovyi.trial import tried
    from core.query import parse

    known = linguist() if given.concepts is None else linguist().knowing(_concepts_in(given.concepts)[1])
    meaning = known.meaning(parse(given.query))
    print("looking for " + plain(explained(meaning, catalogue("en"))))
    async with fetcher(settings, system_clock) as door:
        colour = sys.stdout.isatty()
        async for line in tried(given.places, meaning, known, fetcher=door, zone=settings.timezone, colour=colour):
            print(line, flush=True)


async def _match(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.dictionaries import linguist
    from chatovyi.filters import match_lines

    for line in match_lines(_standard_input(), linguist()):
        print(json.dumps(line, ensure_ascii=False), flush=True)


async def _stories(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.dictionaries import linguist
    from chatovyi.filters import story_lines

    if not given.jsonl:
        raise ConfigError("Say what to do: chatovyi stories --jsonl | join | split | export-labels (see --help).")
    async for line in story_lines(_standard_input(), linguist()):
        print(json.dumps(line, ensure_ascii=False), flush=True)


def _standard_input() -> Iterator[str]:
    """Standard input by lines, as UTF-8 whatever the terminal's language."""
    for number, line in enumerate(sys.stdin.buffer, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise ConfigError(f"line {number} is not UTF-8") from error


async def _source_add(given: argparse.Namespace, settings: Settings) -> None:
    if given.starter:
        await _administer(settings, {"command": "source starter", "name": given.starter})
        return
    every = None if given.every is None else str(given.every // timedelta(milliseconds=1))
    request = {"command": "source add", "url": given.url, "every": every, "name": given.name} | _selectors(given)
    await _administer(settings, request | {"unasked": "yes" if given.unasked else None}, looks=not given.unasked)


def _selectors(given: argparse.Namespace) -> "dict[str, str | None]":
    if given.item is None and (given.title or given.link or given.date):
        raise ConfigError("--title, --link and --date say where things stand within an item: name it by --item CSS.")
    return {"item": given.item, "title": given.title, "link": given.link, "date": given.date}


async def _check(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.clock import system_clock
    from chatovyi.starting import checked

    async with _scout(settings) as scout:
        async for line in checked(given.sources, scout, clock=system_clock):
            print(line, flush=True)


async def _story_verb(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": f"story {given.verb}", "url": given.url, "other": given.other})


async def _source_list(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "source list"})


async def _source_verb(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": f"source {given.verb}", "url": given.url, "to": given.to})


async def _concept_list(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "concept list", "name": given.name})


async def _concept_put(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.control import LONGEST_REQUEST

    text, _ = _concepts_in(given.file)
    request: dict[str, str | None] = {"command": "concept put", "toml": text, "file": str(given.file)}
    if len(json.dumps(request, ensure_ascii=False).encode()) >= LONGEST_REQUEST:
        raise ConfigError(f"{given.file} is larger than {LONGEST_REQUEST >> 20} MiB: put it in parts.")
    await _administer(settings, request)


def _concepts_in(file: Path) -> "tuple[str, list[Concept]]":
    """The text of a file, and its concepts."""
    from bot.admin.concept_files import read_concepts

    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"{file} is not UTF-8.") from error
    return text, read_concepts(text, file=str(file))


async def _concept_remove(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "concept remove", "name": given.name})


async def _concept_propose(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "concept propose", "name": " ".join(given.name)})


async def _list_list(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "watchlist list"})


async def _list_export(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "watchlist export", "slug": given.id, "form": given.format})


async def _list_file(given: argparse.Namespace, settings: Settings) -> None:
    from bot.admin.list_files import read_list, text_of

    try:
        text = text_of(given.file.read_bytes())
    except OSError as error:
        raise ConfigError(f"{given.file} cannot be read: {error.strerror}.") from error
    name = given.file.name
    read_list(text, name=name)  # what is wrong with it is better said before anybody is asked
    await _administer(settings, {"command": f"watchlist {given.verb}", "text": text, "file": name, "slug": given.list})


async def _inbox_list(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "inbox list"})


async def _inbox_retry(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "inbox retry", "update": str(given.update)})


async def _health(given: argparse.Namespace, settings: Settings) -> None:
    await _administer(settings, {"command": "health", "json": "yes" if given.json else None})


async def _administer(settings: Settings, request: "dict[str, str | None]", *, looks: bool = False) -> None:
    """Through the running process where there is one; else over the database itself, with the web where it `looks`."""
    from contextlib import AsyncExitStack

    from chatovyi.admin import Admin
    from chatovyi.clock import system_clock
    from chatovyi.control import ask
    from store.sqlite import in_use, sqlite_store

    if in_use(settings.database):
        print(await ask(settings.database, request))
        return
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(sqlite_store(settings.database))
        scout = await stack.enter_async_context(_scout(settings)) if looks else None
        print(await Admin(store=store, settings=settings, clock=system_clock, scout=scout).do(request))


@asynccontextmanager
async def _scout(settings: Settings) -> "AsyncIterator[Scout]":
    """For a command that looks at places in the web by itself."""
    from chatovyi.assemble import fetcher
    from chatovyi.clock import system_clock
    from watchers.scout import Scout

    async with fetcher(settings, system_clock) as door:
        yield Scout(door, clock=system_clock, zone=settings.timezone)


async def _backup(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.clock import system_clock
    from chatovyi.operations import backed_up

    print(await backed_up(settings, given.path, clock=system_clock))


async def _restore(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.clock import system_clock
    from chatovyi.operations import restored

    print(await restored(settings, given.file, force=given.force, clock=system_clock))


async def _migrate(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.operations import migrated

    print(await migrated(settings, only_look=given.check))


async def _source_test(given: argparse.Namespace, settings: Settings) -> None:
    from chatovyi.clock import system_clock
    from chatovyi.findings import listing_of, look_at
    from core.address import as_address

    listing, zone = listing_of(_selectors(given)), settings.timezone
    async with _scout(settings) as scout:
        url, said = await look_at(as_address(given.url), scout, zone=zone, now=system_clock(), listing=listing)
    print(f"{url}\n{said}")
