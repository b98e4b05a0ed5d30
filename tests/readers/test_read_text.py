"""Plain text, decoding and language."""

from __future__ import annotations

import pytest

from polidiff.errors import UnreadableSource
from polidiff.lang.language import detect_language
from polidiff.readers import read_bytes

ZH = "各地应当修建池塘，并且定期检查水质。这是为了保护居民的用水，也是为了发展农业。\n第二条 村民可以参加修建工作。\n"


def blocks(document):
    return [(b.kind, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def test_plain_text_is_its_own_canonical_text():
    text = "A short title\r\n\r\nFirst  paragraph,\ttabs kept.\r\n\r\n\r\n(a) An item.\r\n"
    document = read_bytes(text.encode(), name="note.txt")
    assert document.text == text
    assert blocks(document) == [
        ("title", None, "A short title"),
        ("paragraph", None, "First  paragraph,\ttabs kept."),
        ("paragraph", "(a)", "(a) An item."),
    ]


def test_wrapped_lines_make_one_paragraph_and_labels_begin_one():
    text = (
        "The towns shall keep every pond in their care clean and\nshall report each year to the council of the\n"
        "county about the state of the water;\n(b) the council shall answer within a month of the\n"
        "day on which it read.\n"
    )
    found = blocks(read_bytes(text.encode(), name="note.txt"))
    assert [marker for _, marker, _ in found] == [None, "(b)"]
    assert found[0][2].endswith("state of the water;")


def test_bullet_glyph_is_outside_the_words():
    document = read_bytes("Duties\n\n• Dig ponds.\n  – Fill wells.\n".encode(), name="n.txt")
    assert blocks(document)[1:] == [("item", "•", "Dig ponds."), ("item", "–", "Fill wells.")]


def test_form_feed_ends_a_page():
    document = read_bytes(b"One page.\n\x0cAnother page.\n", name="n.txt")
    assert [page.number for page in document.pages] == [1, 2]
    assert [document.pages_of(block.span) for block in document.blocks] == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"],
)
def test_chinese_text_is_read_in_its_encoding(encoding):
    document = read_bytes(ZH.encode(encoding), name="plan.txt")
    assert document.text == ZH
    assert document.language == "zh"


def test_traditional_chinese_in_big5():
    text = "各地應當修建池塘，並且定期檢查水質。這是為了保護居民的用水，也是為了發展農業。"
    assert read_bytes(text.encode("big5"), name="plan.txt").text == text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252"])
def test_english_text_is_read_in_its_encoding(encoding):
    text = "“Ponds” — the café’s pond, for one — shall be kept. Naïve façades won’t do."
    assert read_bytes(text.encode(encoding), name="plan.txt").text == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x4e\x00\x8c\x4e",
        b"a\x00b\x00",
        b"\x00\x41\x42\x43",
        b"\xde\xad\xbe\xef",
        b"\x89PN\x00\x12\x53\x77\x54\x31\x6f\x02\x5f",
        bytes(range(0x3B, 0x5B)) + b"\x00\x4e",
        b"\x00\x7e\x00\x7c\x00\x2d\x00\x2b" * 4,
    ],
)
def test_a_few_binary_bytes_are_no_text_in_a_wide_encoding(data):
    with pytest.raises(UnreadableSource, match="not text in any encoding"):
        read_bytes(data, name="plan.txt")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["Dig ponds.\nKeep them.\n", "各地应当修建池塘。\n水质应当定期检查。\n", "Города должны рыть пруды.\n"]
)
def test_short_prose_in_a_wide_encoding_is_read(encoding, text):
    assert read_bytes(text.encode(encoding), name="plan.txt").text.split() == text.split()


def test_a_broken_byte_does_not_turn_the_whole_text_into_another_encoding():
    for text in (ZH, "“Ponds” — “wells” — “frogs” — the café’s “own” “naïve” façade."):
        data = text[:15].encode() + b"\xff" + text[15:].encode()
        assert read_bytes(data, name="plan.txt").text == f"{text[:15]}\ufffd{text[15:]}"


def test_languages():
    assert detect_language("The towns shall dig ponds.") == "en"
    assert detect_language("各地应当修建池塘（AI）。") == "zh"
    assert detect_language("Города должны рыть пруды.") == "und"
    assert detect_language("1234 — 56") == "und"
