"""A corpus held ready: its index, its documents' texts for quotations, and the encoder of questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from polidiff.encode import MultilingualEncoder
from polidiff.errors import InputError
from polidiff.ranking.index import How
from polidiff.ranking.query import question
from polidiff.ranking.search import SearchHit, hits_of
from polidiff.workspace.corpus.block import Facts, blocks
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index

if TYPE_CHECKING:
    from polidiff.checking.quotes.index import QuoteIndex
    from polidiff.encode.protocol import Vectors
    from polidiff.model import Document, Provision
    from polidiff.workspace.project import Workspace

__all__ = ["Corpus", "open_corpus"]


class Corpus:
    """The current documents of a workspace, ready to be asked often. One thread uses it."""

    def __init__(self, index: Index, read: Callable[[str], Document]) -> None:
        """Hold an index; ``read`` gives a document by its id."""
        self.index = index
        self._read = read
        self._encoder = MultilingualEncoder()

    def document(self, name: str) -> Document:
        """Return a document of the corpus."""
        return self._read(name)

    def facts(self, name: str) -> Facts:
        """Return what a search may be narrowed by, of a document."""
        return self._facts[name]

    @cached_property
    def _facts(self) -> dict[str, Facts]:
        return {block.document: block.facts for block in self.index.blocks}

    def encode(self, text: str) -> Vectors:
        """Return the vector of a question, shape ``(512,)``."""
        vector: Vectors = self._encoder.encode([text])[0]
        return vector

    def search(
        self, words: str, *, how: How = "both", narrowed: Filter = NO_FILTER, top: int = 20
    ) -> tuple[SearchHit, ...]:
        """Return the provisions that answer, best first. Raises InputError where no word was given."""
        asked = question(words)
        if not asked:
            raise InputError("the words that are sought", "they hold no word", 'give words, "a phrase" or a question')
        vector = self.encode(asked.text) if how != "words" else None
        return hits_of(self.index.ask(asked, how, vector, narrowed), asked, self._at, top)

    def _at(self, place: int) -> tuple[str, Provision]:
        block, offset = self.index.at(place)
        return block.document, block.provisions[offset]

    @cached_property
    def quotes(self) -> QuoteIndex:
        """All texts, ready for quotations."""
        from polidiff.checking import index

        return index([self._read(name) for name, _ in self.index.documents])


def open_corpus(work: Workspace, progress: Callable[[str, int, int], None] | None = None) -> Corpus:
    """Make ready what isn't, and return the corpus of a workspace. Raises InputError where it has no document."""
    held = list(blocks(work, make=True, progress=progress))
    if not held:
        raise InputError(work.store.name, "no document yet", "polidiff add WORKSPACE FOLDER")
    places = work.places()
    return Corpus(Index(held), lambda name: places.documents[name][0])
