"""The report of a workspace: the comparison as people decided it, with every decision in ``comparison.json``."""

from __future__ import annotations

from pathlib import Path

from polidiff import api
from polidiff.model import ArticleCheck
from polidiff.model.codec import JsonObject
from polidiff.workspace import answers
from polidiff.workspace.project import Compared, Workspace
from polidiff.workspace.records import decision_records


def decisions(workspace: Workspace, documents: frozenset[str]) -> list[JsonObject]:
    """Return the decisions on targets in ``documents``, each with what became of it, in the order of writing."""
    rows = [row for row in workspace.rows() if {a.document for a in row.target.anchors} <= documents]
    return decision_records(workspace.standings(), workspace.orphans(), workspace.places(), rows)


def write_report(
    workspace: Workspace,
    compared: Compared,
    folder: str | Path,
    check: ArticleCheck | None = None,
    *,
    force: bool = False,
) -> tuple[Path, ...]:
    """Write the report of a comparison of this workspace, all of it or none, as :func:`polidiff.write_report` does."""
    documents = frozenset(document.id for document in compared.comparison.documents)
    rows = decisions(workspace, documents)
    heard = answers.kept(workspace.store, compared.comparison.documents)
    said = heard if heard.answers else None
    return api.write_report(compared.comparison, folder, check, answers=said, decisions=rows, force=force)
