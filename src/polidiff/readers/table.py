"""Tables: ``.csv``, ``.jsonl`` and ``.xlsx`` as rows of cells. What the columns are is for :mod:`columns`."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.limits import MAX_ROWS

_NUMBER_FORM = re.compile(
    r'(?P<before>"[^"]*"|[$€£¥]?)(?P<parted>#,##)?(?P<whole>0+)(?:\.(?P<rest>0+))?(?P<after>%|"[^"]*")?'
)
"""Number formats of Excel whose print is plain: zeros in front, decimals, thousands, a unit (``0.00``, ``000``)."""


@dataclass(slots=True)
class Table:
    """Rows of cells as they stand, with the name of the sheet where there is one. Empty rows are left out."""

    rows: list[list[str]] = field(default_factory=list)
    sheet: str = ""
    formulas: int = 0
    """Cells whose formula has no result in the file: the program that wrote it did not reckon."""


def csv_table(text: str, name: str) -> Table:
    """Return a delimited table. The delimiter is the one that parts the first lines most evenly."""
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=_delimiter(text))
    table = Table()
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                table.rows.append(row)
            _bound(table, name)
    except csv.Error as error:
        raise UnreadableSource(
            name, f"line {reader.line_num} is not valid CSV ({error})", "save the table again"
        ) from None
    return table


def _delimiter(text: str) -> str:
    """The mark that stands most often in the first line with any of them, among ``,`` ``;`` tab and ``|``."""
    for line in text[:65536].lstrip("\ufeff\r\n").splitlines()[:10]:
        counts = {mark: line.count(mark) for mark in ",;\t|"}
        best = max(counts, key=lambda mark: counts[mark])
        if counts[best]:
            return best
    return ","


def jsonl_table(text: str, name: str) -> Table:
    """Return the objects of a JSON Lines table, or of one JSON array, under the names of all their keys."""
    objects: Iterable[object]
    if text.lstrip()[:1] == "[":
        whole = _json(text, name, 1)
        objects = whole if isinstance(whole, list) else [whole]
    else:
        lines = enumerate(text.split("\n"), 1)
        objects = (_json(line, name, number) for number, line in lines if line.strip())
    places: dict[str, int] = {}
    found: list[dict[int, str]] = []
    for index, entry in enumerate(objects, 1):
        if not isinstance(entry, dict):
            raise UnreadableSource(name, f"record {index} is not an object", "give one JSON object a line")
        try:
            said = {str(key).strip().lower(): _words(value) for key, value in entry.items()}
        except RecursionError:
            raise UnreadableSource(name, f"record {index} is nested too deep", "give one flat object a line") from None
        found.append({places.setdefault(key, len(places)): value for key, value in said.items()})
        if len(found) > MAX_ROWS:
            raise SourceTooLarge(name, f"the table has more than {MAX_ROWS} rows", "split it")
    width = range(len(places))
    return Table([list(places), *([row.get(place, "") for place in width] for row in found)])


def _json(line: str, name: str, number: int) -> object:
    try:
        value: object = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        raise UnreadableSource(name, f"line {number} is not JSON ({what})", "give one JSON object a line") from None
    return value


def _words(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return " > ".join(_words(part) for part in value)
    return str(value)


def xlsx_tables(data: bytes, name: str) -> list[Table]:
    """Return every sheet of a workbook that holds anything, in the workbook's order."""
    import warnings

    from openpyxl import load_workbook

    from polidiff.readers.archive import Archive

    archive = Archive(data, name)
    formulas = _unreckoned(archive)
    tables: list[Table] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in sorted(book.worksheets, key=lambda sheet: sheet.sheet_state != "visible"):
                sheet.reset_dimensions()
                table = Table(sheet=str(sheet.title), formulas=formulas)
                for row in sheet.iter_rows(max_col=256):
                    cells = [_printed(cell) for cell in row]
                    if any(cell.strip() for cell in cells):
                        table.rows.append(cells)
                    _bound(table, name)
                if table.rows:
                    tables.append(table)
            book.close()
    except SourceTooLarge:
        raise
    except Exception as error:
        raise UnreadableSource(
            name, f"the workbook is damaged ({type(error).__name__}: {error})", "save it again as .xlsx or .csv"
        ) from None
    return tables


def _unreckoned(archive: Any) -> int:
    """Unpack every part of a workbook within bounds, and count the formulas without a result."""
    found = 0
    for member in sorted(archive.names):
        if member.endswith(".xml") and not member.startswith("xl/media/"):
            data = archive.read(member)
            if member.startswith("xl/worksheets/") and b"<f" in data:
                found += len(re.findall(rb"<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>", data))
    return found


def _printed(cell: Any) -> str:
    """Return what a cell shows: a number as its format prints it, where that is plain; a day without its midnight."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, bool) or not isinstance(value, int | float | date):
        return str(value).upper() if isinstance(value, bool) else str(value)
    form = _NUMBER_FORM.fullmatch(str(cell.number_format).split(";")[0].replace("\\", ""))
    if form is None or isinstance(value, date):
        return str(value)
    number = value * 100 if form["after"] == "%" else value
    places = len(form["rest"] or "")
    width = len(form["whole"]) + (places + 1 if places else 0)
    words = f"{number:{',' if form['parted'] else '0'}{'' if form['parted'] else width}.{places}f}"
    return f"{form['before'].strip(chr(34))}{words}{(form['after'] or '').strip(chr(34))}"


def _bound(table: Table, name: str) -> None:
    if len(table.rows) > MAX_ROWS + 1:
        raise SourceTooLarge(name, f"the table has more than {MAX_ROWS} rows", "split it")
