"""From runs to printed lines in reading order: baselines, raised marks, columns.

A line is what a reader's eye takes in one sweep inside one column. Runs on one baseline are put together by place,
not by their order in the file; small raised runs join the line whose words they stand against; a page with a gutter is
read column by column between the lines that cross the gutter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from polidiff.readers.labels import BULLETS
from polidiff.readers.pdf.chars import GLUED, HYPHEN, Face, PageText, Run, is_cjk
from polidiff.readers.pdf.columns import Barrier, gutter_of, regions
from polidiff.readers.pdf.line import Line, Part
from polidiff.readers.pdf.margins import part_margins
from polidiff.readers.pdf.ruled import Ruled
from polidiff.readers.pdf.side_labels import part_labels

_SMALL = 0.82
"""A run under this share of its line's size is a mark that may stand anywhere about the line."""
_SMALLER = 0.9
"""A run under this share of its line's size is a mark where it is clearly raised."""


_IN_TABLE = 100_000
"""Columns from here on are ruled tables."""
_LONGEST_MARK = 20
"""Letters of a mark that stands raised or lowered; words beside a large number are no marks."""
_CUT = 0.75
"""A gap over this many ems may be a gutter between columns."""
_CUT_AT_GUTTER = 0.45
"""The same at the place of a gutter that the other lines of the page show."""


def page_lines(page: PageText) -> list[Line]:
    """Return the lines of a page in reading order, each with its column and the column's edges.

    The lines of a ruled table stand row by row and cell by cell, before the first line below the table's top.
    """
    if not page.tables:
        return _free_lines(page)
    tables = [Ruled(tuple(xs), tuple(ys)) for xs, ys in page.tables]
    free: list[Run] = []
    held: dict[tuple[int, int, int], list[Run]] = defaultdict(list)
    for run in page.runs:
        cell = next(((n, *at) for n, table in enumerate(tables) if (at := table.cell(run)) is not None), None)
        if cell is None:
            free.append(run)
        else:
            held[cell].append(run)
    lines = _free_lines(replace(page, runs=free), [(table.xs[0], table.xs[-1], table.ys[0]) for table in tables])
    for number in range(len(tables) - 1, -1, -1):
        top, columns = tables[number].ys[0], len(tables[number].xs) - 1
        made: list[Line] = []
        for key in sorted(key for key in held if key[0] == number):
            for line in _merge(_segments(replace(page, runs=held[key]))):
                line.column, line.ruled = _IN_TABLE + number, (*key, columns)
                line.left, line.right = tables[number].xs[key[2]], tables[number].xs[key[2] + 1]
                made.append(line)
        below = next((index for index, line in enumerate(lines) if line.y > top and line.ruled is None), len(lines))
        lines[below:below] = made
    return lines


def _free_lines(page: PageText, barriers: Sequence[Barrier] = ()) -> list[Line]:
    segments = _segments(page)
    if not segments:
        return []
    gutter = gutter_of(segments)
    if gutter is not None and any(line.x0 < gutter - 1 and line.x1 > gutter + 1 for line in segments):
        segments = _segments(page, gutter)
    body, notes = part_margins(segments)
    lines: list[Line] = []
    for column, region in enumerate([*regions(body, 0, barriers), *([notes] if notes else [])]):
        rest, labels = part_labels(region)
        merged = _merge(rest)
        beside = {id(label) for label, _ in labels}
        for label, first in labels:
            places = (at for at, line in enumerate(merged) if id(line) not in beside and abs(line.y - first.y) < 1)
            merged.insert(next(places, len(merged)), label)
        right = max(line.x1 for line in merged)
        left = min(line.x0 for line in merged)
        for line in merged:
            line.column, line.left, line.right = column, left, right
        lines.extend(merged)
    for x0, x1, y in page.dots:
        for line in lines:
            if -0.1 * line.size < line.y - y < 0.75 * line.size and x1 - 1 < line.x0 < x1 + 2.5 * line.size:
                line.dot = line.dot or x1 - x0 < 0.75 * line.size
    return lines


