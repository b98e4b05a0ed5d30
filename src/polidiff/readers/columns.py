"""Which columns of a table hold the ids and the words: as named, as the user says, or as what they hold shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.errors import UnreadableSource
from polidiff.model import Reason
from polidiff.readers.choices import NONE, Choices
from polidiff.readers.draft import Draft
from polidiff.readers.table import Table

_IDS = ("id", "ref_id", "identifier", "number", "no", "编号", "條號", "条号", "序号")
_TEXTS = ("text", "description", "requirement", "content", "内容", "文本", "要求", "條文", "条文")
_HEADINGS = ("heading", "path", "section", "category", "function", "标题", "类别")
# What frameworks call these columns else: "Subcategory ID", "Control identifier"; "Statement", "Control text".
_ID_ENDS = (" id", " identifier", " number", " no.", " ref", " code", "ref", "code", "_id")
_TEXT_ENDS = (" text", " description", " statement", "statement", "subcategory", "control", "provision", "action")
_HEAD_ROWS = 12
"""Rows at the top among which the one with the columns' names is looked for: titles and notes may stand above it."""
_WORDY = 16
"""Characters that a cell of the column with the words has on average, at least; half as many in Chinese."""
_SHORT = 24
"""Characters that an id has at most."""
_BREAK = re.compile(r"[ \t]*[\t\r\n\v\f\u0085\u2028\u2029]+[ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the names of the columns stand, and the columns; None where there is none. ``guessed`` says which were."""

    head: int
    names: tuple[str, ...]
    ident: int | None
    text: int
    heading: int | None
    guessed: tuple[Reason, ...] = ()


def table_drafts(tables: Sequence[Table], name: str, choices: Choices = NONE) -> tuple[list[Draft], list[Reason]]:
    """Return a ``row`` draft for every row with words, its id in ``marker``, and what the reader should know.

    Of several sheets the first whose columns are known is taken, else the first whose columns can be guessed. Raises
    UnreadableSource where no sheet has a column of words.
    """
    for guess in (False, True):
        for table in tables:
            columns = _columns(table, name, choices, guess)
            if columns is not None:
                drafts, warnings = _drafts(table, columns, name)
                return drafts, [*_sheet(table, tables), *columns.guessed, *warnings]
    seen = [cell.strip().lower() for table in tables for cell in table.rows[0] if cell.strip()]
    raise _missing("id" if _column(seen, _IDS) is None else "text", seen, name)


def _missing(column: str, seen: Sequence[str], name: str) -> UnreadableSource:
    found = ", ".join(seen[:12]) or "none"
    return UnreadableSource(
        name,
        f"the table has no column '{column}' (columns found: {found[:300]})",
        f"name a column '{column}', or say which it is: --{column}-column NAME",
    )


def _sheet(table: Table, tables: Sequence[Table]) -> list[Reason]:
    others = [other.sheet for other in tables if other is not table]
    told = [Reason.of("table.sheet", sheet=table.sheet, others=", ".join(others[:8]))] if others else []
    return [*told, Reason.of("table.formulas", n=table.formulas)] if table.formulas else told


def _columns(table: Table, name: str, choices: Choices, guess: bool) -> Columns | None:
    for head, row in enumerate(table.rows[:_HEAD_ROWS]):
        names = tuple(cell.strip().lower() for cell in row)
        ident, text = _chosen(names, choices.id_column), _chosen(names, choices.text_column)
        ident = ident if ident is not None or choices.id_column else _column(names, _IDS)
        text = text if text is not None or choices.text_column else _column(names, _TEXTS)
        if text is not None and (ident is not None or choices.text_column) and head + 1 < len(table.rows):
            return Columns(head, names, ident, text, _column(names, _HEADINGS))
    for said, what in ((choices.id_column, "id"), (choices.text_column, "text")):
        if said and guess:
            names = tuple(cell.strip().lower() for cell in table.rows[0])
            raise UnreadableSource(
                name,
                f"the table has no column '{said}' (columns found: {', '.join(filter(None, names))[:300]})",
                f"name one of them: --{what}-column NAME",
            )
    return _guessed(table) if guess else None


def _chosen(names: Sequence[str], said: str) -> int | None:
    wanted = said.strip().lower()
    return names.index(wanted) if wanted and wanted in names else None


def _column(names: Sequence[str], wanted: Sequence[str]) -> int | None:
    """The column that has one of the wanted names, else the first whose name ends as such names do, or None."""
    found = next((names.index(name) for name in wanted if name in names), None)
    if found is not None:
        return found
    ends = _ID_ENDS if wanted is _IDS else _TEXT_ENDS if wanted is _TEXTS else ()
    return next((index for end in ends for index, name in enumerate(names) if name.endswith(end)), None)


def _guessed(table: Table) -> Columns | None:
    """Take the column with the longest cells for the words, and one of short cells, none twice, for the ids."""
    rows = table.rows
    head = next((i for i, row in enumerate(rows[:_HEAD_ROWS]) if sum(bool(c.strip()) for c in row) >= 2), 0)
    names = tuple(cell.strip().lower() for cell in rows[head])
    body = rows[head + 1 :]
    if not body:
        return None
    columns = [[row[at].strip() if at < len(row) else "" for row in body] for at in range(len(names))]
    lengths = [sum(map(_weight, column)) / len(body) for column in columns]
    text = max(range(len(names)), key=lambda at: lengths[at], default=None)
    if text is None or lengths[text] < _WORDY:
        return None
    others = [at for at in range(len(names)) if at != text]
    ident = next((at for at in others if _identifies(columns[at])), None)
    reasons = [Reason.of("table.text_guessed", column=names[text] or f"#{text + 1}")]
    if ident is not None:
        reasons.append(Reason.of("table.id_guessed", column=names[ident] or f"#{ident + 1}"))
    return Columns(head, names, ident, text, _column(names, _HEADINGS), tuple(reasons))


def _weight(cell: str) -> int:
    return len(cell) + len(_HAN.findall(cell))


def _identifies(column: Sequence[str]) -> bool:
    filled = [cell for cell in column if cell]
    short = all(len(cell) <= _SHORT and len(cell.split()) <= 3 for cell in filled)
    return short and len(filled) * 10 >= len(column) * 9 and len(set(filled)) == len(filled)


def _drafts(table: Table, columns: Columns, name: str) -> tuple[list[Draft], list[Reason]]:
    """File the rows. A heading is set where its column changes. A row without an id, or with an earlier row's, is kept.

    Its place in the table is added to its marker. A table without ids counts its rows.
    """
    drafts: list[Draft] = []
    warnings: list[Reason] = []
    seen: set[str] = set()
    heading = ""
    for count, row in enumerate(table.rows[columns.head + 1 :], 1):
        ident, text, above = (_cell(row, at) for at in (columns.ident, columns.text, columns.heading))
        if not text:
            continue
        if columns.ident is None:
            ident = str(count)
        elif not ident or ident in seen:
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


def _cell(row: Sequence[str], at: int | None) -> str:
    """Return a cell's words with line breaks undone; all else stays as printed."""
    words = row[at] if at is not None and at < len(row) else ""
    return _BREAK.sub(" ", _CONTROL.sub("", words or "")).strip()
