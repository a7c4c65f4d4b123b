"""What admins do to sources, each a change that is kept: stop, visit again, go over to another address."""

from datetime import datetime
from urllib.parse import urlsplit

from core.errors import UserError
from core.history import Change, ChangeId, State, Thing
from core.model import SourceId, Target
from core.ports import SourceState, Tx

LONGEST_URL = 2000


def stop(tx: Tx, source: SourceId, *, by: Target | None, now: datetime) -> ChangeId | None:
    """It is visited no more; `None` where it was not."""
    before = known(tx, source)
    tx.stop_source(source)
    return _keep(tx, before, by=by, now=now)


def retry(tx: Tx, source: SourceId, *, by: Target | None, now: datetime) -> ChangeId | None:
    """It is visited now; a change only where it was visited no more."""
    before = known(tx, source)
    tx.retry_source(source, now=now)
    return _keep(tx, before, by=by, now=now)


def move(tx: Tx, source: SourceId, url: str, *, by: Target | None, now: datetime) -> ChangeId | None:
    """It is visited at another address. Raises `UserError` where that is none, or is watched already."""
    before = known(tx, source)
    if not tx.move_source(source, address_of(url), now=now):
        raise UserError("source_there")
    return _keep(tx, before, by=by, now=now)


def put_source_back(tx: Tx, change: Change, *, by: Target | None, now: datetime) -> None:
    """Undoes a change: its address, and whether it is visited, are as before."""
    source, state = SourceId(int(change.thing.key)), change.before or {}
    before = known(tx, source)
    if before.source.url != state.get("url") and not tx.move_source(source, state.get("url", ""), now=now):
        raise UserError("source_there")
    if state.get("retired"):
        tx.stop_source(source)
    else:
        tx.retry_source(source, now=now)
    _keep(tx, before, by=by, now=now, undoes=change.id)


def known(tx: Tx, source: SourceId) -> SourceState:
    """The source as it is. Raises `UserError` where there is none."""
    state = tx.source_state(source)
    if state is None:
        raise UserError("gone")
    return state


def address_of(text: str) -> str:
    """An address of the web, as typed. Raises `UserError` where it is none; what may be visited the watchers know."""
    typed = text.strip()
    try:
        parts = urlsplit(typed)
    except ValueError:
        raise UserError("no_address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(typed) > LONGEST_URL or " " in typed:
        raise UserError("no_address")
    return typed


def _keep(
    tx: Tx, before: SourceState, *, by: Target | None, now: datetime, undoes: ChangeId | None = None
) -> ChangeId | None:
    after = known(tx, before.source.id)
    if _state(before) == _state(after):
        return None
    thing = Thing(kind="source", key=str(before.source.id))
    return tx.add_change(thing, _state(before), _state(after), by=by, now=now, undoes=undoes)


def _state(state: SourceState) -> State:
    return {"name": state.source.name, "url": state.source.url, "retired": state.retired or ""}
