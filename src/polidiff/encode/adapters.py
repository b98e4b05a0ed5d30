"""Encoders that a user brings: sentence-transformers, model2vec, an ONNX file, an address that speaks OpenAI's form.

Their libraries are imported when an encoder is first used and are not among polidiff's own. Of these the endpoint
alone sends texts anywhere, and only to the address that it was given: it follows no redirection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.encode.post import post, sendable
from polidiff.encode.protocol import settle
from polidiff.errors import InputError

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

BOTH = frozenset({"en", "zh"})
AT_ONCE = 64


class AdaptedEncoder:
    """An encoder made of a function from texts to vectors that is loaded on first use."""

    def __init__(
        self, identity: str, load: Callable[[], Callable[[list[str]], Any]], languages: frozenset[str]
    ) -> None:
        self.identity = identity
        self.languages = languages
        self._load = load
        self._function: Callable[[list[str]], Any] | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text: shape ``(len(texts), dim)``. Raises InputError for what isn't that."""
        import numpy as np

        if self._function is None:
            self._function = self._load()
        if not texts:
            return np.zeros((0, 1), dtype=np.float32)
        parts = [self._function(list(texts[at : at + AT_ONCE])) for at in range(0, len(texts), AT_ONCE)]
        try:
            raw = np.concatenate([np.asarray(part, dtype=np.float32) for part in parts])
        except ValueError as error:
            raise InputError(self.identity, "the vectors are not of one length", "look at the encoder") from error
        if raw.ndim != 2 or len(raw) != len(texts) or not np.isfinite(raw).all():
            raise InputError(self.identity, f"it gave {raw.shape} for {len(texts)} texts", "look at the encoder")
        return settle(raw)


def sentence_transformers_encoder(name: str, languages: frozenset[str] = BOTH) -> AdaptedEncoder:
    """Return a model of ``sentence-transformers``, by name or folder."""

    def load() -> Callable[[list[str]], Any]:
        library = _library("sentence_transformers", "sentence-transformers")
        model = library.SentenceTransformer(name)
        return lambda texts: model.encode(texts, show_progress_bar=False)

    return AdaptedEncoder(f"sentence-transformers:{name}", load, languages)


def model2vec_encoder(name: str, languages: frozenset[str] = BOTH) -> AdaptedEncoder:
    """Return a static model of ``model2vec``, by name or folder."""

    def load() -> Callable[[list[str]], Any]:
        model = _library("model2vec", "model2vec").StaticModel.from_pretrained(name)
        return lambda texts: model.encode(texts)

    return AdaptedEncoder(f"model2vec:{name}", load, languages)


def onnx_encoder(path: str | Path, languages: frozenset[str] = BOTH) -> AdaptedEncoder:
    """Return the model in an ONNX file, with the ``tokenizer.json`` beside it; token vectors are averaged."""
    file = Path(path)
    tokenizer = file.with_name("tokenizer.json")
    for needed in (file, tokenizer):
        if not needed.is_file():
            raise InputError(
                str(needed), "no such file", "an ONNX encoder is a .onnx file with tokenizer.json beside it"
            )
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]

    def load() -> Callable[[list[str]], Any]:
        runtime = _library("onnxruntime", "onnxruntime")
        reader = _library("tokenizers", "tokenizers").Tokenizer.from_file(str(tokenizer))
        reader.no_padding()
        session = runtime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
        wanted = {put.name for put in session.get_inputs()}
        return lambda texts: [_run(session, wanted, reader.encode(text)) for text in texts]

    return AdaptedEncoder(f"onnx:{file.name}:{digest}", load, languages)


def _run(session: Any, wanted: set[str], read: Any) -> Any:
    import numpy as np

    ids = np.array([read.ids], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    out = session.run(None, {name: value for name, value in given.items() if name in wanted})[0]
    return out[0].mean(axis=0) if out.ndim == 3 else out[0]


def endpoint_encoder(
    address: str, model: str, key: str | None = None, languages: frozenset[str] = BOTH
) -> AdaptedEncoder:
    """Return the model behind an address that speaks OpenAI's form (``ADDRESS/embeddings``).

    Texts are sent to that address. ``https`` is asked for, except on this machine. ``key`` goes into the header and
    nowhere else.
    """
    host = sendable(address)

    def load() -> Callable[[list[str]], Any]:
        return lambda texts: _ask(f"{address.rstrip('/')}/embeddings", model, key, texts)

    return AdaptedEncoder(f"endpoint:{host}:{model}", load, languages)


def _ask(address: str, model: str, key: str | None, texts: list[str]) -> list[list[float]]:
    data = post(address, {"model": model, "input": texts}, key)
    try:
        rows = sorted(data["data"], key=lambda row: int(row["index"]))
        vectors = [[float(x) for x in row["embedding"]] for row in rows]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(address, "the answer is not in OpenAI's form", "look at the address and the model") from error
    if len(vectors) != len(texts):
        raise InputError(address, f"{len(vectors)} vectors came for {len(texts)} texts", "look at the model")
    return vectors


def _library(name: str, package: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        raise InputError(package, "this encoder needs a library", f"install it with: pip install {package}") from error
