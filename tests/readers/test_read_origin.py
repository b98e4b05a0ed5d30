"""Whose document it is, told by the host that a page names as its own."""

from __future__ import annotations

import pytest

import polidiff
from polidiff.readers.origin import jurisdiction_of


@pytest.mark.parametrize(
    ("address", "state"),
    [
        ("https://www.gov.uk/government/publications/a-plan", "GB"),
        ("https://www.whitehouse.gov/a-plan/", "US"),
        ("http://www.cac.gov.cn/2023/a.htm", "CN"),
        ("https://eur-lex.europa.eu/eli/reg", "EU"),
        ("https://gov.uk.example.com/a-plan", None),
        ("https://example.org/whitehouse.gov", None),
        ("not an address", None),
    ],
)
def test_a_host_belongs_to_one_state_or_to_none(address: str, state: str | None) -> None:
    assert jurisdiction_of(address) == state


def test_a_saved_page_keeps_its_government(tmp_path) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "plan.html"
    page.write_text(
        "<html><head><title>A plan</title><link rel='canonical' href='https://www.gov.uk/plan'></head>"
        "<body><main><h1>A plan</h1><p>"
        + "The government will open more laboratories. " * 20
        + "</p></main></body></html>"
    )
    assert polidiff.read(page).jurisdiction == "GB"
