"""What a workspace needs of a disk: a store of document versions, results and decisions, in a few methods.

SQLite stands behind it in :mod:`polidiff.workspace.sqlite`, PostgreSQL in :mod:`polidiff.workspace.postgres`; another
database can, and runs the same tests (``tests/workspace/store_contract.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from polidiff.errors import InputError
from polidiff.model import codec
from polidiff.workspace.decisions import Decision


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document: its canonical text, the rest of its record as JSON, and what names it.

    ``version`` is the SHA-256 of the whole record, ``text_sha256`` that of the text in UTF-8, ``source_sha256`` that of
    the source's bytes.
    """

    document: str
    version: str
    text_sha256: str
    source_sha256: str
    title: str
    text: str
    record: bytes


@dataclass(frozen=True, slots=True)
class Addition:
    """That a version of a document was added, and when (ISO 8601, UTC). The last one of a document is current.

    ``size`` is that of its text, in bytes of UTF-8.
    """

    document: str
    version: str
    text_sha256: str
    when: str
    size: int = 0


class Store(Protocol):
    """A workspace on a disk. Each method is one transaction: when it returns, what it wrote survives a crash.

    A method raises :class:`polidiff.errors.OutputError` when it cannot write, and has then changed nothing. A second
    writer waits for the first. One thread
    at a time uses a store; others open their own.
    """

    @property
    def name(self) -> str:
        """Where the store is, for messages."""
        ...

    def settings(self) -> dict[str, str]:
        """Return the workspace's settings (``title``, ``created`` and what the last comparison was made with)."""
        ...

    def set(self, settings: Mapping[str, str]) -> None:
        """Write settings over those of the same name."""
        ...

    def add(self, version: Version, when: str | None) -> None:
        """Keep a version, and make it current where ``when`` is given. One that is held already is not kept twice."""
        ...

    def additions(self) -> list[Addition]:
        """Return everything that was added, oldest first."""
        ...

    def version(self, document: str, version: str) -> Version | None:
        """Return a version of a document by its hash, or None."""
        ...

    def versions(self) -> list[tuple[str, str, str]]:
        """Return (document, version, text hash) of every version held, in the order in which they came."""
        ...

    def results(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are held under ``keys``; a key without one is left out."""
        ...

    def keep(self, results: Mapping[str, bytes]) -> None:
        """Keep results under their keys. A key names its inputs, so one that is there already stays as it is."""
        ...

    def drop(self, keys: Sequence[str]) -> None:
        """Forget results, to make room. Nothing else can be forgotten."""
        ...

    def decisions(self, since: int = 0) -> list[tuple[int, Decision]]:
        """Return the decisions after row ``since`` with their row numbers, in the order in which they were written.

        Numbers only grow, and whoever asks again since the last number that he was given misses none.
        """
        ...

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Write decisions, all or none, and return how many were new. A row that is there already stays as it is."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...


def decision_of(name: str, body: str) -> Decision:
    """Return the decision that a store holds as JSON. Raises ValueError where it isn't the one of this id."""
    try:
        row = codec.load(Decision, body.encode("utf-8", "surrogatepass"))
    except InputError as error:
        raise ValueError(str(error)) from error
    if row.id != name:
        raise ValueError(f"{name} is not the id of what it says")
    return row
