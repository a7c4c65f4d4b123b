"""What is remembered of a source, as it is stored: JSON, in which what is not known is left out."""

import json
from datetime import timedelta
from typing import Any

from core.memory import Memory, Move, Wishes
from core.rate import Rate
from store.sql import at, maybe_at, maybe_ms, ms, span_ms

_EXACT = 5
"""Digits of a count that fades."""


def memory_to(memory: Memory) -> str:
    """A memory as it is stored."""
    rate, wishes, move = memory.rate, memory.wishes, memory.move
    parts = {
        "articles": [round(one, _EXACT) for one in rate.articles] if any(rate.articles) else None,
        "days": [round(one, _EXACT) for one in rate.days] if any(rate.days) else None,
        "lately": [round(rate.lately, _EXACT), round(rate.watched, _EXACT)],
        "until": maybe_ms(rate.until),
        "usual": _maybe_span(memory.usual),
        "came_at": maybe_ms(memory.came_at),
        "newest": maybe_ms(memory.newest),
        "ttl": _maybe_span(wishes.ttl),
        "idle_hours": wishes.idle_hours,
        "idle_days": wishes.idle_days,
        "digest": memory.digest,
        "read_at": maybe_ms(memory.read_at),
        "whole_at": maybe_ms(memory.whole_at),
        "distrusted_until": maybe_ms(memory.distrusted_until),
        "move": [move.to, move.votes, ms(move.since)] if move else None,
        "empty": memory.empty,
        "gone_days": memory.gone_days,
        "gone_at": maybe_ms(memory.gone_at),
    }
    return json.dumps({name: part for name, part in parts.items() if part}, ensure_ascii=False)


def memory_from(stored: str) -> Memory:
    """A stored memory."""
    parts: dict[str, Any] = json.loads(stored)
    return Memory(
        rate=_rate(parts),
        usual=_span(parts.get("usual")),
        came_at=maybe_at(parts.get("came_at")),
        newest=maybe_at(parts.get("newest")),
        wishes=Wishes(
            ttl=_span(parts.get("ttl")),
            idle_hours=tuple(parts.get("idle_hours", ())),
            idle_days=tuple(parts.get("idle_days", ())),
        ),
        digest=parts.get("digest", ""),
        read_at=maybe_at(parts.get("read_at")),
        whole_at=maybe_at(parts.get("whole_at")),
        distrusted_until=maybe_at(parts.get("distrusted_until")),
        move=_move(parts.get("move")),
        empty=parts.get("empty", 0),
        gone_days=parts.get("gone_days", 0),
        gone_at=maybe_at(parts.get("gone_at")),
    )


def _rate(parts: dict[str, Any]) -> Rate:
    nothing = [0.0] * 24
    lately, watched = parts.get("lately", (0.0, 0.0))
    return Rate(
        articles=tuple(parts.get("articles", nothing)),
        days=tuple(parts.get("days", nothing)),
        lately=lately,
        watched=watched,
        until=maybe_at(parts.get("until")),
    )


def _maybe_span(length: timedelta | None) -> int | None:
    return None if length is None else span_ms(length)


def _span(stored: int | None) -> timedelta | None:
    return None if stored is None else timedelta(milliseconds=stored)


def _move(stored: list[Any] | None) -> Move | None:
    return Move(to=stored[0], votes=stored[1], since=at(stored[2])) if stored else None
