"""Records as JSON and back, by their declared types: one codec for files, lines, pipes and stores. No I/O.

Only data goes through: nothing that is read is ever run, whoever wrote it. What a file doesn't say is the record's
default, and keys that no record knows are passed over, so older and newer files still load.
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

__all__ = ["RECORDS", "Codec", "Form", "JsonObject", "dump", "load", "pack", "plain", "unpack"]

JsonObject = dict[str, Any]
Record = TypeVar("Record")
Writer = Callable[[Any, Any], Any]
Reader = Callable[[Any, Any], Any]
_NONE: Any = object()
_PLAIN: dict[Any, tuple[tuple[type, ...], str]] = {
    str: ((str,), "string"),
    int: ((int,), "integer"),
    float: ((float, int), "number"),
    bool: ((bool,), "boolean"),
    type(None): ((type(None),), "null"),
}


@dataclass(frozen=True)
class Form:
    """In what the JSON of a record differs from the record.

    ``keys``: field → its key. ``without``: fields that are neither written nor read, so that a record which needs one
    isn't read back. ``leave``: fields that are not written → what they are when read. ``beside``: fields whose own
    keys stand among the record's. ``pairs``: fields of pairs that are written as an object. ``inner``: field → the
    forms in it that differ from the usual ones. ``spare``: fields that aren't written where they have their default.
    ``shown``: properties that are written, and never read. ``also``: what returns a record of further keys that are
    written and never read, of record and context. ``read``: fields that are made of the whole JSON and the context.
    ``name`` is the name in the schema, where it isn't the record's.
    """

    name: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    leave: Mapping[str, Any] = field(default_factory=dict)
    beside: frozenset[str] = frozenset()
    pairs: frozenset[str] = frozenset()
    inner: Mapping[str, Mapping[type, Form]] = field(default_factory=dict)
    spare: frozenset[str] = frozenset()
    shown: tuple[str, ...] = ()
    also: Callable[[Any, Any], Any] | None = None
    read: Mapping[str, Reader] = field(default_factory=dict)


class Codec:
    """Writes and reads records in the ``forms`` given; ``short`` leaves fields out that have their default."""

    def __init__(self, forms: Mapping[type, Form] | None = None, *, short: bool = False) -> None:
        self._forms = dict(forms or {})
        self._short = short
        self._writers: dict[Any, Writer | None] = {}
        self._readers: dict[Any, Reader] = {}
        self._others: dict[tuple[type, str], Codec] = {}

    def plain(self, value: Any, context: Any = None) -> Any:
        """Return ``value`` as lists, dictionaries, strings, numbers and None. ``context`` is for the forms."""
        if _is_record(type(value)):
            write = self._writer(type(value))
            return value if write is None else write(value, context)
        if isinstance(value, tuple | list):
            return [self.plain(item, context) for item in value]
        return value

    def record(self, kind: type[Record], data: Any, context: Any = None) -> Record:
        """Return the ``kind`` that :meth:`plain` made ``data`` of. Raises ValueError where it isn't one."""
        try:
            made: Record = self._reader(kind)(data, context)
        except (KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            raise ValueError(f"not a record of the kind {getattr(kind, '__name__', kind)} ({error})") from error
        return made

    def schema(self, kind: Any) -> JsonObject:
        """Return the JSON Schema (draft 2020-12) of what :meth:`plain` makes of a ``kind``."""
        parts: dict[str, JsonObject] = {}
        whole = self._described(kind, parts)
        own = parts.pop(whole["$ref"].rpartition("/")[2])
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **own, "$defs": dict(sorted(parts.items()))}

    def _within(self, kind: type, name: str) -> Codec:
        """The codec of a field: this one, unless the record's form says that some records look otherwise there."""
        form = self._forms.get(kind)
        other = form.inner.get(name) if form is not None else None
        if not other:
            return self
        return self._others.setdefault((kind, name), Codec({**self._forms, **other}, short=self._short))

    def _writer(self, kind: Any) -> Writer | None:
        """Return what writes a ``kind``, or None where it is written as it is."""
        if kind not in self._writers:
            self._writers[kind] = self._write(kind)
        return self._writers[kind]

    def _write(self, kind: Any) -> Writer | None:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin in (types.UnionType, typing.Union):
            plain = all(self._writer(part) is None for part in inner)
            return None if plain else lambda value, context: self.plain(value, context)
        if origin in (tuple, list):
            if len(inner) == 1 or inner[1] is Ellipsis:
                write = self._writer(inner[0])
                return (
                    (lambda value, context: list(value))
                    if write is None
                    else lambda value, context: [write(item, context) for item in value]
                )
            return lambda value, context: [self.plain(item, context) for item in value]
        if not _is_record(kind):
            return None
        if kind not in self._forms and not dataclasses.is_dataclass(kind):
            if all(_plain_kinds(hint) for _, hint, _ in _fields(kind)):
                return lambda value, context: list(value)
            return lambda value, context: [self.plain(item, context) for item in value]
        return self._write_record(kind, self._forms.get(kind, Form()))

    def _write_record(self, kind: type, form: Form) -> Writer:
        steps, beside = [], []
        for name, hint, default in _fields(kind):
            codec = self._within(kind, name)
            if name in form.beside:
                beside.append((name, codec._write_record(hint, self._forms.get(hint, Form()))))
            elif name not in form.leave and name not in form.without:
                write = codec._write_pairs(hint) if name in form.pairs else codec._writer(hint)
                steps.append(
                    (name, form.keys.get(name, name), default if self._short or name in form.spare else _NONE, write)
                )
        steps += [(name, name, _NONE, self._writer(hint)) for name, hint in _properties(kind, form)]
        make = form.also
        more = None if make is None else self._write_record(_made_by(make), Form())

        def written(value: Any, context: Any) -> JsonObject:
            made: JsonObject = {}
            for name, key, default, write in steps:
                held = getattr(value, name)
                if default is _NONE or held != default:
                    made[key] = held if write is None else write(held, context)
            for name, write in beside:
                made.update(write(getattr(value, name), context))
            if make is not None and more is not None:
                made.update(more(make(value, context), context))
            return made

        return written

    def _write_pairs(self, kind: Any) -> Writer:
        write = self._writer(typing.get_args(typing.get_args(kind)[0])[1])
        return lambda value, context: {name: one if write is None else write(one, context) for name, one in value}

    def _reader(self, kind: Any) -> Reader:
        if kind not in self._readers:
            self._readers[kind] = self._read(kind)
        return self._readers[kind]

    def _read(self, kind: Any) -> Reader:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if origin is typing.Literal:
            return _chosen(inner)
        if origin is tuple and inner[-1] is Ellipsis:
            item = self._reader(inner[0])
            return lambda data, context: tuple([item(value, context) for value in _a_list(data)])
        if origin is tuple:
            return self._read_row(inner, tuple)
        if kinds := _plain_kinds(kind):
            return _checked(kinds)
        if origin in (types.UnionType, typing.Union):
            return self._read_union(inner)
        if kind in self._forms or dataclasses.is_dataclass(kind):
            return self._read_record(kind, self._forms.get(kind, Form()))
        return self._read_row([hint for _, hint, _ in _fields(kind)], lambda items: kind(*items))

    def _read_row(self, kinds: Any, build: Callable[[list[Any]], Any]) -> Reader:
        count, plain = len(kinds), [_plain_kinds(kind) for kind in kinds]
        if all(plain):

            def checked(data: Any, context: Any) -> Any:
                if len(_a_list(data)) != count or any(
                    type(value) not in kinds for value, kinds in zip(data, plain, strict=True)
                ):
                    raise TypeError(f"no row of {count}: {str(data)[:60]}")
                return build(data)

            return checked
        items = [self._reader(part) for part in kinds]
        return lambda data, context: build(
            [read(value, context) for read, value in zip(items, _a_list(data), strict=True)]
        )

    def _read_union(self, kinds: Any) -> Reader:
        """A value of several plain kinds, or of one that is made."""
        plain = frozenset(kind for part in kinds for kind in _plain_kinds(part))
        (made,) = (self._reader(part) for part in kinds if not _plain_kinds(part))
        return lambda data, context: data if type(data) in plain else made(data, context)

    def _read_record(self, kind: type, form: Form) -> Reader:
        steps: list[tuple[str, str, frozenset[type], Reader]] = []
        beside: list[tuple[str, Reader]] = []
        for name, hint, _ in _fields(kind):
            codec = self._within(kind, name)
            if name in form.beside:
                beside.append((name, codec._read_record(hint, self._forms.get(hint, Form()))))
            elif name not in form.leave and name not in form.without:
                read = codec._read_pairs(hint) if name in form.pairs else codec._reader(hint)
                steps.append((name, form.keys.get(name, name), _plain_kinds(hint), read))

        def made(data: Any, context: Any) -> Any:
            if not isinstance(data, dict):
                raise TypeError(f"no {kind.__name__}: {str(data)[:60]}")
            values = dict(form.leave)
            for name, key, kinds, read in steps:
                if key in data:
                    held = data[key]
                    values[name] = held if type(held) in kinds else read(held, context)
            for name, read in beside:
                values[name] = read(data, context)
            for name, read in form.read.items():
                values[name] = read(data, context)
            return kind(**values)

        return made

    def _read_pairs(self, kind: Any) -> Reader:
        read = self._reader(typing.get_args(typing.get_args(kind)[0])[1])
        return lambda data, context: tuple((name, read(value, context)) for name, value in data.items())

    def _described(self, kind: Any, parts: dict[str, JsonObject]) -> JsonObject:
        origin, inner = typing.get_origin(kind), typing.get_args(kind)
        if kind in _PLAIN:
            return {"type": _PLAIN[kind][1]}
        if origin in (types.UnionType, typing.Union):
            return {"anyOf": [self._described(part, parts) for part in inner]}
        if origin is typing.Literal:
            return {"enum": list(inner)}
        if origin is list or (origin is tuple and inner[-1] is Ellipsis):
            return {"type": "array", "items": self._described(inner[0], parts)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self._described(inner[1], parts)}
        if origin is tuple or not (kind in self._forms or dataclasses.is_dataclass(kind)):
            items = inner if origin is tuple else [hint for _, hint, _ in _fields(kind)]
            described = [self._described(part, parts) for part in items]
            return {"type": "array", "prefixItems": described, "minItems": len(items), "maxItems": len(items)}
        return self._described_record(kind, self._forms.get(kind, Form()), parts)

    def _described_record(self, kind: type, form: Form, parts: dict[str, JsonObject]) -> JsonObject:
        name = form.name or kind.__name__
        if name not in parts:
            about = " ".join((kind.__doc__ or "").split("\n\n")[0].split())
            parts[name] = {"title": name, "description": about, "type": "object"}
            parts[name]["properties"] = keys = self._keys(kind, form, parts)
            parts[name]["required"] = [key for key in keys if key not in form.spare]
        return {"$ref": f"#/$defs/{name}"}

    def _keys(self, kind: type, form: Form, parts: dict[str, JsonObject]) -> dict[str, JsonObject]:
        keys: dict[str, JsonObject] = {}
        for name, hint, _ in _fields(kind):
            codec = self._within(kind, name)
            if name in form.beside:
                keys.update(codec._keys(hint, self._forms.get(hint, Form()), parts))
            elif name in form.pairs:
                one = codec._described(typing.get_args(typing.get_args(hint)[0])[1], parts)
                keys[form.keys.get(name, name)] = {"type": "object", "additionalProperties": one}
            elif name not in form.leave and name not in form.without:
                keys[form.keys.get(name, name)] = codec._described(hint, parts)
        keys.update((name, self._described(hint, parts)) for name, hint in _properties(kind, form))
        if form.also is not None:
            keys.update(self._keys(_made_by(form.also), Form(), parts))
        return keys


