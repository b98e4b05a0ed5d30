"""What decisions on proposed codes teach: shown on decisions held back, used only when it is kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from polidiff.cli import run
from polidiff.coding.decided import Told, tuned
from polidiff.workspace import Workspace, learning
from polidiff.workspace import tuning as tunings

WHEN = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_code_that_people_keep_rejecting_scores_less_and_others_as_before() -> None:
    told = [Told("theme:compute", 0.6, at % 8 == 0) for at in range(24)]
    told += [Told("theme:energy", 0.6, at % 5 < 3) for at in range(25)]
    tuning = tuned(told)
    assert tuning is not None
    assert tuning.gains
    assert tuning.score("theme:compute", 0.6) < 0.35
    assert 0.45 < tuning.score("theme:energy", 0.6) < 0.7


def test_decisions_that_agree_with_the_scores_move_little() -> None:
    tuning = tuned([Told(f"theme:t{at % 3}", 0.8, at % 5 > 0) for at in range(30)])
    assert tuning is not None
    assert all(abs(tuning.score(f"theme:t{at}", 0.8) - 0.8) < 0.06 for at in range(3))


def test_few_decisions_teach_nothing() -> None:
    assert tuned([Told("theme:compute", 0.6, False)] * 9) is None


def test_a_workspace_uses_it_only_when_it_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "work"
    line = "The ministry will build data centres and buy computing power for artificial intelligence in {}."
    with Workspace.init(place, when=WHEN) as work:
        for name in ("north", "south"):
            file = tmp_path / f"{name}.md"
            towns = ("Oslo", "Bergen", "Tromso", "Moss", "Hamar", "Molde")
            file.write_text("# AI plan\n\n" + "\n\n".join(line.format(f"{t} {name}") for t in towns), encoding="utf-8")
            work.add(file, when=WHEN)
        before = work.compare(codebook="ai-plans").comparison
        for item in work.queue():
            if item.target.kind == "code" and item.target.code.startswith("theme:"):
                work.decide(item.name, "reject", by="ann", when=WHEN)
        tuning = learning.learnt(work)
        assert tuning is not None
        assert tuning.gains
        assert tunings.kept(work.store) is None
    assert run(["learn", str(place), "--keep"]) == 0
    assert "held back" in capsys.readouterr().out
    with Workspace.open(place) as work:
        held = tunings.kept(work.store)
        assert held is not None
        best = max(code.score for coding in before.codings[0] for code in coding.themes)
        assert held.score("theme:compute", best) < best
    assert run(["learn", str(place), "--forget"]) == 0
    with Workspace.open(place) as work:
        assert tunings.kept(work.store) is None
