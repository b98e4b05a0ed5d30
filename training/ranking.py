"""Choose weights and fit curves of polidiff.ranking, each set left out in turn: python -m training.ranking.

Prints the numbers that docs/aligning.md quotes and the constants that stand in polidiff/ranking/weights.toml. A pair
that the experts didn't list counts as none.

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
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from evals.alignment import SETS, SURE
from evals.common import SHARED
from evals.reliability import Array, Said
from scipy.optimize import minimize

from polidiff import api
from polidiff.alignment import CodedDocument
from polidiff.alignment.sides import theme_overlap
from polidiff.coding import load_codebook
from polidiff.ranking.around import BESIDE_SOURCE, BESIDE_TARGET, beside
from polidiff.ranking.calibration import NEARLY_SAME, alone_probabilities, depths, logistic, margins, scarcity
from polidiff.ranking.evidence import Evidence, Measures, evidence, own_evidence, summed
from polidiff.ranking.weights import Weights, weights_for

PROVISIONS = weights_for("provisions")

GRID = tuple(
    replace(PROVISIONS, opening=opening, tokens=tokens, words=words, terms=terms, subjects=subjects, around=near)
    for opening, tokens, words, terms, subjects, near in itertools.product(
        (0.25, 0.5), (0.3, 0.5), (0.5, 0.8), (0.3, 0.6, 1.0), (0.2, 0.4), (0.1, 0.2)
    )
)
"""Weights tried; the others as they are in use."""

TUNED = ("opening", "tokens", "words", "terms", "subjects", "around")

BEST = 10
"""Settings whose mean is taken: the best one alone is chance among many that are nearly as good."""

SHOWN, FITTED = 10, 20
PRESENT = 2 / 3
"""Share of the rows with their targets in them that a pair's curve is fitted on."""

ANSWERED, MASKED, FAR, SAME = 1 / 2, 1 / 4, 1 / 4, 1 / 10
"""Shares that a lone provision's curve is fitted on: answered, its targets taken out, of another subject. The last is
that of texts compared with themselves, which teach a pair's curve what the same words are."""

PENALTY, RENDERED = 0.005, 0.001
"""On the squares of the constants over scaled features: of crosswalks, and of renderings, which are told with ease."""

FAR_FROM = ("us-ai-action-plan-2025.pdf", "uk-ai-opportunities-2025.html")
"""Plans whose provisions no control of the frameworks answers, but for a few: the first teaches, the second tests."""

Part = tuple[Array, Array, Array]


@dataclass(frozen=True)
class Labelled:
    """A set: what was measured, how it counts, and for each source with gold targets their columns.

    ``far`` holds what was measured of two plans' provisions against the set's targets: none has a counterpart.
    ``same`` is the set's shorter table against itself.
    """

    name: str
    measures: Measures
    weights: Weights
    gold: dict[int, set[int]]
    far: tuple[Measures, ...] = ()
    same: Measures | None = None


@dataclass(frozen=True)
class Row:
    """One source, as it is or without its targets, or one of another subject: features, labels and what it weighs."""

    features: Array
    labels: Array
    alone: Array
    absent: float
    weight: float

    def scaled(self, present: float, absent: float) -> Row:
        """Return the row with the weight that its kind has among lone provisions of both kinds."""
        return replace(self, weight=absent if self.absent else present)


def compared(a: CodedDocument, b: CodedDocument) -> Evidence:
    return evidence(a.passages(), b.passages(), api.default_encoder(), theme_overlap(a, b))


def load(
    name: str, source: Path, target: Path, pairs: Iterable[tuple[str, str]], far: Sequence[CodedDocument] = ()
) -> Labelled:
    book = load_codebook("ai-plans")
    a, b = api.coded(source, codebook=book), api.coded(target, codebook=book)
    rows = {p.number: i for i, p in enumerate(a.provisions)}
    columns = {p.number: i for i, p in enumerate(b.provisions)}
    gold: dict[int, set[int]] = {}
    for left, right in pairs:
        gold.setdefault(rows[left], set()).add(columns[right])
    found = compared(a, b)
    others = tuple(compared(side, b).measures for side in far)
    shorter = min(a, b, key=lambda side: len(side.provisions))
    same = compared(shorter, shorter).measures if far else None
    return Labelled(name, found.measures, found.weights, gold, others, same)


def read_pairs(path: Path, skip: int = 0) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[skip:] if line.strip()]
    return [(cells[0].strip(), cells[1].strip()) for cells in lines]


