"""Quotations in another language than their document: the passage that they may translate, found by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from polidiff.checking.claims.sentences import Sentence, sentences_of
from polidiff.encode import Encoder, cosines
from polidiff.model import Document, Reason, Span, Verdict

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors

__all__ = ["is_foreign", "translated"]

LIKE = 0.55
"""Cosine from which on a passage is a candidate. Sentences and their translations in the two digests have 0.5 to 0.9, a
sentence and the nearest of another subject seldom over 0.5."""

UNLIKE = 0.45
"""Confidence at the most that words of another language than a document are not in it."""


def is_foreign(verdict: Verdict, documents: Sequence[Document]) -> bool:
    """Whether a quotation may be a translation: not found, and of another language than what it can be of."""
    return bool(_originals(verdict, documents))


def _originals(verdict: Verdict, documents: Sequence[Document]) -> list[Document]:
    """The documents in another language that a quotation may translate: the one that it cites; else all of them."""
    if verdict.verdict != "not_found" or verdict.kind != "quote":
        return []
    if any(reason.kind == "official_text_missing" for reason in verdict.reasons):
        return []
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in verdict.text) * 4 > len(verdict.text)
    meant = [d for d in documents if verdict.cited_document in (None, d.id) and d.language in ("en", "zh")]
    return [d for d in meant if chinese != (d.language == "zh")]


def translated(verdicts: Sequence[Verdict], documents: Sequence[Document], encoder: Encoder) -> tuple[Verdict, ...]:
    """Return ``verdicts`` with ``translated`` for those in another language whose candidate passage was found.

    Such a verdict never says that the words are right: only a reader of both languages can. One of another language
    than a document that it may be of, and like no passage of it, stays ``not_found`` and is half as sure.
    """

    @cache
    def encoded(place: int) -> tuple[tuple[Sentence, ...], Vectors]:
        passages = sentences_of(documents[place])
        return passages, encoder.encode([one.text for one in passages])

    def nearest(verdict: Verdict) -> Verdict:
        meant = {document.id for document in _originals(verdict, documents)}
        best: tuple[float, Document, Span] | None = None
        for place, document in enumerate(documents):
            if document.id not in meant or not encoded(place)[0]:
                continue
            passages, vectors = encoded(place)
            likeness = cosines(encoder.encode([verdict.text]), vectors)[0]
            at = max(range(len(passages)), key=lambda i: (likeness[i], -i))
            if best is None or float(likeness[at]) > best[0]:
                best = float(likeness[at]), document, passages[at].span
        return verdict if best is None else _told(verdict, *best)

    return tuple(map(nearest, verdicts))


def _told(verdict: Verdict, score: float, document: Document, span: Span) -> Verdict:
    """The verdict with the nearest passage of a document, or half as sure where that isn't near enough."""
    if score < LIKE:
        told = Reason.of("meaning.untranslated", round(score, 4), near=round(score, 4))
        return replace(verdict, confidence=min(verdict.confidence, UNLIKE), reasons=(*verdict.reasons, told))
    return replace(
        verdict,
        verdict="translated",
        document=document.id,
        page=document.pages_of(span)[0],
        matched=(span,),
        matched_text=document.cut(span),
        reasons=(Reason.of("meaning.translation", round(score, 4), near=round(score, 4)),),
        confidence=round(min(0.9, score), 4),
    )
