"""From printed lines to blocks: which lines belong together, on one page and over the end of a column or page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from polidiff.model import BlockKind
from polidiff.readers.labels import label_of
from polidiff.readers.pdf.chars import HYPHEN, is_cjk
from polidiff.readers.pdf.contents import contents_of
from polidiff.readers.pdf.footnotes import drop_head
from polidiff.readers.pdf.line import Line
from polidiff.readers.pdf.listed import counts_on
from polidiff.readers.pdf.tables import bullet, row_cells, table_rows

_END = re.compile(r"[.!?:;。！？：；…]['\"’”»)\]）』」]*$")
STOP = re.compile(r"[.!?。！？…]['\"’”»)\]）』」]*$")
_OPEN_WORD = re.compile(r"\b(?:of|in|to|with|under|and|or|by|[Tt]he|for|from|on|at|[Aa]n?|its|their|shall|must|be)$")
_DASHED = re.compile(r"\w–$")
_NARROW = frozenset("iljtfrI.,;:'’‘|()[]!- ")
_RAGGED = 0.12
"""Share of the column's width that may stay free behind a line of ragged text whose sentence goes on."""
_OPEN = 1.32
"""A gap between baselines over this multiple of the type's usual gap parts two blocks."""


@dataclass(slots=True)
class Draft:
    """A block before its words are joined."""

    lines: list[Line]
    kind: BlockKind = "paragraph"
    marker: str | None = None
    bullet: bool = False
    level: int = 0
    first_x: float = 0.0
    hang_x: float | None = None
    above: float = 0.0
    """The gap above the first line, as a multiple of the usual gap; 9 at the top of a column."""
    below: float = 9.0
    centred: bool = False
    cells: list[list[Line]] = field(default_factory=list)
    """The lines of each cell of a table's row, cell by cell."""
    tail: list[int] = field(default_factory=list)
    """Indices of the lines that begin on another page or column than the line before."""

    @property
    def text(self) -> str:
        """The words as printed, for tests of their look alone."""
        return " ".join(line.text.strip() for line in self.lines)

    @property
    def size(self) -> float:
        """Type size of the block's first line, in points."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether all words are bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all words are italic."""
        return all(line.italic for line in self.lines)


@dataclass(frozen=True, slots=True)
class Body:
    """The look of running text: its size and family, whether it is bold or italic, and gaps and edges by place."""

    size: float
    family: str
    bold: bool
    italic: bool
    pitch: dict[int, float]
    edges: dict[int, float]

    def gap(self, line: Line) -> float:
        """The usual gap between baselines for the type of ``line``, in points."""
        return self.pitch.get(round(2 * line.size), 1.22 * line.size)


def body_of(lines: list[Line]) -> Body:
    """Measure the running text of a document."""
    sizes: Counter[float] = Counter()
    looks: Counter[tuple[str, bool, bool]] = Counter()
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
    size = max(sizes.items(), key=lambda item: (item[1], item[0]))[0] if sizes else 10.0
    gaps: dict[int, Counter[float]] = defaultdict(Counter)
    rights: dict[int, list[float]] = defaultdict(list)
    before: Line | None = None
    for line in lines:
        if abs(line.size - size) <= 0.5:
            looks[(line.face.family, line.bold, line.italic)] += len(line.text)
        rights[round(line.x0 / 3)].append(line.x1)
        if before is not None and before.page == line.page and before.column == line.column:
            gap = line.y - before.y
            if abs(line.size - before.size) < 0.3 and 0.85 * line.size < gap < 2.6 * line.size:
                gaps[round(2 * line.size)][round(gap * 2) / 2] += min(len(line.text), 40)
        before = line
    pitch: dict[int, float] = {}
    for key, counts in gaps.items():
        most = max(counts.values())
        pitch[key] = min(gap for gap, count in counts.items() if count >= 0.35 * most)
    edges: dict[int, float] = {}
    for place, ends in rights.items():
        if len(ends) >= 6:
            edges[place] = sorted(ends)[int(0.92 * len(ends))]
    family, bold, italic = max(looks.items(), key=lambda item: item[1])[0] if looks else ("", False, False)
    return Body(size, family, bold, italic, pitch, edges)


