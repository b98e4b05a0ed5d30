"""An alignment as the lines of ``polidiff align``."""

from __future__ import annotations

from collections.abc import Iterator

from polidiff.alignment.pairs import Alignment
from polidiff.model.codec import JsonObject
from polidiff.model.outputs import Answers, written


def align_records(alignment: Alignment) -> Iterator[JsonObject]:
    """Yield a record for each provision of ``a``, under the ids that :func:`polidiff.split` gives."""
    for provision, matches, unique in zip(alignment.a.provisions, alignment.matches, alignment.uniques, strict=True):
        yield written("match", Answers(provision.id, unique.document, matches, unique, alignment.reliability))