def mean_ap(matrix: Array, gold: dict[int, set[int]]) -> float:
    values = []
    for i, wanted in sorted(gold.items()):
        hits = [int(j) in wanted for j in np.argsort(-matrix[i], kind="stable")[:SHOWN]]
        got = np.cumsum(hits)
        values.append(sum(got[k] / (k + 1) for k, hit in enumerate(hits) if hit) / min(len(wanted), SHOWN))
    return float(np.mean(values))


def make_rows(labelled: Labelled) -> list[Row]:
    """Return for each source its row as it is and without its targets, as if they had never been in the table."""
    found, weights = labelled.measures, labelled.weights
    own = own_evidence(found, weights)[0]
    sources = beside(own, BESIDE_SOURCE) if weights.around else np.zeros(own.shape)
    made = []
    for i, wanted in sorted(labelled.gold.items()):
        for absent in (False, True):
            kept = np.array([j for j in range(own.shape[1]) if not (absent and j in wanted)])
            line = own[i, kept]
            near = sources[i, kept] + (beside(line[:, None], BESIDE_TARGET)[:, 0] if weights.around else 0)
            line = line + weights.around * near + weights.under * found.above[1][kept]
            labels: Array = np.isin(kept, sorted(wanted)).astype(np.float64)
            depth = depths([kind[i : i + 1, kept] for kind in found.kinds()])[0]
            made.append(_row(line, depth, labels, float(absent), 1 - PRESENT if absent else PRESENT))
    return made


def far_rows(labelled: Labelled, which: int) -> list[Row]:
    """Return the rows of the plan ``which``, whose provisions have no counterpart; together they weigh :data:`FAR`."""
    found = labelled.far[which]
    total = summed(found, labelled.weights)[0]
    share = FAR * len(labelled.gold) / len(total)
    depth = depths(found.kinds())
    return [_row(line, down, np.zeros(len(line)), 1.0, share) for line, down in zip(total, depth, strict=True)]


def same_rows(labelled: Labelled) -> list[Row]:
    """Return the best pair of each text with itself; together they weigh :data:`SAME`."""
    if labelled.same is None:
        return []
    total, depth = summed(labelled.same, labelled.weights)[0], depths(labelled.same.kinds())
    labels: Array = np.eye(len(total))
    share = SAME * len(labelled.gold) / len(total)
    rows = [_row(*lines, 0.0, share) for lines in zip(total, depth, labels, strict=True)]
    return [replace(row, features=row.features[:1], labels=row.labels[:1]) for row in rows]


def taught_rows(labelled: Labelled, pairs: Array, alone: Array) -> list[Row]:
    """Return rows whose labels are another curve's probabilities for the same pairs and provisions."""
    total = summed(labelled.measures, labelled.weights)[0]
    rows = zip(total, depths(labelled.measures.kinds()), pairs, alone, strict=True)
    return [_row(line, depth, said, float(silent), 1.0) for line, depth, said, silent in rows]


def _row(line: Array, depth: Array, labels: Array, absent: float, weight: float) -> Row:
    order = np.argsort(-line, kind="stable")[:FITTED]
    near = line[order]
    margin = margins(line[None])[0, 0]
    first = (np.arange(len(near)) == 0) * 1.0
    features = np.stack(
        [near, np.maximum(near - NEARLY_SAME, 0.0), near - near[0], np.full(len(near), margin), first, depth[order]],
        axis=1,
    )
    return Row(features, labels[order], np.array([scarcity(near[0]), margin]), absent, weight)


