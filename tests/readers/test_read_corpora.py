"""Real pages: every word of the document in order, none of the page."""

from __future__ import annotations

import re

import pytest
from lxml import html

from polidiff.readers import read

pytestmark = pytest.mark.corpus


def letters(text: str) -> str:
    return re.sub(r"\W+", "", re.sub(r"\[footnote \d+\]|↩", "", text))


def container(path, xpath: str) -> str:
    return "".join(el.text_content() for el in html.fromstring(path.read_bytes()).xpath(xpath)[:1])


def test_british_plan_word_for_word(shared):
    path = shared / "corpora" / "uk-ai-opportunities-2025.html"
    document = read(path)
    wanted = container(path, "//div[contains(concat(' ', @class, ' '), ' govspeak ')]")
    assert letters(document.text) == letters(wanted)
    assert len(document.notes) == 19
    assert all(note.at is not None for note in document.notes)
    assert "[footnote" not in document.text
    markers = {b.marker for b in document.blocks if b.kind == "paragraph"}
    assert {f"{number}." for number in range(1, 51)} <= markers
    assert (document.language, document.date) == ("en", "2025-01-13")


def test_chinese_measures_word_for_word(shared):
    path = shared / "corpora" / "cn-generative-ai-measures-2023.zh.html"
    document = read(path)
    wanted = container(path, "//*[@id='BodyLabel']")
    assert letters(document.text) == letters(document.title + wanted)
    articles = [b.marker for b in document.blocks if b.marker and b.marker.endswith("条")]
    assert len(articles) == 24
    chapters = [b for b in document.blocks if b.marker and b.marker.endswith("章")]
    assert len(chapters) == 5
    assert all(b.bold and b.centred for b in chapters)
    assert not re.search("打印|纠错|版权所有", document.text)


def test_executive_order_opens_a_block_at_every_subsection(shared):
    document = read(shared / "corpora" / "us-eo-14179-2025.md")
    assert [b.marker for b in document.blocks if b.marker] == [
        "Section 1.",
        *(f"Sec. {n}." for n in (2, 3, 4, 5)),
        "(b)",
        "Sec. 6.",
        *("(i)", "(ii)", "(b)", "(c)"),
    ]
    assert "<span" not in document.text
    assert "modified_time" not in document.text
