"""Printed oppositions against what a second reader said of them (``labels/oppositions.jsonl``)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from evals.common import ROOT
from polidiff.model import Comparison, Passage

LABELS = ROOT / "labels" / "oppositions.jsonl"
LIKE = 0.3
"""Share of passages in common from which a printed opposition is taken for the labelled one."""


def right_share(comparison: Comparison, pair: str) -> float:
    """Return the share of a pair's printed oppositions that the second reader called right, of those he has read."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()[1:]]
    read = [
        (frozenset((d, start) for d, start, _ in row["passages"]), row["label"]) for row in rows if row["pair"] == pair
    ]
    labels = []
    for finding in (*comparison.findings, *comparison.matters):
        if finding.finding == "divergent":
            likeness, label = max((_likeness(finding.passages, places), label) for places, label in read)
            if likeness >= LIKE:
                labels.append(label)
    return labels.count("right") / len(labels) if labels else 1.0


def _likeness(passages: Sequence[Passage], places: frozenset[tuple[str, int]]) -> float:
    mine = {(passage.document, passage.start) for passage in passages}
    return len(mine & places) / len(mine | places)
