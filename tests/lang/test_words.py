"""Words meet under one key by inflection, and under one root by derivation."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from polidiff.lang.words import opening, root, stem, words_of

ENDINGS = ("", "e", "ed", "ing", "ion", "ional", "ionally", "ively", "fulness", "ers")


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


def test_threads_that_stem_at_once_do_not_mix_their_words() -> None:
    words = [f"{one}{two}" for one in ("regulat", "negotiat", "adopt", "nationali", "hope", "train") for two in ENDINGS]
    alone = {word: root.__wrapped__(word) for word in words}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda turn: {word: root.__wrapped__(word) for word in words[turn:]}, range(24)))
    finally:
        sys.setswitchinterval(before)
    assert all(held[word] == alone[word] for held in found for word in held)
