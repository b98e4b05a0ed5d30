"""The page and the record say on which steps firmness was read, and which documents were read as laws."""

from __future__ import annotations

import json
from pathlib import Path

from polidiff import api
from polidiff.cli import run

PLAN = "# Plan of the North\n\n## Chips\n\n- Fund research on semiconductors.\n- Train engineers for data centers.\n"


def law(title: str, path: Path, word: str = "Article") -> str:
    parts = "\n\n".join(f"{word} {n}. Ports shall keep the logs of data center {n} for ten years." for n in range(1, 6))
    path.write_text(f"# {title}\n\n{parts}\n", encoding="utf-8")
    return str(path)


def test_a_law_beside_a_plan_is_told_on_the_page_and_in_the_record(tmp_path: Path) -> None:
    (tmp_path / "north.md").write_text(PLAN, encoding="utf-8")
    act = law("Harbour Data Regulation", tmp_path / "harbour.md")
    assert run(["compare", str(tmp_path / "north.md"), act, "-o", str(tmp_path / "out")]) == 0
    method = json.loads((tmp_path / "out/comparison.json").read_text(encoding="utf-8"))["method"]
    assert (method["scale"], method["laws"]) == ("plan", "harbour")
    assert (tmp_path / "out/index.html").read_text(encoding="utf-8").count("read as a law") == 1
    assert "按法律读取" in (tmp_path / "out/index.zh.html").read_text(encoding="utf-8")
    assert run(["verify", str(tmp_path / "out")]) == 0


def test_the_scale_that_was_asked_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "north.md").write_text(PLAN, encoding="utf-8")
    act = law("Harbour Data Regulation", tmp_path / "harbour.md")
    assert run(["compare", str(tmp_path / "north.md"), act, "--scale", "law", "-o", str(tmp_path / "out")]) == 0
    assert json.loads((tmp_path / "out/comparison.json").read_text(encoding="utf-8"))["method"]["scale"] == "law"


def test_measures_and_orders_bind_by_their_articles_alone(tmp_path: Path) -> None:
    for title in ("Interim Measures for Harbour Services", "Harbour Order"):
        found = api.code(law(title, tmp_path / "binding.md"))
        assert {coding.strength.id for coding in found} == {"mandate"}
    plan = tmp_path / "plan.md"
    plan.write_text("# Measures for Better Harbours\n\n" + "- Ports shall become the best of the world.\n" * 4, "utf-8")
    assert "mandate" not in {coding.strength.id for coding in api.code(plan)}
