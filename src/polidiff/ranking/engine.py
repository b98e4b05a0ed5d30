"""The one question that alignment asks: how well the passages of one side answer those of the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from polidiff.encode import Encoder, EnglishEncoder, for_languages
from polidiff.ranking.evidence import Evidence, evidence
from polidiff.ranking.passage import Passage, languages_of
from polidiff.ranking.rerank import Reranker, reranked
from polidiff.ranking.weights import kind_of
from polidiff.ranking.wide import candidates

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

WIDE = 4_000_000
"""Pairs over which only candidates are compared: from there the full tables take more than half a gigabyte."""


def compare(
    a: Sequence[Passage],
    b: Sequence[Passage],
    encoder: Encoder,
    top: int,
    themes: Callable[[], Matrix] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    reranker: Reranker | None = None,
    *,
    mutual: bool = False,
) -> Evidence:
    """Return the evidence for every pair, or for questions and large tables for the candidates of each of ``a``.

    ``themes`` gives how far the codes of each pair agree; it is asked for where all pairs are compared. ``reranker``
    reads the best of each row again. ``mutual`` as :func:`polidiff.ranking.evidence.evidence` has it.
    """
    english = isinstance(for_languages(encoder, languages_of(a) | languages_of(b)), EnglishEncoder)
    if b and (len(a) * len(b) > WIDE or kind_of(a, english) == "questions"):
        found = candidates(a, b, encoder, top, progress)
    else:
        found = evidence(a, b, encoder, None if themes is None else themes(), mutual=mutual)
    return found if reranker is None else reranked(found, a, b, reranker)
