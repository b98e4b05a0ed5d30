"""A corpus as tables to browse: documents, provisions and codings, narrowed, sorted and counted, a page at a time.

Rows are arrays of numbers until a page of them is shown: a table of 300,000 provisions is sorted in a few hundredths of
a second, and only the rows of the page are read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from polidiff.errors import InputError
from polidiff.model.codec import JsonObject
from polidiff.ranking.query import question
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]

__all__ = ["COLUMNS", "TABLES", "Query", "Table", "Which", "table"]

Which = Literal["documents", "provisions", "codings"]

TABLES: tuple[Which, ...] = ("documents", "provisions", "codings")

COLUMNS: Mapping[Which, tuple[str, ...]] = {
    "documents": ("document", "title", "country", "date", "kind", "language", "provisions", "coded"),
    "provisions": (
        *("document", "country", "date", "provision", "page", "strength", "themes", "actors", "text"),
        *("start", "end"),
    ),
    "codings": ("theme", "score", "document", "country", "date", "provision", "page", "strength", "text"),
}
"""The columns of each table; the tables of provisions and codings can be sorted by :data:`SORTS`."""

SORTS: Mapping[Which, tuple[str, ...]] = {
    "documents": ("document", "title", "country", "date", "kind", "language", "provisions"),
    "provisions": ("document", "country", "date", "strength", "length"),
    "codings": ("document", "country", "date", "theme"),
}

FACETS = ("country", "year", "kind", "language", "theme", "strength")

MOST = 40
"""Values of a facet that are counted, the most frequent first."""


@dataclass(frozen=True)
class Query:
    """What is asked of a table: words that all stand in a provision, a filter, and an order."""

    words: str = ""
    narrowed: Filter = NO_FILTER
    sort: str = ""
    down: bool = False


@dataclass(frozen=True)
class Table:
    """A narrowed table: how many rows, how often each value of each facet, and a way to the rows themselves."""

    which: Which
    total: int
    facets: Mapping[str, tuple[tuple[str, int], ...]]
    rows: Callable[[int, int], list[JsonObject]]


def table(index: Index, which: Which, asked: Query) -> Table:
    """Narrow and sort a table; ``rows(first, count)`` of the result reads some. Raises InputError for another order."""
    import numpy as np

    if asked.sort and asked.sort not in SORTS[which]:
        raise InputError(asked.sort, f"is no order of {which}", f"take one of {', '.join(SORTS[which])}")
    mask = _mask(index, asked)
    chosen = np.arange(index.size) if mask is None else np.flatnonzero(mask)
    if which == "documents":
        return _documents(index, asked, chosen)
    if which == "provisions":
        facets = _facets(index, chosen)
        order = chosen[_order(index, asked, chosen)]
        return Table(which, len(order), facets, lambda first, count: _provisions(index, order[first : first + count]))
    themes, places = _coded(index, mask, asked.narrowed.theme)
    if asked.sort == "theme":
        rank = {name: n for n, name in enumerate(sorted(set(themes)))}
        keys = np.array([rank[name] for name in themes], dtype=np.int64)
        by = np.lexsort((places, -keys if asked.down else keys))
    else:
        by = _order(index, asked, places)
    return Table(
        which,
        len(by),
        _facets(index, places, themes),
        lambda first, count: _codings(index, [(themes[n], int(places[n])) for n in by[first : first + count]]),
    )


def _mask(index: Index, asked: Query) -> Mask | None:
    """Which provisions are left; None for all."""
    import numpy as np

    mask = index.mask(asked.narrowed)
    if not asked.words.strip():
        return mask
    words = question(asked.words)
    if not words:
        raise InputError("the words that are sought", "they hold no word", "give words, or leave them out")
    held = index.passages.holding(words)
    return held if mask is None else np.logical_and(mask, held)


def _numbers(index: Index) -> Places:
    """Which document each place is in."""
    import numpy as np

    return np.repeat(np.arange(len(index.entries)), [entry.provisions for entry in index.entries])


def _order(index: Index, asked: Query, places: Places) -> Places:
    """The order of some places; equal ones as they stand in the corpus."""
    import numpy as np

    if asked.sort in ("country", "date"):
        values = [entry.facts.country if asked.sort == "country" else entry.facts.date for entry in index.entries]
        keys = _ranks(values)[_numbers(index)[places]]
    elif asked.sort == "length":
        keys = index.lengths()[places]
    elif asked.sort == "strength":
        label = np.zeros(index.size, dtype=np.int64)
        for number, (_, held) in enumerate(sorted(index.coded("strength"), key=lambda row: row[0]), 1):
            label[held] = number
        keys = label[places]
    else:
        keys = _numbers(index)[places] * 0 if not asked.sort else _numbers(index)[places]
    return np.lexsort((places, -keys if asked.down else keys))


def _ranks(values: Sequence[str]) -> Places:
    import numpy as np

    rank = {value: n for n, value in enumerate(sorted(set(values)))}
    return np.array([rank[value] for value in values], dtype=np.int64)


def _coded(index: Index, mask: Mask | None, only: str) -> tuple[list[str], Places]:
    """Each theme of each provision that is left: the theme's id, and the place."""
    import numpy as np

    themes: list[str] = []
    places: list[Places] = []
    for name, held in index.coded("theme"):
        if only and name != only:
            continue
        left = held if mask is None else held[mask[held]]
        themes.extend([name] * len(left))
        places.append(left)
    return themes, np.concatenate(places) if places else np.zeros(0, dtype=np.int64)