def _is_record(kind: Any) -> bool:
    return dataclasses.is_dataclass(kind) or (isinstance(kind, type) and hasattr(kind, "_fields"))


def _fields(kind: Any) -> list[tuple[str, Any, Any]]:
    """The fields of a record that make it: name, type and default."""
    hints = typing.get_type_hints(kind)
    if not dataclasses.is_dataclass(kind):
        return [(name, hints[name], kind._field_defaults.get(name, _NONE)) for name in kind._fields]
    return [
        (one.name, hints[one.name], _NONE if one.default is dataclasses.MISSING else one.default)
        for one in dataclasses.fields(kind)
        if one.init
    ]


def _properties(kind: Any, form: Form) -> list[tuple[str, Any]]:
    return [(name, _made_by(getattr(kind, name).fget)) for name in form.shown]


def _made_by(make: Callable[..., Any]) -> Any:
    return typing.get_type_hints(make)["return"]


def _plain_kinds(kind: Any) -> frozenset[type]:
    """The Python types of a plain value of this kind (several in a union), or none where it has to be made."""
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        found = [_plain_kinds(part) for part in typing.get_args(kind)]
        return frozenset().union(*found) if all(found) else frozenset()
    return frozenset(_PLAIN[kind][0]) if kind in _PLAIN else frozenset()


