"""A comparison as the plain dictionary of ``comparison.json``."""

from __future__ import annotations

from polidiff.model import Codebook, Comparison, Finding
from polidiff.model.codec import (
    JsonObject,
    cluster_record,
    coding_record,
    document_head,
    passage_record,
    provision_record,
    reason_records,
)


def finding_record(finding: Finding) -> JsonObject:
    """Return one finding with its passages, pairs, reasons and proofs of absence."""
    return {
        "theme": finding.theme,
        "name": finding.name,
        "name_zh": finding.name_zh,
        "head": finding.head,
        "finding": finding.finding,
        "documents": list(finding.documents),
        "passing": list(finding.passing),
        "differs": [difference.kind for difference in finding.differs],
        "differences": [{"kind": d.kind, "values": dict(d.values)} for d in finding.differs],
        "passages": [passage_record(passage) for passage in finding.passages],
        "pairs": [pair._asdict() for pair in finding.pairs],
        "reasons": reason_records(finding.reasons),
        "absences": [
            {
                "document": absence.document,
                "searched": absence.searched,
                "terms": list(absence.terms),
                "nearest": [passage_record(passage) for passage in absence.nearest],
                "probability": absence.probability,
                "note": " ".join(reason.text for reason in absence.reasons),
                "reasons": reason_records(absence.reasons),
            }
            for absence in finding.absences
        ],
    }


def codebook_record(codebook: Codebook) -> JsonObject:
    """Return what the findings refer to in a codebook: heads, themes and positions by name, without their terms."""
    return {
        "id": codebook.id,
        "version": codebook.version,
        "title": codebook.title,
        "heads": [{"id": head, "name": name, "name_zh": name_zh} for head, name, name_zh in codebook.heads],
        "themes": [
            {
                "id": theme.id,
                "head": theme.head,
                "name": theme.name,
                "name_zh": theme.name_zh,
                "definition": theme.definition,
                "parent": theme.parent,
                "positions": [{"id": p.id, "name": p.name, "name_zh": p.name_zh} for p in theme.positions],
            }
            for theme in codebook.themes
        ],
    }


def text_file(document_id: str) -> str:
    """Return the place of a document's canonical text in an output folder, relative to it."""
    return f"documents/{document_id}.txt"


def comparison_record(comparison: Comparison) -> JsonObject:
    """Return the whole of ``comparison.json``, without the article that may have been checked with it."""
    return {
        "polidiff": dict(comparison.method).get("polidiff"),
        "documents": [
            {**document_head(d), "text_file": text_file(d.id), "page_labels": [page.label for page in d.pages]}
            for d in comparison.documents
        ],
        "codebook": codebook_record(comparison.codebook),
        "findings": [
            {**finding_record(finding), "within": comparison.within.get(finding.theme)}
            for finding in comparison.findings
        ],
        "crosswalk": [
            {
                "source_document": match.source_document,
                "source": match.source,
                "document": match.document,
                "id": match.id,
                "score": match.score,
                "relation": match.relation,
                "rationale": match.rationale,
                "strength": match.strength,
                "differs": list(match.differs),
                "reasons": reason_records(match.reasons),
            }
            for match in comparison.matches
        ],
        "unique": [
            {
                "document": unique.document,
                "source": unique.source,
                "other": unique.other,
                "probability": unique.probability,
                "nearest": unique.nearest,
                "nearest_score": unique.nearest_score,
                "searched": unique.searched,
            }
            for unique in comparison.uniques
        ],
        "clusters": [cluster_record(cluster) for cluster in comparison.clusters],
        "provisions": [provision_record(p) for side in comparison.provisions for p in side],
        "codings": [
            coding_record(coding, provision)
            for provisions, codings in zip(comparison.provisions, comparison.codings, strict=True)
            for provision, coding in zip(provisions, codings, strict=True)
        ],
        "method": dict(comparison.method),
    }
