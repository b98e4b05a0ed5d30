"""A corpus held ready: its index, its documents, and the encoder of questions."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from polidiff.encode import MultilingualEncoder
from polidiff.errors import InputError
from polidiff.executors import Executor
from polidiff.ranking.index import How, characters, terms_of
from polidiff.ranking.query import question
from polidiff.ranking.search import SearchHit, hits_of
from polidiff.workspace.artifacts import database_of
from polidiff.workspace.corpus.block import Facts
from polidiff.workspace.corpus.index import NO_FILTER, Filter, Index
from polidiff.workspace.corpus.prepare import Progress, known, prepare, read_of
from polidiff.workspace.corpus.shelf import Shelf, marks_of
from polidiff.workspace.corpus.volume import Damaged, Volume
from polidiff.workspace.foreseen import Plan
from polidiff.workspace.library import VersionStore

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors
    from polidiff.model import Codebook, Document, Provision
    from polidiff.workspace.project import Workspace

__all__ = ["Corpus", "asked", "in_database", "open_corpus", "open_index"]

Answer = TypeVar("Answer")

READ = 64
"""Documents that are held as they were read."""


class Corpus:
    """The current documents of a workspace, ready to be asked often. One thread uses it.

    What is asked of it raises :class:`~polidiff.workspace.corpus.volume.Damaged` where words on the disk were changed;
    :func:`asked` makes the index anew then.
    """

    def __init__(self, index: Index, work: Workspace, damaged: tuple[str, ...] = ()) -> None:
        """Hold an index over a workspace; ``damaged`` names the volumes of the index that were made anew."""
        self.index = index
        self.damaged = damaged
        self._work = work
        self._read: dict[str, Document] = {}
        self._encoder = MultilingualEncoder()

    def document(self, name: str) -> Document:
        """Return a document of the corpus."""
        if name not in self._read:
            if len(self._read) >= READ:
                self._read.pop(next(iter(self._read)))
            self._read[name] = VersionStore(self._work.store).document(self.named(name), self._versions[name])
        return self._read[name]

    @cached_property
    def _versions(self) -> dict[str, str]:
        return {name: one.version for name, one in self._work.library.current().items()}

    def named(self, name: str) -> str:
        """Return the id of a document, or nothing as it was given. Raises InputError where there is no such one."""
        if name and name not in self._facts:
            raise InputError(name, "is no document of the workspace", "see: polidiff status WORKSPACE")
        return name

    def facts(self, name: str) -> Facts:
        """Return what a search may be narrowed by, of a document."""
        return self._facts[name]

    @cached_property
    def _facts(self) -> dict[str, Facts]:
        return {entry.document: entry.facts for entry in self.index.entries}

    @cached_property
    def codebook(self) -> Codebook:
        """The codebook that its documents are coded with."""
        return self._work.method().codebook

    @property
    def undated(self) -> int:
        """How many documents have no date, so that a filter of dates leaves them out."""
        return sum(not facts.date for facts in self._facts.values())

    @property
    def encoder(self) -> str:
        """What names the encoder of its passages."""
        return self._encoder.identity

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
        provision = self.index.provision(place)
        return provision.document, provision


def open_corpus(
    work: Workspace,
    progress: Progress | None = None,
    executor: Executor | None = None,
    announce: Callable[[Plan], None] | None = None,
) -> Corpus:
    """Make ready what isn't (:func:`prepare`), and return the corpus. Raises InputError where there is no document."""
    if not work.library.current():
        raise InputError(work.store.name, "no document yet", "polidiff add WORKSPACE FOLDER")
    shelf = prepare(work, executor, progress, announce)
    return Corpus(Index(list(shelf.volumes.values()), marks_of(work)), work, tuple(shelf.damaged))


def asked(
    work: Workspace,
    ask: Callable[[Corpus], Answer],
    progress: Progress | None = None,
    announce: Callable[[Plan], None] | None = None,
) -> tuple[Answer, bool]:
    """Return what ``ask`` finds in the corpus of a workspace, and whether what was damaged had to be made anew."""
    corpus = open_corpus(work, progress, announce=announce)
    try:
        return ask(corpus), bool(corpus.damaged)
    except Damaged:
        Shelf.open(work.store.name).clear()
        return ask(open_corpus(work, progress)), True


def in_database(work: Workspace, words: str, how: How, narrowed: Filter, top: int) -> tuple[SearchHit, ...] | None:
    """Return what answers, from the passages in the workspace's database; no index is needed here.

    None where this machine has the whole index, where the database hasn't all passages, and where single Chinese
    characters are sought, which no list of terms has. Raises InputError without a word.
    """
    from polidiff.workspace.pgvector import PassageTable

    database = database_of(work.store)
    if database is None:
        return None
    marks, table = marks_of(work), PassageTable(database)
    if not Shelf.open(work.store.name).missing(marks) or not table.possible or set(marks.values()) - table.held():
        return None
    asked = question(words)
    if not asked:
        raise InputError("the words that are sought", "they hold no word", 'give words, "a phrase" or a question')
    if how != "meaning" and characters(terms_of(asked)):
        return None
    vector = MultilingualEncoder().encode([asked.text])[0] if how != "words" else None
    choice = table.choose(asked, how, vector, marks, narrowed, top)
    read: dict[str, dict[str, Provision]] = {}

    def at(place: int) -> tuple[str, Provision]:
        name, provision = choice.at[place]
        if name not in read:
            read[name] = {one.id: one for one in read_of(work, name)[1]}
        return name, read[name][provision]

    return hits_of(choice.index.ask(asked, how, vector), asked, at, top)


def open_index(work: Workspace) -> Index:
    """Return the index of what is made so far: what isn't coded and encoded yet is found by its words alone."""
    marks = marks_of(work)
    shelf = Shelf.open(work.store.name)
    volumes = list(shelf.volumes.values())
    missing = shelf.missing(marks)
    if missing:
        blocks = known(work, missing)
        volumes.append(Volume.of(blocks, [marks[block.document] for block in blocks]))
    return Index(volumes, marks)
