"""The news site of the demo: feeds and pages of invented outlets, where an article appears once published."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from chatovyi.demo.feeds import atom, rss
from chatovyi.demo.pages import article_page, front_page, headlines_page, missing_page
from chatovyi.demo.published import Published
from seeds import Outlet, SeedArticle, World

Clock = Callable[[], datetime]
Handler = Callable[[Request], Awaitable[Response]]

FEED_LENGTH = 30


class NewsSite:
    """All outlets of a world behind one address; nothing is visible until `publish`.

    Feeds and pages stand at the paths that the outlets name, `/` lists everything published. Addresses
    inside them begin with whatever address the request was sent to.
    """

    def __init__(self, world: World, *, clock: Clock) -> None:
        self._world = world
        self._clock = clock
        self._opened = clock()
        self._published: dict[str, Published] = {}
        self.app = Starlette(routes=self._routes())

    @property
    def published(self) -> list[Published]:
        """What is visible, oldest first."""
        return sorted(self._published.values(), key=lambda each: each.at)

    def publish(self, article: SeedArticle, *, at: datetime) -> None:
        """Make the article visible as of `at`; the same outlet and slug again replaces what was there."""
        if at.tzinfo is None:
            raise ValueError(f"{article.slug}: the time of publishing has no time zone")
        outlet = next((each for each in self._world.outlets if each.key == article.outlet), None)
        if outlet is None:
            raise ValueError(f"{article.slug}: there is no outlet {article.outlet!r}")
        self._published[outlet.path_of(article.slug)] = Published(article=article, at=at)

    def _routes(self) -> list[Route]:
        routes = [Route("/", self._front_page)]
        for outlet in self._world.outlets:
            routes.append(Route(outlet.feed_path, self._feed_of(outlet)))
            routes.append(Route(f"/{outlet.key}/", self._headlines_of(outlet)))
            routes.append(Route(outlet.article_path, self._article_of(outlet)))
        return routes

    def _of(self, outlet: Outlet) -> list[Published]:
        """What the outlet has published, newest first."""
        return [each for each in reversed(self.published) if each.article.outlet == outlet.key]

    def _changed(self, published: Iterable[Published]) -> datetime:
        return max((each.at for each in published), default=self._opened)

    async def _front_page(self, request: Request) -> Response:
        page = front_page(self._world, self.published[::-1], _base(request), self._clock())
        return _answer(request, page.encode(), media_type="text/html", changed=self._changed(self.published))

    def _feed_of(self, outlet: Outlet) -> Handler:
        write = {"rss": rss, "atom": atom}[outlet.feed]

        async def feed(request: Request) -> Response:
            newest = self._of(outlet)[:FEED_LENGTH]
            changed = self._changed(newest)
            body = write(self._world, outlet, newest, _base(request), changed)
            return _answer(request, body, media_type=f"application/{outlet.feed}+xml", changed=changed)

        return feed

    def _headlines_of(self, outlet: Outlet) -> Handler:
        async def headlines(request: Request) -> Response:
            newest = self._of(outlet)
            page = headlines_page(outlet, newest, _base(request))
            return _answer(request, page.encode(), media_type="text/html", changed=self._changed(newest))

        return headlines

    def _article_of(self, outlet: Outlet) -> Handler:
        async def article(request: Request) -> Response:
            asked = self._published.get(request.url.path)
            if asked is None:
                return Response(missing_page(outlet), status_code=404, media_type="text/html")
            newest = self._of(outlet)
            page = article_page(self._world, outlet, asked, newest, _base(request))
            return _answer(request, page.encode(), media_type="text/html", changed=self._changed(newest))

        return article


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _answer(request: Request, body: bytes, *, media_type: str, changed: datetime) -> Response:
    changed = changed.astimezone(UTC).replace(microsecond=0)
    etag = f'"{sha256(body).hexdigest()[:24]}"'
    headers = {
        "ETag": etag,
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Cache-Control": "no-cache",
    }
    if _has_it_already(request.headers, etag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers | {"Content-Type": f"{media_type}; charset=utf-8"})


def _has_it_already(headers: Mapping[str, str], etag: str, changed: datetime) -> bool:
    """If-None-Match decides alone where it is given, as RFC 9110 has it; a date knows only whole seconds."""
    known = headers.get("if-none-match")
    if known is not None:
        return any(each.strip().removeprefix("W/") in (etag, "*") for each in known.split(","))
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        asked = parsedate_to_datetime(since)
    except ValueError:
        return False
    return changed <= (asked if asked.tzinfo is not None else asked.replace(tzinfo=UTC))
