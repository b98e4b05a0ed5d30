"""Labels of rows as tables, a column a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from polidiff.judges.heads import Head


def slices(heads: Sequence[Head]) -> list[slice]:
    """Return the columns of each head."""
    ends = np.cumsum([len(head.labels) for head in heads])
    return [slice(int(end) - len(head.labels), int(end)) for end, head in zip(ends, heads, strict=True)]


def truth(rows: Sequence[dict[str, Any]], heads: Sequence[Head]) -> np.ndarray:
    """Return 0 or 1 for each row and label, shape ``(rows, labels)``; NaN where a row doesn't have the head."""
    made = np.full((len(rows), sum(len(head.labels) for head in heads)), np.nan, dtype=np.float32)
    for head, at in zip(heads, slices(heads), strict=True):
        for number, row in enumerate(rows):
            if head.name not in row:
                continue
            said = row[head.name]
            said = {said} if isinstance(said, str) else set(said)
            made[number, at] = [label in said for label in head.labels]
    return made
