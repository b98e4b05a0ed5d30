"""A result that can't be read is made again, and then it is there."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

from tests.made import made_document
from tests.workspace.plans import ENCODER, made_workspace

from polidiff.workspace import Workspace
from polidiff.workspace.library import as_document, as_version


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


def test_a_document_kept_by_an_older_version_opens_with_its_notices() -> None:
    document = replace(made_document("old", ["Ports shall open."]), warnings=())
    held = as_version(document)
    record = {**json.loads(held.record), "warnings": [{"message": "Page 3 is a picture.", "page": 3}]}
    raw = json.dumps(record, separators=(",", ":"), sort_keys=True).encode()
    name = hashlib.sha256(held.text.encode() + b"\0" + raw).hexdigest()
    (notice,) = as_document(replace(held, record=raw, version=name), "work").warnings
    assert (notice.message, notice.page) == ("Page 3 is a picture.", 3)