def _segments(page: PageText, gutter: float | None = None) -> list[Line]:
    """Put runs on one baseline together, hang raised runs on their lines, and cut at wide gaps.

    At a known gutter a gap that is narrower still cuts.
    """
    runs = [run for run in page.runs if run.text.strip()]
    runs.sort(key=lambda run: (run.y, run.x0))
    rows: list[list[Run]] = []
    for run in runs:
        row = rows[-1] if rows else None
        if row is not None and run.y - row[0].y <= 0.16 * min(run.size, row[0].size):
            row.append(run)
        else:
            rows.append([run])
    tops = [row[0].y for row in rows]
    homes: list[list[Run]] = [list(row) for row in rows]
    hung: set[int] = set()
    for index, row in enumerate(rows):
        for run in list(row):
            home = _home(run, index, rows, tops)
            if home is not None:
                homes[index].remove(run)
                homes[home].append(run)
                hung.add(id(run))
    segments: list[Line] = []
    for row in homes:
        if not row:
            continue
        row.sort(key=lambda run: (run.x0, run.x1))
        group = [row[0]]
        reach = row[0].x1
        for run in row[1:]:
            mark = id(run) in hung or id(group[-1]) in hung
            at_gutter = gutter is not None and reach <= gutter + 1 and run.x0 >= gutter - 1
            if at_gutter and run.x0 - reach > _CUT_AT_GUTTER * min(run.size, group[-1].size):
                segments.append(_line(page.number, group))
                group = [run]
                reach = run.x1
                continue
            if run.x0 - reach > (1.2 if mark else _CUT) * min(run.size, group[-1].size) and not (
                mark and run.x0 - reach < 1.5 * max(run.size, group[-1].size)
            ):
                segments.append(_line(page.number, group))
                group = []
            group.append(run)
            reach = max(reach if len(group) > 1 else run.x1, run.x1)
        segments.append(_line(page.number, group))
    return segments


def _home(run: Run, index: int, rows: list[list[Run]], tops: list[float]) -> int | None:
    """The row of larger type against whose words a small run stands raised or lowered, if there is one."""
    if len(run.text) > _LONGEST_MARK:
        return None
    best: int | None = None
    nearest = 0.0
    low = bisect_right(tops, run.y - 3 * run.size)
    for other in range(low, len(rows)):
        drop = tops[other] - run.y
        if drop > 3 * run.size:
            break
        if other == index:
            continue
        for word in rows[other]:
            if word.text.strip() in BULLETS or word.face.symbol:
                continue  # a bullet in large type is nothing to stand against
            raised = run.size <= _SMALLER * word.size and 0.1 * word.size < drop < 0.75 * word.size
            small = raised or (run.size <= _SMALL * word.size and -0.35 * word.size < drop < 0.75 * word.size)
            lowered = run.text.isdecimal() and -0.6 * word.size < drop < 0 and abs(run.x0 - word.x1) < 0.15 * word.size
            small = small or (lowered and run.size <= _SMALL * word.size)
            sign = len(run.text) == 1 and abs(drop) < 0.3 * word.size
            if not (small or (sign and len(rows[index]) < len(rows[other]))):
                continue
            distance = max(run.x0 - word.x1, word.x0 - run.x1, 0.0)
            if distance < 1.2 * word.size and (best is None or distance + abs(drop) < nearest):
                best, nearest = other, distance + abs(drop)
    return best


