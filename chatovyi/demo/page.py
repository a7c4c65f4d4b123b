"""The chat page: one person's chat with the bot in the browser, live."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import asdict
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from chatovyi.demo.model import Json, Message, MessageId, User
from chatovyi.demo.profile import command_json
from chatovyi.demo.telegram import StandIn
from chatovyi.demo.wire import entity_json

Endpoint = Callable[[Request], Awaitable[Response]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
LANGUAGES = frozenset({"uk", "en"})

_FOLDER = Path(__file__).parent / "page"
_STATIC = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "bubble.js": "text/javascript",
    "words.js": "text/javascript",
}
_LONGEST_TEXT = 4096
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def routes(world: StandIn, person: User, *, hosts: Collection[str] = LOOPBACK) -> list[BaseRoute]:
    """The page and what it calls; `hosts` are the names by which the page may be reached."""

    async def index(request: Request) -> Response:
        language = request.query_params.get("lang")
        if language in LANGUAGES:
            world.set_language(world.user(person.id), language)
        return _file("index.html", "text/html")

    async def static(request: Request) -> Response:
        name = request.path_params["name"]
        return _file(name, _STATIC[name]) if name in _STATIC else Response(status_code=404)

    async def send(request: Request) -> Response:
        return _sent(world, world.user(person.id), await _body(request))

    async def press(request: Request) -> Response:
        return _pressed(world, world.user(person.id), await _body(request))

    async def events(request: Request) -> Response:
        return StreamingResponse(_events(world, person), headers=_HEADERS, media_type="text/event-stream")

    return [
        Route("/", _same_origin(index, hosts)),
        Route("/static/{name}", _same_origin(static, hosts)),
        Route("/chat/send", _same_origin(send, hosts), methods=["POST"]),
        Route("/chat/press", _same_origin(press, hosts), methods=["POST"]),
        Route("/chat/events", _same_origin(events, hosts)),
    ]


def _same_origin(endpoint: Endpoint, hosts: Collection[str]) -> Endpoint:
    """Other sites, and names that merely lead here, get 403."""

    async def guarded(request: Request) -> Response:
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        name = host if host.endswith("]") else host.rpartition(":")[0] or host
        own = origin == f"http://{host}" or (origin is None and request.method in ("GET", "HEAD"))
        if name not in hosts or not own:
            return Response("This page talks only to itself.", status_code=403)
        return await endpoint(request)

    return guarded


def _file(name: str, kind: str) -> Response:
    return Response((_FOLDER / name).read_bytes(), media_type=kind, headers=_HEADERS)


async def _body(request: Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _sent(world: StandIn, user: User, body: Json) -> Response:
    match body.get("text"):
        case str(text) if 0 < len(text.strip()) <= _LONGEST_TEXT:
            return JSONResponse({"message_id": world.send_text(user, text.strip()).id})
        case _:
            return Response(status_code=400)


def _pressed(world: StandIn, user: User, body: Json) -> Response:
    match body:
        case {"message_id": int(number), "data": str(data)}:
            message = world.message(user.id, MessageId(number))
        case _:
            return Response(status_code=400)
    try:
        if message is None:
            raise LookupError(f"message {number} is gone")
        return JSONResponse({"callback": world.press(user, message, data).id})
    except LookupError as gone:
        return JSONResponse({"gone": str(gone)}, status_code=409)


async def _events(world: StandIn, person: User) -> AsyncIterator[str]:
    """The whole chat first, then what has changed; a page that comes back starts over."""
    watcher = _Watcher(world, person)
    yield "retry: 500\n\n"
    yield _event({"fresh": True, **watcher.news()})
    while True:
        seen = world.revision
        news = watcher.news()
        if news:
            yield _event(news)
        await world.changed(seen)


def _event(news: Json) -> str:
    return f"data: {json.dumps(news, ensure_ascii=False)}\n\n"


class _Watcher:
    """What one open page has been shown so far."""

    def __init__(self, world: StandIn, person: User) -> None:
        self._world = world
        self._person = person
        self._facts: Json = {}
        self._messages: dict[MessageId, Message] = {}
        self._answered = {it.id for it in world.callbacks.values() if it.answer}

    def news(self) -> Json:
        """What is new since the last look; empty where nothing is."""
        facts = self._new_facts()
        lists = {"messages": self._new_messages(), "gone": self._gone(), "answers": self._new_answers()}
        return facts | {name: items for name, items in lists.items() if items}

    def _new_facts(self) -> Json:
        now = _facts(self._world, self._world.user(self._person.id))
        changed = {name: fact for name, fact in now.items() if self._facts.get(name) != fact}
        self._facts = now
        return changed

    def _new_messages(self) -> list[Json]:
        shown = self._world.messages(self._person)
        changed = [it for it in shown if self._messages.get(it.id) is not it]
        self._messages |= {message.id: message for message in changed}
        return [_message_json(message, self._messages) for message in changed]

    def _gone(self) -> list[MessageId]:
        shown = {message.id for message in self._world.messages(self._person)}
        gone = [number for number in self._messages if number not in shown]
        for number in gone:
            del self._messages[number]
        return gone

    def _new_answers(self) -> list[Json]:
        answers: list[Json] = []
        for callback in self._world.callbacks.values():
            mine = callback.user.id == self._person.id and callback.id not in self._answered
            if mine and callback.answer:
                self._answered.add(callback.id)
                words = {"text": callback.answer.text, "alert": callback.answer.show_alert}
                answers.append({"callback": callback.id, **words})
        return answers


def _facts(world: StandIn, user: User) -> Json:
    language = user.language_code[:2]
    return {
        "note": world.note,
        "language": language if language in LANGUAGES else "en",
        "name": world.profile.text("name", language),
        "description": world.profile.text("description", language),
        "commands": [command_json(command) for command in world.profile.menu(user)],
        "typing": world.typing.get(user.id, 0),
    }


def _message_json(message: Message, known: dict[MessageId, Message]) -> Json:
    original = known.get(message.reply_to) if message.reply_to else None
    return {
        "id": message.id,
        "outgoing": message.outgoing,
        "text": message.text,
        "entities": [entity_json(entity) for entity in message.entities],
        "keyboard": [[asdict(button) for button in row] for row in message.keyboard],
        "sent_at": message.sent_at.isoformat(),
        "edited_at": message.edited_at.isoformat() if message.edited_at else None,
        "silent": message.silent,
        "reply_to": {"id": original.id, "text": original.text[:200]} if original else None,
    }
