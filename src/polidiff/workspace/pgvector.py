"""Vectors in PostgreSQL with pgvector: candidates by HNSW, put in order by exact cosines.

For a workspace in a database whose index would be too large for the machine that asks. The vectors of the index stand
in a table of the workspace's schema, in half precision, in which settled vectors (whole numbers up to 1,024) are exact.
What HNSW gives is approximate: ten times as many candidates are taken as are asked for, and ordered by exact cosines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from polidiff.workspace.corpus.block import SIZE
from polidiff.workspace.corpus.index import Filter, Index

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors
    from polidiff.workspace.postgres import PostgresStore

__all__ = ["Near", "VectorTable"]

MORE = 10
"""Candidates for each passage that is asked for."""

LEAST, MOST = 100, 1000
"""Candidates at the least, and pgvector's bound on ``hnsw.ef_search``."""

_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
  mark text NOT NULL, place integer NOT NULL, document text NOT NULL, provision text NOT NULL,
  country text NOT NULL, date text NOT NULL, genre text NOT NULL, language text NOT NULL,
  vector {of}.halfvec({size}) NOT NULL, PRIMARY KEY (mark, place)
);
CREATE INDEX IF NOT EXISTS vectors_near ON vectors USING hnsw (vector {of}.halfvec_ip_ops);
"""


_INSERT = "INSERT INTO vectors VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s::{of}.halfvec) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Near:
    """A provision near in meaning to what was asked, by its id; ``cosine`` is exact, to four digits."""

    document: str
    provision: str
    cosine: float


class VectorTable:
    """The table of vectors of one workspace."""

    def __init__(self, store: PostgresStore) -> None:
        """Take the table of a store, which need not be there."""
        self._store = store

    @property
    def possible(self) -> bool:
        """Whether the database has pgvector; its owner adds it with ``CREATE EXTENSION vector``."""
        return bool(self._of)

    @cached_property
    def _of(self) -> str:
        """The schema of the extension, quoted; empty where there is none."""
        found = self._store.query(
            "SELECT quote_ident(nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace"
            " WHERE extname = 'vector'"
        )
        return str(found[0][0]) if found else ""

    def make(self) -> None:
        """Make the table and its index, where they aren't there."""
        self._store.change([(_TABLE.format(of=self._of, size=SIZE), ())])

    def held(self) -> frozenset[str]:
        """Return the marks of the documents whose vectors are there."""
        there = "SELECT FROM pg_tables WHERE tablename = 'vectors' AND schemaname = current_schema()"
        if not self._store.query(there):
            return frozenset()
        return frozenset(mark for (mark,) in self._store.query("SELECT DISTINCT mark FROM vectors"))

    def add(self, index: Index, marks: Mapping[str, str]) -> int:
        """Enter the documents of an index that aren't there, and return how many."""
        held = self.held()
        new = [n for n, entry in enumerate(index.entries) if entry.coded and marks[entry.document] not in held]
        for number in new:
            entry, start = index.entries[number], index.starts()[number]
            vectors = index.passages.vectors(slice(start, start + entry.provisions))
            facts = (entry.facts.country, entry.facts.date, entry.facts.genre, entry.facts.language)
            name = entry.document
            rows = [
                (marks[name], place, name, index.provision(start + place).id, *facts, _text(vector))
                for place, vector in enumerate(vectors)
                if vector.any()
            ]
            self._store.change([(_INSERT.format(of=self._of), row) for row in rows])
        return len(new)

    def nearest(self, vector: Vectors, marks: Mapping[str, str], narrowed: Filter, top: int) -> tuple[Near, ...]:
        """Return the ``top`` nearest of the documents of these marks, by exact cosine; ties in the corpus' order."""
        import numpy as np

        wanted = min(MOST, max(LEAST, MORE * top))
        where, values = _condition(narrowed)
        setting = "SELECT set_config('hnsw.ef_search', %s, false), set_config('hnsw.iterative_scan', %s, false)"
        query = f"""SELECT document, provision, place, vector::text FROM vectors WHERE mark = ANY(%s){where}
            ORDER BY vector OPERATOR({self._of}.<#>) %s::{self._of}.halfvec LIMIT {wanted}"""
        self._store.query(setting, (str(wanted), "relaxed_order"))
        rows = self._store.query(query, (list(marks.values()), *values, _text(vector)))
        if not rows:
            return ()
        found = np.array([[int(n) for n in text[1:-1].split(",")] for *_, text in rows], dtype=np.float64)
        lengths = np.sqrt((found**2).sum(axis=1)) * float(np.sqrt((vector.astype(np.float64) ** 2).sum()) or 1.0)
        cosines = np.round(found @ vector.astype(np.float64) / lengths, 4).tolist()
        order = {name: number for number, name in enumerate(marks)}
        ranked = sorted(zip(rows, cosines, strict=True), key=lambda one: (-one[1], order.get(one[0][0], 0), one[0][2]))
        return tuple(Near(row[0], row[1], cosine) for row, cosine in ranked[:top])


def _condition(narrowed: Filter) -> tuple[str, list[Any]]:
    """What a filter asks of a row, and the values in it."""
    asked = {"country": narrowed.country, "genre": narrowed.genre, "language": narrowed.language}
    parts = [(f"lower({name}) = lower(%s)", value) for name, value in asked.items() if value]
    if narrowed.since:
        parts.append((f"date <> '' AND left(date, {len(narrowed.since)}) >= %s", narrowed.since))
    if narrowed.until:
        parts.append((f"date <> '' AND left(date, {len(narrowed.until)}) <= %s", narrowed.until))
    if narrowed.documents:
        parts.append(("document = ANY(%s)", list(narrowed.documents)))  # type: ignore[arg-type]
    return "".join(f" AND {part}" for part, _ in parts), [value for _, value in parts]


def _text(vector: Sequence[float] | Vectors) -> str:
    return "[" + ",".join(str(int(number)) for number in vector) + "]"
