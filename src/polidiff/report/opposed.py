"""Where the documents part: the passages that show each one's side."""

from __future__ import annotations

from polidiff.model import Finding, Passage
from polidiff.report.parting import positions_on
from polidiff.report.passages import ReportContext


def showing(bench: ReportContext, finding: Finding) -> dict[str, list[Passage]]:
    """The passages of each of two documents that show its side of the theme; empty where one of them has none."""
    direction = next((one for one in finding.differs if one.kind == "direction"), None)
    if direction is None or len(direction.values) != 2:
        return {}
    themes = frozenset({finding.theme, bench.parents.get(finding.theme)})
    names = {
        f"{theme.id}:{position.id}": {position.id, position.name, position.name_zh}
        for theme in bench.comparison.codebook.themes
        for position in theme.positions
    }
    found: dict[str, list[Passage]] = {document: [] for document, _ in direction.values}
    for document, value in direction.values:
        for passage in finding.passages:
            coding = bench.codings.get((document, passage.provision)) if passage.document == document else None
            if coding is None:
                continue
            taken = any(value in names.get(code.id, ()) for code in positions_on(coding, themes))
            if taken or coding.posture.id == value:
                found[document].append(passage)
    return found if all(found.values()) else {}


def opposed(bench: ReportContext, finding: Finding) -> tuple[Passage, Passage, float | None] | None:
    """The two passages that best show the documents on different sides of the theme, and their score as a pair.

    A listed pair where each takes its document's side comes first; else the strongest passage of each that does. None
    where the finding has no difference in direction between two documents, or no passage shows it.
    """
    sides = showing(bench, finding)
    if not sides:
        return None
    places = {(one.document, one.provision): one for some in sides.values() for one in some}
    for pair in finding.pairs:
        left, right = (pair.source_document, pair.source), (pair.document, pair.id)
        if left in places and right in places:
            return places[left], places[right], pair.score
    first, second = sides.values()
    return first[0], second[0], None
