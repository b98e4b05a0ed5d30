"""From blocks and notes to canonical text, with the map back to pages and boxes."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from polidiff.model import Block, Note, Piece, Span
from polidiff.readers.pdf.blocks import Body, Draft
from polidiff.readers.pdf.footnotes import NoteLines
from polidiff.readers.pdf.join import Joiner
from polidiff.readers.pdf.line import Line


class Written(NamedTuple):
    """Canonical text and what points into it."""

    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...]
    struck: tuple[Span, ...]


def write(drafts: list[Draft], notes: list[NoteLines], lines: list[Line], body: Body) -> Written:
    """Set the blocks' words and then the notes' one after another, and record where everything lies."""
    by_page: dict[int, set[str]] = defaultdict(set)
    last_page = max((line.page for line in lines), default=0)
    spread = (
        notes and all(note.page >= last_page - 1 or note.page > 0.8 * last_page for note in notes) and last_page > 3
    )
    for note in notes:
        if note.mark:
            pages = range(1, last_page + 1) if spread else range(note.page - 1, note.page + 2)
            for page in pages:
                by_page[page].add(note.mark)
    joiner = Joiner(
        [*lines, *(line for note in notes for line in note.lines)],
        {page: frozenset(marks) for page, marks in by_page.items()},
    )
    parts: list[str] = []
    blocks: list[Block] = []
    pieces: list[Piece] = []
    struck: list[Span] = []
    called: dict[str, list[tuple[int, int]]] = defaultdict(list)
    position = 0
    for draft in drafts:
        first_x = draft.lines[0].text_x if draft.bullet else None
        words = joiner.join_cells(draft.cells) if draft.cells else joiner.join(draft.lines, first_x)
        if not words.text:
            continue
        for offset, page, mark in words.marks:
            called[mark].append((page, position + offset))
        pieces.extend(Piece(position + start, position + end, box.page, box) for start, end, box in words.pieces)
        struck.extend(Span(position + start, position + end) for start, end in words.struck)
        end = position + len(words.text)
        lead = _lead(draft, words.text, body)
        blocks.append(
            Block(
                draft.kind,
                position,
                end,
                level=draft.level if draft.kind in ("heading", "item") else 0,
                marker=draft.marker,
                bold=draft.bold,
                italic=draft.italic,
                centred=draft.centred,
                size=round(draft.size, 1),
                indent=round(draft.first_x, 1),
                lead=Span(position, position + lead) if lead else None,
            )
        )
        parts.append(words.text)
        position = end + 1
    records: list[Note] = []
    silent = Joiner([], {})
    silent.vocabulary, silent.breaks = joiner.vocabulary, joiner.breaks
    for note in notes:
        words = silent.join(note.lines)
        if not words.text:
            continue
        pieces.extend(Piece(position + start, position + end, box.page, box) for start, end, box in words.pieces)
        struck.extend(Span(position + start, position + end) for start, end in words.struck)
        places = called.get(note.mark, [])
        near = [at for page, at in places if spread or abs(page - note.page) <= 1]
        same = [at for page, at in places if page == note.page]
        at = min(same) if same else min(near) if near else None
        records.append(Note(note.mark, position, position + len(words.text), at=at, page=note.page))
        parts.append(words.text)
        position += len(words.text) + 1
    return Written("\n".join(parts), tuple(blocks), tuple(pieces), tuple(records), tuple(struck))


def _lead(draft: Draft, text: str, body: Body) -> int:
    """The length of a run-in heading: the bold or italic words that open a block whose other words are neither."""
    if draft.kind not in ("paragraph", "item") or draft.bold or draft.italic:
        return 0
    length = 0
    for line in draft.lines[:3]:
        for part in line.parts:
            words = part.text.strip()
            marks = (part.face.bold and not body.bold) or (part.face.italic and not body.italic)
            label = not length and draft.marker is not None and words == draft.marker
            if not (marks or label) or part.raised:
                return length if length > 2 else 0
            found = text.find(words, length)
            if found < 0 or found > length + 2:
                return length if length > 2 else 0
            if marks:
                length = found + len(words)
    return 0
