"""An alignment as the lines of ``polidiff align``."""

from __future__ import annotations

from collections.abc import Iterator

from polidiff.alignment.pairs import Alignment
from polidiff.model.codec import JsonObject
from polidiff.model.outputs import Answers, written


def align_records(alignment: Alignment, *, gaps: bool = False) -> Iterator[JsonObject]:
    """Yield a record for each provision of ``a``, under the ids that :func:`polidiff.split` gives.

    With ``gaps`` only for those that nothing answers, and that say something by themselves.
    """
    rows = zip(alignment.a.provisions, alignment.matches, alignment.uniques, strict=True)
    for at, (provision, matches, unique) in enumerate(rows):
        if gaps and (alignment.answering(at) or not alignment.says_something(at)):
            continue
        yield written("match", Answers(provision.id, unique.document, matches, unique, alignment.reliability))
