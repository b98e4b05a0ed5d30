"""The record of one claim's verdict, as ``polidiff check`` prints it."""

from __future__ import annotations

from collections.abc import Mapping

from polidiff.model import ClaimVerdict, Evidence
from polidiff.model.codec import JsonObject, pair, reason_records

__all__ = ["claim_record"]


def claim_record(verdict: ClaimVerdict, texts: Mapping[str, str]) -> JsonObject:
    """Return the record of a claim; ``texts`` maps document ids to canonical texts.

    ``evidence`` and ``ranked`` are ``[start, end]`` in ``document``, or, where the passages stand in several documents,
    each in the document that ``passages`` names in the same order.
    """
    first = verdict.evidence[0] if verdict.evidence else None
    document = verdict.document or (first.document if first is not None else None)
    return {
        "id": verdict.id,
        "kind": "claim",
        "text": verdict.text,
        "start": verdict.start,
        "end": verdict.end,
        "speaker": None,
        "cited_document": verdict.cited_documents[0] if len(verdict.cited_documents) == 1 else None,
        "cited_documents": list(verdict.cited_documents),
        "document": document,
        "page": None if first is None else first.page,
        "verdict": verdict.verdict,
        "label": verdict.verdict,
        "matched_text": None if first is None else first.span.cut(texts[first.document]),
        "matched_start": None if first is None else first.span.start,
        "matched_end": None if first is None else first.span.end,
        "evidence": [pair(e.span) for e in verdict.evidence],
        "evidence_text": [e.span.cut(texts[e.document]) for e in verdict.evidence],
        "ranked": [pair(e.span) for e in verdict.ranked],
        "passages": [_passage(e, texts) for e in verdict.ranked],
        "omissions": [_passage(e, texts) for e in verdict.omissions],
        "elsewhere": [_passage(e, texts) for e in verdict.elsewhere],
        "edits": [],
        "reasons": reason_records(verdict.reasons),
        "warnings": [warning.text for warning in verdict.warnings],
        "cautions": reason_records(verdict.warnings),
        "confidence": round(verdict.confidence, 4),
    }


def _passage(evidence: Evidence, texts: Mapping[str, str]) -> JsonObject:
    return {
        "document": evidence.document,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "page": evidence.page,
        "text": evidence.span.cut(texts[evidence.document]),
        "score": round(evidence.score, 4),
    }
