"""Word documents: words, headings, computed list numbers, notes, tables. Nothing is laid out: there are no pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from polidiff.errors import UnreadableSource
from polidiff.model import BlockKind
from polidiff.readers.archive import Archive
from polidiff.readers.docx.numbering import Numbering, W
from polidiff.readers.draft import Draft, Line, NoteDraft, Style, file_line, set_title
from polidiff.readers.labels import label_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*([1-9])", re.I)
_TOC = re.compile(r"toc(?:\s*\d| heading)|目录", re.I)
_DEPTH = 200
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


@dataclass(slots=True)
class _StyleFacts:
    name: str = ""
    outline: int | None = None
    num: tuple[str, int] | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    hidden: bool = False


def read_docx(data: bytes, name: str) -> DocxParts:
    """Return the document's drafts and notes. Tracked deletions are left out, insertions kept; headers and footers
    are not the document's words. Raises UnreadableSource or SourceTooLarge.
    """
    archive = Archive(data, name)
    main = _main_part(archive)
    root = archive.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableSource(name, "the file has no Word document inside", "save it again as .docx")
    folder = main.rpartition("/")[0]
    walker = _Walker(
        name,
        _styles(archive.xml(f"{folder}/styles.xml")),
        Numbering(archive.xml(f"{folder}/numbering.xml")),
    )
    walker.container(body, 0)
    notes = []
    for kind in ("footnote", "endnote"):
        notes.extend(walker.notes_of(archive.xml(f"{folder}/{kind}s.xml"), kind))
    core = archive.xml("docProps/core.xml")
    facts = {str(el.tag).rpartition("}")[2]: (el.text or "").strip() for el in core} if core is not None else {}
    set_title(walker.drafts, facts.get("title", ""))
    printed = next((draft.text for draft in walker.drafts if draft.kind == "title"), "")
    return DocxParts(walker.drafts, notes, printed or facts.get("title", ""))


def _main_part(archive: Archive) -> str:
    """Return the member that holds the document: as the relations say, else ``word/document.xml``."""
    rels = archive.xml("_rels/.rels")
    if rels is not None:
        for rel in rels:
            if str(rel.get("Type") or "").endswith("/officeDocument"):
                target = str(rel.get("Target") or "").lstrip("/")
                if target in archive.names:
                    return target
    return "word/document.xml"


def _on(el: Any | None) -> bool:
    return el is not None and el.get(f"{W}val") not in ("0", "false", "off", "none")


def _val(parent: Any | None, tag: str) -> str | None:
    el = parent.find(f"{W}{tag}") if parent is not None else None
    value = el.get(f"{W}val") if el is not None else None
    return str(value) if value is not None else None


def _styles(root: Any | None) -> dict[str, _StyleFacts]:
    """Return the styles by id, with what they take over from the styles that they are based on."""
    raw: dict[str, Any] = {}
    if root is None:
        return {}
    for el in root.findall(f"{W}style"):
        raw[str(el.get(f"{W}styleId") or "")] = el
    found: dict[str, _StyleFacts] = {}
    for ident in raw:
        chain: list[Any] = []
        at: str | None = ident
        while at in raw and raw[at] not in chain and len(chain) < 20:
            chain.append(raw[at])
            at = _val(raw[at], "basedOn")
        facts = _StyleFacts(name=_val(raw[ident], "name") or ident)
        for el in reversed(chain):
            _apply(facts, el)
        match = _HEADING.fullmatch(facts.name.strip())
        if match is not None and facts.outline is None:
            facts.outline = int(match.group(1)) - 1
        found[ident] = facts
    return found


def _apply(facts: _StyleFacts, el: Any) -> None:
    paragraph, run = el.find(f"{W}pPr"), el.find(f"{W}rPr")
    if paragraph is not None:
        outline = _val(paragraph, "outlineLvl")
        if outline is not None and outline.isdecimal():
            facts.outline = int(outline) if int(outline) < 9 else None
        num = _num(paragraph)
        if num is not None:
            facts.num = num
        align = _val(paragraph, "jc")
        if align is not None:
            facts.centred = align == "center"
    if run is not None:
        for tag in ("b", "i"):
            flag = run.find(f"{W}{tag}")
            if flag is not None:
                setattr(facts, "bold" if tag == "b" else "italic", _on(flag))
        if run.find(f"{W}vanish") is not None:
            facts.hidden = _on(run.find(f"{W}vanish"))


def _num(paragraph: Any) -> tuple[str, int] | None:
    """Return (list, level) of a paragraph's properties; list ``0`` means that it has none although its style has."""
    numbering = paragraph.find(f"{W}numPr")
    if numbering is None:
        return None
    ident, level = _val(numbering, "numId"), _val(numbering, "ilvl")
    return (ident or "", int(level) if level and level.isdecimal() else 0)


