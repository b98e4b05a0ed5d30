"""The comparison: every pair of documents aligned, every theme's finding, and what it was made with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import get_args

from polidiff.alignment import CodedDocument, align_all, clusters
from polidiff.coding import is_law
from polidiff.comparison.consistent import one_verdict_a_pair
from polidiff.comparison.findings import Alignments, findings
from polidiff.encode import Encoder
from polidiff.model import Codebook, Comparison, Finding, LawStrength
from polidiff.version import __version__


def compare(
    sides: Sequence[CodedDocument],
    codebook: Codebook,
    encoder: Encoder,
    progress: Callable[[str, int, int], None] | None = None,
) -> Comparison:
    """Compare two documents or more.

    Every pair is aligned both ways, so that "only here" is said of each side against each other one. Raises
    :class:`InputError` for fewer than two documents, more than fifty, or two with the same id.
    """
    alignments = align_all(sides, encoder, related=True, progress=progress)
    return assemble(sides, alignments, codebook, encoder, found_in(sides, alignments, codebook, encoder))


def found_in(
    sides: Sequence[CodedDocument], alignments: Alignments, codebook: Codebook, encoder: Encoder
) -> tuple[Finding, ...]:
    """Return the findings of a comparison, where no pair of passages stands under two verdicts."""
    return one_verdict_a_pair(findings(sides, alignments, codebook, encoder))


def assemble(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    codebook: Codebook,
    encoder: Encoder,
    found: tuple[Finding, ...],
) -> Comparison:
    """Return the comparison made of these parts: every match of ``alignments``, in their order."""
    laws = [side.document.id for side in sides if is_law(side.document, side.provisions)]
    steps = {coding.strength.id for side in sides for coding in side.codings}
    return Comparison(
        documents=tuple(side.document for side in sides),
        provisions=tuple(side.provisions for side in sides),
        codings=tuple(side.codings for side in sides),
        codebook=codebook,
        matches=tuple(m for alignment in alignments.values() for best in alignment.matches for m in best),
        uniques=tuple(unique for alignment in alignments.values() for unique in alignment.uniques),
        findings=found,
        method=(
            ("polidiff", __version__),
            ("encoder", encoder.identity),
            ("codebook", f"{codebook.id} {codebook.version}"),
            ("scale", "law" if steps & set(get_args(LawStrength)) else "plan"),
            *((("laws", ", ".join(laws)),) if laws else ()),
        ),
        clusters=clusters(sides, alignments) if len(sides) > 2 else (),
    )
