"""In a Chinese law 应当 lays down a duty, on the steps of plans too; in a plan it recommends."""

from __future__ import annotations

from pathlib import Path

from polidiff import api

ARTICLES = "\n\n".join(f"第{n}条 提供者应当在服务中公布第{n}项说明。" for n in "一二三四")


def strengths(path: Path, title: str) -> set[str]:
    path.write_text(f"# {title}\n\n{ARTICLES}\n", encoding="utf-8")
    return {coding.strength.id for coding in api.code(path)}


def test_a_duty_of_a_law_is_a_mandate_on_the_steps_of_plans(tmp_path: Path) -> None:
    assert strengths(tmp_path / "law.md", "港口服务管理暂行办法") == {"mandate"}


def test_the_same_words_of_a_plan_recommend(tmp_path: Path) -> None:
    assert strengths(tmp_path / "plan.md", "港口服务行动计划") == {"recommendation"}


def test_shall_of_an_act_is_a_mandate_too(tmp_path: Path) -> None:
    path = tmp_path / "act.md"
    parts = "\n\n".join(f"Sec. {n}. Ports shall keep the logs of crane {n} for ten years." for n in range(1, 6))
    path.write_text(f"# Harbour Safety Act\n\n{parts}\n", encoding="utf-8")
    assert {coding.strength.id for coding in api.code(path)} == {"mandate"}
