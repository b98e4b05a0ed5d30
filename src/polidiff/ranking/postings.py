"""Terms of many passages as lists of places: one form in memory and, mapped, on a disk; and BM25 over such lists."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polidiff.ranking.bm25 import LENGTH, PLACE, SATURATION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode.protocol import Matrix

    Places = NDArray[np.int64]
    Arrays = Mapping[str, NDArray[Any]]

HALVES = round(1 / PLACE)
"""What a term in a passage counts where one above it counts 1: counts are kept as whole numbers."""

MOST = 65_535
"""The greatest count that is kept."""


@dataclass(frozen=True, eq=False)
class Postings:
    """Where each term stands. Terms are sorted by their bytes in UTF-8; ``names`` holds them one after another.

    ``ends`` and ``starts``, shape ``(terms + 1,)``, part ``names``, and ``places`` with ``counts``; ``counts`` are in
    halves of an occurrence. ``lengths``, shape ``(passages,)``, are the passages' own terms.
    """

    names: NDArray[np.uint8]
    ends: NDArray[np.int64]
    starts: NDArray[np.int64]
    places: NDArray[np.uint32]
    counts: NDArray[np.uint16]
    lengths: NDArray[np.uint32]

    @staticmethod
    def of(texts: Sequence[Sequence[str]], above: Sequence[Sequence[str]] | None = None) -> Postings:
        """Build it from the passages' terms and, with ``above``, those of what stands over each."""

        def counted() -> Iterator[dict[str, int]]:
            for place, words in enumerate(texts):
                held = {term: HALVES * count for term, count in Counter(words).items()}
                for term in above[place] if above is not None else ():
                    held[term] = held.get(term, 0) + 1
                yield held

        return Postings.counted(counted(), [len(words) for words in texts])

    @staticmethod
    def counted(passages: Iterable[Mapping[str, int]], lengths: Sequence[int]) -> Postings:
        """Build it from each passage's terms with their counts, and how many terms each passage has itself."""
        import numpy as np

        known: dict[str, int] = {}
        terms, places, counts = array("q"), array("q"), array("q")
        for place, held in enumerate(passages):
            terms.extend(known.setdefault(term, len(known)) for term in held)
            places.extend([place] * len(held))
            counts.extend(held.values())
        ordered = sorted(known, key=_bytes)
        rank = np.zeros(len(known), dtype=np.int64)
        rank[[known[term] for term in ordered]] = np.arange(len(known))
        return _assembled(
            [_bytes(term) for term in ordered],
            rank[np.array(terms, dtype=np.int64)],
            np.array(places, dtype=np.int64),
            np.minimum(np.array(counts, dtype=np.int64), MOST),
            np.array(lengths, dtype=np.int64),
        )

    @staticmethod
    def from_arrays(arrays: Arrays, prefix: str) -> Postings:
        """Return what :meth:`arrays` gave."""
        return Postings(*(arrays[f"{prefix}-{name}"] for name in Postings.__dataclass_fields__))

    def arrays(self, prefix: str) -> dict[str, NDArray[Any]]:
        """Return its arrays by name, to be written."""
        return {f"{prefix}-{name}": getattr(self, name) for name in Postings.__dataclass_fields__}

    def passages(self) -> Iterator[dict[str, int]]:
        """Yield each passage's terms with their counts: what :meth:`counted` takes."""
        import numpy as np

        order = np.argsort(self.places, kind="stable")
        terms, counts = np.repeat(np.arange(len(self)), np.diff(self.starts))[order], self.counts[order]
        ends = np.cumsum(np.bincount(self.places, minlength=len(self.lengths)))
        for start, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True):
            names = (self.name(term).decode("utf-8", "surrogatepass") for term in terms[start:end].tolist())
            yield dict(zip(names, counts[start:end].tolist(), strict=True))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def name(self, term: int) -> bytes:
        """Return a term by its number, in UTF-8."""
        return self.names[self.ends[term] : self.ends[term + 1]].tobytes()

    def held(self, number: int) -> slice:
        """Return which of ``places`` and ``counts`` are those of a term."""
        return slice(int(self.starts[number]), int(self.starts[number + 1]))

    def find(self, term: str) -> slice | None:
        """Return which of ``places`` and ``counts`` are those of a term, or None."""
        wanted = _bytes(term)
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if self.name(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return self.held(low) if low < len(self) and self.name(low) == wanted else None

    def starting(self, prefix: str) -> Iterator[tuple[str, slice]]:
        """Yield the terms that begin so, without the beginning, and where they stand."""
        for number in range(len(self)):
            name = self.name(number)
            if name.startswith(_bytes(prefix)):
                yield name.decode("utf-8", "surrogatepass")[len(prefix) :], self.held(number)


def joined(parts: Sequence[tuple[Postings, NDArray[np.bool_]]]) -> Postings:
    """Return several as one, each with which of its passages are kept; those move together."""
    import numpy as np

    names = sorted({part.name(n) for part, _ in parts for n in range(len(part))})
    number = {name: at for at, name in enumerate(names)}
    terms, places, counts, lengths, start = [], [], [], [], 0
    for part, keep in parts:
        own = np.array([number[part.name(n)] for n in range(len(part))], dtype=np.int64)
        of = np.repeat(own, np.diff(part.starts))
        chosen = keep[part.places]
        moved = np.cumsum(keep) - 1 + start
        terms.append(of[chosen])
        places.append(moved[part.places[chosen]])
        counts.append(part.counts[chosen].astype(np.int64))
        lengths.append(part.lengths[keep].astype(np.int64))
        start += int(keep.sum())
    found = np.concatenate(terms)
    used = np.flatnonzero(np.bincount(found, minlength=len(names)))
    rank = np.full(len(names), -1, dtype=np.int64)
    rank[used] = np.arange(len(used))
    return _assembled(
        [names[n] for n in used], rank[found], np.concatenate(places), np.concatenate(counts), np.concatenate(lengths)
    )


def _assembled(names: Sequence[bytes], terms: Places, places: Places, counts: Places, lengths: Places) -> Postings:
    """Put postings in the order of their terms; the places of a term come as they were given, so ascending."""
    import numpy as np

    order = np.argsort(terms, kind="stable")
    ends = np.zeros(len(names) + 1, dtype=np.int64)
    ends[1:] = np.cumsum([len(name) for name in names])
    starts = np.zeros(len(names) + 1, dtype=np.int64)
    starts[1:] = np.cumsum(np.bincount(terms, minlength=len(names)))
    return Postings(
        np.frombuffer(b"".join(names), dtype=np.uint8),
        ends,
        starts,
        places[order].astype(np.uint32),
        counts[order].astype(np.uint16),
        lengths.astype(np.uint32),
    )


def _bytes(term: str) -> bytes:
    return term.encode("utf-8", "surrogatepass")


@dataclass(frozen=True)
class Whole:
    """What BM25 has to know of all passages where only some are held: how many there are, how many terms one has on
    average, and in how many each term stands."""

    size: int
    mean: float
    frequency: Mapping[str, int]


def rarity(size: int, frequency: int) -> float:
    """Return what a term counts that stands in ``frequency`` of ``size`` passages."""
    import numpy as np

    return float(np.log1p((size - frequency + 0.5) / (frequency + 0.5)))


class Terms:
    """BM25 over one or more lists of postings, as if they were one: a question's terms are looked up, no others.

    ``parts`` gives for each the place in the whole of each of its passages, -1 for those that are left out. Where they
    are a choice of more passages, ``whole`` tells of those.
    """

    def __init__(self, parts: Sequence[tuple[Postings, Places]], size: int, whole: Whole | None = None) -> None:
        import numpy as np

        self._size, self._of = size, whole
        self._last: tuple[tuple[str, ...], Matrix, NDArray[np.int64]] | None = None
        total = sum(float(one.lengths[at >= 0].sum(dtype=np.float64)) for one, at in parts)
        mean = whole.mean if whole is not None else total / size if size and total else 1.0
        self._parts = [
            (one, at, SATURATION * (1 - LENGTH + LENGTH * (one.lengths.astype(np.float64) / mean))) for one, at in parts
        ]

    def scored(self, wanted: Sequence[str]) -> tuple[Matrix, NDArray[np.int64]]:
        """Return each passage's score as a share of the most that it could be, and how many of the terms it holds.

        A term that no passage has counts as the rarest: a passage can't answer it. Not to be written to.
        """
        import numpy as np

        asked = tuple(dict.fromkeys(wanted))
        last = self._last
        if last is not None and last[0] == asked:  # one question is looked up several times in a row
            return last[1], last[2]
        score, count = np.zeros(self._size), np.zeros(self._size, dtype=np.int64)
        ceiling = 0.0
        for term in asked:
            found = [(at[own], weight) for at, own, weight in self._standing(term)]
            of, frequency = self._size, sum(int((at >= 0).sum()) for at, _ in found)
            if self._of is not None:
                of, frequency = self._of.size, self._of.frequency.get(term, 0)
            rare = rarity(of, frequency)
            ceiling += rare
            for at, (often, held) in found:
                here = at >= 0
                often, held = often[here], held[here]
                score[at[here]] += rare * often * (SATURATION + 1) / (often + held)
                count[at[here]] += 1
        score = np.round(score / (ceiling * (SATURATION + 1) or 1.0), 6)
        self._last = asked, score, count
        return score, count

    def holding(self, wanted: Sequence[str]) -> Places:
        """Return the places that hold all of some terms, ascending."""
        import numpy as np

        found: Places | None = None
        for term in wanted:
            here = [at[own] for at, own, _ in self._standing(term)]
            places = np.sort(np.concatenate(here)) if here else np.zeros(0, dtype=np.int64)
            places = places[places >= 0]
            found = places if found is None else np.intersect1d(found, places, assume_unique=True)
        return np.zeros(0, dtype=np.int64) if found is None else found

    def _standing(self, term: str) -> Iterator[tuple[Places, NDArray[np.uint32], tuple[Matrix, Matrix]]]:
        import numpy as np

        for one, at, held in self._parts:
            found = one.find(term)
            if found is not None:
                places = one.places[found]
                yield at, places, (one.counts[found].astype(np.float64) / HALVES, held[places])
