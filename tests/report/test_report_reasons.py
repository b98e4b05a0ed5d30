"""The Chinese page says its reasons in Chinese."""

from __future__ import annotations

import pytest

import polidiff
from polidiff.report import page
from polidiff.report.reasons import localise


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("3 provisions of us coded with it", "us 有 3 条归入本主题"),
        ("words in common: data, rules", "共有词语：data, rules"),
        ("2 true fragments are joined without a mark.", "2 段原文被拼接在一起而未加标明。"),
        ("“open models” stands in us, page 4.", "“open models”见于 us 第 4 页。"),
    ],
)
def test_known_sentences_are_said_in_chinese(english: str, chinese: str) -> None:
    assert localise(english, "zh").text == chinese
    assert localise(english, "en").text == english


def test_an_unknown_sentence_stays_and_is_marked_as_english() -> None:
    assert localise("A sentence of no known form.", "zh").lang == "en"


def test_the_demo_has_no_reason_left_in_english() -> None:
    names = ("us-ai-action-plan-2025", "cn-global-ai-governance-2025")
    documents = [polidiff.read(f"{name}.digest.en") for name in names]
    comparison = polidiff.compare(*documents)
    checked = polidiff.check("demo-article", documents)
    sentences = {reason.text for finding in comparison.findings for reason in finding.reasons}
    sentences |= {absence.note for finding in comparison.findings for absence in finding.absences}
    sentences |= {reason.text for verdict in checked.verdicts for reason in verdict.reasons if verdict.kind == "quote"}
    sentences |= {warning for verdict in checked.verdicts for warning in verdict.warnings if verdict.kind == "quote"}
    assert sorted(text for text in sentences if localise(text, "zh").lang == "en") == []
    html = page(comparison, checked, language="zh")
    assert "归入本主题" in html
    assert "coded with it" not in html
