"""The workbook: what an analyst would send on. Every cell is words, a number or a link, never a formula."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from polidiff.model import ArticleCheck, Comparison
from polidiff.model.against import Against
from polidiff.report.against import context
from polidiff.report.passages import ReportContext
from polidiff.report.xlsx.against import against_sheets
from polidiff.report.xlsx.article import article_sheets
from polidiff.report.xlsx.cells import Link, Sheet, words
from polidiff.report.xlsx.comparison import comparison_sheets, method_sheet
from polidiff.wording import Locale, say

if TYPE_CHECKING:
    import xlsxwriter

CREATED = datetime(2000, 1, 1)
"""The creation date that every workbook carries, so that the same comparison gives the same bytes."""

DECISIONS = ("accept", "reject")
"""What may be typed into a column for decisions."""

LONGEST_URL = 2_000
"""Characters of a link; Excel holds 2,079. A longer one stands as words."""

MOST_URLS = 60_000
"""Links of a sheet; Excel holds 65,530. Further ones stand as words."""


def build(comparison: Comparison, check: ArticleCheck | None, tongue: Locale) -> bytes:
    """The workbook's bytes."""
    bench = ReportContext(comparison, tongue)
    found = comparison_sheets(bench) if comparison.findings or any(comparison.provisions) else ()
    return _book((*found, *article_sheets(bench, check), method_sheet(bench, check)), tongue)


def build_against(found: Against, tongue: Locale) -> bytes:
    """The workbook of one document against all others."""
    bench = context(found, tongue)
    return _book((*against_sheets(bench, found), method_sheet(bench, None)), tongue)


def _book(sheets: Iterable[Sheet], tongue: Locale) -> bytes:
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "polidiff comparison", "created": CREATED})
        for sheet in sheets:
            _write(book, sheet, tongue)
    return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet, tongue: Locale) -> None:
    """One sheet: a frozen head, a filter over every column, wrapped words."""
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True, "bg_color": "#EFEBE1"})
    body = book.add_format({"valign": "top", "text_wrap": True})
    number = book.add_format({"valign": "top", "num_format": "0.00"})
    link = book.add_format({"valign": "top", "font_color": "#1A4A86", "underline": 1})
    made = book.add_worksheet(say(f"sheet.{sheet.name}", tongue))
    made.freeze_panes(1, 1)
    made.set_landscape()
    made.fit_to_pages(1, 0)
    made.repeat_rows(0)
    for place, column in enumerate(sheet.columns):
        made.set_column(place, place, column.width)
        name = say(f"column.{column.key}", tongue) if column.key else ""
        made.write_string(0, place, words(name + column.behind, tongue), head)
    last = links = 0
    for last, row in enumerate(sheet.rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, Link):
                links += 1
                if links > MOST_URLS or len(value.url) > LONGEST_URL:
                    made.write_string(last, place, words(value.words, tongue), body)
                else:
                    made.write_url(last, place, value.url, link, words(value.words, tongue))
            elif isinstance(value, str):
                made.write_string(last, place, words(value, tongue), body)
            elif isinstance(value, int):
                made.write_number(last, place, value, body)
            elif value is not None:
                made.write_number(last, place, round(value, 4), number)
    for place, column in enumerate(sheet.columns):
        if column.key == "decision" and last:
            made.data_validation(1, place, last, place, {"validate": "list", "source": list(DECISIONS)})
    made.autofilter(0, 0, max(1, last), len(sheet.columns) - 1)
