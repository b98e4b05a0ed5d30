"""How two provisions relate, from their words and their score."""

from __future__ import annotations

import pytest
from tests.made import made_document, made_provisions

from polidiff.align.relation import relation
from polidiff.model import Document, Language, Provision


def end(name: str, text: str, language: Language = "en") -> tuple[Document, Provision]:
    document = made_document(name, [text], language)
    return document, made_provisions(document)[0]


SHORT = "Fund research laboratories for semiconductor manufacturing."
LONG = "Fund research laboratories for semiconductor manufacturing, quantum sensing, robotics and clean energy storage."


def test_the_same_words_are_equal_whatever_the_score() -> None:
    assert relation(0.01, end("a", SHORT), end("b", SHORT)) == "equal"


def test_what_says_less_is_a_subset_and_the_other_way_round() -> None:
    assert relation(0.8, end("a", SHORT), end("b", LONG)) == "subset_of"
    assert relation(0.8, end("a", LONG), end("b", SHORT)) == "superset_of"


def test_shared_words_with_a_low_score_are_no_relationship() -> None:
    assert relation(0.05, end("a", SHORT), end("b", LONG)) == "no_relationship"


@pytest.mark.parametrize(("score", "expected"), [(0.9, "equal"), (0.4, "intersects_with")])
def test_a_rendering_is_equal_where_the_score_is_high(score: float, expected: str) -> None:
    english = end("a", "Data security must be assessed regularly in public services.")
    chinese = end("b", "必须定期评估公共服务中的数据安全。", "zh")
    assert relation(score, english, chinese) == expected
