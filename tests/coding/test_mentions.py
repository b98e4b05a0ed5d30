"""Words that are only named take up no theme."""

from __future__ import annotations

import pytest
from tests.made import made_document, made_provisions

from polidiff.coding import load_codebook
from polidiff.coding.coder import cued
from polidiff.coding.themes import THRESHOLD


def themes(line: str) -> set[str]:
    document = made_document("a", [line])
    (coding,) = cued(document, made_provisions(document, ()), load_codebook(), least=THRESHOLD)
    return {theme.id for theme in coding.themes}


@pytest.mark.parametrize(
    ("named", "used"),
    [
        ("Delete references to climate change from the handbook.", "Cut emissions and fight climate change."),
        ("The guide avoids any mention of copyright.", "Protect copyright when models are trained."),
    ],
)
def test_what_is_only_named_is_no_subject(named: str, used: str) -> None:
    assert themes(used)
    assert not themes(named) & themes(used)


def test_what_stands_in_the_next_clause_counts() -> None:
    assert "privacy" in themes("Delete references to old rules; protect personal data and privacy.")
