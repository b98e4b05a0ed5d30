"""How far apart the documents stand: one number a pair, drawn as a map or a line, with its table.

The distance of two documents is how likely a provision of one stands alone in the other, averaged over the provisions
of both: 0 where each has its counterpart, 1 where none has. The map is classical scaling (Torgerson 1952,
doi:10.1007/BF02288916): distances on paper come as near to the numbers as two dimensions allow; ``kept`` says how near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.lang.words import has_cjk
from polidiff.report.names import Party
from polidiff.web.snapshot import Snapshot
from polidiff.wording import Locale

WIDTH, HEIGHT, EDGE = 360.0, 260.0, 46.0
LETTER, LINE, GAP, DOT = 6.6, 14.0, 13.0, 5.0
"""Width of a letter of a label (a Chinese one is twice as wide), height of its line, how far it is off, half a dot."""
LONGEST = 24
"""Letters of a label on the map; the table beside it has the whole name."""


@dataclass(frozen=True)
class Point:
    """A document on the map, in units of the drawing, and where its label begins or ends (``anchor``)."""

    party: Party
    x: float
    y: float
    label: str
    left: float
    base: float
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
    return Distances(parties, rows, placed(parties, places, height), kept, height)


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


def placed(parties: tuple[Party, ...], places: list[tuple[float, float]], height: float) -> tuple[Point, ...]:
    """The places on the drawing, on one scale for both directions."""
    xs, ys = [x for x, _ in places], [y for _, y in places]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    scale = min((WIDTH - 2 * EDGE) / wide if wide else 1e9, (height - 2 * EDGE) / high if high else 1e9)
    if scale == 1e9:
        scale = 0.0
    middle = [
        (
            WIDTH / 2 + (x - (max(xs) + min(xs)) / 2) * scale,
            height / 2 + (y - (max(ys) + min(ys)) / 2) * scale,
        )
        for x, y in places
    ]
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in middle]
    points = []
    for party, (x, y) in zip(parties, middle, strict=True):
        label = _short(party.label)
        box, anchor = _beside(x, y, sum(map(_letters, label)) * LETTER, taken, height)
        taken.append(box)
        left = {"start": box[0], "middle": (box[0] + box[2]) / 2, "end": box[2]}[anchor]
        points.append(Point(party, round(x, 1), round(y, 1), label, round(left, 1), round(box[3] - 3, 1), anchor))
    return tuple(points)


_Box = tuple[float, float, float, float]


def _beside(x: float, y: float, wide: float, taken: Sequence[_Box], height: float) -> tuple[_Box, str]:
    """Where a label of a width stands by its point: where it covers least of what is there and of the edge."""
    tops = [y - GAP - LINE / 2, y + GAP - LINE / 2, y - GAP - 1.5 * LINE, y + GAP + LINE / 2]
    spots = [
        ((left, top, left + wide, top + LINE), anchor)
        for top in tops
        for left, anchor in ((x - wide / 2, "middle"), (x - GAP / 2, "start"), (x + GAP / 2 - wide, "end"))
    ]
    spots += [((x + GAP, y - LINE / 2, x + GAP + wide, y + LINE / 2), "start")]
    spots += [((x - GAP - wide, y - LINE / 2, x - GAP, y + LINE / 2), "end")]

    def covered(spot: tuple[_Box, str]) -> float:
        box = spot[0]
        off = max(0.0, -box[0]) + max(0.0, box[2] - WIDTH) + max(0.0, -box[1]) + max(0.0, box[3] - height)
        return round(off * LINE + sum(_shared(box, other) for other in taken), 3)

    return min(spots, key=covered)


def _shared(a: _Box, b: _Box) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _letters(char: str) -> int:
    return 2 if has_cjk(char) else 1


def _short(label: str) -> str:
    room = LONGEST
    for place, char in enumerate(label):
        room -= _letters(char)
        if room < 0:
            return label[:place].rstrip(" ，、“（(") + "…"
    return label
