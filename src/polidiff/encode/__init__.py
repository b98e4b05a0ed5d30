"""Text → vector: the :class:`Encoder` protocol and the default encoders."""

from polidiff.encode.english import EnglishEncoder, TokenVectors
from polidiff.encode.family import DefaultEncoder, for_languages
from polidiff.encode.multilingual import MultilingualEncoder
from polidiff.encode.protocol import Encoder, cosines, settle

__all__ = [
    "DefaultEncoder",
    "Encoder",
    "EnglishEncoder",
    "MultilingualEncoder",
    "TokenVectors",
    "cosines",
    "for_languages",
    "settle",
]
