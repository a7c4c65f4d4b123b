"""What the bot has not confirmed yet, and the long poll that waits for more."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from chatovyi.demo.model import Json, Refused

_ALL = frozenset({"message", "edited_message", "callback_query", "my_chat_member", "chat_member", "message_reaction"})
_BY_DEFAULT = _ALL - {"chat_member", "message_reaction"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    id: int
    kind: str
    body: Json

    def json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Updates:
    """One queue and one poll at a time: a second poll ends the first with 409."""

    def __init__(self) -> None:
        self.pending: list[Update] = []
        self._next_id = 1001
        self._allowed = _BY_DEFAULT
        self._poll: asyncio.Future[None] | None = None

    def add(self, kind: str, body: Json) -> None:
        if kind not in self._allowed:
            return
        self.pending.append(Update(id=self._next_id, kind=kind, body=body))
        self._next_id += 1
        if self._poll and not self._poll.done():
            self._poll.set_result(None)

    def allow(self, kinds: Iterable[str]) -> None:
        """Remembered until the next list; a list of unknown names means the default."""
        self._allowed = frozenset(kinds) & _ALL or _BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget everything below the offset; a negative one keeps the last few."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update.id >= offset]

    def drop(self) -> None:
        self.pending = []

    async def wait(self, seconds: float) -> None:
        """Returns at the first update, or when the time is over."""
        self._end_older_poll()
        if self.pending or seconds <= 0:
            return
        mine = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait_for(mine, seconds)
        except TimeoutError:
            return
        finally:
            if self._poll is mine:
                self._poll = None

    def _end_older_poll(self) -> None:
        if self._poll and not self._poll.done():
            complaint = "terminated by other getUpdates request"
            advice = "make sure that only one bot instance is running"
            self._poll.set_exception(Refused(409, f"Conflict: {complaint}; {advice}"))
