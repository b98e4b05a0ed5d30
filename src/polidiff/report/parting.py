"""Where the documents part: the passages that show each one's side, and the words that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polidiff.model import Code, Coding, DifferenceKind, Finding, Passage, Span

if TYPE_CHECKING:
    from polidiff.report.passages import ReportContext


def parting_words(coding: Coding | None, kinds: frozenset[DifferenceKind], themes: frozenset[str | None]) -> list[Span]:
    """The words that show each side's place in what the documents differ on; positions only those of ``themes``.

    Every home body and every "should" would be marked if firmness and home forums were: the tags say these.
    """
    if coding is None:
        return []
    spans: list[Span] = []
    if "direction" in kinds:
        spans += [cue for code in _positions(coding, themes) for cue in code.cues]
        spans += coding.posture.cues if coding.posture.id != "neutral" else ()
    if "forum" in kinds and coding.forum.id in {"allied", "multilateral"}:
        spans += coding.forum.cues
    return spans


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
            taken = any(value in names.get(code.id, ()) for code in _positions(coding, themes))
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


def _positions(coding: Coding, themes: frozenset[str | None]) -> list[Code]:
    return [code for code in coding.positions if code.id.partition(":")[0] in themes]
