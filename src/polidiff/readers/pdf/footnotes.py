"""Footnotes: the small type at the foot of a page (or of a column), and the raised marks in the body that call it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from polidiff.readers.pdf.furniture import Sheet
from polidiff.readers.pdf.line import Line, Part

_SMALLER = 0.94
"""Footnotes are set under this share of the body's type size."""
_MARK = re.compile(r"^\s*\(?\s*(\d{1,3}|[*†‡§¶]{1,3}|[a-z])\s*[.)]?\s*$")
_SYMBOL = re.compile(r"^\s*([*†‡§¶]{1,3})\s*(?=\S)")
_PLAIN_NUMBER = re.compile(r"^\s*[(\[]?(\d{1,3})[.)\]]?\s+(?=\S)")
_SUPERIORS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUPERIOR = re.compile(r"^[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_TOKENS = re.compile(r"[\s,;]+")
_WORDED = re.compile(r"(?i)\[\s*(?:foot|end)?note\s+(\d{1,3})\s*\]")
_RANGE = re.compile(r"^(\d{1,3})[-–](\d{1,3})$")
_ENDNOTES = re.compile(
    r"(?i)^\s*(?:\d+\.?\s+)?(?:end\s?notes|notes|footnotes|references|尾注|注释|附注|参考文献)\s*:?\s*$"
)


@dataclass(slots=True)
class NoteLines:
    """A note as printed: its mark, the page it begins on, and its lines without the mark."""

    mark: str
    page: int
    lines: list[Line] = field(default_factory=list)


def take_notes(sheets: list[Sheet], body_size: float) -> list[NoteLines]:
    """Take the footnotes out of ``sheets``, in the order of the pages; a note that runs on is one record."""
    notes: list[NoteLines] = []
    previous = -1
    for sheet in sheets:
        raised = raised_marks(sheet.lines)
        zone = _zone(sheet, body_size, raised, notes, previous == sheet.number - 1)
        if not zone:
            continue
        taken = {id(line) for line in zone}
        sheet.lines = [line for line in sheet.lines if id(line) not in taken]
        _split(zone, sheet.number, raised, notes)
        previous = sheet.number
    if not notes:
        notes = _endnotes(sheets)
    return notes


def raised_marks(lines: list[Line]) -> set[str]:
    """The marks that stand raised among ``lines``."""
    found: set[str] = set()
    for line in lines:
        for part in line.parts:
            if part.raised:
                found.update(tokens_of(part.text))
            else:
                found.update(m.translate(_SUPERIORS) for m in re.findall("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", part.text))
    return found


def tokens_of(text: str) -> list[str]:
    """The single marks in a raised run: ``12, 13`` gives two, ``4-6`` three."""
    tokens: list[str] = []
    for token in _TOKENS.split(_WORDED.sub(r"\1", text).strip().strip("()[]")):
        match = _RANGE.match(token)
        if match and int(match[1]) < int(match[2]) <= int(match[1]) + 20:
            tokens.extend(str(number) for number in range(int(match[1]), int(match[2]) + 1))
        elif token:
            tokens.append(token.translate(_SUPERIORS))
    return tokens


def _zone(sheet: Sheet, body_size: float, raised: set[str], notes: list[NoteLines], runs_on: bool) -> list[Line]:
    """The lines of the page's footnotes: small type at the foot of each column, from the first mark on."""
    columns: dict[int, list[Line]] = defaultdict(list)
    for line in sheet.lines:
        columns[line.column].append(line)
    zone: list[Line] = []
    taken: set[int] = set()
    for column in sorted(columns, reverse=True):
        lines = columns[column]
        bottom = max(line.y for line in lines)
        below = [
            other
            for other in sheet.lines
            if other.y > bottom + 1
            and other.column != column
            and id(other) not in taken
            and other.x0 < lines[0].right
            and other.x1 > lines[0].left
        ]
        if below:
            continue
        start = len(lines)
        while start and lines[start - 1].size <= _SMALLER * body_size:
            start -= 1
        small = lines[start:]
        if not small:
            continue
        first = next((i for i, line in enumerate(small) if mark_of(line, raised, notes)), None)
        if first is None:
            if not (runs_on and notes and abs(notes[-1].lines[-1].size - small[0].size) < 0.3):
                continue
            first = 0
        elif first and runs_on and abs(notes[-1].lines[-1].size - small[0].size) < 0.3:
            first = 0
        if start == 0 and first == 0 and not zone and len(lines) > 3 and not runs_on and not raised:
            continue
        found = list(small[first:])
        zone = found + zone
        taken.update(id(line) for line in found)
    return zone


def mark_of(line: Line, raised: set[str], notes: list[NoteLines]) -> tuple[str, int] | None:
    """The mark that opens a note's line and the number of characters it takes, or None."""
    parts = line.parts
    first = parts[0]
    if first.raised:
        match = _MARK.match(first.text)
        return (match[1], len(first.text)) if match else None
    if len(parts) > 2 and parts[1].raised and first.text.strip() in ("(", "["):
        close = parts[2].text
        match = _MARK.match(parts[1].text)
        if match and close.lstrip()[:1] in (")", "]"):
            lead = len(close) - len(close.lstrip()) + 1
            return match[1], len(first.text) + len(parts[1].text) + lead
    superior = _SUPERIOR.match(line.text)
    if superior:
        return superior[0].translate(_SUPERIORS), superior.end()
    symbol = _SYMBOL.match(line.text)
    if symbol:
        return symbol[1], symbol.end()
    plain = _PLAIN_NUMBER.match(line.text)
    if plain and plain[1] in raised:
        last = next((int(note.mark) for note in reversed(notes) if note.mark.isdecimal()), 0)
        if int(plain[1]) in (last + 1, 1):
            return plain[1], plain.end()
    return None


def _split(zone: list[Line], page: int, raised: set[str], notes: list[NoteLines]) -> None:
    for line in zone:
        mark = mark_of(line, raised, notes)
        if mark is not None:
            notes.append(NoteLines(mark[0], page))
            drop_head(line, mark[1])
        elif not notes:
            notes.append(NoteLines("", page))
        if line.text.strip():
            notes[-1].lines.append(line)


def drop_head(line: Line, count: int) -> None:
    """Take the first ``count`` characters (a mark, a bullet) and the space behind them off a line."""
    parts: list[Part] = []
    for part in line.parts:
        text = part.text
        if count >= len(text):
            count -= len(text)
            continue
        text = text[count:]
        count = 0
        if not parts:
            text = text.lstrip()
            if not text:
                continue
        parts.append(Part(text, part.raised, part.face, part.struck))
    line.parts = parts
    line.text = "".join(part.text for part in parts)


def _endnotes(sheets: list[Sheet]) -> list[NoteLines]:
    """Notes printed together at the end, behind a heading or not, called by raised marks 1, 2, 3 … in the body."""
    titled = [
        (position, row, line)
        for position, sheet in enumerate(sheets)
        for row, line in enumerate(sheet.lines)
        if _ENDNOTES.match(line.text)
    ]
    if titled:
        notes = _listed(sheets, titled[-1][0], titled[-1][1] + 1, titled[-1][2])
        if notes:
            return notes
    firsts = [
        (position, row)
        for position, sheet in enumerate(sheets)
        for row, line in enumerate(sheet.lines)
        if line.text.lstrip()[:1] == "1" and mark_of(line, {"1"}, []) is not None
    ]
    return _listed(sheets, *firsts[-1], None) if firsts else []


def _listed(sheets: list[Sheet], start: int, row: int, heading: Line | None) -> list[NoteLines]:
    """Take the notes 1, 2, 3 … that begin at line ``row`` of sheet ``start``, if raised marks before them call them."""
    before = [*(sheet.lines for sheet in sheets[:start]), sheets[start].lines[:row]]
    called = {int(mark) for lines in before for mark in raised_marks(lines) if mark.isdecimal()}
    if not {1, 2, 3} <= called:
        return []
    found: list[tuple[int, Line, str, int]] = []
    kept: dict[int, list[Line]] = {}
    count, closed = 0, False
    for position in range(start, len(sheets)):
        first = row if position == start else 0
        kept[position] = sheets[position].lines[:first]
        for line in sheets[position].lines[first:]:
            if heading is not None and count and line.bold:
                closed = closed or (line.face, round(line.size)) == (heading.face, round(heading.size))
            mark = None if closed else mark_of(line, {str(count + 1)}, [NoteLines(str(count), 0)])
            if mark is not None and mark[0] == str(count + 1):
                count += 1
                found.append((position, line, mark[0], mark[1]))
            elif closed or not count:
                kept[position].append(line)
            else:
                found.append((position, line, "", 0))
    tail = sum(1 for entry in found if not entry[2])
    if count < max(3, (0.6 if heading is not None else 0.9) * len(called)) or (heading is None and tail > 4 * count):
        return []
    notes: list[NoteLines] = []
    for position, line, words, length in found:
        if words:
            notes.append(NoteLines(words, sheets[position].number))
            drop_head(line, length)
        if line.text.strip():
            notes[-1].lines.append(line)
    for position, lines in kept.items():
        sheets[position].lines = lines
    return notes
