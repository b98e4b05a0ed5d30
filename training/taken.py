"""How often it is right that a document takes a theme up, and that two do: python -m training.taken

A document's labelled passages stand for it. From the scores that the last fit kept (families left out) it is told of
each theme and field whether one of them commits its document on it, as ``comparison/findings.py`` does.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from polidiff.coding.fit import COMMITTING
from polidiff.comparison.findings import WEIGHED
from polidiff.judges.heads import Head
from training.data import KEPT, Rows, labelled
from training.heads import heads
from training.labels import slices, truth
from training.measure import nested

HEARD = 0.12
"""Chance of a theme under which a coding doesn't give it."""
BARS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)


def sure(theme: np.ndarray, commits: np.ndarray) -> np.ndarray:
    """Return the chance of each theme, shape ``(themes,)``, from those of passages and that they commit."""
    each = np.where((commits[:, None] >= 0.5) & (theme >= HEARD), theme * commits[:, None], 0.0)
    best: np.ndarray = 1 - np.prod(1 - np.sort(each, axis=0)[-WEIGHED:], axis=0)
    return best


def told(name: str, chance: np.ndarray, right: np.ndarray) -> None:
    """Print precision and recall at each bar."""
    shares = (
        f"{bar}: {right[chance >= bar].mean():.3f} {(right & (chance >= bar)).sum() / right.sum():.3f}" for bar in BARS
    )
    print(f"{name:<28} {int(right.sum()):>5}  {'  '.join(shares)}")


def measured(rows: Rows, of: Sequence[Head], scores: np.ndarray, gold: np.ndarray) -> None:
    """Print how often themes of AI documents, and fields of the others, are told rightly: of one document, of two."""
    places = dict(zip((head.name for head in of), slices(of), strict=True))
    known = {head.name: head for head in of}
    chances = {
        name: nested(known[name], scores[:, places[name]], gold[:, places[name]], rows.families)[0]
        for name in ("kind", "themes", "policy")
    }
    binding = [at for at, label in enumerate(known["kind"].labels) if label in COMMITTING]
    commits, committed = chances["kind"][:, binding].sum(axis=1), gold[:, places["kind"]][:, binding].any(axis=1)
    for name, chosen in (("themes", rows.subjects == "AI"), ("policy", rows.subjects != "AI")):
        held = [np.flatnonzero(chosen & (rows.documents == one)) for one in sorted(set(rows.documents[chosen]))]
        chance = np.stack([sure(chances[name][some], commits[some]) for some in held])
        right = np.stack([(gold[:, places[name]][some] & committed[some, None]).any(axis=0) for some in held])
        told(f"{name}, one document", chance.ravel(), right.ravel())
        both = [
            (a, b)
            for a, b in itertools.combinations(range(len(held)), 2)
            if rows.families[held[a][0]] != rows.families[held[b][0]]
            and rows.subjects[held[a][0]] == rows.subjects[held[b][0]]
        ]
        left, other = (np.array(side) for side in zip(*both, strict=True))
        told(f"{name}, two documents", (chance[left] * chance[other]).ravel(), (right[left] & right[other]).ravel())


if __name__ == "__main__":
    every = labelled()
    print("number of those that hold; at each bar precision and recall")
    measured(every, heads(), np.load(KEPT / "left.npy"), truth(every.labels, heads()) == 1)
