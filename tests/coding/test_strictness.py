"""From strict to broad: what is printed, and what that costs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff import api
from polidiff.cli import run
from polidiff.coding.strictness import SETTINGS, at, costs
from polidiff.model import Code, Coding

PLAN = """# Plan

Hospitals shall hire nurses and doctors, so that patients wait less for treatment.

The ministry will fund research on artificial intelligence in national laboratories.

Providers shall not place such systems on the market without a permit.
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plan.md"


def printed(codings: tuple[Coding, ...]) -> set[tuple[str, str]]:
    return {(c.provision, code.id) for c in codings for code in (*c.policy, *c.themes, c.kind, c.forum) if code.printed}


def test_a_stricter_setting_prints_no_more_and_what_it_prints_is_surer(plan: Path) -> None:
    made = [tuple(api.code(plan, strictness=name)) for name in SETTINGS]
    assert printed(made[0]) <= printed(made[1]) <= printed(made[2])
    assert made[1] == tuple(api.code(plan))
    strict, usual, broad = costs(made[0])
    assert 0 < strict.printed <= usual.printed <= broad.printed <= broad.labels
    assert strict.wrong <= usual.wrong + 0.02 <= broad.wrong + 0.04
    assert costs(made[0]) == costs(made[2]), "the costs are told of every setting alike"


def test_what_a_rule_reads_exactly_is_printed_at_every_setting() -> None:
    exact = Coding("plan", "p1", strength=Code("mandate", 1.0, (), "rule", True), kind=Code("aim", 0.4, (), "learnt"))
    for name in SETTINGS:
        (made,) = at([exact], name)
        assert made.strength.printed
        assert not made.kind.printed


def test_the_report_tells_what_each_setting_prints(plan: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(PLAN.replace("Hospitals", "Wards"), encoding="utf-8")
    line = ["compare", str(plan), str(other), "-o", str(tmp_path / "out"), "--strictness", "strict"]
    assert run(line) == 0
    held = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert held["method"]["strictness"] == "strict"
    assert held["method"]["printed"].startswith("strict ")
    assert run(["verify", str(tmp_path / "out"), "--rebuild"]) == 0
