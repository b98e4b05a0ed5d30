"""One pair of passages, one verdict: a pair that stands under two themes with different findings is given to one."""

from __future__ import annotations

from dataclasses import replace

from polidiff.model import Finding, Passage


def one_verdict_a_pair(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Take passages out of findings until no two passages stand together under two different verdicts.

    Where a pair is both in a shared and in a divergent finding, the passage that is coded least strongly with one
    of the two themes, against its score in the other, leaves that finding; the last passage of a document stays.
    """
    kept = {finding.theme: list(finding.passages) for finding in findings}
    kinds = {finding.theme: finding.finding for finding in findings}
    order = [finding.theme for finding in findings if finding.finding != "only"]
    for i, first in enumerate(order):
        for second in order[i + 1 :]:
            if kinds[first] != kinds[second]:
                _part(kept, first, second)
    made = []
    for finding in findings:
        passages = tuple(kept[finding.theme])
        held = {(p.document, p.provision) for p in passages}
        pairs = tuple(p for p in finding.pairs if {(p.source_document, p.source), (p.document, p.id)} <= held)
        made.append(replace(finding, passages=passages, pairs=pairs))
    return tuple(made)


def _part(kept: dict[str, list[Passage]], first: str, second: str) -> None:
    """Let the two findings share passages of at most one document."""
    while True:
        others = {(p.document, p.provision): p for p in kept[second]}
        common = [(p, others[key]) for p in kept[first] if (key := (p.document, p.provision)) in others]
        if len({p.document for p, _ in common}) < 2:
            return
        options = []
        for in_first, in_second in common:
            for theme, passage, other in ((first, in_first, in_second), (second, in_second, in_first)):
                if sum(p.document == passage.document for p in kept[theme]) > 1:
                    options.append(
                        (passage.score - other.score, theme == first, passage.document, passage.start, theme)
                    )
        if not options:
            return
        _, _, document, start, theme = min(options)
        kept[theme] = [p for p in kept[theme] if (p.document, p.start) != (document, start)]
