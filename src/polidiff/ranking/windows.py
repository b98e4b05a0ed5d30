"""A long passage is asked window by window: its answer may stand beyond the words that an encoder reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from polidiff.ranking.passage import Passage
from polidiff.ranking.terms import LONGEST

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH, STEP = 120, 80
"""Words of a window, and from one to the next: about as many as the English encoder reads (160 tokens)."""

_WORD = re.compile(r"\S+")


def windows(passages: Sequence[Passage]) -> tuple[list[Passage], NDArray[np.int64]]:
    """Return the passages cut into overlapping windows, and for each window the place of its passage.

    A passage that fits into one window stays as it is. Of a longer one the first 20,000 characters are cut, as much
    as an index of words reads.
    """
    import numpy as np

    pieces: list[Passage] = []
    owners: list[int] = []
    for place, passage in enumerate(passages):
        for text in _cut(passage.text):
            pieces.append(passage if text == passage.text else replace(passage, text=text))
            owners.append(place)
    return pieces, np.array(owners, dtype=np.int64)


def _cut(text: str) -> list[str]:
    words = [match.span() for match in _WORD.finditer(text[:LONGEST])]
    if len(words) <= WIDTH:
        return [text]
    starts = range(0, len(words) - WIDTH + STEP, STEP)
    return [text[words[start][0] : words[min(start + WIDTH, len(words)) - 1][1]] for start in starts]


def best_windows(owners: NDArray[np.int64], order: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each row the columns of every passage's best window, in order, as many as the poorest row has.

    ``owners``, shape ``(rows, windows)``, says whose window stands in each column; ``order`` are the columns of each
    row, best first.
    """
    import numpy as np

    kept = []
    for line, columns in zip(owners, order, strict=True):
        _, first = np.unique(line[columns], return_index=True)
        kept.append(columns[np.sort(first)])
    fewest = min((len(columns) for columns in kept), default=0)
    return np.array([columns[:fewest] for columns in kept], dtype=np.int64).reshape(len(order), fewest)
