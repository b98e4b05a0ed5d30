"""Frozen records to JSON and back, by their declared types: a record gains a field, old data still loads.

Only data goes through: nothing in a workspace is ever run, whoever made it.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

Record = TypeVar("Record")


def plain(value: Any) -> Any:
    """Return ``value`` as lists, dictionaries, strings, numbers and None; a field with its default is left out."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        made = {}
        for field in dataclasses.fields(value):
            held = getattr(value, field.name)
            if field.init and held != field.default:
                made[field.name] = plain(held)
        return made
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def dump(value: Any) -> bytes:
    """Return ``value`` as JSON in ASCII: the same bytes for the same records, so that they can be hashed."""
    return json.dumps(plain(value), separators=(",", ":"), sort_keys=True).encode("ascii")


def pack(value: Any) -> bytes:
    """Return ``value`` as compressed JSON."""
    return zlib.compress(dump(value), 6)


def load(kind: type[Record], data: bytes) -> Record:
    """Return the record of type ``kind`` that :func:`dump` wrote. Raises ValueError where it isn't one."""
    try:
        read: Callable[[Any], Record] = _reader(cast(Any, kind))
        return read(json.loads(data))
    except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise ValueError(f"not a record of the kind {getattr(kind, '__name__', kind)}") from error


def unpack(kind: type[Record], data: bytes) -> Record:
    """Return the record of type ``kind`` that :func:`pack` wrote. Raises ValueError where it isn't one."""
    try:
        return load(kind, zlib.decompress(data))
    except zlib.error as error:
        raise ValueError("not compressed data") from error


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return _optional(_reader(next(item for item in inner if item is not type(None))))
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        item = _reader(inner[0])
        return lambda data: tuple(item(value) for value in data)
    if origin is tuple:
        items = [_reader(part) for part in inner]
        return lambda data: tuple(read(value) for read, value in zip(items, data, strict=True))
    if dataclasses.is_dataclass(kind):
        return _fields(kind)
    if isinstance(kind, type) and issubclass(kind, tuple):
        hints = list(typing.get_type_hints(kind).values())
        if set(hints) == {int}:
            return lambda data: kind(*_whole(data, len(hints)))
        types_of = [_reader(hint) for hint in hints]
        return lambda data: kind(*(read(value) for read, value in zip(types_of, data, strict=True)))
    if origin is typing.Literal:
        return lambda data: _one_of(inner, data)
    if kind is float:
        return lambda data: _checked((int, float), data)
    return lambda data: _checked((kind,), data)


def _whole(data: Any, count: int) -> Any:
    if len(data) != count or not all(type(value) is int for value in data):
        raise TypeError(data)
    return data


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda data: None if data is None else read(data)


def _fields(kind: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind) if field.init}
    return lambda data: kind(**{name: readers[name](value) for name, value in data.items() if name in readers})


def _one_of(choices: tuple[Any, ...], data: Any) -> Any:
    if data not in choices:
        raise TypeError(data)
    return data


def _checked(kinds: tuple[type, ...], data: Any) -> Any:
    if not isinstance(data, kinds):
        raise TypeError(data)
    return data
