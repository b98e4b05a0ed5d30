"""A diff as plain dictionaries: the lines of ``polidiff diff`` and ``diff.json``."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from polidiff.comparison.record import text_file
from polidiff.model import Document, Provision, Span
from polidiff.model.codec import JsonObject, document_head, reason_records
from polidiff.model.versions import Change, ChangeKind, VersionDiff, WordEdit

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


def change_record(change: Change, old: Document, new: Document) -> JsonObject:
    """Return one line of ``polidiff diff``."""
    return {
        "change": change.kind,
        "also": list(change.also),
        "old": [_place(provision) for provision in change.old],
        "new": [_place(provision) for provision in change.new],
        "edits": [_edit(edit, old, new) for edit in change.edits],
        "introduced": [_edit(edit, old, new) for edit in change.introduced],
        "likeness": change.likeness,
        "reasons": reason_records(change.reasons),
    }


def diff_record(found: VersionDiff) -> JsonObject:
    """Return the whole of ``diff.json``."""
    counts = Counter(change.kind for change in found.changes)
    return {
        "polidiff": dict(found.method).get("polidiff"),
        "documents": [{**document_head(d), "text_file": text_file(d.id)} for d in (found.old, found.new)],
        "old": found.old.id,
        "new": found.new.id,
        "counts": {kind: counts[kind] for kind in KINDS},
        "changes": [change_record(change, found.old, found.new) for change in found.changes],
        "method": dict(found.method),
    }


def _place(provision: Provision) -> JsonObject:
    return {
        "document": provision.document,
        "provision": provision.id,
        "number": provision.number,
        "path": list(provision.path),
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "page": provision.page_start,
    }


def _edit(edit: WordEdit, old: Document, new: Document) -> JsonObject:
    return {
        "kind": edit.kind,
        "matters": edit.matters,
        "old": _cut(old, edit.old),
        "new": _cut(new, edit.new),
    }


def _cut(document: Document, span: Span) -> JsonObject:
    return {"document": document.id, "text": document.cut(span), "start": span.start, "end": span.end}
