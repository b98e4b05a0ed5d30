"""What an alignment goes by besides closeness in meaning: subjects, neighbours, nested ids, and how sure it may be."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from tests.made import made_document, made_provisions

from polidiff import api
from polidiff.alignment import Alignment, CodedDocument, align, make_side
from polidiff.encode import DefaultEncoder
from polidiff.model import Coding
from polidiff.ranking.around import beside
from polidiff.ranking.calibration import depths
from polidiff.ranking.subjects import subject_cosines, subjects

RULES = (
    "Doors to the server room are locked at night.",
    "Suppliers are checked before a contract is signed.",
    "Copies of the records are kept at another site.",
    "Staff are trained in handling an emergency.",
    "Accounts of people who have left are closed within a day.",
    "Fishing boats report their catch of herring and cod in the northern waters by radio every evening.",
)


def aligned(a: list[str], b: list[str]) -> Alignment:
    return align(made_side("a", a), made_side("b", b), DefaultEncoder(), top=10)


def made_side(name: str, lines: list[str]) -> CodedDocument:
    document = made_document(name, lines)
    provisions = made_provisions(document)
    return make_side(document, provisions, [Coding(document.id, p.id) for p in provisions])


def table(path: Path, rows: list[tuple[str, str]]) -> Path:
    path.write_text("id,text\n" + "".join(f"{name},{text}\n" for name, text in rows), encoding="utf-8")
    return path


def test_the_same_subject_in_other_words_is_told() -> None:
    near, far = subject_cosines(["Visitors sign in at the gate."], ["Guard the premises.", "Hash passwords."])[0]
    assert near > far
    assert subjects("A procedure is documented; documents are kept.")["documents"] == 3
    told = aligned(["Vendors are vetted."], ["Choose a supplier with care."]).matches[0][0].reasons
    assert any("on the same subjects: suppliers" in reason.text for reason in told)


def test_of_two_equal_rows_the_one_that_others_stand_under_comes_first(tmp_path: Path) -> None:
    mine = table(tmp_path / "mine.csv", [("1", "Lock the doors"), ("2", "Train the staff")])
    text = "Doors are locked"
    rows = [("X-1.1", text), ("X-1", text), ("X-2", "Records are kept"), ("X-1.2", "Windows are shut")]
    found = api.align(mine, table(tmp_path / "theirs.csv", rows), top=4)
    numbers = {p.id: p.number for p in found.b.provisions}
    assert [numbers[match.id] for match in found.matches[0][:2]] == ["X-1", "X-1.1"]


def test_neighbours_count_most_when_they_are_near_and_a_row_never_counts_for_itself() -> None:
    values = np.zeros((9, 1))
    values[4] = 1.0
    found = beside(values, 1.0)[:, 0]
    assert found[4] == 0
    assert found[3] == pytest.approx(found[5])
    assert all(before < after for before, after in itertools.pairwise(found[:4]))


def test_ties_stand_at_the_same_depth() -> None:
    found = depths([np.array([[0.0, 0.5, 0.0, 0.9]])])
    assert np.allclose(found, np.log1p([[2, 1, 2, 0]]))


def test_scores_fall_along_a_ranking() -> None:
    found = aligned(list(RULES), [*reversed(RULES), "Lock the doors.", "Keep copies elsewhere.", "Close old accounts."])
    for matches in found.matches:
        assert all(before.score >= after.score for before, after in itertools.pairwise(matches))


def test_what_is_of_another_subject_is_said_to_stand_alone_and_few_words_less_surely() -> None:
    others = [
        "Personnel are screened before they are hired and sign an agreement on confidentiality.",
        "Audit logs are protected from change and reviewed each week by the security officer.",
        "Encryption keys are generated, stored and destroyed under dual control.",
        "Backups of servers are tested for restoration twice a year.",
    ]
    found = aligned([RULES[-1], "Herring is smoked.", others[0]], others)
    alone = [unique.probability for unique in found.uniques]
    assert alone[0] > 0.9
    assert alone[1] <= 0.9
    assert alone[2] < 0.05
