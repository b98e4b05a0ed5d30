"""Answers that fit a model's context: lists are given by the page, long words are cut at the end with a mark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from polidiff.errors import InputError
from polidiff.model.codec import JsonObject
from polidiff.model.shown import cut

__all__ = ["LIMIT", "page_of"]

LIMIT = 20_000
"""Bytes of JSON that the list of one answer takes at most: some 5,000 words of a model's context."""

SMALLEST = 2_000


def page_of(items: Sequence[JsonObject], cursor: str | None, limit: int = LIMIT) -> JsonObject:
    """Return ``items`` from ``cursor`` on, as many as fit ``limit`` bytes and one at least, and the next cursor.

    ``next`` is None on the last page. An item that is longer by itself has its longest words cut. Raises InputError for
    a cursor that no page gave.
    """
    start = _start(cursor, len(items))
    room = max(limit, SMALLEST)
    held: list[JsonObject] = []
    for item in items[start:]:
        fits = _size(item) <= room
        if not fits and held:
            break
        held.append(item if fits else _cut(item, room))
        room -= _size(held[-1])
    end = start + len(held)
    return {"items": held, "total": len(items), "next": str(end) if end < len(items) else None}


def _start(cursor: str | None, count: int) -> int:
    if cursor in (None, ""):
        return 0
    try:
        start = int(cursor) if cursor is not None and len(cursor) < 12 else -1
    except ValueError:
        start = -1
    if not 0 <= start <= count:
        raise InputError("cursor", "no page begins there", "give the `next` of the page before, or none")
    return start


def _size(item: Any) -> int:
    return len(json.dumps(item, ensure_ascii=False).encode("utf-8", "surrogatepass")) + 2


def _cut(item: JsonObject, room: int) -> JsonObject:
    """The item with its texts and lists cut until it fits."""
    most = 1_000
    made: Any = item
    while _size(made) > room and most > 20:
        made = _shorter(item, most)
        most //= 2
    return {**made, "cut": True}


def _shorter(value: Any, most: int) -> Any:
    if isinstance(value, str):
        return cut(value, most)
    if isinstance(value, list):
        return [_shorter(one, most) for one in value[: max(1, most // 20)]]
    if isinstance(value, dict):
        return {key: _shorter(one, most) for key, one in value.items()}
    return value
