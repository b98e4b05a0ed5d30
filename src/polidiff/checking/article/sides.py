"""A claim that stands in no article and names no document: which of those at hand it speaks of, and what of each."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.checking.article.clauses import clauses
from polidiff.checking.article.document_names import DocumentNames
from polidiff.checking.article.topics import CONTRAST, Thread
from polidiff.model import Document, Span

__all__ = ["sides_of"]


def sides_of(claim: str, documents: Sequence[Document], shelf: DocumentNames) -> tuple[tuple[str, str], ...]:
    """Return the parts of ``claim`` with the document that each is to be tested on; none unless it speaks of several.

    “Both plans …” is tested whole on each; “Britain will …, while Italy …” half by half.
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
    return tuple((part.cut(claim), name) for part in clauses(told, claim) for name in subject.of(part)[:1])
