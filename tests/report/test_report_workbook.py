"""The workbook and the figures, opened as a reader would."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import report_factory as factory
from lxml import etree, html
from openpyxl import load_workbook

from polidiff.report import figure_files, page, workbook

SHEETS = [
    *("Findings", "Passages", "Side by side", "Only in one", "Codes", "Figures"),
    *("Quotations", "Claims", "Method"),
]


def test_sheets_can_be_filtered_and_scrolled() -> None:
    made = factory.comparison()
    book = load_workbook(BytesIO(workbook(made, factory.check(made))))
    assert book.sheetnames == SHEETS
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
        assert sheet.max_row > 1
    assert book["Findings"].max_row == len(made.findings) + 1
    assert book["Codes"].max_row == sum(map(len, made.provisions)) + 1
    assert book["Quotations"].max_row == len(factory.QUOTED) + 1
    assert book["Claims"].max_row == len(factory.CLAIMED) + 1


def test_words_that_look_like_formulas_stay_words() -> None:
    made = factory.comparison()
    rows = [(*row[:-1], "=1+1 " + row[-1]) for row in factory.NORTH]
    north = replace(factory.document("north", "=HYPERLINK(1)", "en", rows), source="=cmd|'/c calc'!A1")
    compared = factory.compared([north, made.documents[1]], [rows, factory.SOUTH])
    book = load_workbook(BytesIO(workbook(compared)))
    cells = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=")]
    assert len(cells) > 20
    assert all(cell.data_type == "s" for cell in cells) or all(cell.data_type != "f" for cell in cells)


def test_side_by_side_holds_the_documents_words() -> None:
    made = factory.comparison()
    sheet = load_workbook(BytesIO(workbook(made)))["Side by side"]
    head = [cell.value for cell in sheet[1]]
    texts = [document.text for document in made.documents]
    for row in sheet.iter_rows(min_row=2, values_only=True):
        record = dict(zip(head, row, strict=True))
        for side, text in zip("AB", texts, strict=True):
            start, end = map(int, record[f"Place {side}"].split("-"))
            assert record[f"Words {side}"] == text[start:end]


def test_matters_stand_beside_the_themes_and_passing_ones_are_named_so() -> None:
    made = factory.comparison()
    kinds = {one.finding: one for one in made.findings if one.finding in ("shared", "only")}
    own = [replace(one, matter=kind, name=f"a matter {kind}", absences=()) for kind, one in kinds.items()]
    faint = replace(made.findings[0], passages=tuple(replace(p, score=0.1) for p in made.findings[0].passages))
    sheets = load_workbook(BytesIO(workbook(replace(made, findings=(faint, *made.findings[1:]), matters=tuple(own)))))
    for name, kind in (("Side by side", "shared"), ("Only in one", "only")):
        rows = [dict(zip([c.value for c in sheets[name][1]], row, strict=True)) for row in sheets[name].values]
        found = [row for row in rows if row["Theme"] == f"A matter {kind}"]
        assert found, name
        assert {row["Kind"] for row in found} == {"Matter"}
        assert all(row["Rests on"].startswith("Judged by") for row in found)
    assert sheets["Findings"]["C2"].value.startswith("Shared, in passing in")


def test_findings_carry_their_strongest_passages_and_links_to_them() -> None:
    made = factory.comparison()
    tree = html.fromstring(page(made, factory.check(made)))
    anchors = set(tree.xpath("//@id"))
    sheet = load_workbook(BytesIO(workbook(made)))["Findings"]
    head = [cell.value for cell in sheet[1]]
    assert sheet.max_row == len(made.findings) + 1
    for finding, row in zip(made.findings, sheet.iter_rows(min_row=2), strict=True):
        cells = dict(zip(head, row, strict=True))
        for document, label in zip(made.documents, ("Northland", "Southland"), strict=True):
            words = cells[f"Words: {label}"].value
            assert (words is None) == (document.id not in finding.documents)
            if words is not None:
                start, end = map(int, cells[f"Place: {label}"].value.split("-"))
                assert words == document.text[start:end]
                link = cells[f"Page: {label}"].hyperlink
                assert link.target == "index.html"
                assert link.location in anchors
                assert cells[f"Source: {label}"].hyperlink.target == document.source


def test_the_workbook_speaks_chinese_and_names_every_column_in_it() -> None:
    made = factory.comparison()
    book = load_workbook(BytesIO(workbook(made, factory.check(made), language="zh")))
    assert len(book.sheetnames) == len(SHEETS)
    for sheet in book:
        assert "\u4e00" <= sheet.title[0] <= "\u9fff"
        heads = [str(cell.value) for cell in sheet[1]]
        own = [head for head in heads if head not in {"Northland", "Southland"}]
        assert all("\u4e00" <= head[0] <= "\u9fff" for head in own), (sheet.title, heads)
    heads = [cell.value for cell in book["结论"][1]]
    first = dict(zip(heads, next(book["结论"].iter_rows(min_row=2)), strict=True))
    start, end = map(int, first["位置: Northland"].value.split("-"))
    assert first["文字: Northland"].value == made.documents[0].text[start:end]
    assert first["页码: Northland"].hyperlink.target == "index.zh.html"


def test_every_figure_has_its_table() -> None:
    made = factory.comparison()
    sheet = load_workbook(BytesIO(workbook(made)))["Figures"]
    titles = {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert len(titles) == len(figure_files(made))


def test_figures_are_titled_described_and_told_apart_without_colour() -> None:
    for language in ("en", "zh"):
        drawn = figure_files(factory.comparison(), language=language)
        assert list(drawn)[:4] == ["themes", "distance", "firmness", "stance"]
        for picture in drawn.values():
            tree = etree.fromstring(picture.encode())
            name = "{http://www.w3.org/2000/svg}"
            assert tree.findtext(f"{name}title")
            assert "Northland" in (tree.findtext(f"{name}desc") or "")
        assert "url(#fill-a)" in drawn["themes"]
        assert "url(#fill-b)" in drawn["themes"]
        assert "◆" in drawn["themes"]
