"""One side of an alignment: a document's leaves with their codings, and the text by which each is compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from polidiff.model import Coding, Document, Provision

SHORT_WORDS = 8
SHORT_CHARACTERS = 14
"""An item of fewer words (English) or characters (Chinese) says too little alone: its lead-in and heading are put
before it when it is compared. They are never shown as its words."""


@dataclass(frozen=True)
class CodedDocument:
    """A document's provisions at one level, each with its coding. The two sequences run in parallel."""

    document: Document
    provisions: tuple[Provision, ...]
    codings: tuple[Coding, ...]

    def texts(self) -> list[str]:
        """Return for each provision the text by which it is compared."""
        return [compared_text(self.document, provision) for provision in self.provisions]


def compared_text(document: Document, provision: Provision) -> str:
    """Return the provision's words, with its lead-in and nearest heading before them when it is short."""
    words = provision.text
    if provision.language == "zh":
        short = len(words) < SHORT_CHARACTERS
    else:
        short = len(words.split()) < SHORT_WORDS
    if not short:
        return words
    parts = list(provision.path[-1:])
    if provision.lead_in is not None:
        lead_in = document.cut(provision.lead_in)
        if lead_in not in parts:
            parts.append(lead_in)
    return " ".join([*parts, words])


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
