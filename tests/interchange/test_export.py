"""Every format of a report on disk, opened as its reader would."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import zipfile
from dataclasses import fields
from pathlib import Path

import docx
import pypdfium2
import pytest
from lxml import etree
from openpyxl import load_workbook

from polidiff import api
from polidiff import report as made_of
from polidiff.cli import exporting, run
from polidiff.errors import InputError
from polidiff.export import FORMATS, export
from polidiff.interchange.annotations import annotation_page
from polidiff.interchange.claimreview import claim_reviews
from polidiff.interchange.opened import Opened, open_report
from polidiff.interchange.tables import csv_files
from polidiff.model import Comparison
from polidiff.report.printing import browser
from polidiff.report.view import method_rows
from polidiff.verification import verify
from polidiff.wording import Locale

NORTH = """# The northern plan

## Skills

The ministry of work shall fund training for workers in every county.

Schools should teach digital literacy early.

## Data

Agencies should open their data sets to researchers.

The army shall test learning systems for defence.
"""
EAST = """# The eastern plan

## People

The labour office will fund training for workers in every district.

## Data

Agencies must open their data sets to researchers by 2026.
"""
SOUTH = """# 南方计划

## 技能

应提高民众的数字素养和技能，培训劳动者。

## 数据

应向研究人员开放公共数据。
"""
ARTICLE = """Two plans

