"""One pair of passages, one verdict: a pair that stands under two findings of different verdicts is given to one."""

from __future__ import annotations

from dataclasses import replace

from polidiff.model import Finding, Passage

RANK = {"person": 0, "model": 1, "rule": 2, "learnt": 2}
"""Whose finding keeps a pair: a person's before a model's before what was computed."""


def one_verdict_a_pair(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Take passages out of findings until no two passages stand together under two different verdicts.

    Of two findings with different verdicts the one of the higher rank keeps the pair; of equal rank, the divergent one,
    since scores of nearness don't know opposition; of two alike, the one with which the passages are coded more
    strongly. Where
    only the pair is left, that finding becomes undecided. What a decided finding lists is not undecided: it leaves the
    undecided ones, and one that has nothing left is left out.
    """
    kept = [list(finding.passages) for finding in findings]
    dropped: set[int] = set()
    order = [at for at, one in enumerate(findings) if one.finding in ("shared", "divergent")]
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            if findings[first].finding != findings[second].finding:
                lower = max(first, second, key=lambda at: (_standing(findings[at]), at))
                if not _part(kept, first, second, _standing(findings[first]), _standing(findings[second])):
                    dropped.add(lower)
    settled = {
        (p.document, p.provision)
        for at, finding in enumerate(findings)
        if finding.finding != "undecided" and at not in dropped
        for p in kept[at]
    }
    made = []
    for at, (finding, passages) in enumerate(zip(findings, kept, strict=True)):
        kind = "undecided" if at in dropped else finding.finding
        if kind == "undecided":
            passages = [p for p in passages if (p.document, p.provision) not in settled]
            if not passages:
                continue
        held = {(p.document, p.provision) for p in passages}
        pairs = tuple(p for p in finding.pairs if {(p.source_document, p.source), (p.document, p.id)} <= held)
        made.append(replace(finding, finding=kind, passages=tuple(passages), pairs=pairs))
    return tuple(made)


def _standing(finding: Finding) -> tuple[int, bool]:
    return RANK[finding.by], finding.finding != "divergent"


def _part(
    kept: list[list[Passage]], first: int, second: int, standing: tuple[int, bool], other_standing: tuple[int, bool]
) -> bool:
    """Let the two findings share passages of at most one document; return whether that could be done."""
    while True:
        others = {(p.document, p.provision): p for p in kept[second]}
        common = [(p, others[key]) for p in kept[first] if (key := (p.document, p.provision)) in others]
        if len({p.document for p, _ in common}) < 2:
            return True
        options = []
        for in_first, in_second in common:
            for at, mine, passage, other in (
                (first, standing, in_first, in_second),
                (second, other_standing, in_second, in_first),
            ):
                if mine < max(standing, other_standing):
                    continue
                if sum(p.document == passage.document for p in kept[at]) > 1:
                    options.append((passage.score - other.score, at == first, passage.document, passage.start, at))
        if not options:
            return False
        _, _, document, start, at = min(options)
        kept[at] = [p for p in kept[at] if (p.document, p.start) != (document, start)]
