"""Quotations of words that are struck through, of raised digits, and of pages in doubt."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_texts import document

from polidiff.checking import check_quotes, given_quotes
from polidiff.model import Document, Page, Piece, Span, Verdict

TEXT = (
    "A keeper of a canal may shall open the lock within ten five days of a call from any boat. "
    "The keeper need not say why a boat waits.\n"
    "The pump lifts more than 10²⁵ drops a year over an area of 40 m² beside the lock."
)


def _library(**changes: object) -> Document:
    struck = [Span(TEXT.index(words), TEXT.index(words) + len(words)) for words in ("may ", "ten ", "The keeper need")]
    struck[-1] = Span(struck[-1].start, TEXT.index("\n"))
    return replace(document(TEXT, "canal", "Canal rules"), struck=tuple(struck), **changes)  # type: ignore[arg-type]


def _check(quote: str, held: Document | None = None) -> Verdict:
    return check_quotes(given_quotes([("q", quote, None)]), [held or _library()])[0]


def test_a_quotation_passes_over_struck_words_and_is_told() -> None:
    found = _check("A keeper of a canal shall open the lock within five days of a call")
    assert found.verdict == "verbatim"
    assert "passes over" in found.warnings[0].text
    assert "“may”, “ten”" in found.warnings[0].text


def test_a_quotation_of_struck_words_is_told_so() -> None:
    found = _check("The keeper need not say why a boat waits.")
    assert found.verdict == "verbatim"
    assert "struck through: “The keeper need not say why a boat waits.”" in found.warnings[0].text


def test_a_changed_word_is_the_only_edit_beside_struck_words() -> None:
    found = _check("A keeper of a canal shall open the gate within five days of a call from any boat.")
    assert found.verdict == "altered"
    assert [(edit.quote, edit.source) for edit in found.edits] == [("gate", "lock")]


@pytest.mark.parametrize("power", ["10²⁵", "10^25", "10^{25}", "10**25"])
def test_a_power_is_the_same_however_it_is_written(power: str) -> None:
    assert _check(f"The pump lifts more than {power} drops a year").verdict in ("verbatim", "typographic")


@pytest.mark.parametrize("number", ["1025", "10 25", "10^26", "10²"])
def test_other_digits_are_another_number(number: str) -> None:
    assert _check(f"The pump lifts more than {number} drops a year").verdict not in ("verbatim", "typographic")


def test_a_raised_digit_after_a_letter_may_be_written_plain() -> None:
    assert _check("drops a year over an area of 40 m2 beside the lock").verdict == "typographic"


def test_words_of_a_page_in_doubt_are_quoted_with_a_warning() -> None:
    held = _library(pages=(Page(1, 0, 0, doubt="letters"),), pieces=(Piece(0, len(TEXT), 1),))
    found = _check("over an area of 40 m² beside the lock", held)
    assert found.verdict == "verbatim"
    assert "Page 1" in found.warnings[0].text
    assert "other letters" in found.warnings[0].text
