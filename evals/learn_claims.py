"""Learn the weights of ``checking/claims/claim_weights.toml`` from claims that may be looked at; say how good they are.

python -m evals.learn_claims            accuracy of the verdicts on claims that were left out, in folds
python -m evals.learn_claims --write    the weights, learnt from all of them

Learnt from: the development half of ``evals/claims.jsonl`` and the thirty claims about the American plan. Two steps,
both logistic regressions with a ridge: how surely a sentence speaks to a claim, from words and meaning; then the
verdict, from nine numbers over the best sentences. Few on purpose: there are some two hundred and fifty claims.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from typing import Any

import numpy as np

from evals.claims import OURS, SOURCES, place
from evals.common import ROOT, SHARED
from polidiff import api
from polidiff.checking.claims.aggregate import summed
from polidiff.checking.claims.decide import READ
from polidiff.checking.claims.features import contrast
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.checking.claims.weights import LABELS, weights

TARGET = ROOT / "src/polidiff/checking/claims/claim_weights.toml"
EVIDENCE = ("words", "alone", "meaning", "near", "woven", "heading")
NUMBERS = ("score", "next", "against", "beyond", "whole", "only", "woven", "denies", "open")
SEARCH_PENALTY, VERDICT_PENALTY = 33.0, 10.0
BALANCE = 3.2
"""Added to the constant of the search, so that a sentence with even odds to decide a claim scores 0.5 and not 0.04."""
FOLDS = 8


def claims() -> list[dict[str, Any]]:
    """The claims to learn from, each with its evidence as spans."""
    documents = {name: api.read(SHARED / file) for name, file in SOURCES.items()}
    rows = [json.loads(line) for line in OURS.open(encoding="utf-8")]
    found = [
        {
            **row,
            "document": documents[row["document"]],
            "evidence": [place(documents[row["document"]], p) for p in row["passages"]],
        }
        for row in rows
        if row["split"] == "dev"
    ]
    american = documents["us-ai-action-plan-2025"]
    for line in (SHARED / "gold/check/policy_claims.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        starts = [(american.text.find(e["text"][:60]), len(e["text"])) for e in row["evidence"]]
        evidence = [[start, start + size] for start, size in starts if start >= 0]
        found.append({**row, "document": american, "evidence": evidence})
    return found


def decides(evidence: list[list[int]], start: int, end: int) -> bool:
    """Whether a sentence is one of the deciding ones: half of it, or of the evidence, is in common."""
    for a, b in evidence:
        common = min(b, end) - max(a, start)
        if common > 0 and (2 * common >= b - a or 2 * common >= end - start):
            return True
    return False


def logistic(x: np.ndarray, y: np.ndarray, classes: int, penalty: float) -> np.ndarray:
    """Weights of a regression with a ridge, shape ``(numbers + 1, classes)``; the last row is the constant."""
    from sklearn.linear_model import LogisticRegression

    middle, spread = x.mean(axis=0), np.maximum(x.std(axis=0), 1e-6)
    model = LogisticRegression(C=1.0 / penalty, max_iter=5000, tol=1e-8).fit((x - middle) / spread, y)
    slopes = model.coef_ / spread
    base = model.intercept_ - slopes @ middle
    made = np.concatenate([slopes, base[:, None]], axis=1).T
    return made if classes > 2 else np.concatenate([np.zeros_like(made), made], axis=1)


def search_rows(rows: list[dict[str, Any]], shelves: dict[str, SentenceIndex]) -> dict[str, dict[str, float]]:
    """Weights of the search. Claims of which there are few (Chinese, across) keep their present ones."""
    by_manner: dict[str, tuple[list[list[float]], list[int]]] = defaultdict(lambda: ([], []))
    for row in rows:
        shelf = shelves[row["document"].id]
        for c in shelf.search(row["claim"], 28).candidates:
            x, y = by_manner[shelf.manner(row["claim"])]
            x.append([*(getattr(c, name) for name in EVIDENCE[:-1]), float(c.sentence.is_heading)])
            y.append(int(decides(row["evidence"], *c.sentence.span)))
    found = {manner: dict(weights().search[manner]) for manner in ("english", "chinese", "across")}
    for manner, (x, y) in by_manner.items():
        if sum(y) < 100:
            continue
        learnt = logistic(np.array(x), np.array(y), 2, SEARCH_PENALTY)[:, 1]
        found[manner] = {**dict(zip(EVIDENCE, learnt[:-1].tolist(), strict=True)), "base": float(learnt[-1]) + BALANCE}
    return found


def verdict_rows(rows: list[dict[str, Any]], shelves: dict[str, SentenceIndex]) -> tuple[np.ndarray, np.ndarray]:
    """The numbers of every claim, shape ``(claims, numbers)``, and the labels."""
    x, y = [], []
    for row in rows:
        shelf = shelves[row["document"].id]
        search = shelf.search(row["claim"])
        values = summed([contrast(row["claim"], search, c, shelf) for c in search.candidates[:READ]])
        x.append([values.get(name, 0.0) for name in NUMBERS])
        y.append(LABELS.index(row["label"]))
    return np.array(x), np.array(y)


def left_out(x: np.ndarray, y: np.ndarray, seeds: int = 8) -> float:
    """Accuracy over claims left out, the mean over several ways to part them."""
    right = []
    for seed in range(seeds):
        fold = np.random.RandomState(seed).permutation(len(y)) % FOLDS
        for i in range(FOLDS):
            made = logistic(x[fold != i], y[fold != i], len(LABELS), VERDICT_PENALTY)
            told = (np.column_stack([x[fold == i], np.ones((fold == i).sum())]) @ made).argmax(axis=1)
            right.extend(told == y[fold == i])
    return float(np.mean(right))


def crossed(x: np.ndarray, y: np.ndarray, documents: list[str]) -> float:
    """Accuracy on the claims of each document, with the verdicts' weights learnt from those of the others."""
    names = np.array(documents)
    right = 0
    for name in sorted(set(documents)):
        out = names == name
        made = logistic(x[~out], y[~out], len(LABELS), VERDICT_PENALTY)
        right += int(((np.column_stack([x[out], np.ones(out.sum())]) @ made).argmax(axis=1) == y[out]).sum())
    return right / len(y)


def _table(name: str, values: dict[str, float]) -> str:
    return f"[{name}]\n" + "".join(f"{key} = {value:.3f}\n" for key, value in values.items())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--search", action="store_true", help="learn the weights of the search anew, too")
    options = parser.parse_args()
    known = claims()
    encoder = api.default_encoder()
    made = {row["document"].id: SentenceIndex(row["document"], encoder) for row in known}
    search = search_rows(known, made) if options.search else weights().search
    x, y = verdict_rows(known, made)
    print(f"{len(y)} claims; verdicts right on claims left out: {left_out(x, y):.3f}")
    if options.write:
        learnt = logistic(x, y, len(LABELS), VERDICT_PENALTY)
        parts = ["# Made by `python -m evals.learn_claims --write`."]
        parts += [_table(f"search.{manner}", dict(row)) for manner, row in search.items()]
        parts += [
            _table(f"verdict.{label}", dict(zip((*NUMBERS, "base"), learnt[:, n].tolist(), strict=True)))
            for n, label in enumerate(LABELS)
        ]
        TARGET.write_text("\n".join(parts), encoding="utf-8")
