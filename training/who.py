"""Fit the chance that a document commits to a matter: ``python -m training.who WORKSPACE``

Reads the pairs of ``labels/who.jsonl`` whose documents the workspace holds, all sets but the one set aside, each
matter asked in English and in Chinese. Printed are the log-odds on all pairs on which the readers agree, and what is
said of pairs whose matter and whose document were both left out of the fit (five parts of each, eight draws with fixed
seeds). The numbers go into ``thresholds.toml`` by hand.
"""

from __future__ import annotations

import sys

import numpy as np
from evals.who import ASIDE, asked, known

from polidiff.thresholds import threshold
from polidiff.workspace import Workspace
from polidiff.workspace.corpus import open_corpus
from polidiff.workspace.corpus.who import BOTH

PARTS, DRAWS = 5, 8


def left_out(x: np.ndarray, y: np.ndarray, documents: list[str], matters: list[str]) -> np.ndarray:
    """Return each pair's chance by curves that saw neither its matter nor its document: the mean of the draws."""
    from sklearn.linear_model import LogisticRegression

    found = np.zeros(len(y))
    for seed in range(DRAWS):
        rng = np.random.default_rng(seed)
        of = [
            dict(zip(sorted(set(names)), rng.permutation(len(set(names))) % PARTS, strict=True))
            for names in (documents, matters)
        ]
        first, second = (
            np.array([part[name] for name in names]) for part, names in zip(of, (documents, matters), strict=True)
        )
        for a in range(PARTS):
            for b in range(PARTS):
                test, train = (first == a) & (second == b), (first != a) & (second != b)
                if test.any():
                    model = LogisticRegression(C=10.0).fit(x[train], y[train])
                    found[test] += model.predict_proba(x[test])[:, 1] / DRAWS
    return found


def main() -> None:
    """Print the curve, and what is said of what was left out."""
    from sklearn.linear_model import LogisticRegression

    with Workspace.open(sys.argv[1]) as work:
        pairs = asked(open_corpus(work), known, ("first", "second", "third"))
    pairs = [one for one in pairs if one.agreed and one.row["set"] != ASIDE]
    seen = [one.found for one in pairs]
    x = np.array([[o.mean, max(np.multiply(o.on, o.commit)), max(o.naming)] for o in seen])
    y, speaks = (np.array([getattr(one, name) for one in pairs]) for name in ("commits", "speaks"))
    model = LogisticRegression(C=100.0).fit(x, y)
    print("on, firmly, naming =", model.coef_[0].round(2), "constant =", model.intercept_.round(2), "pairs", len(y))
    chance = left_out(x, y, [one.row["document"] for one in pairs], [one.row["matter"] for one in pairs])
    enough = [sum(o.binds) >= min(BOTH, len(o.binds)) and o.named >= threshold("corpus.named") for o in seen]
    for least in (0.5, 0.55, 0.6, 0.65, 0.7, 0.8):
        chosen = (chance >= least) & np.array(enough)
        print(f"commits from {least}: {chosen.sum()} said, {y[chosen].sum()} do, of {y.sum()}")
    for most in (0.04, 0.05, 0.06, 0.08, 0.1):
        chosen = chance < most
        print(
            f"nothing under {most}: {chosen.sum()} said, {y[chosen].sum()} commit,"
            f" {speaks[chosen].sum()} speak, of {(~y).sum()}"
        )


if __name__ == "__main__":
    main()
