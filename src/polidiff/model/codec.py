"""Records as plain dictionaries, in the shapes of the public contract (docs/records.md). No I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from polidiff.model.clusters import Cluster
from polidiff.model.codings import Code, Coding
from polidiff.model.comparisons import Match, Passage, Unique
from polidiff.model.documents import Document
from polidiff.model.provisions import Heading, Provision
from polidiff.model.reasons import Reason, Value
from polidiff.model.spans import Span
from polidiff.model.verdicts import Verdict

JsonObject = dict[str, Any]


def pair(span: Span) -> list[int]:
    """Return a span as ``[start, end]``."""
    return [span.start, span.end]


def document_head(document: Document) -> JsonObject:
    """Return what identifies a document, without its text."""
    return {
        "id": document.id,
        "title": document.title,
        "language": document.language,
        "kind": document.kind,
        "sha256": document.sha256,
        "source_sha256": document.sha256,
        "text_sha256": document.text_sha256,
        "source": document.source,
        "media_type": document.media_type,
        "jurisdiction": document.jurisdiction,
        "date": document.date,
        "pages": len(document.pages),
        "characters": len(document.text),
        "notices": notice_records(document),
    }


def read_record(document: Document, outline: Iterable[Heading]) -> JsonObject:
    """Return the record of ``polidiff read``."""
    return {
        "document": document.id,
        "title": document.title,
        "language": document.language,
        "sha256": document.sha256,
        "media_type": document.media_type,
        "kind": document.kind,
        "name": document.name,
        "issuer": document.issuer,
        "genre": document.genre,
        "jurisdiction": document.jurisdiction,
        "date": document.date,
        "pages": len(document.pages),
        "text": document.text,
        "headings": [
            {
                "level": h.level,
                "title": h.title,
                "number": h.number,
                "page": h.page,
                "start": h.start,
                "end": h.end,
            }
            for h in outline
        ],
        "notes": [
            {"mark": n.mark, "text": document.text[n.start : n.end], "start": n.start, "end": n.end, "at": n.at}
            for n in document.notes
        ],
        "page_labels": [page.label for page in document.pages],
        "struck": [pair(span) for span in document.struck],
        "notices": notice_records(document),
    }


def provision_record(provision: Provision) -> JsonObject:
    """Return the record of one line of ``polidiff split``."""
    return {
        "document": provision.document,
        "id": provision.id,
        "number": provision.number,
        "kind": provision.kind,
        "path": list(provision.path),
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "page_start": provision.page_start,
        "page_end": provision.page_end,
        "boxes": [[box.page, *(round(side, 2) for side in box[1:])] for box in provision.boxes],
        "language": provision.language,
        "parent": provision.parent,
        "lead_in": None if provision.lead_in is None else pair(provision.lead_in),
        "leaf": provision.leaf,
        "refs": list(provision.refs),
    }


def code_record(code: Code) -> JsonObject:
    """Return a code with its score and cues."""
    return {"id": code.id, "score": round(code.score, 4), "cues": [pair(cue) for cue in code.cues]}


def _label(code: Code) -> JsonObject:
    cue = pair(code.cues[0]) if code.cues else None
    return {"label": code.id, "cue": cue, "score": round(code.score, 4), "cues": [pair(c) for c in code.cues]}


def coding_record(coding: Coding, provision: Provision) -> JsonObject:
    """Return the record of one line of ``polidiff code``."""
    return {
        "document": coding.document,
        "provision": coding.provision,
        "path": list(provision.path),
        "text": provision.text,
        "start": provision.start,
        "end": provision.end,
        "themes": [code_record(code) for code in coding.themes],
        "positions": [code_record(code) for code in coding.positions],
        "instruments": [code_record(code) for code in coding.instruments],
        "lead": [{"name": a.name, "span": pair(a.span), "via": a.via} for a in coding.lead],
        "others": [{"name": a.name, "span": pair(a.span)} for a in coding.others],
        "strength": _label(coding.strength),
        "posture": _label(coding.posture),
        "forum": _label(coding.forum),
    }


def reason_records(reasons: Iterable[Reason]) -> list[JsonObject]:
    """Return reasons as dictionaries."""
    return [
        {
            "code": r.code,
            "kind": r.kind,
            "parameters": _parameters(r),
            "text": r.text,
            "value": round(r.value, 4),
        }
        for r in reasons
    ]


def _parameters(reason: Reason) -> JsonObject:
    return {name: _lists(value) for name, value in reason.parameters}


def _lists(value: Value) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple) else value


def notice_records(document: Document) -> list[JsonObject]:
    """Return what a reader of a document should know, each with its page."""
    return [
        {"message": n.message, "page": n.page, "code": n.reason.code, "parameters": _parameters(n.reason)}
        for n in document.warnings
    ]


def align_record(source: str, matches: Sequence[Match], unique: Unique) -> JsonObject:
    """Return the record of one line of ``polidiff align``."""
    return {
        "source": source,
        "document": unique.document,
        "targets": [
            {
                "document": match.document,
                "id": match.id,
                "score": match.score,
                "relation": match.relation,
                "rationale": match.rationale,
                "strength": match.strength,
                "differs": list(match.differs),
                "reasons": reason_records(match.reasons),
            }
            for match in matches
        ],
        "unique": {
            "probability": unique.probability,
            "nearest": unique.nearest,
            "nearest_score": unique.nearest_score,
            "searched": unique.searched,
        },
    }


def cluster_record(cluster: Cluster) -> JsonObject:
    """Return a cluster: its members, and the documents that have none, each with the nearest that was considered."""
    return {
        "cluster": cluster.id,
        "score": round(cluster.score, 4),
        "members": [{"document": m.document, "provision": m.provision, "score": m.score} for m in cluster.members],
        "missing": [
            {
                "document": m.document,
                "probability": m.probability,
                "nearest": m.nearest,
                "nearest_score": m.nearest_score,
                "chained": m.chained,
            }
            for m in cluster.missing
        ],
    }


def passage_record(passage: Passage) -> JsonObject:
    """Return a passage: a document's own words with the span that cuts them."""
    return {
        "document": passage.document,
        "provision": passage.provision,
        "path": list(passage.path),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "score": round(passage.score, 4),
        "cues": [pair(cue) for cue in passage.cues],
    }


