"""The index: full text in SQLite's memory, vectors in one matrix, codes as lists of places.

Words are found by SQLite's FTS5 with Porter's stemmer and ranked by BM25; each Han character is a word, so a run of
them is a phrase. Meaning is the cosine of the question's vector and a provision's. Both together are joined by
reciprocal ranks (Cormack, Clarke, Büttcher 2009, doi:10.1145/1571941.1572114).
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from polidiff.model import Coding, Provision
from polidiff.web.finder.block import SIZE, Block
from polidiff.web.finder.query import Question, match_all, match_any, spaced

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Vectors

    Mask = NDArray[np.bool_]
    Places = NDArray[np.int64]

How = Literal["both", "words", "meaning"]

DEPTH = 500
"""Provisions that are ranked each way."""

FLOOR = 0.18
"""Cosine from which a provision counts as near in meaning. Under it neighbours are chance: of ten questions on other
subjects, asked of two hundred provisions, the nearest lay below it."""

NEAR = 0.5
"""Share of the best cosine under which provisions are left out: they answer something else."""

JOIN = 60
"""The constant of reciprocal ranks, as in the paper."""


@dataclass(frozen=True)
class Filter:
    """What narrows a search. Empty: everything. ``actors`` are parts of names, in small letters."""

    documents: tuple[str, ...] = ()
    theme: str = ""
    actor: str = ""
    strength: str = ""


@dataclass(frozen=True)
class Hit:
    """A provision that was found, with its coding; ``score`` is its cosine, or None where words alone found it."""

    provision: Provision
    coding: Coding | None
    score: float | None


@dataclass(frozen=True)
class Found:
    """What was found: how many of those that were ranked, some of them, and whether words were missing."""

    total: int
    hits: tuple[Hit, ...]
    loose: bool = False


@dataclass
class _Codes:
    """Where each code stands."""

    themes: dict[str, list[int]] = field(default_factory=dict)
    actors: dict[str, list[int]] = field(default_factory=dict)
    strengths: dict[str, list[int]] = field(default_factory=dict)

    def add(self, coding: Coding, place: int) -> None:
        """Enter a coding."""
        for theme in coding.themes:
            self.themes.setdefault(theme.id, []).append(place)
        for name in dict.fromkeys(actor.name for actor in (*coding.lead, *coding.others)):
            self.actors.setdefault(name, []).append(place)
        self.strengths.setdefault(coding.strength.id, []).append(place)


class Index:
    """All provisions of some documents. It doesn't change; threads may share it."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        """Build the index, which takes about 20 microseconds a provision and 3 KB."""
        import numpy as np

        self._blocks = tuple(blocks)
        self._starts = [0]
        for block in blocks:
            self._starts.append(self._starts[-1] + len(block.provisions))
        self.size = self._starts[-1]
        self.ready = all(block.ready for block in blocks)
        self._codes = _Codes()
        for start, block in zip(self._starts, blocks, strict=False):
            for offset, coding in enumerate(block.codings or ()):
                self._codes.add(coding, start + offset)
        self._vectors: Vectors = np.zeros((self.size, SIZE), dtype=np.float32)
        for start, block in zip(self._starts, blocks, strict=False):
            if block.vectors is not None and len(block.vectors):
                lengths = np.sqrt((block.vectors.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
                lengths[lengths == 0] = 1.0
                self._vectors[start : start + len(block.vectors)] = block.vectors / lengths
        self._lock = threading.Lock()
        self._words = self._written()

    def _written(self) -> sqlite3.Connection:
        words = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        words.execute(
            "CREATE VIRTUAL TABLE provisions USING fts5"
            "(words, content='', tokenize='porter unicode61 remove_diacritics 2')"
        )
        words.execute("BEGIN")
        for start, block in zip(self._starts, self._blocks, strict=False):
            words.executemany(
                "INSERT INTO provisions (rowid, words) VALUES (?, ?)",
                ((start + n, spaced(provision.text)) for n, provision in enumerate(block.provisions)),
            )
        words.execute("COMMIT")
        return words

    @property
    def documents(self) -> tuple[tuple[str, str], ...]:
        """The documents, each with its title."""
        return tuple((block.document, block.title) for block in self._blocks)

    @property
    def themes(self) -> Mapping[str, int]:
        """The themes that occur, each with its number of provisions."""
        return {theme: len(places) for theme, places in self._codes.themes.items()}

    @property
    def strengths(self) -> tuple[str, ...]:
        """The strengths that occur."""
        return tuple(sorted(self._codes.strengths))

    @property
    def actors(self) -> tuple[str, ...]:
        """The names of those who act, most frequent first."""
        return tuple(sorted(self._codes.actors, key=lambda name: (-len(self._codes.actors[name]), name)))

    def search(
        self,
        asked: Question,
        how: How,
        narrowed: Filter,
        encode: Callable[[str], Vectors],
        *,
        first: int = 0,
        count: int = 20,
        decided: Mapping[tuple[str, int, int], bool] | None = None,
    ) -> Found:
        """Return the provisions that answer, best first, from the one ranked ``first``.

        ``decided`` says of places (document, start, end) whether people gave them the theme of the filter, whatever the
        coder says.
        """
        mask = self._mask(narrowed, decided or {})
        if not asked:
            places = self._all(mask)
            return Found(len(places), self._hits(places[first : first + count], {}))
        words, loose = self._by_words(asked, mask) if how != "meaning" else ([], False)
        scores = self._by_meaning(encode(asked.text), mask) if how != "words" else {}
        if how == "both" and asked.phrases:
            held = set(words)
            scores = {place: score for place, score in scores.items() if place in held}
        ranks: dict[int, float] = {}
        for ranked in (words, list(scores)):
            for rank, place in enumerate(ranked, 1):
                ranks[place] = ranks.get(place, 0.0) + 1 / (JOIN + rank)
        order = sorted(ranks, key=lambda place: (-ranks[place], place))
        return Found(len(order), self._hits(order[first : first + count], scores), loose)

    def _all(self, mask: Mask | None) -> list[int]:
        import numpy as np

        return list(range(self.size)) if mask is None else [int(n) for n in np.flatnonzero(mask)]

    def _by_words(self, asked: Question, mask: Mask | None) -> tuple[list[int], bool]:
        """Places with all the words, best first; with any of them where none has all."""
        found = self._matching(match_all(asked), mask)
        if found or len(asked.words) < 2:
            return found, False
        return self._matching(match_any(asked), mask), True

    def _matching(self, expression: str, mask: Mask | None) -> list[int]:
        """Places that match, best first. Documents lie together, so a filter by document bounds what is ranked."""
        import numpy as np

        found = "SELECT rowid FROM provisions WHERE provisions MATCH ?"
        if mask is None:
            with self._lock:
                rows = self._words.execute(f"{found} ORDER BY rank LIMIT {DEPTH}", (expression,)).fetchall()
            return [int(row[0]) for row in rows]
        places = np.flatnonzero(mask)
        if not len(places):
            return []
        bounds = (expression, int(places[0]), int(places[-1]))
        with self._lock:
            rows = self._words.execute(f"{found} AND rowid BETWEEN ? AND ? ORDER BY rank", bounds).fetchall()
        return [int(row[0]) for row in rows if mask[row[0]]][:DEPTH]

    def _by_meaning(self, vector: Vectors, mask: Mask | None) -> dict[int, float]:
        """Places near in meaning with their cosines, best first."""
        import numpy as np

        length = float(np.sqrt((vector.astype(np.float64) ** 2).sum())) or 1.0
        asked = vector / np.float32(length)
        places = np.arange(self.size) if mask is None else np.flatnonzero(mask)
        if not len(places):
            return {}
        few = len(places) < self.size // 4
        cosines = self._vectors[places] @ asked if few else (self._vectors @ asked)[places]
        depth = min(DEPTH, len(places))
        best = np.argpartition(-cosines, depth - 1)[:depth]
        best = best[cosines[best] >= max(FLOOR, NEAR * float(cosines.max()))]
        order = best[np.lexsort((best, -cosines[best]))]
        return {int(places[n]): round(float(cosines[n]), 4) for n in order}

    def _mask(self, narrowed: Filter, decided: Mapping[tuple[str, int, int], bool]) -> Mask | None:
        """Which provisions a filter leaves; None for all."""
        import numpy as np

        masks: list[Mask] = []
        if narrowed.documents:
            mask = np.zeros(self.size, dtype=np.bool_)
            for start, block in zip(self._starts, self._blocks, strict=False):
                if block.document in narrowed.documents:
                    mask[start : start + len(block.provisions)] = True
            masks.append(mask)
        if narrowed.theme:
            mask = self._at(self._codes.themes.get(narrowed.theme, ()))
            for place, has in self._decided(decided):
                mask[place] = has
            masks.append(mask)
        if narrowed.actor:
            part = narrowed.actor.lower()
            masks.append(self._at([n for name, ns in self._codes.actors.items() if part in name.lower() for n in ns]))
        if narrowed.strength:
            masks.append(self._at(self._codes.strengths.get(narrowed.strength, ())))
        return np.logical_and.reduce(masks) if masks else None

    def _at(self, places: Sequence[int]) -> Mask:
        import numpy as np

        mask = np.zeros(self.size, dtype=np.bool_)
        mask[list(places)] = True
        return mask

    def _decided(self, decided: Mapping[tuple[str, int, int], bool]) -> list[tuple[int, bool]]:
        touched = {document for document, _, _ in decided}
        found = []
        for start, block in zip(self._starts, self._blocks, strict=False):
            if block.document not in touched:
                continue
            for offset, provision in enumerate(block.provisions):
                has = decided.get((block.document, provision.start, provision.end))
                if has is not None:
                    found.append((start + offset, has))
        return found

    def _hits(self, places: Sequence[int], scores: Mapping[int, float]) -> tuple[Hit, ...]:
        hits = []
        for place in places:
            number = bisect_right(self._starts, place) - 1
            block, offset = self._blocks[number], place - self._starts[number]
            coding = block.codings[offset] if block.codings is not None else None
            hits.append(Hit(block.provisions[offset], coding, scores.get(place)))
        return tuple(hits)
