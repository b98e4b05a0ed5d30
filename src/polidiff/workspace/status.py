"""How a workspace stands: its documents, what was decided and by whom, what is open, and where people are at odds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from polidiff.errors import InputError
from polidiff.model.codec import JsonObject
from polidiff.workspace.decisions import Anchor, Decision, Target
from polidiff.workspace.names import name_of
from polidiff.workspace.pipeline import Missing
from polidiff.workspace.places import Places
from polidiff.workspace.project import Workspace
from polidiff.workspace.state import Agreement, DecisionState, agreements


@dataclass(frozen=True)
class Held:
    """A document of a workspace: its current version, how many it has had, and the provisions that are compared."""

    id: str
    title: str
    kind: str
    text_sha256: str
    source_sha256: str
    added: str
    versions: int
    provisions: int


@dataclass(frozen=True)
class Status:
    """The state of a workspace. ``open`` and ``proposed`` count links and codes; None before the first comparison.

    ``became`` names the provisions whose changed words took the place of those that orphans were decided on.
    """

    title: str
    documents: tuple[Held, ...]
    verbs: tuple[tuple[str, int], ...]
    people: tuple[tuple[str, int], ...]
    proposed: int | None
    open: int | None
    conflicts: tuple[tuple[str, tuple[Decision, ...]], ...]
    orphans: tuple[tuple[Target, DecisionState], ...]
    became: Mapping[Anchor, str]
    agreements: tuple[Agreement, ...]

    def record(self) -> JsonObject:
        """Return the object that ``polidiff status --format jsonl`` prints."""
        return {
            "title": self.title,
            "documents": [
                {
                    "id": d.id,
                    "title": d.title,
                    "kind": d.kind,
                    "text_sha256": d.text_sha256,
                    "source_sha256": d.source_sha256,
                    "added": d.added,
                    "versions": d.versions,
                    "provisions": d.provisions,
                }
                for d in self.documents
            ],
            "decisions": dict(self.verbs),
            "people": dict(self.people),
            "proposed": self.proposed,
            "open": self.open,
            "conflicts": [
                {"target": name, "verdicts": {row.by: row.verdict for row in rows}} for name, rows in self.conflicts
            ],
            "orphans": [
                {
                    "kind": target.kind,
                    "code": target.code or None,
                    "decisions": [
                        {"by": row.by, "decision": row.verb, "value": row.value or None} for row in held.live
                    ],
                    "anchors": [
                        {
                            "document": a.document,
                            "text_sha256": a.text_sha256,
                            "span": [a.start, a.end],
                            "became": self.became.get(a),
                        }
                        for a in target.anchors
                    ],
                }
                for target, held in self.orphans
            ],
            "agreement": [
                {"a": one.a, "b": one.b, "both": one.both, "equal": one.equal, "share": one.share, "kappa": one.kappa}
                for one in self.agreements
            ],
        }


def status(workspace: Workspace) -> Status:
    """Return how a workspace stands. Nothing is computed that isn't kept already."""
    places, standings = workspace.places(), workspace.standings()
    rows = workspace.rows()
    counted = Counter(name for name, _, _ in workspace.store.versions())
    documents = []
    for name, addition in workspace.library.current().items():
        document, provisions = places.documents[name]
        documents.append(
            Held(
                id=name,
                title=document.title,
                kind=document.kind,
                text_sha256=document.text_sha256,
                source_sha256=document.sha256,
                added=addition.when,
                versions=counted[name],
                provisions=sum(provision.leaf for provision in provisions),
            )
        )
    try:
        items = workspace.queue(make=False)
    except (Missing, InputError):
        items = None
    orphans = tuple((target, held) for target, held in sorted(workspace.orphans().items()) if held.live)
    lost = {anchor for target, _ in orphans for anchor in target.anchors}
    became = {anchor: places.became(anchor) for anchor in sorted(lost)}
    return Status(
        title=workspace.title,
        documents=tuple(documents),
        verbs=tuple(sorted(Counter(row.verb for row in rows).items())),
        people=tuple(sorted(Counter(row.by for row in rows).items())),
        proposed=None if items is None else len(items),
        open=None if items is None else sum(item.open for item in items),
        conflicts=conflicts(workspace, places),
        orphans=orphans,
        became={anchor: f"{now.document}#{now.id}" for anchor, now in became.items() if now is not None},
        agreements=agreements(standings.values()),
    )


def conflicts(workspace: Workspace, places: Places) -> tuple[tuple[str, tuple[Decision, ...]], ...]:
    """Return the targets on which people are at odds, by name, with the decisions that stand against each other."""
    found = [
        (name_of(target, places) or target.kind, held.heads)
        for target, held in workspace.standings().items()
        if held.conflict
    ]
    return tuple(sorted(found, key=lambda one: one[0]))
