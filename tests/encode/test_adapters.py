"""Encoders that a user brings, and vectors kept on disk."""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from polidiff.encode import cosines, settle
from polidiff.encode.adapters import endpoint_encoder, onnx_encoder, sentence_transformers_encoder
from polidiff.encode.cache import CachedEncoder
from polidiff.errors import InputError


class Letters:
    """Counts letters, and how often it was asked."""

    identity = "letters 1"
    languages = frozenset({"en"})

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.extend(texts)
        counts = [[text.count(chr(97 + i)) for i in range(26)] for text in texts]
        return settle(np.array(counts, dtype=np.float32).reshape(len(texts), 26))


TEXTS = ("fund research", "protect rivers", "fund research", "ban exports")


def test_what_was_encoded_is_not_encoded_again(tmp_path: Path) -> None:
    first, second = Letters(), Letters()
    once = CachedEncoder(first, tmp_path / "v.sqlite").encode(TEXTS)
    again = CachedEncoder(second, tmp_path / "v.sqlite").encode([*TEXTS, "new"])
    assert np.array_equal(once, Letters().encode(TEXTS))
    assert np.array_equal(again[:4], once)
    assert sorted(first.asked) == sorted(set(TEXTS))
    assert second.asked == ["new"]


def test_another_encoder_does_not_get_its_vectors(tmp_path: Path) -> None:
    other = Letters()
    other.identity = "letters 2"
    CachedEncoder(Letters(), tmp_path / "v.sqlite").encode(TEXTS)
    CachedEncoder(other, tmp_path / "v.sqlite").encode(TEXTS)
    assert sorted(other.asked) == sorted(set(TEXTS))


def test_a_changed_vector_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    CachedEncoder(Letters(), path).encode(TEXTS)
    with sqlite3.connect(path) as store:
        store.execute("UPDATE vectors SET vector = zeroblob(52)")
    assert np.array_equal(CachedEncoder(Letters(), path).encode(TEXTS), Letters().encode(TEXTS))


def test_a_file_that_is_no_cache_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "v.sqlite").write_text("not a database, but a note " * 100)
    assert np.array_equal(CachedEncoder(Letters(), tmp_path / "v.sqlite").encode(TEXTS), Letters().encode(TEXTS))
    assert (tmp_path / "v.sqlite").read_text().startswith("not a database")


class Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["model"] == "elsewhere":
            self.send_response(302)
            self.send_header("Location", "/v1/other")
            self.end_headers()
            return
        vectors = [[float(text.count(letter)) + 0.1 for letter in "aeiou"] for text in asked["input"]]
        rows = [{"index": i, "embedding": vector} for i, vector in enumerate(vectors)]
        if asked["model"] == "short":
            rows = rows[:1]
        body = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(200 if self.headers["Authorization"] == "Bearer k" else 401)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    server.server_close()


def test_an_endpoint_gives_vectors_in_the_order_of_the_texts(address: str) -> None:
    texts = [f"a{'e' * n}" for n in range(70)]
    near = cosines(*(2 * [endpoint_encoder(address, "m", "k").encode(texts)]))
    assert near.argmax(axis=1)[:9].tolist() == list(range(9))
    assert near.shape == (70, 70)


def test_an_endpoint_that_fails_says_so_in_one_line(address: str) -> None:
    for encoder, what in (
        (endpoint_encoder(address, "m", "wrong"), "401"),
        (endpoint_encoder(address, "short", "k"), "1 vectors came for 2 texts"),
        (endpoint_encoder(address, "elsewhere", "k"), "302"),
    ):
        with pytest.raises(InputError, match=what) as caught:
            encoder.encode(["x", "y"])
        assert "wrong" not in str(caught.value)


def test_texts_are_not_sent_in_the_open() -> None:
    with pytest.raises(InputError, match="https"):
        endpoint_encoder("http://example.org/v1", "m")


def test_a_missing_library_or_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(InputError, match="pip install sentence-transformers"):
        sentence_transformers_encoder("some-model").encode(["x"])
    with pytest.raises(InputError, match="no such file"):
        onnx_encoder(tmp_path / "model.onnx")
