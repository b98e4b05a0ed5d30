"""Rows of the table of provisions as they are shown: words in common and apart marked, headings where they are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from polidiff.comparison.passages import passage_of
from polidiff.model import Provision, Span
from polidiff.report.marks import marked
from polidiff.report.names import finding_name, headings, lang
from polidiff.report.passages import PassageView, ReportContext
from polidiff.web.pages import lang_of
from polidiff.web.snapshot import Snapshot
from polidiff.web.views.across import Cell, Link, Row, differences
from polidiff.web.views.apart import apart
from polidiff.wording import Locale, say

WINDOW = 40
"""Rows of one window."""

NEAREST = 160
"""Characters of the nearest passage that are shown where nothing answers."""


@dataclass(frozen=True)
class LinkView:
    """A link as it is shown: ``review`` is its name in the queue, or empty where nobody is asked about it."""

    link: Link
    passage: PassageView
    differs: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    review: str


@dataclass(frozen=True)
class CellView:
    """A cell as it is shown. ``nearest`` is the nearest passage where there is no link: its place, and its opening."""

    document: str
    links: tuple[LinkView, ...]
    rejected: tuple[LinkView, ...]
    nearest: tuple[Provision, Markup, int] | None
    score: float
    alone: float
    searched: int


@dataclass(frozen=True)
class RowView:
    """A row as it is shown, with the headings and the introducing words that are new with it."""

    number: int
    heading: tuple[str, ...]
    heading_language: str
    path: tuple[str, ...]
    lead: tuple[Span, Markup] | None
    passage: PassageView
    provision: Provision
    cells: tuple[CellView, ...]


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many headings two paths share from the top."""
    count = 0
    while count < min(len(one), len(other)) and one[count] == other[count]:
        count += 1
    return count


def matter_name(snapshot: Snapshot, row: Row, tongue: Locale) -> str:
    """The matter of a row as it is called, with the theme that it is on."""
    held = snapshot.matters.get((row.provision.document, row.provision.id))
    if held is None:
        return say("side.matter.none", tongue)
    finding = held[1]
    name = finding_name(finding, tongue)
    themes = {one.id: one for one in snapshot.comparison.codebook.themes}
    theme = themes.get(finding.theme)
    above = "" if theme is None else (theme.name_zh if tongue == "zh" else theme.name)
    return f"{above} · {name}" if above else name


def row_views(
    snapshot: Snapshot, bench: ReportContext, columns: Sequence[str], found: Sequence[Row], first: int, order: str
) -> list[RowView]:
    """The rows of a window as they are shown."""
    made = []
    before = found[first - 1] if 0 < first <= len(found) else None
    for row in found[first : first + WINDOW]:
        made.append(row_view(snapshot, bench, columns, row, before, order))
        before = row
    return made


def row_view(
    snapshot: Snapshot, bench: ReportContext, columns: Sequence[str], row: Row, before: Row | None, order: str
) -> RowView:
    """A row as it is shown after the one ``before`` it, in an order (``matter``, ``text``)."""
    provision = row.provision
    document = bench.documents[provision.document]
    old = before.provision if before is not None else None
    lead = provision.lead_in if provision.lead_in != (old.lead_in if old is not None else None) else None
    heading: tuple[str, ...]
    path: tuple[str, ...]
    if order == "matter":
        name = matter_name(snapshot, row, bench.tongue)
        heading = () if before is not None and matter_name(snapshot, before, bench.tongue) == name else (name,)
        language, path = lang_of(bench.tongue), headings(document.title, provision.path)
    else:
        heading = headings(document.title, provision.path[common(old.path, provision.path) if old is not None else 0 :])
        language, path = lang(provision.language), ()
    words: list[Span] = []
    differing: tuple[Span, ...] = ()
    answer = next((links[0].match for cell in row.cells for links in (cell.links,) if links), None)
    if answer is not None and row.cells[0].links:
        words = [span for span, _ in answer.words]
        differing = apart(bench, provision, bench.provisions[answer.document, answer.id], answer.differs)[0]
    return RowView(
        number=row.number,
        heading=heading,
        heading_language=language,
        path=path,
        lead=(lead, marked(document.text, *lead)) if lead is not None else None,
        passage=bench.view(passage_of(provision), same=words, apart=differing),
        provision=provision,
        cells=tuple(
            _cell(snapshot, bench, provision, name, cell) for name, cell in zip(columns[1:], row.cells, strict=True)
        ),
    )


def _cell(snapshot: Snapshot, bench: ReportContext, provision: Provision, document: str, cell: Cell) -> CellView:
    alone = cell.alone
    near = bench.provisions.get((document, alone.nearest)) if alone is not None and alone.nearest else None
    nearest = None
    if near is not None and not cell.links:
        end = min(near.end, near.start + NEAREST)
        nearest = near, marked(bench.documents[document].text, near.start, end), end
    return CellView(
        document=document,
        links=tuple(_link(snapshot, bench, provision, one) for one in cell.links),
        rejected=tuple(_link(snapshot, bench, provision, one) for one in cell.rejected),
        nearest=nearest,
        score=alone.nearest_score if alone is not None else 0.0,
        alone=alone.probability if alone is not None else 0.0,
        searched=alone.searched if alone is not None else 0,
    )


def _link(snapshot: Snapshot, bench: ReportContext, provision: Provision, link: Link) -> LinkView:
    match = link.match
    other = bench.provisions[match.document, match.id]
    one, two = f"{match.source_document}#{match.source}", f"{match.document}#{match.id}"
    names = (name for name in (f"{one}--{two}", f"{two}--{one}") if name in snapshot.by_name)
    return LinkView(
        link=link,
        passage=bench.view(
            passage_of(other, match.score),
            same=[span for _, span in match.words],
            apart=apart(bench, provision, other, match.differs)[1],
        ),
        differs=tuple(
            differences(
                match,
                (provision.text, other.text),
                (
                    bench.codings.get((provision.document, provision.id)),
                    bench.codings.get((match.document, match.id)),
                ),
                bench.tongue,
            )
        ),
        reasons=tuple(map(bench.reason, match.reasons)),
        review=next(names, ""),
    )
