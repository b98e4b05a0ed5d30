"""The sheets of one document against all others: its provisions, the themes it lacks, what was searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polidiff.model import Provision
from polidiff.model.against import Against
from polidiff.report.names import place
from polidiff.report.passages import ReportContext
from polidiff.report.xlsx.cells import Cell, Sheet, called, columns
from polidiff.wording import say

Rows = Iterator[Sequence[Cell]]

_ROWS = columns(
    "kind:16 path:40 words:70:A page:12:A place:14:A document:20:B words:70:B page:12:B place:14:B nearness:10"
)
_LACKING = columns("no:6 documents:10 searched:10 document:20 words:70 page:12 place:14")
_SEARCHED = columns("document:60 in:18 date:14 provisions:12 answers:12 nearer:12 borrowed:12")


def against_sheets(bench: ReportContext, found: Against) -> tuple[Sheet, ...]:
    """Its sheets."""
    return (
        Sheet("against", _ROWS, _rows(bench, found)),
        Sheet("lacking", _LACKING, _lacking(bench, found)),
        Sheet("searched", _SEARCHED, _searched(bench, found)),
    )


def _rows(bench: ReportContext, found: Against) -> Rows:
    """A row a provision: what became of it, its words, and the nearest of another document."""
    for row in found.rows:
        other: tuple[Cell, ...] = ("", "", "", "")
        if row.nearest is not None:
            other = (called(bench, row.nearest.document), *_words(bench, row.nearest))
        yield (
            say(f"against.tally.{row.kind}", bench.tongue), " › ".join(row.provision.path),
            *_words(bench, row.provision), *other, row.cosine,
        )  # fmt: skip


def _words(bench: ReportContext, one: Provision) -> tuple[Cell, ...]:
    page = bench.page(bench.documents[one.document], one.page_start)
    return bench.documents[one.document].cut(one.span), page, f"{one.start}-{one.end}"


def _lacking(bench: ReportContext, found: Against) -> Rows:
    """A row a passage of another document on a matter that is missing."""
    for number, one in enumerate(found.lacking, start=1):
        for passage in (one.passage, *one.passages):
            words = _words(bench, passage)
            yield number, len(one.documents), one.of, called(bench, passage.document), *words


def _searched(bench: ReportContext, found: Against) -> Rows:
    """A row a document that was searched."""
    for one in found.searched:
        where = place(one.country, bench.tongue)
        yield one.title, where, one.date, one.provisions, one.answers, one.nearest, one.borrowed
