"""Files that cannot be read give one line with the file, the place and the remedy."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from tests.readers.made_pdf import make_pdf, sentences

from polidiff.errors import EncryptedSource, InputError, ScannedSource, UnreadableSource
from polidiff.readers.pdf.document import read_pdf
from polidiff.readers.registry import read_bytes


def pixel() -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(b"\x00\x80"))
        + chunk(b"IEND", b"")
    )


def pictures(pages: int, words: str = "") -> bytes:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    for _ in range(pages):
        canvas.drawImage(ImageReader(BytesIO(pixel())), 50, 50, 400, 700)
        canvas.showPage()
    if words:
        for line in range(0, len(words), 80):
            canvas.drawString(50, 780 - line / 80 * 14, words[line : line + 80])
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def fails(data: bytes, kind: type[InputError]) -> str:
    with pytest.raises(kind) as caught:
        read_pdf(data, id="made", name="made.pdf")
    message = str(caught.value)
    assert message.startswith("made.pdf: ")
    assert "\n" not in message
    return message


def test_a_locked_file_says_so() -> None:
    data = make_pdf([("p", "Secret.")], encrypt=StandardEncryption("word", canPrint=0))
    assert "password" in fails(data, EncryptedSource)


def test_a_file_locked_only_against_printing_is_read() -> None:
    data = make_pdf([("p", "No secret.")], encrypt=StandardEncryption("", ownerPassword="word", canPrint=0))
    assert read_pdf(data, id="made", name="made.pdf").text == "No secret."


def test_a_scan_names_its_pages_and_the_remedy() -> None:
    message = fails(pictures(3), ScannedSource)
    assert "3 of 3 pages" in message
    assert "ocrmypdf" in message


def test_one_scanned_page_in_a_good_file_is_a_warning_on_its_page() -> None:
    document = read_pdf(pictures(1, sentences(1, 12)), id="made", name="made.pdf")
    assert [(notice.page, "picture" in notice.message) for notice in document.warnings] == [(1, True)]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", pixel(), b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"])
def test_damaged_bytes_are_refused(data: bytes) -> None:
    fails(data, UnreadableSource)


def test_a_file_cut_in_half_is_refused_or_read_but_never_breaks() -> None:
    data = make_pdf([("p", sentences(part, 9)) for part in range(1, 20)])
    outcomes = set()
    outcomes = set()
    for share in (0.2, 0.5, 0.8, 0.95):
        try:
            read_pdf(data[: int(len(data) * share)], id="made", name="made.pdf")
            outcomes.add("read")
        except UnreadableSource:
            outcomes.add("refused")
    assert outcomes <= {"read", "refused"}


def test_blank_pages_have_no_text_and_say_so() -> None:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.showPage()
    canvas.save()
    fails(target.getvalue(), UnreadableSource)


def test_a_pdf_whose_pages_or_first_line_are_damaged_is_called_damaged() -> None:
    sound = make_pdf([("p", sentences(1, 2))])
    lost = sound.replace(b"/MediaBox", b"/MxdiaBox").replace(b"/Type /Page\n", b"/Type /Pxge\n")
    with pytest.raises(UnreadableSource, match="damaged"):
        read_bytes(lost, name="lost.pdf")
    headless = sound.replace(b"%PDF-", b"%PXF-")
    with pytest.raises(UnreadableSource, match="damaged"):
        read_bytes(headless, name="headless.pdf")
