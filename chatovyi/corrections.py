"""What editors do with stories on the command line: join, split, and have their words written out as labels."""

import json
from typing import TypeVar

from core.address import canonical
from core.errors import ConfigError
from core.ports import Clock, Corrected, Store


class StoryDesk:
    """Stories of an open store, named by the addresses of their articles."""

    def __init__(self, store: Store, *, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def join(self, one: str, other: str) -> str:
        """The stories of two articles become one; messages are edited."""
        now, keys = self._clock(), (canonical(one), canonical(other))
        stories = await self._store.read(lambda tx: [tx.story_of(key) for key in keys])
        first, second = (_known(story, url) for story, url in zip(stories, (one, other), strict=True))
        joined = await self._store.write(lambda tx: tx.join_corrected(first, second, by=None, now=now))
        return "They are one story now." if joined else "They are one story already."

    async def split(self, url: str) -> str:
        """An article leaves its story and opens one of its own, which is told."""
        now = self._clock()
        article = _known(await self._store.read(lambda tx: tx.article_of(canonical(url))), url)
        new = await self._store.write(lambda tx: tx.split_corrected(article, by=None, now=now))
        if new is None:
            raise ConfigError(f"{url} is the only article of its story.")
        return f"{url} is a story of its own now."

    async def labels(self) -> str:
        """A line of JSON for every article that a correction concerned, in the form that the bench reads."""
        corrected = await self._store.read(lambda tx: tx.corrections())
        return "\n".join(json.dumps(_label(one), ensure_ascii=False) for one in corrected)


Found = TypeVar("Found")


def _known(found: Found | None, url: str) -> Found:
    if found is None:
        raise ConfigError(f"No article of the address {url} is known.")
    return found


def _label(one: Corrected) -> dict[str, object]:
    return {
        "id": one.key,
        "time": one.seen.isoformat(),
        "source": one.outlet,
        "title": one.title,
        "text": one.text,
        "event": f"s{one.story}",
        "storylines": [f"s{one.thread or one.story}"],
    }
