"""The report of a workspace: the comparison as people decided it, with every decision in ``comparison.json``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from polidiff import api
from polidiff.model import ArticleCheck
from polidiff.model.codec import JsonObject
from polidiff.output import FolderWriter
from polidiff.workspace.project import Compared, Workspace
from polidiff.workspace.records import decision_records


def decisions(workspace: Workspace, documents: frozenset[str]) -> list[JsonObject]:
    """Return the decisions on targets in ``documents``, each with what became of it, in the order of writing."""
    rows = [row for row in workspace.rows() if {a.document for a in row.target.anchors} <= documents]
    return decision_records(workspace.standings(), workspace.orphans(), workspace.places(), rows)


def write_report(
    workspace: Workspace, compared: Compared, folder: str | Path, check: ArticleCheck | None = None
) -> tuple[Path, ...]:
    """Write the report of a comparison of this workspace, all of it or none. Raises OutputError."""
    documents = frozenset(document.id for document in compared.comparison.documents)
    writer = FolderWriter(Path(folder))
    with tempfile.TemporaryDirectory(prefix="polidiff-") as made:
        for path in api.write_report(compared.comparison, made, check):
            name = path.relative_to(made).as_posix()
            if name == "comparison.json":
                record = json.loads(path.read_bytes())
                writer.json(name, {**record, "decisions": decisions(workspace, documents)})
            else:
                writer.data(name, path.read_bytes())
    return writer.commit()
