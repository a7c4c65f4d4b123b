"""Writes down a small database of the schema at hand, to be run once before each release:

    PYTHONPATH=.:tests/store python tests/store/released/make.py

What is written is never edited: it is what the databases of that release look like.
"""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import apsw
import newsroom
from newsroom import (
    BOT,
    NOON,
    OKSANA,
    PETRO,
    HandClock,
    Verbs,
    article,
    chat,
    claim,
    follows,
    match,
    opened,
    publish,
    say,
    settle,
)

from core.model import MessageId, QueryId
from core.outbox import Sent
from core.ports import Tx
from store.sqlite import sqlite_store

SHADOWS = ("article_index_data", "article_index_idx", "article_index_docsize", "article_index_config")
"""Where FTS5 keeps an index: it comes with the virtual table, and what it holds can be written as rows."""


async def live(path: Path) -> None:
    """A person follows a word, hears of a story that grows, and is answered; another is offered one."""
    async with sqlite_store(path) as store:
        db, clock = Verbs(store), HandClock()
        query = await follows(db, OKSANA, "мінськ")
        await db.meet(PETRO, language="uk", now=NOON)
        await db.offer(PETRO, query, now=NOON)
        await db.hear(BOT, [(7, PETRO.chat, '{"update_id": 7}')], now=NOON)
        found = (match(query, (0, 6)),)
        feed = await opened(db, "https://a.test/feed", name="А", outlet="a.test")
        other = await opened(db, "https://b.test/feed", name="Б", outlet="b.test")
        await publish(db, feed, article("a.test/1", "Мінськ відпустив людей додому", matches=found))
        await settle(db, clock, (await claim(db, clock))[0], Sent(MessageId(11)))
        await publish(db, other, article("b.test/1", "Мінськ відпустив людей додому", matches=found))
        await db.say(PETRO, '{"text": "чекає"}', edits=None, now=NOON)
        await concepts(db)
        await shut(db, clock)
        await later(db, clock, query)
        await newest(db)


async def newest(db: Verbs) -> None:
    """What later schemas brought: a site that somebody asked for (the twelfth), an editor's word (the thirteenth)."""
    if hasattr(Tx, "suggest_site"):
        await db.suggest_site(PETRO, "c.test", most=1, now=NOON)
    if hasattr(Tx, "split_corrected"):
        for outlet in ("c.test", "d.test"):  # nobody follows them
            by = await opened(db, f"https://{outlet}/feed", outlet=outlet)
            await publish(db, by, article(f"{outlet}/1", "Врожай зернових зібрали вчасно"))
        await db.split_corrected(4, by=None, now=NOON)
    if hasattr(Tx, "count_paragraphs"):
        await db.count_paragraphs(1, [7], now=NOON)
    if hasattr(Tx, "put_ailment"):
        await ailing(db)


async def ailing(db: Verbs) -> None:
    """An editor is told that a source is not well (the nineteenth schema)."""
    from core.ailment import Ailment

    await db.put_ailment(Ailment(source=1, condition="blocked", detail="HTTP 403", began=NOON, told="begun"))
    await db.add_ailment_note(1, OKSANA, 1)


async def concepts(db: Verbs) -> None:
    try:
        from core.concept import Concept, Member
    except ImportError:
        return  # the first schema has none
    znak = Member(text="Знак", language="uk", kind="alias", context=("адвокат",))
    await db.put_concept(Concept(name="Знак", members=(Member(text="Максим Знак", language="uk"), znak)))


async def shut(db: Verbs, clock: HandClock) -> None:
    """A topic was closed before its answer arrived."""
    try:
        from core.outbox import Shut
    except ImportError:
        return  # nobody kept topics apart before the fourth schema
    await db.meet(chat(-100, thread=5), language="uk", now=NOON)
    await say(db, chat(-100, thread=5), "тема")
    topic = next(due for due in await claim(db, clock) if due.target.thread)
    await settle(db, clock, topic, Shut("TOPIC_CLOSED", topic=True))


async def later(db: Verbs, clock: HandClock, query: QueryId) -> None:
    """A query is shared (the sixth schema), a visit is kept (the seventh), and so is a trouble (the eighth)."""
    if hasattr(Tx, "share"):
        await db.share(OKSANA, query, "a-word")
    if hasattr(Tx, "spread_due"):
        now = clock.move(minutes=5)
        by = (await db.claim_sources(now=now, until=now + timedelta(minutes=1), limit=1))[0]
        after = newsroom.sequel(by, due_at=now + timedelta(hours=1))
        await db.settle_visit(by, after, newsroom.record(at=now, new=1), now=now)
    if hasattr(Tx, "put_trouble"):
        from core.trouble import Trouble

        await db.put_trouble(Trouble(kind="network", began=NOON, worth_telling_at=NOON))
    if hasattr(Tx, "revise_article"):
        await retitled(db)
    if hasattr(Tx, "put_role"):
        from core.role import install_owners, invite

        await db.do(install_owners, [OKSANA], now=NOON)
        await db.do(invite, OKSANA, "editor", "a-word-too", now=NOON)
    if hasattr(Tx, "watch_lists"):
        await listed(db)


async def listed(db: Verbs) -> None:
    """A list is followed, but for one line (the fourteenth schema)."""
    from core import watchlist
    from core.watchlist import Line

    one = await db.do(watchlist.create, "Білорусь", token="its-word", by=OKSANA, now=NOON)
    await db.do(watchlist.replace_lines, one, [Line(text="мінськ", label="Мінськ")], by=OKSANA, now=NOON)
    await db.do(watchlist.follow, OKSANA, one, now=NOON)
    await db.do(watchlist.turn, OKSANA, one, (await db.lines(one.id))[0].query)


async def retitled(db: Verbs) -> None:
    """A source has another headline for an article, and then the first one again (the ninth schema)."""
    for title in ("Мінськ відпустив людей", "Мінськ відпустив людей додому"):
        await db.revise_article(1, article("a.test/1", title), now=NOON)


def dump(connection: apsw.Connection) -> str:
    """The schema as it stands, then the rows of every table."""
    kept = "name NOT LIKE 'sqlite_%' AND name NOT LIKE 'article_index_%'"
    schema = connection.execute(f"SELECT name, type, sql FROM sqlite_schema WHERE {kept} ORDER BY rowid").fetchall()
    lines = [f"{sql};" for _, _, sql in schema]
    tables = [name for name, kind, _ in schema if kind == "table" and name != "article_index"]
    for table in (*tables, "sqlite_sequence", *SHADOWS):
        lines.append(f"DELETE FROM {table};")
        for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2"):
            lines.append(f"INSERT INTO {table} VALUES ({', '.join(map(apsw.format_sql_value, row))});")
    for name in ("application_id", "user_version"):
        lines.append(f"PRAGMA {name} = {connection.pragma(name)};")
    return "\n".join(lines) + "\n"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "news.db"
        asyncio.run(live(path))
        connection = apsw.Connection(str(path))
        file = Path(__file__).with_name(f"{connection.pragma('user_version'):04}.sql")
        file.write_text(dump(connection), encoding="utf-8")
        connection.close()
    print(file.name)


if __name__ == "__main__":
    main()
