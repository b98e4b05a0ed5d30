"""The walk over a document's elements: words poured into drafts in the order and with the white space of a browser."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from polidiff.model import BlockKind
from polidiff.readers.draft import PLAIN, Draft, Line, NoteDraft, file_line
from polidiff.readers.html.consolidated import label_and_words
from polidiff.readers.html.footnotes import NotesMap, clean_note, is_back_link
from polidiff.readers.html.formulas import formula
from polidiff.readers.html.lists import item_marker, start_of
from polidiff.readers.html.place import Place
from polidiff.readers.html.sites import CLASS_APART, CLASS_CENTRED, CLASS_HEADINGS, CLASS_TITLES
from polidiff.readers.html.style import styled
from polidiff.readers.html.tables import walk_table
from polidiff.readers.html.tree import DROPPED, Element, classes, is_hidden, words_of
from polidiff.readers.labels import SENTENCE_END, awaits_number, bullet_of, label_of

_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "math",
        "nobr",
        "output",
        "q",
        "rb",
        "rt",
        "rtc",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "slot",
        "picture",
        "img",
    ]
)
_CENTRE = re.compile(r"text-align\s*:\s*(?:center|-webkit-center)")
_ASIDE = re.compile(r"text-align\s*:\s*(?:left|right|justify|start|end)")


class Walker:
    """Walks elements and collects drafts and notes. One instance serves one page."""

    def __init__(self, notes: NotesMap | None = None, struck: frozenset[str] = frozenset()) -> None:
        self.map = notes or NotesMap()
        self.struck = struck
        self.drafts: list[Draft] = []
        self.notes: list[NoteDraft] = []
        self.line = Line()
        self.marker: str | None = None
        self._bodies: list[Element] = list(self.map.bodies)
        self._breaks = 0
        self._here = Place()
        self.readings = 0

    def walk(self, el: Element) -> None:
        """Walk ``el`` as the document's container."""
        self._children(el, Place())
        self._flush(Place())

    def finish_notes(self) -> list[NoteDraft]:
        """Return the notes, in the order in which the page prints them."""
        for body in self._bodies:
            key, mark = self.map.bodies[body]
            inner = Walker(NotesMap(marks=self.map.marks, back=self.map.back))
            inner._children(body, Place(joined=False))
            inner._flush(Place())
            text = " ".join(draft.text for draft in inner.drafts if draft.text)
            self.notes.append(NoteDraft(key, mark, clean_note(text, mark)))
        return self.notes

    # -- blocks -----------------------------------------------------------------------------------------------

    def _flush(self, place: Place) -> None:
        """File the words so far as one block of ``place``."""
        self._breaks = 0
        draft = file_line(self.line, place.kind, level=place.level, marker=self.marker, centred=place.centred)
        self.line = Line()
        if draft is None:
            return
        if draft.text:
            if draft.kind == "item" and place.kind != "item":
                draft.level = max(place.depth, 0)
            elif place.kind == "item" and self.marker is None and draft.marker:
                draft.level += 1  # a point with a printed label inside of an item
            self.marker = None
        self.drafts.append(draft)

    def _border(self, place: Place) -> None:
        """A block begins or ends here."""
        if place.joined:
            self.line.space()
        else:
            self._flush(place)

    def _children(self, el: Element, place: Place) -> None:
        self._text(el.text, place)
        for child in el:
            if isinstance(child.tag, str):
                self._element(child, place)
            self._text(child.tail, place)

    def _text(self, text: str | None, place: Place) -> None:
        if not text:
            return
        if place.pre and not place.joined:
            self._preformatted(text, place)
            return
        if self._breaks and text.strip():
            self._after_break(text, place)
        self.line.add(text, place.style)

    def _after_break(self, text: str, place: Place) -> None:
        """Decide what a line break was: the end of a block, or typesetting."""
        breaks, self._breaks = self._breaks, 0
        words = self.line.tail
        opens = label_of(text) is not None or bullet_of(text.lstrip()) is not None
        if awaits_number(words) and text.lstrip()[:1].isdigit():
            self.line.line_break()
            return
        indented = text[:1] in "\u3000\u2003" or text[:2] == "\u00a0\u00a0"
        if not place.joined and (breaks > 1 or opens or indented or bool(SENTENCE_END.search(words))):
            self._flush(place)
        else:
            self.line.line_break()

    def _preformatted(self, text: str, place: Place) -> None:
        """Text of a ``pre``: blank lines and labels open blocks, other line ends are undone."""
        for index, line in enumerate(re.split(r"\r\n|\r|\n", text)):
            if index:
                opens = label_of(line) is not None or bullet_of(line.lstrip()) is not None
                opens = opens and not awaits_number(self.line.tail)
                if not line.strip() or opens:
                    self._flush(place)
                else:
                    self.line.add("\n", place.style)
            self.line.add(line, place.style)

    # -- elements ---------------------------------------------------------------------------------------------

    def _element(self, el: Element, place: Place) -> None:
        tag = el.tag.lower()
        if el in self.map.marks:
            self.line.mark(self.map.marks[el][0])
            return
        if el in self.map.bodies or el in self.map.back or is_back_link(el):
            return
        if tag in DROPPED or is_hidden(el):
            return
        if tag == "br":
            if self.line.tail:
                self._breaks += 1
            return
        if tag in _INLINE:
            self._inline(el, tag, place)
            return
        handler = _HANDLERS.get(tag)
        if handler is not None and not place.joined:
            handler(self, el, place)
            return
        row = None if place.joined else label_and_words(el)
        if row is not None:
            self._border(place)
            self._beside(row[0], row[1], _item(place) if row[2] else place)
            return
        self._block(el, tag, place)

    def _inline(self, el: Element, tag: str, place: Place) -> None:
        if tag in ("img", "picture"):
            return
        if tag in ("rt", "rtc"):
            self.readings += 1
            return
        if tag == "math":
            self.line.add(formula(el), place.style)
            return
        style = styled(el, tag, place.style, self.struck)
        inner = place if style == place.style else replace(place, style=style)
        apart = any(name in CLASS_APART for name in classes(el))
        if apart:
            self.line.space()
        if tag == "q":
            self._text("“", inner)
        self._children(el, inner)
        if tag == "q":
            self._text("”", inner)
        if apart:
            self.line.space()

    def _block(self, el: Element, tag: str, place: Place) -> None:
        """A paragraph or a container: its own block before and after, with the kind of where it stands."""
        inner = place
        names = classes(el)
        style = str(el.get("style") or "").lower()
        align = str(el.get("align") or "").lower()
        if (
            tag == "center"
            or align in ("center", "middle")
            or _CENTRE.search(style)
            or any(n in CLASS_CENTRED for n in names)
        ):
            inner = replace(inner, centred=True)
        elif inner.centred and (align in ("left", "right", "justify") or _ASIDE.search(style)):
            inner = replace(inner, centred=False)
        level = next((CLASS_HEADINGS[n] for n in names if n in CLASS_HEADINGS), 0)
        role = str(el.get("role") or "")
        if role == "heading":
            level = int(el.get("aria-level") or 2) if str(el.get("aria-level") or "2").isdecimal() else 2
        if level and not place.joined:
            self._border(place)
            self._heading(el, place, min(level, 9))
            return
        if any(n in CLASS_TITLES for n in names) and not place.joined:
            inner = replace(inner, kind="title", level=0)
        inner = replace(inner, style=styled(el, tag, inner.style, self.struck))
        self._border(place)
        self._children(el, inner)
        self._border(inner)

    def _heading(self, el: Element, place: Place, level: int) -> None:
        inner = replace(place, kind="heading", level=level, joined=True, style=PLAIN)
        self.marker = None
        self._children(el, inner)
        self._flush(replace(inner, joined=False))

    def heading(self, el: Element, place: Place) -> None:
        """``h1`` … ``h6``."""
        self._border(place)
        style = str(el.get("style") or "").lower()
        centred = place.centred or bool(_CENTRE.search(style)) or str(el.get("align") or "").lower() == "center"
        self._heading(el, replace(place, centred=centred), int(el.tag[1]))

    def list(self, el: Element, place: Place) -> None:
        """``ul`` and ``ol``: every ``li`` an item, its further paragraphs items without a marker."""
        self._border(place)
        depth = place.depth + 1
        contents = place.kind == "contents" or _is_contents(el)
        kind: BlockKind = "contents" if contents else "item"
        number = start_of(el)
        step = -1 if el.get("reversed") is not None else 1
        inner = replace(place, kind=kind, level=depth, depth=depth)
        for child in el:
            if not isinstance(child.tag, str):
                continue
            if child.tag in ("ul", "ol", "menu"):
                self.list(child, replace(place, depth=depth))
                continue
            if child.tag != "li":
                self._element(child, inner)
                self._text(child.tail, inner)
                continue
            value = str(child.get("value") or "")
            number = int(value) if re.fullmatch(r"-?\d{1,6}", value) else number
            if child not in self.map.bodies and not is_hidden(child):
                self.marker = item_marker(el, child, number, words_of(child)) if not contents else None
                self._children(child, inner)
                self._flush(inner)
                self.marker = None
            number += step
            self._text(child.tail, inner)
        self._flush(inner)

    def quote(self, el: Element, place: Place) -> None:
        """``blockquote``."""
        self._border(place)
        inner = replace(place, kind="quote" if place.kind == "paragraph" else place.kind)
        self._children(el, inner)
        self._flush(inner)

    def caption(self, el: Element, place: Place) -> None:
        """``figcaption`` and ``caption``."""
        self._border(place)
        inner = replace(place, kind="caption", level=0)
        self._children(el, inner)
        self._flush(inner)

    def pre(self, el: Element, place: Place) -> None:
        """``pre`` and ``listing``."""
        self._border(place)
        inner = replace(place, pre=True)
        self._children(el, inner)
        self._flush(inner)

    def table(self, el: Element, place: Place) -> None:
        """``table``: rows of data, or a layout whose cells are walked like any container."""
        self._border(place)
        walk_table(self, el, place)

    def cell(self, el: Element, place: Place) -> None:
        """A cell of a table that only places things on the page."""
        self._block(el, "div", place)

    def row(self, cells: Sequence[Element | None], place: Place) -> None:
        """File one row of data: the words of its cells, a tab between two; None is a place that no cell begins at."""
        inner = replace(place, kind="row", level=0, joined=True)
        for index, cell in enumerate(cells):
            if index:
                self.line.tab()
            self._breaks = 0
            if cell is not None:
                self._children(cell, replace(inner, style=styled(cell, cell.tag, PLAIN, self.struck)))
        self._flush(replace(inner, joined=False))

    def labelled(self, label: Element, rest: Sequence[Element], place: Place) -> None:
        """File a row that sets a printed label beside its words: ``(a)`` in one cell, the point in the next."""
        self._beside(label, rest, _item(place))

    def _beside(self, label: Element, rest: Sequence[Element], inner: Place) -> None:
        words = words_of(label)
        bullet = bullet_of(f"{words} x")
        if bullet is not None and len(words) == 1:
            self.marker = words
        else:
            self._children(label, replace(inner, joined=True))
            self.line.space()
            self.marker = words
        for cell in rest:
            self._first_inline(cell, inner)
        self._flush(inner)
        self.marker = None

    def _first_inline(self, cell: Element, place: Place) -> None:
        """Walk a cell whose first block goes on the line that is open."""
        if self.line.text.strip():
            held, self.line = self.line, Line()
            label, self.marker = self.marker, None
            start = len(self.drafts)
            self._children(cell, place)
            self._flush(place)
            words = held.text.strip()
            fresh = next((d for d in self.drafts[start:] if d.text), None)
            if fresh is None:
                self.line, self.marker = held, label
                return
            shift = len(words) + 1
            fresh.text = f"{words} {fresh.text}"
            fresh.marker = label
            fresh.lead = 0
            fresh.marks = [(at + shift, key) for at, key in fresh.marks]
            fresh.marks[:0] = [(min(at, len(words)), key) for at, key in held.marks]
        else:
            self._children(cell, place)


def _item(place: Place) -> Place:
    """An item of a list at ``place``."""
    return replace(place, kind="item", depth=place.depth + 1, level=place.depth + 1)


def _is_contents(el: Element) -> bool:
    """Whether a list is a table of contents: three items or more, each of them a link into the page and no more."""
    items = list(el.iter("li"))
    links = [a for a in el.iter("a") if str(a.get("href") or "").startswith("#")]
    if len(items) < 3 or len(links) < len(items):
        return False
    return sum(len(words_of(a)) for a in links) * 10 >= len(words_of(el)) * 9


_HANDLERS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Walker.heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Walker.list),
    "blockquote": Walker.quote,
    **dict.fromkeys(("figcaption", "caption"), Walker.caption),
    **dict.fromkeys(("pre", "listing", "xmp"), Walker.pre),
    "table": Walker.table,
}
