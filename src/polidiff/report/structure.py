"""The document as polidiff sees it: one HTML file, the pages with the boxes of the provisions, the tree beside them.

A function of its arguments: the same document gives the same bytes. Every provision in the tree carries
``data-document``, ``data-start`` and ``data-end``; its words are ``document.text[start:end]``.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from polidiff.model import Box, Document, Page, Provision, Span
from polidiff.report.marks import Mark, marked
from polidiff.report.templating import environment
from polidiff.wording import say

if TYPE_CHECKING:
    from jinja2 import Environment

    from polidiff.readers.pdf.render import Picture

_HUES = {
    "action": "a", "recommendation": "a", "article": "b", "section": "b", "annex": "b", "paragraph": "b",
    "recital": "c", "definition": "c", "point": "d", "item": "d", "row": "d", "prose": "e",
}  # fmt: skip
_LABEL = 12
"""Longest printed label of a part ("(iii) ", "Article 5 "), in characters."""
_GAP = 1.1
"""Widest gap, in line heights, between two printed lines that are drawn as one box."""


class Entry(NamedTuple):
    """A provision in the tree. ``words`` is what it says before its first part, as HTML, cut at ``start:end``.

    ``target`` is the provision whose box or words a link to this one leads to: itself, or its first part.
    """

    provision: Provision
    start: int
    end: int
    words: Markup
    titles: tuple[str, ...]
    depth: int
    hue: str
    target: str


class Shape(NamedTuple):
    """The boxes of one provision on one page, in points."""

    entry: Entry
    boxes: tuple[Box, ...]
    first: bool


class Sheet(NamedTuple):
    """One page: its size in points, its picture (base64 PNG) or nothing, its shapes and its notices."""

    page: Page
    png: str
    shapes: tuple[Shape, ...]
    notices: tuple[str, ...]


def structure(source: str | Path, *, id: str | None = None, progress: Callable[[int, int], None] | None = None) -> str:
    """Read and split ``source`` and return its page. Takes and raises what :func:`polidiff.readers.read` does."""
    from polidiff.provisions import split
    from polidiff.readers.pdf.render import page_pictures
    from polidiff.readers.registry import read_with_bytes
    from polidiff.version import __version__

    document, data = read_with_bytes(source, id=id, progress=progress)
    pdf = document.media_type == "application/pdf"
    pictures = page_pictures(data, name=document.source or document.id) if pdf else ()
    return structure_page(document, split(document), pictures, by=f"polidiff {__version__}")


def structure_page(
    document: Document, provisions: Sequence[Provision], pictures: Sequence[Picture] = (), *, by: str = ""
) -> str:
    """Return the page. ``pictures`` are those of :func:`~polidiff.readers.pdf.render.page_pictures`, ``by`` the maker.

    A document without pages is shown as its text, with the provisions outlined.
    """
    entries = list(_entries(document, provisions))
    sheets = list(_sheets(document, entries, pictures))
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    template = _environment().get_template("structure.html.j2")
    return template.render(
        t=lambda key, **fields: say(key, "en", **fields),
        document=document,
        entries=entries,
        sheets=sheets,
        body=None if sheets else _text(document, entries),
        notices=sorted(document.warnings, key=lambda n: (n.reason.kind != "readers_differ", n.page or 0, n.message)),
        leaves=sum(1 for entry in entries if entry.provision.leaf),
        style=Markup(style),
        policy=policy,
        by=by,
    )


def _entries(document: Document, provisions: Sequence[Provision]) -> Iterator[Entry]:
    """Yield the provisions with the headings that are new with each of them and the words before its first part."""
    parents = {provision.id: provision.parent for provision in provisions}
    firsts: dict[str, Provision] = {}
    for provision in provisions:
        if provision.parent is not None:
            firsts.setdefault(provision.parent, provision)
    ends = {p.id: _own_end(document.text, p, firsts.get(p.id)) for p in provisions}
    path: tuple[str, ...] = ()
    for provision in provisions:
        same = 0
        while same < min(len(path), len(provision.path)) and path[same] == provision.path[same]:
            same += 1
        titles, path = provision.path[same:], provision.path
        depth, above = 0, provision.parent
        while above is not None and depth < 9:
            depth, above = depth + 1, parents.get(above)
        target = provision
        while ends[target.id] == target.start and target.id in firsts:
            target = firsts[target.id]
        end = ends[provision.id]
        words = marked(document.text, provision.start, end)
        hue = _HUES.get(provision.kind, "e")
        yield Entry(provision, provision.start, end, words, titles, depth, hue, target.id)


def _own_end(text: str, provision: Provision, first: Provision | None) -> int:
    """Return where a provision's own words end: before its first part and that part's printed label."""
    if first is None:
        return provision.end
    end = max(provision.start, min(provision.end, first.start))
    line = text.rfind("\n", provision.start, end) + 1
    if end - max(line, provision.start) <= _LABEL:
        end = max(line - 1, provision.start) if line else provision.start
    return end


def _sheets(document: Document, entries: Sequence[Entry], pictures: Sequence[Picture]) -> Iterator[Sheet]:
    by_page: dict[int, list[Shape]] = {}
    for entry in entries:
        first = True
        for number, boxes in _boxes(document, entry).items():
            by_page.setdefault(number, []).append(Shape(entry, boxes, first))
            first = False
    drawn = {picture.number: picture.png for picture in pictures}
    for page in document.pages:
        if page.width <= 0 or page.height <= 0:
            continue
        notices = tuple(notice.message for notice in document.warnings if notice.page == page.number)
        yield Sheet(page, drawn.get(page.number, ""), tuple(by_page.get(page.number, ())), notices)


def _boxes(document: Document, entry: Entry) -> dict[int, tuple[Box, ...]]:
    """Join the printed lines of an entry's words to boxes: those that follow one another in one column."""
    found: dict[int, list[Box]] = {}
    for piece in document.pieces_in(Span(entry.start, entry.end)):
        box = piece.box
        if box is None:
            continue
        boxes = found.setdefault(piece.page, [])
        if boxes:
            last = boxes[-1]
            height = box.y1 - box.y0
            beside = box.x0 < last.x1 and last.x0 < box.x1 and -1 <= box.y0 - last.y1 <= _GAP * height
            level = abs(box.y0 - last.y0) < 0.5 * height and abs(box.x0 - last.x1) < 3 * height
            if beside or level:
                x0, y0 = min(last.x0, box.x0), min(last.y0, box.y0)
                boxes[-1] = Box(piece.page, x0, y0, max(last.x1, box.x1), max(last.y1, box.y1))
                continue
        boxes.append(box)
    return {page: tuple(boxes) for page, boxes in found.items()}


