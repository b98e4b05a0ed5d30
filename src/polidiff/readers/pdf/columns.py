"""Columns and edges: in which order the parts of a page are read, and where its columns begin and end."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import accumulate, pairwise

from polidiff.readers.labels import label_of
from polidiff.readers.pdf.chars import is_cjk
from polidiff.readers.pdf.line import Line

_WIDEST = 20_000.0
"""Points from one edge of the words to the other over which no page has columns: that of PDF is 14,400."""
_GUTTER = 4
"""Points that a gutter is wide, at least."""
_AROUND = 4
"""Lines above and below that show where a line's paragraph ends."""
_ALIKE = 4
"""Lines among them that end at one place where that is an edge."""


_LISTED = "•▪●○◦■□‣➢✓✔"
"""Signs that open an item of a list, and no sentence."""

Barrier = tuple[float, float, float]
"""Something wide that stands on a page, as a ruled table: its left and right edge, and its top, in points."""


def regions(segments: list[Line], depth: int, barriers: Sequence[Barrier] = ()) -> list[list[Line]]:
    """Cut a page into regions in reading order: the whole, or bands of columns between lines that cross the gutter.

    A barrier over the gutter ends a band, too: what stands below it in one column is read after both columns above.
    """
    gutter = (gutter_of(segments) or _beside_full(segments) or _between_lists(segments)) if depth < 2 else None
    if gutter is None:
        return [segments]
    found: list[list[Line]] = []
    band: list[Line] = []
    across: list[Line] = []
    size = sorted(line.size for line in segments)[len(segments) // 2]

    def flush(closing: bool = False) -> None:
        heads = _heads(band, gutter, size) if closing else []
        if heads:
            del band[-len(heads) :]
        for side in (False, True):
            lines = [line for line in band if (line.x1 > gutter + 1) is side]
            found.extend(regions(lines, depth + 1) if lines else [])
        band.clear()
        across.extend(heads)

    tops = sorted(top for x0, x1, top in barriers if x0 < gutter - 1 and x1 > gutter + 1)
    for line in sorted(segments, key=lambda line: (line.y, line.x0)):
        while tops and line.y > tops[0]:
            del tops[0]
            if band:
                flush(closing=True)
        if line.x0 < gutter - 1 and line.x1 > gutter + 1 and any(char.isalnum() for char in line.text):
            if band:
                flush(closing=True)
            across.append(line)
        else:
            if across and any(line.y - other.y > 0.25 * line.size for other in across[-1:]):
                found.append(list(across))
                across.clear()
            band.append(line)
    flush(closing=True)
    if across:
        found.append(across)
    return found


def _heads(band: list[Line], gutter: float, size: float) -> list[Line]:
    """The lines at the end of a band of columns that head what stands below it over the whole width.

    They are bold or larger than the band's type, on one side of the gutter, and below everything on both sides.
    """
    count = 0
    while count < min(3, len(band) - 1):
        line, above = band[-1 - count], band[-2 - count]
        if not (line.bold or line.size > 1.1 * size) or line.y - above.y < 0.9 * line.size:
            break
        count += 1
    if not count or count == len(band) - 1:
        return []
    heads = band[-count:]
    gap = heads[0].y - band[-1 - count].y
    side = {line.x1 <= gutter + 1 for line in heads}
    return heads if gap > 1.4 * heads[0].size and len(side) == 1 else []


def gutter_of(segments: list[Line]) -> float | None:
    """The x of a gutter between two columns of running text, or None.

    A gutter has, on each side, at least six lines that fill most of their column's width, and few lines cross it. A
    table's cells are short against their column, and a list's numbers are a narrow column: neither counts.
    """
    if len(segments) < 12:
        return None
    left = min(line.x0 for line in segments)
    right = max(line.x1 for line in segments)
    width = right - left
    if not 150 <= width <= _WIDEST:
        return None
    gap = _widest_gap(segments, left, width)
    if gap is None:
        return None
    gutter = left + gap
    before = [line for line in segments if line.x1 <= gutter + 1]
    after = [line for line in segments if line.x0 >= gutter - 1]
    crossing = len(segments) - len(before) - len(after)
    if len(after) < 6 <= len(before) and 2 * crossing < len(before) and _short(before, after):
        return gutter
    if min(len(before), len(after)) < 6 or crossing > max(len(before), len(after)):
        return None
    apart = _apart(before, after) or _own_paragraphs(before, after)
    return gutter if all(_is_column(side, width, apart) for side in (before, after)) else None


def _is_column(side: list[Line], width: float, apart: bool) -> bool:
    """Whether the lines on one side of a gutter fill most of their width, or are two columns themselves."""
    span = max(line.x1 for line in side) - min(line.x0 for line in side)
    if span < 0.22 * width:
        return False
    wide = [line for line in side if line.x1 - line.x0 > 0.6 * span]
    full = sum(len(line.text) >= 14 for line in wide)
    cjk = sum(len(line.text) >= 8 and is_cjk(line.text[0]) for line in wide)
    return (
        max(full, cjk) >= max(4 if apart else 5, (0.25 if apart else 0.45) * len(side)) or gutter_of(side) is not None
    )


def _widest_gap(segments: list[Line], left: float, width: float) -> float | None:
    """The middle, from ``left`` on, of the widest stretch in the inner part of a page over which hardly a line runs."""
    cells = int(width) + 2
    cover = [0] * (cells + 1)
    for line in segments:
        cover[int(line.x0 - left)] += 1
        cover[min(int(line.x1 - left) + 1, cells)] -= 1
    cover = list(accumulate(cover))
    low, high = int(0.2 * cells), int(0.8 * cells)
    floor = min(cover[low:high])
    stretches: list[tuple[int, int]] = []
    for index in range(low, high):
        if cover[index] <= floor + 1:
            goes_on = stretches and stretches[-1][1] == index
            stretches.append((stretches.pop()[0] if goes_on else index, index + 1))
    start, end = max(stretches, key=lambda one: one[1] - one[0])
    return (start + end) / 2 if end - start >= _GUTTER else None


def _short(before: list[Line], after: list[Line]) -> bool:
    """Whether a few lines right of a gutter are the last column of a text that ends there.

    They begin where the full column beside them does, are set as wide and as close as that one, and in its type.
    """
    if len(after) < 2 or len(before) < 10:
        return False
    left = min(line.x0 for line in before)
    span = max(line.x1 for line in before) - left
    full = sum(line.x1 - line.x0 > 0.75 * span for line in before)
    wide = sum(line.x1 - line.x0 > 0.75 * span for line in after)
    top = min(line.y for line in before)
    rows = sorted(line.y for line in after)
    step = max((b - a for a, b in pairwise(rows)), default=0.0)
    size = before[0].size
    return (
        full >= 0.6 * len(before)
        and 2 * wide >= len(after)
        and max(line.x1 - line.x0 for line in after) <= 1.05 * span
        and rows[0] - top < 2 * size
        and step < 2 * size
        and all(abs(line.size - size) < 0.6 for line in after)
    )


def _beside_full(segments: list[Line]) -> float | None:
    """The x of a gutter between a full column and the few lines of the last one, whatever stands at the page's foot."""
    if len(segments) < 12:
        return None
    size = sorted(line.size for line in segments)[len(segments) // 2]
    body = [line for line in segments if abs(line.size - size) < 0.6]
    edge, count = Counter(round(line.x1) for line in body).most_common(1)[0]
    before = [line for line in body if line.x1 <= edge + 2]
    after = [line for line in body if line.x0 > edge + 2]
    if 2 * count < len(before) or len(before) + len(after) < len(body) or not _short(before, after):
        return None
    return edge + min(_GUTTER, (min(line.x0 for line in after) - edge) / 2)


def _apart(before: list[Line], after: list[Line]) -> bool:
    """Whether the lines on the two sides of a gutter stand at heights of their own, as those of a table do not."""
    heights = sorted(line.y for line in before)
    shared = 0
    for line in after:
        place = bisect_right(heights, line.y)
        shared += any(abs(other - line.y) < 1 for other in heights[max(place - 1, 0) : place + 1])
    return shared < 0.5 * min(len(before), len(after))


def _own_paragraphs(before: list[Line], after: list[Line]) -> bool:
    """Whether paragraphs begin at heights of their own on the two sides of a gutter: the rows of a table begin on one.

    A paragraph begins below a wider step than its neighbours'.
    """
    starts = []
    for side in (before, after):
        rows = sorted(line.y for line in side)
        step = min((b - a for a, b in pairwise(rows) if b - a > 1), default=0.0)
        starts.append([b for a, b in pairwise(rows) if 1.25 * step < b - a < 3 * step])
    own = [[y for y in mine if all(abs(y - z) > 2 for z in others)] for mine, others in (starts, starts[::-1])]
    return all(own) and 2 * sum(map(len, own)) > sum(map(len, starts))


def _between_lists(segments: list[Line]) -> float | None:
    """The x of a gutter between two lists that stand side by side, item beside item, each with its bullets; or None."""
    edges: dict[int, list[Line]] = defaultdict(list)
    for line in segments:
        if line.text.lstrip()[:1] in _LISTED and len(line.text.strip()) > 2:
            edges[round(line.x0)].append(line)
    lists = [edges[x] for x in sorted(edges) if len(edges[x]) >= 2]
    for left, right in pairwise(lists):
        level = [any(abs(line.y - other.y) < 1 for other in left) for line in right]
        gutter = right[0].x0 - 1
        if sum(level) >= 2 and 2 * sum(level) >= len(right) and all(line.x1 < gutter for line in left):
            return gutter
    return None


def set_edges(lines: list[Line]) -> None:
    """Set the left and right edges of every line's column anew, from the lines that are left on all pages.

    A page of one column takes the edges that most pages of its side (odd or even) have, where its own lie inside them.
    """
    columns: dict[tuple[int, int], list[Line]] = defaultdict(list)
    for line in lines:
        if line.ruled is None:
            columns[(line.page, line.column)].append(line)
    single = Counter(page for page, _ in columns)
    usual: dict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    for key, group in columns.items():
        left, right = min(line.x0 for line in group), max(line.x1 for line in group)
        edges[key] = (left, right)
        if single[key[0]] == 1 and len(group) > 5:
            usual[key[0] % 2][(round(left), round(right))] += len(group)
    common = {side: max(counts.items(), key=lambda item: (item[1], item[0]))[0] for side, counts in usual.items()}
    for key, group in columns.items():
        left, right = edges[key]
        wide = common.get(key[0] % 2)
        if single[key[0]] == 1 and wide is not None:
            inside = sum(wide[0] - 4 <= line.x0 and line.x1 <= wide[1] + 4 for line in group)
            if inside == len(group):
                left, right = min(left, float(wide[0])), max(right, float(wide[1]))
            elif inside >= 0.8 * len(group):
                left, right = float(wide[0]), float(wide[1])
        for line in group:
            line.left, line.right = left, right
        _set_own_edges(group)
    _set_centred(lines)


def _set_own_edges(group: list[Line]) -> None:
    """Give each line of a column the edge at which the lines around it end, where enough of them end at one place.

    A paragraph beside a picture is narrower than its column.
    """
    for index, line in enumerate(group):
        around = [
            other
            for other in group[max(index - _AROUND, 0) : index + _AROUND + 1]
            if abs(other.x0 - line.x0) < 2 and abs(other.size - line.size) < 0.3
        ]
        edge = max(other.x1 for other in around)
        if sum(other.x1 > edge - 1.5 for other in around) >= _ALIKE:
            line.edge = edge


def _set_centred(lines: list[Line]) -> None:
    """Mark the lines that stand in the middle of their column with white on both sides.

    A place where many lines begin that are not centred is a left edge: a line there is centred by chance only.
    """
    edges: Counter[int] = Counter()
    for line in lines:
        left, right = line.x0 - line.left, line.right - line.x1
        width = line.right - line.left
        line.centred = width > 0 and left > 0.04 * width and right > 0.04 * width and abs(left - right) < 0.05 * width
        if not line.centred:
            edges[round(line.x0)] += 1
    chance = []
    for index, line in enumerate(lines):
        outer = line.x0 - line.left < 0.3 * (line.right - line.left)
        if not (line.centred and outer):
            continue
        label = label_of(line.text)
        listed = label is not None and label.startswith("(") and edges[round(line.x0)] > 0
        if not listed and edges[round(line.x0)] <= 4:
            continue
        if listed or (label is not None and line.text.lstrip()[:1].islower()):
            chance.append(line)
            continue
        around = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
        if not any(
            other.centred
            and abs(other.x0 - line.x0) > 2
            and (other.size, other.bold, other.page) == (line.size, line.bold, line.page)
            and abs(other.y - line.y) < 2 * line.size
            for other in around
        ):
            chance.append(line)
    for line in chance:
        line.centred = False