def _checked(kinds: frozenset[type]) -> Reader:
    def checked(data: Any, context: Any) -> Any:
        if type(data) not in kinds:
            raise TypeError(f"{str(data)[:60]!r} doesn't belong there")
        return data

    return checked


def _chosen(choices: tuple[Any, ...]) -> Reader:
    def chosen(data: Any, context: Any) -> Any:
        if data not in choices:
            raise TypeError(f"{str(data)[:60]!r} is none of {', '.join(map(str, choices))}")
        return data

    return chosen


def _a_list(data: Any) -> Any:
    if not isinstance(data, list | tuple):
        raise TypeError(f"no list: {str(data)[:60]}")
    return data


RECORDS = Codec(short=True)
"""Records by the names of their fields, without those that have their default: the form of stores and pipes."""

plain = RECORDS.plain


def dump(value: Any) -> bytes:
    """Return ``value`` as JSON in ASCII: the same bytes for the same records, so that they can be hashed."""
    return json.dumps(plain(value), separators=(",", ":"), sort_keys=True).encode("ascii")


def pack(value: Any) -> bytes:
    """Return ``value`` as compressed JSON."""
    return zlib.compress(dump(value), 6)


def load(kind: type[Record], data: bytes) -> Record:
    """Return the record of type ``kind`` that :func:`dump` wrote. Raises ValueError where it isn't one."""
    try:
        return RECORDS.record(kind, json.loads(data))
    except RecursionError as error:
        raise ValueError("not a record: its lists go too deep") from error


def unpack(kind: type[Record], data: bytes) -> Record:
    """Return the record of type ``kind`` that :func:`pack` wrote. Raises ValueError where it isn't one."""
    try:
        return load(kind, zlib.decompress(data))
    except zlib.error as error:
        raise ValueError("not compressed data") from error
