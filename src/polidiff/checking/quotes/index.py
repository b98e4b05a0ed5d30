"""A searchable library of documents: exact words, and runs of words in common, over all documents at once.

The keys of all documents stand in one buffer. Twelve-byte grams are sampled every few bytes of it and sorted, so that
any run in common of :attr:`QuoteIndex.sure` bytes or more (three or four English words, five Chinese characters) is met
by looking up the grams of the quotation: the cost grows with the quotation, not with the library. (The sampling of
one side is that of BLAT: Kent, Genome Research 12:656-664, 2002.)

A document with struck-through words has two readings in the buffer: without them, and with them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from polidiff.checking.quotes.folding import Key, word_edge
from polidiff.model import Document, Span

GRAM = 12
LARGE = 24_000_000
"""Bytes of keys above which every eighth gram is kept instead of every fourth."""
MOST_PLACES = 60
"""Places of the same words that are looked at; more are not listed."""
_GAP = b"\xff" * 16
_C1 = np.uint64(0x9E3779B97F4A7C15)
_C2 = np.uint64(0xC2B2AE3D27D4EB4F)


class Hit(NamedTuple):
    """Words found: the number of the document in the library, and their span of its text."""

    document: int
    span: Span


class Run(NamedTuple):
    """A run in common: bytes ``start:end`` of the quotation's key stand at ``at`` in the library's buffer."""

    start: int
    end: int
    at: int
    document: int


def _grams(data: bytes, step: int) -> npt.NDArray[np.uint64]:
    count = (len(data) - GRAM) // step + 1
    if count <= 0:
        return np.zeros(0, dtype=np.uint64)
    first: npt.NDArray[np.uint64] = np.ndarray((count,), dtype="<u8", buffer=data, offset=0, strides=(step,))
    later: npt.NDArray[np.uint64] = np.ndarray((count,), dtype="<u8", buffer=data, offset=GRAM - 8, strides=(step,))
    mixed: npt.NDArray[np.uint64] = (first * _C1) ^ (later * _C2)
    mixed ^= mixed >> np.uint64(29)
    return mixed


class QuoteIndex:
    """Documents made ready for search. Building it reads each text once; searching it doesn't change it."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = tuple(documents)
        whole = [Key.of(document.text) for document in self.documents]
        struck = [number for number, document in enumerate(self.documents) if document.struck]
        live = {number: whole[number].without(self.documents[number].struck) for number in struck}
        self.keys = (*(live.get(n, key) for n, key in enumerate(whole)), *(whole[n] for n in struck))
        self._owners: tuple[int, ...] = (*range(len(whole)), *struck)
        parts: list[bytes] = []
        self.starts: list[int] = []
        size = 0
        for key in self.keys:
            self.starts.append(size)
            parts += [key.data, _GAP]
            size += len(key.data) + len(_GAP)
        self.buffer = b"".join(parts)
        self.bytes: npt.NDArray[np.uint8] = np.frombuffer(self.buffer, dtype=np.uint8)
        self.step = 8 if size > LARGE else 4
        self.sure = GRAM + self.step - 1
        grams = _grams(self.buffer, self.step)
        order = np.argsort(grams, kind="stable")
        self._grams = grams[order]
        self._places = order.astype(np.uint32 if size < 2**32 else np.uint64) * np.array(
            self.step, dtype=np.uint32 if size < 2**32 else np.uint64
        )
        self.numbers = {document.id: number for number, document in enumerate(self.documents)}
        self._contents = tuple([b.span for b in d.blocks if b.kind == "contents"] for d in self.documents)

    def document_at(self, place: int) -> int:
        """Return the number of the document that holds byte ``place`` of the buffer."""
        return self._owners[self._reading_at(place)]

    def _reading_at(self, place: int) -> int:
        return bisect_right(self.starts, place) - 1

    def span(self, start: int, end: int) -> Hit:
        """Return the span of text whose key is ``buffer[start:end]``, which must lie in one document."""
        reading = self._reading_at(start)
        at = self.keys[reading].at
        base = self.starts[reading]
        return Hit(self._owners[reading], Span(int(at[start - base]), int(at[end - 1 - base]) + 1))

    def in_contents(self, number: int, offset: int) -> bool:
        """Return whether ``offset`` of document ``number`` lies in its printed table of contents."""
        spans = self._contents[number]
        at = bisect_right(spans, offset, key=lambda span: span.start)
        return at > 0 and offset < spans[at - 1].end

    def limits(self, place: int) -> tuple[int, int]:
        """Return where the reading of a document that holds byte ``place`` starts and ends in the buffer."""
        return self._limits(self._reading_at(place))

    def _limits(self, reading: int) -> tuple[int, int]:
        return self.starts[reading], self.starts[reading] + len(self.keys[reading].data)

    def whole_words(self, start: int, end: int, left: bool = True, right: bool = True) -> bool:
        """Return whether ``buffer[start:end]`` starts and ends at the edges of words (and of characters).

        ``left`` and ``right`` say at which side it must be the edge of a word.
        """
        reading = self._reading_at(start)
        text, at, base = self._text(reading), self.keys[reading].at, self.starts[reading]
        first, last = start - base, end - 1 - base
        if (first > 0 and at[first] == at[first - 1]) or (last + 1 < len(at) and at[last] == at[last + 1]):
            return False
        if left and not word_edge(text, int(at[first])):
            return False
        return not right or word_edge(text, int(at[last]) + 1)

    def edge(self, place: int) -> bool:
        """Return whether a word may start or end just before byte ``place`` of the buffer."""
        reading = self._reading_at(place)
        at, base = self.keys[reading].at, self.starts[reading]
        byte = place - base
        if byte <= 0 or byte >= len(at):
            return True
        if at[byte] == at[byte - 1]:
            return False
        text = self._text(reading)
        return word_edge(text, int(at[byte])) or word_edge(text, int(at[byte - 1]) + 1)

    def _text(self, reading: int) -> str:
        return self.documents[self._owners[reading]].text

    def places(self, data: bytes, number: int | None = None, left: bool = True, right: bool = True) -> list[int]:
        """Return the places of the buffer at which the whole words ``data`` stand, in order, at most 60.

        ``number`` keeps to one document; ``left`` and ``right`` are those of :meth:`whole_words`.
        """
        found = []
        for place in self._candidates(data, number):
            if self.buffer.startswith(data, place) and self.whole_words(place, place + len(data), left, right):
                found.append(place)
                if len(found) >= MOST_PLACES:
                    break
        return found

    def _candidates(self, data: bytes, number: int | None) -> Iterator[int]:
        if not data:
            return
        if number is None and len(data) >= self.sure:
            low, high = self._look_up(_grams(data, 1))
            counts = high - low
            sums = np.convolve(counts, np.ones(self.step, dtype=np.int64), mode="valid")
            best = int(np.argmin(sums))
            places: set[int] = set()
            for offset in range(best, best + self.step):
                places.update(int(p) - offset for p in self._places[low[offset] : high[offset]].tolist())
            yield from sorted(p for p in places if p >= 0)
            return
        if number is None:
            ranges = [(0, len(self.buffer))]
        else:
            ranges = [self._limits(reading) for reading, owner in enumerate(self._owners) if owner == number]
        for start, end in ranges:
            place = self.buffer.find(data, start, end)
            while place >= 0:
                yield place
                place = self.buffer.find(data, place + 1, end)

    def _look_up(self, grams: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        low = np.searchsorted(self._grams, grams, side="left")
        high = np.searchsorted(self._grams, grams, side="right")
        return low.astype(np.int64), high.astype(np.int64)

    def runs(self, data: bytes, most_common: int = 48, most: int = 48) -> list[Run]:
        """Return runs of at least 12 bytes that ``data`` has in common with the library.

        Grams that stand in more than ``most_common`` sampled places are passed over unless all are so common; the
        ``most`` alignments with the most grams are followed up. The result is sorted by start, then longest first.
        """
        if len(data) < GRAM:
            return []
        low, high = self._look_up(_grams(data, 1))
        counts = high - low
        offsets = np.nonzero((counts > 0) & (counts <= most_common))[0]
        diagonals: dict[int, int] = {}
        for offset in offsets.tolist():
            for place in self._places[low[offset] : high[offset]].tolist():
                diagonal = int(place) - offset
                diagonals[diagonal] = diagonals.get(diagonal, 0) + 1
        chosen = sorted(diagonals, key=lambda d: (-diagonals[d], d))[:most]
        wanted: npt.NDArray[np.uint8] = np.frombuffer(data, dtype=np.uint8)
        found: list[Run] = []
        for diagonal in chosen:
            begin = max(0, -diagonal)
            there = self.bytes[diagonal + begin : diagonal + len(data)]
            same = wanted[begin : begin + there.size] == there
            edges = np.flatnonzero(np.diff(np.concatenate(([False], same, [False])).astype(np.int8)))
            for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
                if end - start >= GRAM:
                    at = diagonal + begin + start
                    found.append(Run(begin + start, begin + end, at, self.document_at(at)))
        return sorted(found, key=lambda r: (r.start, -(r.end - r.start), r.at))
