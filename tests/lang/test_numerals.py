"""Numerals are read and written the same way wherever they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.lang.numerals import (
    letters_number,
    ordinal_word,
    roman_number,
    to_chinese,
    to_letters,
    to_roman,
    word_number,
    zh_number,
    zh_value,
)


@given(st.integers(1, 3999))
def test_roman_and_chinese_numerals_read_back(number: int) -> None:
    assert roman_number(to_roman(number)) == number
    assert zh_number(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("seven", 7),
        ("forty-five", 45),
        ("two hundred and ten", 210),
        ("a dozen", 12),
        ("one million two hundred thousand", 1_200_000),
        ("a hundred", 100),
        ("seven eight", None),
        ("blue", None),
    ],
)
def test_english_words(words: str, number: int | None) -> None:
    assert word_number(words) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [("五", 5), ("十二", 12), ("一百零三", 103), ("五万", 50_000), ("一百二十万", 1_200_000), ("三亿", 300_000_000),
     ("二〇二五", 2025), ("两千", 2000), ("12", 12), ("船", None), ("", None)],
)  # fmt: skip
def test_chinese_numerals(written: str, number: int | None) -> None:
    assert zh_value(written) == number


def test_letters_of_lists() -> None:
    assert [letters_number(x) for x in ("a", "z", "aa", "bb", "ab", "1", "")] == [1, 26, 27, 28, 28, 0, 0]
    assert [to_letters(n) for n in (1, 26, 27, 28)] == ["a", "z", "aa", "ab"]


def test_ordinals() -> None:
    assert [ordinal_word(n) for n in (1, 10, 11, 21, 22, 33)] == ["first", "tenth", "11th", "21st", "22nd", "33rd"]
