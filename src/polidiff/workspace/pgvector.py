"""A workspace's passages in PostgreSQL: candidates by full-text search and by pgvector's HNSW, then exact scores.

For a workspace in a database whose index would be too large for the machine that asks. A table of the workspace's
schema holds the terms of each passage as ``tsvector`` and its vector in half precision, in which settled vectors (whole
numbers up to 1,024) are exact. A lexeme's position says how often it stands there, in halves of an occurrence, and its
weight the same roughly: that orders candidates by BM25 in the database. What is found is a choice, ten times as many as
are asked for; those are put in order by the same index as elsewhere, with the frequencies of all passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from polidiff.ranking.bm25 import LENGTH, SATURATION
from polidiff.ranking.index import How, Index, Part, concepts_of, counting, lengths_of, terms_of
from polidiff.ranking.postings import Postings, Whole, rarity
from polidiff.ranking.query import Question
from polidiff.ranking.terms import HAN
from polidiff.workspace.corpus.block import SIZE
from polidiff.workspace.corpus.index import Filter
from polidiff.workspace.corpus.volume import Volume

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors
    from polidiff.workspace.postgres import PostgresStore

__all__ = ["Choice", "PassageTable"]

MORE = 10
"""Candidates for each passage that is asked for."""

LEAST, MOST = 100, 1000
"""Candidates by meaning at the least, and pgvector's bound on ``hnsw.ef_search``; as many by words."""

PHRASES = 5000
"""Passages with all words of a phrase, the best of them, whose texts are looked into."""

LONGEST = 500
"""Bytes of a term; PostgreSQL takes up to 2,046."""

LEVELS = ((6, "A"), (4, "B"), (2, "C"), (0, "D"))
"""Halves of an occurrence from which on a lexeme has a weight: above it only, or once, twice, oftener in it."""

_RANK = "ts_rank('{0.125, 0.25, 0.5, 0.75}', terms, %s::tsquery) * 6.5797"
"""About how often a term stands in a passage: of one lexeme PostgreSQL's rank is its weight by 1.6449, at most 1."""

_TABLES = """
DROP TABLE IF EXISTS vectors;
CREATE TABLE IF NOT EXISTS entered (mark text PRIMARY KEY, provisions bigint, words bigint, concepts bigint);
CREATE TABLE IF NOT EXISTS passages (
  mark text NOT NULL, place integer NOT NULL, document text NOT NULL, provision text NOT NULL,
  country text NOT NULL, date text NOT NULL, genre text NOT NULL, language text NOT NULL,
  chinese boolean NOT NULL, words integer NOT NULL, concepts integer NOT NULL, text bytea NOT NULL,
  terms tsvector NOT NULL, vector {of}.halfvec({size}), PRIMARY KEY (mark, place)
);
CREATE INDEX IF NOT EXISTS passages_near ON passages USING hnsw (vector {of}.halfvec_ip_ops);
CREATE INDEX IF NOT EXISTS passages_words ON passages USING gin (terms);
"""

_INSERT = (
    "INSERT INTO passages VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s::{of}.halfvec)"
    " ON CONFLICT DO NOTHING"
)

_ENTERED = "INSERT INTO entered VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Choice:
    """Candidates: an index of them, which answers as one of all passages would, and the ids of what stands where."""

    index: Index
    at: tuple[tuple[str, str], ...]


