"""The units that splitting works on: a block, or a line of a block that opens with a label of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from polidiff.lang.numerals import ZH_NUMBER
from polidiff.model import Block, Document, Span
from polidiff.provisions.labels import Label, label_at, label_of_marker

MAX_DEPTH = 12
_SILENT = frozenset({"contents", "furniture", "caption"})
# A line break inside of a block starts a unit when the line before is complete and the next one opens with a label.
_BREAK = re.compile(
    r"(?<=[.;:,。；：，—–])(?:[”’\"')）]*)(?:\s*(?:and|or|和|或者|以及)[,;]?)?[ \t\u3000\xa0]*\n\s*"
    rf"(?=\(?(?:\d{{1,3}}|[a-z]{{1,5}}|[A-Z]{{1,5}})[).]|[（(]{ZH_NUMBER}[）)]|{ZH_NUMBER}、|第{ZH_NUMBER}[条條章节節]"
    r"|Sec(?:tion|\.)\s*\d|\d+\.\d+)"
)
# "Sec." at a line's end: the number in the next line is its own.
_NAMES_NUMBER = re.compile(r"(?:\b(?:Sec|SEC|Section|SECTION|Art|Article|ARTICLE|No)|§)\.?\s+$")
_HARD = re.compile(r"(?:  |\\)\n\s*(?=\S)")
_WORDS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A run of text with the block that it comes from. ``first`` is False for a later line of a block."""

    start: int
    end: int
    block: Block
    first: bool = True

    @property
    def span(self) -> Span:
        """The unit's span of the canonical text."""
        return Span(self.start, self.end)

    @property
    def depth(self) -> int:
        """The depth of a list item, bounded so that no document can nest without end."""
        return min(self.block.level, MAX_DEPTH)

    @property
    def heading(self) -> bool:
        """Whether the reader took the block for a heading."""
        return self.block.kind == "heading"

    @property
    def set_apart(self) -> bool:
        """Whether the type sets the block apart from running text: a heading, bold, italic or centred."""
        block = self.block
        return block.kind in ("heading", "title") or block.bold or block.italic or block.centred


def units(document: Document) -> list[Unit]:
    """Return the units of the document's body, without contents, furniture, captions and what is struck through."""
    return list(_units(document))


def _units(document: Document) -> Iterator[Unit]:
    text = document.text
    limit = document.body_end
    for block in document.blocks:
        if block.kind in _SILENT or block.start >= limit:
            continue
        end = min(block.end, limit)
        starts = [block.start]
        if block.kind not in ("heading", "title", "row") and "\n" in text[block.start : end]:
            breaks = {m.end() for m in _BREAK.finditer(text, block.start, end)}
            breaks |= {m.end() for m in _HARD.finditer(text, block.start, end)}
            breaks -= {at for at in breaks if _NAMES_NUMBER.search(text, max(at - 12, block.start), at)}
            starts += sorted(breaks - {block.start})
        for index, start in enumerate(starts):
            stop = starts[index + 1] if index + 1 < len(starts) else end
            span = trim(text, start, stop)
            if span.end > span.start and _in_force(document, span):
                yield Unit(span.start, span.end, block, index == 0)


def _in_force(document: Document, span: Span) -> bool:
    """Whether words of the span are not struck through; those that are all struck are no provision."""
    return not document.struck_in(span) or any(char.isalnum() for char in document.in_force(span))


def trim(text: str, start: int, end: int) -> Span:
    """Return the span of ``text[start:end]`` without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def label_of(text: str, unit: Unit) -> Label | None:
    """Return the unit's label: printed at its start, or said by the list's marker alone."""
    found = label_at(text, unit.start, unit.end)
    if found is None and unit.first and unit.block.marker and unit.block.kind in ("item", "paragraph", "row"):
        found = label_of_marker(unit.block.marker, unit.start)
    return found


def one_line(text: str) -> str:
    """``text`` with every run of white space as one space: a heading's title from its words."""
    return _WORDS.sub(" ", text).strip()