def verdict_record(verdict: Verdict, texts: Mapping[str, str]) -> JsonObject:
    """Return the record of one line of ``polidiff check``. ``texts`` maps document ids to canonical texts."""
    return {
        "id": verdict.id,
        "kind": verdict.kind,
        "text": verdict.text,
        "start": None if verdict.start is None or verdict.start < 0 else verdict.start,
        "end": None if verdict.end is None or verdict.end < 0 else verdict.end,
        "speaker": verdict.speaker,
        "cited_document": verdict.cited_document,
        "document": verdict.document,
        "page": verdict.page,
        "verdict": verdict.verdict,
        "matched_text": verdict.matched_text,
        "matched_start": verdict.matched[0].start if verdict.matched else None,
        "matched_end": verdict.matched[-1].end if verdict.matched else None,
        "matched": [pair(span) for span in verdict.matched],
        "edits": [
            {
                "kind": edit.kind,
                "quote": edit.quote,
                "source": edit.source,
                "quote_span": pair(edit.quote_span),
                "source_span": pair(edit.source_span),
                "matters": edit.matters,
            }
            for edit in verdict.edits
        ],
        "reasons": reason_records(verdict.reasons),
        "warnings": [warning.text for warning in verdict.warnings],
        "cautions": reason_records(verdict.warnings),
        "elsewhere": [
            {"document": name, "start": span.start, "end": span.end, "text": span.cut(texts[name])}
            for name, span in verdict.elsewhere
            if name in texts
        ],
        "confidence": round(verdict.confidence, 4),
    }
