"""Comparison keys map back to the text, and never take different words for the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from polidiff.checking.quotes.exact import grade
from polidiff.checking.quotes.folding import Key, powers, strict, typographic
from polidiff.checking.quotes.index import QuoteIndex
from polidiff.model import Span

from check_texts import document  # isort: skip

TEXTS = st.text(
    alphabet=st.sampled_from("abcXYZ éßﬁ½Ⅳ²“”'’-—\u00ad\u200b\n\t .,;:!?。，、（）运河保护０１２345%$€😀\u0301İ"),
    max_size=60,
)


@given(st.text(max_size=80))
def test_the_map_runs_forward_over_every_character_that_is_kept(text: str) -> None:
    key = Key.of(text)
    assert len(key.at) == len(key.data)
    assert all(0 <= at < len(text) for at in key.at.tolist())
    assert key.at.tolist() == sorted(key.at.tolist())
    for at in set(key.at.tolist()):
        own = bytes(b for b, place in zip(key.data, key.at.tolist(), strict=True) if place == at)
        assert own == Key.of(powers(text)[at]).data


@given(TEXTS, TEXTS)
def test_the_key_of_two_texts_is_their_keys(left: str, right: str) -> None:
    both = powers(left + right)  # what is raised hangs on the digit before it
    assert Key.of(both).data == Key.of(both[: len(left)]).data + Key.of(both[len(left) :]).data


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    once = Key.of(text).data.decode("utf-8", "surrogatepass")
    assert Key.of(once).data.decode("utf-8", "surrogatepass") == once
    assert strict(strict(text)) == strict(text)


@given(TEXTS, TEXTS)
def test_what_is_strictly_the_same_is_the_same_in_type(left: str, right: str) -> None:
    if strict(left) == strict(right):
        assert typographic(left) == typographic(right)


@given(TEXTS, TEXTS, TEXTS)
def test_a_place_found_holds_the_words_and_verbatim_means_the_same_characters(a: str, b: str, c: str) -> None:
    text = f"{a} {b} {c}"
    made = document(text, "made", "Made")
    key = Key.of(b)
    library = QuoteIndex([made])
    for place in library.places(key.data):
        hit = library.span(place, place + len(key.data))
        assert Key.of(powers(text)[hit.span.start : hit.span.end]).data == key.data
        graded = grade(b, made, hit.span)
        assert Span(0, len(text)).start <= graded.span.start <= graded.span.end <= len(text)
        if graded.same == "verbatim":
            assert strict(graded.span.cut(text)) == strict(b)


def test_numbers_and_apostrophes_keep_words_apart() -> None:
    made = document("A levy of 1.5 percent. We're ready. The years 2024-2025.", "made", "Made")
    library = QuoteIndex([made])
    for quote in ("A levy of 15 percent", "were ready", "The years 20242025"):
        data = Key.of(quote).data
        place = library.buffer.find(data)
        assert place >= 0
        assert grade(quote, made, library.span(place, place + len(data)).span).same == "marks"


def test_traditional_characters_are_the_same_in_type_as_simplified_ones_and_no_others() -> None:
    said, printed = "各部門應當每年公布數據目錄", "各部门应当每年公布数据目录"
    assert strict(said) != strict(printed)
    assert typographic(said) == typographic(printed)
    assert Key.of(said).data == Key.of(printed).data
    assert typographic("各部門可以每年公布") != typographic("各部门应当每年公布")
