"""The second reading: words of each format, and what may stand between them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.verification.office import RefusedXml, docx_text, xlsx_named_sheets
from polidiff.verification.second import read_again
from polidiff.verification.words import fold, in_order, segments, stream, trace

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return buffer.getvalue()


@given(st.text())
def test_every_folded_character_leads_back_to_where_it_came_from(text: str) -> None:
    key, places = fold(text)
    assert len(key) == len(places)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)


def test_folding_keeps_what_changes_an_amount_and_drops_typography() -> None:
    assert fold("“Re-use”  the ﬁles")[0] == fold('"reuse" the files')[0]
    assert fold("ＡＩ　产业，")[0] == fold("AI产业")[0]
    assert fold("1.5 million")[0] != fold("15 million")[0]
    assert fold("5%")[0] != fold("5")[0]


def test_a_trimmed_quotation_is_its_pieces_in_order() -> None:
    assert segments("[T]he fleet … sails [again]") == ["hefleet", "sails"]
    assert in_order(segments("The fleet … sails"), fold("The fleet, at last, sails north")[0]) is None
    assert in_order(segments("sails … the fleet"), fold("The fleet, at last, sails north")[0]) == "thefleet"


PAGES = [
    "Plan of the Lakes\nEvery lake is to be sounded once a year by its own3 warden, and the results are to be\n"
    "3  See the Lake Order, part 2.\n12",
    "Plan of the Lakes\nprinted in the alma-\nnac. Fees rise by 1.5 crowns in 2025.7 Nobody pays twice for one boat.",
]


@pytest.mark.parametrize(
    "words",
    [
        "Every lake is to be sounded once a year by its own warden",
        "and the results are to be printed in the almanac.",
        "own warden, and the results are to be printed in the almanac. Fees rise by 1.5 crowns in 2025. Nobody pays",
        "Nobody pays twice for “one boat”",
    ],
)
def test_note_marks_page_breaks_and_line_end_hyphens_are_no_difference(words: str) -> None:
    result = trace(words, stream(PAGES))
    assert result.differences == ()
    assert result.found == result.total


@pytest.mark.parametrize(
    ("words", "mine", "theirs"),
    [
        ("Every lake is to be sounded twice a year by its own warden", "twice", "once"),
        ("Every lake is not to be sounded once a year by its own warden", "not", ""),
        ("Every lake is to be sounded by its own warden", "", "once a year"),
        ("Fees rise by 1 crowns in 2025. Nobody pays twice", "", ".5"),
        ("Fees rise by 1.5 crowns in 2025. Nobody pays thrice", "thrice", ""),
    ],
)
def test_a_word_too_many_too_few_or_changed_is_named(words: str, mine: str, theirs: str) -> None:
    result = trace(words, stream(PAGES))
    assert result.differences
    assert any(mine in a and theirs in b for a, b in result.differences), result.differences


@given(st.data())
def test_a_dropped_word_never_passes_for_furniture(data: st.DataObject) -> None:
    """The search for what may interrupt a passage must not explain away a word that was left out."""
    sentence = "The warden of each lake shall publish its depth in the almanac before the first frost of that year"
    words = sentence.split()
    at = data.draw(st.integers(1, len(words) - 2))
    page_end = data.draw(st.integers(2, len(words) - 3).filter(lambda cut: abs(cut - at) > 2))
    pages = ["Head\n" + " ".join(words[:page_end]), "Head\n" + " ".join(words[page_end:]) + ". More follows here."]
    assert trace(" ".join(words), stream(pages)).differences == ()
    assert trace(" ".join(words[:at] + words[at + 1 :]), stream(pages)).differences != ()


def test_html_entities_scripts_and_styles() -> None:
    page = b"<html><style>p{}</style><body><p>Fish &amp; ships&nbsp;sail <b>north</b>ward</p><script>x()</script>"
    [[text]] = read_again(page, "a.html", "text/html")
    assert "Fish & ships\xa0sail" in text
    assert "x()" not in text


def test_docx_text_without_deleted_words_and_with_notes() -> None:
    body = (
        f"<w:document {W}><w:p><w:r><w:t>Sail </w:t></w:r><w:del><w:r><w:delText>south</w:delText></w:r></w:del>"
        "<w:r><w:t>north</w:t></w:r></w:p></w:document>"
    )
    notes = f"<w:footnotes {W}><w:p><w:r><w:t>By day.</w:t></w:r></w:p></w:footnotes>"
    text = docx_text(zipped(word__document=body, word__footnotes=notes))
    assert text == "Sail north\nBy day.\n"


def test_a_document_type_declaration_is_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document {W}><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:document>'
    with pytest.raises(RefusedXml, match="document type"):
        docx_text(zipped(word__document=bomb))


def test_workbook_cells_of_every_kind(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["document", "text", "start", "end"])
    book.active.append(["north", "harbour", 3, 10])
    book.active["F3"] = "far"
    path = tmp_path / "a.xlsx"
    book.save(path)
    [rows] = xlsx_named_sheets(path.read_bytes()).values()
    assert rows[0] == ["document", "text", "start", "end"]
    assert rows[1] == ["north", "harbour", "3", "10"]
    assert rows[2] == ["", "", "", "", "", "far"]


def test_text_in_gb18030_and_utf16_is_read(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-16"):
        [[text]] = read_again("港务部门应当测量水深。".encode(encoding), "a.txt", "text/plain")
        assert text == "港务部门应当测量水深。"


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "a.pdf"
    canvas = Canvas(str(path))
    for words in ("Every lake is to be sounded", "once a year by its warden"):
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    pages = read_again(path.read_bytes(), "a.pdf", "application/pdf")[0]
    assert len(pages) == 2
    assert trace("sounded once a year", stream(pages)).differences == ()


def test_a_page_of_two_columns_is_also_read_by_column(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    sentence = (
        "the harbourmaster of the {} lake shall measure it every springtime and afterwards print the depth in the "
        "almanac of the {} shore"
    )
    left, right = sentence.format("upper", "northern").split(), sentence.format("lower", "southern").split()
    path = tmp_path / "two.pdf"
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 10)
    canvas.drawString(72, 780, "A heading that runs over both of the columns of this page, from left to right of it")
    for line in range(8):
        canvas.drawString(72, 740 - 14 * line, " ".join(left[line * 3 : line * 3 + 3]))
        canvas.drawString(320, 740 - 14 * line, " ".join(right[line * 3 : line * 3 + 3]))
    canvas.save()
    readings = [stream(pages) for pages in read_again(path.read_bytes(), "two.pdf", "application/pdf")]
    over = " ".join(left[12:] + right[:8])
    for words in (" ".join(left), " ".join(right), over):
        assert any(trace(words, reading).differences == () for reading in readings), words
    forged = " ".join(left).replace("shall measure", "shall not measure")
    assert all(trace(forged, reading).differences for reading in readings)


def test_a_saved_page_tooltips_and_readings_beside_characters() -> None:
    page = (
        "<p>Each <dfn>warden<span role=tooltip>Who keeps a pond</span></dfn> counts <ruby>池<rt>chí</rt>塘</ruby>.</p>"
    )
    readings = [" ".join(reading[0].split()) for reading in read_again(page.encode(), "a.html", "text/html")]
    assert len(readings) == 2
    assert "Who keeps a pond" in readings[0]
    assert "Who keeps" not in readings[1]
    assert all("池塘" in reading.replace(" ", "") for reading in readings)
    saved = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
    saved += b"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    assert "€5" in read_again(saved + b"<p>It costs =E2=82=AC5.</p>", "a.mhtml", "multipart/related")[0][0]
