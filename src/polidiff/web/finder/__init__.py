"""Search over all provisions of a workspace: by words, phrases and meaning."""

from __future__ import annotations

from polidiff.web.work import Work


class Finder:
    """The index of a server. Threads may share it."""

    def __init__(self, where: str, work: Work) -> None:
        self._where = where
        self._work = work

    def wake(self) -> None:
        """Say that documents may have changed."""

    def close(self) -> None:
        """Stop."""
