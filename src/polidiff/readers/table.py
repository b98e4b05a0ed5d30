"""Framework tables: ``.csv``, ``.jsonl`` and ``.xlsx`` with columns ``id`` and ``text``. Each row is a provision."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.model import Reason
from polidiff.readers.draft import Draft
from polidiff.readers.limits import MAX_ROWS

_IDS = ("id", "ref_id", "identifier", "number", "no", "编号", "条号")
_TEXTS = ("text", "description", "requirement", "content", "内容", "文本")
_HEADINGS = ("heading", "path", "section", "category", "function", "标题")
# What frameworks call these columns else: "Subcategory ID", "Control identifier"; "Statement", "Control text".
_ID_ENDS = (" id", " identifier", " number", " no.", " ref", " code", "ref", "code")
_TEXT_ENDS = (" text", " description", " statement", "statement", "subcategory", "control", "provision", "action")
Row = dict[str, str]
_BREAK = re.compile(r"[ \t]*[\t\r\n\v\f\u0085\u2028\u2029]+[ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


def csv_rows(text: str, name: str) -> Iterator[Row]:
    """Yield the rows of a delimited table, by the names of its first line. The delimiter is found from that line."""
    head = text[:65536]
    first = head.lstrip("\ufeff\r\n").splitlines()[0] if head.strip() else ""
    delimiter = max(",;\t|", key=lambda mark: first.count(mark))
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter if first.count(delimiter) else ",")
    try:
        header = next((row for row in reader if any(cell.strip() for cell in row)), [])
        names = [cell.strip().lower() for cell in header]
        _require(names, name)
        for row in reader:
            yield dict(zip(names, row, strict=False))
    except csv.Error as error:
        raise UnreadableSource(
            name, f"line {reader.line_num} is not valid CSV ({error})", "save the table again"
        ) from None


def jsonl_rows(text: str, name: str) -> Iterator[Row]:
    """Yield the objects of a JSON Lines table, keys in lower case; a list of objects in one JSON array is taken too."""
    objects: Iterable[object]
    if text.lstrip()[:1] == "[":
        objects = [_json(text, name, 1)]
        objects = objects[0] if isinstance(objects[0], list) else objects
    else:
        lines = enumerate(text.split("\n"), 1)
        objects = (_json(line, name, number) for number, line in lines if line.strip())
    for index, entry in enumerate(objects, 1):
        if not isinstance(entry, dict):
            raise UnreadableSource(name, f"record {index} is not an object", "give one JSON object a line")
        try:
            row = {str(key).strip().lower(): _words(value) for key, value in entry.items()}
        except RecursionError:
            raise UnreadableSource(name, f"record {index} is nested too deep", "give one flat object a line") from None
        _require(list(row), f"{name}, record {index}")
        yield row


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


def xlsx_rows(data: bytes, name: str) -> Iterator[Row]:
    """Yield the rows of the first sheet that has the columns, by the names of its first filled row."""
    from polidiff.readers.archive import Archive

    archive = Archive(data, name)
    for member in sorted(archive.names):
        if member.endswith(".xml") and not member.startswith("xl/media/"):
            archive.read(member)
    sheets = _sheets(data, name)
    seen: list[str] = []
    for rows in sheets:
        header: list[str] = []
        for row in rows:
            cells = ["" if value is None else str(value) for value in row]
            if not header:
                if any(cell.strip() for cell in cells):
                    header = [cell.strip().lower() for cell in cells]
                    if _column(header, _IDS) is None or _column(header, _TEXTS) is None:
                        seen.extend(cell for cell in header if cell)
                        break
                continue
            yield dict(zip(header, cells, strict=False))
        else:
            if header:
                return
    _require(seen, name)


def _sheets(data: bytes, name: str) -> list[list[Sequence[object]]]:
    """Return the values of every sheet, rows bounded."""
    import warnings

    from openpyxl import load_workbook

    sheets: list[list[Sequence[object]]] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            for sheet in book.worksheets:
                sheet.reset_dimensions()
                rows: list[Sequence[object]] = []
                for row in sheet.iter_rows(max_col=256, values_only=True):
                    rows.append(row)
                    if len(rows) > MAX_ROWS:
                        raise SourceTooLarge(name, f"a sheet has more than {MAX_ROWS} rows", "split the table")
                sheets.append(rows)
            book.close()
    except SourceTooLarge:
        raise
    except Exception as error:
        raise UnreadableSource(
            name, f"the workbook is damaged ({type(error).__name__}: {error})", "save it again as .xlsx or .csv"
        ) from None
    return sheets


def _column(names: Sequence[str], wanted: Sequence[str]) -> str | None:
    """The column that has one of the wanted names, else the first whose name ends as such names do, or None."""
    found = next((name for name in wanted if name in names), None)
    ends = {_IDS: _ID_ENDS, _TEXTS: _TEXT_ENDS}.get(tuple(wanted), ())
    return found or next((name for end in ends for name in names if name.endswith(end)), None)


def _require(names: Sequence[str], name: str) -> None:
    for wanted, label in ((_IDS, "id"), (_TEXTS, "text")):
        if _column(names, wanted) is None:
            found = ", ".join(names[:12]) or "none"
            raise UnreadableSource(
                name, f"the table has no column '{label}' (columns found: {found[:300]})", f"name a column '{label}'"
            )


def table_drafts(rows: Iterable[Row], name: str) -> tuple[list[Draft], list[Reason]]:
    """Return a ``row`` draft for every row with words, its id in ``marker``, and what the reader should know.

    A heading is set where that column changes. A row without an id, or with an id that an earlier row has, is kept,
    with its place in the table added to its marker.
    """
    drafts: list[Draft] = []
    warnings: list[Reason] = []
    seen: set[str] = set()
    heading = ""
    for count, row in enumerate(rows, 1):
        if count > MAX_ROWS:
            raise SourceTooLarge(name, f"the table has more than {MAX_ROWS} rows", "split it")
        names = list(row)
        ident = _one_line(row.get(_column(names, _IDS) or "", ""))
        text = _one_line(row.get(_column(names, _TEXTS) or "", ""))
        above = _one_line(row.get(_column(names, _HEADINGS) or "", ""))
        if not text:
            continue
        if not ident or ident in seen:
            warnings.append(
                Reason.of("row.same_id", row=count, id=ident) if ident else Reason.of("row.no_id", row=count)
            )
            ident = f"{ident or 'row'}#{count}"
        seen.add(ident)
        if above and above != heading:
            drafts.append(Draft("heading", above, level=1))
            heading = above
        drafts.append(Draft("row", text, marker=ident))
    if not drafts:
        raise UnreadableSource(name, "the table has no row with text", "check that it is the right file")
    return drafts, warnings


def _one_line(cell: str | None) -> str:
    """Return a cell's words with line breaks undone; all else stays as printed."""
    return _BREAK.sub(" ", _CONTROL.sub("", cell or "")).strip()
