"""How surely a provision of a plan, guidance, law or order is said to stand alone, on labels of one reader.

``only_here.jsonl`` names provisions by document, place and the hash of their first letters, the other
document, whether nothing there answers (``alone``), for a fifth a second look (``second``), and for 58 what another
reader said (``reader_2``), who saw eight passages of the other document in random order and no score. Nothing of the
ranking is fitted on them but how often provisions of documents stand alone. Run: python -m evals.only_here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.common import ROOT, SHARED
from evals.reliability import Array, Said
from polidiff import api
from polidiff.model import Document, Provision
from polidiff.ranking.calibration import alone_probabilities
from polidiff.ranking.engine import compare
from polidiff.ranking.passage import passage_of

LABELS = ROOT / "evals" / "only_here.jsonl"
PRECISION = 0.9
BESIDE = 3
"""Provisions on each side of a labelled one that are compared with it."""


def leaves(name: str, shared: Path) -> tuple[Document, list[Provision]]:
    """Read a document of the corpora and return its leaves."""
    files = [path for path in sorted((shared / "corpora").rglob("*")) if path.name.rsplit(".", 1)[0] == name]
    document = api.read(files[0])
    return document, [provision for provision in api.split(document) if provision.leaf]


def mark(text: str) -> str:
    """Return the hash by which a provision is found again, whatever its place."""
    return hashlib.sha256("".join(c for c in text.lower() if c.isalnum())[:60].encode()).hexdigest()[:16]


def measure(shared: Path = SHARED) -> dict[str, float]:
    """Return AUROC, calibration error and, of those alone and those answered, recall at :data:`PRECISION`.

    All are over the provisions that are found again.
    """
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    said: list[float] = []
    so: list[bool] = []
    for pair in dict.fromkeys((row["document"], row["other"]) for row in rows):
        (own, mine), (other, theirs) = (leaves(name, shared) for name in pair)
        labels = {row["words"]: row["alone"] for row in rows if (row["document"], row["other"]) == pair}
        passages = [passage_of(own, provision) for provision in mine]
        wanted = [n for n, passage in enumerate(passages) if mark(passage.text) in labels]
        kept = sorted({m for n in wanted for m in range(max(0, n - BESIDE), min(len(mine), n + BESIDE + 1))})
        sought = [passage_of(other, provision) for provision in theirs]
        found = compare([passages[n] for n in kept], sought, api.default_encoder(), 1)
        alone = alone_probabilities(found.total, found.weights.curve)
        for row, n in enumerate(kept):
            answer = labels.pop(mark(passages[n].text), None)
            if answer is not None:
                said.append(float(alone[row]))
                so.append(answer)
    all_ = Said(np.array(said), np.array(so) * 1.0, np.ones(len(so)))
    print("\n".join(f"    {line}" for line in all_.table()))
    return {
        "provisions": float(len(so)),
        "auroc": all_.auroc(),
        "calibration_error": all_.error(),
        "recall_at_precision": recall(all_.said, all_.so == 1),
        "recall_of_answered": recall(-all_.said, all_.so == 0),
    }


def recall(said: Array, so: NDArray[np.bool_]) -> float:
    """Return the largest share of what is so that is said first, with :data:`PRECISION` of what is said right."""
    right = np.cumsum(so[np.argsort(-said, kind="stable")])
    sure = right / np.arange(1, len(right) + 1) >= PRECISION
    return float(right[sure].max() / right[-1]) if sure.any() else 0.0


if __name__ == "__main__":
    print(measure())
