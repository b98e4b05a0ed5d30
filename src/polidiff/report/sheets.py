"""The workbook: what an analyst would send on. Every cell is written as words or a number, never as a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from polidiff.model import ArticleCheck, Comparison
from polidiff.report.passages import Bench
from polidiff.report.strings import say, term

if TYPE_CHECKING:
    import xlsxwriter

CREATED = datetime(2000, 1, 1)
"""The creation date that every workbook carries, so that the same comparison gives the same bytes."""

LONGEST = 32_000
"""Characters of a cell; Excel holds 32,767. Longer words are cut, and the cell says where to read on."""

_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Cell = str | int | float | None
Rows = Iterator[Sequence[Cell]]
Column = tuple[str, int]


def build(comparison: Comparison, check: ArticleCheck | None) -> bytes:
    """The workbook's bytes."""
    import xlsxwriter

    bench = Bench(comparison, "en")
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "polidiff comparison", "created": CREATED})
        _sheet(book, "Findings", _FINDINGS, _findings(bench))
        _sheet(book, "Side by side", _SIDES, _side_by_side(bench))
        _sheet(book, "Only in one", _ONLY, _only(bench))
        _sheet(book, "Codes", _CODES, _codes(bench))
        _sheet(book, "Article check", _VERDICTS, _verdicts(bench, check))
        _sheet(book, "Method", _METHOD, _method(comparison, check))
    return out.getvalue()


def _sheet(book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], rows: Rows) -> None:
    """One sheet: a frozen head, a filter over every column, wrapped words."""
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EFEBE1"})
    body = book.add_format({"valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top", "num_format": "0.00"})
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, (title, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, title, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, place, _words(value), body)
            elif isinstance(value, int):
                sheet.write_number(last, place, value, body)
            elif value is not None:
                sheet.write_number(last, place, round(value, 4), number)
    sheet.autofilter(0, 0, max(1, last), len(columns) - 1)


def _words(value: str) -> str:
    clean = _UNSPEAKABLE.sub("\ufffd", value)
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + " [cut here: read on in the document]"


_FINDINGS = (
    ("Theme", 30),
    ("Finding", 14),
    ("In", 24),
    ("Differs in", 26),
    ("What each says", 48),
    ("Passages", 18),
    ("Reasons", 60),
    ("Head", 24),
    ("主题", 24),
)


def _findings(bench: Bench) -> Rows:
    heads = {head: name for head, name, _ in bench.comparison.codebook.heads}
    for finding in bench.comparison.findings:
        counts = {party.id: sum(p.document == party.id for p in finding.passages) for party in bench.parties}
        yield (
            finding.name,
            term("finding", finding.finding, "en"),
            ", ".join(bench.party[d].label for d in finding.documents),
            ", ".join(term("differs", d.kind, "en") for d in finding.differs),
            "\n".join(
                f"{d.kind}: " + "; ".join(f"{bench.party[i].label}: {v}" for i, v in d.values) for d in finding.differs
            ),
            "; ".join(f"{bench.party[d].label}: {n}" for d, n in counts.items()),
            "\n".join(reason.text for reason in finding.reasons),
            heads.get(finding.head, finding.head),
            finding.name_zh,
        )


_SIDES = (
    ("Theme", 26),
    ("Finding", 12),
    ("Score", 8),
    ("Relation", 20),
    ("Differs in", 20),
    ("Document A", 16),
    ("Provision A", 14),
    ("Page A", 8),
    ("Words A", 60),
    ("Document B", 16),
    ("Provision B", 14),
    ("Page B", 8),
    ("Words B", 60),
    ("Place A", 14),
    ("Place B", 14),
    ("Path A", 40),
    ("Path B", 40),
    ("Reasons", 50),
)


def _side_by_side(bench: Bench) -> Rows:
    """The passages that answer each other, theme by theme, best first."""
    for finding in bench.comparison.findings:
        by_place = {(passage.document, passage.provision): passage for passage in finding.passages}
        for pair in finding.pairs:
            left, right = by_place[pair.source_document, pair.source], by_place[pair.document, pair.id]
            match, _ = bench.match(left, right)
            yield (
                finding.name, term("finding", finding.finding, "en"), pair.score,
                term("relation", match.relation, "en") if match else "",
                ", ".join(term("differs", kind, "en") for kind in match.differs) if match else "",
                _name(bench, left.document), left.provision, left.page, left.text,
                _name(bench, right.document), right.provision, right.page, right.text,
                f"{left.start}-{left.end}", f"{right.start}-{right.end}",
                " › ".join(left.path), " › ".join(right.path),
                "\n".join(reason.text for reason in match.reasons) if match else "",
            )  # fmt: skip


