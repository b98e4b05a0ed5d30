"""ClaimReview: what a search engine would read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff import api
from polidiff.cli import run
from polidiff.interchange.claimreview import Published
from polidiff.verification import verify

ARTICLE = """Two plans

The plan says that "offices shall open their data by 2027". It also says "offices shall close their data".
"""
PLAN = """# A plan

Offices shall open their data by 2027.

Schools should teach arithmetic early, and the ministry shall pay for it.
"""


def _written(folder: Path, published: Published | None = None) -> Path:
    (folder / "plan.md").write_text(PLAN, encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    checked = api.check(folder / "article.txt", [folder / "plan.md"], claims=True)
    api.write_check(checked, folder / "out", published=published)
    return folder / "out"


def test_each_verdict_is_a_review_with_the_tool_as_its_author(tmp_path: Path) -> None:
    out = _written(tmp_path, Published("https://paper.example/a", None, "The Paper"))
    tool, *graph = json.loads((out / "claimreview.json").read_text(encoding="utf-8"))["@graph"]
    assert tool["softwareVersion"]
    assert tool["softwareVersion"] in tool["description"]
    record = json.loads((out / "check.json").read_text(encoding="utf-8"))["article"]
    assert len(graph) == len(record["verdicts"]) + len(record["claims"])
    by_words = {review["claimReviewed"]: review for review in graph}
    good = by_words["offices shall open their data by 2027"]["reviewRating"]
    assert good["ratingValue"] == 5
    assert good["alternateName"].startswith("Verbatim")
    for review in graph:
        assert review["@type"] == "ClaimReview"
        assert review["author"]["name"].startswith("polidiff ")
        assert review["publisher"]["name"] == "The Paper"
        assert review["itemReviewed"]["appearance"]["url"] == "https://paper.example/a"
        rating = review["reviewRating"]
        assert rating["alternateName"]
        assert 1 <= rating.get("ratingValue", 1) <= 5
    assert "url" not in graph[0]


def test_the_folder_is_proved_and_a_changed_word_is_found(tmp_path: Path) -> None:
    out = _written(tmp_path)
    assert verify(out, [tmp_path], strict=True).ok
    page = out / "article.html"
    page.write_text(page.read_text(encoding="utf-8").replace("arithmetic early", "arithmetic late"), encoding="utf-8")
    assert not verify(out, [tmp_path]).ok
    record = out / "check.json"
    record.write_text(record.read_text(encoding="utf-8").replace("by 2027", "by 2028"), encoding="utf-8")
    assert len(verify(out, [tmp_path]).problems) > 1


def test_the_same_check_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    first = {path.name: path.read_bytes() for path in _written(tmp_path / "a").glob("*.*")}
    second = {path.name: path.read_bytes() for path in _written(tmp_path / "a").glob("*.*")}
    assert first == second


def test_a_comparison_and_a_check_in_one_folder_are_both_proved(tmp_path: Path) -> None:
    out = _written(tmp_path)
    (tmp_path / "other.md").write_text("# Other\n\nOffices should share data with schools.\n", encoding="utf-8")
    api.write_report(api.compare(tmp_path / "plan.md", tmp_path / "other.md"), out)
    assert verify(out, [tmp_path], strict=True).ok


def test_the_command_writes_the_page_and_still_fails_on_what_it_is_asked_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.md").write_text(PLAN, encoding="utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    command = [
        "check",
        str(tmp_path / "article.txt"),
        "--against",
        str(tmp_path / "plan.md"),
        "-o",
        str(tmp_path / "o"),
    ]
    assert run([*command, "--fail-on", "typographic"]) == 1
    assert run([*command, "--fail-on", "spliced"]) == 0
    assert "article.html" in capsys.readouterr().out
    assert run([*command, "--format", "jsonl", "--publisher", "The Paper"]) == 0
    assert all(json.loads(line)["verdict"] for line in capsys.readouterr().out.splitlines())
    assert {path.name for path in (tmp_path / "o").iterdir()} == {
        *(f"article{tongue}.html" for tongue in ("", ".zh")),
        *(f"article.{what}" for what in ("corrected", "corrected.zh") for what in (f"{what}.html", f"{what}.docx")),
        *(f"article.letter{tongue}.docx" for tongue in ("", ".zh")),
        "check.json",
        "claimreview.json",
        "documents",
        "manifest.json",
    }
    assert run([*command[:4], "--publisher", "The Paper"]) == 2
