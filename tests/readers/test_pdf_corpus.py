"""Real documents as published: what their readers counted by hand must be there."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from polidiff.model import Document
from polidiff.readers.pdf.document import read_pdf

pytestmark = pytest.mark.corpus


def norm(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def load(shared: Path, pdf: str, gold: str) -> tuple[Document, dict[str, Any]]:
    path = shared / "corpora" / f"{pdf}.pdf"
    document = read_pdf(path.read_bytes(), id=pdf, name=path.name)
    return document, json.loads((shared / "gold" / "structure" / f"{gold}.gold.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def plan(shared: Path) -> tuple[Document, dict[str, Any]]:
    return load(shared, "us-ai-action-plan-2025", "us_ai_action_plan_2025")


@pytest.fixture(scope="module")
def act(shared: Path) -> tuple[Document, dict[str, Any]]:
    return load(shared, "eu-ai-act-2024", "eu_ai_act_2024_1689")


def headings(document: Document) -> set[tuple[str, int | None, int]]:
    return {
        (norm(document.cut(block.span)), document.pages_of(block.span)[0], block.level)
        for block in document.blocks
        if block.kind == "heading"
    }


def leaks(document: Document, gold: dict[str, Any]) -> list[str]:
    first = document.pages_of
    snippets = [norm(snippet) for snippet in gold["leak"]["footnote_snippets"] if len(snippet) > 40]
    heads = gold["leak"]["running_heads"]
    number = gold["leak"].get("page_number_re")
    found = []
    for block in document.blocks:
        words = document.cut(block.span)
        leaked = any(snippet in norm(words) for snippet in snippets) or (number and re.search(number, words))
        if leaked or (first(block.span)[0] != 1 and any(head in words for head in heads)):
            found.append(words[:80])
    return found


def test_every_action_of_the_american_plan_is_one_item_on_its_pages(plan: tuple[Document, dict[str, Any]]) -> None:
    document, gold = plan
    items = [block for block in document.blocks if block.kind == "item"]
    wanted = gold["provisions"]
    assert len(items) == len(wanted) == 103
    for block, provision in zip(items, wanted, strict=True):
        words = norm(document.cut(block.span))
        assert words.startswith(norm(provision["starts_with"]))
        assert words.endswith(norm(provision["ends_with"]))
        assert document.pages_of(block.span) == (provision["page_start"], provision["page_end"])
        assert block.marker == "•"


def test_headings_of_the_american_plan(plan: tuple[Document, dict[str, Any]]) -> None:
    document, gold = plan
    wanted = {(norm(entry["title"]), entry["page"], entry["level"]) for entry in gold["headings"]}
    assert headings(document) == wanted


def test_notes_of_the_american_plan(plan: tuple[Document, dict[str, Any]]) -> None:
    document, gold = plan
    assert [note.mark for note in document.notes] == [str(number) for number in range(1, 31)]
    assert all(note.at is not None for note in document.notes)
    assert leaks(document, gold) == []
    assert [page.label for page in document.pages[3:26]] == [str(number) for number in range(1, 24)]


def test_line_end_hyphens_of_the_american_plan_are_real(plan: tuple[Document, dict[str, Any]]) -> None:
    text = plan[0].text
    for word in ("Open-source", "large-scale", "self-driving", "industry-driven", "like-minded", "sub-systems"):
        assert word in text
        assert word.replace("-", "") not in text


def test_recitals_of_the_european_act_are_one_block_each(act: tuple[Document, dict[str, Any]]) -> None:
    document, gold = act
    blocks = [(norm(document.cut(block.span)), document.pages_of(block.span)) for block in document.blocks]
    for provision in gold["provisions"]:
        if provision["kind"] != "recital":
            continue
        start = norm(provision["number"] + provision["starts_with"])
        page = provision["page_start"]
        found = [(words, pages) for words, pages in blocks if words.startswith(start) and pages[0] == page]
        assert len(found) == 1
        assert found[0][0].endswith(norm(provision["ends_with"]))
        assert found[0][1] == (provision["page_start"], provision["page_end"])


def test_headings_of_the_european_act(act: tuple[Document, dict[str, Any]]) -> None:
    document, gold = act
    wanted = {
        (norm(entry["title"]), entry["page"], entry["level"])
        for entry in gold["headings"]
        if entry["title"] != "Whereas:"
    }
    assert wanted <= headings(document)
    assert len(headings(document) - wanted) <= 2


def test_notes_and_furniture_of_the_european_act(act: tuple[Document, dict[str, Any]]) -> None:
    document, gold = act
    assert [note.mark for note in document.notes] == [str(number) for number in range(1, 59)]
    assert all(note.at is not None for note in document.notes)
    assert leaks(document, gold) == []
    assert "greater than 10²⁵." in document.text
    assert [page.label for page in document.pages] == [str(number) for number in range(1, 145)]
    assert document.warnings == ()