class PassageTable:
    """The table of passages of one workspace."""

    def __init__(self, store: PostgresStore) -> None:
        """Take the table of a store, which need not be there."""
        self._store = store

    @property
    def possible(self) -> bool:
        """Whether the database is in UTF-8 and has pgvector; its owner adds it with ``CREATE EXTENSION vector``."""
        return bool(self._of) and self._store.query("SHOW server_encoding") == [("UTF8",)]

    @cached_property
    def _of(self) -> str:
        """The schema of the extension, quoted; empty where there is none."""
        found = self._store.query(
            "SELECT quote_ident(nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace"
            " WHERE extname = 'vector'"
        )
        return str(found[0][0]) if found else ""

    def allowed(self, right: str) -> bool:
        """Whether the tables are there, and we have this right (``SELECT``, ``INSERT``) to them."""
        there = (
            "SELECT count(*), bool_and(has_table_privilege(quote_ident(schemaname) || '.' || tablename, %s))"
            " FROM pg_tables WHERE schemaname = current_schema() AND tablename IN ('entered', 'passages')"
        )
        return self._store.query(there, (right,)) == [(2, True)]

    def make(self) -> bool:
        """Make the tables and their indexes where they aren't there; whether we may write into them."""
        mine = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
        if not self.allowed("SELECT") and self._store.query(mine) == [(True,)]:
            self._store.change([(_TABLES.format(of=self._of, size=SIZE), ())])
        return self.allowed("INSERT") and self.allowed("SELECT")

    def held(self) -> frozenset[str]:
        """Return the marks of the documents that are there, for us to read."""
        if not self.allowed("SELECT"):
            return frozenset()
        return frozenset(mark for (mark,) in self._store.query("SELECT mark FROM entered"))

    def add(self, volumes: Iterable[Volume], marks: Mapping[str, str]) -> int:
        """Enter the documents of these marks that aren't there, and return how many; the owner's takes others away."""
        missing = set(marks.items()) - {(name, mark) for mark in self.held() for name in marks if marks[name] == mark}
        made = 0
        for volume in volumes:
            if not any((entry.document, entry.mark) in missing for entry in volume.entries):
                continue
            words, concepts, start = volume.part.words.passages(), volume.part.concepts.passages(), 0
            for entry in volume.entries:
                here = range(start, start + entry.provisions)
                held = list(zip(here, islice(words, len(here)), islice(concepts, len(here)), strict=True))
                start += entry.provisions
                if entry.coded and (entry.document, entry.mark) in missing:
                    missing.discard((entry.document, entry.mark))
                    facts = (entry.facts.country, entry.facts.date, entry.facts.genre, entry.facts.language)
                    rows = [
                        (entry.mark, at - here.start, entry.document, volume.provision(at).id, *facts, *row)
                        for at, own, other in held
                        for row in [self._row(volume.part, at, own | other)]
                    ]
                    total = (entry.mark, len(rows), sum(row[9] for row in rows), sum(row[10] for row in rows))
                    insert = _INSERT.format(of=self._of)
                    self._store.change([*((insert, row) for row in rows), (_ENTERED, total)])
                    made += 1
        if self.allowed("DELETE"):
            gone = "DELETE FROM {} WHERE NOT mark = ANY(%s)"
            self._store.change([(gone.format(table), (list(marks.values()),)) for table in ("entered", "passages")])
        return made

    @staticmethod
    def _row(part: Part, at: int, terms: Mapping[str, int]) -> tuple[Any, ...]:
        """What the table holds of a passage's words and meaning."""
        lexemes = " ".join(_lexeme(term, count) for term, count in terms.items() if len(term.encode()) <= LONGEST)
        vector, text = part.vectors[at], part.text(at).encode("utf-8", "surrogatepass")
        lengths = int(part.words.lengths[at]), int(part.concepts.lengths[at])
        return bool(part.chinese[at]), *lengths, text, lexemes, _text(vector) if vector.any() else None

    def choose(
        self, asked: Question, how: How, vector: Vectors | None, marks: Mapping[str, str], narrowed: Filter, top: int
    ) -> Choice:
        """Return candidates for the ``top`` that answer best, from the documents of these marks."""
        held = list(marks.values())
        where, values = _condition(narrowed)
        sums = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in ("provisions", "words", "concepts"))
        all_of = f"SELECT {sums} FROM entered WHERE mark = ANY(%s)"
        size, words, concepts = (int(one) for one in self._store.query(all_of, (held,))[0])
        means = words / size if size and words else 1.0, concepts / size if size and concepts else 1.0
        own, other = list(dict.fromkeys(terms_of(asked))), concepts_of(asked)
        found: list[tuple[str, int]] = []
        often: dict[str, int] = {}
        if how != "meaning" and (own or other):
            often = self._often([*own, *other], held)
            count = counting(asked, how)
            theirs = "NOT chinese" if HAN.search(asked.text) else "chinese"
            kinds = [(count[0], own, "words", means[0], "true"), (count[1], other, "concepts", means[1], theirs)]
            score, rates = _score(kinds, size, often)
            sought = [("true", _any(own), MOST)] if own else []
            if own and (asked.phrases or how == "words"):  # by words alone those with all of them come first
                sought.append(("true", _any(own, " & "), PHRASES if asked.phrases else MOST))
            if other:
                sought.append((theirs, _any(other), MOST))
            for which, terms, most in sought:
                query = (
                    f"SELECT mark, place FROM passages WHERE mark = ANY(%s){where} AND {which}"
                    f" AND terms @@ %s::tsquery ORDER BY {score} DESC, mark, place LIMIT %s"
                )
                found += self._store.query(query, (held, *values, terms, *rates, most))
        if how != "words" and vector is not None:
            wanted = min(MOST, max(LEAST, MORE * top))
            setting = "SELECT set_config('hnsw.ef_search', %s, false), set_config('hnsw.iterative_scan', %s, false)"
            self._store.query(setting, (str(wanted), "relaxed_order"))
            query = f"""SELECT mark, place FROM passages WHERE mark = ANY(%s){where} AND vector IS NOT NULL
                ORDER BY vector OPERATOR({self._of}.<#>) %s::{self._of}.halfvec LIMIT {wanted}"""
            found += self._store.query(query, (held, *values, _text(vector)))
        whole = Whole(size, means[0], often), Whole(size, means[1], often)
        return self._gathered(sorted(set(found)), [*own, *other], marks, whole)

    def _often(self, terms: Sequence[str], held: list[str]) -> dict[str, int]:
        """In how many passages each of some terms stands."""
        counts = ", ".join("count(*) FILTER (WHERE terms @@ %s::tsquery)" for _ in terms)
        query = f"SELECT {counts} FROM passages WHERE mark = ANY(%s) AND terms @@ %s::tsquery"
        rows = self._store.query(query, (*(_quoted(term) for term in terms), held, _any(terms)))
        return dict(zip(terms, (int(count) for count in rows[0]), strict=True))

    def _gathered(
        self,
        places: Sequence[tuple[str, int]],
        terms: Sequence[str],
        marks: Mapping[str, str],
        whole: tuple[Whole, Whole],
    ) -> Choice:
        """Fetch what scores hang on, and put it into an index, in the corpus' order."""
        import numpy as np

        query = f"""SELECT p.mark, p.place, document, provision, chinese, words, concepts, text,
            (SELECT jsonb_object_agg(lexeme, positions[1]) FROM unnest(terms) WHERE lexeme = ANY(%s)),
            {self._of}.halfvec_send(vector)
            FROM passages p JOIN unnest(%s::text[], %s::integer[]) AS c(mark, place) USING (mark, place)"""
        rows = self._store.query(query, (list(terms), [mark for mark, _ in places], [place for _, place in places]))
        order = {mark: number for number, mark in enumerate(marks.values())}
        rows.sort(key=lambda row: (order[row[0]], row[1]))
        texts = [bytes(row[7]).decode("utf-8", "surrogatepass") for row in rows]
        vectors = np.zeros((len(rows), SIZE), dtype=np.float32)
        for number, row in enumerate(rows):
            if row[9] is not None:
                vectors[number] = np.frombuffer(bytes(row[9])[4:], dtype=">f2")
        counts = [row[8] or {} for row in rows]
        part = Part(
            Postings.counted([_only(row, concepts=False) for row in counts], [row[5] for row in rows]),
            Postings.counted([_only(row, concepts=True) for row in counts], [row[6] for row in rows]),
            np.array([row[4] for row in rows], dtype=np.bool_),
            vectors,
            lengths_of(vectors),
            texts.__getitem__,
        )
        return Choice(Index([part], whole=whole), tuple((row[2], row[3]) for row in rows))


