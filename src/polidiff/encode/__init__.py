"""Text → vector: the :class:`Encoder` protocol and the default encoder."""

from polidiff.encode.multilingual import MultilingualEncoder
from polidiff.encode.protocol import Encoder, Vectors, cosines, settle

__all__ = ["Encoder", "MultilingualEncoder", "Vectors", "cosines", "settle"]
