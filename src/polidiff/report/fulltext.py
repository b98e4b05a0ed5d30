"""The full text of a document: every paragraph with its page, and an anchor on every provision.

An anchor is an element that holds the whole provision, so that a browser without scripts lights it up when a link leads
to it. Paragraphs carry their offsets; what the page adds (page marks, bullets, note marks) is never text inside them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from polidiff.model import Block, Document, Span
from polidiff.report.marks import Mark, marked, safe
from polidiff.report.passages import ReportContext


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text set as one unit: a block, a note, or words between blocks."""

    start: int
    end: int
    tag: str
    name: str
    marker: str = ""
    note: int | None = None


def fulltext(bench: ReportContext, index: int, hits: dict[str, list[tuple[str, Span]]]) -> Markup:
    """The document at ``index`` as HTML; ``hits`` are anchors for further spans (words that an article quotes)."""
    document = bench.comparison.documents[index]
    lines = _lines(document)
    opens, closes, inline = _anchors(bench, index, lines)
    for anchor, span in hits.get(document.id, ()):
        attributes = (("id", anchor), ("class", "hit"))
        for place, first in _cut(lines, span):
            inline[place].append(Mark(span.start, span.end, "span", attributes if first else attributes[1:], 3))
    breaks = _page_breaks(bench, document)
    held = {line.note for line in lines}
    notes = sorted(
        (note.at, f"d{index}-n{n}", note.mark)
        for n, note in enumerate(document.notes)
        if note.at is not None and n in held
    )
    out: list[str] = []
    for place, line in enumerate(lines):
        out.extend(f'<div class="prov" id="{anchor}">' for anchor in opens.get(place, ()))
        low, high = bisect_left(breaks, (line.start, "")), bisect_left(breaks, (line.end, ""))
        points = [Mark(at, at, "span", (("class", "pb"), ("data-page", label))) for at, label in breaks[low:high]]
        n_low, n_high = bisect_left(notes, (line.start, "", "")), bisect_right(notes, (line.end, "~", ""))
        points += [
            Mark(at, at, "a", (("class", "nr"), ("href", f"#{to}"), ("data-mark", mark), ("aria-label", mark)))
            for at, to, mark in notes[n_low:n_high]
        ]
        marker = f' data-marker="{safe(line.marker)}"' if line.marker else ""
        name = f' class="{line.name}"' if line.name else ""
        anchor = f' id="d{index}-n{line.note}"' if line.note is not None else ""
        out.append(
            f'<{line.tag}{anchor}{name}{marker} data-document="{safe(document.id)}"'
            f' data-start="{line.start}" data-end="{line.end}">'
            f"{marked(document.text, line.start, line.end, [*inline.get(place, ()), *points])}</{line.tag}>\n"
        )
        out.append("</div>" * closes.get(place, 0))
    return Markup("".join(out))


def _lines(document: Document) -> list[Line]:
    """Blocks, then notes, and the words that stand in neither, in order."""
    lines: list[Line] = []
    heading = 3
    for block in document.blocks:
        if block.end <= block.start:
            continue
        if block.kind in {"heading", "title"}:
            heading = min(6, max(4, 3 + block.level), heading + 1)
            lines.append(Line(block.start, block.end, f"h{heading}", "dh"))
        else:
            lines.append(Line(block.start, block.end, "p", _style(block), _marker(document, block)))
    notes = [
        Line(note.start, note.end, "p", "note", note.mark, number)
        for number, note in enumerate(document.notes)
        if note.start < note.end
    ]
    taken = sorted([*lines, *notes], key=lambda line: (line.start, line.end))
    whole: list[Line] = []
    last = 0
    for line in [*taken, Line(len(document.text), len(document.text), "", "")]:
        gap = document.text[last : max(last, line.start)]
        if gap.strip():
            whole.append(Line(last + len(gap) - len(gap.lstrip()), last + len(gap.rstrip()), "p", ""))
        if line.tag and line.start >= last:
            whole.append(line)
        last = max(last, line.end)
    return whole


def _style(block: Block) -> str:
    depth = f" l{min(block.level, 4)}" if block.kind == "item" and block.level else ""
    return {"paragraph": ""}.get(block.kind, block.kind) + depth


def _marker(document: Document, block: Block) -> str:
    """The block's marker where the text does not hold it already."""
    if not block.marker or document.text.startswith(block.marker, block.start):
        return ""
    return block.marker


def _cut(lines: list[Line], span: Span) -> list[tuple[int, bool]]:
    """The lines that share characters with ``span``, and whether each is the first of them."""
    starts = [line.start for line in lines]
    place = max(0, bisect_right(starts, span.start) - 1)
    found: list[tuple[int, bool]] = []
    while place < len(lines) and lines[place].start < span.end:
        if lines[place].end > span.start:
            found.append((place, not found))
        place += 1
    return found


def _anchors(
    bench: ReportContext, index: int, lines: list[Line]
) -> tuple[dict[int, list[str]], dict[int, int], dict[int, list[Mark]]]:
    """Where each provision's element opens and closes: around whole lines, or inside one line.

    A provision that starts or ends inside a line of several, or crosses another, lies in pieces, the first with the id.
    """
    starts = [line.start for line in lines]
    inline: dict[int, list[Mark]] = defaultdict(list)
    blocks: list[tuple[int, int, str]] = []
    for number, provision in enumerate(bench.comparison.provisions[index]):
        anchor = f"d{index}-p{number}"
        first = max(0, bisect_right(starts, provision.start) - 1)
        places = [
            place for place in range(first, bisect_left(starts, provision.end)) if lines[place].end > provision.start
        ]
        if not places:
            continue
        low, high = places[0], places[-1]
        whole = provision.start <= lines[low].start and provision.end >= lines[high].end
        if high > low and whole:
            blocks.append((low, high, anchor))
            continue
        for place in places:
            attributes = (("id", anchor), ("class", "prov")) if place == low else (("class", "prov"),)
            inline[place].append(Mark(provision.start, provision.end, "span", attributes, number))
    opens: dict[int, list[str]] = defaultdict(list)
    closes: dict[int, int] = defaultdict(int)
    stack: list[int] = []
    for low, high, anchor in sorted(blocks, key=lambda block: (block[0], -block[1])):
        while stack and stack[-1] < low:
            stack.pop()
        if stack and high > stack[-1]:
            attributes = (("id", anchor), ("class", "prov"))
            inline[low].append(Mark(lines[low].start, lines[low].end, "span", attributes, -1))
            continue
        stack.append(high)
        opens[low].append(anchor)
        closes[high] += 1
    return opens, closes, inline


def _page_breaks(bench: ReportContext, document: Document) -> list[tuple[int, str]]:
    """Offsets at which a page begins, with its label."""
    breaks: list[tuple[int, str]] = []
    current: int | None = None
    for piece in document.pieces:
        if piece.page != current and piece.box is not None:
            current = piece.page
            breaks.append((piece.start, bench.page(document, piece.page)))
    return breaks
