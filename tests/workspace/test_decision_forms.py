"""One parser for the decisions of commands, keys, pages and Python."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.workspace.plans import ENCODER, NOON, NORTH, SOUTH, write_plan

from polidiff.errors import InputError
from polidiff.readers import read
from polidiff.workspace import Workspace
from polidiff.workspace.decisions import author
from polidiff.workspace.forms import DecisionForm, parse_decision


@pytest.fixture
def work(tmp_path: Path) -> Workspace:
    made = Workspace.init(tmp_path / "w.polidiff", when=NOON, encoder=ENCODER)
    for name, plan in (("north", NORTH), ("south", SOUTH)):
        write_plan(tmp_path, name, plan)
        made.add(read(tmp_path / f"{name}.md"), when=NOON)
    return made


def test_fields_of_a_page_and_options_of_a_command_say_the_same(work: Workspace) -> None:
    link = next(item.target for item in work.queue() if item.target.kind == "link")
    assert parse_decision(work, link, {"verb": "equal"}) == parse_decision(work, link, {"relation": "equal"})
    assert parse_decision(work, link, {"verb": "accept", "shown": "equal", "seen": "a b"}) == DecisionForm(
        link, "accept", "equal", "", ("a", "b")
    )
    assert parse_decision(work, link, {"verb": "accept"}, proposed="subset_of").value == "subset_of"
    assert parse_decision(work, "north#a001", {"verb": "posture", "value": "cooperation"}) == DecisionForm(
        "north#a001=posture", "label", "cooperation"
    )
    assert parse_decision(work, "north#a001", {"verb": "reject", "value": "compute"}).what == "north#a001=theme:compute"
    cut = parse_decision(work, "north#a001", {"verb": "split", "value": "40", "split": ""})
    assert (cut.verb, cut.value) == ("split", "40")


@pytest.mark.parametrize(
    "fields", [{}, {"verb": "accept", "label": "x"}, {"verb": "perhaps"}, {"relation": "equal", "split": "words"}]
)
def test_no_decision_several_and_odd_ones_are_refused(work: Workspace, fields: dict[str, object]) -> None:
    with pytest.raises(InputError):
        parse_decision(work, "north#a001", fields)


def test_names_are_written_down_in_one_line() -> None:
    assert author("  Ada \n Lovelace\x1b[2J ") == "Ada Lovelace[2J"
    assert len(author("x" * 200)) == 80
