"""The encoder that a user names on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polidiff.encode.adapters import (
    endpoint_encoder,
    model2vec_encoder,
    onnx_encoder,
    sentence_transformers_encoder,
)
from polidiff.encode.cache import CachedEncoder
from polidiff.encode.family import default_encoder
from polidiff.encode.static import StaticEncoder
from polidiff.errors import InputError
from polidiff.settings import settings

if TYPE_CHECKING:
    from polidiff.encode.protocol import Encoder

FORMS = "default, fast, FILE.onnx, sentence-transformers:NAME, model2vec:NAME or https://HOST/v1#MODEL"
"""What :func:`encoder_named` understands."""


def encoder_named(name: str) -> Encoder:
    """Return the encoder of a name in one of :data:`FORMS`. Raises InputError for any other.

    A user's own is kept in the cache, since it is slow or costs money. The key of an address is read from the variable
    :data:`polidiff.judges.endpoint.KEY`.
    """
    if name == "default":
        return default_encoder()
    if name == "fast":
        return StaticEncoder()
    kind, _, rest = name.partition(":")
    if kind == "sentence-transformers" and rest:
        return CachedEncoder(sentence_transformers_encoder(rest))
    if kind == "model2vec" and rest:
        return CachedEncoder(model2vec_encoder(rest))
    if name.endswith(".onnx"):
        return CachedEncoder(onnx_encoder(name))
    address, _, model = name.partition("#")
    if kind in ("http", "https") and model:
        return CachedEncoder(endpoint_encoder(address, model, settings().endpoint_key or None))
    raise InputError(f"--encoder {name}", "no such encoder", f"give {FORMS}")
