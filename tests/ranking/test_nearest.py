"""Search in blocks finds what the whole matrix would."""

from __future__ import annotations

import numpy as np
import pytest

from polidiff.encode import settle
from polidiff.ranking import nearest as nearest_room
from polidiff.ranking.nearest import nearest


def test_blocks_find_what_the_whole_matrix_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest_room, "ROWS", 7)
    monkeypatch.setattr(nearest_room, "COLUMNS", 11)
    monkeypatch.setattr(nearest_room, "FIRST", 9)
    rng = np.random.default_rng(1)
    b = settle(rng.normal(size=(83, 16)).astype(np.float32))
    b[40:60] = b[:20]
    a = settle(rng.normal(size=(30, 16)).astype(np.float32))
    index, value = nearest(a, b, 8)
    whole = a @ b.T
    assert np.array_equal(index, np.argsort(-whole, axis=1, kind="stable")[:, :8])
    assert np.array_equal(value, np.take_along_axis(whole, index, axis=1))


def test_fewer_than_asked_for_and_none() -> None:
    few = settle(np.eye(3, dtype=np.float32))
    assert nearest(few, few, 10)[0].shape == (3, 3)
    assert nearest(few, few[:0], 10)[0].shape == (3, 0)
    assert nearest(few[:0], few, 2)[0].shape == (0, 2)
