"""What a table says of files, however a spreadsheet wrote it; what doesn't fit is told by its line."""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from polidiff.errors import InputError, PolidiffError
from polidiff.lang.countries import is_known
from polidiff.readers.choices import NONE, Choices
from polidiff.readers.decode import decode

__all__ = ["COLUMNS", "TOLD", "Metadata", "Row"]

TOLD = ("name", "country", "date", "issuer", "kind", "language")
"""What a table may say of a document."""

COLUMNS = ("file", "id", *TOLD)

SHOWN = 3
"""Names that a line lists before it counts the rest."""


@dataclass(frozen=True)
class Row:
    """What a line of the table says: of which file or id, the id that the document gets, and its facts."""

    line: int
    id: str = ""
    choices: Choices = NONE


@dataclass
class Metadata:
    """Rows by the file or the end of a path that they name; ``notes`` are lines on what was not as it should be.

    Encodings (UTF-8 with a mark or without, UTF-16, GB18030, Windows-1252) and separators (comma, semicolon, tab) are
    found out, so a table is read as the spreadsheets of any country save it.
    """

    path: Path
    rows: dict[str, Row] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _met: set[str] = field(default_factory=set)
    _bare: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Metadata:
        """Read a table. Raises InputError, with the line, for what can't be understood or says two things of a file."""
        made = cls(path)
        try:
            text, _ = decode(path.read_bytes(), name=str(path))
        except OSError as error:
            raise InputError(str(path), error.strerror or str(error), "check the path") from error
        head, rest = _table(text)
        if not {"file", "id"} & set(head):
            raise InputError(str(path), "no column “file”", "name the files in a column of that name")
        made._unknown([name for name in head if name and name not in COLUMNS])
        for line, cells in rest:
            made._take(head, line, cells)
        return made

    def of(self, *names: str) -> Row | None:
        """Return what is said of a file or document, by the first of its names (or the longest end) that a row has."""
        for name in names:
            if (found := self._named(name)) is not None:
                return found
        self._bare.append(names[0])
        return None

    def _named(self, source: str) -> Row | None:
        parts = _plain(source).split("/")
        for start in range(len(parts)):
            name = "/".join(parts[start:])
            if name in self.rows:
                self._met.add(name)
                return self.rows[name]
        return None

    def left(self) -> Iterator[str]:
        """Yield a line on rows whose file wasn't met, and one on files that no row names."""
        lost = [f"{name} (line {row.line})" for name, row in self.rows.items() if name not in self._met]
        if lost:
            yield f"{self.path}: {_counted(lost, 'row')} of what is not among the documents: {_listed(lost)}"
        if self._bare and self._met:
            names = [one.replace("\\", "/").rpartition("/")[2] for one in self._bare]
            yield f"{self.path}: no row of {_counted(names, 'document')}: {_listed(names)}"

    def _unknown(self, names: Sequence[str]) -> None:
        for name in names:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            meant = f"; did you mean “{near[0]}”?" if near else ""
            self.notes.append(f"{self.path}: column “{name}” is not read{meant}")
        if names:
            self.notes.append(f"{self.path}: the columns that are read are {', '.join(COLUMNS)}")

    def _take(self, head: Sequence[str], line: int, cells: Sequence[str]) -> None:
        where = f"{self.path}, line {line}"
        if any(cell.strip() for cell in cells[len(head) :]):
            what = f"it has {len(cells)} cells, and the first line {len(head)}"
            raise InputError(where, what, "put cells that hold a separator in quotation marks")
        said = {name: cell.strip() for name, cell in zip(head, cells, strict=False) if name}
        if not any(said.values()):
            return
        file, name = _plain(said.get("file", "")), said.get("id", "")
        if not (file or name):
            self.notes.append(f"{where}: names no file, and is left out")
            return
        country = said.get("country", "")
        if country and not is_known(country):
            self.notes.append(f"{where}: no country that polidiff knows, and kept as written: {country}")
        try:
            row = Row(line, name, Choices(**{one: said.get(one, "") for one in TOLD}))
        except PolidiffError as error:
            raise InputError(where, error.what, error.remedy) from error
        old = self.rows.setdefault(file or name, row)
        if (old.id, old.choices) != (row.id, row.choices):
            raise InputError(where, f"says of {file or name} another thing than line {old.line}", "keep one of the two")


def _table(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names in the first line, in small letters, and the other lines with their numbers."""
    first, _, more = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):
        separator, text, skipped = first.strip()[4:5] or ",", more, 1
    else:
        separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows = [(reader.line_num + skipped, cells) for cells in reader]
    head = [name.strip().lower() for name in rows[0][1]] if rows else []
    return head, rows[1:]


def _plain(path: str) -> str:
    """A path as it is compared: with slashes, and letters composed (macOS takes them apart in names of files)."""
    return unicodedata.normalize("NFC", path.replace("\\", "/").removeprefix("./"))


def _counted(names: Sequence[str], one: str) -> str:
    return f"{len(names):,} {one}{'s' * (len(names) != 1)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more:,} more" if more > 0 else "")
