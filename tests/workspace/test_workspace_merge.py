"""Two people's workspaces into one: nothing is lost, nothing overwritten, what is at odds is shown."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from tests.workspace.plans import EAST, ENCODER, NORTH, Clock, made_workspace, named, write_plan

from polidiff.errors import InputError
from polidiff.workspace import Workspace, merge, status

CENTRE = ("fund a national computing centre for AI", "fund a national computing centre for research")
EXPORTS = ("control exports", "promote exports")


class Pair:
    """Ada's workspace and Bob's, who began with a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        first = made_workspace(folder, "ada", self.clock)
        first.close()
        shutil.copy(folder / "ada.polidiff", folder / "bob.polidiff")
        self.ada = Workspace.open(folder / "ada.polidiff", encoder=ENCODER)
        self.bob = Workspace.open(folder / "bob.polidiff", encoder=ENCODER)

    def link(self, one: str, other: str) -> str:
        return f"{named(self.ada, one)}--{named(self.ada, other)}"


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_both_peoples_decisions_are_there_afterwards(pair: Pair) -> None:
    pair.ada.decide(pair.link(*CENTRE), "reject", by="Ada", when=pair.clock())
    pair.bob.decide(pair.link(*EXPORTS), "accept", by="Bob", when=pair.clock())
    done = merge(pair.ada, pair.bob, when=pair.clock())
    assert (done.decisions, done.conflicts) == (1, ())
    assert {row.by for row in pair.ada.rows()} == {"Ada", "Bob"}
    assert [row.by for row in pair.bob.rows()] == ["Bob"]


def test_merging_twice_or_with_itself_does_nothing_more(pair: Pair) -> None:
    pair.bob.decide(pair.link(*EXPORTS), "accept", by="Bob", when=pair.clock())
    merge(pair.ada, pair.bob, when=pair.clock())
    assert merge(pair.ada, pair.bob, when=pair.clock()).decisions == 0
    assert merge(pair.ada, pair.ada, when=pair.clock()).decisions == 0
    assert len(pair.ada.rows()) == 1


def test_a_conflict_is_shown_and_settled_by_who_has_seen_both(pair: Pair) -> None:
    name = pair.link(*CENTRE)
    proposed = pair.ada.compare().comparison
    pair.ada.decide(name, "reject", by="Ada", when=pair.clock())
    pair.bob.decide(name, "relation", value="equal", by="Bob", when=pair.clock())
    done = merge(pair.ada, pair.bob, when=pair.clock())
    ((shown, rows),) = done.conflicts
    assert shown == name
    assert {row.by: row.verdict for row in rows} == {"Ada": "reject", "Bob": "equal"}
    assert pair.ada.compare().comparison == proposed
    assert pair.ada.queue()[0].conflict
    pair.ada.decide(name, "reject", by="Ada", when=pair.clock(), why="talked it over")
    assert status(pair.ada).conflicts == ()
    assert merge(pair.bob, pair.ada, when=pair.clock()).conflicts == ()
    target, _ = pair.bob.target(name)
    held = pair.bob.standing(target).decided
    assert held is not None
    assert held.why == "talked it over"


def test_both_orders_of_merging_end_in_the_same_state(pair: Pair) -> None:
    for name in (pair.link(*CENTRE), pair.link(*EXPORTS)):
        pair.ada.decide(name, "accept", by="Ada", when=pair.clock())
        pair.bob.decide(name, "reject", by="Bob", when=pair.clock())
    mine = pair.ada.decide(pair.link(*EXPORTS), "undo", by="Ada", when=pair.clock())
    merge(pair.ada, pair.bob, when=pair.clock())
    merge(pair.bob, pair.ada, when=pair.clock())
    assert mine.id in {row.id for row in pair.bob.rows()}
    states = [
        {target: ({row.id for row in held.heads}, held.conflict) for target, held in work.standings().items()}
        for work in (pair.ada, pair.bob)
    ]
    assert states[0] == states[1]
    assert sorted(conflict for _, conflict in states[0].values()) == [False, True]


def test_agreement_counts_what_both_decided_apart(pair: Pair) -> None:
    for work, by in ((pair.ada, "Ada"), (pair.bob, "Bob")):
        work.decide(pair.link(*CENTRE), "reject", by=by, when=pair.clock())
    pair.ada.decide(pair.link(*EXPORTS), "accept", by="Ada", when=pair.clock())
    pair.bob.decide(pair.link(*EXPORTS), "reject", by="Bob", when=pair.clock())
    merge(pair.ada, pair.bob, when=pair.clock())
    (found,) = status(pair.ada).agreements
    assert (found.a, found.b, found.both, found.equal) == ("Ada", "Bob", 2, 1)


def test_a_blind_second_coder_in_one_workspace_can_disagree(pair: Pair) -> None:
    name = pair.link(*CENTRE)
    pair.ada.decide(name, "accept", by="Ada", when=pair.clock())
    pair.ada.decide(name, "reject", by="Bob", when=pair.clock(), blind=True)
    assert [shown for shown, _ in status(pair.ada).conflicts] == [name]
    pair.ada.decide(name, "undo", by="Bob", when=pair.clock(), blind=True)
    assert status(pair.ada).conflicts == ()
    pair.ada.decide(name, "reject", by="Bob", when=pair.clock(), blind=True)
    assert [shown for shown, _ in status(pair.ada).conflicts] == [name]
    pair.ada.decide(name, "accept", by="Bob", when=pair.clock(), blind=True)
    assert status(pair.ada).conflicts == ()


