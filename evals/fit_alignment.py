"""Choose the weights and fit the curves of polidiff.align, each set left out in turn: python -m evals.fit_alignment.

Prints the numbers that docs/aligning.md quotes and the constants that stand in polidiff/align/score.py and
polidiff/align/calibration.py. A pair that the experts didn't list counts as none.

Across languages the labels are two: which clauses render which, and, for a plan against a digest that stands in both
languages clause for clause, what the English curve says of the English digest, so that a score means the same
whatever the language.

Provisions without a counterpart are made: every source is taken twice, as it is (two thirds of the weight) and with
its own gold targets taken out of its row (one third).
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from evals.alignment import SETS
from evals.common import SHARED
from polidiff import api
from polidiff.align.calibration import NEXT, alone_probabilities, logistic
from polidiff.align.score import ENGLISH_PAIR, ONE_SPACE, Evidence, evidence, hubs
from polidiff.coding import load_codebook

GRID = tuple(itertools.product((0.0, 0.3, 0.6), (0.0, 0.3, 0.6, 0.9), (0.4, 0.6, 0.8), (0.2, 0.35, 0.5)))
"""Weights tried: plain, tokens, words, hub. Meaning is 1 and themes 0.05."""

BEST = 10
"""Settings whose mean is taken: the best one alone is chance among many that are nearly as good."""

SHOWN, FITTED = 10, 20
PRESENT, ABSENT = 2 / 3, 1 / 3
Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Labelled:
    """A set: its evidence, and for each source with gold targets their columns."""

    name: str
    evidence: Evidence
    gold: dict[int, set[int]]


@dataclass(frozen=True)
class Row:
    """One source, as it is or with its targets taken out: features of its pairs, labels, and its own features."""

    features: Array
    labels: Array
    alone: Array
    absent: float

    @property
    def weight(self) -> float:
        return ABSENT if self.absent == 1 else PRESENT


def load(name: str, source: Path, target: Path, pairs: Iterable[tuple[str, str]], flip: bool = False) -> Labelled:
    book = load_codebook("ai-plans")
    a, b = api.side(source, book), api.side(target, book)
    rows = {p.number: i for i, p in enumerate(a.provisions)}
    columns = {p.number: i for i, p in enumerate(b.provisions)}
    gold: dict[int, set[int]] = {}
    for left, right in pairs:
        x, y = (right, left) if flip else (left, right)
        gold.setdefault(rows[x], set()).add(columns[y])
    return Labelled(name, evidence(a, b, api.default_encoder()), gold)


def read_pairs(path: Path, skip: int = 0) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[skip:] if line.strip()]
    return [(cells[0].strip(), cells[1].strip()) for cells in lines]


def total(labelled: Labelled, weights: tuple[float, float, float, float]) -> Array:
    plain, tokens, words, hub = weights
    found = labelled.evidence
    themes = ENGLISH_PAIR.themes
    summed = found.meaning + plain * found.plain + tokens * found.tokens + words * found.words + themes * found.themes
    result: Array = summed - hub * hubs(summed)
    return result


def mean_ap(matrix: Array, gold: dict[int, set[int]]) -> float:
    values = []
    for i, wanted in sorted(gold.items()):
        hits = [int(j) in wanted for j in np.argsort(-matrix[i], kind="stable")[:SHOWN]]
        got = np.cumsum(hits)
        values.append(sum(got[k] / (k + 1) for k, hit in enumerate(hits) if hit) / min(len(wanted), SHOWN))
    return float(np.mean(values))


def make_rows(matrix: Array, gold: dict[int, set[int]]) -> list[Row]:
    made = []
    for i, wanted in sorted(gold.items()):
        for absent in (False, True):
            line = matrix[i].copy()
            if absent:
                line[sorted(wanted)] = -np.inf
            order = np.argsort(-line, kind="stable")[:FITTED]
            near = line[order][np.isfinite(line[order])]
            margin = near[0] - near[1 : 1 + NEXT].mean() if len(near) > 1 else 0.0
            first = (np.arange(len(near)) == 0) * 1.0
            features = np.stack([near, near - near[0], np.full(len(near), margin), first], axis=1)
            labels = np.array([int(j) in wanted for j in order[: len(near)]], dtype=float)
            made.append(Row(features, labels, np.array([near[0], margin]), float(absent)))
    return made


def taught_rows(matrix: Array, pairs: Array, alone: Array) -> list[Row]:
    """Return rows whose labels are another curve's probabilities for the same pairs and provisions."""
    made = []
    for line, said, silent in zip(matrix, pairs, alone, strict=True):
        order = np.argsort(-line, kind="stable")[:FITTED]
        near = line[order]
        margin = near[0] - near[1 : 1 + NEXT].mean()
        first = (np.arange(len(near)) == 0) * 1.0
        features = np.stack([near, near - near[0], np.full(len(near), margin), first], axis=1)
        made.append(Row(features, said[order], np.array([near[0], margin]), float(silent)))
    return made


