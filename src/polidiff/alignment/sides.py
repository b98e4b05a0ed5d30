"""One side of an alignment: a document's leaves with their codings, and the text by which each is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from polidiff.model import Codebook, Coding, Document, Provision, Scale
from polidiff.model.shown import frame, polars_frame, row, short, table
from polidiff.ranking.passage import Passage, compared_text, passage_of

if TYPE_CHECKING:
    import pandas
    import polars

    from polidiff.encode.protocol import Matrix


@short
@dataclass(frozen=True)
class CodedDocument:
    """A document that was read, split and coded: its provisions at one level, each with its coding, in parallel.

    ``codebook`` and ``scale`` are those that it was coded with, ``codebook`` None where nobody said so. Made by
    :func:`polidiff.coded`, and taken by :func:`polidiff.compare` and :func:`polidiff.align` in place of a source.
    """

    document: Document
    provisions: tuple[Provision, ...]
    codings: tuple[Coding, ...]
    codebook: Codebook | None = None
    scale: Scale = "plan"

    def to_frame(self) -> pandas.DataFrame:
        """Return a pandas DataFrame, a row a provision: its words and place, and what they were coded as.

        Raises InputError where pandas is not installed.
        """
        return frame(self.rows())

    def to_polars(self) -> polars.DataFrame:
        """Return the provisions as a Polars DataFrame, as :meth:`to_frame`. Raises InputError without polars."""
        return polars_frame(self.rows())

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of :meth:`to_frame`."""
        return (row(p) | row(c) for p, c in zip(self.provisions, self.codings, strict=True))

    def _repr_html_(self) -> str:
        names = ("id", "text", "themes", "lead", "strength", "posture", "forum")
        return table([{name: one[name] for name in names} for one in self.rows()], caption=self.document.title)

    def texts(self) -> list[str]:
        """Return for each provision the text by which it is compared."""
        return [compared_text(self.document, provision) for provision in self.provisions]

    def passages(self) -> list[Passage]:
        """Return the provisions as what is ranked."""
        return [passage_of(self.document, provision) for provision in self.provisions]


def theme_overlap(a: CodedDocument, b: CodedDocument) -> Matrix:
    """Return the cosine of the theme scores of each pair of provisions, shape ``(len(a), len(b))``."""
    import numpy as np

    ids = sorted({code.id for side in (a, b) for coding in side.codings for code in coding.themes})
    index = {theme: i for i, theme in enumerate(ids)}

    def matrix(side: CodedDocument) -> Matrix:
        made = np.zeros((len(side.codings), max(1, len(ids))))
        for at, coding in enumerate(side.codings):
            for code in coding.themes:
                made[at, index[code.id]] = code.score
        lengths = np.sqrt((made * made).sum(axis=1, keepdims=True))
        lengths[lengths == 0] = 1.0
        normal: Matrix = np.rint(made / lengths * 4096) / 4096
        return normal

    return matrix(a) @ matrix(b).T


def make_side(
    document: Document, provisions: Sequence[Provision], codings: Sequence[Coding], level: str | None = None
) -> CodedDocument:
    """Return the side made of the leaves among ``provisions`` (``codings`` runs in parallel to ``provisions``).

    With ``level``, a kind of provision (``article``), its provisions of that kind take the place of their parts, and
    count as leaves; what stands in none of them stays a leaf of its own.
    """
    if level is None:
        kept = [(p, c) for p, c in zip(provisions, codings, strict=True) if p.leaf]
        return CodedDocument(document, tuple(p for p, _ in kept), tuple(c for _, c in kept))
    above = {p.id: p.parent for p in provisions}
    chosen = {p.id for p in provisions if p.kind == level}
    outer = {name for name in chosen if not _inside(name, above, chosen)}
    units = [
        (replace(p, leaf=True), c)
        for p, c in zip(provisions, codings, strict=True)
        if p.id in outer or (p.leaf and not _inside(p.id, above, outer))
    ]
    return CodedDocument(document, tuple(p for p, _ in units), tuple(c for _, c in units))


def _inside(name: str, above: Mapping[str, str | None], chosen: set[str]) -> bool:
    """Whether one of ``chosen`` holds the provision ``name``."""
    parent = above.get(name)
    while parent is not None and parent not in chosen:
        parent = above.get(parent)
    return parent is not None
