"""What a matter names: word by word, with the words that say the same in either language."""

from __future__ import annotations

from polidiff.ranking.query import parts, question
from polidiff.ranking.related import named


def _forms(text: str) -> list[set[str]]:
    return [{" ".join(form) for form, _ in one.forms} | set(one.concepts) for one in named(question(text))]


def test_a_word_is_said_by_others_that_mean_the_same_in_both_languages() -> None:
    mandatory, incident, report = _forms("mandatory incident reporting")
    assert {"mandatori", "compulsori", "必须"} <= mandatory
    assert {"incid", "事故"} <= incident
    assert {"report", "报告"} <= report


def test_words_on_both_sides_of_and_are_one_thing() -> None:
    either, waste = _forms("reducing and recycling waste")
    assert {"reduc", "recycl"} <= either
    assert "wast" in waste
    correct, information, right = _forms("更正或删除个人信息的权利")
    assert {"correct", "delete"} <= correct
    assert "personal information" in information
    assert "right" in right


def test_chinese_runs_are_cut_at_listed_terms() -> None:
    assert len(_forms("违规处罚与罚款")) == 2
    assert len(_forms("养老服务的补贴标准")) == 4


def test_a_matter_is_parted_where_it_names_several_things() -> None:
    assert parts("planting trees and protecting forests") == ["planting trees", "protecting forests"]
    assert parts("植树造林与森林保护") == ["植树造林", "森林保护"]
    assert parts("export controls") == ["export controls"]
