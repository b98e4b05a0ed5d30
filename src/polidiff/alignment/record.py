"""An alignment as the records of ``polidiff align``."""

from __future__ import annotations

from collections.abc import Iterator

from polidiff.alignment.pairs import Alignment
from polidiff.model.codec import JsonObject, align_record


def align_records(alignment: Alignment) -> Iterator[JsonObject]:
    """Yield a record for each provision of ``a``, under the ids that :func:`polidiff.split` gives."""
    for provision, matches, unique in zip(alignment.a.provisions, alignment.matches, alignment.uniques, strict=True):
        yield align_record(provision.id, matches, unique)
