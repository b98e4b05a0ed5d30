"""A claim that stands in no article and names no document: which of those at hand it speaks of, and what of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polidiff.checking.article.clauses import clauses
from polidiff.checking.article.document_names import DocumentNames
from polidiff.checking.article.topics import CONTRAST, Thread
from polidiff.model import Document, Span

__all__ = ["sides_of"]

SHORTEST = 3
"""Words from which on what stands behind a document's name is a statement on it."""


def sides_of(claim: str, documents: Sequence[Document], shelf: DocumentNames) -> tuple[tuple[str, str], ...]:
    """Return the parts of ``claim`` with the document that each is to be tested on; none unless it speaks of several.

    “Both plans …” is tested whole on each; “Britain will …, while Italy …” half by half. A document that no clause of
    its own speaks of is tested on the whole.
    """
    if len(documents) < 2:
        return ()
    whole = Span(0, len(claim))
    named, away = shelf.named(claim)
    hints = [hint for hint in shelf.hints().of(claim) if not any(hint.span.overlaps(m.span) for m in named)]
    known = {m.id for m in named} | {shelf.meant(name) for hint in hints for name in hint.documents}
    subject = Thread(shelf, documents, known=frozenset(known)).read(claim, whole, named, away, hints, ())
    if len(subject.documents) < 2:
        return ()
    if not subject.turns:
        return tuple((claim, name) for name in subject.documents)
    contrast = CONTRAST.match(claim)
    told = Span(contrast.end(), len(claim)) if contrast else whole
    parts = [(part.cut(claim), name) for part in clauses(told, claim) for name in subject.of(part)[:1]]
    told_of = {name for _, name in parts}
    places = {m.id: m.span.start for m in named} | {
        name: hint.span.start for hint in hints for other in hint.documents for name in (other, shelf.meant(other))
    }
    return (*parts, *((_from(claim, name, places), name) for name in subject.documents if name not in told_of))


def _from(claim: str, name: str, places: Mapping[str, int]) -> str:
    """What stands from where a document is named to where the next one is; the whole where it isn't named."""
    start = places.get(name)
    if start is None:
        return claim
    end = min((place for place in places.values() if place > start), default=len(claim))
    part = claim[start:end].strip(" ,;")
    return part if len(part.split()) >= SHORTEST else claim
