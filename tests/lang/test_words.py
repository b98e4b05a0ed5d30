"""Words meet under one key by inflection, and under one root by derivation."""

from __future__ import annotations

import pytest

from polidiff.lang.words import opening, root, stem, words_of


@pytest.mark.parametrize(("a", "b"), [("harbours", "harbor"), ("policies", "policy"), ("Women", "woman")])
def test_inflected_forms_share_a_key(a: str, b: str) -> None:
    assert stem(a) == stem(b)


@pytest.mark.parametrize(
    ("a", "b", "one"),
    [
        ("adoption", "adopt", True),
        ("regulation", "regulate", True),
        ("organisation", "organizing", True),
        ("policy", "police", False),
        ("university", "universal", False),
    ],
)
def test_derived_forms_share_a_root(a: str, b: str, one: bool) -> None:
    assert (root(a) == root(b)) == one
    assert (root(stem(a)) == root(stem(b))) == one


def test_how_inflected_forms_open() -> None:
    assert [opening(word) for word in ("policies", "Ports", "reporting")] == ["polic", "Port", "report"]


def test_words_stand_where_they_say() -> None:
    text = "Artificial intelligence in the U.S. ports’ R&D"
    assert next(text[word.start : word.end] for word in words_of(text).words) == "Artificial intelligence"
    assert [word.key for word in words_of(text).words] == ["ai", "in", "the", "U.S.", "port", "r&d"]
