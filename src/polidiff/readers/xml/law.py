"""The walk that readers of legislation in XML share: numbers, titles and words of each unit become drafts in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from polidiff.model import BlockKind
from polidiff.readers.draft import PLAIN, Draft, Line, NoteDraft, Style, file_line
from polidiff.readers.xml.parts import local

_MAX_DEPTH = 200
_STEP = 18.0
"""Points by which a unit stands further in than the one that holds it; its own further words stand half of that in."""
_TAIL = re.compile(r"[\s.,;:”’\"')\]]*(?:and|or)?[\s.,;]*")
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk stands: the kind of a block opened here, the level of headings, the depth of numbered units."""

    kind: BlockKind = "paragraph"
    level: int = 0
    depth: int = 0
    style: Style = PLAIN


class LawWalker:
    """Walks a law. A format names its elements in the class's sets and says in methods what sets cannot say.

    ``divisions`` and ``sections`` are units with a heading of their own (a section without a title opens its text with
    its number), ``crossings`` headings between units that head those after them, ``points`` numbered units inside of
    sections, ``texts`` blocks of words; ``quotes`` hold another law's words. Others are passed through.
    """

    divisions: ClassVar[frozenset[str]] = NONE
    sections: ClassVar[frozenset[str]] = NONE
    points: ClassVar[frozenset[str]] = NONE
    numbers: ClassVar[frozenset[str]] = NONE
    titles: ClassVar[frozenset[str]] = NONE
    texts: ClassVar[frozenset[str]] = NONE
    crossings: ClassVar[frozenset[str]] = NONE
    quotes: ClassVar[frozenset[str]] = NONE
    notes_in: ClassVar[frozenset[str]] = NONE
    asides: ClassVar[frozenset[str]] = NONE
    contents: ClassVar[frozenset[str]] = NONE
    captions: ClassVar[frozenset[str]] = NONE
    skipped: ClassVar[frozenset[str]] = NONE
    rows: ClassVar[frozenset[str]] = frozenset(["row", "tr", "ROW"])
    cells: ClassVar[frozenset[str]] = frozenset(["entry", "td", "th", "CELL"])
    bold: ClassVar[frozenset[str]] = frozenset(["b", "bold", "strong", "Strong"])
    italic: ClassVar[frozenset[str]] = frozenset(["i", "italic", "em", "Emphasis"])
    raised: ClassVar[frozenset[str]] = frozenset(["sup", "Sup", "superscript", "Superior"])
    struck: ClassVar[frozenset[str]] = frozenset(["del", "strike"])

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[NoteDraft] = []
        self.line = Line()
        self.label: str | None = None
        self._fresh = False
        self._opening = ""
        self._deep = 0

    # -- what a format may say otherwise ------------------------------------------------------------------------

    def special(self, el: Any, name: str, place: Place) -> bool:
        """Do what this format does with ``el`` alone; return whether that was all."""
        return False

    def number(self, el: Any, name: str) -> str:
        """Return the number that the page prints for a unit, or nothing."""
        return words_of(child_of(el, self.numbers))

    def title(self, el: Any, name: str) -> list[Any]:
        """Return the elements that hold a unit's title."""
        return [child for child in el if local(child) in self.titles]

    def after_title(self, name: str) -> str:
        """Return what the page prints behind the run-in title of a numbered unit."""
        return ""

    def marks(self, el: Any) -> tuple[str, str]:
        """Return the quotation marks that the page prints around a quoted unit, where no text holds them."""
        return "", ""

    # -- the walk -----------------------------------------------------------------------------------------------

    def walk(self, el: Any) -> None:
        """Walk ``el`` and file what it holds."""
        self.children(el, Place())
        self.flush(Place())

    def children(self, el: Any, place: Place) -> None:
        """Walk the content of ``el``."""
        if self._deep > _MAX_DEPTH:
            return
        self._deep += 1
        self._parts(el, place, NONE)
        self._deep -= 1

    def _parts(self, el: Any, place: Place, but: frozenset[str]) -> None:
        self.say(el.text, place.style)
        here = place
        for child in el:
            name = local(child)
            if name in self.crossings and place.kind != "quote":
                here = replace(place, level=place.level + 1)
                self.heading([child], here)
            elif name not in but:
                self.element(child, here)
            self.say(child.tail, here.style)

    def element(self, el: Any, place: Place) -> None:
        """Walk one element."""
        name = local(el)
        if not name or name in self.skipped or self.special(el, name, place):
            return
        if name in self.notes_in:
            self.note(el, words_of(child_of(el, self.numbers)))
        elif name in self.divisions or name in self.sections:
            self._unit(el, name, place)
        elif name in self.points:
            self._point(el, name, place)
        elif name in self.quotes:
            self._quote(el, place)
        elif name in self.rows:
            self._row(el, place)
        elif name in self.texts:
            self.text(el, place)
        elif (kind := self._kind(name)) is not None:
            self.text(el, replace(place, kind=kind))
        else:
            self.children(el, replace(place, style=self._style(name, place.style)))

    def _kind(self, name: str) -> BlockKind | None:
        if name in self.asides:
            return "furniture"
        if name in self.contents:
            return "contents"
        return "caption" if name in self.captions else None

    def _style(self, name: str, style: Style) -> Style:
        if name in self.bold:
            return style._replace(bold=True)
        if name in self.italic:
            return style._replace(italic=True)
        if name in self.raised:
            return style._replace(raised=True)
        return style._replace(struck=True) if name in self.struck else style

    def say(self, text: str | None, style: Style = PLAIN) -> None:
        """Pour words in; the mark of a quotation that opens here stands before them."""
        if not text or (self._fresh and not text.strip()):
            return
        if self._opening and text.strip():
            self.line.add(self._opening, style)
            self._opening = ""
            text = text.lstrip()
        self.line.add(text, style)

    def text(self, el: Any, place: Place) -> None:
        """A block of words; the first of a numbered unit stands on the line that its number opened."""
        self.border(place)
        before = self.line.size
        self.children(el, place)
        if self.line.size > before:
            self._fresh = False
        self.border(place)

    def border(self, place: Place) -> None:
        """A block begins or ends here, except where only a number stands before."""
        if not self._fresh:
            self.flush(place)
        elif not self.line.tail.endswith("—"):
            self.line.space()

    def flush(self, place: Place) -> None:
        """File the words so far as a block."""
        self._fresh = False
        last = self.drafts[-1] if self.drafts else None
        words = self.line.text.strip()
        if last is not None and last.kind == "quote" and words and _TAIL.fullmatch(words) and not self.label:
            last.text += words if not words[0].isalpha() else f" {words}"
            self.line = Line()
            return
        if place.kind == "quote" and words and not words.strip('“‘"«„'):
            self._opening, self.line = words, Line()
            return
        kind = place.kind
        if kind == "paragraph" and place.depth and self.label is not None:
            kind = "item"
        label = self.label if kind in ("item", "paragraph", "quote") else None
        draft = file_line(self.line, kind, level=max(place.depth - 1, 0) if kind == "item" else 0, marker=label)
        self.line = Line()
        if draft is None:
            return
        if draft.text:
            if place.depth:
                draft.indent = _STEP * place.depth + (0 if label is not None else _STEP / 2)
            self.label = None
        self.drafts.append(draft)

    def heading(self, parts: list[Any], place: Place, number: str = "") -> None:
        """File a heading: the number and the words of the elements."""
        self.flush(place)
        if number:
            self.line.add(number)
            self.line.space()
        for part in parts:
            self.children(part, replace(place, style=PLAIN))
            self.line.space()
        draft = file_line(self.line, "heading", level=min(max(place.level, 1), 9), marker=number or None)
        self.line = Line()
        if draft is not None:
            self.drafts.append(draft)

    def _unit(self, el: Any, name: str, place: Place) -> None:
        number, titles = self.number(el, name), self.title(el, name)
        named = bool(titles) and any(words_of(title) for title in titles)
        if place.kind == "quote" or (name in self.sections and not named):
            self._open(el, name, number, titles, place, place)
            return
        self.flush(place)
        inner = place
        if number or named:
            inner = replace(place, level=place.level + 1, depth=0)
            self.heading(titles, inner, number)
        self._rest(el, inner)
        self.flush(inner)

    def _point(self, el: Any, name: str, place: Place) -> None:
        number = self.number(el, name)
        self._open(el, name, number, self.title(el, name), place, replace(place, depth=place.depth + 1))

    def _open(self, el: Any, name: str, number: str, titles: list[Any], place: Place, inner: Place) -> None:
        """Open a line with a unit's number and run-in title, and walk what it holds."""
        self.border(place)
        if number:
            self.say(number)
            self.line.space()
            self.label = self.label or number
        self._fresh = bool(number or titles)
        for title in titles:
            self.children(title, inner)
            self.line.cut_space()
            self.line.add(self.after_title(name))
            self.border(inner)
        self._rest(el, inner)
        self.flush(inner)
        self.label = None

    def _rest(self, el: Any, place: Place) -> None:
        self._parts(el, place, self.numbers | self.titles)

    def _quote(self, el: Any, place: Place) -> None:
        if self.line.text.strip():
            self.flush(place)
        opening, closing = self.marks(el)
        held, self.label = self.label, None
        inner = replace(place, kind="quote", depth=0)
        self._opening = opening
        self._fresh = False
        self.children(el, inner)
        self.flush(inner)
        self._opening, self.label = "", held
        if closing and self.drafts and self.drafts[-1].kind == "quote":
            self.drafts[-1].text += closing

    def _row(self, el: Any, place: Place) -> None:
        self.flush(place)
        for index, cell in enumerate(child for child in el if local(child) in self.cells):
            if index:
                self.line.tab()
            for words in cell.itertext():
                self.line.add(words)
                self.line.space()
        self.flush(replace(place, kind="row"))

    def note(self, el: Any, mark: str) -> None:
        """File a note whose mark stands here."""
        key = f"note-{len(self.notes)}"
        self.line.mark(key)
        words = words_of(el)
        self.notes.append(NoteDraft(key, mark or str(len(self.notes) + 1), words.removeprefix(mark).strip() or words))


def words_of(el: Any | None) -> str:
    """Return all words under ``el`` with white space collapsed, or nothing for None."""
    return " ".join("".join(el.itertext()).split()) if el is not None else ""


def child_of(el: Any, names: frozenset[str]) -> Any | None:
    """Return the first child with one of the names, or None."""
    return next((child for child in el if local(child) in names), None)


def first_of(root: Any, *names: str) -> Any | None:
    """Return the first element under ``root`` with the first of ``names`` that any has, or None."""
    for name in names:
        found = next((el for el in root.iter() if local(el) == name and words_of(el)), None)
        if found is not None:
            return found
    return None
