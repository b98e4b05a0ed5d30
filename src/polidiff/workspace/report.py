"""The report of a workspace: the comparison as people decided it, with every decision in ``comparison.json``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from polidiff.errors import InputError
from polidiff.model import ArticleCheck
from polidiff.model.codec import JsonObject
from polidiff.workspace import answers
from polidiff.workspace.apply import decided
from polidiff.workspace.kept import Kept
from polidiff.workspace.pipeline import Proposal, decided_sides
from polidiff.workspace.pipeline import coded as one_coded
from polidiff.workspace.project import Compared, Workspace
from polidiff.workspace.records import decision_records

if TYPE_CHECKING:
    from polidiff.interchange.opened import Opened


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
    from polidiff import api

    documents = frozenset(document.id for document in compared.comparison.documents)
    rows = decisions(workspace, documents)
    heard = answers.kept(workspace.store, compared.comparison.documents)
    said = heard if heard.answers else None
    return api.write_report(compared.comparison, folder, check, answers=said, decisions=rows, force=force)


def coded(workspace: Workspace, place: str | Path) -> Opened:
    """Return the documents with their codes, as people decided them, as a report in which nothing is compared.

    ``place`` is where the workspace is. What isn't coded yet is, and kept. Raises InputError without a document.
    """
    from polidiff.comparison.comparison import assemble
    from polidiff.interchange.opened import Opened

    reads = workspace.reads()
    if not reads:
        raise InputError(str(place), "no document yet", "polidiff add WORKSPACE SOURCE")
    method = workspace.method()
    rows = [one_coded(Kept(workspace.store), *read, method) for read in reads]
    proposal = Proposal(tuple(side for side, _, _ in rows), tuple(name for _, name, _ in rows), {}, ())
    ruled = decided(workspace.standings().values(), workspace.places())
    sides = decided_sides(workspace.store, proposal, method, ruled)
    made = assemble(sides, {}, method.codebook, method.encoder, ())
    path = Path(place) if isinstance(place, Path) else Path("workspace.polidiff")
    return Opened(path, {}, made, None, made.method)
