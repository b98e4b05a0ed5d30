"""Fit and measure the chance that a document commits to a matter: python -m training.who

Reads the documents of ``labels/who.jsonl`` from ``../shared/corpora``, takes the evidence of each one's best passage on
each matter, and prints the logistic curve on all pairs on which both readers agree, and what is said with each document
left out of the fit. No seed is needed. The numbers go into ``thresholds.toml`` by hand, with what was measured.
"""

from __future__ import annotations

import json

import numpy as np
from evals.common import ROOT, SHARED
from evals.only_here import leaves

from polidiff.encode import MultilingualEncoder
from polidiff.ranking.index import Index
from polidiff.ranking.passage import passage_of
from polidiff.ranking.query import question

LABELS = ROOT / "labels" / "who.jsonl"


def evidence() -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return the document of each pair, its best passage's evidence, and whether it commits; for pairs agreed on."""
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if (row["a"] == "commits") == (row["b"] == "commits")]
    encoder = MultilingualEncoder()
    found: list[float] = []
    for name in dict.fromkeys(row["document"] for row in rows):
        document, provisions = leaves(name, SHARED)
        passages = [passage_of(document, one) for one in provisions]
        index = Index.of(passages, encoder.encode([one.text for one in passages]))
        for row in rows:
            if row["document"] == name:
                asked = question(row["matter"])
                found.append(float(index.evidence(asked, encoder.encode([asked.text])[0]).max()))
    return [row["document"] for row in rows], np.array(found), np.array([row["a"] == "commits" for row in rows])


def main() -> None:
    """Print the curve, and what is said of documents left out."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    documents, found, commits = evidence()
    model = LogisticRegression(C=10.0)
    fitted = model.fit(found[:, None], commits)
    print(f"evidence = {fitted.coef_[0, 0]:.2f}, constant = {fitted.intercept_[0]:.2f}, pairs {len(commits)}")
    said = cross_val_predict(
        model, found[:, None], commits, groups=documents, cv=GroupKFold(10), method="predict_proba"
    )[:, 1]
    for least in (0.6, 0.65, 0.7, 0.75, 0.8):
        chosen = said >= least
        print(f"commits from {least}: {chosen.sum()} said, {commits[chosen].sum()} do, of {commits.sum()}")
    for most in (0.08, 0.1, 0.12, 0.15, 0.2):
        chosen = said < most
        print(
            f"nothing under {most}: {chosen.sum()} said, {commits[chosen].sum()} commit, of {(~commits).sum()} others"
        )


if __name__ == "__main__":
    main()
