"""How likely a reader links two provisions of documents, by what the ranking says: python -m training.documents.

The labels are pairs of provisions of two documents as they come (``labels/relations.jsonl``, ``neighbours``): one or
no pair of each provision, called `same`, `means`, `opposed`, `subject` or `unrelated` by readers who saw no score. The
first three are links. The curves of ``[documents]`` (English) and ``[languages]`` are fitted on them, each pair of
documents left out in turn with all others that share a document with it, and their reliability is printed by kind of
document. What was measured is kept in the training folder, since it takes minutes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from evals.common import SHARED
from evals.only_here import BESIDE, leaves, mark
from evals.reliability import Array, Said

from polidiff import api
from polidiff.ranking.calibration import NEARLY_SAME, depths, logistic, margins
from polidiff.ranking.engine import compare
from polidiff.ranking.passage import passage_of
from polidiff.ranking.weights import weights_for
from training.data import KEPT
from training.ranking import fit

LINKS = ("same", "means", "opposed")
LAWS = (
    "law",
    "directive",
    "-act",
    "measures",
    "pipl",
    "-eo-",
    "algorithm",
    "settlement",
    "insurance",
    "housing",
    "care",
)
PLANS = ("manifesto", "plan", "opportunities", "climate", "report", "no1-document", "strategy", "opinions", "indc")


def kind_of_document(name: str) -> str:
    """Return ``law`` (acts, orders, measures), ``plan`` (strategies, programmes, reports) or ``guidance``."""
    if any(word in name for word in PLANS) and "climate-law" not in name:
        return "plan"
    return "law" if any(word in name for word in LAWS) else "guidance"


@dataclass(frozen=True)
class Judged:
    """A labelled pair: the curve's features, its documents, the weights that ranked it and whether it is a link."""

    features: Array
    documents: tuple[str, str]
    weights: str
    link: bool

    def kind(self) -> str:
        """The kinds of its documents, or their languages where the multilingual encoder reads them."""
        if self.weights == "languages":
            chinese = sum(name.endswith(("-zh", ".zh")) for name in self.documents)
            return "Chinese" if chinese == 2 else "across languages"
        kinds = {kind_of_document(name) for name in self.documents}
        return kinds.pop() if len(kinds) == 1 else "mixed"


def labelled(shared: Path) -> dict[tuple[str, str], list[dict[str, Any]]]:
    """Return the labelled pairs by their documents."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in (shared / "labels" / "relations.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["source"] == "neighbours":
            found.setdefault((row["a"]["document"], row["b"]["document"]), []).append(row)
    return found


def measured(pair: tuple[str, str], rows: Sequence[dict[str, Any]], shared: Path) -> list[Judged]:
    """Rank the labelled provisions of a document, and those beside them, against another's, as `align` does."""
    (own, mine), (other, theirs) = (leaves(name, shared) for name in pair)
    passages, sought = ([passage_of(d, p) for p in side] for d, side in ((own, mine), (other, theirs)))
    places = [{mark(p.text): n for n, p in enumerate(side)} for side in (mine, theirs)]
    wanted = [(places[0].get(mark(r["a"]["text"])), places[1].get(mark(r["b"]["text"])), r) for r in rows]
    known = [(a, b, row) for a, b, row in wanted if a is not None and b is not None]
    kept = sorted({m for a, _, _ in known for m in range(max(0, a - BESIDE), min(len(mine), a + BESIDE + 1))})
    if not kept:
        return []
    found = compare([passages[n] for n in kept], sought, api.default_encoder(), 1)
    margin, depth = margins(found.total)[:, 0], depths(found.measures.kinds())
    made = []
    for a, b, row in known:
        line = found.total[kept.index(a)]
        best, value = line.max(), line[b]
        down = depth[kept.index(a), b]
        features = [value, max(value - NEARLY_SAME, 0), value - best, margin[kept.index(a)], value == best, down]
        made.append(Judged(np.array(features, dtype=np.float64), pair, found.weights.kind, row["relation"] in LINKS))
    return made


def all_measured(shared: Path) -> list[Judged]:
    """Measure every pair of documents, or read what was measured before."""
    made: list[Judged] = []
    for pair, rows in sorted(labelled(shared).items()):
        path = KEPT / "documents" / f"{'--'.join(pair)}.json"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = [(row.features.tolist(), row.weights, row.link) for row in measured(pair, rows, shared)]
            path.write_text(json.dumps(fresh), encoding="utf-8")
        kept = json.loads(path.read_text(encoding="utf-8"))
        made += [Judged(np.array(features), pair, weights, link) for features, weights, link in kept]
    return made


def curve(rows: Sequence[Judged]) -> Array:
    """Fit the curve of a pair."""
    features = np.stack([row.features for row in rows])
    labels = np.array([row.link for row in rows]) * 1.0
    return fit(features, labels, np.ones(len(rows)), (0.0, 0.0, 0.0, 0.0, 0.0, None))


def left_out(rows: Sequence[Judged]) -> Array:
    """Return what is said of each row by the curve of the rows that share no document with it."""
    said = np.zeros(len(rows))
    for pair in {row.documents for row in rows}:
        constants = curve([row for row in rows if not set(row.documents) & set(pair)])
        for n, row in enumerate(rows):
            if row.documents == pair:
                said[n] = logistic(row.features @ constants[:-1] + constants[-1])
    return said


def report(name: str, rows: Sequence[Judged], said: Array) -> None:
    """Print how many were links, what was said on average, the calibration error, and how well links come first."""
    so = np.array([row.link for row in rows]) * 1.0
    all_ = Said(said, so, np.ones(len(so)))
    print(f"    {name}: {len(so)} pairs, links {so.mean():.3f}, said {said.mean():.3f},", end=" ")
    print(f"calibration error {all_.error():.3f}, AUROC {all_.auroc():.3f}")


def main() -> None:
    every = all_measured(SHARED)
    for weights in ("documents", "languages"):
        rows = [row for row in every if row.weights == weights]
        one = weights_for(weights).curve
        use = np.array([one.evidence, one.same, one.gap, one.margin, one.best, one.depth, one.constant])
        now = logistic(np.stack([row.features for row in rows]) @ use[:-1] + use[-1])
        crossed = left_out(rows)
        for what, said in (("in use", now), ("left out", crossed)):
            print(f"{weights}, {what}")
            report("all", rows, said)
            for kind in sorted({row.kind() for row in rows}):
                chosen = [n for n, row in enumerate(rows) if row.kind() == kind]
                report(kind, [rows[n] for n in chosen], said[chosen])
        so = np.array([row.link for row in rows]) * 1.0
        print("\n".join(f"    {line}" for line in Said(crossed, so, np.ones(len(so))).table()))
        print("curve", curve(rows).round(4).tolist())


if __name__ == "__main__":
    main()
