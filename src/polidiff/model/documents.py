"""A published document as polidiff holds it: canonical text, blocks, pages, notes."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from polidiff.errors import BrokenLaw
from polidiff.model.reasons import Reason
from polidiff.model.shown import short
from polidiff.model.spans import Box, Piece, Span

BlockKind = Literal["title", "heading", "paragraph", "item", "row", "quote", "caption", "contents", "furniture"]
DocumentKind = Literal["official", "digest", "translation", "article", "table"]
Language = Literal["en", "zh", "und"]
Doubt = Literal["", "recognised", "letters", "unseen"]


@short
@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text that the publisher set as one unit: a heading, a paragraph, a list item, a table row.

    ``start:end`` cuts the words. A bullet glyph is never part of them; it stands in ``marker``. A printed number
    or letter (``1.``, ``(a)``, ``第一条``) stays in the text where the publisher printed it as text, and is also
    in ``marker`` when the reader knows it for a label; an HTML or DOCX list number that no text holds is in
    ``marker`` alone.

    ``level`` is the heading level (1 is the highest) of a heading and the depth (0 is the outermost) of an item.
    ``size`` is the type size in points where the format has one; ``bold``, ``italic`` and ``centred`` hold for the
    whole block; ``lead`` is the span of a run-in heading at the start of the block that is set apart by its type
    (bold, italic or underlined), or None. ``indent`` is the left edge in points from the page's left.
    ``kind == "contents"`` marks a printed table of contents and ``"furniture"`` a publisher's matter that belongs
    to the document's words but to no provision (signature blocks, imprint).
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    marker: str | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    size: float | None = None
    indent: float | None = None
    lead: Span | None = None

    @property
    def span(self) -> Span:
        """The block's span of the canonical text."""
        return Span(self.start, self.end)


@short
@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote. Its words stand after the body in the canonical text, at ``start:end``.

    ``mark`` is the mark as printed (``6``, ``*``); ``at`` is the offset in the body where the mark stood, or None
    where no mark was found; ``page`` is where the note is printed.
    """

    mark: str
    start: int
    end: int
    at: int | None = None
    page: int | None = None


@short
@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file: ``number`` counts from 1, ``label`` is the printed number where there is one.

    Width and height are in points. ``doubt`` says why the page's words should be compared with its picture:
    ``recognised`` (a program read them from a picture), ``letters`` (a font on it says other letters than it shows),
    ``unseen`` (some of them are painted invisible, perhaps by mistake), or nothing.
    """

    number: int
    width: float
    height: float
    label: str | None = None
    doubt: Doubt = ""


@short
@dataclass(frozen=True, slots=True)
class Notice:
    """Something a reader of the result should know, with the page it concerns (None: the whole document)."""

    reason: Reason
    page: int | None = None

    @property
    def message(self) -> str:
        """The reason in English words."""
        return self.reason.text


@short
@dataclass(frozen=True)
class Document:
    """A document that was read.

    ``text`` is canonical: what the publisher printed, with typesetting undone and nothing else changed. It holds
    the body's blocks in reading order, one line break between two blocks, then the notes. ``sha256`` is of the
    source's bytes. ``pages`` is empty for formats without pages. ``struck`` are the spans of words that are printed
    struck through: they stand in the text, and are no commitment. Raised digits are superscripts in it (10²⁵).
    ``name`` is a short name fit for a table, ``issuer`` who issued it as printed, ``genre`` its kind (``plan``,
    ``law``, ``order`` …): each empty or None where its words do not say.
    """

    id: str
    title: str
    language: Language
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    pieces: tuple[Piece, ...] = ()
    pages: tuple[Page, ...] = ()
    notes: tuple[Note, ...] = ()
    kind: DocumentKind = "official"
    source: str = ""
    date: str | None = None
    jurisdiction: str | None = None
    warnings: tuple[Notice, ...] = ()
    struck: tuple[Span, ...] = ()
    name: str = ""
    issuer: str | None = None
    genre: str | None = None
    _starts: list[int] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        """Check that every block, note and piece lies inside the text and in order."""
        size = len(self.text)
        last = 0
        for block in self.blocks:
            if not last <= block.start <= block.end <= size:
                raise BrokenLaw(self.id, f"block {block.start}:{block.end} is out of order or outside of the text")
            last = block.end
        last = 0
        for piece in self.pieces:
            if not last <= piece.start <= piece.end <= size:
                raise BrokenLaw(self.id, f"piece {piece.start}:{piece.end} is out of order or outside of the text")
            last = piece.end
        last = 0
        for span in self.struck:
            if not last <= span.start <= span.end <= size:
                raise BrokenLaw(self.id, f"struck {span.start}:{span.end} is out of order or outside of the text")
            last = span.end
        self._starts.extend(piece.start for piece in self.pieces)

    @cached_property
    def text_sha256(self) -> str:
        """SHA-256 of the canonical text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def is_digest(self) -> bool:
        """Whether the document is a digest in somebody's own words, which nobody may quote as the original."""
        return self.kind == "digest"

    def cut(self, span: Span) -> str:
        """Return the document's own words at ``span``."""
        return self.text[span.start : span.end]

    def struck_in(self, span: Span) -> tuple[Span, ...]:
        """Return the parts of ``span`` that are printed struck through, in order."""
        cuts = (Span(max(one.start, span.start), min(one.end, span.end)) for one in self.struck)
        return tuple(cut for cut in cuts if cut.start < cut.end)

    def in_force(self, span: Span) -> str:
        """Return the words at ``span`` without those that are struck through."""
        kept, at = [], span.start
        for cut in self.struck_in(span):
            kept.append(self.text[at : cut.start])
            at = cut.end
        return "".join([*kept, self.text[at : span.end]])

    def pieces_in(self, span: Span) -> Iterator[Piece]:
        """Yield the pieces that share characters with ``span``, in order."""
        index = max(0, bisect_right(self._starts, span.start) - 1)
        while index < len(self.pieces) and self.pieces[index].start < span.end:
            if self.pieces[index].end > span.start:
                yield self.pieces[index]
            index += 1

    def pages_of(self, span: Span) -> tuple[int | None, int | None]:
        """Return the first and the last page of ``span``, counted from 1, or ``(None, None)`` without pages."""
        numbers = [piece.page for piece in self.pieces_in(span)]
        return (min(numbers), max(numbers)) if numbers else (None, None)

    def boxes_of(self, span: Span) -> tuple[Box, ...]:
        """Return one box a page for ``span``: the union of the boxes of its pieces on that page."""
        union: dict[int, Box] = {}
        for piece in self.pieces_in(span):
            if piece.box is None:
                continue
            old = union.get(piece.page)
            new = piece.box
            if old is not None:
                new = Box(
                    piece.page,
                    min(old.x0, new.x0),
                    min(old.y0, new.y0),
                    max(old.x1, new.x1),
                    max(old.y1, new.y1),
                )
            union[piece.page] = new
        return tuple(Box(page, *(round(side, 2) for side in union[page][1:])) for page in sorted(union))

    @property
    def body_end(self) -> int:
        """Offset at which the body ends and the notes begin."""
        return min((note.start for note in self.notes), default=len(self.text))
