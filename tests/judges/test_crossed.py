"""Pairs of directions: what two features say together."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from polidiff.judges.crossed import STEP, Turn, pairs


def test_every_two_columns_are_multiplied_and_weighed():
    turned = np.array([[2.0, 3.0], [1.0, 0.0]])
    weights = np.array([[1.0, 0.0], [10.0, 1.0], [100.0, 0.0]])  # of the squares of the first, both, the second
    assert pairs(turned, weights).tolist() == [[4 + 60 + 900, 6], [1, 0]]


def test_many_rows_say_what_each_says_alone():
    turned = np.arange(1200.0).reshape(600, 2) % 7
    weights = np.array([[1.0], [2.0], [3.0]])
    assert pairs(turned, weights).tolist() == [pairs(row[None], weights)[0].tolist() for row in turned]


def test_turned_rows_are_whole_numbers():
    turn = Turn(np.array([[3.0], [4.0]]), np.array([[5.0]]), np.array([1.0]), STEP / 1000)
    columns, words = np.array([[10.0, 0.0], [0.0, 20.0]]), sparse.csr_matrix(np.array([[1.0], [0.0]]))
    assert turn.of(columns, words).tolist() == [[round(36 * STEP / 1000)], [round(81 * STEP / 1000)]]
