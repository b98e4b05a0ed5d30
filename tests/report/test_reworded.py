"""A model's sentences stand in a brief only where polidiff's own check bears them out; the others are listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.report.test_brief import NORTH, SOUTH

from polidiff import api, report
from polidiff.model.briefs import Brief
from polidiff.report.briefing.reworded import reworded


class Scripted:
    """A model that always says the same."""

    identity = "scripted"

    def __init__(self, said: str) -> None:
        self.said = said

    def answer(self, instruction: str, text: str) -> str:
        return self.said


def told(tmp_path: Path, said: str) -> tuple[Brief, Brief]:
    for name, text in (("north.md", NORTH), ("south.md", SOUTH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = api.compare(tmp_path / "north.md", tmp_path / "south.md")
    before = report.brief(made)
    return before, reworded(made, before, Scripted(said))


@pytest.mark.parametrize(
    "said",
    [
        "The Northern Harbour Plan says “publish an AI literacy curriculum for cats”.",
        "The Northern Harbour Plan would close all schools by 2027.",
        "Weather is fine.",
    ],
)
def test_what_is_not_borne_out_is_dropped_and_listed(tmp_path: Path, said: str) -> None:
    before, after = told(tmp_path, said)
    assert after.statements == before.statements
    assert {one.text for one in after.dropped} == {said}
    assert all(one.why for one in after.dropped)


def test_what_is_borne_out_stands_with_its_passages(tmp_path: Path) -> None:
    said = "The Northern Harbour Plan would publish “an AI literacy curriculum for all pupils by 2030”."
    before, after = told(tmp_path, said)
    mine = [one for one in after.statements if one.by == "model"]
    assert mine
    assert {one.printed for one in mine} == {said}
    assert [one.passages for one in after.statements] == [one.passages for one in before.statements]
    assert "scripted" in after.of("made")[-1].printed
