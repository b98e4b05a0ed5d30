"""A decision follows its provision into a newer version of the document, or is an orphan; it never jumps."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from tests.made import made_document, made_provisions

from polidiff.model import Provision, Span
from polidiff.workspace.follow import follow
from polidiff.workspace.places import Read


def version(lines: Sequence[str], paths: dict[int, tuple[str, ...]] | None = None) -> Read:
    document = made_document("plan", lines)
    provisions = made_provisions(document)
    at = paths or {}
    return document, tuple(replace(p, path=at.get(i, p.path)) for i, p in enumerate(provisions))


def moves(old: Read, new: Read) -> dict[int, int]:
    """Return where each provision of the old version is in the new one, by index."""
    before = {p.span: i for i, p in enumerate(old[1])}
    after = {p.span: i for i, p in enumerate(new[1])}
    return {before[a]: after[b] for a, b in follow(old, new).items()}


PLAN = ("Fund computing.", "Train teachers.", "Report each year.", "Control exports.")


def test_the_same_text_maps_onto_itself() -> None:
    assert moves(version(PLAN), version(PLAN)) == {0: 0, 1: 1, 2: 2, 3: 3}


def test_what_stands_further_down_now_is_followed() -> None:
    assert moves(version(PLAN), version(["A new first line.", *PLAN])) == {0: 1, 1: 2, 2: 3, 3: 4}


def test_what_changed_by_one_letter_is_not_followed() -> None:
    changed = [PLAN[0], "Train teacher.", *PLAN[2:]]
    assert moves(version(PLAN), version(changed)) == {0: 0, 2: 2, 3: 3}


def test_the_same_words_under_another_heading_are_a_look_alike() -> None:
    old = version(PLAN, {3: ("Prohibited",)})
    new = version(PLAN, {3: ("Permitted",)})
    assert 3 not in moves(old, new)


def test_the_same_words_after_another_lead_in_are_a_look_alike() -> None:
    lines = ["Providers shall:", "Providers may:", "keep records of use"]
    old, new = version(lines), version(lines)
    shall, may = Span(0, 16), Span(17, 31)

    def led(read: Read, span: Span) -> Read:
        first, second, third = read[1]
        return read[0], (first, second, replace(third, lead_in=span))

    assert moves(led(old, shall), led(new, shall))[2] == 2
    assert 2 not in moves(led(old, shall), led(new, may))


def test_a_renumbered_heading_is_the_same_heading() -> None:
    old = version(PLAN, {3: ("Title IV", "Article 5 Exports")})
    new = version(["Extra.", *PLAN], {4: ("Title V", "Article 6 Exports")})
    assert moves(old, new)[3] == 4


def test_repeated_words_are_told_apart_by_their_neighbours() -> None:
    old = version(["One.", "Report each year.", "Two.", "Report each year.", "Three."])
    new = version(["Zero.", "One.", "Report each year.", "Two.", "Report each year.", "Three."])
    assert moves(old, new) == {0: 1, 1: 2, 2: 3, 3: 4, 4: 5}


def test_one_of_two_equal_provisions_that_is_gone_leaves_neither_to_guess() -> None:
    old = version(["One.", "Report each year.", "Two.", "Report each year."])
    new = version(["One.", "Report each year.", "Two."])
    assert moves(old, new) == {0: 0, 2: 2}


def test_containers_are_not_followed() -> None:
    document, provisions = version(PLAN)
    containers: tuple[Provision, ...] = tuple(replace(p, leaf=False) for p in provisions)
    assert follow((document, containers), (document, containers)) == {}


LINES = st.lists(st.text(string.ascii_lowercase[:3], min_size=1, max_size=2), min_size=0, max_size=12)


@given(LINES, LINES)
def test_whatever_changes_only_the_same_words_are_ever_followed_and_no_place_twice(a: list[str], b: list[str]) -> None:
    old, new = version(a or ["x"]), version(b or ["x"])
    found = follow(old, new)
    assert len(set(found.values())) == len(found)
    for before, after in found.items():
        assert before.cut(old[0].text) == after.cut(new[0].text)
