"""Reading a document: its own words, themes in the margin, the picture of the page beside; words quoted from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

from polidiff.interchange.citations import Form, quotation
from polidiff.model import Block, Box, Coding, Document, Provision, Span
from polidiff.model.comparisons import TREATED
from polidiff.readers.names import printed_title
from polidiff.report.marks import Mark, marked
from polidiff.report.names import lang, title_of
from polidiff.web.pages import Page
from polidiff.web.views.scans import Sheet, holds_pictures, sheet_of
from polidiff.wording import reason_text
from polidiff.workspace.changes import versions_of

LONGEST = 20_000
"""Characters of a quotation."""

PART = 120
"""Blocks of a text on one page."""

MOST_THEMES = 2
"""Themes of a provision that stand in the margin."""


@dataclass(frozen=True)
class Pin:
    """A provision that begins in a block, as the margin names it: with its surest themes (id, name)."""

    provision: Provision
    themes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """A block as it is shown: its words, where they stand on the pages, and the provisions that begin in it.

    ``page`` names the page on which it begins, ``number`` is that from 1 or None; ``boxes`` are those of the provision
    that it belongs to, else its own.
    """

    kind: str
    level: int
    start: int
    page: str
    number: int | None
    boxes: tuple[Box, ...]
    html: Markup
    lit: bool
    pins: tuple[Pin, ...]


def show(page: Page) -> Response:
    """A document's own words, a part at a time. ``at`` is an offset: its provision is lit up."""
    name = page.request.path_params["document"]
    with page.desk.workspace() as work:
        read = work.places().documents.get(name)
        versions = len(versions_of(work, name))
        pictured = read is not None and holds_pictures(work, read[0])
    if read is None:
        raise HTTPException(404)
    document, provisions = read
    blocks = [block for block in document.blocks if block.start < block.end]
    at = page.number("at")
    lit = next((p for p in provisions if p.leaf and at is not None and p.start <= at < p.end), None)
    parts = max(1, -(-len(blocks) // PART))
    part = page.number("part")
    if part is None:
        place = bisect_right([block.start for block in blocks], at) - 1 if at is not None else 0
        part = max(0, place) // PART + 1
    part = min(max(part, 1), parts)
    shown = blocks[(part - 1) * PART : part * PART]
    lines = _lines(page, document, shown, provisions, lit)
    sheets = _sheets(document, lines) if pictured else {}
    return page.render(
        "document.html",
        here_is="documents",
        document=document,
        versions=versions,
        reason=lambda one: reason_text(one, page.tongue),
        language=lang(document.language),
        lines=lines,
        part=part,
        parts=parts,
        source=[one for one in (printed_title(document.issuer or ""), title_of(document), document.date) if one],
        sheets=sheets,
        sheet=_first_sheet(sheets, lines),
    )


def quote(page: Page) -> Response:
    """Words of a document with their source, in every form: ``start`` and ``end`` are offsets of its text."""
    name = page.query.get("document", "")
    with page.desk.workspace() as work:
        read = work.places().documents.get(name)
    start, end = page.number("start"), page.number("end")
    if read is None or start is None or end is None or not start < end <= min(len(read[0].text), start + LONGEST):
        raise HTTPException(404)
    document, span = read[0], Span(start, end)
    return page.render(
        "quote.html",
        here_is="documents",
        document=document,
        language=lang(document.language),
        start=start,
        words=marked(document.text, start, end),
        end=end,
        forms=[(form, quotation(document, span, form, page.tongue)) for form in get_args(Form)],
    )


def _lines(
    page: Page,
    document: Document,
    blocks: Sequence[Block],
    provisions: Iterable[Provision],
    lit: Provision | None,
) -> list[Line]:
    leaves = sorted((p for p in provisions if p.leaf), key=lambda p: p.start)
    starts = [p.start for p in leaves]
    codings, names = _codings(page), _names(page)
    lines = []
    for block in blocks:
        inside = leaves[bisect_right(starts, block.start - 1) : bisect_right(starts, block.end - 1)]
        before = bisect_right(starts, block.start) - 1
        own = next((p for p in (*inside, *leaves[max(0, before) : before + 1]) if p.span.overlaps(block.span)), None)
        shown = lit is not None and block.span.overlaps(lit.span)
        marks = [Mark(lit.start, lit.end, "mark", (("class", "lit"),))] if lit is not None and shown else []
        first = document.pages_of(block.span)[0]
        if lit is not None and shown:
            own = lit
        lines.append(
            Line(
                kind=block.kind,
                level=min(block.level, 4),
                start=block.start,
                page=page.t("page.number", number=first) if first is not None else "",
                number=first,
                boxes=own.boxes if own is not None else document.boxes_of(block.span),
                html=marked(document.text, block.start, block.end, marks),
                lit=shown,
                pins=tuple(Pin(one, _themes(codings.get((document.id, one.id)), names)) for one in inside),
            )
        )
    return lines


def _codings(page: Page) -> Mapping[tuple[str, str], Coding]:
    """The codings of the last comparison, as people decided them; none before the first."""
    snapshot, _ = page.desk.snapshot(patience=0)
    return {} if snapshot is None else snapshot.bench(page.tongue).codings


def _names(page: Page) -> dict[str, str]:
    themes = page.desk.codebook().themes
    return {one.id: (one.name_zh if page.tongue == "zh" else one.name) or one.id for one in themes}


def _themes(coding: Coding | None, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    codes = () if coding is None else [one for one in coding.themes if one.score >= TREATED and one.id in names]
    return tuple((one.id, names[one.id]) for one in codes[:MOST_THEMES])


def _sheets(document: Document, lines: Iterable[Line]) -> dict[int, Sheet]:
    """The pages on which lines stand, by number."""
    wanted = {line.number for line in lines} | {box.page for line in lines for box in line.boxes}
    return {one.number: sheet_of(one, ()) for one in document.pages if one.number in wanted}


def _first_sheet(sheets: Mapping[int, Sheet], lines: Sequence[Line]) -> Sheet | None:
    """The page that is shown first: that of the lines that are lit up, with their boxes, else of the first one."""
    placed = [(line, sheets[line.number]) for line in lines if line.number is not None and line.number in sheets]
    line, held = next((one for one in placed if one[0].lit), (None, placed[0][1] if placed else None))
    if line is None or held is None:
        return held
    return Sheet(held.number, held.width, held.height, tuple(box for box in line.boxes if box.page == held.number))
