"""Fit the chance that a provision stands in one document alone: python -m training.alone.

Rows are the passages of a reader's findings on pairs of documents of one language: what is in one only against what is
shared, divergent or falsely thought alone. The pairs are the four for development in ``labels/pairs`` and the one of
``../shared`` that may be read. Prints the weights for ``[alone]`` in ``src/polidiff/thresholds.toml`` and, each pair
left out in turn, how many of those over a threshold are right.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
from evals.common import ROOT, SHARED
from evals.reliability import Array

from polidiff import api
from polidiff.alignment import CodedDocument, align_all
from polidiff.comparison.decide import log_odds
from polidiff.comparison.matters import matters
from polidiff.encode import default_encoder
from polidiff.model import Span

FILES = {
    "sg-wp-psp": ("sg-workers-party-manifesto-2025.pdf", "sg-psp-manifesto-2025.pdf"),
    "cities": ("us-city-norfolk-climate-action-plan-2019.pdf", "us-city-hartford-climate-2014.pdf"),
    "omb": ("versions/us-omb-m-24-10-2024.txt", "us-omb-m-25-21-2025.pdf"),
    "cn-data": ("cn-pipl-2021-zh.md", "cn-data-security-law-2021-zh.md"),
    "us-uk": ("us-ai-action-plan-2025.pdf", "uk-ai-opportunities-2025.html"),
}
STEPS = (0.4, 0.5, 0.55, 0.57, 0.6, 0.65, 0.7)


def rows(pair: str) -> Iterator[tuple[float, float, int]]:
    """Yield (log odds of the ranking, distance, whether the reader found it alone) of a pair's passages."""
    documents = [api.read(SHARED / "corpora" / name) for name in FILES[pair]]
    book = api.fitting_codebook(documents)
    sides = [api.coded(document, codebook=book) for document in documents]
    encoder = default_encoder()
    alignments = align_all(sides, encoder, related=True)
    found = matters(sides, encoder)
    distance = {m: value for one in found for m, value in zip(one.members, one.apart, strict=True)}
    for finding in _findings(pair, sides):
        kind, _, owner = finding["finding"].partition(":")
        for side, key in enumerate("ab"):
            if (kind in ("only", "not_only") and key != owner) or kind in ("not_divergent", "not_shared"):
                continue
            at = _place(sides[side], finding[key])
            if at is not None and (side, at) in distance:
                unique = alignments[sides[side].document.id, sides[1 - side].document.id].uniques[at].probability
                yield log_odds(unique), distance[side, at], int(kind == "only")


def _findings(pair: str, sides: list[CodedDocument]) -> Iterator[dict[str, Any]]:
    """The reader's findings, each side as a span of its document."""
    folder = SHARED / "gold" / "pairs" / pair if pair == "us-uk" else ROOT / "labels" / "pairs" / pair
    for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "finding" not in row:
            continue
        for side, key in zip(sides, "ab", strict=True):
            if isinstance(row[key], str):
                words = row[key].split()
                text = " ".join(words)
                at = side.document.text.find(text) if words else -1
                row[key] = [at, at + len(text)] if at >= 0 else None
        yield row


def _place(side: CodedDocument, span: object) -> int | None:
    if not isinstance(span, list):
        return None
    place = Span(*span)
    held = [at for at, one in enumerate(side.provisions) if place.within(one.span) and len(one.text) <= 1500]
    return min(held, key=lambda at: len(side.provisions[at].text), default=None)


def fit(table: Array, labels: Array) -> Array:
    """Return logistic weights, the bias last; ridge of one on the weights."""
    full = np.column_stack([table, np.ones(len(table))])
    weights = np.zeros(full.shape[1])
    ridge = np.diag([1.0] * table.shape[1] + [1e-6])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (chance - labels) + ridge @ weights
        weights -= np.linalg.solve(full.T @ (full * (chance * (1 - chance))[:, None]) + ridge, slope)
    return weights


def main() -> None:
    """Fit, and print."""
    held = {pair: np.array(list(rows(pair))) for pair in FILES}
    table = np.concatenate(list(held.values()))
    weights = fit(table[:, :2], table[:, 2])
    print("odds = {:.3f}\napart = {:.3f}\nbias = {:.3f}".format(*weights))
    chances = []
    for pair, own in held.items():
        others = np.concatenate([rows for name, rows in held.items() if name != pair])
        left = fit(others[:, :2], others[:, 2])
        chances += [(1 / (1 + np.exp(-(own[:, :2] @ left[:2] + left[2]))))]
    chance = np.concatenate(chances)
    for step in STEPS:
        over = chance >= step
        print(f"from {step}: {int(table[over, 2].sum())} of {int(over.sum())} right, {int(table[:, 2].sum())} in all")


if __name__ == "__main__":
    main()
