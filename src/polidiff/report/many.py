"""Many documents on a page: themes and groups as rows, documents as narrow columns, and in each cell what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from polidiff.comparison.by_some import MANY
from polidiff.model import Cluster, Finding
from polidiff.report.anchors import theme_anchor
from polidiff.report.counts import undecided
from polidiff.report.names import finding_name
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, listed, say

__all__ = ["MARKS", "Grid", "GridRow", "cluster_name", "clusters_grid", "is_many", "lede", "themes_grid"]

State = Literal["by", "member", "apart", "unsure", "near", "silent", ""]

TOLD = 4
"""Themes of most documents, and of fewest, that are told first."""

MARKS: Mapping[str, str] = {
    "by": "●", "member": "●", "apart": "◆", "unsure": "?", "near": "◌", "silent": "–", "": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row: what it is about, where that stands on the page, how many documents, and a state for each."""

    name: str
    anchor: str
    count: int
    cells: tuple[State, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of rows and documents; ``legend`` names the states that occur."""

    title: str
    first: str
    how: str
    rows: tuple[GridRow, ...]
    legend: tuple[tuple[str, str], ...]


def is_many(bench: ReportContext) -> bool:
    """Whether there are too many documents to set side by side."""
    return len(bench.parties) > MANY


def themes_grid(bench: ReportContext) -> Grid:
    """Every theme on which a document speaks, those of most documents first, the undecided ones after them."""
    rows = [_theme_row(bench, one, theme_anchor(at)) for at, one in enumerate(bench.comparison.findings)]
    rows.sort(key=lambda row: -row.count)
    rows += [_theme_row(bench, one, "") for one in undecided(bench.comparison) if one.matter is None]
    return _grid(bench, "themes", say("grid.how", bench.tongue), rows)


def clusters_grid(bench: ReportContext, most: int) -> Grid:
    """The first clusters, those of most documents first."""
    held = bench.comparison.clusters[:most]
    rows = [_cluster_row(bench, one) for one in held]
    return _grid(bench, "clusters", say("grid.how.clusters", bench.tongue, n=len(rows)), rows)


def lede(bench: ReportContext, grid: Grid) -> tuple[str, ...]:
    """Return what is to be said first of many documents: the themes that most of them and fewest of them take up."""
    held = [row for row in grid.rows if row.count]
    if len(held) < 2 * TOLD:
        return ()
    most, least = (
        listed([say("lede.theme", bench.tongue, name=row.name, n=row.count) for row in rows], bench.tongue)
        for rows in (held[:TOLD], held[-TOLD:])
    )
    return (say("lede.many", bench.tongue, most=most, least=least, total=len(bench.parties)),)


def cluster_name(cluster: Cluster, tongue: Locale) -> str:
    """What a page calls a cluster: phrases of its provisions, its id where none was found."""
    name = (cluster.name_zh if tongue == "zh" else cluster.name) or cluster.id
    return name[:1].upper() + name[1:]


def _grid(bench: ReportContext, kind: str, how: str, rows: list[GridRow]) -> Grid:
    seen = {cell for row in rows for cell in row.cells if cell}
    legend = tuple((mark, say(f"grid.{state}", bench.tongue)) for state, mark in MARKS.items() if state in seen)
    first = say(f"grid.{kind.removesuffix('s')}", bench.tongue)
    return Grid(say(f"grid.{kind}", bench.tongue), first, how, tuple(rows), legend)


def _theme_row(bench: ReportContext, finding: Finding, anchor: str) -> GridRow:
    known: dict[str, State] = {one.document: "silent" for one in finding.absences}
    for reason in finding.reasons:
        told = dict(reason.parameters)
        if reason.code == "shared.apart":
            known |= {str(side[0]): "apart" for side in _rows(told["sides"]) if isinstance(side, tuple)}
        elif reason.code == "shared.unsure":
            known |= {str(document): "unsure" for document in _rows(told["documents"])}
    decided = finding.finding != "undecided"
    known |= dict.fromkeys(finding.documents, "by" if decided else "unsure")
    cells = tuple(known.get(party.id, "") for party in bench.parties)
    note = "" if decided else say("grid.open", bench.tongue)
    return GridRow(finding_name(finding, bench.tongue), anchor, cells.count("by"), cells, note)


def _rows(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else ()


def _cluster_row(bench: ReportContext, cluster: Cluster) -> GridRow:
    known: dict[str, State] = {one.document: "near" if one.chained else "silent" for one in cluster.missing}
    known |= {one.document: "member" for one in cluster.members}
    cells = tuple(known.get(party.id, "") for party in bench.parties)
    return GridRow(cluster_name(cluster, bench.tongue), f"cluster-{cluster.id}", cells.count("member"), cells)
