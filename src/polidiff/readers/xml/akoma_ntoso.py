"""Akoma Ntoso (OASIS LegalDocML 1.0, any version of the namespace): acts, bills, plans and statements as marked up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from polidiff.model import BlockKind
from polidiff.readers.draft import PLAIN, Draft, Line, NoteDraft, Style, file_line, set_title
from polidiff.readers.xml.parts import XmlParts, local

_GROUPS = frozenset(
    [
        "book",
        "tome",
        "part",
        "title",
        "subtitle",
        "chapter",
        "subchapter",
        "section",
        "subsection",
        "division",
        "subdivision",
        "article",
        "rule",
        "clause",
        "transitional",
        "proviso",
        "hcontainer",
        "level",
    ]
)
_HEADED = frozenset(
    ["book", "tome", "part", "title", "subtitle", "chapter", "subchapter", "division", "subdivision", "article"]
)
_POINTS = frozenset(
    ["paragraph", "subparagraph", "list", "sublist", "point", "indent", "alinea", "subclause", "subrule", "item"]
)
_INLINE = frozenset(
    [
        "a",
        "b",
        "i",
        "u",
        "sup",
        "sub",
        "span",
        "abbr",
        "ref",
        "mref",
        "rref",
        "ins",
        "del",
        "def",
        "term",
        "date",
        "time",
        "person",
        "organization",
        "concept",
        "object",
        "event",
        "location",
        "process",
        "role",
        "entity",
        "quantity",
        "number",
        "docTitle",
        "docNumber",
        "docType",
        "docDate",
        "docAuthority",
        "docProponent",
        "docStage",
        "docStatus",
        "docPurpose",
        "docCommittee",
        "docIntroducer",
        "docJurisdiction",
        "docketNumber",
        "shortTitle",
        "inline",
        "mod",
        "rmod",
        "mmod",
        "quotedText",
        "remark",
        "fillIn",
        "affectedDocument",
        "relatedDocument",
        "signature",
        "judge",
        "lawyer",
        "party",
        "witness",
        "session",
        "vote",
        "outcome",
        "neutralCitation",
        "courtType",
        "placeholder",
        "embeddedText",
        "opinion",
        "argument",
        "change",
        "tocItem",
        "decoration",
        "omissis",
        "eol",
    ]
)
_SKIP = frozenset(["meta", "img", "marker", "componentRef"])
_BODY = (
    "body",
    "mainBody",
    "debateBody",
    "judgmentBody",
    "collectionBody",
    "amendmentBody",
    "portionBody",
    "components",
)
_MAX_DEPTH = 200


@dataclass(frozen=True, slots=True)
class _Place:
    kind: BlockKind = "paragraph"
    heading: int = 0
    item: int = -1
    style: Style = PLAIN


def read_akn(root: Any) -> XmlParts:
    """Return the document: preface, preamble, body, conclusions and attachments in order, notes behind."""
    walker = _Walker(root)
    walker.children(root, _Place(), 0)
    walker.flush(_Place())
    title = walker.title or next((draft.text for draft in walker.drafts if draft.kind == "title"), "")
    set_title(walker.drafts, title)
    meta: dict[str, str] = {}
    for el in root.iter():
        name = local(el)
        if name == "FRBRdate" and "date" not in meta and re.match(r"\d{4}-\d\d-\d\d", str(el.get("date") or "")):
            meta["date"] = str(el.get("date"))[:10]
        elif name == "FRBRlanguage" and "language" not in meta:
            meta["language"] = {"eng": "en", "zho": "zh", "chi": "zh"}.get(str(el.get("language") or "").lower(), "")
        elif name == "FRBRcountry" and "jurisdiction" not in meta:
            meta["jurisdiction"] = str(el.get("value") or "").upper()
    return XmlParts(walker.drafts, walker.notes, title, meta)


class _Walker:
    def __init__(self, root: Any) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[NoteDraft] = []
        self.line = Line()
        self.label: str | None = None
        self.title = ""
        self._opening = ""
        self._held = {str(el.get("eId") or el.get("id") or ""): el for el in root.iter() if local(el) == "note"}

    def flush(self, place: _Place) -> None:
        """File the words so far as a block of ``place``."""
        level = max(place.item, 0) if place.kind == "item" else 0
        words = self.line.text.strip()
        if not words and not self.line.marks:
            self.line = Line()
            return
        if words and self._opening:
            self.line.begin_with(self._opening)
            self._opening = ""
        if words and not any(char.isalnum() for char in words) and self.drafts and self.drafts[-1].kind == "quote":
            self.drafts[-1].text += words
            self.line = Line()
            return
        draft = file_line(self.line, place.kind, level=level, marker=self.label)
        self.line = Line()
        if draft is not None:
            if draft.text:
                self.label = None
            self.drafts.append(draft)

    def children(self, el: Any, place: _Place, depth: int) -> None:
        """Walk the content of ``el``."""
        if depth > _MAX_DEPTH:
            return
        self.line.add(el.text or "", place.style)
        inner = place
        for child in el:
            if _crosses(child) and place.kind != "quote":
                inner = self._crossing(child, inner if local(child) == "subheading" else place, depth)
            else:
                self._element(child, inner, depth + 1)
            self.line.add(child.tail or "", inner.style)

    def _crossing(self, el: Any, place: _Place, depth: int) -> _Place:
        """File a heading that stands between units; return the place of what stands below it."""
        self.flush(place)
        inner = replace(place, heading=place.heading + 1)
        self.children(el, replace(inner, style=PLAIN), depth + 1)
        self._file_heading("", inner.heading)
        return inner

    def _element(self, el: Any, place: _Place, depth: int) -> None:
        name = local(el)
        if not name or name in _SKIP:
            return
        if name in ("authorialNote", "noteRef"):
            self._note(el, name, depth)
        elif name in ("br", "eol"):
            self.line.line_break()
        elif name in _INLINE:
            self._inline(el, name, place, depth)
        elif name in _GROUPS or name in _POINTS:
            self.flush(place)
            self._unit(el, name, place, depth)
        elif name in ("ul", "ol", "blockList", "li"):
            self.flush(place)
            inner = replace(place, kind="item", item=place.item + (name != "li")) if place.kind != "quote" else place
            if name == "li":
                self.label = self.label or str(el.get("value") or "") or "•"
            self.children(el, inner, depth)
            self.flush(inner)
        elif name == "table":
            self._table(el, place, depth)
        elif name in ("num", "heading", "subheading"):
            self.line.space()
            self.children(el, place, depth)
            self.line.space()
        else:
            self.flush(place)
            inner = self._place_of(name, place)
            if name in ("quotedStructure", "embeddedStructure"):
                self._opening = str(el.get("startQuote") or "")
            self.children(el, inner, depth)
            self.flush(inner)
            if name in ("quotedStructure", "embeddedStructure") and self.drafts and self.drafts[-1].kind == "quote":
                self.drafts[-1].text += str(el.get("endQuote") or "")
                self._opening = ""

    @staticmethod
    def _place_of(name: str, place: _Place) -> _Place:
        if name in ("longTitle",):
            return replace(place, kind="title")
        if name in ("toc",):
            return replace(place, kind="contents")
        if name in ("conclusions", "coverPage"):
            return replace(place, kind="furniture")
        if name in ("quotedStructure", "embeddedStructure", "blockQuote"):
            return replace(place, kind="quote")
        if name in _BODY:
            return replace(place, kind="paragraph")
        return place

    def _inline(self, el: Any, name: str, place: _Place, depth: int) -> None:
        style = place.style
        style = style._replace(
            bold=style.bold or name == "b",
            italic=style.italic or name == "i",
            underline=style.underline or name in ("u", "ins"),
            struck=style.struck or name == "del",
            raised=style.raised or name == "sup",
        )
        if name in ("docTitle", "shortTitle") and not self.title:
            self.title = " ".join("".join(el.itertext()).split())
        start = str(el.get("startQuote") or "") if name == "quotedText" else ""
        self.line.add(start, style)
        self.children(el, replace(place, style=style), depth)
        self.line.add(str(el.get("endQuote") or "") if name == "quotedText" else "", style)

    def _unit(self, el: Any, name: str, place: _Place, depth: int) -> None:
        """A numbered part: its ``num`` and ``heading`` are a heading where it has one or holds parts of its own."""
        parts = {local(child): child for child in reversed(el)}
        num = _words(parts.get("num"))
        heading = " ".join(filter(None, (_words(parts.get("heading")), _words(parts.get("subheading")))))
        quoted = place.kind == "quote"
        group = name in _GROUPS and (bool(heading) or name in _HEADED)
        inner = place
        if group and not quoted:
            inner = replace(place, kind="paragraph", heading=place.heading + 1, item=-1)
            if num or heading:
                for part in ("num", "heading", "subheading"):
                    if part in parts:
                        self.line.space()
                        self.children(parts[part], replace(inner, style=PLAIN), depth)
                self._file_heading(num, inner.heading)
            num = heading = ""
        elif name in ("point", "indent", "item", "subclause") and not quoted:
            inner = replace(place, kind="item", item=place.item + 1)
        if num or heading:
            self.line.add(" ".join(filter(None, (num, heading))), place.style)
            self.line.space()
            self.label = num or None
        below = inner
        for child in el:
            if _crosses(child) and not quoted:
                below = self._crossing(child, inner, depth)
            elif local(child) not in ("num", "heading", "subheading"):
                self._first(child, below, depth)
        self.flush(below)
        self.label = None

    def _first(self, el: Any, place: _Place, depth: int) -> None:
        """Walk a child of a unit: its first words go on the line that the unit's number opened."""
        if self.line.text.strip() and local(el) not in _POINTS | _GROUPS | _INLINE:
            first = next((child for child in el if isinstance(child.tag, str)), None)
            if local(el) in ("p", "block") or first is None:
                self.children(el, place, depth + 1)
                self.flush(place)
                return
            for child in el:
                self._first(child, place, depth + 1)
            return
        self._element(el, place, depth + 1)

    def _file_heading(self, num: str, level: int) -> None:
        draft = file_line(self.line, "heading", level=min(level, 9), marker=num or None)
        self.line = Line()
        if draft is not None:
            self.drafts.append(draft)

    def _table(self, el: Any, place: _Place, depth: int) -> None:
        self.flush(place)
        for row in el.iter():
            if local(row) != "tr":
                continue
            filled = False
            for index, cell in enumerate(child for child in row if local(child) in ("td", "th")):
                if index:
                    self.line.tab()
                for text in cell.itertext():
                    self.line.add(text)
                    filled = filled or bool(text.strip())
                    self.line.space()
            if filled:
                self.flush(replace(place, kind="row"))
            else:
                self.line = Line()

    def _note(self, el: Any, name: str, depth: int) -> None:
        body = el
        if name == "noteRef":
            found = self._held.get(str(el.get("href") or "").lstrip("#"))
            if found is None:
                return
            body = found
        mark = str(el.get("marker") or body.get("marker") or len(self.notes) + 1)
        key = f"note-{len(self.notes)}"
        self.line.mark(key)
        self.notes.append(NoteDraft(key, mark, _words(body)))


def _crosses(el: Any) -> bool:
    """Whether an element heads what stands after it: a heading between units, or one of an attached document."""
    name, above = local(el), local(el.getparent())
    return name == "crossHeading" or (name in ("heading", "subheading") and above in ("attachment", "component", "doc"))


def _words(el: Any | None) -> str:
    return " ".join(" ".join(el.itertext()).split()) if el is not None else ""