def test_what_another_decided_while_one_was_looking_is_a_conflict_and_not_overridden(pair: Pair) -> None:
    """Two people, one workspace, one link: each decides on what was on the screen, not on what is there by now."""
    name = pair.link(*CENTRE)
    target, _ = pair.ada.target(name)
    shown = pair.ada.standing(target).tips
    pair.ada.decide(name, "accept", by="Ada", when=pair.clock(), seen=shown)
    pair.ada.decide(name, "reject", by="Bob", when=pair.clock(), seen=shown)
    assert [found for found, _ in status(pair.ada).conflicts] == [name]
    pair.ada.decide(name, "reject", by="Bob", when=pair.clock(), why="I mean it", seen=shown)
    assert [found for found, _ in status(pair.ada).conflicts] == [name]
    both = pair.ada.standing(target).tips
    pair.ada.decide(name, "reject", by="Ada", when=pair.clock(), seen=both)
    assert status(pair.ada).conflicts == ()
    pair.ada.decide(name, "note", by="Ada", when=pair.clock(), why="talked it over", seen=("no such row",))
    assert status(pair.ada).conflicts == ()


def test_documents_that_only_the_other_has_are_added(pair: Pair, tmp_path: Path) -> None:
    pair.bob.add(write_plan(tmp_path, "east", EAST), when=pair.clock())
    pair.bob.decide(f"{named(pair.bob, 'safety of every')}=theme:compute", "accept", by="Bob", when=pair.clock())
    done = merge(pair.ada, pair.bob, when=pair.clock())
    assert done.added == ("east",)
    assert done.orphans == 0
    assert [document.id for document in pair.ada.documents()] == ["north", "south", "east"]


def test_another_version_of_a_document_is_kept_and_not_put_in_place_of_ours(pair: Pair, tmp_path: Path) -> None:
    changed = [line.replace("national computing", "regional computing") for line in NORTH]
    pair.bob.add(write_plan(tmp_path, "north", changed), when=pair.clock())
    place = named(pair.bob, "regional computing")
    pair.bob.decide(f"{place}=theme:grid", "accept", by="Bob", when=pair.clock())
    done = merge(pair.ada, pair.bob, when=pair.clock())
    assert done.differ == ("north",)
    assert done.orphans == 1
    assert "national computing" in pair.ada.documents()[0].text
    pair.ada.add(tmp_path / "north.md", when=pair.clock())
    assert not pair.ada.orphans()


def test_results_of_the_other_are_not_believed(pair: Pair) -> None:
    pair.bob.compare()
    merge(pair.ada, pair.bob, when=pair.clock())
    assert pair.ada.compare().reuse.documents_made == 2


def test_a_document_whose_text_was_changed_under_its_hash_is_refused(pair: Pair, tmp_path: Path) -> None:
    pair.bob.add(write_plan(tmp_path, "east", EAST), when=pair.clock())
    pair.bob.close()
    with sqlite3.connect(tmp_path / "bob.polidiff") as database:
        database.execute("DROP TRIGGER versions_as_read")
        database.execute("UPDATE versions SET text = replace(text, 'should', 'shall') WHERE document = 'east'")
    forged = Workspace.open(tmp_path / "bob.polidiff", encoder=ENCODER)
    with pytest.raises(InputError, match="the text of east is not the one that was added"):
        merge(pair.ada, forged, when=pair.clock())
    assert [document.id for document in pair.ada.documents()] == ["north", "south"]


@pytest.mark.parametrize("into", ["file", "database"])
def test_a_file_and_a_database_merge_both_ways(pair: Pair, place: str, tmp_path: Path, into: str) -> None:
    """Bob works in the team's database, Ada in a file of her own; neither loses anything."""
    pair.bob.close()
    pair.bob = Workspace.init(place, when=pair.clock(), title="The team's", encoder=ENCODER)
    try:
        merge(pair.bob, pair.ada, when=pair.clock())
        assert [document.id for document in pair.bob.documents()] == ["north", "south"]
        assert pair.bob.documents() == pair.ada.documents()
        assert pair.bob.compare().comparison == pair.ada.compare().comparison
        pair.bob.add(write_plan(tmp_path, "east", EAST), when=pair.clock())
        name = pair.link(*CENTRE)
        pair.ada.decide(name, "accept", by="Ada", when=pair.clock(), why="港口 and \ud800\0")
        pair.bob.decide(name, "reject", by="Bob", when=pair.clock())
        mine, theirs = (pair.ada, pair.bob) if into == "file" else (pair.bob, pair.ada)
        done = merge(mine, theirs, when=pair.clock())
        assert done.added == (("east",) if into == "file" else ())
        assert [found for found, _ in done.conflicts] == [name]
        merge(theirs, mine, when=pair.clock())
        assert merge(mine, theirs, when=pair.clock()).decisions == 0
        assert {row.id for row in pair.ada.rows()} == {row.id for row in pair.bob.rows()}
        assert pair.ada.documents() == pair.bob.documents()
        assert [found for found, _ in status(theirs).conflicts] == [name]
    finally:
        pair.bob.close()