def group(lines: list[Line], body: Body) -> list[Draft]:
    """Gather ``lines`` (in reading order, over all pages) into blocks."""
    ruled = {index: line.ruled for index, line in enumerate(lines) if line.ruled is not None}
    kinds = {index: kind for index, kind in contents_of(lines).items() if index not in ruled}
    rows = table_rows(lines, {*kinds, *ruled})
    members: dict[int, list[Line]] = defaultdict(list)
    for index, row in sorted(rows.items()):
        members[row].append(lines[index])
    drafts: list[Draft] = []
    current: Draft | None = None
    before: Line | None = None
    for index, line in enumerate(lines):
        near = before is not None and before.page == line.page and before.column == line.column
        ratio = 9.0
        if near and before is not None:
            ratio = (line.y - before.y) / body.gap(line if line.size <= before.size else before)
        place = kinds.get(index)
        if line.ruled is not None:
            current = _in_ruled(drafts, current, lines, index, body)
        elif place is not None:
            if current is not None and current.kind == "contents" and place == "more":
                current.lines.append(line)
            else:
                current = _draft(line, ratio, body, "contents")
                drafts.append(current)
        elif index in rows:
            if current is not None and current.kind == "row" and rows[index] == rows.get(index - 1):
                current.lines.append(line)
            else:
                current = _draft(line, ratio, body, "row")
                current.cells = row_cells(members[rows[index]])
                drafts.append(current)
        elif current is not None and current.kind not in ("contents", "row") and before is not None:
            if near:
                joins = _joins(current, before, line, ratio, body)
            else:
                joins = _runs_on(current, before, line, body)
            if joins:
                if not near:
                    current.tail.append(len(current.lines))
                elif len(current.lines) == 1:
                    current.hang_x = line.x0
                current.lines.append(line)
            else:
                current.below = ratio
                current = _draft(line, ratio, body)
                drafts.append(current)
        else:
            if current is not None:
                current.below = ratio
            current = _draft(line, ratio, body)
            drafts.append(current)
        before = line
    return drafts


def _in_ruled(drafts: list[Draft], current: Draft | None, lines: list[Line], index: int, body: Body) -> Draft:
    """Add a line of a ruled table to its row, or begin the row; a row that the page's end parts goes on on the next."""
    line, before = lines[index], lines[index - 1] if index else None
    assert line.ruled is not None
    table, row, column, columns = line.ruled
    same = False
    if current is not None and current.kind == "row" and before is not None and before.ruled is not None:
        same = before.page == line.page and before.ruled[:2] == (table, row)
        if before.page == line.page - 1 and row == 0 and len(current.cells) == columns:
            same = _open_row(current.cells, lines, index, body)
    if not same or current is None:
        current = _draft(line, 9.0, body, "row")
        current.lines.clear()
        current.cells = [[] for _ in range(columns)]
        drafts.append(current)
    current.lines.append(line)
    current.cells[column].append(line)
    return current


def _open_row(cells: list[list[Line]], lines: list[Line], index: int, body: Body) -> bool:
    """Whether a table's first row on a page goes on with ``cells`` at the end of the page before.

    Nothing stands in its first cell, or the words there go on in mid sentence: they begin with a small letter, or
    those before have no stop and in some cell words without a stop filled their line.
    """
    first = lines[index]
    assert first.ruled is not None
    key = cells[0][-1].text.strip() if cells[0] else ""
    if first.ruled[2] or (key and first.text.strip()[:1].islower()):
        return True
    if not key or _END.search(key):
        return False
    table = first.ruled[:2]
    row = takewhile(lambda line: line.ruled is not None and line.ruled[:2] == table, lines[index:])
    for column, cell in groupby(row, key=lambda line: line.ruled[2] if line.ruled is not None else 0):
        above, line = cells[column], next(cell)
        if above and not _END.search(above[-1].text.strip()) and fills(above[-1], line, body):
            return True
    return False


