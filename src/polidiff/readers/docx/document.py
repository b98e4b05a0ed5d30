"""Word documents: words, headings, computed list numbers, notes, tables. Nothing is laid out: there are no pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from polidiff.errors import UnreadableSource
from polidiff.model import BlockKind, Reason
from polidiff.readers.bold import bold_headings, division_headings, first_line_title
from polidiff.readers.docx.counting import glyph
from polidiff.readers.docx.maths import M, formula
from polidiff.readers.docx.numbering import Numbering, W
from polidiff.readers.docx.parts import R, WordParts
from polidiff.readers.docx.styles import StyleFacts, num_of, on, run_style, size_of, styles_of, val
from polidiff.readers.draft import Draft, Line, NoteDraft, Style, file_line, set_title
from polidiff.readers.labels import SENTENCE_END, label_of
from polidiff.readers.names import told_title

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TOC = re.compile(r"toc(?:\s*\d| heading)|目录", re.I)
_WORD_LABEL = re.compile(r"[^\W\d_]{3,}|^第.+[^\W\d_]$|§")
_DEPTH = 200
_SHOWN = 60
"""Letters of hidden words that a notice shows."""
_SKIPPED = frozenset(
    f"{W}{tag}"
    for tag in ("del", "moveFrom", "rPr", "pPr", "instrText", "delText", "sectPr", "bookmarkStart", "proofErr")
)


@dataclass(slots=True)
class DocxParts:
    """What a Word file gives a Document."""

    drafts: list[Draft]
    notes: list[NoteDraft]
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    warnings: list[Reason] = field(default_factory=list)


def read_docx(data: bytes, name: str) -> DocxParts:
    """Return the document's drafts and notes. Tracked deletions are left out, insertions kept; headers and footers
    are not the document's words. Raises UnreadableSource or SourceTooLarge.
    """
    parts = WordParts(data, name, _nested)
    body = parts.main.find(f"{W}body") if parts.main is not None else None
    if body is None:
        raise UnreadableSource(name, "the file has no Word document inside", "save it again as .docx")
    walker = _Walker(parts, styles_of(parts.beside("styles")), Numbering(parts.beside("numbering")))
    walker.container(body, 0)
    notes = []
    for kind in ("footnote", "endnote"):
        notes.extend(walker.notes_of(parts.beside(f"{kind}s"), kind))
    title = told_title(parts.core().get("title", ""))
    set_title(walker.drafts, title)
    bold_headings(walker.drafts)
    division_headings(walker.drafts)
    first_line_title(walker.drafts)
    printed = next((draft.text for draft in walker.drafts if draft.kind == "title"), "")
    warnings = walker.warnings
    if hidden := " ".join(" ".join(walker.hidden).split()):
        warnings.append(Reason.of("docx.hidden", words=hidden if len(hidden) <= _SHOWN else f"{hidden[:_SHOWN]}…"))
    if walker.readings:
        warnings.append(Reason.of("text.ruby", n=walker.readings))
    return DocxParts(walker.drafts, notes, printed or title, warnings=warnings)


def _nested(data: bytes, name: str) -> tuple[list[Draft], list[Reason]]:
    parts = read_docx(data, name)
    return parts.drafts, parts.warnings


def _kind_of(style: StyleFacts, level: int | None) -> tuple[BlockKind, int]:
    """Return the kind and level that a paragraph's style gives it."""
    lower = style.name.lower()
    if lower in ("title", "标题", "titel") and level is None:
        return "title", 0
    if _TOC.match(style.name):
        return "contents", 0
    if level is not None:
        return "heading", level + 1
    if "caption" in lower or lower == "题注":
        return "caption", 0
    return ("quote" if "quote" in lower else "paragraph"), 0


@dataclass(slots=True)
class _Paragraph:
    """A paragraph in the making, with the properties of the first that gave it words."""

    line: Line
    properties: Any | None
    style: StyleFacts
    size: float | None = None


