"""The default encoder puts both languages in one space, and its products are exact."""

from __future__ import annotations

import numpy as np
import pytest

from polidiff.encode import MultilingualEncoder, cosines, settle


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    return MultilingualEncoder()


def test_the_same_thing_said_in_two_languages_is_near(encoder: MultilingualEncoder) -> None:
    english = encoder.encode(["Build more data centres", "Protect the rights of children"])
    chinese = encoder.encode(["保护儿童权利", "建设更多数据中心"])
    near = cosines(english, chinese)
    assert near[0].argmax() == 1
    assert near[1].argmax() == 0


def test_a_text_has_the_same_vector_whatever_it_is_encoded_with(encoder: MultilingualEncoder) -> None:
    alone = MultilingualEncoder().encode(["Fund research on open models"])
    among = encoder.encode([f"Rule {n} on chips" for n in range(40)] + ["Fund research on open models"])
    assert np.array_equal(alone[0], among[-1])


def test_products_are_exact_in_any_order() -> None:
    rng = np.random.default_rng(0)
    a, b = settle(rng.normal(size=(50, 512)).astype(np.float32)), settle(rng.normal(size=(40, 512)).astype(np.float32))
    shuffled = rng.permutation(512)
    assert np.array_equal(a @ b.T, a[:, shuffled] @ b[:, shuffled].T)
    assert np.array_equal((a @ b.T).astype(np.float64), a.astype(np.float64) @ b.astype(np.float64).T)


def test_nothing_in_nothing_out(encoder: MultilingualEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)
    assert cosines(encoder.encode([]), encoder.encode(["x"])).shape == (0, 1)
