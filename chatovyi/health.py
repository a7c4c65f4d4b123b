"""How the running program is, for whoever supervises it: `CHATOVYI_HTTP`."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from chatovyi.assemble import House
from chatovyi.report import waiting_packed
from chatovyi.serve import serving
from core.errors import StoreError

PATIENCE = timedelta(seconds=5)
"""A store that does not commit in this time is not ready."""


def health_page(house: House, address: tuple[str, int]) -> AbstractAsyncContextManager[str]:
    """Serves `/livez` (the loop turns) and `/readyz` (the store commits, Telegram answers; what waits) while inside."""

    async def alive(request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def ready(request: Request) -> Response:
        wrong = await wrong_with(house)
        answer: dict[str, Any] = {"ready": not wrong, "wrong": wrong}
        if house.store.trouble is None:
            now = house.clock()
            waiting = await house.store.read(lambda tx: tx.waiting(now=now))
            answer["waiting"] = waiting_packed(waiting, now=now)
        return JSONResponse(answer, status_code=503 if wrong else 200)

    host, port = address
    return serving(Starlette(routes=[Route("/livez", alive), Route("/readyz", ready)]), host=host, port=port)


async def wrong_with(house: House) -> list[str]:
    """Why the running program is not ready, in sentences; empty where it is."""
    return [sentence for sentence in (await _store(house), _telegram(house)) if sentence]


async def _store(house: House) -> str | None:
    if house.store.trouble:
        return house.store.trouble
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await house.store.write(lambda tx: None)
    except TimeoutError:
        return "the store does not commit"
    except StoreError as error:
        return str(error)
    return None


def _telegram(house: House) -> str | None:
    return "Telegram does not answer" if house.unheard else None
