"""The checked article comes back with each fault marked, the right words beside it, and a letter of one page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import html

from polidiff import api, report
from polidiff.model import ArticleCheck

PLAN = """# The Harbour Plan

Agencies must open their data sets to researchers within two years. Ferries should run every hour on working days.
"""
ARTICLE = """Boats and data

The harbour plan says that "agencies should open their data sets to researchers within two years". It also says that
"ferries should run every hour on working days". It says "whales must pay a toll at the gate".
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def check(tmp_path_factory: pytest.TempPathFactory) -> ArticleCheck:
    folder = tmp_path_factory.mktemp("article")
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "article.md").write_text(ARTICLE, encoding="utf-8")
    return api.check(folder / "article.md", [api.read(folder / "plan.md")])


@pytest.fixture(scope="module")
def files(check: ArticleCheck) -> dict[str, bytes]:
    return report.corrected_files(check)


def test_word_suggests_the_documents_words_as_tracked_changes(files: dict[str, bytes]) -> None:
    book = docx.Document(io.BytesIO(files["article.corrected.docx"]))
    struck = ["".join(t.text for t in one.iter(f"{W}delText")) for one in book.element.iter(f"{W}del")]
    put_in = ["".join(t.text for t in one.iter(f"{W}t")) for one in book.element.iter(f"{W}ins")]
    assert struck == ["should"]
    assert put_in == ["must"]
    comments = zipfile.ZipFile(io.BytesIO(files["article.corrected.docx"])).read("word/comments.xml").decode()
    assert "Agencies must open" in comments
    assert comments.count("<w:comment ") == 2


def test_the_page_marks_faults_alone_and_shows_the_right_words(check: ArticleCheck, files: dict[str, bytes]) -> None:
    tree = html.fromstring(files["article.corrected.html"].decode())
    assert [one.text for one in tree.iter("del")] == ["should"]
    assert [one.text for one in tree.iter("ins")] == ["must"]
    marked = " ".join(one.text_content() for one in tree.xpath("//mark"))
    assert "whales" in marked
    assert "ferries" not in marked
    held = {document.id: document.text for document in check.documents}
    for one in tree.xpath("//blockquote[@data-document]"):
        span = held[one.get("data-document")][int(one.get("data-start")) : int(one.get("data-end"))]
        assert one.text_content() == span


def test_the_letter_says_what_is_wrong_with_the_passage(files: dict[str, bytes]) -> None:
    lines = [line.text for line in docx.Document(io.BytesIO(files["article.letter.docx"])).paragraphs]
    told = "\n".join(lines)
    assert "2 passages need a correction" in told
    assert "“Agencies must open their data sets" in told
    assert "ferries" not in told.partition("need a correction")[2].split("“Agencies")[0]


def test_an_article_without_a_fault_says_so(tmp_path: Path) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "article.md").write_text(
        'The harbour plan says that "ferries should run every hour on working days".\n', encoding="utf-8"
    )
    found = report.corrected_files(api.check(tmp_path / "article.md", [api.read(tmp_path / "plan.md")]))
    for name in ("article.corrected.docx", "article.letter.docx"):
        words = " ".join(line.text for line in docx.Document(io.BytesIO(found[name])).paragraphs)
        assert "as the documents have it" in words or "Nothing needs a correction" in words


def test_the_same_article_gives_the_same_bytes(check: ArticleCheck, files: dict[str, bytes]) -> None:
    assert report.corrected_files(check) == files


def test_check_writes_them_beside_the_verdicts(check: ArticleCheck, tmp_path: Path) -> None:
    api.write_check(check, tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {
        "article.corrected.docx",
        "article.corrected.html",
        "article.letter.docx",
        "article.letter.zh.docx",
    } <= names
