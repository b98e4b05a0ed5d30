"""The second reader: pages on which two readers disagree are named."""

from __future__ import annotations

from tests.readers.made_pdf import make_pdf, sentences

from polidiff.readers.pdf.document import read_pdf
from polidiff.readers.pdf.second_reader import differences, fold, second_reading


def test_two_readers_agree_on_a_plain_file() -> None:
    data = make_pdf([("p", sentences(part, 4)) for part in range(1, 20)], foot=str, columns=2)
    assert read_pdf(data, id="made", name="made.pdf").warnings == ()


def test_missing_words_are_named_with_their_page() -> None:
    theirs = second_reading(make_pdf([("p", "The yards are open. Ships may enter.")]), 1)
    assert theirs is not None
    assert differences({1: ["The yards are open. Ships may enter."]}, theirs) == []
    more = differences({1: ["The yards are open. Ships may enter.", "A ghost line."]}, theirs)
    assert [notice.page for notice in more] == [1]
    assert "10 letters or digits only here, 0 only in the second reading" in more[0].message
    assert "ghost" in more[0].message
    fewer = differences({1: ["The yards are open."]}, theirs)
    assert "13 only in the second reading" in fewer[0].message


def test_quotes_spaces_and_case_are_no_difference() -> None:
    assert fold("“The  Yard’s\u00a0plan”") == fold('"the yard\'s plan"')


def test_bytes_that_it_cannot_read_are_no_answer() -> None:
    assert second_reading(b"not a PDF", 1) is None