def _only(counts: Mapping[str, int], *, concepts: bool) -> dict[str, int]:
    return {term: count for term, count in counts.items() if term.startswith("=") is concepts}


def _score(
    kinds: Sequence[tuple[float, Sequence[str], str, float, str]], size: int, often: Mapping[str, int]
) -> tuple[str, list[object]]:
    """What orders candidates by words, and its values: the better of each kind's weight times its share of BM25.

    A kind has a weight, terms, the column of a passage's length in them with its mean, and which passages it counts in.
    """
    sums: list[str] = []
    values: list[object] = []
    for weight, terms, column, mean, which in kinds:
        rare = [rarity(size, often[term]) for term in terms]
        if not terms:
            continue
        free = f"{SATURATION} * ({1 - LENGTH} + {LENGTH} * {column} / {mean}::float8)"
        parts = []
        for term, one in zip(terms, rare, strict=True):
            parts.append(f"%s::float8 * (1 - {free} / ({_RANK} + {free}))")
            values += [weight * one / sum(rare), _quoted(term)]
        sums.append(f"CASE WHEN {which} THEN {' + '.join(parts)} ELSE 0 END")
    return f"GREATEST({', '.join(sums)})", values


def _lexeme(term: str, count: int) -> str:
    """A term in a ``tsvector``: at the position that says how often it stands there, in halves."""
    level = next(name for least, name in LEVELS if count >= least)
    return f"{_quoted(term)}:{min(count, 16_383)}{level}"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _any(terms: Sequence[str], how: str = " | ") -> str:
    return how.join(_quoted(term) for term in terms)


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
