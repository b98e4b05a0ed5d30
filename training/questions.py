"""Fit how questions and claims find passages: python -m training.questions.

Six sets, each left out in turn: our own claims about passages of the documents (``labels/claims.jsonl``), and five open
sets whose licences allow it. Prints the weights and the curve that stand under ``[questions]`` in
``src/polidiff/ranking/weights.toml``. Samples are drawn with a fixed seed; nothing of ObliQA is read.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from evals.common import SHARED
from evals.reliability import Array
from scipy.optimize import minimize

from polidiff import api
from polidiff.encode import EnglishEncoder
from polidiff.ranking.calibration import logistic, margins, scarcity
from polidiff.ranking.passage import Passage, passage_of
from polidiff.ranking.weights import weights_for
from polidiff.ranking.wide import candidates
from training.ranking import fit

SEED, ASKED, SOUGHT, SHOWN = 0, 250, 2000, 10
ANSWERED = ("supported", "contradicted")
PENALTY = 1e-3
FEATURES = ("meaning", "tokens", "terms")


@dataclass(frozen=True)
class Task:
    """Questions, passages, and the places of those that answer each question."""

    name: str
    questions: list[Passage]
    passages: list[Passage]
    answers: list[set[int]]


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def task(name: str, pairs: Iterable[tuple[str, str]], beside: Iterable[str] = ()) -> Task:
    """A sample of the questions, all their passages, and others beside them."""
    held: dict[str, set[str]] = {}
    for question, passage in pairs:
        held.setdefault(question, set()).add(passage)
    chance = random.Random(SEED)
    questions = chance.sample(sorted(held), min(ASKED, len(held)))
    wanted = set().union(*(held[question] for question in questions))
    others = sorted((set(beside) | set().union(*held.values())) - wanted)
    sought = sorted([*wanted, *chance.sample(others, max(0, min(len(others), SOUGHT - len(wanted))))])
    places = {text: n for n, text in enumerate(sought)}
    return Task(
        name,
        [Passage(text) for text in questions],
        [Passage(text) for text in sought],
        [{places[text] for text in held[question]} for question in questions],
    )


def claims(shared: Path) -> Task:
    """English claims that a passage bears out, overstates or contradicts, among the provisions of their documents."""
    listed = [r for r in rows(shared / "labels" / "claims.jsonl") if r["lang"] == "en" and r["verdict"] != "not_found"]
    names = random.Random(SEED).sample(sorted({r["document"] for r in listed}), 20)
    files = {path.name.rsplit(".", 1)[0]: path for path in sorted((shared / "corpora").rglob("*")) if path.is_file()}
    passages: list[Passage] = []
    keys: dict[str, list[tuple[str, int]]] = {}
    for name in names:
        document = api.read(files[name])
        for provision in api.split(document):
            if provision.leaf and len(provision.text) > 15:
                keys.setdefault(name, []).append((letters(provision.text), len(passages)))
                passages.append(passage_of(document, provision))
    questions, answers = [], []
    for row in listed:
        whole = letters(row["passage_text"])
        found = {n for key, n in keys.get(row["document"], ()) if key in whole or whole in key}
        if found:
            questions.append(Passage(row["claim"]))
            answers.append(found)
    return Task("claims", questions, passages, answers)


def letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def tasks(shared: Path) -> list[Task]:
    open_claims, policy = shared / "gold" / "open" / "claims", shared / "gold" / "open" / "policy"
    made = [claims(shared)]
    for name in ("check_covid", "scifact_pairs", "fool_me_twice", "contractnli_50docs"):
        listed = rows(open_claims / f"{name}.jsonl")
        pairs = [(r["hypothesis"], r["premise"]) for r in listed if r["label"] in ANSWERED and len(r["premise"]) < 1500]
        made.append(task(name, pairs, [r["premise"] for r in listed if len(r["premise"]) < 1500]))
    listed = rows(policy / "argument_keypoint_pairs.jsonl")
    pairs = [(r["b"], r["a"]) for r in listed if r["label"] == "match"]
    return [*made, task("argument_keypoint_pairs", pairs, [r["a"] for r in listed])]


@dataclass(frozen=True)
class Measured:
    """Of each question's candidates: features ``(questions, candidates, 3)``, whether each answers, and how many do."""

    name: str
    features: Array
    right: Array
    wanted: Array


def measured(one: Task, encoder: EnglishEncoder) -> Measured:
    found = candidates(one.questions, one.passages, encoder, SHOWN, weights=weights_for("questions"))
    features = np.stack([getattr(found.measures, name) for name in FEATURES], axis=-1)
    assert found.places is not None
    pairs = zip(found.places, one.answers, strict=True)
    right = np.stack([np.isin(line, sorted(answers)) for line, answers in pairs]) * 1.0
    return Measured(one.name, features, right, np.array([float(len(answers)) for answers in one.answers]))


