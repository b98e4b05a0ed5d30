"""Who decided what and when, as a table: every decision ever made, and what became of it."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from polidiff.workspace.records import decision_records

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["audit_trail", "cell"]

COLUMNS = ("when", "by", "decision", "value", "kind", "target", "code", "why", "state", "id", "after", "words")
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


def audit_trail(work: Workspace) -> bytes:
    """Return every decision, oldest first, as CSV in UTF-8 with a mark of its order of bytes, as spreadsheets want it.

    ``when`` is in UTC; ``state`` is what became of it (``holds``, ``overridden``, ``undone``, ``conflict`` …);
    ``after`` are the decisions that its author had seen.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for record in decision_records(work.standings(), work.orphans(), work.places(), work.rows()):
        places: list[dict[str, str]] = record["places"]
        held = {**record, "after": " ".join(record["after"]), "words": " | ".join(one["text"] for one in places)}
        rows.writerow([cell(held[name]) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def cell(value: object) -> str:
    """Return a value as a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(RISKY) else text
