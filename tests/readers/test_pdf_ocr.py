"""Scanned PDFs: read by Tesseract where it is asked for and there, else one line that names the way."""

from __future__ import annotations

from io import BytesIO

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.readers.made_pdf import make_pdf

from polidiff.errors import ScannedSource
from polidiff.provisions import split
from polidiff.readers import read_bytes
from polidiff.readers.pdf import ocr as pdf_ocr

tesseract = pytest.mark.skipif(not pdf_ocr.available(), reason="Tesseract is not installed")

STORY = [
    ("h1", "Harbours and yards"),
    ("p", "The council keeps a register of every harbour. It is printed twice a year, in spring and in autumn."),
    ("p", "Recommended actions:"),
    ("bullet", "Open the large yard before winter, and keep a journal of the ships that enter the harbour each day."),
    ("bullet", "Publish the register of permits, with the name of the agency that gave each one of them."),
]


def scanned(data: bytes, dpi: int = 200) -> bytes:
    """Return the same pages as pictures."""
    pdf = pdfium.PdfDocument(data)
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    for page in pdf:
        width, height = page.get_size()
        pixels = page.render(scale=dpi / 72, grayscale=True).to_numpy()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(Image.fromarray(pixels)), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_without_it_the_line_names_the_way(monkeypatch):
    monkeypatch.delenv("POLIDIFF_OCR", raising=False)
    with pytest.raises(ScannedSource, match=r"POLIDIFF_OCR=1"):
        read_bytes(scanned(make_pdf(STORY)), name="scan.pdf")
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ScannedSource, match="install Tesseract"):
        read_bytes(scanned(make_pdf(STORY)), name="scan.pdf")


@tesseract
@pytest.mark.skipif("eng" not in (pdf_ocr.languages() if pdf_ocr.available() else ()), reason="no English data")
@pytest.mark.parametrize("apart", ["0", "1"])
def test_a_scan_is_read_and_split_like_the_file_that_it_was_made_from(apart, monkeypatch):
    monkeypatch.setenv("POLIDIFF_OCR", "1")
    monkeypatch.setenv("POLIDIFF_INPROCESS", apart)
    sound = read_bytes(make_pdf(STORY), name="made.pdf")
    document = read_bytes(scanned(make_pdf(STORY)), name="scan.pdf")
    assert document.text == sound.text
    assert [(p.kind, p.text) for p in split(document)] == [(p.kind, p.text) for p in split(sound)]
    assert [(notice.page, "text recognition" in notice.message) for notice in document.warnings] == [(1, True)]
    for mine, theirs in zip(split(document), split(sound), strict=True):
        (box,), (other,) = mine.boxes, theirs.boxes
        assert all(abs(a - b) < 6 for a, b in zip(box, other, strict=True))


@tesseract
@pytest.mark.skipif("chi_sim" not in (pdf_ocr.languages() if pdf_ocr.available() else ()), reason="no Chinese data")
def test_chinese_is_tried_where_english_makes_no_sense(monkeypatch):
    monkeypatch.setenv("POLIDIFF_OCR", "1")
    story = [("zh", "港口应当向所有船舶开放。主管部门应当公布许可证登记册，并且每年更新两次。") for _ in range(4)]
    document = read_bytes(scanned(make_pdf(story)), name="scan.pdf")
    assert document.language == "zh"
    assert "主管部门应当公布许可证登记册" in document.text
