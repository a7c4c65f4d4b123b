"""The Bot API over HTTP: /bot<token>/<method>, with the answers and the failures of the real one."""

import secrets

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from chatovyi.demo.faults import Fault
from chatovyi.demo.methods import METHODS
from chatovyi.demo.model import Call, Json, Refused
from chatovyi.demo.params import Params, read_params
from chatovyi.demo.telegram import StandIn
from chatovyi.serve import drop_connection

_METHODS = {name.lower(): name for name in METHODS}
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def bot_api(world: StandIn) -> Starlette:
    """The Bot API alone; python-telegram-bot finds it by base_url=f"{address}/bot"."""
    return Starlette(routes=routes(world))


def routes(world: StandIn) -> list[BaseRoute]:
    async def answer(request: Request) -> Response:
        try:
            name = _known_method(world, request)
            return await _answered(world, name, await read_params(request))
        except Refused as refusal:
            return _refused(refusal)

    async def file(request: Request) -> Response:
        kept = world.files.get(request.path_params["file"])
        return Response(kept.body) if kept else Response(status_code=404)

    return [
        Route("/bot{token}/{method}", answer, methods=["GET", "POST"]),
        Route("/file/bot{token}/documents/{file}", file),
    ]


def _known_method(world: StandIn, request: Request) -> str:
    token = request.path_params["token"]
    if not secrets.compare_digest(token.encode(), world.token.encode()):
        raise Refused(401, "Unauthorized")
    name = _METHODS.get(request.path_params["method"].lower())
    if name is None:
        raise Refused(404, "Not Found: method not found")
    return name


async def _answered(world: StandIn, name: str, params: Params) -> Response:
    world.calls.append(Call(method=name, params=params, at=world.clock()))
    world.touch()
    fault = world.faults.take(name)
    if fault is not None:
        return await _failed(world, name, params, fault)
    return await _carried_out(world, name, params)


async def _carried_out(world: StandIn, name: str, params: Params) -> Response:
    try:
        return JSONResponse({"ok": True, "result": await METHODS[name](world, params)})
    except Refused as refusal:
        return _refused(refusal)


async def _failed(world: StandIn, name: str, params: Params, fault: Fault) -> Response:
    match fault.kind:
        case "http_429":
            words = f"Too Many Requests: retry after {fault.retry_after}"
            return _refused(Refused(429, words, retry_after=fault.retry_after))
        case "http_500":
            return _refused(Refused(500, "Internal Server Error"))
        case "http_502":
            return HTMLResponse(_BAD_GATEWAY, status_code=502)
        case "error":
            return _refused(Refused(fault.code, fault.description))
        case "reset_before":
            return _NoAnswer()
        case "hold_before":
            await fault.released.wait()
            return await _carried_out(world, name, params)
        case "http_500_after" | "http_502_after" | "lost_response" | "hold_after" | "bad_json":
            return await _failed_after(await _carried_out(world, name, params), fault)


async def _failed_after(answer: Response, fault: Fault) -> Response:
    match fault.kind:
        case "hold_after":
            await fault.released.wait()
            return answer
        case "lost_response":
            return _NoAnswer()
        case "http_502_after":
            return HTMLResponse(_BAD_GATEWAY, status_code=502)
        case "bad_json":
            whole = bytes(answer.body)
            return Response(whole[: len(whole) // 2], answer.status_code, media_type="application/json")
        case _:
            return _refused(Refused(500, "Internal Server Error"))


class _NoAnswer(Response):
    """The connection is closed without a byte of answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await drop_connection(scope, receive)


def _refused(refusal: Refused) -> Response:
    answer: Json = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.retry_after is None:
        return JSONResponse(answer, status_code=refusal.code)
    answer["parameters"] = {"retry_after": refusal.retry_after}
    headers = {"retry-after": str(refusal.retry_after)}
    return JSONResponse(answer, status_code=refusal.code, headers=headers)
