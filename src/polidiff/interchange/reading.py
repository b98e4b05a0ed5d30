"""The records of ``comparison.json`` and ``check.json`` read back: the inverse of the records' dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from polidiff.model import (
    Absence,
    Actor,
    ArticleCheck,
    ClaimVerdict,
    Code,
    Codebook,
    Coding,
    Comparison,
    Difference,
    Document,
    Edit,
    Evidence,
    Finding,
    Match,
    Passage,
    PassagePair,
    Position,
    Provision,
    Reason,
    Span,
    Theme,
    Unique,
    UntestedSentence,
    Verdict,
)

__all__ = ["article_of", "comparison_of"]

Record = dict[str, Any]


def comparison_of(record: Record, documents: tuple[Document, ...], method: tuple[tuple[str, str], ...]) -> Comparison:
    """The comparison of a record of ``comparison.json``; ``documents`` are those it names, in their order."""
    texts = {document.id: document.text for document in documents}
    provisions = [_provision(row, texts) for row in record["provisions"]]
    codings = [_coding(row) for row in record["codings"]]
    return Comparison(
        documents=documents,
        provisions=tuple(tuple(p for p in provisions if p.document == d.id) for d in documents),
        codings=tuple(tuple(c for c in codings if c.document == d.id) for d in documents),
        codebook=_codebook(record["codebook"]),
        matches=tuple(_match(row) for row in record["crosswalk"]),
        uniques=tuple(Unique(**row) for row in _unique_rows(record["unique"])),
        findings=tuple(_finding(row, texts) for row in record["findings"]),
        method=method,
    )


def article_of(record: Record, article: Document, documents: tuple[Document, ...]) -> ArticleCheck:
    """The check of a record of an article and its verdicts."""
    return ArticleCheck(
        article,
        documents,
        tuple(_verdict(row) for row in record["verdicts"]),
        tuple(_claim(row) for row in record.get("claims", ())),
        tuple(UntestedSentence(row["start"], row["end"], row["why"]) for row in record.get("left", ())),
        bool(record.get("read_for_claims", False)),
    )


def _spans(pairs: Iterable[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _reasons(rows: Iterable[Record]) -> tuple[Reason, ...]:
    return tuple(
        Reason(row["code"], tuple((name, _frozen(value)) for name, value in row["parameters"].items()), row["value"])
        for row in rows
    )


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _codebook(row: Record) -> Codebook:
    return Codebook(
        row["id"],
        row["version"],
        row["title"],
        tuple((head["id"], head["name"], head["name_zh"]) for head in row["heads"]),
        tuple(
            Theme(
                id=theme["id"],
                head=theme["head"],
                name=theme["name"],
                name_zh=theme["name_zh"],
                definition=theme["definition"],
                include="",
                exclude="",
                en_terms=(),
                zh_terms=(),
                parent=theme["parent"],
                positions=tuple(Position(p["id"], p["name"], p["name_zh"], ()) for p in theme["positions"]),
            )
            for theme in row["themes"]
        ),
    )


def _provision(row: Record, texts: dict[str, str]) -> Provision:
    return Provision(
        document=row["document"],
        id=row["id"],
        number=row["number"],
        kind=row["kind"],
        path=tuple(row["path"]),
        text=texts[row["document"]][row["start"] : row["end"]],
        start=row["start"],
        end=row["end"],
        page_start=row["page_start"],
        page_end=row["page_end"],
        language=row["language"],
        parent=row["parent"],
        lead_in=None if row["lead_in"] is None else Span(*row["lead_in"]),
        leaf=row["leaf"],
        refs=tuple(row["refs"]),
    )


def _code(row: Record) -> Code:
    return Code(row.get("id") or row["label"], float(row["score"]), _spans(row["cues"]))


def _coding(row: Record) -> Coding:
    return Coding(
        document=row["document"],
        provision=row["provision"],
        themes=tuple(map(_code, row["themes"])),
        positions=tuple(map(_code, row["positions"])),
        instruments=tuple(map(_code, row["instruments"])),
        lead=tuple(Actor(a["name"], Span(*a["span"]), a.get("via")) for a in row["lead"]),
        others=tuple(Actor(a["name"], Span(*a["span"])) for a in row["others"]),
        strength=_code(row["strength"]),
        posture=_code(row["posture"]),
        forum=_code(row["forum"]),
    )


def _match(row: Record) -> Match:
    return Match(
        row["source_document"],
        row["source"],
        row["document"],
        row["id"],
        float(row["score"]),
        row["relation"],
        _reasons(row["reasons"]),
        tuple(row["differs"]),
        rationale=row.get("rationale"),
    )


def _unique_rows(rows: Iterable[Record]) -> Iterable[Record]:
    names = ("document", "source", "other", "probability", "nearest", "nearest_score", "searched")
    return ({name: row[name] for name in names} for row in rows)


def _passage(row: Record, texts: dict[str, str]) -> Passage:
    return Passage(
        row["document"],
        row["provision"],
        tuple(row["path"]),
        texts[row["document"]][row["start"] : row["end"]],
        row["start"],
        row["end"],
        row["page"],
        float(row["score"]),
        _spans(row["cues"]),
    )


def _finding(row: Record, texts: dict[str, str]) -> Finding:
    return Finding(
        theme=row["theme"],
        name=row["name"],
        name_zh=row["name_zh"],
        head=row["head"],
        finding=row["finding"],
        documents=tuple(row["documents"]),
        differs=tuple(Difference(d["kind"], tuple(d["values"].items())) for d in row["differences"]),
        passages=tuple(_passage(passage, texts) for passage in row["passages"]),
        pairs=tuple(PassagePair(**pair) for pair in row["pairs"]),
        reasons=_reasons(row["reasons"]),
        absences=tuple(
            Absence(
                a["document"],
                a["searched"],
                tuple(a["terms"]),
                tuple(_passage(passage, texts) for passage in a["nearest"]),
                float(a["probability"]),
                _reasons(a["reasons"]),
            )
            for a in row["absences"]
        ),
    )


def _verdict(row: Record) -> Verdict:
    return Verdict(
        id=row["id"],
        kind=row["kind"],
        text=row["text"],
        start=row["start"],
        end=row["end"],
        speaker=row["speaker"],
        verdict=row["verdict"],
        document=row["document"],
        page=row["page"],
        matched=_spans(row["matched"]),
        matched_text=row["matched_text"],
        edits=tuple(
            Edit(e["kind"], e["quote"], e["source"], Span(*e["quote_span"]), Span(*e["source_span"]), e["matters"])
            for e in row["edits"]
        ),
        reasons=_reasons(row["reasons"]),
        warnings=_reasons(row["cautions"]),
        elsewhere=tuple((e["document"], Span(e["start"], e["end"])) for e in row["elsewhere"]),
        confidence=float(row["confidence"]),
        cited_document=row["cited_document"],
    )


def _evidence(row: Record) -> Evidence:
    return Evidence(row["document"], Span(row["start"], row["end"]), row["page"], float(row["score"]))


def _claim(row: Record) -> ClaimVerdict:
    ranked = tuple(map(_evidence, row["passages"]))
    return ClaimVerdict(
        id=row["id"],
        text=row["text"],
        verdict=row["verdict"],
        start=row["start"],
        end=row["end"],
        document=row["document"],
        cited_documents=tuple(row["cited_documents"]),
        evidence=ranked[: len(row["evidence"])],
        ranked=ranked,
        reasons=_reasons(row["reasons"]),
        warnings=_reasons(row["cautions"]),
        omissions=tuple(map(_evidence, row["omissions"])),
        elsewhere=tuple(map(_evidence, row["elsewhere"])),
        confidence=float(row["confidence"]),
    )