class _Walker:
    def __init__(self, parts: WordParts, styles: dict[str, StyleFacts], numbering: Numbering) -> None:
        self.parts = parts
        self.styles = styles
        self.numbering = numbering
        self.drafts: list[Draft] = []
        self.warnings: list[Reason] = []
        self.readings = 0
        self.hidden: list[str] = []
        self._open: _Paragraph | None = None
        self.order: dict[tuple[str, str], int] = {}
        self._boxes: list[Any] = []
        self._field: list[bool] = []
        self._breaks = 0

    # -- blocks -----------------------------------------------------------------------------------------------

    def container(self, el: Any, depth: int) -> None:
        """Walk the paragraphs and tables of a body, cell, note or text box."""
        if depth > _DEPTH:
            return
        held, self._open = self._open, None
        self._blocks(el, depth)
        self._close()
        self._open = held

    def _blocks(self, el: Any, depth: int) -> None:
        if depth > _DEPTH:
            return
        for child in el:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, depth)
            elif tag == f"{W}tbl":
                self._close()
                self._table(child, depth)
            elif tag == f"{W}altChunk":
                self._close()
                self._chunk(str(child.get(f"{R}id") or ""))
            elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self._blocks(child, depth + 1)
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                self._blocks(choice if choice is not None else child, depth + 1)

    def _chunk(self, ident: str) -> None:
        """Read a document that the file brings in whole (``altChunk``) where it stands."""
        try:
            drafts, warnings = self.parts.chunk(ident)
        except UnreadableSource as error:
            drafts, warnings = [], [Reason.of("docx.chunk", why=str(error))]
        self.drafts.extend(drafts)
        self.warnings.extend(warnings)

    def _paragraph(self, el: Any, depth: int) -> None:
        """Pour a paragraph's words in; where its mark is deleted by a tracked change, the next one goes on with it."""
        properties = el.find(f"{W}pPr")
        style = self.styles.get(val(properties, "pStyle") or "", self._default())
        if self._open is None or not self._open.line.text.strip():
            self._open = _Paragraph(self._open.line if self._open is not None else Line(), properties, style)
        opened = self._open
        self._runs(el, opened.line, Style(style.bold, style.italic, struck=style.struck), depth)
        marks = properties.find(f"{W}rPr") if properties is not None else None
        if marks is not None and (marks.find(f"{W}del") is not None or marks.find(f"{W}moveFrom") is not None):
            return
        self._close(depth)

    def _close(self, depth: int = 0) -> None:
        """File the paragraph that is open, then the text boxes that it anchors."""
        opened, self._open = self._open, None
        if opened is None:
            return
        self._breaks = 0
        boxes, self._boxes = self._boxes, []
        for draft in self._file(opened):
            draft.size = opened.size or opened.style.size
            self.drafts.append(draft)
        for box in boxes:
            self.container(box, depth + 1)

    def _default(self) -> StyleFacts:
        return self.styles.get("Normal", StyleFacts())

    def _file(self, opened: _Paragraph) -> list[Draft]:
        """Return a paragraph's block, or its blocks where line breaks part it: only the first has a number."""
        line, properties, style = opened.line, opened.properties, opened.style
        outline = val(properties, "outlineLvl")
        level = style.outline
        if outline is not None and outline.isdecimal():
            level = int(outline) if int(outline) < 9 else None
        align = val(properties, "jc")
        centred = align == "center" if align is not None else style.centred
        # A paragraph without words still counts in Word only where it prints its number; those hold no document.
        num = self._num(properties, style) if line.text.strip() else None
        marker = self.numbering.label(*num) if num is not None else None
        if marker is not None and _WORD_LABEL.search(marker):
            # A label in words (Article 2., 第二条) is words of the page; a bare number stays beside the text.
            if not line.text.lstrip().startswith(marker):
                line.begin_with(f"{marker} ")
            num = marker = None
        kind, depth = _kind_of(style, level)
        within = bool(self.drafts) and self.drafts[-1].kind == "item"
        if kind == "paragraph" and num is not None and (marker is not None or within):
            kind, depth = "item", num[1]
        if kind not in ("paragraph", "item"):
            filed = file_line(line, kind, level=depth, marker=marker, centred=centred)
            return [filed] if filed is not None else []
        drafts = []
        for index, piece in enumerate(line.pieces()):
            draft = file_line(piece, kind, level=depth, marker=marker if not index else None, centred=centred)
            if draft is not None:
                drafts.append(draft)
        return drafts

    def _num(self, properties: Any | None, style: StyleFacts) -> tuple[str, int] | None:
        """Return the list and the level that number a paragraph, from its own properties or its style."""
        num = num_of(properties) if properties is not None else None
        above = style.num
        if above is not None and self.numbering.by_style.get(style.ident, ("", 0))[0] == above[0]:
            above = self.numbering.by_style[style.ident]
        if num is not None and num[0] == "" and above is not None:
            num = (above[0], num[1])
        num = num or above
        return num if num is not None and num[0] not in ("", "0") else None

    def _table(self, el: Any, depth: int) -> None:
        """File each row, the words of its cells with a tab between two. A table of one column is a box of text."""
        rows = [row for row in el.iter(f"{W}tr") if self._owner(row, el)]
        cells = [[cell for cell in row.iter(f"{W}tc") if self._owner(cell, row)] for row in rows]
        if max((len(row) for row in cells), default=0) <= 1:
            for row in cells:
                for cell in row:
                    self.container(cell, depth + 1)
            return
        for index, row in enumerate(cells):
            if rows[index].find(f"{W}trPr/{W}del") is None:
                self._row(row, depth)

    def _row(self, row: list[Any], depth: int) -> None:
        held, self.drafts = self.drafts, []
        filed = Draft("row", "")
        for index, cell in enumerate(row):
            self.drafts = []
            self.container(cell, depth + 1)
            filed.text += "\t" if index else ""
            for count, draft in enumerate(draft for draft in self.drafts if draft.text or draft.marks):
                filed.text += " " if count and draft.text else ""
                label = draft.marker if draft.kind == "item" and draft.marker not in (None, "•") else None
                if label and label_of(draft.text) != label:
                    filed.text += f"{label} "
                at = len(filed.text)
                filed.text += draft.text
                filed.marks.extend((at + place, key) for place, key in draft.marks)
                filed.struck.extend((at + start, at + end) for start, end in draft.struck)
            width = val(cell.find(f"{W}tcPr"), "gridSpan") or ""
            filed.text += "\t" * (int(width) - 1 if re.fullmatch(r"\d{1,2}", width) and int(width) else 0)
        self.drafts = held
        filed.text = filed.text.rstrip("\t")
        if filed.text.strip():
            filed.marks = [(min(at, len(filed.text)), key) for at, key in filed.marks]
            self.drafts.append(filed)

    @staticmethod
    def _owner(el: Any, table: Any) -> bool:
        """Whether no other table or row stands between ``el`` and ``table``."""
        parent = el.getparent()
        while parent is not None and parent is not table:
            if parent.tag in (f"{W}tbl", f"{W}tc", f"{W}tr"):
                return False
            parent = parent.getparent()
        return parent is table

    # -- runs -------------------------------------------------------------------------------------------------

    def _runs(self, el: Any, line: Line, base: Style, depth: int) -> None:
        if depth > _DEPTH:
            return
        for child in el:
            tag = child.tag
            if tag in _SKIPPED or not isinstance(tag, str):
                continue
            if tag == f"{W}r":
                self._run(child, line, base, depth)
            elif tag in (f"{M}oMath", f"{M}oMathPara"):
                line.add(formula(child), base)
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                self._runs(choice if choice is not None else child, line, base, depth + 1)
            else:
                self._runs(child, line, base, depth + 1)

    def _run(self, el: Any, line: Line, base: Style, depth: int) -> None:
        properties = el.find(f"{W}rPr")
        character = self.styles.get(val(properties, "rStyle") or "", StyleFacts())
        hidden = properties.find(f"{W}vanish") if properties is not None else None
        if (hidden is not None and on(hidden)) or (hidden is None and character.hidden):
            self.hidden.extend(part.text for part in el.iter(f"{W}t") if part.text and not any(self._field))
            return
        style = run_style(properties, character, base)
        if self._open is not None and self._open.size is None:
            self._open.size = size_of(properties)
        for child in el:
            self._part(child, line, style, depth)

    def _part(self, child: Any, line: Line, style: Style, depth: int) -> None:
        """Pour in one part of a run: words, a break, a glyph, the mark of a note, a picture with its text boxes."""
        match str(child.tag).removeprefix(W):
            case "fldChar":
                self._field_char(str(child.get(f"{W}fldCharType") or ""))
            case "t" if not any(self._field):
                self._words(child.text or "", line, style)
            case "tab" | "ptab":
                line.space()
            case "br" | "cr":
                self._breaks += child.get(f"{W}type") not in ("page", "column") and bool(line.tail)
            case "noBreakHyphen":
                line.add("\u2011", style)
            case "sym":
                line.add(_symbol(child), style)
            case "footnoteReference" | "endnoteReference":
                kind = str(child.tag).removeprefix(W).removesuffix("Reference")
                key = (kind, str(child.get(f"{W}id") or ""))
                self.order.setdefault(key, sum(1 for seen, _ in self.order if seen == kind) + 1)
                line.mark(":".join(key))
            case "ruby":
                self._ruby(child, line, style, depth)
            case "drawing" | "pict" | "object":
                self._find_boxes(child)
            case _ if child.tag == f"{_MC}AlternateContent":
                self._find_boxes(next(iter(child.findall(f"{_MC}Choice")), child))
            case _:
                pass

    def _ruby(self, el: Any, line: Line, style: Style, depth: int) -> None:
        """Pour in the characters that have a reading above them, without it."""
        self.readings += 1
        reading = el.find(f"{W}rubyBase")
        if reading is not None:
            self._runs(reading, line, style, depth + 1)

    def _words(self, text: str, line: Line, style: Style) -> None:
        """Pour words in; behind forced line breaks they open a block, or go on in the same one."""
        if self._breaks and text.strip():
            if self._breaks > 1 or SENTENCE_END.search(line.tail) or label_of(text) is not None:
                line.part()
            else:
                line.line_break()
            self._breaks = 0
        line.add(text, style)

    def _field_char(self, kind: str) -> None:
        """Between ``begin`` and ``separate`` stands a field's code, which prints nothing."""
        if kind == "begin":
            self._field.append(True)
        elif kind == "separate" and self._field:
            self._field[-1] = False
        elif kind == "end" and self._field:
            self._field.pop()

    def _find_boxes(self, el: Any) -> None:
        """Remember the text boxes under ``el``: their words follow the paragraph that anchors them."""
        for box in el.iter(f"{W}txbxContent"):
            parents = [p for p in box.iterancestors() if p.tag == f"{W}txbxContent"]
            if not any(parent in self._boxes for parent in parents):
                self._boxes.append(box)

    # -- notes ------------------------------------------------------------------------------------------------

    def notes_of(self, root: Any | None, kind: str) -> list[NoteDraft]:
        """Return the notes of a footnotes or endnotes part, in the order of their marks in the body."""
        if root is None:
            return []
        notes: dict[str, Any] = {}
        for el in root.findall(f"{W}{kind}"):
            if el.get(f"{W}type") in (None, "normal"):
                notes[str(el.get(f"{W}id") or "")] = el
        found: list[NoteDraft] = []
        for (seen, ident), number in sorted(self.order.items(), key=lambda item: item[1]):
            if seen != kind or ident not in notes:
                continue
            inner = _Walker(self.parts, self.styles, self.numbering)
            inner.container(notes[ident], 0)
            text = " ".join(draft.text for draft in inner.drafts if draft.text)
            found.append(NoteDraft(f"{kind}:{ident}", str(number), text))
        return found


def _symbol(el: Any) -> str:
    """Return the character of a ``w:sym``."""
    code = str(el.get(f"{W}char") or "")
    return glyph(str(el.get(f"{W}font") or ""), int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else ""
