"""What a brief tells without a verdict: each document's act on a theme that all speak to, and its money and terms."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from polidiff.coding.fit import commits
from polidiff.lang.amounts import amounts_of
from polidiff.lang.clauses import shortened
from polidiff.lang.dates import dates_of
from polidiff.model import Finding
from polidiff.report.briefing.candidates import Candidate
from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.briefing.features import QUOTED
from polidiff.thresholds import threshold

__all__ = ["due", "each"]

ON_THEME = 0.5
"""How surely an act is on a theme, at the least (:attr:`_Act.on`), to stand for what its document says on it."""
ON_SHARED = 0.4
"""The same on a theme that the documents were found to share, whose passages stand in the report as proof of it."""
LOOKED_AT, WAYS = 6, 4
"""Acts of each document on a theme that are looked at, and ways to tell it that are offered."""
NEARNESS = 0.3
"""What two acts on a theme are worth side by side that share no word; such as share all have 1 more."""
ALONE, BROAD = 0.6, 0.8
"""What a theme weighs that is told of one document alone, and one that has narrower themes under it."""
BY_THE_WAY = 0.7
"""What an act is worth whose passage is foremost on another theme."""
VAGUE, LONG = 0.7, 0.85
"""What an act is worth whose verb commits to little, and one of more than :data:`SHORT` words."""
SHORT = math.log(31)
SPARE, BRIEF = 6, math.log(10)
"""Acts of each document, of ten words or more, that are told where there is little on themes."""


def each(desk: Desk) -> Iterator[Candidate]:
    """Yield for each theme what its documents would do, in acts that are surely on it: the best ways to tell it.

    Where one document has no such act, what the other would do is told alone, and weighs less. Each sentence is told
    by itself, so their chance is that of one of them (the geometric mean). Last come, as ``spare``, the acts that each
    document tells best, whatever they are on.
    """
    every = (*desk.bench.comparison.findings, *desk.bench.comparison.matters)
    broad = frozenset(parent for parent in desk.bench.parents.values() if parent)
    for number, finding in enumerate(every):
        if finding.matter is not None or len(finding.documents) < 2:
            continue
        sides = [_on(desk, finding, party.id) for party in desk.bench.parties]
        share = BROAD if finding.theme in broad else 1.0
        for told in (sides, *([side] for side in sides)):
            ways = list(product(*(side[:LOOKED_AT] for side in told)))
            ways.sort(key=lambda some: (-_worth(desk, some), [act.lead.passage.start for act in some]))
            weight = share * (ALONE if len(told) < 2 else 1.0) * math.log1p(sum(map(len, told)))
            for way in ways[:WAYS]:
                leads = tuple(act.lead for act in way)
                likely = math.prod(lead.chance for lead in leads) ** (1 / len(leads))
                told_on = math.prod(act.on for act in way) ** (1 / len(way))
                yield Candidate("each", leads, number, round(likely, 4), {}, weight=round(weight * told_on, 4))
    for run in desk.bench.comparison.provisions:
        found = (lead for one in run if one.leaf for lead in desk.leads(one.document, one.id)[:1])
        plain = (one for one in found if not {"also", "vague"} & one.features.keys() and one.features["length"] > BRIEF)
        for lead in sorted(plain, key=lambda lead: (-lead.chance, lead.passage.start))[:SPARE]:
            yield Candidate("each", (lead,), -1, lead.chance, {}, spare=True)


@dataclass(frozen=True, slots=True)
class _Act:
    """A sentence, and how surely it is on the theme (squared, since what is by the way on it stands for nothing)."""

    lead: Lead
    on: float

    @property
    def worth(self) -> float:
        held = self.lead.features
        return self.lead.chance * self.on * (VAGUE if "vague" in held else 1) * (LONG if held["length"] > SHORT else 1)


def _on(desk: Desk, finding: Finding, document: str) -> list[_Act]:
    """A document's acts in sentences that are surely on a theme, the surest first."""
    found: dict[int, _Act] = {}
    enough = ON_SHARED if finding.finding == "shared" else ON_THEME
    for one in finding.passages:
        if one.document == document:
            themes = [code.id for code in desk.bench.codings[one.document, one.provision].themes]
            foremost = themes[:1] == [finding.theme] or finding.theme not in themes
            on = round(one.score**2 * (1.0 if foremost else BY_THE_WAY), 4)
            for lead in desk.leads(one.document, one.provision):
                shown = not one.cues or any(lead.passage.start <= cue.start < lead.passage.end for cue in one.cues)
                if on >= enough and shown and "also" not in lead.features:
                    found[lead.passage.start] = _Act(lead, on)
    return sorted(found.values(), key=lambda act: (-round(act.worth, 6), act.lead.passage.start))


def _worth(desk: Desk, way: tuple[_Act, ...]) -> float:
    """How well a way to tell a theme is: of sure acts, and of such as are near one another."""
    near = desk.alike(way[0].lead, way[1].lead) if len(way) > 1 else 0.0
    return round(math.prod(act.worth for act in way) * (NEARNESS + near), 6)


def due(desk: Desk) -> Iterator[Candidate]:
    """Yield the commitments that name a sum of money, or the date or the time by which they are due."""
    compared = desk.bench.comparison
    for document, provisions, codings in zip(compared.documents, compared.provisions, compared.codings, strict=True):
        year = re.match(r"\d{4}", document.date or "")
        for provision, coding in zip(provisions, codings, strict=True):
            if not provision.leaf or commits(coding) < threshold("commitment.likely"):
                continue
            for lead in desk.leads(document.id, provision.id):
                told = shortened(document.text, lead.clause.whole, QUOTED)[0].cut(document.text)
                if _named(told, int(year.group()) if year else 0):
                    yield Candidate("due", (lead,), -1, round(lead.chance, 4), {})


def _named(words: str, year: int) -> bool:
    """Whether words name a sum of money, or when something is due that isn't past."""
    if any(one.limit == "by" and one.year >= year for one in dates_of(words)):
        return True
    return any(one.kind == "money" or (one.kind == "time" and one.bound == "within") for one in amounts_of(words))
