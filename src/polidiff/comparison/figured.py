"""In which amounts, time limits and years documents differ on a finding, by value, from the pairs that it lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polidiff.alignment.figures import figures_said
from polidiff.model import Difference, DifferenceKind, PassagePair, Provision
from polidiff.thresholds import threshold

__all__ = ["figures_of_pairs"]


def figures_of_pairs(
    pairs: Iterable[PassagePair], provisions: Mapping[tuple[str, str], Provision]
) -> tuple[Difference, ...]:
    """Return at most one difference of each kind of figure, from the first pair that shows it: both sides' own words.

    ``pairs`` come best first; those that no judge spoke of count from the score on at which they are set beside one
    another. ``provisions`` are found by document and id.
    """
    found: dict[DifferenceKind, Difference] = {}
    for pair in pairs:
        if pair.judged is None and pair.score < threshold("findings.pair"):
            continue
        one, other = provisions[pair.source_document, pair.source], provisions[pair.document, pair.id]
        for kind, (mine, theirs) in figures_said(one.text, other.text).items():
            found.setdefault(kind, Difference(kind, ((one.document, mine), (other.document, theirs))))
    return tuple(found.values())
