"""Patterns that are tried only where they can match find what ``re`` finds."""

from __future__ import annotations

import random
import re

import pytest

from polidiff.lang.needs import Sought, needs_of

PATTERNS = (
    r"\b(?:shall|may)\s+not\b",
    r"\b(?:led|co-led) (?:jointly )?by\s+",
    r"\bhas been\b|已经|以来",
    r"(?:a|b)?\d+",
    r"\b(?:i[sz]|are)\s+(?:not\s+)?(?:liable|bound)\b",
    r"(?<!may )\bduty\b(?!\s+of)",
    r"[^.;]{2,8}?\bfree\b",
    r"将|应(?!当)",
)
WORDS = (
    *("shall", "SHALL", "may", "not", "led", "jointly", "by", "has", "been", "已经", "将", "应当", "应", "is", "iz"),
    *("are", "liable", "bound", "duty", "of", "free", "a1", ".", "\n"),
    *("\u017fhall", "l\u0130able", "l\u0131able"),
)
"""With letters that ``re.IGNORECASE`` takes for an s or an i."""


@pytest.mark.parametrize("pattern", PATTERNS)
def test_nothing_is_missed_and_nothing_added(pattern: str) -> None:
    chance = random.Random(7)
    for flags in (0, re.IGNORECASE):
        sought, plain = Sought(pattern, flags), re.compile(pattern, flags)
        for _ in range(400):
            text = " ".join(chance.choices(WORDS, k=chance.randint(1, 8)))
            assert [m.span() for m in sought.finditer(text)] == [m.span() for m in plain.finditer(text)]
            assert (sought.search(text) is None) == (plain.search(text) is None)


def test_what_a_pattern_needs() -> None:
    assert needs_of(re.compile(r"\b(?:shall|may)\s+not\b")) == (("not",), ("may", "shall"))
    assert needs_of(re.compile(r"\w+|not")) == ()
