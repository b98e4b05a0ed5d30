"""The bundled digests and the made article: our own words, marked for what they are."""

from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest

from polidiff.cli import run

SAMPLES = resources.files("polidiff") / "samples"
DIGESTS = [
    "us-ai-action-plan-2025.digest.en.md",
    "cn-global-ai-governance-2025.digest.en.md",
    "cn-global-ai-governance-2025.digest.zh.md",
]


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def bullets(text: str) -> list[str]:
    return [line[2:] for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("name", DIGESTS)
def test_a_digest_says_at_its_top_that_nobody_may_quote_it_as_the_plan(name: str) -> None:
    front = sample(name).split("---")[1]
    assert re.search(r"^kind: digest$", front, re.MULTILINE)
    note = " ".join(front.split())
    assert "quoted as the plan" in note or "不得当作该计划原文引用" in note
    assert re.search(r"^date: 2025-07-2[36]$", front, re.MULTILINE)


def test_the_american_digest_has_every_action_with_a_page_of_the_file_in_order() -> None:
    actions = bullets(sample(DIGESTS[0]))
    assert len(actions) == 103
    pages = []
    for action in actions:
        found = re.search(r" \(p\. (\d+)\)\.$", action)
        assert found, action
        pages.append(int(found.group(1)))
    assert pages == sorted(pages)
    assert (pages[0], pages[-1]) == (6, 26)


def test_every_section_of_the_american_digest_has_a_rationale_and_actions() -> None:
    sections = re.split(r"^### ", sample(DIGESTS[0]), flags=re.MULTILINE)[1:]
    assert len(sections) == 30
    for section in sections:
        rationale = section.split("\n- ")[0].split("\n", 1)[1].strip()
        assert len(rationale.split()) > 12
        assert bullets(section)


@pytest.mark.corpus
def test_the_american_digest_is_in_our_own_words(shared: Path) -> None:
    """Runs of six words in common with the plan are names of bodies, and at most a handful of others."""
    from liteparse import LiteParse

    parser = LiteParse(ocr_enabled=False, output_format="json", quiet=True)
    plan = parser.parse(str(shared / "corpora" / "us-ai-action-plan-2025.pdf"))

    def words(text: str) -> list[str]:
        return re.findall(r"[a-z0-9]+", text.lower())

    printed = words("\n".join(page.text for page in plan.pages))
    runs = {tuple(printed[i : i + 6]) for i in range(len(printed) - 5)}
    ours = words(sample(DIGESTS[0]))
    copied = [" ".join(ours[i : i + 6]) for i in range(len(ours) - 5) if tuple(ours[i : i + 6]) in runs]
    bodies = re.compile(
        r"standards|science and technology|management and budget|telecommunications|agency|food and drug"
    )
    assert len([run for run in copied if not bodies.search(run)]) <= 8, copied


def test_the_two_chinese_digests_run_clause_for_clause() -> None:
    english, chinese = sample(DIGESTS[1]), sample(DIGESTS[2])
    assert len(bullets(english)) == len(bullets(chinese))
    assert len(re.findall(r"^## ", english, re.MULTILINE)) == len(re.findall(r"^## ", chinese, re.MULTILINE)) == 13


def test_the_article_is_marked_as_made_and_short() -> None:
    _, front, body = sample("demo-article.md").split("---", 2)
    assert "kind: article" in front
    assert "wrong on purpose" in " ".join(front.split())
    assert 350 <= len(body.split()) <= 500
    assert len(re.findall(r'"[^"]+"', body)) == 12


def test_the_check_finds_in_the_article_what_was_put_there() -> None:
    from polidiff import api

    found = api.check("demo-article", [DIGESTS[0].removesuffix(".md"), DIGESTS[1].removesuffix(".md")])
    assert [verdict.verdict for verdict in found.verdicts] == [
        "verbatim",
        "verbatim",
        "verbatim",
        "trimmed",
        "typographic",
        "verbatim",
        "altered",
        "spliced",
        "misattributed",
        "not_found",
        "third_party",
        "not_found",
    ]
    altered, last = found.verdicts[6], found.verdicts[-1]
    assert any(edit.matters == "modality" for edit in altered.edits)
    assert "official text" in last.reasons[0].text


def test_the_demo_says_what_it_found(tmp_path, capsys):  # type: ignore[no-untyped-def]
    assert run(["demo", "-o", str(tmp_path / "demo")]) == 0
    said = capsys.readouterr().out
    assert " shared" in said
    assert "quotations: " in said
    assert "claims: " in said
    assert "index.html" in said
    assert "recorded answers of a large language model" in said
    held = json.loads((tmp_path / "demo" / "comparison.json").read_text(encoding="utf-8"))
    parted = [one for one in held["findings"] if one["finding"] == "divergent" and one["by"] == "model"]
    assert parted
    assert "a large language model" in parted[0]["reasons"][0]["text"]
    assert {code["by"] for coding in held["codings"] for code in coding["themes"]} >= {"model", "learnt"}
    assert run(["verify", str(tmp_path / "demo")]) == 0