def _line(page: int, runs: list[Run]) -> Line:
    """Build a line from runs in order of place."""
    weights: defaultdict[tuple[float, float], float] = defaultdict(float)
    for run in runs:
        weights[(round(run.size, 1), round(run.y, 1))] += len(run.text) * run.size**2
    (size, y), _ = max(weights.items(), key=lambda item: (item[1], item[0][0]))
    small = [
        y - run.y > (0.04 if run.size < _SMALL * size else 0.1) * size and run.size < _SMALLER * size for run in runs
    ]
    parts: list[Part] = []
    reach = runs[0].x0
    gaps: list[float] = []
    faces: Counter[Face] = Counter()
    bold = italic = total = 0
    text_x = runs[0].x0
    styled = any(run.face.bold or run.face.italic for run in runs)
    for position, run in enumerate(runs):
        text = run.text
        gap = run.x0 - reach
        if position:
            if gap > 0.9 * size:
                gaps.append(gap)
            if position == 1:
                text_x = run.x0
            before = parts[-1].text
            if (
                not before.endswith(" ")
                and not text.startswith(" ")
                and _spaced(before[-1], text[0], gap, size, run, small[position])
            ):
                text = " " + text
        reach = max(reach, run.x1)
        if not small[position]:
            faces[run.face] += len(run.text)
            if styled and not run.face.symbol:
                letters = sum(1 for c in run.text if c.isalnum())
                total += letters
                bold += letters if run.face.bold else 0
                italic += letters if run.face.italic else 0
        last = parts[-1] if parts else None
        if last is not None and (last.raised, last.struck) == (small[position], run.struck) and last.face is run.face:
            last.text += text
        else:
            parts.append(Part(text, small[position], run.face, run.struck))
    face = max(faces.items(), key=lambda item: item[1])[0] if faces else runs[0].face
    line = Line(page, runs[0].x0, reach, y, size, face, parts, text_x, gaps=tuple(gaps))
    line.bold = total > 0 and bold >= 0.95 * total
    line.italic = total > 0 and italic >= 0.95 * total
    line.text = "".join(part.text for part in parts)
    return line


def _spaced(before: str, after: str, gap: float, size: float, run: Run, raised: bool) -> bool:
    if is_cjk(before) and is_cjk(after):
        return gap > 0.7 * size
    if run.joined and gap < GLUED * size:
        return False
    if before == HYPHEN:
        return False
    if raised:
        return gap > 0.18 * size
    return gap > (GLUED if run.joined else 0.08) * size


def _merge(region: list[Line]) -> list[Line]:
    """Put the segments of one column back together, baseline by baseline."""
    region.sort(key=lambda line: (line.y, line.x0))
    merged: list[Line] = []
    group: list[Line] = []
    for line in region:
        if group and line.y - group[0].y <= 0.25 * min(line.size, group[0].size):
            group.append(line)
            continue
        if group:
            merged.append(joined(group))
        group = [line]
    if group:
        merged.append(joined(group))
    return merged


def joined(group: list[Line]) -> Line:
    """Put the segments of one printed line together into one line with cells."""
    if len(group) == 1:
        return group[0]
    group.sort(key=lambda line: line.x0)
    main = max(group, key=lambda line: len(line.text))
    parts: list[Part] = []
    gaps: list[float] = []
    reach = group[0].x1
    for position, line in enumerate(group):
        if position:
            gaps.append(line.x0 - reach)
            first = line.parts[0]
            parts.append(Part(" " + first.text, first.raised, first.face, first.struck))
            parts.extend(line.parts[1:])
            reach = max(reach, line.x1)
        else:
            parts.extend(line.parts)
        gaps.extend(line.gaps)
    words = [line for line in group if any(c.isalnum() for c in line.text) and not line.face.symbol]
    first_x = group[1].x0 if len(group[0].parts) == 1 else group[0].text_x
    result = Line(
        main.page,
        group[0].x0,
        reach,
        main.y,
        main.size,
        main.face,
        parts,
        first_x,
        gaps=tuple(gaps),
        cells=tuple(group),
    )
    result.bold = bool(words) and all(line.bold for line in words)
    result.italic = bool(words) and all(line.italic for line in words)
    result.text = "".join(part.text for part in parts)
    return result