def fit(
    features: Array, labels: Array, weights: Array, least: Sequence[float | None], penalty: float = PENALTY
) -> Array:
    """Return logistic constants (the last is the intercept); ``least`` bounds the others from below or is None."""
    centre, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled, shares = (features - centre) / spread, weights / weights.sum()

    def loss(b: Array) -> tuple[float, Array]:
        odds = scaled @ b[:-1] + b[-1]
        wrong = shares * (logistic(odds) - labels)
        value = (shares * (np.logaddexp(0, odds) - labels * odds)).sum() + penalty * (b[:-1] ** 2).sum()
        return float(value), np.append(scaled.T @ wrong + 2 * penalty * b[:-1], wrong.sum())

    bounds = [*((value, None) for value in least), (None, None)]
    found = minimize(loss, np.zeros(features.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    factors = found[:-1] / spread
    return np.append(factors, found[-1] - (factors * centre).sum())


def fit_pairs(sets: Sequence[Sequence[Row]], penalty: float = PENALTY) -> Array:
    features = np.concatenate([row.features for rows in sets for row in rows])
    labels = np.concatenate([row.labels for rows in sets for row in rows])
    weights = np.concatenate([np.full(len(row.labels), row.weight / len(rows)) for rows in sets for row in rows])
    return fit(features, labels, weights, (0.0, 0.0, 0.0, 0.0, 0.0, None), penalty)


def fit_alone(sets: Sequence[Sequence[Row]]) -> Array:
    features = np.stack([row.alone for rows in sets for row in rows])
    labels = np.array([row.absent for rows in sets for row in rows])
    weights = np.array([row.weight / len(rows) for rows in sets for row in rows])
    return fit(features, labels, weights, (None, None))


def apply(constants: Array, features: Array) -> Array:
    found: Array = logistic(features @ constants[:-1] + constants[-1])
    return found


@dataclass(frozen=True)
class Fold:
    """Rows to fit a pair's curve and a lone provision's on, set by set, and those to test each on."""

    pairs: list[list[Row]]
    alone: list[list[Row]]
    test_pairs: list[Row]
    test_alone: list[Row]
    penalty: float = PENALTY


def report(heading: str, folds: Sequence[Fold]) -> None:
    """Fit on the first part of each fold, test on the second, and print the reliability of all together."""
    shown: list[Part] = []
    best: list[Part] = []
    silent: list[Part] = []
    masked: list[Part] = []
    for fold in folds:
        pairs, alone = fit_pairs(fold.pairs, fold.penalty), fit_alone(fold.alone)
        for limit, into in ((SHOWN, shown), (1, best)):
            said = np.concatenate(
                [np.minimum.accumulate(apply(pairs, row.features))[:limit] for row in fold.test_pairs]
            )
            so = np.concatenate([row.labels[:limit] for row in fold.test_pairs])
            weight = np.concatenate([np.full(len(row.labels[:limit]), row.weight) for row in fold.test_pairs])
            into.append((said, so, weight))
        for rows, into in ((fold.test_alone, silent), (fold.test_pairs, masked)):
            said = apply(alone, np.stack([row.alone for row in rows]))
            into.append((said, np.array([r.absent for r in rows]), np.array([r.weight for r in rows])))
    parts_of = {
        "ten best pairs": shown,
        "best pair": best,
        "no counterpart, targets taken out": masked,
        "no counterpart, or of another subject": silent,
    }
    for what, parts in parts_of.items():
        all_ = Said.of(parts)
        each = " ".join(f"{Said.of([part]).error():.3f}" for part in parts)
        print(f"{heading}, {what}: calibration error {all_.error():.4f} (fold by fold {each})")
        if what.startswith("no counterpart"):
            sure = all_.said >= SURE
            wrong = (all_.weight * (1 - all_.so))[sure].sum() / max(all_.weight[sure].sum(), 1e-12)
            print(f"    average precision {all_.average_precision():.3f}, AUROC {all_.auroc():.3f};", end=" ")
            print(f"{sure.sum()} of {len(sure)} said at {SURE} or more, {wrong:.3f} of their weight wrong")
        print("\n".join(f"    {line}" for line in all_.table()))


def left_out(sets: Sequence[Labelled], values: Array) -> list[float]:
    """MAP@10 of each set with the weights that serve the others best; ``values`` are (weights, sets)."""
    found = []
    for index, labelled in enumerate(sets):
        others = [i for i in range(len(sets)) if i != index]
        best = np.argsort(-values[:, others].mean(axis=1), kind="stable")[:BEST]
        mean = np.mean([tuned(GRID[int(i)]) for i in best], axis=0).tolist()
        weights = replace(PROVISIONS, **dict(zip(TUNED, mean, strict=True)))
        found.append(mean_ap(summed(labelled.measures, weights)[0], labelled.gold))
        print(f"    without {labelled.name}: {np.round(mean, 2).tolist()} gives it {found[-1]:.4f}")
    return found


def of_the_grid(sets: Sequence[Labelled]) -> Array:
    """MAP@10 of each set with each of the weights tried: shape ``(weights, sets)``."""
    return np.array([[mean_ap(summed(s.measures, weights)[0], s.gold) for s in sets] for weights in GRID])


def crosswalk_sets(shared: Path, plans: Sequence[CodedDocument] = ()) -> list[Labelled]:
    """The four expert crosswalks, measured."""
    sets = []
    for name in SETS:
        folder = shared / "gold" / "alignment" / "dev" / name
        pairs = read_pairs(folder / "pairs.tsv")
        sets.append(load(name, folder / "source.jsonl", folder / "target.jsonl", pairs, plans))
    return sets


def crosswalks(shared: Path) -> None:
    book = load_codebook("ai-plans")
    sets = crosswalk_sets(shared, [api.coded(shared / "corpora" / name, codebook=book) for name in FAR_FROM])
    values = of_the_grid(sets)
    now = np.array([mean_ap(summed(s.measures, PROVISIONS)[0], s.gold) for s in sets])
    print("weights in use", now.round(4).tolist(), "mean", now.mean().round(4))
    best_one = GRID[int(values.mean(axis=1).argmax())]
    print("best of the grid", tuned(best_one), values.mean(axis=1).max().round(4))
    print(f"MAP@10, each set left out in turn: {np.mean(left_out(sets, values)):.4f}")
    rows, same = [make_rows(s) for s in sets], [same_rows(s) for s in sets]
    taught = [[*own, *copies] for own, copies in zip(rows, same, strict=True)]
    teach, test = ([far_rows(s, which) for s in sets] for which in (0, 1))
    alone = [[*(one.scaled(ANSWERED, MASKED) for one in own), *far] for own, far in zip(rows, teach, strict=True)]
    tested = [[*(one.scaled(ANSWERED, MASKED) for one in own), *far] for own, far in zip(rows, test, strict=True)]
    folds = []
    for i in range(len(sets)):
        others = [j for j in range(len(sets)) if j != i]
        folds.append(Fold([taught[j] for j in others], [alone[j] for j in others], rows[i], tested[i]))
    report("crosswalks", folds)
    print("ENGLISH =", fit_pairs(taught).round(4).tolist(), fit_alone(alone).round(4).tolist())


def tuned(weights: Weights) -> tuple[float, ...]:
    """Return the weights that the grid varies."""
    return tuple(getattr(weights, name) for name in TUNED)


def languages(shared: Path) -> None:
    folder = shared / "gold" / "bilingual"
    pairs = read_pairs(folder / "pairs.tsv", 1)
    there = load("zh-en", folder / "zh.jsonl", folder / "en.jsonl", pairs)
    back = load("en-zh", folder / "en.jsonl", folder / "zh.jsonl", [(right, left) for left, right in pairs])
    rows = [make_rows(s) for s in (there, back)]
    taught = digests(shared)
    parts = 5
    folds = []
    for part in range(parts):
        inside = [[r for k, r in enumerate(one) if (k // 2) % parts != part] for one in rows] + taught
        test = [r for one in rows for k, r in enumerate(one) if (k // 2) % parts == part]
        folds.append(Fold(inside, inside, test, test, RENDERED))
    report("across languages", folds)
    pair, alone = fit_pairs(rows + taught, RENDERED), fit_alone(rows + taught)
    print("ACROSS =", pair.round(4).tolist(), alone.round(4).tolist())
    for name, one in zip(("plan-digest", "digest-plan"), taught, strict=True):
        said = np.concatenate([apply(pair, row.features[:1]) for row in one])
        wanted = np.array([row.labels[0] for row in one])
        silent = apply(alone, np.stack([row.alone for row in one])) - np.array([row.absent for row in one])
        print(f"    {name}: English and Chinese scores of best pairs differ by {np.abs(said - wanted).mean():.3f},")
        print(f"    means {wanted.mean():.3f} and {said.mean():.3f}; of no counterpart by {np.abs(silent).mean():.3f}")


def digests(shared: Path) -> list[list[Row]]:
    book, name = load_codebook("ai-plans"), "cn-global-ai-governance-2025.digest"
    plan = api.coded(shared / "corpora" / "us-ai-action-plan-2025.pdf", codebook=book)
    english, chinese = (api.coded(shared / "samples" / f"{name}.{code}.md", codebook=book) for code in ("en", "zh"))
    if len(english.provisions) != len(chinese.provisions):
        raise SystemExit("the two digests don't have the same provisions")
    made = []
    for there, here in (((plan, english), (plan, chinese)), ((english, plan), (chinese, plan))):
        said = compared(*there)
        found = compared(*here)
        silent = alone_probabilities(said.total, said.weights.curve)
        made.append(taught_rows(Labelled(name, found.measures, found.weights, {}), said.score, silent))
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
