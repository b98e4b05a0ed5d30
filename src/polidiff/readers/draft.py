"""Drafts: what every reader writes, and how drafts become canonical text, blocks and notes.

A reader pours words into a :class:`Line` and files it as a :class:`Draft`; :func:`assemble` joins the drafts with one
line break each, cuts the spans, and sets the notes behind the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from polidiff.model import Block, BlockKind, Note, Span
from polidiff.readers.labels import bullet_of, label_of

SPACE = re.compile(r"[ \t\n\r\f]+")
"""The white space that HTML collapses. U+00A0 and U+3000 are not among it."""

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile("[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]")
_CHAPTER = re.compile(r"第[〇零一二三四五六七八九十百\d]+[编編章节節条條部]$")


_RAISED = re.compile(r"\s*[+\-−–]?\d{1,4}\s*")
_SUPERSCRIPTS = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")
_ROW_EDGE = " \r\n\f\v\u00a0\u3000"


class Style(NamedTuple):
    """How a run of words is set."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    struck: bool = False
    raised: bool = False


PLAIN = Style()


def superscript(text: str) -> str:
    """Return a raised number in superscript digits, or nothing for other words: 10²⁵ is not 1025."""
    return text.translate(_SUPERSCRIPTS) if _RAISED.fullmatch(text) else ""


def held(words: str) -> str:
    """Return a part of a formula, in brackets where it is more than one name or number."""
    return words if words.replace(".", "").isalnum() else f"({words})"


def power(words: str) -> str:
    """Return an exponent in raised digits, or behind ``^``."""
    return superscript(words) or f"^{held(words)}"


class Line:
    """One block's words in the making, with white space collapsed as a browser does."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.styles: list[tuple[int, Style]] = []
        self.marks: list[tuple[int, str]] = []
        self.size = 0
        self._last = ""
        self._pending = ""
        self._cuts: list[int] = []

    def add(self, text: str, style: Style = PLAIN) -> None:
        """Pour ``text`` in; runs of white space become one space, or none between two Han characters at a line end."""
        text = _INVISIBLE.sub("", text)
        if style.raised:
            text = superscript(text) or text
        position = 0
        for match in SPACE.finditer(text):
            self._words(text[position : match.start()], style)
            self._pending = "\n" if "\n" in match.group() or self._pending == "\n" else " "
            position = match.end()
        self._words(text[position:], style)

    def space(self) -> None:
        """A space goes here if words stand on both sides."""
        self._pending = self._pending or " "

    def cut_space(self) -> None:
        """No space goes here, whatever was said before."""
        self._pending = ""

    def tab(self) -> None:
        """A tab goes here: the border between two cells of a table row."""
        self._pending = ""
        self._put("\t", PLAIN)

    def line_break(self) -> None:
        """A forced line break inside one unit: undone to a space, or to nothing between Han characters."""
        tail = "".join(self.parts[-3:])
        self._pending = " " if _CHAPTER.search(tail) else "\n"

    def begin_with(self, words: str) -> None:
        """Set ``words`` before all others: a label that the page prints and no run of text holds."""
        self.parts.insert(0, words)
        self.styles.insert(0, (len(words), self.styles[0][1] if self.styles else PLAIN))
        self.marks = [(at + len(words), key) for at, key in self.marks]
        self._cuts = [cut + len(words) for cut in self._cuts]
        self.size += len(words)
        self._last = self._last or words[-1]

    def part(self) -> None:
        """Another block begins here, see :meth:`pieces`; where the line is filed whole, a space stands here."""
        self._pending = " "
        self._cuts.append(self.size)

    def pieces(self) -> list[Line]:
        """Return the lines of the blocks that the line was parted into."""
        if not self._cuts:
            return [self]
        raw, pieces = self.text, []
        edges = [0, *self._cuts, self.size]
        for start, end in pairwise(edges):
            piece, at = Line(), 0
            for length, style in self.styles:
                words = raw[max(at, start) : min(at + length, end)]
                if words:
                    piece._put(words, style)
                at += length
            piece.marks = [
                (place - start, key) for place, key in self.marks if start <= place < end or place == end == self.size
            ]
            pieces.append(piece)
        return pieces

    def mark(self, key: str) -> None:
        """A note's mark stood here; the space before it, if any, stays open until the next words."""
        self.marks.append((self.size, key))

    def _words(self, text: str, style: Style) -> None:
        if not text:
            return
        if self._pending:
            joined = self._pending == "\n" and _WIDE.match(self._last or " ") and _WIDE.match(text[0])
            after_mark = bool(self.marks) and self.marks[-1][0] == self.size and text[0] in ",.;:!?)]，。；：！？）"
            if self.size and self._last != "\t" and not joined and not after_mark:
                self._put(" ", style)
            self._pending = ""
        elif self.marks and self.marks[-1][0] == self.size and text[0] in ",.;:" and self._last in "\u00a0\u202f":
            self._drop_last()
        self._put(text, style)

    def _put(self, text: str, style: Style) -> None:
        self.parts.append(text)
        self.styles.append((len(text), style))
        self.size += len(text)
        self._last = text[-1]

    def _drop_last(self) -> None:
        if not self.parts or not self._last:
            return
        self.parts[-1] = self.parts[-1][:-1]
        length, style = self.styles[-1]
        self.styles[-1] = (length - 1, style)
        self.size -= 1
        self.marks = [(min(at, self.size), key) for at, key in self.marks]
        self._last = self.parts[-1][-1:] if self.parts[-1] else ""

    @property
    def tail(self) -> str:
        """The last words so far, without the space behind them; empty only where there are no words."""
        for count in (4, 64, len(self.parts)):
            words = "".join(self.parts[-count:]).rstrip()
            if words:
                return words
        return ""

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self.parts)


