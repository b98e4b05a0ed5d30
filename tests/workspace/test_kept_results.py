"""A result that can't be read is made again, and then it is there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.workspace.plans import ENCODER, made_workspace

from polidiff.workspace import Workspace


def test_what_cannot_be_read_is_made_again_once(tmp_path: Path) -> None:
    with made_workspace(tmp_path) as work:
        before = work.compare().comparison
    with sqlite3.connect(tmp_path / "work.polidiff") as damaged:
        damaged.execute("UPDATE results SET data = x'00' WHERE key LIKE 'pair:%' OR key LIKE 'side:%'")
    damaged.close()

    with Workspace.open(tmp_path / "work.polidiff", encoder=ENCODER) as work:
        again = work.compare()
        assert again.reuse.pairs_made == 2
        assert again.comparison == before
        assert work.compare(make=False).reuse.pairs_made == 0
