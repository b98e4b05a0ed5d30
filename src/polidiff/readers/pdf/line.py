"""A printed line and its parts: what the other modules of this folder work on."""

from __future__ import annotations

from dataclasses import dataclass, field

from polidiff.model import Box
from polidiff.readers.pdf.chars import Face


@dataclass(slots=True)
class Part:
    """A stretch of a line: words, or a small raised mark (``raised``)."""

    text: str
    raised: bool
    face: Face
    struck: bool = False


@dataclass(slots=True)
class Line:
    """One printed line. ``y`` is its baseline; ``text_x`` the left edge of what follows a leading run of its own."""

    page: int
    x0: float
    x1: float
    y: float
    size: float
    face: Face
    parts: list[Part]
    text_x: float
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    edge: float = 0.0
    """Where the lines around it that begin at its left edge end, where several end at one place; else 0."""
    gaps: tuple[float, ...] = ()
    cells: tuple[Line, ...] = ()
    bold: bool = False
    italic: bool = False
    centred: bool = False
    dot: bool = False
    """Whether a bullet is drawn before the line."""
    ruled: tuple[int, int, int, int] | None = None
    """In a ruled table: the table's place on its page, row, column, and how many columns the table has."""
    text: str = field(default="")

    def box(self, first_x: float | None = None) -> Box:
        """The line's box on its page; ``first_x`` leaves out a bullet before it."""
        x0 = self.x0 if first_x is None else first_x
        return Box(
            self.page,
            round(x0, 2),
            round(self.y - 0.8 * self.size, 2),
            round(self.x1, 2),
            round(self.y + 0.22 * self.size, 2),
        )
