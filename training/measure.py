"""What the heads are worth: scores of documents left out, with curves and thresholds of yet other documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from polidiff.judges.heads import RISKS, Head
from training.calibration import (
    curves,
    folds,
    given_thresholds,
    macro_f1,
    printed_thresholds,
    prior_weights,
    probabilities,
    said,
)
from training.data import Rows
from training.labels import slices


def nested(
    head: Head, scores: np.ndarray, gold: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray, dict[float, np.ndarray]]:
    """Return probabilities, labels given and labels printed at each risk, from curves of other documents."""
    chance = np.zeros(scores.shape)
    given = np.zeros(scores.shape, dtype=bool)
    printed = {risk: np.zeros(scores.shape, dtype=bool) for risk in RISKS}
    for held in folds(groups):
        rest = np.setdiff1d(np.arange(len(scores)), held)
        slope, offset, known = curves(head, scores[rest], gold[rest])
        least = given_thresholds(known, gold[rest]) if head.several else prior_weights(known, gold[rest])
        chance[held] = probabilities(head, scores[held], slope, offset)
        given[held] = said(head, chance[held], least)
        for risk in RISKS:
            bar = printed_thresholds(head, known, least, gold[rest], groups[rest], risk)
            printed[risk][held] = given[held] & (chance[held] >= bar)
    return chance, given, printed


def micro_f1(told: np.ndarray, gold: np.ndarray) -> float:
    """F1 over all labels of all rows."""
    return float(2 * (told & gold).sum() / max(1, told.sum() + gold.sum()))


def recall_at(chance: np.ndarray, gold: np.ndarray, precision: float) -> float:
    """Return the share of labels found at the threshold where precision is still so high."""
    order = np.argsort(-chance.ravel(), kind="stable")
    right = gold.ravel()[order].cumsum()
    good = np.flatnonzero(right / np.arange(1, len(order) + 1) >= precision)
    return float(right[good[-1]] / gold.sum()) if len(good) else 0.0


def values(rows: Rows, heads: Sequence[Head], scores: np.ndarray, gold: np.ndarray) -> dict[str, float]:
    """Return every measure by name."""
    made: dict[str, float] = {}
    artificial = rows.subjects == "AI"
    for head, at in zip(heads, slices(heads), strict=True):
        right = gold[:, at]
        chance, given, printed = nested(head, scores[:, at], right, rows.families)
        if head.several:
            made[f"{head.name}_micro_f1"] = micro_f1(given, right)
            made[f"{head.name}_recall_at_90"] = recall_at(chance, right, 0.90)
            if head.name == "themes":
                made["themes_ai_micro_f1"] = micro_f1(given[artificial], right[artificial])
                made["themes_ai_recall_at_90"] = recall_at(chance[artificial], right[artificial], 0.90)
                made["themes_ai_recall_at_85"] = recall_at(chance[artificial], right[artificial], 0.85)
        else:
            made[f"{head.name}_macro_f1"] = macro_f1(given.argmax(axis=1), right.argmax(axis=1))
            made[f"{head.name}_accuracy"] = float((given.argmax(axis=1) == right.argmax(axis=1)).mean())
        for risk in RISKS:
            told = printed[risk]
            name = f"{head.name}_printed_{round(100 * risk):02d}"
            made[f"{name}_right"] = float((told & right).sum() / max(1, told.sum()))
            made[f"{name}_share"] = float((told & right).sum() / right.sum())
    return made


def report(rows: Rows, heads: Sequence[Head], scores: np.ndarray, gold: np.ndarray) -> None:
    """Print the measures."""
    for name, value in values(rows, heads, scores, gold).items():
        print(f"{name:<40} {value:.3f}")


def brief(rows: Rows, heads: Sequence[Head], scores: np.ndarray, gold: np.ndarray, groups: np.ndarray) -> None:
    """Print one figure a head; for subjects each one's own."""
    subjects = len(set(groups)) < 10
    names = sorted(set(groups)) if subjects else []
    for head, at in zip(heads, slices(heads), strict=True):
        right = gold[:, at]
        _, given, _ = nested(head, scores[:, at], right, rows.families)

        def worth(some: np.ndarray, head: Head = head, given: np.ndarray = given, right: np.ndarray = right) -> float:
            told, true = given[some], right[some]
            return micro_f1(told, true) if head.several else macro_f1(told.argmax(axis=1), true.argmax(axis=1))

        parts = " ".join(f"{name} {worth(groups == name):.3f}" for name in names)
        print(f"{head.name:<14} {worth(np.ones(len(right), dtype=bool)):.3f}  {parts}")


def elsewhere(rows: Rows, heads: Sequence[Head], scores: np.ndarray, without: np.ndarray, gold: np.ndarray) -> None:
    """Print what is printed of subjects never labelled, right and found by risk: curves and bars are others' too.

    ``scores`` left out a row's family, ``without`` its whole subject.
    """
    for head, at in zip(heads, slices(heads), strict=True):
        right = gold[:, at]
        printed = {risk: np.zeros(right.shape, dtype=bool) for risk in RISKS}
        for subject in sorted(set(rows.subjects)):
            held, rest = rows.subjects == subject, rows.subjects != subject
            slope, offset, known = curves(head, scores[rest][:, at], right[rest])
            least = given_thresholds(known, right[rest]) if head.several else prior_weights(known, right[rest])
            chance = probabilities(head, without[held][:, at], slope, offset)
            for risk in RISKS:
                bar = printed_thresholds(head, known, least, right[rest], rows.families[rest], risk)
                printed[risk][held] = said(head, chance, least) & (chance >= bar)
        told = (
            f"{(p & right).sum() / max(1, p.sum()):.3f} {(p & right).sum() / right.sum():.3f}" for p in printed.values()
        )
        print(f"{head.name:<14} {'  '.join(told)}")


def kept(names: np.ndarray, share: float) -> list[str]:
    """Return every fourth (or second) family, by name: a part of the documents for a learning curve."""
    step = round(1 / share)
    return sorted(set(names))[::step]


def part_of(rows: Rows, chosen: np.ndarray) -> Rows:
    """Return some of the rows."""
    return Rows([rows.labels[at] for at in chosen], [rows.passages[at] for at in chosen], rows.evidence, {})
