"""Texts name countries by name, people, capital or government; other words name nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.lang.countries import code_of, country_of, how_named, name_of, names_of, places_of


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Beijing answered the United States.", [("CN", "capital"), ("US", "name")]),
        ("The White House wrote to London and Brussels.", [("US", "government"), ("GB", "capital"), ("EU", "capital")]),
        ("British rules bind us, U.S. firms and South Korea's.", [("GB", "demonym"), ("US", "name"), ("KR", "name")]),
        ("A turkey in fine china, 16 GB and US$5.", []),
        ("Latin America and New England met Mexico.", [("MX", "name")]),
        ("Botswana’s plan follows the Kenyan one.", [("BW", "name"), ("KE", "demonym")]),
        ("Papua New Guinea and Guinea", [("PG", "name"), ("GN", "name")]),
        ("中国与白宫、布鲁塞尔会谈。", [("CN", "name"), ("US", "government"), ("EU", "capital")]),
        ("其中方案由罗马尼亚提出，印度洋除外。", [("RO", "name")]),
    ],
)  # fmt: skip
def test_who_is_named(text: str, named: list[tuple[str, str]]) -> None:
    assert [(place.code, place.how) for place in places_of(text)] == named


@given(st.text("US .China中国方London's16GB\n", max_size=60))
def test_places_stand_where_they_say(text: str) -> None:
    last = 0
    for place in places_of(text):
        assert last <= place.start < place.end
        assert text[place.start : place.end] in names_of(place.code)
        last = place.end


def test_a_name_by_itself() -> None:
    assert country_of("washington’s") == "US"
    assert country_of("China's") == "CN"
    assert country_of("harbour") is None
    assert how_named("Federal") == "loose"
    assert (code_of("uk"), code_of("USA"), code_of("JP")) == ("GB", "US", "JP")
    assert (name_of("JP", "zh"), name_of("GB"), name_of("ZZ")) == ("日本", "United Kingdom", "ZZ")