def _facets(
    index: Index, chosen: Places, themes: Sequence[str] | None = None
) -> dict[str, tuple[tuple[str, int], ...]]:
    """How many rows each value leaves. A place stands in ``chosen`` once a row; ``themes`` are those of the rows."""
    import numpy as np

    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    per_document = np.bincount(_numbers(index)[chosen], minlength=len(index.entries)).tolist()
    for entry, count in zip(index.entries, per_document, strict=True):
        facts = entry.facts
        for name, value in (("country", facts.country), ("kind", facts.genre), ("language", facts.language)):
            counts[name][value] += count
        counts["year"][facts.date[:4]] += count
    rows = np.bincount(chosen, minlength=index.size)
    for name, held in index.coded("strength"):
        counts["strength"][name] += int(rows[held].sum())
    if themes is None:
        for name, held in index.coded("theme"):
            counts["theme"][name] += int(rows[held].sum())
    else:
        counts["theme"].update(themes)
    return {name: _most(found) for name, found in counts.items()}


def _most(found: Counter[str]) -> tuple[tuple[str, int], ...]:
    rows = [(value, count) for value, count in found.items() if value and count]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0]))[:MOST])


def _documents(index: Index, asked: Query, chosen: Places) -> Table:
    import numpy as np

    counts = np.bincount(_numbers(index)[chosen], minlength=len(index.entries)).tolist()
    whole = asked.narrowed == NO_FILTER and not asked.words.strip()
    rows: list[JsonObject] = [
        {
            "document": entry.document,
            "title": entry.title,
            "country": entry.facts.country,
            "date": entry.facts.date,
            "kind": entry.facts.genre,
            "language": entry.facts.language,
            "provisions": count,
            "coded": entry.coded,
        }
        for entry, count in zip(index.entries, counts, strict=True)
        if count or whole
    ]
    if asked.sort:
        rows.sort(key=lambda row: row[asked.sort], reverse=asked.down)
    years = Counter(row["date"][:4] for row in rows)
    facets = {name: _most(Counter(row[name] for row in rows)) for name in ("country", "kind", "language")}
    facets["year"] = _most(years)
    return Table("documents", len(rows), facets, lambda first, count: rows[first : first + count])


def _provisions(index: Index, places: Sequence[int] | Places) -> list[JsonObject]:
    rows: list[JsonObject] = []
    for place in (int(one) for one in places):
        coding = index.coding(place)
        row = _row(index, place)
        row["themes"] = [one.id for one in coding.themes] if coding is not None else []
        actors = (*coding.lead, *coding.others) if coding is not None else ()
        row["actors"] = list(dict.fromkeys(actor.name for actor in actors))
        rows.append(row)
    return rows


def _codings(index: Index, pairs: Sequence[tuple[str, int]]) -> list[JsonObject]:
    rows: list[JsonObject] = []
    for theme, place in pairs:
        coding = index.coding(place)
        scores = {one.id: one.score for one in coding.themes} if coding is not None else {}
        rows.append({"theme": theme, "score": scores.get(theme), **_row(index, place)})
    return rows


def _row(index: Index, place: int) -> JsonObject:
    entry, provision, coding = index.entries[index.number(place)], index.provision(place), index.coding(place)
    return {
        "document": entry.document,
        "country": entry.facts.country,
        "date": entry.facts.date,
        "provision": provision.id,
        "page": provision.page_start,
        "strength": coding.strength.id if coding is not None else "",
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
    }