_ONLY = (
    ("Theme", 30),
    ("Only in", 18),
    ("Page", 8),
    ("Words", 70),
    ("Path", 40),
    ("Silent", 18),
    ("Searched", 10),
    ("Chance that a search finds it", 12),
    ("Nearest passage there", 70),
    ("Nearness", 10),
    ("Terms tried", 50),
    ("Place", 14),
)


def _only(bench: Bench) -> Rows:
    """Each passage of a theme that a document is silent on, with the search that was made."""
    for finding in (f for f in bench.comparison.findings if f.finding == "only"):
        for absence in finding.absences:
            near = absence.nearest[0] if absence.nearest else None
            for passage in finding.passages:
                yield (
                    finding.name, _name(bench, passage.document), passage.page, passage.text, " › ".join(passage.path),
                    _name(bench, absence.document), absence.searched, absence.probability,
                    near.text if near else "", near.score if near else None, ", ".join(absence.terms),
                    f"{passage.start}-{passage.end}",
                )  # fmt: skip


_CODES = (
    ("Document", 18),
    ("Provision", 14),
    ("Page", 8),
    ("Words", 70),
    ("Themes", 34),
    ("Positions", 24),
    ("Strength", 16),
    ("Lead", 26),
    ("Others", 30),
    ("Means", 24),
    ("Forum", 16),
    ("Posture", 16),
    ("Cue words", 34),
    ("Path", 40),
    ("Place", 14),
)


def _codes(bench: Bench) -> Rows:
    """Every provision with what the coder says of it."""
    comparison = bench.comparison
    for document, provisions, codings in zip(
        comparison.documents, comparison.provisions, comparison.codings, strict=True
    ):
        for provision, coding in zip(provisions, codings, strict=True):
            cues = {document.cut(cue) for code in coding.themes for cue in code.cues}
            yield (
                _name(bench, document.id), provision.number or provision.id, provision.page_start, provision.text,
                ", ".join(code.id for code in coding.themes), ", ".join(code.id for code in coding.positions),
                coding.strength.id, ", ".join(actor.name for actor in coding.lead),
                ", ".join(actor.name for actor in coding.others), ", ".join(code.id for code in coding.instruments),
                coding.forum.id, coding.posture.id, ", ".join(sorted(cues)), " › ".join(provision.path),
                f"{provision.start}-{provision.end}",
            )  # fmt: skip


_VERDICTS = (
    ("No", 6),
    ("Verdict", 20),
    ("Quotation", 60),
    ("Speaker", 24),
    ("Cited", 18),
    ("Found in", 18),
    ("Page", 8),
    ("Words there", 60),
    ("Changes", 50),
    ("Reasons", 50),
    ("Warnings", 40),
    ("Confidence", 10),
    ("Place", 14),
)


def _verdicts(bench: Bench, check: ArticleCheck | None) -> Rows:
    """One row a quotation; one row that says so where no article was checked."""
    if check is None:
        yield (None, "", "No article was checked.")
        return
    for number, verdict in enumerate(check.verdicts, start=1):
        yield (
            number, term("verdict", verdict.verdict, "en"), verdict.text, verdict.speaker or "",
            _name(bench, verdict.cited_document), _name(bench, verdict.document), verdict.page,
            verdict.matched_text or "",
            "\n".join(f"{edit.kind}: “{edit.source}” → “{edit.quote}”" for edit in verdict.edits),
            "\n".join(reason.text for reason in verdict.reasons), "\n".join(verdict.warnings), verdict.confidence,
            ", ".join(f"{span.start}-{span.end}" for span in verdict.matched),
        )  # fmt: skip


_METHOD = (("What", 34), ("Value", 90), ("Note", 70))


def _method(comparison: Comparison, check: ArticleCheck | None) -> Rows:
    """Versions, hashes, warnings, limits."""
    yield from ((name, value, "") for name, value in comparison.method)
    for document in (*comparison.documents, *((check.article,) if check is not None else ())):
        caution = say("caution.digest", "en") if document.is_digest else ""
        yield f"{document.id}: title", document.title, caution
        yield f"{document.id}: kind", term("kind", document.kind, "en"), ""
        yield f"{document.id}: source", document.source, ""
        yield f"{document.id}: SHA-256 of the file", document.sha256, ""
        yield f"{document.id}: SHA-256 of the text", document.text_sha256, "Places are offsets into this text."
        for notice in document.warnings:
            yield f"{document.id}: note", notice.message, f"page {notice.page}" if notice.page else ""
    yield "Limits", say("method.limits", "en"), ""


def _name(bench: Bench, document: str | None) -> str:
    """The document's short name, with the digest named as one."""
    if document is None:
        return ""
    party = bench.party.get(document)
    if party is None:
        return document
    return f"{party.label} (digest)" if party.is_digest else party.label
