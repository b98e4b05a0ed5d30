"""Quotations that follow a document in part: changed words, or true fragments joined without a mark.

Runs in common with the library are chained along the quotation. Going from one run to the next over a few words of
the same passage is an edit; anything farther is a joint. A chain without a joint is a passage with changed words, a
chain with joints is a splice, if each of its pieces is long enough to be no accident.
"""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.checking.quotes.folding import Key, word_edge
from polidiff.checking.quotes.index import QuoteIndex, Run

EDIT = 60
"""Bytes of key (ten English words, twenty Chinese characters) that one edit may replace, drop or add."""
JOINT = 12
"""What a joint costs in bytes of key: a piece must bring more than this to be worth one."""
STRANGER = 6
"""What a piece from another document than the cited one costs besides."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the quotation that follows one passage: bytes ``start:end`` of its key, runs in order.

    ``covered`` counts the bytes that the runs share with the passage.
    """

    start: int
    end: int
    document: int
    runs: tuple[Run, ...]

    @property
    def covered(self) -> int:
        """Bytes of the quotation's key that stand in the passage."""
        return sum(run.end - run.start for run in self.runs)

    @property
    def at(self) -> int:
        """Where the passage starts in the library's buffer."""
        return self.runs[0].at

    @property
    def to(self) -> int:
        """Where the passage ends in the library's buffer."""
        last = self.runs[-1]
        return last.at + last.end - last.start


def snap(run: Run, quote: str, key: Key, library: QuoteIndex) -> Run | None:
    """Shrink ``run`` until it starts and ends at the edges of words on both sides; None when nothing is left."""
    start, end = run.start, run.end

    def edge(byte: int) -> bool:
        if not 0 < byte < len(key.data):
            return True
        return key.at[byte] != key.at[byte - 1] and word_edge(quote, int(key.at[byte]))

    shift = run.at - run.start
    while start < end and not (edge(start) and library.edge(shift + start)):
        start += 1
    while end > start and not (edge(end) and library.edge(shift + end)):
        end -= 1
    if end <= start:
        return None
    return Run(start, end, run.at + start - run.start, run.document)


def chain(quote: str, key: Key, library: QuoteIndex, cited: int | None) -> list[Piece]:
    """Return the pieces of the best chain of runs through ``quote``, in the quotation's order.

    ``cited`` is the number of the document that the quotation is ascribed to; its passages are preferred.
    """
    snapped = (snap(run, quote, key, library) for run in library.runs(key.data))
    runs = sorted({r for r in snapped if r is not None and r.end - r.start >= 6}, key=lambda r: (r.start, r.end, r.at))
    if not runs:
        return []
    best: list[float] = []
    before: list[int] = []
    for i, run in enumerate(runs):
        stranger = STRANGER if cited is not None and run.document != cited else 0
        value, source = float(run.end - run.start - JOINT - stranger), -1
        for j in range(i):
            other = runs[j]
            overlap = max(0, other.end - run.start)
            if other.start >= run.start or run.end <= other.end or overlap >= run.end - run.start:
                continue
            gain = best[j] + (run.end - run.start - overlap)
            gain -= _edit_cost(other, run, overlap) if _near(other, run, overlap) else JOINT + stranger
            if gain > value:
                value, source = gain, j
        best.append(value)
        before.append(source)
    at = max(range(len(runs)), key=lambda i: (best[i], -i))
    picked = [at]
    while before[picked[-1]] >= 0:
        picked.append(before[picked[-1]])
    return _pieces([runs[i] for i in reversed(picked)], quote, key, library)


def _near(left: Run, right: Run, overlap: int) -> bool:
    if left.document != right.document:
        return False
    skipped = right.at + overlap - (left.at + left.end - left.start)
    return -overlap <= skipped <= EDIT and right.start - left.end <= EDIT


def _edit_cost(left: Run, right: Run, overlap: int) -> float:
    skipped = right.at + overlap - (left.at + left.end - left.start)
    return 2 + 0.1 * (abs(skipped) + max(0, right.start - left.end))


def _pieces(runs: list[Run], quote: str, key: Key, library: QuoteIndex) -> list[Piece]:
    """Group chained runs into pieces; where two runs overlap in the quotation, the later one gives way."""
    pieces: list[list[Run]] = []
    for run in runs:
        previous = pieces[-1][-1] if pieces else None
        if previous is None:
            pieces.append([run])
            continue
        overlap = max(0, previous.end - run.start)
        cut = Run(run.start + overlap, run.end, run.at + overlap, run.document)
        near = _near(previous, run, overlap)
        if overlap:
            fitted = snap(cut, quote, key, library)
            if fitted is None:
                continue
            cut = fitted
        if near and cut.at >= previous.at + previous.end - previous.start:
            pieces[-1].append(cut)
        else:
            pieces.append([cut])
    return [Piece(group[0].start, group[-1].end, group[0].document, tuple(group)) for group in pieces]
