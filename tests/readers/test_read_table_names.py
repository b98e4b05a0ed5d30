"""Tables of frameworks name their columns in words of their own."""

from __future__ import annotations

import io

import openpyxl
import pytest

from polidiff.errors import UnreadableSource
from polidiff.readers import read_bytes
from polidiff.readers.choices import Choices


@pytest.mark.parametrize(
    ("ident", "text"),
    [("Subcategory ID", "Subcategory"), ("Control Identifier", "Control Text"), ("Ref", "Statement"), ("ID", "Text")],
)
def test_the_columns_of_frameworks_are_known_by_how_their_names_end(ident: str, text: str) -> None:
    table = f"Category,{ident},{text},Notes\nCranes,C-1,Paint every crane.,red\nCranes,C-2,Oil every wheel.,-\n"
    document = read_bytes(table.encode(), name="frame.csv")
    rows = [(block.marker, document.cut(block.span)) for block in document.blocks if block.kind == "row"]
    assert rows == [("C-1", "Paint every crane."), ("C-2", "Oil every wheel.")]


def test_columns_that_no_name_tells_are_guessed_from_what_they_hold_and_told() -> None:
    rows = "\n".join(f"K{n},crane {n % 2},The town shall paint crane number {n} each spring.,x" for n in range(1, 6))
    document = read_bytes(f"List of duties,,,\nMark,Thing,Duty,Sign\n{rows}\n".encode("utf-16"), name="frame.csv")
    found = [(block.marker, document.cut(block.span)) for block in document.blocks if block.kind == "row"]
    assert found[0] == ("K1", "The town shall paint crane number 1 each spring.")
    told = [notice.message for notice in document.warnings]
    assert "“duty”" in told[0]
    assert "“mark”" in told[1]


def test_the_user_says_which_columns_they_are() -> None:
    table = b"Code,Short,Long\n1,Paint.,Paint every crane in spring.\n2,Oil.,Oil every wheel in spring.\n"
    document = read_bytes(table, name="frame.csv", choices=Choices(id_column="code", text_column="SHORT"))
    assert [(b.marker, document.cut(b.span)) for b in document.blocks] == [("1", "Paint."), ("2", "Oil.")]
    assert document.warnings == ()
    with pytest.raises(UnreadableSource, match="no column 'tall'"):
        read_bytes(table, name="frame.csv", choices=Choices(text_column="tall"))


def test_of_several_sheets_the_one_that_was_read_is_named() -> None:
    book = openpyxl.Workbook()
    book.active.title = "About"
    book.active.append(["Read me"])
    for title, words in (("Duties", "Paint every crane."), ("Old", "Paint no crane.")):
        sheet = book.create_sheet(title)
        sheet.append(["ID", "Text"])
        sheet.append(["1", words])
    stream = io.BytesIO()
    book.save(stream)
    document = read_bytes(stream.getvalue(), name="frame.xlsx")
    assert document.text == "Paint every crane."
    assert [n.message for n in document.warnings] == ["of several sheets “Duties” was read; not read: About, Old"]
