"""What holds of a place after people accepted, rejected, thought again, took back and disagreed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polidiff.errors import InputError
from polidiff.workspace.decisions import Anchor, Decision, Target, Verb, decision, link_target
from polidiff.workspace.state import DecisionState, agreements, standing

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
A, B = Anchor("north", "1" * 64, 0, 9), Anchor("south", "2" * 64, 5, 30)
LINK, _ = link_target(A, B)


class Desk:
    """Decisions on one link, each made in the knowledge of those before it unless it is ``apart``."""

    def __init__(self) -> None:
        self.rows: list[Decision] = []

    def decide(
        self, by: str, verb: Verb, value: str = "", *, after: tuple[str, ...] | None = None, why: str = ""
    ) -> Decision:
        seen = standing(LINK, self.rows).tips if after is None else after
        row = decision(LINK, verb, by=by, when=NOON, value=value, why=why, after=seen)
        self.rows.append(row)
        return row

    @property
    def now(self) -> DecisionState:
        return standing(LINK, self.rows)


def test_nothing_holds_before_anybody_decided() -> None:
    assert Desk().now.decided is None
    assert not Desk().now.conflict


def test_a_second_thought_overrides_the_first() -> None:
    desk = Desk()
    desk.decide("Ada", "accept", "equal")
    last = desk.decide("Ada", "reject")
    assert desk.now.decided == last


def test_who_has_seen_another_decision_overrides_it() -> None:
    desk = Desk()
    desk.decide("Ada", "accept", "equal")
    last = desk.decide("Bob", "relation", "subset_of")
    assert desk.now.decided == last
    assert not desk.now.conflict


def test_two_who_decided_apart_are_in_conflict_until_one_has_seen_both() -> None:
    desk = Desk()
    first = desk.decide("Ada", "accept", "equal", after=())
    second = desk.decide("Bob", "reject", after=())
    assert desk.now.conflict
    assert desk.now.decided is None
    assert set(desk.now.heads) == {first, second}
    settled = desk.decide("Cyd", "reject")
    assert desk.now.decided == settled


def test_two_who_decided_apart_and_the_same_agree() -> None:
    desk = Desk()
    desk.decide("Ada", "accept", "equal", after=())
    desk.decide("Bob", "relation", "equal", after=())
    assert not desk.now.conflict
    assert desk.now.decided is not None
    assert desk.now.decided.verdict == "equal"


def test_an_undo_brings_back_what_held_before_and_can_be_undone() -> None:
    desk = Desk()
    first = desk.decide("Ada", "accept", "equal")
    second = desk.decide("Ada", "reject")
    undo = desk.decide("Ada", "undo", second.id)
    assert desk.now.decided == first
    desk.decide("Ada", "undo", undo.id)
    assert desk.now.decided == second
    assert len(desk.rows) == 4


def test_an_undone_conflict_is_no_conflict() -> None:
    desk = Desk()
    first = desk.decide("Ada", "accept", "equal", after=())
    second = desk.decide("Bob", "reject", after=())
    desk.decide("Bob", "undo", second.id)
    assert desk.now.decided == first


def test_a_note_decides_nothing() -> None:
    desk = Desk()
    first = desk.decide("Ada", "accept", "equal")
    note = desk.decide("Bob", "note", why="see page 4")
    assert desk.now.decided == first
    assert desk.now.notes == (note,)


def test_the_clock_plays_no_part() -> None:
    desk = Desk()
    first = desk.decide("Ada", "accept", "equal")
    late = decision(LINK, "reject", by="Bob", when=datetime(1970, 1, 1, tzinfo=UTC), after=(first.id,))
    desk.rows.append(late)
    assert desk.now.decided == late


def test_no_relationship_is_a_rejection() -> None:
    assert decision(LINK, "relation", by="Ada", when=NOON, value="no_relationship").verdict == "reject"


def test_a_link_is_the_same_from_either_side() -> None:
    assert link_target(A, B)[0] == link_target(B, A)[0]
    assert link_target(A, B)[1] is False
    assert link_target(B, A)[1] is True


def test_the_same_decision_has_the_same_id_and_another_another() -> None:
    first = decision(LINK, "accept", by="Ada", when=NOON, value="equal")
    assert first.id == decision(LINK, "accept", by="Ada", when=NOON, value="equal").id
    assert first.id != decision(LINK, "accept", by="Ada", when=NOON, value="equal", why="so").id


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (
            {"verb": "split"},
            "split: can't be decided of a link; what can is: accept, reject, relation, opposed, note, undo",
        ),
        ({"by": "  "}, "--by: no name was given; say who decides"),
        ({"when": datetime(2026, 3, 1)}, "when: the time has no zone"),
        ({"verb": "relation", "value": "similar"}, "similar: is not a relation; the relations are equal, subset_of"),
        ({"verb": "accept"}, "is not a relation"),
        ({"verb": "note"}, "note: is empty; give its words with --why TEXT"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(changes: dict[str, object], line: str) -> None:
    given: dict[str, object] = {"verb": "accept", "by": "Ada", "when": NOON, **changes}
    verb = given.pop("verb")
    with pytest.raises(InputError) as caught:
        decision(LINK, verb, **given)  # type: ignore[arg-type]
    assert line in str(caught.value)


def _coded(number: int, verdicts: dict[str, Verb]) -> DecisionState:
    target = Target("code", (Anchor("north", "1" * 64, number, number + 1),), "theme:x")
    return standing(target, [decision(target, verb, by=name, when=NOON) for name, verb in verdicts.items()])


def test_agreement_of_two_coders_is_cohens_kappa() -> None:
    """The worked example of Cohen's kappa: 20 yes-yes, 15 no-no, 5 yes-no, 10 no-yes gives 0.70 and 0.40."""
    counts: list[tuple[Verb, Verb, int]] = [
        ("accept", "accept", 20),
        ("accept", "reject", 5),
        ("reject", "accept", 10),
        ("reject", "reject", 15),
    ]
    made = []
    for first, second, count in counts:
        made += [_coded(len(made) + i, {"Ada": first, "Bob": second}) for i in range(count)]
    made.append(_coded(900, {"Ada": "accept"}))
    (found,) = agreements(made)
    assert (found.a, found.b, found.both, found.equal) == ("Ada", "Bob", 50, 35)
    assert found.share == 0.7
    assert found.kappa == 0.4


def test_agreement_by_chance_alone_has_no_kappa() -> None:
    (found,) = agreements([_coded(n, {"Ada": "accept", "Bob": "accept"}) for n in range(3)])
    assert found.share == 1.0
    assert found.kappa is None
