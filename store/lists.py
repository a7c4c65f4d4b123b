"""Watch lists, their lines, and who follows them."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime

from core.match.port import Span
from core.model import ArticleId, BotId, ChatId, QueryId, StoryId, Target
from core.timing import Manner
from core.watchlist import Following, KeptLine, Line, LineId, LineState, ListId, WatchList
from store.people import Chats
from store.sql import Row, listed, ms, spans_to

_LIST = "id, slug, name, about, icon, public, rhythm, at_minute, weekday, urgent, removed, token"
_LINE = "n.id, n.query_id, q.text, n.label, n.urgent, n.note, n.state"
_TOPIC = "bot_id = :bot AND chat_id = :chat AND thread_id = :thread"


class Lists(Chats):
    """Sets of queries under one name."""

    def watch_lists(self) -> list[WatchList]:
        return [_list(row) for row in self._rows(f"SELECT {_LIST} FROM watch_list WHERE removed = 0 ORDER BY name, id")]

    def watch_list(self, number: ListId) -> WatchList | None:
        return self._list("id = :value", number)

    def list_by_slug(self, slug: str) -> WatchList | None:
        return self._list("slug = :value", slug)

    def list_by_token(self, token: str) -> WatchList | None:
        return self._list("token = :value", token)

    def _list(self, which: str, value: int | str) -> WatchList | None:
        row = self._row(f"SELECT {_LIST} FROM watch_list WHERE {which}", value=value)
        return _list(row) if row else None

    def add_list(self, slug: str, name: str, *, token: str) -> ListId:
        row = self._row(
            "INSERT INTO watch_list (slug, name, token) VALUES (:slug, :name, :token) RETURNING id",
            slug=slug,
            name=name,
            token=token,
        )
        assert row is not None
        return ListId(row[0])

    def put_list(self, one: WatchList) -> None:
        self._run(
            """UPDATE watch_list SET name = :name, about = :about, icon = :icon, public = :public, removed = :removed,
                 rhythm = :rhythm, at_minute = :at, weekday = :weekday, urgent = :urgent
               WHERE id = :id""",
            id=one.id,
            name=one.name,
            about=one.about,
            icon=one.icon,
            public=int(one.public),
            removed=int(one.removed),
            rhythm=one.manner.rhythm,
            at=one.manner.at,
            weekday=one.manner.weekday,
            urgent=int(one.manner.urgent),
        )

    def lines(self, number: ListId) -> list[KeptLine]:
        rows = self._rows(
            f"SELECT {_LINE} FROM list_line n JOIN query q ON q.id = n.query_id WHERE n.list_id = :list ORDER BY n.id",
            list=number,
        )
        return [_line(row) for row in rows]

    def line(self, number: LineId) -> tuple[ListId, KeptLine] | None:
        row = self._row(
            f"SELECT {_LINE}, n.list_id FROM list_line n JOIN query q ON q.id = n.query_id WHERE n.id = :id", id=number
        )
        return (ListId(row[7]), _line(row[:7])) if row else None

    def add_lines(self, number: ListId, lines: Sequence[Line], state: LineState) -> None:
        for line in lines:
            self._run(
                """INSERT INTO list_line (list_id, query_id, label, note, urgent, state)
                   VALUES (:list, :query, :label, :note, :urgent, :state)
                   ON CONFLICT (list_id, query_id) DO NOTHING""",
                list=number,
                query=self.intern_query(line.text),
                label=line.label,
                note=line.note,
                urgent=int(line.urgent),
                state=state,
            )

    def put_line(self, number: LineId, line: Line, state: LineState) -> None:
        self._run(
            "UPDATE list_line SET label = :label, note = :note, urgent = :urgent, state = :state WHERE id = :id",
            id=number,
            label=line.label,
            note=line.note,
            urgent=int(line.urgent),
            state=state,
        )

    def remove_lines(self, number: ListId, queries: Collection[QueryId]) -> None:
        self._run(
            """DELETE FROM list_line WHERE list_id = :list
                 AND query_id IN (SELECT value FROM json_each(:queries))""",
            list=number,
            queries=listed(queries),
        )

    def queries_changed(self, queries: Collection[QueryId]) -> None:
        if not queries:
            return
        row = self._row("UPDATE counter SET value = value + 1 WHERE name = 'generation' RETURNING value")
        assert row is not None
        self._run(
            "UPDATE query SET changed = :generation WHERE id IN (SELECT value FROM json_each(:queries))",
            generation=row[0],
            queries=listed(queries),
        )

    def stories_found(self, queries: Collection[QueryId], *, since: datetime) -> frozenset[StoryId]:
        rows = self._rows(
            """SELECT DISTINCT a.story_id FROM article_match m JOIN article a ON a.id = m.article_id
               WHERE m.query_id IN (SELECT value FROM json_each(:queries)) AND a.seen >= :since""",
            queries=listed(queries),
            since=ms(since),
        )
        return frozenset(StoryId(row[0]) for row in rows)

    def keep_found(self, query: QueryId, article: ArticleId, spans: Sequence[Span]) -> None:
        self._run(
            """INSERT INTO article_match (article_id, query_id, spans)
               SELECT id, :query, :spans FROM article WHERE id = :article
               ON CONFLICT (article_id, query_id) DO NOTHING""",
            query=query,
            article=article,
            spans=spans_to(spans),
        )

    def following(self, target: Target, number: ListId) -> Following | None:
        row = self._row(
            f"""SELECT id, paused, rhythm, at_minute, weekday, urgent, interest,
                       (SELECT json_group_array(query_id) FROM left_out WHERE follower_id = list_follower.id)
                FROM list_follower WHERE {_TOPIC} AND list_id = :list""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            list=number,
        )
        if row is None:
            return None
        follower, paused, rhythm, minute, weekday, urgent, interest, out = row
        return Following(
            id=follower,
            list=number,
            manner=Manner(rhythm=rhythm, at=minute, weekday=weekday, urgent=bool(urgent), interest=interest),
            paused=bool(paused),
            left_out=frozenset(map(QueryId, json.loads(out))),
        )

    def followed_lists(self, target: Target) -> list[ListId]:
        rows = self._rows(
            f"SELECT list_id FROM list_follower WHERE {_TOPIC} ORDER BY id",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
        )
        return [ListId(row[0]) for row in rows]

    def follow_list(self, target: Target, number: ListId, manner: Manner, *, now: datetime) -> None:
        self._run(
            """INSERT INTO list_follower
                 (bot_id, chat_id, thread_id, list_id, rhythm, at_minute, weekday, urgent, since)
               VALUES (:bot, :chat, :thread, :list, :rhythm, :at, :weekday, :urgent, :now)
               ON CONFLICT (bot_id, chat_id, thread_id, list_id) DO NOTHING""",
            bot=target.bot,
            chat=target.chat,
            thread=target.thread,
            list=number,
            rhythm=manner.rhythm,
            at=manner.at,
            weekday=manner.weekday,
            urgent=int(manner.urgent),
            now=ms(now),
        )

    def leave_list(self, following: int) -> None:
        self._run("DELETE FROM left_out WHERE follower_id = :id", id=following)
        self._run("DELETE FROM list_follower WHERE id = :id", id=following)

    def put_following(self, following: int, *, manner: Manner, paused: bool) -> None:
        self._run(
            """UPDATE list_follower SET paused = :paused, rhythm = :rhythm, at_minute = :at, weekday = :weekday,
                 urgent = :urgent, interest = :interest WHERE id = :id""",
            id=following,
            paused=int(paused),
            rhythm=manner.rhythm,
            at=manner.at,
            weekday=manner.weekday,
            urgent=int(manner.urgent),
            interest=manner.interest,
        )

    def leave_out(self, following: int, query: QueryId, *, out: bool) -> None:
        self._run(
            "INSERT INTO left_out (follower_id, query_id) VALUES (:id, :query) ON CONFLICT DO NOTHING"
            if out
            else "DELETE FROM left_out WHERE follower_id = :id AND query_id = :query",
            id=following,
            query=query,
        )

    def followers(self, number: ListId) -> list[Target]:
        rows = self._rows(
            "SELECT bot_id, chat_id, thread_id FROM list_follower WHERE list_id = :list ORDER BY id", list=number
        )
        return [Target(bot=BotId(bot), chat=ChatId(chat), thread=thread) for bot, chat, thread in rows]


def _list(row: Row) -> WatchList:
    number, slug, name, about, icon, public, rhythm, minute, weekday, urgent, removed, token = row
    return WatchList(
        id=ListId(number),
        slug=slug,
        name=name,
        about=about,
        icon=icon,
        public=bool(public),
        manner=Manner(rhythm=rhythm, at=minute, weekday=weekday, urgent=bool(urgent)),
        removed=bool(removed),
        token=token,
    )


def _line(row: Row) -> KeptLine:
    number, query, text, label, urgent, note, state = row
    line = Line(text=text, label=label, urgent=bool(urgent), note=note)
    return KeptLine(id=LineId(number), query=QueryId(query), line=line, state=state)
