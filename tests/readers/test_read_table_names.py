"""Tables of frameworks name their columns in words of their own."""

from __future__ import annotations

import pytest

from polidiff.readers import read_bytes


@pytest.mark.parametrize(
    ("ident", "text"),
    [("Subcategory ID", "Subcategory"), ("Control Identifier", "Control Text"), ("Ref", "Statement"), ("ID", "Text")],
)
def test_the_columns_of_frameworks_are_known_by_how_their_names_end(ident: str, text: str) -> None:
    table = f"Category,{ident},{text},Notes\nCranes,C-1,Paint every crane.,red\nCranes,C-2,Oil every wheel.,-\n"
    document = read_bytes(table.encode(), name="frame.csv")
    rows = [(block.marker, document.cut(block.span)) for block in document.blocks if block.kind == "row"]
    assert rows == [("C-1", "Paint every crane."), ("C-2", "Oil every wheel.")]