class _Walker:
    def __init__(self, name: str, styles: dict[str, _StyleFacts], numbering: Numbering) -> None:
        self.name = name
        self.styles = styles
        self.numbering = numbering
        self.drafts: list[Draft] = []
        self.order: dict[tuple[str, str], int] = {}
        self._boxes: list[Any] = []
        self._field: list[bool] = []

    # -- blocks -----------------------------------------------------------------------------------------------

    def container(self, el: Any, depth: int) -> None:
        """Walk the paragraphs and tables of a body, cell, note or text box."""
        if depth > _DEPTH:
            return
        for child in el:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, depth)
            elif tag == f"{W}tbl":
                self._table(child, depth)
            elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}moveTo", f"{W}customXml", f"{W}smartTag"):
                self.container(child, depth + 1)
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                self.container(choice if choice is not None else child, depth + 1)

    def _paragraph(self, el: Any, depth: int) -> None:
        properties = el.find(f"{W}pPr")
        style = self.styles.get(_val(properties, "pStyle") or "", self._default())
        line = Line()
        self._runs(el, line, Style(style.bold, style.italic), depth)
        boxes, self._boxes = self._boxes, []
        draft = self._file(line, properties, style)
        if draft is not None:
            self.drafts.append(draft)
        for box in boxes:
            self.container(box, depth + 1)

    def _default(self) -> _StyleFacts:
        return self.styles.get("Normal", _StyleFacts())

    def _file(self, line: Line, properties: Any | None, style: _StyleFacts) -> Draft | None:
        outline = _val(properties, "outlineLvl")
        level = style.outline
        if outline is not None and outline.isdecimal():
            level = int(outline) if int(outline) < 9 else None
        align = _val(properties, "jc")
        centred = align == "center" if align is not None else style.centred
        num = (_num(properties) if properties is not None else None) or style.num
        marker = None
        if line.text.strip():
            # A paragraph without words still counts in Word only where it prints its number; those hold no document.
            if num is not None and num[0] == "" and style.num is not None:
                num = (style.num[0], num[1])
            if num is not None and num[0] not in ("", "0"):
                marker = self.numbering.label(*num)
        kind: BlockKind = "paragraph"
        depth = 0
        lower = style.name.lower()
        if lower in ("title", "标题", "titel") and level is None:
            kind = "title"
        elif _TOC.match(style.name):
            kind = "contents"
        elif level is not None:
            kind, depth = "heading", level + 1
        elif "caption" in lower or lower == "题注":
            kind = "caption"
        elif "quote" in lower:
            kind = "quote"
        elif num is not None and marker is not None:
            kind, depth = "item", num[1]
        return file_line(line, kind, level=depth, marker=marker, centred=centred)

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
            if rows[index].find(f"{W}trPr/{W}del") is not None:
                continue
            held, self.drafts = self.drafts, []
            texts: list[str] = []
            marks: list[tuple[int, str]] = []
            size = 0
            for cell in row:
                self.drafts = []
                self.container(cell, depth + 1)
                text = ""
                for draft in self.drafts:
                    start = size + len(text) + (1 if text and draft.text else 0)
                    marks.extend((start + at, key) for at, key in draft.marks)
                    label = draft.marker if draft.kind == "item" and draft.marker not in (None, "•") else None
                    words = f"{label} {draft.text}" if label and label_of(draft.text) != label else draft.text
                    text = f"{text} {words}" if text and words else text or words
                texts.append(text)
                size += len(text) + 1
            self.drafts = held
            words = "\t".join(texts)
            if words.strip():
                self.drafts.append(Draft("row", words.rstrip("\t"), marks=[(min(a, len(words)), k) for a, k in marks]))

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
            elif tag == f"{_MC}AlternateContent":
                choice = child.find(f"{_MC}Choice")
                self._runs(choice if choice is not None else child, line, base, depth + 1)
            else:
                self._runs(child, line, base, depth + 1)

    def _run(self, el: Any, line: Line, base: Style, depth: int) -> None:
        properties = el.find(f"{W}rPr")
        character = self.styles.get(_val(properties, "rStyle") or "", _StyleFacts())
        hidden = properties.find(f"{W}vanish") if properties is not None else None
        if (hidden is not None and _on(hidden)) or (hidden is None and character.hidden):
            return
        style = _run_style(properties, character, base)
        for child in el:
            match str(child.tag).removeprefix(W):
                case "fldChar":
                    self._field_char(str(child.get(f"{W}fldCharType") or ""))
                case "t" if not any(self._field):
                    line.add(child.text or "", style)
                case "tab" | "ptab":
                    line.space()
                case "br" | "cr":
                    if child.get(f"{W}type") not in ("page", "column"):
                        line.line_break()
                case "noBreakHyphen":
                    line.add("\u2011", style)
                case "sym":
                    line.add(_symbol(child), style)
                case "footnoteReference" | "endnoteReference":
                    kind = str(child.tag).removeprefix(W).removesuffix("Reference")
                    key = (kind, str(child.get(f"{W}id") or ""))
                    self.order.setdefault(key, sum(1 for seen, _ in self.order if seen == kind) + 1)
                    line.mark(":".join(key))
                case "drawing" | "pict" | "object":
                    self._find_boxes(child)
                case _ if child.tag == f"{_MC}AlternateContent":
                    choice = child.find(f"{_MC}Choice")
                    self._find_boxes(choice if choice is not None else child)
                case _:
                    pass

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
            inner = _Walker(self.name, self.styles, self.numbering)
            inner.container(notes[ident], 0)
            text = " ".join(draft.text for draft in inner.drafts if draft.text)
            found.append(NoteDraft(f"{kind}:{ident}", str(number), text))
        return found


def _run_style(properties: Any | None, character: _StyleFacts, base: Style) -> Style:
    bold, italic, underline = base.bold or character.bold, base.italic or character.italic, False
    if properties is not None:
        for child in properties:
            match str(child.tag).removeprefix(W):
                case "b":
                    bold = _on(child)
                case "i":
                    italic = _on(child)
                case "u":
                    underline = _on(child)
                case _:
                    pass
    return Style(bold, italic, underline)


def _symbol(el: Any) -> str:
    """Return the character of a ``w:sym``; glyphs of symbol fonts have no Unicode character and give nothing."""
    code = str(el.get(f"{W}char") or "")
    if not re.fullmatch(r"[0-9A-Fa-f]{1,6}", code):
        return ""
    value = int(code, 16)
    return "" if 0xE000 <= value <= 0xF8FF or value > 0x10FFFF or value < 32 else chr(value)
