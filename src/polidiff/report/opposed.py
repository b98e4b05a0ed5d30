"""Where the documents part: the passages that show each one's side."""

from __future__ import annotations

from polidiff.model import Finding, Passage
from polidiff.report.parting import positions_on
from polidiff.report.passages import ReportContext


def opposed(bench: ReportContext, finding: Finding) -> tuple[Passage, Passage, float | None] | None:
    """The two passages that best show the documents on different sides of the theme, and their score as a pair.

    A listed pair where each takes its document's side comes first; else the strongest passage of each that does. None
    where the finding has no difference in direction between two documents, or no passage shows it.
    """
    direction = next((one for one in finding.differs if one.kind == "direction"), None)
    if direction is None or len(direction.values) != 2:
        return None
    themes = frozenset({finding.theme, bench.parents.get(finding.theme)})
    names = {
        f"{theme.id}:{position.id}": {position.id, position.name, position.name_zh}
        for theme in bench.comparison.codebook.themes
        for position in theme.positions
    }
    showing: dict[tuple[str, str], Passage] = {}
    for document, value in direction.values:
        for passage in finding.passages:
            coding = bench.codings.get((document, passage.provision)) if passage.document == document else None
            if coding is None:
                continue
            taken = any(value in names.get(code.id, ()) for code in positions_on(coding, themes))
            if taken or coding.posture.id == value:
                showing[document, passage.provision] = passage
    for pair in finding.pairs:
        left, right = (pair.source_document, pair.source), (pair.document, pair.id)
        if left in showing and right in showing:
            return showing[left], showing[right], pair.score
    best = [next((p for key, p in showing.items() if key[0] == document), None) for document, _ in direction.values]
    if best[0] is None or best[1] is None:
        return None
    return best[0], best[1], None
