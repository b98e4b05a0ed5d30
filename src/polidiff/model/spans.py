"""Places in a document: spans of its canonical text, and boxes on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from polidiff.model.shown import short


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of a document's canonical text, in Unicode code points."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """Return the words that the span cuts from ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end

    def within(self, other: Span) -> bool:
        """Return whether this span lies inside ``other``."""
        return other.start <= self.start and self.end <= other.end

    def shifted(self, by: int) -> Span:
        """Return the span ``by`` characters further on."""
        return Span(self.start + by, self.end + by)


class Box(NamedTuple):
    """A rectangle on a page: ``page`` counts from 1, the rest are points from the page's top left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@short
@dataclass(frozen=True, slots=True)
class Piece:
    """A run of canonical text that was printed in one place: the map back from words to page and box.

    ``box`` is None for formats without pages (HTML, text). Pieces are in the order of the text and do not
    overlap; characters between two pieces (the space that joins two printed lines) belong to neither.
    """

    start: int
    end: int
    page: int
    box: Box | None = None
