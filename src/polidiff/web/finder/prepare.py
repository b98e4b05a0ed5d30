"""What searching needs of each document: its provisions with codes and vectors, kept in the workspace."""

from __future__ import annotations

from collections.abc import Iterator

from polidiff.web.worker import Progress
from polidiff.workspace import Workspace


def prepare(work: Workspace, *, make: bool, progress: Progress | None = None) -> Iterator[str]:
    """Yield each document that is ready."""
    yield from work.library.current()
