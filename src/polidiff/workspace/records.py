"""Decisions, the queue and a workspace's state as plain dictionaries: ``comparison.json`` and ``--format jsonl``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polidiff.model.codec import JsonObject
from polidiff.model.outputs import PUBLIC
from polidiff.workspace.decisions import Decision, Target
from polidiff.workspace.names import name_of
from polidiff.workspace.places import Places
from polidiff.workspace.queue import Item
from polidiff.workspace.state import DecisionState


def state_of(row: Decision, held: DecisionState, orphan: bool) -> str:
    """Return what became of a decision.

    ``holds``, ``conflict`` (others who didn't know of it decided otherwise), ``overridden``, ``undone``, ``note``,
    ``undo`` (it took another back), or ``orphan`` (its words don't stand in the current text).
    """
    if row.verb == "undo":
        return "undo"
    if row not in held.live:
        return "undone"
    if orphan:
        return "orphan"
    if row.verb == "note":
        return "note"
    if row not in held.heads:
        return "overridden"
    return "conflict" if held.conflict else "holds"


def decision_record(row: Decision, state: str, target: Target, places: Places) -> JsonObject:
    """Return one decision. ``places`` holds the passages it is about where they stand in the current documents."""
    from polidiff.comparison.passages import passage_of

    provisions = (
        [places.provision(anchor) for anchor in target.anchors] if target.kind not in ("finding", "verdict") else []
    )
    return {
        "id": row.id,
        "target": name_of(target, places),
        "kind": target.kind,
        "code": target.code or None,
        "decision": row.verb,
        "value": row.value or None,
        "by": row.by,
        "when": row.when,
        "why": row.why,
        "state": state,
        "after": list(row.after),
        "places": PUBLIC.plain([passage_of(p) for p in provisions if p is not None]),
        "anchors": [
            {"document": a.document, "text_sha256": a.text_sha256, "span": [a.start, a.end]} for a in row.target.anchors
        ],
    }


def decision_records(
    standings: Mapping[Target, DecisionState],
    orphans: Mapping[Target, DecisionState],
    places: Places,
    order: Iterable[Decision],
) -> list[JsonObject]:
    """Return every decision ever made, in the order in which they were written."""
    made: dict[str, JsonObject] = {}
    for held_by_target, orphan in ((standings, False), (orphans, True)):
        for target, held in held_by_target.items():
            for row in held.rows:
                made[row.id] = decision_record(row, state_of(row, held, orphan), target, places)
    return [made[row.id] for row in order]


def item_record(item: Item, *, blind: bool = False) -> JsonObject:
    """Return one line of ``polidiff review --format jsonl``; without anybody's verdicts and notes where ``blind``."""
    held = None if blind else item.standing
    return {
        "link" if item.target.kind == "link" else "code": item.name,
        "kind": item.target.kind,
        "score": round(item.score, 4),
        "doubt": item.doubt,
        "proposed": item.proposed,
        "state": "open" if blind or (item.open and not item.conflict) else "conflict" if item.conflict else "decided",
        "verdicts": {} if held is None else {row.by: row.verdict for row in held.heads},
        "notes": [] if held is None else [{"by": row.by, "text": row.why} for row in held.notes],
        "passages": PUBLIC.plain(item.passages),
        "reasons": PUBLIC.plain(item.reasons),
    }
