"""Documents and errors as JSON, for the pipe between a reader's process and ours.

JSON, and no pickle: a reader that a damaged file has taken over can say nothing worse than wrong words.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from polidiff import errors
from polidiff.errors import InputError, UnreadableSource
from polidiff.model import Block, Box, Document, Note, Notice, Page, Piece, Span

_LISTS: dict[str, type] = {"blocks": Block, "pieces": Piece, "pages": Page, "notes": Note, "warnings": Notice}
_NAMES = tuple(field.name for field in fields(Document) if field.init)


def pack_document(document: Document) -> str:
    """Return ``document`` as JSON (one object, ASCII)."""
    made: dict[str, Any] = {}
    for name in _NAMES:
        value = getattr(document, name)
        kind = _LISTS.get(name)
        made[name] = [*map(_getter(kind), value)] if kind is not None else value
    return json.dumps(made)


def unpack_document(words: str | bytes) -> Document:
    """Return the document that :func:`pack_document` wrote. Raises ValueError, KeyError or TypeError for other text."""
    made = json.loads(words)
    made["struck"] = tuple(Span(*row) for row in made["struck"])
    for name, kind in _LISTS.items():
        made[name] = tuple(_BUILD[kind](row) for row in made[name])
    return Document(**made)


def pack_error(error: InputError) -> str:
    """Return an error of the user's as JSON."""
    return json.dumps([type(error).__name__, error.where, error.what, error.remedy])


def unpack_error(words: str | bytes) -> InputError:
    """Return the error that :func:`pack_error` wrote."""
    kind, where, what, remedy = json.loads(words)
    found = getattr(errors, kind, None)
    if not (isinstance(found, type) and issubclass(found, InputError)):
        found = UnreadableSource
    return found(where, what, remedy)


def _getter(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    return attrgetter(*(field.name for field in fields(kind)))


def _block(row: list[Any]) -> Block:
    lead = row[-1]
    values: list[Any] = [*row[:-1], Span(*lead) if lead is not None else None]
    return Block(*values)


def _piece(row: list[Any]) -> Piece:
    start, end, page, box = row
    return Piece(start, end, page, Box(*box) if box is not None else None)


_BUILD: dict[type, Callable[[list[Any]], Any]] = {
    Block: _block,
    Piece: _piece,
    Page: lambda row: Page(*row),
    Note: lambda row: Note(*row),
    Notice: lambda row: Notice(*row),
}
