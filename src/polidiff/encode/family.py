"""Which encoder reads a pair of documents: the one for English where both are English, else the multilingual one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from polidiff.encode.english import EnglishEncoder
from polidiff.encode.multilingual import MultilingualEncoder

if TYPE_CHECKING:
    from polidiff.encode.protocol import Encoder, Vectors


@runtime_checkable
class Family(Protocol):
    """An encoder that has others at hand for texts of some languages."""

    def for_languages(self, languages: Iterable[str]) -> Encoder:
        """Return the encoder that reads texts of these languages best."""
        ...


class DefaultEncoder:
    """The multilingual encoder, with a better one at hand for pairs that are English on both sides."""

    languages = frozenset({"en", "zh"})

    def __init__(self) -> None:
        self._multilingual = MultilingualEncoder()
        self._english = EnglishEncoder() if EnglishEncoder.installed() else None

    def __reduce__(self) -> tuple[Callable[[], DefaultEncoder], tuple[()]]:
        """In another process it is that one's own."""
        return default_encoder, ()

    @property
    def identity(self) -> str:
        """Names of the encoders, and what they are used for."""
        if self._english is None:
            return self._multilingual.identity
        return f"{self._multilingual.identity}; English pairs: {self._english.identity}"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one settled vector a text, in the space of both languages: shape ``(len(texts), 512)``."""
        return self._multilingual.encode(texts)

    def for_languages(self, languages: Iterable[str]) -> Encoder:
        """Return the encoder that reads texts of these languages best."""
        if self._english is not None and set(languages) <= {"en", "und"}:
            return self._english
        return self._multilingual


def for_languages(encoder: Encoder, languages: Iterable[str]) -> Encoder:
    """Return the encoder to use for a pair of documents in these languages: a family's choice, or the one given."""
    return encoder.for_languages(languages) if isinstance(encoder, Family) else encoder


@lru_cache(maxsize=1)
def default_encoder() -> DefaultEncoder:
    """Return the default encoder; it is loaded on first use and kept."""
    return DefaultEncoder()
