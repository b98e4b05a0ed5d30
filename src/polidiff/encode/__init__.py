"""Text → vector: the :class:`Encoder` protocol, the default encoders, a user's own, and vectors kept on disk."""

from polidiff.encode.adapters import (
    endpoint_encoder,
    model2vec_encoder,
    onnx_encoder,
    sentence_transformers_encoder,
)
from polidiff.encode.cache import CachedEncoder
from polidiff.encode.english import EnglishEncoder, TokenVectors
from polidiff.encode.family import DefaultEncoder, default_encoder, for_languages
from polidiff.encode.multilingual import MultilingualEncoder
from polidiff.encode.named import FORMS, encoder_named
from polidiff.encode.protocol import Encoder, cosines, settle
from polidiff.encode.static import StaticEncoder

__all__ = [
    "FORMS",
    "CachedEncoder",
    "DefaultEncoder",
    "Encoder",
    "EnglishEncoder",
    "MultilingualEncoder",
    "StaticEncoder",
    "TokenVectors",
    "cosines",
    "default_encoder",
    "encoder_named",
    "endpoint_encoder",
    "for_languages",
    "model2vec_encoder",
    "onnx_encoder",
    "sentence_transformers_encoder",
    "settle",
]