def _draft(line: Line, above: float, body: Body, kind: BlockKind = "paragraph") -> Draft:
    draft = Draft([line], kind, first_x=line.x0, above=above, centred=line.centred)
    if kind != "paragraph":
        return draft
    glyph = bullet(line)
    if glyph:
        draft.kind, draft.bullet, draft.marker = "item", True, glyph
        draft.hang_x = line.text_x if line.text_x > line.x0 else None
        if line.text.lstrip().startswith(glyph):
            drop_head(line, len(line.text) - len(line.text.lstrip()) + len(glyph))
        if "\ue000" <= glyph <= "\uf8ff" or glyph.isalnum():
            draft.marker = "•"
        return draft
    label = label_of(line.text)
    if label:
        draft.marker = label
        if len(line.parts) > 1 and line.parts[0].text.strip() == label:
            draft.hang_x = line.text_x
        if not draft.centred:
            draft.kind = "item"
    elif len(line.cells) > 1 and line.cells[0].x1 + line.size < line.cells[1].x0:
        draft.hang_x = line.cells[1].x0
    return draft


def _right(line: Line, body: Body, left: float | None = None) -> float:
    """Where a full line would end: the edge of the lines around it, or the usual one of lines that begin there."""
    if line.edge and left is None:
        return line.edge
    edge = body.edges.get(round((line.x0 if left is None else left) / 3))
    width = line.right - line.left
    if edge is None or edge > line.right or edge < line.right - 0.12 * width:
        return line.right
    return edge


def fills(before: Line, line: Line, body: Body, left: float | None = None) -> bool:
    """Whether the first word of ``line`` would not have fitted on the line before it."""
    text = line.text.strip()
    text_before = before.text.strip()
    last = text_before[-1:]
    if last in ("-", "‐", HYPHEN) or _DASHED.search(text_before[-2:]) or _OPEN_WORD.search(text_before[-8:]):
        return True
    room = _right(before, body, left) - before.x1
    if text and is_cjk(text[0]):
        return room < 1.4 * line.size
    width = before.right - before.left
    if (last.isalnum() or last == ",") and text[:1].islower() and room < 0.5 * width:
        return True
    alike = (before.face, round(before.size, 1)) == (line.face, round(line.size, 1))
    if (last.isalnum() or last == ",") and alike and room < _RAGGED * width and not before.bold:
        return True
    unit = (line.x1 - line.x0) / max(_breadth(text), 1.0)
    word = text.split(" ", 1)[0]
    word = word[: next((at for at, c in enumerate(word) if is_cjk(c)), len(word))]
    return room < unit * _breadth(word) + 0.25 * line.size


def _breadth(text: str) -> float:
    """How wide words are set, in widths of a common small letter."""
    return sum(0.55 if c in _NARROW else 1.5 if c in "mwMW@—" else 1.3 if c.isupper() else 1.0 for c in text)


def _joins(current: Draft, before: Line, line: Line, ratio: float, body: Body) -> bool:
    """Whether ``line``, next below ``before`` in its column, goes on with ``current``."""
    if abs(line.size - before.size) > max(0.6, 0.06 * before.size) or not 0.3 < ratio <= _OPEN:
        return False
    tolerance = 0.4 * line.size
    centred = line.centred
    full = fills(before, line, body, current.hang_x if len(current.lines) == 1 else None)
    glyph = bullet(line)
    if glyph and (not _is_dash_of_text(glyph, before, line) or not full or ratio > 1.12):
        return False
    label = label_of(line.text)
    level = abs(line.x0 - current.first_x) < tolerance
    if level and counts_on(current.lines[0].text, current.marker, before.text, line.text, label):
        return False
    restyled = (before.bold, before.italic) != (line.bold, line.italic)
    if current.centred and centred and len(current.lines[0].text) < 160:
        return not restyled and (not label or full or bool(_OPEN_WORD.search(before.text.strip())))
    if current.centred != centred and not full:
        return False
    if restyled and (not full or (current.bold and not line.bold and line.text[:1].isupper() and ratio > 1.1)):
        return False
    if label:
        hanging = current.hang_x is not None and current.hang_x - current.first_x > tolerance
        inside = hanging and current.hang_x is not None and abs(line.x0 - current.hang_x) < tolerance
        tabbed = len(line.parts) > 1 and line.parts[0].text.strip() == label and bool(line.gaps)
        if not full or (tabbed and not inside) or ratio > 1.12:
            return False
        if not inside and _END.search(before.text.strip()):
            return False
    if not full:
        return False
    if centred and not current.centred and line.x0 > before.x0 + 3 * line.size and STOP.search(before.text.strip()):
        return False
    if centred and not restyled and line.x0 > before.x0 + tolerance:
        return True
    if len(current.lines) == 1:
        hang = (current.hang_x or 0.0) - current.first_x
        outside = tolerance < hang < 3 * line.size and line.x0 < current.first_x + tolerance
        if current.bullet and outside and STOP.search(before.text.strip()):
            return False
        if line.x0 > current.first_x + tolerance:
            hanging = abs(line.x0 - (current.hang_x or 0.0)) < tolerance
            return bool(current.marker) or hanging or line.x0 - current.first_x < 5 * line.size
        if line.x0 < current.first_x - tolerance:
            return current.first_x - line.x0 < 5 * line.size and (not current.bullet)
        return True
    drift = line.x0 - before.x0
    if current.tail and current.tail[-1] == len(current.lines) - 1:
        drift = min((line.x0 - current.first_x, drift, line.x0 - (current.hang_x or before.x0)), key=abs)
    if drift > tolerance and not centred:
        return not (line.text[:1].isupper() or is_cjk(line.text[:1] or " ")) and drift < 2 * line.size
    return not (drift < -tolerance and not centred and before.text and STOP.search(before.text.strip()))


