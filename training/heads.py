"""Fit the heads and write their weights: python -m training.heads

python -m training.heads            fit, write the weights, print what documents left out say
python -m training.heads --measure  only print

Nothing is drawn at random. What is slow (vectors) is kept in the folder POLIDIFF_TRAINING.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from polidiff.encode.protocol import STEPS
from polidiff.judges.heads import RISKS, Head
from training.calibration import Curve, curves, given_thresholds, printed_thresholds, prior_weights
from training.crossed import LINEAR, Directions, crossed, directions, weights_of_pairs
from training.data import KEPT, PARTS, SHARED, Rows, alone, labelled
from training.fields import FIELDS, OPEN, open_rows, written
from training.labels import slices, truth
from training.made import features, made
from training.ridge import BIAS, Grams, Table, joined, rarity, solve

FILE = Path(__file__).resolve().parents[1] / "src" / "polidiff" / "judges" / "weights" / "heads.npz"
LEAST = 20
"""Passages that a label needs to be learnt."""


RULED = frozenset({"competition_consumer", "energy", "environment", "open_source"})
"""Themes that stay the cue rules' own: on AI documents left out their F1 is 0.51, 0.77, 0.60, 0.67, that of the heads
0.38, 0.15, 0.17, 0.20."""


@dataclass(frozen=True)
class Plan:
    """Heads that are fitted together: their names, the scale of each part, the ridge, which rows are added.

    ``trust`` is the weight of a labelled passage. It is low for fields of policy: most passages are about
    technology, and speeches about other fields are told far better (State of the Union, accuracy 0.45 for 0.31).
    """

    names: tuple[str, ...]
    scales: Mapping[str, float]
    ridge: float
    added: tuple[str, ...] = ()
    trust: float = 1.0


SCALES = {
    "own": 1.3,
    "heading": 0.5,
    "outer": 0.3,
    "near": 1.0,
    "whole": 1.8,
    "cues": 0.7,
    "surface": 0.5,
    "words": 1.5,
}
TURNED = {**SCALES, "surface": 0.4}
PLANS = (
    Plan(("policy",), {**SCALES, "surface": 0.2}, 2.0, ("bills", "mandates", "fields", "made"), 0.3),
    Plan(("themes", "instruments"), {**SCALES, "surface": 0.2}, 2.0, ("themes", "made")),
    Plan(("direction", "actor", "strength", "forum", "posture", "kind"), {**SCALES, "surface": 0.6}, 2.0, ("made",)),
)


@lru_cache(maxsize=1)
def heads() -> tuple[Head, ...]:
    """Return the heads with every label that enough passages have."""
    rows = labelled().labels

    def found(name: str, least: int) -> tuple[str, ...]:
        counts: dict[str, int] = {}
        for row in rows:
            for label in [row[name]] if isinstance(row[name], str) else row[name]:
                counts[label] = counts.get(label, 0) + 1
        return tuple(sorted(label for label, number in counts.items() if number >= least))

    several = [Head("policy", FIELDS, True)]
    themes = tuple(label for label in found("themes", LEAST) if label not in RULED)
    several += [Head("themes", themes, True), Head("instruments", found("instruments", LEAST), True)]
    single = ("direction", "actor", "strength", "forum", "posture", "kind")
    return (*several, *(Head(name, found(name, 1), False) for name in single))


@dataclass(frozen=True)
class Fitted:
    """Weights of a plan's heads, and the scores of the labelled rows left out, for each grouping."""

    dense: np.ndarray
    words: np.ndarray
    pairs: np.ndarray
    constant: np.ndarray
    left: tuple[np.ndarray, ...]


def groups_of(names: np.ndarray) -> list[np.ndarray]:
    """Return the rows of each group."""
    return [np.flatnonzero(names == name) for name in dict.fromkeys(names)]


@lru_cache(maxsize=8)
def added(name: str) -> tuple[Table, tuple[dict[str, Any], ...], np.ndarray]:
    """Return rows that are learnt from beside the labelled passages: features, labels, weights."""
    weight = OPEN[name]
    if name == "made":
        rows, table = made(), Table(features(labelled().evidence))
    else:
        rows = written(name) if name in ("fields", "themes") else open_rows(name)
        table = Table(alone([row["text"] for row in rows], labelled().evidence))
    return table, tuple(rows), np.full(len(rows), weight)


@lru_cache(maxsize=1)
def everything() -> tuple[Grams, Mapping[str, np.ndarray], Directions]:
    """Return the products of all rows, which of them each added set has, and the rows along their main directions."""
    first = Table(labelled().parts)
    rare = rarity(first.parts["words"])
    tables, places, at = [first], {}, len(first)
    for name in OPEN:
        table = added(name)[0]
        places[name] = np.arange(at, at + len(table))
        tables.append(table)
        at += len(table)
    grams = Grams(joined(tables), rare)
    return grams, places, directions(grams, TURNED)


def fit(plan: Plan, names: Sequence[np.ndarray], chosen: np.ndarray | None = None) -> Fitted:
    """Fit a plan's heads; ``names`` say in which group each labelled row is left out, for each grouping.

    ``chosen`` are the labelled rows that are learnt from, all of them when None.
    """
    labels = labelled().labels
    first = np.arange(len(labels)) if chosen is None else chosen
    grams, places, turned = everything()
    rows = np.concatenate([first, *(places[name] for name in plan.added)])
    records = [*(labels[at] for at in first), *(record for name in plan.added for record in added(name)[1])]
    weight = np.concatenate([np.full(len(first), plan.trust), *(added(name)[2] for name in plan.added)])
    gold = truth(records, [head for head in heads() if head.name in plan.names])
    kernel, share = crossed(grams.kernel(plan.scales, rows), turned.rows[rows])
    found, left = solve(
        kernel, np.nan_to_num(gold) * 2 - 1, plan.ridge / weight, [groups_of(some[first]) for some in names]
    )
    pairs = weights_of_pairs(turned.rows[rows], found * share)
    found *= LINEAR
    blocks = [
        (grams.table.parts[part][rows] / STEPS).T @ found * plan.scales.get(part, 0.0) ** 2 / STEPS for part in PARTS
    ]
    words = (grams.words[rows] / STEPS).T @ found * plan.scales["words"] ** 2 / STEPS
    constant, scores = BIAS * found.sum(axis=0), tuple(some[: len(first)] for some in left)
    return Fitted(np.concatenate(blocks), np.asarray(words), pairs, constant, scores)


