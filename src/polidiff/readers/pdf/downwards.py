"""East Asian text that is read downwards, in columns from right to left: turned so that its columns are lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from polidiff.model import Box, Piece
from polidiff.readers.pdf.chars import PageText, Run, is_cjk

_FEWEST = 16
"""Single characters of a page from which its direction is told."""
_SHARE = 0.6
"""Share of them that stand below the one before, where a page is read downwards."""


def turn_columns(found: PageText) -> None:
    """Turn the runs of a page that is read downwards, so that each column is a line and the rightmost is the first."""
    if not _reads_down(found.runs):
        return
    for run in found.runs:
        left, base, size = run.x0, run.y, run.size
        run.x0, run.x1, run.y = base - 0.88 * size, base + 0.12 * size, found.width - left - 0.12 * size
    found.width, found.height, found.downwards = found.height, found.width, True


def _reads_down(runs: Sequence[Run]) -> bool:
    single = [run for run in runs if len(run.text) == 1 and is_cjk(run.text)]
    if len(single) < _FEWEST or 2 * len(single) < sum(len(run.text) for run in runs):
        return False
    down = across = 0
    for one, other in pairwise(single):
        right, below = other.x0 - one.x0, other.y - one.y
        down += abs(right) < 0.3 * one.size and 0.8 * one.size < below < 2.5 * one.size
        across += abs(below) < 0.3 * one.size and 0.5 * one.size < right < 2.5 * one.size
    return down > _SHARE * (len(single) - 1) and down > across


def turned_back(pieces: Sequence[Piece], widths: dict[int, float]) -> tuple[Piece, ...]:
    """Return ``pieces`` with the boxes of turned pages as the page is shown; ``widths`` holds those pages' widths."""
    return tuple(
        Piece(piece.start, piece.end, piece.page, _back(piece.box, widths[piece.page]))
        if piece.box is not None and piece.page in widths
        else piece
        for piece in pieces
    )


def _back(box: Box, width: float) -> Box:
    return Box(box.page, round(width - box.y1, 2), box.x0, round(width - box.y0, 2), box.x1)