def _text(document: Document, entries: Sequence[Entry]) -> Markup:
    """Return the canonical text, its blocks and notes as elements, with the provisions outlined in it."""
    marks = [
        Mark(
            entry.start,
            entry.end,
            "span",
            (("id", f"b-{entry.provision.id}"), ("class", f"cut {entry.hue}"), ("title", _said(entry.provision))),
            rank=1,
        )
        for entry in entries
        if entry.end > entry.start
    ]
    kinds = {block.start: block.kind for block in document.blocks}
    edges = sorted({0, len(document.text), *kinds, *(note.start for note in document.notes)})
    notes = {note.start for note in document.notes}
    parts: list[Markup] = []
    place = 0
    opened: set[str] = set()
    for start, end in pairwise(edges):
        while place < len(marks) and marks[place].end <= start:
            place += 1
        here = []
        for mark in marks[place:]:
            if mark.start >= end:
                break
            if mark.end > start:
                name = mark.attributes[0][1]
                here.append(mark._replace(attributes=mark.attributes[1:]) if name in opened else mark)
                opened.add(name)
        kind = "note" if start in notes else kinds.get(start, "paragraph")
        words = marked(document.text, start, end, here)
        if words.strip():
            parts.append(Markup('<p class="blk {}">{}</p>').format(kind, words))
    return Markup("\n").join(parts)


def _said(provision: Provision) -> str:
    number = f" {provision.number}" if provision.number else ""
    return f"{provision.kind}{number} · {' › '.join(provision.path)}" if provision.path else f"{provision.kind}{number}"


@cache
def _environment() -> Environment:
    home = files("polidiff.report").joinpath("templates")
    made = environment(lambda name: home.joinpath(name).read_text(encoding="utf-8"))
    made.filters["said"] = _said
    return made


@cache
def _style() -> str:
    return files("polidiff.report").joinpath("static", "structure.css").read_text(encoding="utf-8")
