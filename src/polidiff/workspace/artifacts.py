"""Large results by content in a folder or an object store, through ``fsspec``; the workspace keeps their hashes.

A workspace that was made with ``--artifacts URL`` (``file:///shared/plans``, ``s3://bucket/plans`` …) stays small, and
all who work in it share what was made. An artifact is named by the SHA-256 of its bytes and checked when it is read:
one that is gone or damaged is as good as none, and is made again.
"""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from polidiff.errors import InputError, OutputError
from polidiff.workspace.decisions import Decision
from polidiff.workspace.store import Addition, Store, Version

if TYPE_CHECKING:
    from polidiff.workspace.postgres import PostgresStore

__all__ = ["SETTING", "WithArtifacts", "database_of", "kept_place", "with_artifacts"]

SETTING = "artifacts"

LEAST = 4096
"""Bytes from which on a result is an artifact."""

_MARK = b"artifact sha256 "


def with_artifacts(store: Store) -> Store:
    """Return a store, with its artifacts where its workspace has them elsewhere."""
    url = store.settings().get(SETTING, "")
    return WithArtifacts(store, url) if url else store


def kept_place(url: str) -> str:
    """Return the address of artifacts as a workspace keeps it: that of a folder says where it is from everywhere.

    Raises InputError where fsspec isn't installed or knows no such place.
    """
    place = url if "://" in url else Path(url).resolve().as_uri()
    _opened(place)
    return place


def _opened(url: str) -> tuple[Any, str]:
    try:
        core: Any = importlib.import_module("fsspec.core")
    except ModuleNotFoundError as error:
        raise InputError(url, "needs fsspec", "pip install 'polidiff[artifacts]'") from error
    try:
        files, root = core.url_to_fs(url)
    except (ImportError, ValueError, OSError) as error:
        raise InputError(url, f"can't be used for artifacts ({error})", "see fsspec's list of file systems") from error
    return files, str(root)


def database_of(store: Store) -> PostgresStore | None:
    """Return the database that a store is in, None where it is a file."""
    from polidiff.workspace.postgres import PostgresStore

    inner = store.inner if isinstance(store, WithArtifacts) else store
    return inner if isinstance(inner, PostgresStore) else None


class WithArtifacts:
    """A :class:`polidiff.workspace.store.Store` whose large results lie at ``url``. Needs ``polidiff[artifacts]``."""

    def __init__(self, inner: Store, url: str) -> None:
        """Wrap a store. Raises InputError where fsspec isn't installed or knows no such place."""
        self.inner = inner
        self._url = url
        self._files, self._root = _opened(url)

    @property
    def name(self) -> str:
        """Where the store is, for messages."""
        return self.inner.name

    def results(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the results that are held under ``keys``; one whose artifact is gone or damaged is left out."""
        found = {}
        for key, data in self.inner.results(keys).items():
            whole = self._fetched(data.removeprefix(_MARK).decode("ascii")) if data.startswith(_MARK) else data
            if whole is not None:
                found[key] = whole
        return found

    def keep(self, results: Mapping[str, bytes]) -> None:
        """Keep results under their keys, large ones as artifacts."""
        small = {}
        for key, data in results.items():
            small[key] = data if len(data) < LEAST else _MARK + self._sent(data).encode("ascii")
        stale = [key for key, data in self.inner.results(list(small)).items() if data != small[key]]
        self.inner.drop([key for key in stale if small[key].startswith(_MARK)])
        self.inner.keep(small)

    def _place(self, digest: str) -> str:
        return f"{self._root}/{digest[:2]}/{digest}"

    def _sent(self, data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        try:
            if self._fetched(digest) is None:
                self._files.makedirs(f"{self._root}/{digest[:2]}", exist_ok=True)
                self._files.pipe_file(self._place(digest), data)
        except OSError as error:
            raise OutputError(self._url, f"an artifact can't be written ({error})", "see to the place") from error
        return digest

    def _fetched(self, digest: str) -> bytes | None:
        try:
            data: bytes = self._files.cat_file(self._place(digest))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError(self._url, f"artifacts can't be read ({error})", "see to the place") from error
        return data if hashlib.sha256(data).hexdigest() == digest else None

    def settings(self) -> dict[str, str]:
        """Return the workspace's settings."""
        return self.inner.settings()

    def set(self, settings: Mapping[str, str]) -> None:
        """Write settings over those of the same name."""
        self.inner.set(settings)

    def add(self, version: Version, when: str | None) -> None:
        """Keep a version, and make it current where ``when`` is given."""
        self.inner.add(version, when)

    def additions(self) -> list[Addition]:
        """Return everything that was added, oldest first."""
        return self.inner.additions()

    def version(self, document: str, version: str) -> Version | None:
        """Return a version of a document, or None."""
        return self.inner.version(document, version)

    def versions(self) -> list[tuple[str, str, str]]:
        """Return (document, version, text hash) of every version held."""
        return self.inner.versions()

    def drop(self, keys: Sequence[str]) -> None:
        """Forget results; their artifacts stay, since others may have the same."""
        self.inner.drop(keys)

    def decisions(self, since: int = 0) -> list[tuple[int, Decision]]:
        """Return the decisions after row ``since``, with their row numbers."""
        return self.inner.decisions(since)

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Write decisions, all or none, and return how many were new."""
        return self.inner.decide(decisions)

    def close(self) -> None:
        """Let go of the store."""
        self.inner.close()