@dataclass(slots=True)
class Draft:
    """A block before its place in the text is known.

    ``marks`` are (offset in ``text``, note key), ``struck`` (start, end) of words in it that are struck.
    """

    kind: BlockKind
    text: str
    level: int = 0
    marker: str | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    lead: int = 0
    size: float | None = None
    indent: float | None = None
    marks: list[tuple[int, str]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)


def file_line(
    line: Line, kind: BlockKind, *, level: int = 0, marker: str | None = None, centred: bool = False
) -> Draft | None:
    """Return the draft of ``line``, or None where it holds no words and no mark.

    White space at the edges (of any script) is typesetting and falls away. A bullet glyph at the start moves to
    ``marker``; a printed label is copied there.
    """
    raw = line.text
    # A tab at the start of a row says that its first columns are empty, or that their cells stand above.
    edge = _ROW_EDGE if kind == "row" else None
    text = raw.strip(edge).rstrip()
    if not text:
        if line.marks:
            return Draft(kind, "", level, marks=[(0, key) for _, key in line.marks])
        return None
    cut = len(raw) - len(raw.lstrip(edge))
    if marker is None and kind in ("paragraph", "item"):
        bullet = bullet_of(text)
        if bullet is not None and (bullet[0] not in "-–—*o" or kind == "item"):
            marker = bullet[0]
            cut += bullet[1]
            text = text[bullet[1] :]
            kind = "item"
        else:
            marker = label_of(text)
    elif marker is None and kind in ("heading", "quote"):
        marker = label_of(text)
    end = cut + len(text)
    bold = italic = True
    lead = lead_end = position = 0
    lead_open = True
    struck: list[tuple[int, int]] = []
    for length, style in line.styles:
        run = raw[max(position, cut) : min(position + length, end)]
        if style.struck and run:
            _strike(struck, max(position, cut) - cut, min(position + length, end) - cut)
        position += length
        if not run.strip():
            continue
        bold = bold and style.bold
        italic = italic and style.italic
        if lead_open and (style.bold or style.italic or style.underline):
            lead_end = min(position, end) - cut
        elif any(c.isalnum() for c in run):
            lead_open = False
    if lead_end and not lead_open:
        lead = len(text[:lead_end].rstrip())
    marks = [(min(max(at - cut, 0), len(text)), key) for at, key in line.marks]
    return Draft(kind, text, level, marker, bold, italic, centred, lead, marks=marks, struck=struck)


def _strike(struck: list[tuple[int, int]], start: int, end: int) -> None:
    """Add a run to the struck ones, joined to the last where they touch."""
    if struck and struck[-1][1] == start:
        start = struck.pop()[0]
    struck.append((start, end))


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note before its place is known: ``key`` joins it to the marks of the drafts."""

    key: str
    mark: str
    text: str


class Assembled(NamedTuple):
    """A document's canonical text with its blocks, its notes and the spans of its struck-through words."""

    text: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    struck: tuple[Span, ...]


def assemble(drafts: Iterable[Draft], notes: Sequence[NoteDraft] = ()) -> Assembled:
    """Return the canonical text of ``drafts`` and ``notes``, with its blocks, notes and struck words.

    Blocks are joined by one line break, notes follow the body, each on a line of its own. Drafts without words only
    leave their marks at the end of the block before.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    found: dict[str, int] = {}
    struck: list[Span] = []
    position = 0
    for draft in drafts:
        if not draft.text:
            for _, key in draft.marks:
                found.setdefault(key, max(position - 1, 0))
            continue
        end = position + len(draft.text)
        blocks.append(
            Block(
                draft.kind,
                position,
                end,
                level=draft.level,
                marker=draft.marker,
                bold=draft.bold,
                italic=draft.italic,
                centred=draft.centred,
                size=draft.size,
                indent=draft.indent,
                lead=Span(position, position + draft.lead) if draft.lead else None,
            )
        )
        for at, key in draft.marks:
            found.setdefault(key, position + at)
        struck.extend(Span(position + start, position + stop) for start, stop in draft.struck)
        parts.append(draft.text)
        position = end + 1
    records: list[Note] = []
    for note in notes:
        if not note.text:
            continue
        end = position + len(note.text)
        records.append(Note(note.mark, position, end, at=found.get(note.key)))
        parts.append(note.text)
        position = end + 1
    return Assembled("\n".join(parts), tuple(blocks), tuple(records), tuple(struck))


def set_title(drafts: list[Draft], title: str) -> None:
    """Mark the block that prints the document's title: one of the first three with the same words, or the only h1."""
    if any(draft.kind == "title" for draft in drafts):
        return
    wanted = "".join(title.split())
    for draft in drafts[:3]:
        if wanted and "".join(draft.text.split()) == wanted:
            draft.kind, draft.level = "title", 0
            return
    tops = [draft for draft in drafts if draft.kind == "heading" and draft.level == 1]
    if len(tops) == 1 and any(tops[0] is draft for draft in drafts[:3]):
        tops[0].kind, tops[0].level = "title", 0
