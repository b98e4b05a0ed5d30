"""Text → vector: the :class:`Encoder` protocol and the default encoder."""

from polidiff.encode.multilingual import MultilingualEncoder
from polidiff.encode.protocol import Encoder, cosines, settle

__all__ = ["Encoder", "MultilingualEncoder", "cosines", "settle"]