The northern plan says that "schools should teach digital literacy early". It says "agencies must open their data".
The northern plan asks agencies to open their data sets to researchers.
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for name, text in (("north.md", NORTH), ("south.md", SOUTH), ("article.txt", ARTICLE)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(sources: Path) -> Path:
    documents = [api.read(sources / "north.md"), api.read(sources / "south.md")]
    compared = api.compare(*documents)
    api.write_report(compared, sources / "out", api.check(sources / "article.txt", documents, claims=True))
    return sources / "out"


@pytest.fixture(scope="module")
def checked(sources: Path) -> Path:
    found = api.check(sources / "article.txt", [sources / "north.md"], claims=True)
    api.write_check(found, sources / "check")
    return sources / "check"


def test_the_command_knows_every_format() -> None:
    assert tuple(FORMATS) == exporting.FORMATS


def test_a_report_reads_back_as_what_was_written(report: Path, tmp_path: Path) -> None:
    opened = open_report(report)
    assert opened.comparison is not None
    record = json.loads((report / "comparison.json").read_text(encoding="utf-8"))
    again = api.record(opened.comparison, opened.check)
    assert again == record
    (made,) = export(report, "xlsx", tmp_path / "again.xlsx")
    assert made.read_bytes() == (report / "comparison.xlsx").read_bytes()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_is_made_of_three_documents_read_back_is_the_same_as_of_fresh_ones(
    sources: Path, tmp_path: Path, language: Locale
) -> None:
    (tmp_path / "east.md").write_text(EAST, encoding="utf-8")
    documents = [api.read(path) for path in (sources / "north.md", tmp_path / "east.md", sources / "south.md")]
    fresh, check = api.compare(*documents), api.check(sources / "article.txt", documents, claims=True)
    api.write_report(fresh, tmp_path / "out", check)
    again = open_report(tmp_path / "out")
    assert again.comparison is not None
    assert fresh.clusters
    assert check.verdicts
    assert check.claims
    for name in {field.name for field in fields(Comparison)} - {"documents", "codebook"}:
        assert getattr(again.comparison, name) == getattr(fresh, name), name
    for make in (made_of.workbook, made_of.word_document):
        assert make(again.comparison, again.check, language=language) == make(fresh, check, language=language)
    assert made_of.figure_files(again.comparison, language=language) == made_of.figure_files(fresh, language=language)
    read = Opened(again.path, again.record, fresh, check, fresh.method)
    assert csv_files(again) == csv_files(read)
    assert annotation_page(again) == annotation_page(read)
    assert again.check is not None
    assert claim_reviews(again.check, again.method) == claim_reviews(check, fresh.method)
    api.write_check(check, tmp_path / "check")
    alone = open_report(tmp_path / "check")
    assert alone.check is not None
    for build in (made_of.article_workbook, made_of.article_word_document):
        assert build(alone.check, alone.method, language=language) == build(check, alone.method, language=language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_word_document_has_the_passages_as_footnotes_which_verify_proves(
    report: Path, sources: Path, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "report"
    shutil.copytree(report, folder)
    (made,) = export(folder, "docx", language=language)  # type: ignore[arg-type]
    assert made.parent == folder
    first = made.read_bytes()
    export(folder, "docx", language=language)  # type: ignore[arg-type]
    assert made.read_bytes() == first
    book = docx.Document(str(made))
    words = "\n".join(paragraph.text for paragraph in book.paragraphs)
    for finding in (one for one in open_report(folder).comparison.findings):  # type: ignore[union-attr]
        assert (finding.name if language == "en" else finding.name_zh) in words
    table = "\n".join(cell.text for table in book.tables for row in table.rows for cell in row.cells)
    opened = open_report(folder)
    for document in opened.documents:
        assert document.sha256 in table
    book_of = opened.comparison.codebook  # type: ignore[union-attr]
    for _, value in method_rows(opened.method, language, book_of):  # type: ignore[arg-type]
        assert value in table
    with zipfile.ZipFile(made) as package:
        parts = {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}
    notes = [n for n in parts["word/footnotes.xml"].iter(f"{W}footnote") if n.get(f"{W}type") is None]
    marks = list(parts["word/document.xml"].iter(f"{W}footnoteReference"))
    assert len(notes) == len(marks) > 4
    assert [n.get(f"{W}id") for n in notes] == [m.get(f"{W}id") for m in marks]
    export(folder, "xlsx", language=language)  # type: ignore[arg-type]
    proof = verify(folder, [sources])
    assert proof.ok
    assert dict(proof.checked)["footnotes of a Word document"] == len(notes)


def test_a_changed_footnote_is_found(report: Path, sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(report, folder)
    (made,) = export(folder, "docx")
    with zipfile.ZipFile(made) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(b"digital literacy", b"digital illiteracy")
    with zipfile.ZipFile(made, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    assert any("footnote" in problem.place for problem in verify(folder, [sources]).problems)


def test_tables_are_described_and_hold_the_words_at_their_place(report: Path, tmp_path: Path) -> None:
    files = {path.name: path for path in export(report, "csv", tmp_path / "csv")}
    described = json.loads(files.pop("csv-metadata.json").read_text(encoding="utf-8"))
    assert {table["url"] for table in described["tables"]} == set(files)
    assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") for path in files.values())
    texts = {document.id: document.text for document in open_report(report).documents}
    for table in described["tables"]:
        rows = list(csv.DictReader(io.StringIO(files[table["url"]].read_bytes().decode("utf-8-sig"), newline="")))
        names = [column["name"] for column in table["tableSchema"]["columns"]]
        assert rows, table["url"]
        assert list(rows[0]) == names
        if table["url"] in {"passages.csv", "provisions.csv"}:
            for row in rows:
                assert row["text"] == texts[row["document"]][int(row["start"]) : int(row["end"])]


def test_annotations_stand_on_the_texts(report: Path, tmp_path: Path) -> None:
    (made,) = export(report, "webannotation", tmp_path / "a.jsonld")
    page = json.loads(made.read_text(encoding="utf-8"))
    kinds = {item["motivation"] for item in page["items"]}
    assert kinds == {"classifying", "linking", "assessing"}
    for item in page["items"]:
        text = (report / item["target"]["source"]).read_text(encoding="utf-8")
        place, quote = item["target"]["selector"][:2]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text[: place["start"]].endswith(quote["prefix"])


def test_an_articles_check_has_its_own_exports(checked: Path, sources: Path) -> None:
    assert run(["export", str(checked), "--to", "claimreview", "--publisher", "The Paper"]) == 0
    graph = json.loads((checked / "claimreview.json").read_text(encoding="utf-8"))["@graph"]
    assert graph[1]["publisher"]["name"] == "The Paper"
    export(checked, "docx")
    (book,) = export(checked, "xlsx")
    assert load_workbook(book).sheetnames == ["Quotations", "Claims", "Sentences", "Method"]
    export(checked, "xlsx", language="zh")
    assert verify(checked, [sources]).ok
    with pytest.raises(InputError, match="no comparison"):
        export(checked, "svg")


def test_what_is_no_report_is_refused_in_one_line(report: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="give a folder that polidiff wrote"):
        export(tmp_path, "docx")
    (tmp_path / "comparison.json").write_text('{"documents": [{}], "method": {}}', encoding="utf-8")
    with pytest.raises(InputError, match="not a whole report"):
        export(tmp_path, "docx")
    shutil.copytree(report, tmp_path / "changed")
    text = tmp_path / "changed" / "documents" / "north.txt"
    text.write_text(text.read_text(encoding="utf-8") + "More.", encoding="utf-8")
    with pytest.raises(InputError, match="not the one that the report was made from"):
        export(tmp_path / "changed", "docx")
    (tmp_path / "changed" / "index.html").unlink()


def test_without_a_browser_the_line_names_the_remedy(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLIDIFF_BROWSER", str(tmp_path / "none"))
    assert run(["export", str(report), "--to", "pdf", "-o", str(tmp_path / "a.pdf")]) == 2
    assert "POLIDIFF_BROWSER" in capsys.readouterr().err
    assert not (tmp_path / "a.pdf").exists()


@pytest.fixture
def a_browser() -> str:
    try:
        return browser()
    except InputError as error:
        if os.environ.get("CI"):
            pytest.fail(str(error))
        pytest.skip(f"no browser on this machine: {error}")


@pytest.mark.slow
def test_a_printed_page_has_the_findings_and_is_the_same_twice(a_browser: str, report: Path, tmp_path: Path) -> None:
    (first,) = export(report, "pdf", tmp_path / "a.pdf")
    (second,) = export(report, "pdf", tmp_path / "b.pdf")
    assert first.read_bytes() == second.read_bytes()
    book = pypdfium2.PdfDocument(str(first))
    words = " ".join(page.get_textpage().get_text_range() for page in book)
    book.close()
    assert "What they share" in words or "At a glance" in words
    assert "Schools should teach" in " ".join(words.split())


@pytest.mark.slow
def test_figures_are_drawn_twice_their_size(a_browser: str, report: Path, tmp_path: Path) -> None:
    (themes, *_rest) = export(report, "png", tmp_path / "png", language="zh")
    data = themes.read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 2 * 960
