"""Comparing at another level than the leaves: whole articles in place of their paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff.cli import run

LAW = """# 港口服务管理办法

第一条 提供者应当遵守以下规定：

（一）公布无人机的使用说明；

（二）每年培训引航员使用无人机。

第二条 主管部门应当履行以下职责：

（一）检查每一台起重机；

（二）修理发生故障的起重机。

第三条 本办法自2023年8月15日起施行。
"""


def sources(path: Path, level: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run(["align", str(path), str(path), "--id", "a", "--id", "b", "--format", "jsonl", *level]) == 0
    return [json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()]


def test_articles_take_the_place_of_their_paragraphs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "act.md"
    path.write_text(LAW, encoding="utf-8")
    assert len(sources(path, [], capsys)) == 5
    assert len(sources(path, ["--level", "article"], capsys)) == 3


def test_a_level_that_a_document_lacks_leaves_it_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "act.md"
    path.write_text(LAW, encoding="utf-8")
    assert sources(path, ["--level", "recommendation"], capsys) == sources(path, [], capsys)


def test_a_report_on_articles_proves_its_passages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, law in (("a", LAW), ("b", LAW.replace("无人机", "声呐").replace("港口", "航道"))):
        (tmp_path / f"{name}.md").write_text(law, encoding="utf-8")
    a, b, out = (str(tmp_path / name) for name in ("a.md", "b.md", "out"))
    assert run(["compare", a, b, "-o", out, "--level", "article"]) == 0
    assert run(["verify", out, "--strict"]) == 0
    record = json.loads((tmp_path / "out/comparison.json").read_text(encoding="utf-8"))
    assert {row["kind"] for row in record["provisions"]} == {"article"}
