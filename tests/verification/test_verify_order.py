"""Where two readers put a page's words in another order, that is told by page; other words stay a problem."""

from __future__ import annotations

import pytest

from polidiff.verification.order import Order, unreadable
from polidiff.verification.report import Ledger
from polidiff.verification.words import stream, trace

SOURCE = [
    "Plan of the Lakes\nA cover",
    "Plan of the Lakes\nThe warden shall measure the upper lake every spring\nSounding\nand must never open the sluice "
    "before the frost\nBoats for\nrowing\nFees for\nmooring\nNets for\nfishing",
    "Plan of the Lakes\nAn annex",
]
FIRST, SECOND = (
    "The warden shall measure the upper lake every spring",
    "and must never open the sluice before the frost",
)


def disputed(passage: str, rest: str = "Sounding\nBoats for rowing\nFees for mooring\nNets for fishing") -> int | None:
    """The page on which only the order of ``passage`` is disputed, with ``rest`` as the other words of its page."""
    text = f"A cover\n{passage}\n{rest}"
    runs = [{"start": 0, "end": 7, "page": 1}, {"start": 8, "end": len(text), "page": 2}]
    readings = [stream(SOURCE)]
    return Order(text, runs, readings).page(8, 8 + len(passage), trace(passage, readings[0]))


def test_a_label_beside_a_paragraph_and_rows_of_a_table_are_another_order() -> None:
    assert trace(f"{FIRST} {SECOND}", stream(SOURCE)).differences
    assert disputed(f"{FIRST} {SECOND}") == 2
    cells = "Boats for\tFees for\tNets for"
    assert disputed(cells, f"rowing\tmooring\tfishing\n{FIRST} {SECOND}\nSounding") == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [("never ", ""), ("shall", "shall not"), ("spring", "winter"), ("upper lake", "lake upper"), ("and must", "must")],
)
def test_a_word_that_was_left_out_put_in_exchanged_or_moved_is_none(old: str, new: str) -> None:
    assert old in f"{FIRST} {SECOND}"
    assert disputed(f"{FIRST} {SECOND}".replace(old, new)) is None


def test_words_that_the_text_of_the_page_lacks_are_no_matter_of_order() -> None:
    assert disputed(f"{FIRST} {SECOND}", "Boats for rowing\nFees for mooring\nNets for fishing") is None


def test_characters_of_a_private_font_are_told_apart() -> None:
    source = stream(["1 Harbours and their wardens of the north"])
    shown = "1 Harbours \ue041\ue042\ue043 their wardens of the north"
    assert unreadable(shown, [source])
    for other in ("1 Harbours their wardens of the north", "1 Harbours \ue041 nor their wardens of the north"):
        assert not unreadable(other, [source])
    soft = "1 Har\u00adbours and their war\u00ad dens of the north"
    assert trace(soft, source).differences == ()


def test_one_line_tells_the_passages_of_a_page() -> None:
    ledger = Ledger()
    ledger.disputed["lakes", 2, "the order of words"] += 3
    assert ledger.close(strict=False).unchecked == (
        "document lakes, page 2: the two readers disagree about the order of words (3 passages)",
    )
