"""Matters as the page shows them: the decided ones as findings, the undecided ones as a list by worth."""

from __future__ import annotations

from dataclasses import dataclass, replace

from polidiff.model import Finding
from polidiff.report.anchors import matter_anchor
from polidiff.report.counts import decided, undecided
from polidiff.report.names import finding_name
from polidiff.report.passages import PassageView, ReportContext
from polidiff.report.themes import ThemeView, theme
from polidiff.wording import say

__all__ = ["OpenView", "matters"]

LISTED = 3
"""Passages of each document that an undecided matter shows."""
WHOLE = 60
"""Decided matters that the page shows whole; of the others it names the places."""
MOST = 60
"""Undecided matters that the page shows; the JSON holds all."""


@dataclass(frozen=True, slots=True)
class OpenView:
    """An undecided matter: its name, what is known, and its best passages."""

    anchor: str
    name: str
    known: str
    passages: tuple[PassageView, ...]


def matters(bench: ReportContext) -> tuple[tuple[ThemeView, ...], tuple[OpenView, ...]]:
    """Return the decided matters as findings, each saying by whom, and the undecided ones."""
    shown = []
    for position, finding in enumerate(decided(bench.comparison)):
        view = theme(bench, finding, position)
        shown.append(replace(view, anchor=matter_anchor(position)))
    left = undecided(bench.comparison)[:MOST]
    return tuple(shown), tuple(_open(bench, finding, position) for position, finding in enumerate(left))


def _open(bench: ReportContext, finding: Finding, position: int) -> OpenView:
    passages = [
        passage
        for party in bench.parties
        for passage in [p for p in finding.passages if p.document == party.id][:LISTED]
    ]
    return OpenView(
        anchor=f"open-{position + 1}",
        name=finding_name(finding, bench.tongue),
        known=_known(bench, finding),
        passages=tuple(bench.view(passage) for passage in passages),
    )


def _known(bench: ReportContext, finding: Finding) -> str:
    """Return how many passages of each document speak to what nobody decided."""
    tongue = bench.tongue
    counts = [
        say("open.count", tongue, who=party.label, n=sum(p.document == party.id for p in finding.passages))
        for party in bench.parties
        if party.id in {p.document for p in finding.passages}
    ]
    return say("open.known", tongue, counts=("；" if tongue == "zh" else "; ").join(counts))
