"""Quotations in another language than their document: the passage that they may translate, found by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polidiff.checking.claims.sentences import sentences_of
from polidiff.encode import Encoder, cosines
from polidiff.model import Document, Reason, Span, Verdict

__all__ = ["is_foreign", "translated"]

LIKE = 0.55
"""Cosine from which on a passage is a candidate. Sentences and their translations in the two digests have 0.5 to 0.9, a
sentence and the nearest of another subject seldom over 0.5."""


def is_foreign(verdict: Verdict, documents: Sequence[Document]) -> bool:
    """Whether a quotation was not found in the held document that it cites because it is in another language."""
    if verdict.verdict != "not_found" or verdict.kind != "quote":
        return False
    if any(reason.kind == "official_text_missing" for reason in verdict.reasons):
        return False
    cited = next((d for d in documents if d.id == verdict.cited_document), None)
    if cited is None or cited.language not in ("en", "zh"):
        return False
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in verdict.text) * 4 > len(verdict.text)
    return chinese != (cited.language == "zh")


def translated(verdicts: Sequence[Verdict], documents: Sequence[Document], encoder: Encoder) -> tuple[Verdict, ...]:
    """Return ``verdicts`` with ``translated`` for those in another language whose candidate passage was found.

    Such a verdict never says that the words are right: only a reader of both languages can.
    """
    by_id = {document.id: document for document in documents}
    return tuple(_judge(v, by_id[v.cited_document or ""], encoder) if is_foreign(v, documents) else v for v in verdicts)


def _judge(verdict: Verdict, document: Document, encoder: Encoder) -> Verdict:
    passages = sentences_of(document)
    if not passages:
        return verdict
    likeness = cosines(encoder.encode([verdict.text]), encoder.encode([s.text for s in passages]))[0]
    best = max(range(len(passages)), key=lambda i: (likeness[i], -i))
    score = float(likeness[best])
    if score < LIKE:
        return verdict
    span: Span = passages[best].span
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
