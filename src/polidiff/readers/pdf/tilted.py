"""Words set at a slant, as designers set titles: turned level about their middle, so that they make lines."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from polidiff.readers.pdf.chars import Run

MOST_TILT = 20.0
"""Degrees from the level up to which words are read as set at a slant; a mark across the page stands at 30 and more."""


def straightened(tilted: Sequence[tuple[float, Run]]) -> Iterator[Run]:
    """Yield runs, each given with the degrees that it climbs, as they stand once all of one slant are turned level."""
    groups: dict[int, list[tuple[float, Run]]] = defaultdict(list)
    for angle, run in tilted:
        groups[round(angle)].append((angle, run))
    for group in groups.values():
        x = sum(run.x0 for _, run in group) / len(group)
        y = sum(run.y for _, run in group) / len(group)
        angle = math.radians(sum(angle for angle, _ in group) / len(group))
        cosine, sine = math.cos(angle), math.sin(angle)
        for _, run in group:
            across, down = run.x0 - x, run.y - y
            left, base = x + across * cosine - down * sine, y + across * sine + down * cosine
            yield replace(run, x0=left, x1=left + (run.x1 - run.x0) / max(cosine, 0.1), y=base)
