"""The sheets of an article's check: its quotations, its claims, and all its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polidiff.model import ArticleCheck, ClaimVerdict, Document, Evidence, Verdict
from polidiff.report.articles import numbered
from polidiff.report.cards import Found, verdict_name
from polidiff.report.checked import PAGES as ARTICLE_PAGES
from polidiff.report.passages import ReportContext
from polidiff.report.view import PAGES
from polidiff.report.xlsx.cells import Cell, Link, Sheet, called, columns
from polidiff.wording import say, term

Rows = Iterator[Sequence[Cell]]

_QUOTES = columns(
    "no:6 verdict:20 quotation:60 speaker:24 cited:18 found_in:18 page:12 words_there:60 changes:50 reasons:50 "
    "warnings:40 confidence:10 place:14"
)
_CLAIMS = columns(
    "no:6 verdict:20 claim:60 about:24 found_in:18 page:12 words:60 reasons:50 warnings:40 left_out:40 "
    "said_too_by:24 confidence:10 place:14"
)


_SENTENCES = columns("no:6 kind:24 sentence:90 about:30 not_held:40 place:14")


def article_sheets(bench: ReportContext, check: ArticleCheck | None) -> tuple[Sheet, ...]:
    """Its sheets; none where no article was checked."""
    if check is None:
        return ()
    sheets = [Sheet("quotations", _QUOTES, _quotes(bench, check)), Sheet("claims", _CLAIMS, _claims(bench, check))]
    if check.sentences:
        sheets.append(Sheet("sentences", _SENTENCES, _sentences(bench, check)))
    return tuple(sheets)


def _quotes(bench: ReportContext, check: ArticleCheck) -> Rows:
    """One row a quotation."""
    for number, one in numbered(check):
        if not isinstance(one, Verdict):
            continue
        yield (
            number, verdict_name(one, bench.tongue), one.text, one.speaker or "", called(bench, one.cited_document),
            called(bench, one.document), _link(bench, number, one, one.document, one.page), one.matched_text or "",
            "\n".join(
                f"{term('edit', edit.kind, bench.tongue)}: “{edit.source}” → “{edit.quote}”" for edit in one.edits
            ),
            *_why(bench, one), one.confidence, ", ".join(f"{span.start}-{span.end}" for span in one.matched),
        )  # fmt: skip


def _claims(bench: ReportContext, check: ArticleCheck) -> Rows:
    """One row for each passage that decides a claim; one row where none does."""
    held = {document.id: document for document in check.documents}
    for number, one in numbered(check):
        if not isinstance(one, ClaimVerdict):
            continue
        about = ", ".join(called(bench, document) for document in one.cited_documents)
        evidence: tuple[Evidence | None, ...] = one.evidence or (None,)
        for found in evidence:
            document = found.document if found is not None else one.document
            yield (
                number, verdict_name(one, bench.tongue), one.text, about, called(bench, document),
                _link(bench, number, one, document, found.page if found is not None else None),
                found.span.cut(held[found.document].text) if found is not None else "", *_why(bench, one),
                "; ".join(_cut(held, left) for left in one.omissions),
                ", ".join(dict.fromkeys(called(bench, other.document) for other in one.elsewhere)), one.confidence,
                f"{found.span.start}-{found.span.end}" if found is not None else "",
            )  # fmt: skip


def _sentences(bench: ReportContext, check: ArticleCheck) -> Rows:
    """One row a sentence of the article, with what was made of it."""
    for number, one in enumerate(check.sentences, start=1):
        about = ", ".join(called(bench, document) for document in one.documents)
        yield (
            number, term("sentence", one.kind, bench.tongue), check.article.text[one.start : one.end], about, one.named,
            f"{one.start}-{one.end}",
        )  # fmt: skip


def _why(bench: ReportContext, one: Found) -> tuple[str, str]:
    """Reasons and warnings, a line each."""
    return (
        "\n".join(map(bench.reason, one.reasons)),
        "\n".join(map(bench.reason, one.warnings)),
    )


def _cut(held: dict[str, Document], evidence: Evidence) -> str:
    return evidence.span.cut(held[evidence.document].text)


def _link(bench: ReportContext, number: int, one: Found, document: str | None, page: int | None) -> Cell:
    """A link to the verdict's card on the page, by the page of the document where there is one."""
    held = bench.documents.get(document or "")
    shown = bench.page(held, page) if held is not None else ""
    pages = PAGES if any(bench.comparison.provisions) else ARTICLE_PAGES
    return Link(f"external:{pages[bench.tongue]}#verdict-{number}", shown or say("open", bench.tongue))
