"""The fit of the heads: what is left out in closed form is what a fit without it says."""

from __future__ import annotations

import numpy as np
from training.calibration import NEVER, folds, printed_thresholds
from training.crossed import crossed, weights_of_pairs
from training.ridge import solve

from polidiff.judges.crossed import STEP, pairs
from polidiff.judges.heads import Head


def test_scores_of_a_group_left_out_are_those_of_a_fit_without_it():
    draws = np.random.default_rng(0)
    x = draws.standard_normal((60, 5))
    targets = np.sign(x[:, :2])
    kernel = x @ x.T
    groups = [np.arange(first, 60, 6) for first in range(6)]
    _, (left,) = solve(kernel.astype(np.float32), targets, np.full(60, 2.0), [groups])
    held, rest = groups[0], np.setdiff1d(np.arange(60), groups[0])
    weights = np.linalg.solve(kernel[np.ix_(rest, rest)] + 2 * np.eye(50), targets[rest])
    assert np.allclose(kernel[np.ix_(held, rest)] @ weights, left[held], atol=1e-4)


def test_a_label_is_printed_only_where_it_was_right_often_enough():
    head = Head("kind", ("sure", "doubtful"), True)
    chance = np.column_stack([np.linspace(0.99, 0.6, 60), np.linspace(0.99, 0.6, 60)])
    gold = np.column_stack([np.ones(60, dtype=bool), np.arange(60) % 2 == 0])
    bars = printed_thresholds(head, chance, np.array([0.5, 0.5]), gold, np.arange(60), 0.10)
    assert bars[0] < 0.7
    assert bars[1] == NEVER


def test_a_rare_label_leans_on_how_often_its_head_is_right():
    chance = np.tile(np.linspace(0.99, 0.6, 200)[:, None], (1, 2))
    chance[15:, 1] = 0.1
    gold = np.ones((200, 2), dtype=bool)
    gold[7, 1] = False
    documents = np.arange(200)
    alone = printed_thresholds(
        Head("kind", ("rare",), True), chance[:, 1:], np.array([0.5]), gold[:, 1:], documents, 0.1
    )
    beside = printed_thresholds(
        Head("kind", ("usual", "rare"), True), chance, np.array([0.5, 0.5]), gold, documents, 0.1
    )
    assert alone[0] == NEVER
    assert beside[1] < 0.98


def test_folds_keep_a_document_together():
    documents = np.array(["a"] * 5 + ["b"] * 3 + ["c"] * 2 + ["d"])
    for fold in folds(documents, 2):
        rest = np.setdiff1d(np.arange(len(documents)), fold)
        assert not set(documents[fold]) & set(documents[rest])


def test_weights_of_pairs_say_what_the_squared_kernel_says():
    draws = np.random.default_rng(1)
    plain, turned = np.eye(12, dtype=np.float32), draws.integers(-9, 9, (12, 4)).astype(np.float32)
    weights = draws.standard_normal((12, 2))
    kernel, share = crossed(np.zeros((12, 12), dtype=np.float32) + plain, turned)
    told = pairs(turned.astype(np.float64) * STEP, weights_of_pairs(turned, weights * share))
    linear = 0.3 * plain @ weights
    assert np.allclose(kernel @ weights - linear, told, rtol=1e-4)
