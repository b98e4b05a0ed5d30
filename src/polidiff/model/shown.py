"""How records show themselves: a short line at a prompt, a table in a notebook, a frame for pandas."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from polidiff.errors import InputError

if TYPE_CHECKING:
    import pandas
    import polars

LONGEST = 300
"""Characters of a record's line at a prompt."""

ROWS = 60
"""Rows of a table in a notebook; how many more there are is said below it."""

_WIDE, _CELL = 48, 280
"""Characters of one value in a line, and in a table's cell."""

T = TypeVar("T")


def short(cls: type[T]) -> type[T]:
    """Give a dataclass a line of at most :data:`LONGEST` characters: long values cut, many values counted.

    Values that are a field's default are left out.
    """
    cls.__repr__ = _line  # type: ignore[method-assign]
    return cls


def _line(record: Any) -> str:
    parts = []
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        default = field.default_factory() if callable(field.default_factory) else field.default
        if field.repr and (default is dataclasses.MISSING or value != default):
            parts.append(f"{field.name}={_brief(value)}")
    return cut(f"{type(record).__name__}({', '.join(parts)})", LONGEST)


def _brief(value: Any) -> str:
    if isinstance(value, str):
        return repr(cut(value, _WIDE))
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return cut(repr(value), _WIDE * 2)
    if hasattr(value, "shape"):
        return f"<{' × '.join(map(str, value.shape))}>"
    if isinstance(value, Mapping) or (isinstance(value, Sequence) and len(value) > 1):
        return f"<{len(value)}>"
    if isinstance(value, Sequence):
        return f"({_brief(value[0])},)" if value else "()"
    if dataclasses.is_dataclass(value):
        name = getattr(value, "id", None)
        return f"<{type(value).__name__}{f' {cut(str(name), _WIDE)}' if name else ''}>"
    return cut(repr(value), _WIDE)


def cut(text: str, most: int) -> str:
    """Return ``text``, cut with an ellipsis where it is longer than ``most`` characters."""
    return text if len(text) <= most else text[: most - 1] + "…"


def row(record: Any) -> dict[str, Any]:
    """Return a record as a row of a frame: numbers and words as they are, a coded value by its id, several as a tuple.

    What a cell cannot hold (boxes, reasons) is given as the tuple of its records.
    """
    return {field.name: _cell(getattr(record, field.name)) for field in dataclasses.fields(record) if field.repr}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return tuple(_cell(one) for one in value)
    if dataclasses.is_dataclass(value):
        for name in ("id", "name", "code", "kind"):
            if isinstance(said := getattr(value, name, None), str) and said:
                return said
    return value


def frame(rows: Iterable[Mapping[str, Any]]) -> pandas.DataFrame:
    """Return rows as a pandas DataFrame. Raises InputError where pandas is not installed."""
    try:
        import pandas
    except ImportError:
        raise InputError("to_frame", "pandas is not installed", "run: pip install 'polidiff[frames]'") from None
    return pandas.DataFrame.from_records([dict(one) for one in rows])


def polars_frame(rows: Iterable[Mapping[str, Any]]) -> polars.DataFrame:
    """Return rows as a Polars DataFrame; nested values stay nested. Raises InputError where polars is not installed."""
    try:
        import polars
    except ImportError:
        raise InputError("to_polars", "polars is not installed", "run: pip install 'polidiff[polars]'") from None
    return polars.DataFrame([dict(one) for one in rows], infer_schema_length=None, strict=False)


def table(rows: Sequence[Mapping[str, Any]], caption: str = "") -> str:
    """Return rows as an HTML table, every word escaped; rows after :data:`ROWS` are counted below it."""
    columns = list(dict.fromkeys(name for one in rows for name in one))
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cut(_words(one.get(name)), _CELL))}</td>" for name in columns) + "</tr>"
        for one in rows[:ROWS]
    )
    more = f"<p>… and {len(rows) - ROWS} more</p>" if len(rows) > ROWS else ""
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return ", ".join(_words(one) for one in value)
    return str(value)


def quotation(words: str, document: str, path: Sequence[str], page: int | None, start: int, end: int) -> str:
    """Return a passage as HTML: the document's own words, and below them where they stand."""
    place = " · ".join([document, *path, *([] if page is None else [f"p. {page}"]), f"{start}:{end}"])
    return f"<blockquote><p>{escape(words)}</p><footer><cite>{escape(place)}</cite></footer></blockquote>"


class Records(tuple[T, ...]):
    """Records of one kind, in order: a tuple that shows itself as a table and gives itself as a frame."""

    __slots__ = ()

    def __new__(cls, records: Iterable[T] = ()) -> Records[T]:
        """Make it of records; nothing is copied but the references."""
        return super().__new__(cls, tuple(records))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield each record as a row, see :func:`row`."""
        return (row(record) for record in self)

    def to_frame(self) -> pandas.DataFrame:
        """Return the records as a pandas DataFrame, a row each. Raises InputError where pandas is not installed."""
        return frame(self.rows())

    def to_polars(self) -> polars.DataFrame:
        """Return the records as a Polars DataFrame, a row each. Raises InputError where polars is not installed."""
        return polars_frame(self.rows())

    def __repr__(self) -> str:
        names = ", ".join(sorted({type(record).__name__ for record in self})) or "records"
        return cut(f"<{len(self)} × {names}{': ' + repr(self[0]) + ' …' if self else ''}>", LONGEST)

    def _repr_html_(self) -> str:
        return table([_shown(record) for record in self])


def _shown(record: Any) -> dict[str, Any]:
    return {name: value for name, value in row(record).items() if value not in (None, (), "")}
