"""How far apart the documents stand: one number a pair, drawn as a map or a line, with its table.

The distance of two documents is how likely a provision of one stands alone in the other, averaged over the provisions
of both: 0 where each has its counterpart, 1 where none has. The map is classical scaling (Torgerson 1952,
doi:10.1007/BF02288916): distances on paper come as near to the numbers as two dimensions allow; ``kept`` says how near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.report.names import Party
from polidiff.web.snapshot import Snapshot
from polidiff.wording import Locale

WIDTH, HEIGHT, EDGE = 360.0, 260.0, 46.0


@dataclass(frozen=True)
class Point:
    """A document on the map, in units of the drawing; ``anchor`` is on which side of it its label stands."""

    party: Party
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Distances:
    """``rows[i][j]`` is the distance of documents i and j, in 0..1.

    ``kept`` is the share of the squared distances that the map shows, in 0..1.
    """

    parties: tuple[Party, ...]
    rows: tuple[tuple[float, ...], ...]
    points: tuple[Point, ...]
    kept: float
    height: float


def distances(snapshot: Snapshot, tongue: Locale) -> Distances:
    """Return how far apart the documents of a snapshot stand."""
    parties = snapshot.bench(tongue).parties
    rows = snapshot.apart
    places, kept = scaled(rows)
    height = HEIGHT if len(parties) > 2 else 90.0
    return Distances(parties, rows, _points(parties, places, height), kept, height)


def scaled(rows: Sequence[Sequence[float]]) -> tuple[list[tuple[float, float]], float]:
    """Return two coordinates a document by classical scaling, and the share of the squared distances that they keep.

    An axis is turned so that its largest coordinate is positive: the same distances give the same map.
    """
    import numpy as np

    squared = np.asarray(rows, dtype=np.float64) ** 2
    size = len(squared)
    centre = np.eye(size) - 1.0 / size
    values, vectors = np.linalg.eigh(-0.5 * centre @ squared @ centre)
    order = np.argsort(-values, kind="stable")[:2]
    axes = []
    for index in order:
        axis = np.round(vectors[:, index] * np.sqrt(max(values[index], 0.0)), 6)
        axes.append(axis if axis[int(np.argmax(np.abs(axis)))] >= 0 else -axis)
    while len(axes) < 2:
        axes.append(np.zeros(size))
    total = float(np.abs(values).sum())
    kept = float(np.clip(values[order], 0, None).sum()) / total if total else 1.0
    return [(float(x), float(y)) for x, y in zip(axes[0], axes[1], strict=True)], kept


def _points(parties: tuple[Party, ...], places: list[tuple[float, float]], height: float) -> tuple[Point, ...]:
    """The places on the drawing, on one scale for both directions."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((WIDTH - 2 * EDGE) / wide if wide else 1e9, (height - 2 * EDGE) / high if high else 1e9)
    if scale == 1e9:
        scale = 0.0
    points = []
    for party, (x, y) in zip(parties, places, strict=True):
        px = WIDTH / 2 + (x - (max(xs) + min(xs)) / 2) * scale
        py = height / 2 + (y - (max(ys) + min(ys)) / 2) * scale
        points.append(Point(party, round(px, 1), round(py, 1), _anchor(px)))
    return tuple(points)


def _anchor(x: float) -> str:
    return "start" if x < WIDTH / 3 else "end" if x > WIDTH * 2 / 3 else "middle"