def write(rows: Rows, fitted: Sequence[Fitted], made: Sequence[Curve], file: Path) -> None:
    """Write weights as whole numbers, with curves and thresholds."""
    dense = np.concatenate([one.dense for one in fitted], axis=1)
    words = np.concatenate([one.words for one in fitted], axis=1)
    pairs = np.concatenate([one.pairs for one in fitted], axis=1)
    scale, pair_scale = (np.abs(some).max(axis=0) / 32000 for some in (dense, pairs))
    ratio = np.maximum(1, np.ceil(np.abs(words).max(axis=0) / 127 / scale))
    about = {
        "heads": [[head.name, list(head.labels), head.several] for head in heads()],
        "evidence": list(rows.evidence),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        file,
        about=np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        rarity=rarity(rows.parts["words"]).astype(np.int16),
        dense=np.rint(dense / scale).astype(np.int16),
        words=np.rint(words / (scale * ratio)).astype(np.int8),
        ratio=ratio.astype(np.int32),
        scale=scale,
        **everything()[2].arrays(),
        pairs=np.rint(pairs / pair_scale).astype(np.int16),
        pair_scale=pair_scale,
        constant=np.concatenate([one.constant for one in fitted]).astype(np.float64),
        slope=np.concatenate([c.slope for c in made]),
        offset=np.concatenate([c.offset for c in made]),
        given=np.concatenate([c.given for c in made]),
        printed=np.concatenate([c.printed for c in made], axis=1),
    )


def calibrated(head: Head, scores: np.ndarray, gold: np.ndarray, groups: np.ndarray) -> Curve:
    """Return the curves and thresholds of one head from scores of documents left out."""
    slope, offset, chance = curves(head, scores, gold)
    given = given_thresholds(chance, gold) if head.several else prior_weights(chance, gold)
    printed = np.stack([printed_thresholds(head, chance, given, gold, groups, risk) for risk in RISKS])
    return Curve(slope, offset, given, printed)


def left_out(plans: Sequence[Plan]) -> tuple[np.ndarray, tuple[Head, ...], np.ndarray]:
    """Return the labelled rows' scores with their families left out, the heads, and which labels hold."""
    rows = labelled()
    scores = np.concatenate([fit(plan, [rows.families]).left[0] for plan in plans], axis=1)
    return scores, heads(), truth(rows.labels, heads()) == 1


def renew(file: Path) -> None:
    """Write the curves and thresholds anew, from the scores that the last fit kept."""
    rows = labelled()
    scores, gold = np.load(KEPT / "left.npy"), truth(rows.labels, heads()) == 1
    pairs = zip(heads(), slices(heads()), strict=True)
    made = [calibrated(head, scores[:, at], gold[:, at], rows.families) for head, at in pairs]
    with np.load(file) as held:
        weights = dict(held)
    for name in ("slope", "offset", "given"):
        weights[name] = np.concatenate([getattr(one, name) for one in made])
    weights["printed"] = np.concatenate([one.printed for one in made], axis=1)
    np.savez_compressed(file, **weights)  # type: ignore[arg-type]


def main() -> int:
    """Fit and write, or only measure; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measure", action="store_true", help="write nothing")
    parser.add_argument("--curves", action="store_true", help="only curves and thresholds, from the scores kept")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"nothing was fitted: the documents are not here ({SHARED})")
        return 1
    rows = labelled()
    if options.curves:
        renew(FILE)
        return 0
    groupings = {"families": rows.families, "documents": rows.documents, "subjects": rows.subjects}
    fitted = [fit(plan, list(groupings.values())) for plan in PLANS]
    left = {name: np.concatenate([one.left[at] for one in fitted], axis=1) for at, name in enumerate(groupings)}
    scores = left["families"]
    np.save(KEPT / "left.npy", scores)
    gold = truth(rows.labels, heads()) == 1
    from training.measure import brief, elsewhere, kept, part_of, report

    report(rows, heads(), scores, gold)
    for name in ("documents", "subjects"):
        print(f"-- {name} left out one by one")
        brief(rows, heads(), left[name], gold, groupings[name])
    print("-- printed of subjects left out: right and found at each risk")
    elsewhere(rows, heads(), scores, left["subjects"], gold)
    if options.measure:
        for share in (0.25, 0.5):
            chosen = np.flatnonzero(np.isin(rows.families, kept(rows.families, share)))
            some = np.concatenate([fit(plan, [rows.families], chosen).left[0] for plan in PLANS], axis=1)
            print(f"-- {share:.0%} of the families, {len(chosen)} passages")
            brief(part_of(rows, chosen), heads(), some, gold[chosen], rows.families[chosen])
    if not options.measure:
        made = [
            calibrated(head, scores[:, at], gold[:, at], rows.families)
            for head, at in zip(heads(), slices(heads()), strict=True)
        ]
        write(rows, fitted, made, FILE)
        print(f"{FILE.name}: {FILE.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
