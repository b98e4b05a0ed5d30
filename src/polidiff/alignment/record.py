"""An alignment as the records of ``polidiff align``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from polidiff.alignment.pairs import Alignment
from polidiff.model import Provision
from polidiff.model.codec import JsonObject, align_record


def align_records(alignment: Alignment) -> Iterator[JsonObject]:
    """Yield a record for each provision of ``a``. A framework table's rows go by the ids that the table gives them."""
    ours = {provision.id: own_id(provision) for provision in alignment.a.provisions}
    theirs = {provision.id: own_id(provision) for provision in alignment.b.provisions}
    for provision, matches, unique in zip(alignment.a.provisions, alignment.matches, alignment.uniques, strict=True):
        named = [replace(match, source=ours[match.source], id=theirs[match.id]) for match in matches]
        nearest = None if unique.nearest is None else theirs[unique.nearest]
        yield align_record(ours[provision.id], named, replace(unique, source=ours[provision.id], nearest=nearest))


def own_id(provision: Provision) -> str:
    """Return the id by which the user knows a provision."""
    return provision.number if provision.kind == "row" and provision.number else provision.id