def _is_dash_of_text(glyph: str, before: Line, line: Line) -> bool:
    """Whether a dash at the start of a line goes on with the sentence of the line before it."""
    words = before.text.strip()
    tabbed = bool(line.gaps) and len(line.parts[0].text.strip()) == 1
    return glyph in "-–—" and not tabbed and not _END.search(words) and words[-1:].isalnum()


def _runs_on(current: Draft, before: Line, line: Line, body: Body) -> bool:
    """Whether ``line``, first of a page or column, goes on with ``current``, which ended the one before."""
    if abs(line.size - before.size) > max(0.6, 0.06 * before.size):
        return False
    glyph = bullet(line)
    if glyph and not _is_dash_of_text(glyph, before, line):
        return False
    if line.centred != current.centred:
        return False
    text, start = before.text.strip(), line.text.strip()[:1]
    full = fills(before, line, body, current.hang_x if len(current.lines) == 1 else None)
    tolerance = 0.4 * line.size
    hang = current.hang_x if current.hang_x is not None else current.first_x
    hanging = hang - current.first_x > tolerance
    indented = current.first_x - hang > tolerance
    places = [line.x0 - hang, (line.x0 - line.left) - (hang - before.left)]
    if len(current.lines) == 1:
        places.append(line.x0 - line.left)
    inside = min(abs(place) for place in places) < tolerance
    if label_of(line.text) and not (hanging and inside and not _END.search(text)):
        return False
    if start.islower() and full and not STOP.search(text):
        return True
    restyled = (before.bold, before.italic) != (line.bold, line.italic)
    if _OPEN_WORD.search(text) and not restyled and before.face == line.face:
        return True
    if restyled and (line.bold or line.italic or current.bold):
        return full and inside and not (line.bold or line.italic) and (indented or (hanging and bool(current.marker)))
    if current.bold and not body.bold and len(current.lines) == 1:
        return False
    if before.face.family != line.face.family and abs(before.size - body.size) > 0.6:
        return False
    if start.islower() and not STOP.search(text):
        return True
    if text[-1:] in (",", "-", "‐", HYPHEN, "，", "、"):
        return True
    if _END.search(text):
        if not STOP.search(text):
            return False
        if hanging and current.marker:
            return inside and (full or current.bullet)
        return inside and full and line.text.count(" ") > 3 and (indented or abs(line.x0 - line.left) < tolerance)
    return inside and full


def set_depths(drafts: list[Draft]) -> None:
    """Set the depth of list items by their left edges."""
    stack: list[float] = []
    for draft in drafts:
        edge = draft.first_x - draft.lines[0].left
        tolerance = 0.4 * draft.size
        if draft.kind != "item":
            if draft.kind != "paragraph" or (stack and edge < stack[0] - tolerance):
                stack.clear()
            continue
        while stack and stack[-1] > edge + tolerance:
            stack.pop()
        if not stack or stack[-1] < edge - tolerance:
            stack.append(edge)
        draft.level = len(stack) - 1
