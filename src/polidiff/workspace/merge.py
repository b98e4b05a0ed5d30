"""Two people's workspaces into one: every document version and every decision of both, and what is at odds is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from polidiff.workspace import answers
from polidiff.workspace.decisions import Decision, moment
from polidiff.workspace.library import as_document
from polidiff.workspace.project import Workspace
from polidiff.workspace.status import conflicts


@dataclass(frozen=True)
class Merged:
    """What a merge did.

    ``added`` are documents that only the other workspace had; ``differ`` those of which it has another current
    version: ours stays current, theirs is kept. ``decisions`` counts new rows. ``conflicts`` are the targets on which
    people are at odds now, with the decisions on either side.
    """

    added: tuple[str, ...]
    differ: tuple[str, ...]
    decisions: int
    conflicts: tuple[tuple[str, tuple[Decision, ...]], ...]
    orphans: int


def merge(workspace: Workspace, other: Workspace, *, when: datetime) -> Merged:
    """Take what ``other`` holds into ``workspace``; ``other`` is only read. Doing it twice does nothing more.

    Documents are proved by their hashes first. A judge's answers are taken over, results are made
    again from the documents.
    """
    stamp = moment(when)
    ours, theirs = workspace.library.current(), other.library.current()
    held = {(name, version) for name, version, _ in workspace.store.versions()}
    for name, version, _ in other.store.versions():
        found = other.store.version(name, version)
        if found is not None and (name, version) not in held:
            as_document(found, other.store.name)
            workspace.store.add(found, None)
    added, differ = [], []
    for name, addition in theirs.items():
        if name not in ours:
            current = other.store.version(name, addition.version)
            if current is not None:
                workspace.store.add(current, stamp)
                added.append(name)
        elif ours[name].version != addition.version:
            differ.append(name)
    answers.take_over(workspace.store, other.store)
    new = workspace.store.decide([row for _, row in other.store.decisions()])
    return Merged(
        added=tuple(added),
        differ=tuple(differ),
        decisions=new,
        conflicts=conflicts(workspace, workspace.places()),
        orphans=sum(bool(held.live) for held in workspace.orphans().values()),
    )