def fit_weights(sets: Sequence[Measured]) -> Array:
    """The weights under which the right candidates are likeliest, each set with equal weight."""
    held = [(one.features[one.right.any(1)], one.right[one.right.any(1)]) for one in sets]

    def loss(b: Array) -> tuple[float, Array]:
        value, slope = PENALTY * float(b @ b), 2 * PENALTY * b
        for features, right in held:
            odds = features @ b
            share = np.exp(odds - odds.max(axis=1, keepdims=True))
            share /= share.sum(axis=1, keepdims=True)
            hit = (share * right).sum(axis=1, keepdims=True)
            value -= float(np.log(hit + 1e-12).mean()) / len(held)
            slope = slope + ((share - share * right / hit)[..., None] * features).sum(axis=1).mean(axis=0) / len(held)
        return value, slope

    found: Array = minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x
    return found / found[0]


def quality(one: Measured, weights: Array) -> tuple[float, float]:
    """Recall of the ten best and MAP@10."""
    order = np.argsort(-(one.features @ weights), axis=1, kind="stable")[:, :SHOWN]
    hits = np.take_along_axis(one.right, order, axis=1)
    precision = np.cumsum(hits, axis=1) / np.arange(1, SHOWN + 1)
    mean_ap = ((precision * hits).sum(axis=1) / np.minimum(one.wanted, SHOWN)).mean()
    return float((hits.sum(axis=1) / one.wanted).mean()), float(mean_ap)


def curve_rows(one: Measured, weights: Array) -> tuple[Array, Array, Array, Array]:
    """Features and labels of a pair's curve and of a lone question's, each question with and without its answers."""
    pairs, right, alone, absent = [], [], [], []
    for line, hits in zip(one.features @ weights, one.right, strict=True):
        for gone in (0.0, 1.0):
            kept = np.flatnonzero(hits == 0) if gone else np.arange(len(line))
            order = kept[np.argsort(-line[kept], kind="stable")][:SHOWN]
            if len(order) < SHOWN:
                continue
            best, none = line[order], np.zeros(SHOWN)
            margin = float(margins(best[None])[0, 0])
            first = (np.arange(SHOWN) == 0) * 1.0
            pairs.append(np.stack([best, none, best - best[0], np.full(SHOWN, margin), first, none], axis=1))
            right.append(hits[order])
            alone.append([float(scarcity(best[:1])[0]), margin])
            absent.append(gone)
    return np.concatenate(pairs), np.concatenate(right), np.array(alone), np.array(absent)


def fit_curves(sets: Sequence[Measured], weights: Array) -> tuple[Array, Array]:
    parts = [curve_rows(one, weights) for one in sets]
    pairs, right, alone, absent = (np.concatenate([part[n] for part in parts]) for n in range(4))
    shares = [
        np.concatenate([np.full(len(part[n]), 1 / len(part[n])) * (2 - part[3].repeat(k)) for part in parts])
        for n, k in ((1, SHOWN), (3, 1))
    ]
    return fit(pairs, right, shares[0], (0.0, 0.0, 0.0, 0.0, 0.0, None)), fit(alone, absent, shares[1], (None, None))


def main() -> None:
    encoder = EnglishEncoder()
    sets = [measured(one, encoder) for one in tasks(SHARED)]
    use = weights_for("questions")
    in_use = np.array([getattr(use, name) for name in FEATURES])
    for one in sets:
        others = [other for other in sets if other is not one]
        weights = fit_weights(others)
        pair, _ = fit_curves(others, weights)
        features, right, _, absent = curve_rows(one, weights)
        said = logistic(features @ pair[:-1] + pair[-1]).reshape(-1, SHOWN)[absent == 0]
        print(f"{one.name}: {len(one.wanted)} questions; left out, recall and MAP@10", end=" ")
        print(
            np.round(quality(one, weights), 4).tolist(), "in use", np.round(quality(one, in_use), 4).tolist(), end="; "
        )
        print(f"best said {said[:, 0].mean():.3f}, right {right.reshape(-1, SHOWN)[absent == 0][:, 0].mean():.3f}")
    print(dict(zip(FEATURES, fit_weights(sets).round(3).tolist(), strict=True)))
    pair, alone = fit_curves(sets, in_use)
    print("curve of the weights in use", pair.round(4).tolist(), alone.round(4).tolist())


if __name__ == "__main__":
    main()
