"""Two versions of a document: what became of each provision, word by word, with the place on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from polidiff.comparison.versions.across import pair_by_meaning
from polidiff.comparison.versions.changes import Versions, changes
from polidiff.comparison.versions.pairing import pair, parts
from polidiff.comparison.versions.units import Unit, units
from polidiff.encode import Encoder
from polidiff.model import Document, Provision
from polidiff.model.versions import VersionDiff
from polidiff.version import __version__

__all__ = ["diff", "paired"]

Read = tuple[Document, Sequence[Provision]]


def diff(old: Read, new: Read, encoder: Callable[[], Encoder] | None = None) -> VersionDiff:
    """Return what became of each provision of ``old`` in ``new``.

    ``encoder`` gives an encoder, and is called only where words can't pair: across languages, and for what two
    translations of one text leave over. Without it such provisions are dropped and added.
    """
    before, after = units(*old), units(*new)
    spoken = _language(before) == _language(after)
    pairs = pair(before, after) if spoken else {}
    by_meaning = 0
    if encoder is not None and _left_over(before, after, pairs):
        by_meaning = pair_by_meaning(pairs, (old[0], before), (new[0], after), encoder())
    back = {j: i for i, j in pairs.items()}
    versions = Versions(
        old[0],
        new[0],
        before,
        after,
        pairs,
        split=parts(pairs, before, after) if spoken else {},
        merged=parts(back, after, before) if spoken else {},
        spoken=spoken,
    )
    method = (
        ("polidiff", __version__),
        ("units", f"{len(before)} → {len(after)}"),
        ("paired", str(len(pairs))),
        ("paired by meaning", str(by_meaning)),
    )
    return VersionDiff(old[0], new[0], changes(versions), method)


def paired(old: Read, new: Read) -> list[tuple[Provision, Provision]]:
    """Return each leaf of ``old`` with the leaf of ``new`` that it became, as :func:`diff` pairs them by words."""
    before, after = units(*old), units(*new)
    found = ((before[i].provision, after[j].provision) for i, j in sorted(pair(before, after).items()))
    return [(a, b) for a, b in found if a.leaf and b.leaf]


def _language(side: Sequence[Unit]) -> str:
    """The language of most of the words."""
    chinese = sum(len(unit.provision.text) for unit in side if unit.provision.language == "zh")
    return "zh" if chinese * 2 > sum(len(unit.provision.text) for unit in side) else "en"


def _left_over(before: Sequence[Unit], after: Sequence[Unit], pairs: dict[int, int]) -> bool:
    """Whether so much is left on both sides that the two may be translations of one text."""
    least = min(len(before), len(after))
    return least > 0 and len(pairs) < TRANSLATIONS * least


TRANSLATIONS = 0.5
"""Share of provisions paired by their words under which the rest is paired by meaning."""