def fit(features: Array, labels: Array, weights: Array, least: float | None, penalty: float = 1e-3) -> Array:
    """Return logistic constants (the last is the intercept); ``least`` bounds the others from below."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled, shares = (features - centre) / spread, weights / weights.sum()

    def loss(b: Array) -> tuple[float, Array]:
        odds = scaled @ b[:-1] + b[-1]
        wrong = shares * (logistic(odds) - labels)
        value = (shares * (np.logaddexp(0, odds) - labels * odds)).sum() + penalty * (b[:-1] ** 2).sum()
        return float(value), np.append(scaled.T @ wrong + 2 * penalty * b[:-1], wrong.sum())

    bounds = [(least, None)] * features.shape[1] + [(None, None)]
    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    factors = found[:-1] / spread
    return np.append(factors, found[-1] - (factors * centre).sum())


def fit_pairs(sets: Sequence[Sequence[Row]]) -> Array:
    features = np.concatenate([row.features for rows in sets for row in rows])
    labels = np.concatenate([row.labels for rows in sets for row in rows])
    weights = np.concatenate([np.full(len(row.labels), row.weight / len(rows)) for rows in sets for row in rows])
    return fit(features, labels, weights, 0.0)


def fit_alone(sets: Sequence[Sequence[Row]]) -> Array:
    features = np.stack([row.alone for rows in sets for row in rows])
    labels = np.array([row.absent for rows in sets for row in rows])
    weights = np.array([row.weight / len(rows) for rows in sets for row in rows])
    return fit(features, labels, weights, None)


def apply(constants: Array, features: Array) -> Array:
    found: Array = logistic(features @ constants[:-1] + constants[-1])
    return found


@dataclass(frozen=True)
class Said:
    """Probabilities that were said, what was so, and the weight of each."""

    said: Array
    so: Array
    weight: Array

    @staticmethod
    def of(parts: Sequence[tuple[Array, Array, Array]]) -> Said:
        shares = [(said, so, weight / weight.sum()) for said, so, weight in parts]
        return Said(*(np.concatenate(column) for column in zip(*shares, strict=True)))

    def error(self, bins: int = 10) -> float:
        """Expected calibration error."""
        return (
            sum(abs(((self.said - self.so) * self.weight)[mask].sum()) for mask in self._bins(bins)) / self.weight.sum()
        )

    def table(self, bins: int = 10) -> list[str]:
        lines = []
        for number, mask in enumerate(self._bins(bins)):
            if mask.any():
                weight = self.weight[mask] / self.weight[mask].sum()
                said, so = (self.said[mask] * weight).sum(), (self.so[mask] * weight).sum()
                lines.append(
                    f"| {number / bins:.1f}-{(number + 1) / bins:.1f} | {said:.3f} | {so:.3f} | {mask.sum()} |"
                )
        return lines

    def _bins(self, bins: int) -> list[Any]:
        place = np.minimum((self.said * bins).astype(int), bins - 1)
        return [place == number for number in range(bins)]

    def average_precision(self) -> float:
        order = np.argsort(-self.said, kind="stable")
        so, weight = self.so[order], self.weight[order]
        precision = np.cumsum(weight * so) / np.cumsum(weight)
        return float((weight * so * precision).sum() / (weight * so).sum())

    def auroc(self) -> float:
        yes, no = self.said[self.so == 1], self.said[self.so == 0]
        return float(np.mean((yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])))


def report(heading: str, folds: Sequence[tuple[Sequence[Sequence[Row]], Sequence[Row]]]) -> None:
    """Fit on the first of each fold, test on the second, and print the reliability of all together."""
    shown, best, silent = [], [], []
    for train, test in folds:
        pairs, alone = fit_pairs(train), fit_alone(train)
        for limit, into in ((SHOWN, shown), (1, best)):
            said = np.concatenate([apply(pairs, row.features[:limit]) for row in test])
            so = np.concatenate([row.labels[:limit] for row in test])
            into.append((said, so, np.concatenate([np.full(len(row.labels[:limit]), row.weight) for row in test])))
        said = apply(alone, np.stack([row.alone for row in test]))
        silent.append((said, np.array([r.absent for r in test]), np.array([r.weight for r in test])))
    for what, parts in (("ten best pairs", shown), ("best pair", best), ("no counterpart", silent)):
        all_ = Said.of(parts)
        each = " ".join(f"{Said.of([part]).error():.3f}" for part in parts)
        print(f"{heading}, {what}: calibration error {all_.error():.4f} (fold by fold {each})")
        if what == "no counterpart":
            print(f"    average precision {all_.average_precision():.3f}, AUROC {all_.auroc():.3f} (base rate 0.333)")
        print("\n".join(f"    {line}" for line in all_.table()))


def crosswalks(shared: Path) -> None:
    folder = shared / "gold" / "alignment" / "dev"
    sets = [
        load(n, folder / n / "source.jsonl", folder / n / "target.jsonl", read_pairs(folder / n / "pairs.tsv"))
        for n in SETS
    ]
    chosen = (ENGLISH_PAIR.plain, ENGLISH_PAIR.tokens, ENGLISH_PAIR.words, ENGLISH_PAIR.hub)
    values = np.array([[mean_ap(total(s, weights), s.gold) for s in sets] for weights in GRID])
    kept = GRID.index(chosen)
    print("weights in use", chosen, values[kept].round(4).tolist(), "mean", values[kept].mean().round(4))
    print("best of the grid", GRID[int(values.mean(axis=1).argmax())], values.mean(axis=1).max().round(4))
    left_out = []
    for index, labelled in enumerate(sets):
        others = [i for i in range(len(sets)) if i != index]
        best = np.argsort(-values[:, others].mean(axis=1), kind="stable")[:BEST]
        mean = np.mean([GRID[int(i)] for i in best], axis=0)
        left_out.append(mean_ap(total(labelled, tuple(mean)), labelled.gold))
        print(f"    without {labelled.name}: {mean.round(2).tolist()} gives it {left_out[-1]:.4f}")
    print(f"MAP@10, each set left out in turn: {np.mean(left_out):.4f}")
    rows = [make_rows(total(s, chosen), s.gold) for s in sets]
    report("crosswalks", [([r for j, r in enumerate(rows) if j != i], rows[i]) for i in range(len(rows))])
    print("ENGLISH =", fit_pairs(rows).round(4).tolist(), fit_alone(rows).round(4).tolist())


def languages(shared: Path) -> None:
    folder = shared / "gold" / "bilingual"
    pairs = read_pairs(folder / "pairs.tsv", 1)
    weights = (ONE_SPACE.plain, ONE_SPACE.tokens, ONE_SPACE.words, ONE_SPACE.hub)
    there = load("zh-en", folder / "zh.jsonl", folder / "en.jsonl", pairs)
    back = load("en-zh", folder / "en.jsonl", folder / "zh.jsonl", pairs, flip=True)
    rows = [make_rows(total(s, weights), s.gold) for s in (there, back)]
    taught = digests(shared, weights)
    parts = 5
    folds = []
    for part in range(parts):
        inside = [[r for k, r in enumerate(one) if (k // 2) % parts != part] for one in rows] + taught
        folds.append((inside, [r for one in rows for k, r in enumerate(one) if (k // 2) % parts == part]))
    report("across languages", folds)
    print("ACROSS =", fit_pairs(rows + taught).round(4).tolist(), fit_alone(rows + taught).round(4).tolist())
    pairs, alone = fit_pairs(rows + taught), fit_alone(rows + taught)
    for name, one in zip(("plan-digest", "digest-plan"), taught, strict=True):
        said = np.concatenate([apply(pairs, row.features[:1]) for row in one])
        wanted = np.array([row.labels[0] for row in one])
        silent = apply(alone, np.stack([row.alone for row in one])) - np.array([row.absent for row in one])
        print(f"    {name}: English and Chinese scores of best pairs differ by {np.abs(said - wanted).mean():.3f},")
        print(f"    means {wanted.mean():.3f} and {said.mean():.3f}; of no counterpart by {np.abs(silent).mean():.3f}")


def digests(shared: Path, weights: tuple[float, float, float, float]) -> list[list[Row]]:
    book, name = load_codebook("ai-plans"), "cn-global-ai-governance-2025.digest"
    plan = api.side(shared / "corpora" / "us-ai-action-plan-2025.pdf", book)
    english, chinese = (api.side(shared / "samples" / f"{name}.{code}.md", book) for code in ("en", "zh"))
    if len(english.provisions) != len(chinese.provisions):
        raise SystemExit("the two digests don't have the same provisions")
    made = []
    for there, here in (((plan, english), (plan, chinese)), ((english, plan), (chinese, plan))):
        said = evidence(*there, api.default_encoder())
        matrix = total(Labelled(name, evidence(*here, api.default_encoder()), {}), weights)
        made.append(taught_rows(matrix, said.score, alone_probabilities(said.total, said.weights.curve)))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("which", nargs="?", choices=("crosswalks", "languages"))
    which = parser.parse_args().which
    if which != "languages":
        crosswalks(SHARED)
    if which != "crosswalks":
        languages(SHARED)


if __name__ == "__main__":
    main()
