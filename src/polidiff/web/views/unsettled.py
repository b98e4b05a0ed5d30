"""What a comparison leaves undecided: what is missing for each theme and matter, and where that is decided."""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.model import Finding
from polidiff.report.counts import undecided
from polidiff.report.names import Party, finding_name
from polidiff.report.passages import PassageView
from polidiff.web.pages import Page
from polidiff.web.snapshot import Snapshot
from polidiff.wording import listed

SHOWN = 6
"""Passages of a document that are shown of an undecided theme."""


@dataclass(frozen=True)
class Unsettled:
    """An undecided theme or matter: its name, what is missing, and where that can be decided."""

    name: str
    missing: str
    address: str


def unsettled(page: Page, snapshot: Snapshot) -> list[Unsettled]:
    """Return what is undecided, themes first, each with what is missing for it."""
    left = sorted(undecided(snapshot.comparison), key=lambda one: one.matter is not None)
    found: dict[str, Unsettled] = {}
    for one in left:
        name = finding_name(one, page.tongue)
        found.setdefault(name, Unsettled(name, missing(page, snapshot, one), _where(page, snapshot, one)))
    return list(found.values())


def missing(page: Page, snapshot: Snapshot, finding: Finding) -> str:
    """Return what would have to be said so that a finding is decided, in a sentence."""
    parties = snapshot.bench(page.tongue).party
    speaking = {passage.document for passage in finding.passages}
    silent = [parties[one.id].named for one in snapshot.comparison.documents if one.id not in speaking]
    if silent:
        elsewhere = finding.matter is None and len(finding.documents) > len(speaking)
        return page.t("open.elsewhere" if elsewhere else "open.silent", who=listed(silent, page.tongue))
    number = _question(snapshot, finding)
    if finding.matter is not None:
        return page.t("open.pair" if number is not None else "open.pair.none")
    if number is None:
        return page.t("open.read")
    return page.t("open.unsure", who=parties[snapshot.items[number].passages[0].document].named)


def _where(page: Page, snapshot: Snapshot, finding: Finding) -> str:
    number = _question(snapshot, finding)
    if number is not None:
        return page.url("/review", at=snapshot.items[number].name)
    if finding.matter is None:
        return page.url(f"/themes/{finding.theme}")
    first = finding.passages[0]
    return page.url("/provision", document=first.document, at=first.start)


def _question(snapshot: Snapshot, finding: Finding) -> int | None:
    """The proposal that says most about a finding, where one is left to be decided."""
    held = (number for number, stake in snapshot.stakes.items() if stake.finding is finding)
    return min(held, default=None)


def open_theme(snapshot: Snapshot, theme: str) -> Finding | None:
    """Return the undecided finding on a theme, or None."""
    left = undecided(snapshot.comparison)
    return next((one for one in left if one.matter is None and one.theme == theme), None)


def columns_of(page: Page, snapshot: Snapshot, finding: Finding) -> list[tuple[Party, list[PassageView]]]:
    """Return the first passages of each document on an undecided theme, strongest first."""
    bench = snapshot.bench(page.tongue)
    return [
        (party, [bench.view(one) for one in finding.passages if one.document == party.id][:SHOWN])
        for party in bench.parties
    ]
