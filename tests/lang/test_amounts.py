"""Amounts and dates are one kind of record, whatever the words, the unit and the language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.lang.amounts import Amount, amounts_of, conflict, same
from polidiff.lang.dates import dates_of


def only(text: str) -> Amount:
    (amount,) = amounts_of(text)
    return amount


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("a 50x rise", "factor", 50, ""),
        ("twentyfold", "factor", 20, ""),
        ("50% of ships", "share", 0.5, ""),
        ("half of the ships", "share", 0.5, ""),
        ("百分之五十的船", "share", 0.5, ""),
        ("三成船只", "share", 0.3, ""),
        ("罚款五万元", "money", 50_000, "CNY"),
        ("a fine of 50,000 yuan", "money", 50_000, "CNY"),
        ("EUR 35 000 000", "money", 35_000_000, "EUR"),
        ("£17.5 million", "money", 17_500_000, "GBP"),
        ("two million dollars", "money", 2_000_000, "USD"),
        ("24 hours", "time", 24, "hour"),
        ("24小时", "time", 24, "hour"),
        ("one day", "time", 24, "hour"),
        ("半年", "time", 6, "month"),
        ("10 working days", "time", 10, "workday"),
        ("three harbours", "count", 3, ""),
        ("twice a year", "rate", 2, ""),
    ],
)
def test_one_record_for_all_forms(text: str, kind: str, value: float, unit: str) -> None:
    amount = only(text)
    assert (amount.kind, amount.value, amount.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Article 12",
        "GPT4 and Covid-19",
        "the 25th boat",
        "1 May",
        "one of the boats",
        "in half a century",
        "resolution 2020/2012(INL)",
        "Regulation (EU) 2024/1689",
    ],
)
def test_numbers_that_count_nothing(text: str) -> None:
    assert amounts_of(text) == ()


@pytest.mark.parametrize(
    ("a", "b", "equal", "clash"),
    [
        ("24 hours", "one day", True, False),
        ("12 months", "a period of one year", True, False),
        ("30 days", "one month", False, False),
        ("30 days", "six months", False, True),
        ("三十日", "30 days", True, False),
        ("10 euros", "10 pounds", False, False),
        ("10 euros", "20 euros", False, True),
        ("half of the boats", "49% of the boats", True, False),
        ("three harbours", "four harbours", False, True),
        ("three harbours", "four boats", False, False),
        ("5 to 10 per cent", "10 per cent", True, False),
    ],
)
def test_which_are_equal_and_which_clash(a: str, b: str, equal: bool, clash: bool) -> None:
    assert same(only(a), only(b)) == equal
    assert conflict(only(a), only(b)) == clash


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at least 40 boats", "least"),
        ("40 boats or more", "least"),
        ("up to 40 boats", "most"),
        ("within 40 days", "within"),
        ("四十日内", "within"),
        ("about 40 boats", "about"),
        ("不超过四十万元", "most"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert only(text).bound == bound


def test_a_range_is_one_amount() -> None:
    amount = only("between 3 and 5 years")
    assert (amount.value, amount.high, amount.unit) == (36, 60, "month")


@pytest.mark.parametrize(
    ("text", "iso", "precision", "limit"),
    [
        ("by 2027", "2027", "year", "by"),
        ("by the end of March 2027", "2027-03", "month", "by"),
        ("on 23 July 2025", "2025-07-23", "day", "on"),
        ("July 23, 2025", "2025-07-23", "day", "on"),
        ("from 2025-07-23", "2025-07-23", "day", "from"),
        ("二〇二五年七月二十三日", "2025-07-23", "day", "on"),
        ("2030年底", "2030", "year", "by"),
        ("自2025年7月起", "2025-07", "month", "from"),
    ],
)
def test_dates_are_as_precise_as_they_are_written(text: str, iso: str, precision: str, limit: str) -> None:
    (date,) = dates_of(text)
    assert (date.iso, date.precision, date.limit) == (iso, precision, limit)


def test_a_period_is_no_date() -> None:
    assert dates_of("within 30 days") == ()


@given(st.lists(st.sampled_from(
    ["3", "50", "%", "half", "of", " ", "two", "万", "元", "年", "2027", "by", "million", "days", "十", "$", "x", "至"]
), max_size=14))  # fmt: skip
def test_amounts_stand_where_they_say(parts: list[str]) -> None:
    text = "".join(parts)
    last = 0
    for amount in amounts_of(text):
        assert last <= amount.start < amount.end <= len(text)
        assert text[amount.start : amount.end] == text[amount.start : amount.end].strip()
        last = amount.end
