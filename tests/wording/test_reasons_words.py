"""Reasons are codes, and every code has its words in each language."""

from __future__ import annotations

import polidiff
from polidiff.model import Reason
from polidiff.report import page
from polidiff.wording import reason_text


def test_a_reason_is_said_in_either_language() -> None:
    reason = Reason.of("fragment.page", 1.0, document="us", page=4, quote="open models", span=(3, 14))
    assert reason_text(reason, "en") == "“open models” stands in us, page 4."
    assert reason_text(reason, "zh") == "“open models”见于 us 第 4 页。"


def test_one_of_a_kind_has_its_own_form() -> None:
    one, three = (Reason.of("theme.coded", n=n, document="us") for n in (1, 3))
    assert (one.text, three.text) == ("1 provision of us coded with it", "3 provisions of us coded with it")
    assert reason_text(one, "zh") == "us 有 1 条归入本主题"


def test_lists_sides_and_labels_are_said_as_the_language_has_them() -> None:
    words = Reason.of("words.common", words=("data", "rules"))
    assert (words.text, reason_text(words, "zh")) == ("words in common: data, rules", "共有词语：data、rules")
    sides = Reason.of("direction.sides", sides=(("us", "looser", "放宽"), ("cn", "tighter", "收紧")))
    assert sides.text == "they take different sides (us: looser; cn: tighter)"
    assert reason_text(sides, "zh") == "各方立场不同（us：放宽；cn：收紧）"
    steps = Reason.of("strength.coded", old="obligation", new="none")
    assert (steps.text, reason_text(steps, "zh")) == ("obligation → no norm", "义务 → 无规范")


def test_a_reason_names_its_documents_as_the_page_does() -> None:
    reason = Reason.of("absence.uncoded", documents=("us-2025", "cn-2025"))
    assert reason_text(reason, "en", {"us-2025": "the US plan", "cn-2025": "China’s plan"}.__getitem__) == (
        "no provision of the US plan, China’s plan is coded with this theme"
    )


def test_chinese_sets_latin_names_apart_and_chinese_ones_not() -> None:
    reason = Reason.of("absence.uncoded", documents=("us", "cn"))
    assert reason_text(reason, "zh") == "us、cn 没有归入本主题的条款"
    assert reason_text(reason, "zh", {"us": "美国", "cn": "中国"}.__getitem__) == "美国、中国没有归入本主题的条款"
    held = Reason.of("missing.document", document="cn")
    assert reason_text(held, "zh") == "未收存文件 cn，无从判断。"
    assert reason_text(held, "zh", lambda _: "方案") == "未收存文件方案，无从判断。"


def test_python_users_see_the_code_the_parameters_and_english_words() -> None:
    reason = Reason.of("words.altered", 0.8, n=2)
    assert (reason.code, reason.kind, reason.parameters, reason.value) == ("words.altered", "words", (("n", 2),), 0.8)
    assert str(reason) == reason.text == "Like the passage shown, with 2 edits and no mark."


def test_a_code_of_a_later_version_stands_as_it_is() -> None:
    assert Reason.of("words.unheard_of", n=2).text == "words.unheard_of {'n': 2}"


def test_the_chinese_page_says_its_reasons_in_chinese() -> None:
    names = ("us-ai-action-plan-2025", "cn-global-ai-governance-2025")
    documents = [polidiff.read(f"{name}.digest.en") for name in names]
    comparison = polidiff.compare(*documents)
    html = page(comparison, polidiff.check("demo-article", documents), language="zh")
    assert "归入本主题" in html
    assert "coded with it" not in html
