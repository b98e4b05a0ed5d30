"""Who answers whom: what a user would notice of an alignment."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from tests.made import made_document, made_provisions

from polidiff import api
from polidiff.alignment import align, align_both, align_records, make_side, one_to_one
from polidiff.coding import code
from polidiff.encode import DefaultEncoder, MultilingualEncoder
from polidiff.lang.bilingual import terms
from polidiff.model import Code, Coding, Document

ENGLISH = (
    "The ministry of energy will speed up permits for data centres and power lines.",
    "Schools should teach pupils how machine learning works.",
    "Exports of advanced chips to hostile states will be stopped at the border.",
)
OTHER = (
    "Pupils in every school should learn how machine learning works.",
    "Fishing quotas in the northern sea are cut by a third.",
    "Permits for data centres will be granted faster.",
)
CHINESE = ("应在中小学开设人工智能课程。", "应加快数据中心的审批。", "应保护森林和湿地。")


@pytest.fixture(scope="module")
def encoder() -> MultilingualEncoder:
    return MultilingualEncoder()


def side(document: Document):  # type: ignore[no-untyped-def]
    provisions = made_provisions(document)
    return make_side(document, provisions, [Coding(document.id, p.id) for p in provisions])


def test_each_provision_finds_its_answer(encoder: MultilingualEncoder) -> None:
    found = align(side(made_document("a", ENGLISH)), side(made_document("b", OTHER)), encoder, top=3)
    assert [matches[0].id for matches in found.matches[:2]] == ["b-3", "b-1"]
    assert all(m.score >= n.score for ms in found.matches for m, n in itertools.pairwise(ms))


def test_a_provision_without_an_answer_is_likelier_to_stand_alone(encoder: MultilingualEncoder) -> None:
    found = align(side(made_document("a", ENGLISH)), side(made_document("b", OTHER)), encoder)
    alone = {unique.source: unique.probability for unique in found.uniques}
    assert alone["a-3"] > alone["a-1"]
    assert alone["a-3"] > alone["a-2"]
    assert {unique.searched for unique in found.uniques} == {3}


def test_english_answers_chinese(encoder: MultilingualEncoder) -> None:
    found = align(side(made_document("a", ENGLISH)), side(made_document("c", CHINESE, "zh")), encoder)
    assert found.matches[0][0].id == "c-2"
    assert found.matches[1][0].id == "c-1"


def test_words_in_common_are_cut_from_both_documents(encoder: MultilingualEncoder) -> None:
    a, b = made_document("a", ENGLISH), made_document("b", OTHER)
    best = align(side(a), side(b), encoder).matches[0][0]
    said = [(a.cut(left).lower(), b.cut(right).lower()) for left, right in best.words]
    assert ("permits", "permits") in said
    assert any("words in common" in reason.text for reason in best.reasons)


def test_a_shared_word_with_opposite_positions_is_a_difference(encoder: MultilingualEncoder) -> None:
    a = made_document("a", ["Remove burdensome rules on models."])
    b = made_document("b", ["Tighten the rules on models."])
    left = make_side(a, made_provisions(a), [Coding("a", "a-1", positions=(Code("regulation:loosen", 1.0),))])
    right = make_side(b, made_provisions(b), [Coding("b", "b-1", positions=(Code("regulation:tighten", 1.0),))])
    assert "direction" in align(left, right, encoder).matches[0][0].differs


def test_an_empty_side_gives_no_match_and_no_fault(encoder: MultilingualEncoder) -> None:
    found = align(side(made_document("a", ENGLISH)), make_side(made_document("e", []), (), ()), encoder)
    assert found.matches == ((), (), ())
    assert all(unique.nearest is None and unique.searched == 0 for unique in found.uniques)


def coded(document: Document, scale: str):  # type: ignore[no-untyped-def]
    provisions = made_provisions(document)
    return make_side(document, provisions, code(document, provisions, scale=scale))  # type: ignore[arg-type]


def test_rare_words_decide_among_provisions_that_share_the_common_ones() -> None:
    a = made_document("a", ["The agency shall report on the safety of reactors.", "The agency shall report on bees."])
    b = made_document(
        "b",
        [
            "Every year the agency reports on fisheries.",
            "A report about honeybees is made by the agency.",
            "Reactor safety is the subject of a report by the agency.",
        ],
    )
    found = align(side(a), side(b), DefaultEncoder(), top=1)
    assert [matches[0].id for matches in found.matches] == ["b-3", "b-2"]


def test_terms_across_languages_are_told_and_cut_from_both(encoder: MultilingualEncoder) -> None:
    a = made_document("a", ["Providers must protect personal information under ISO 27001."])
    c = made_document("c", ["应促进渔业发展。", "提供者应当依据ISO 27001保护个人信息。"], "zh")
    best = align(side(a), side(c), encoder, top=1).matches[0][0]
    assert best.id == "c-2"
    said = {(a.cut(left), c.cut(right)) for left, right in best.words}
    assert {("Providers", "提供者"), ("personal information", "个人信息"), ("27001", "27001")} <= said
    assert any("personal information = 个人信息" in reason.text for reason in best.reasons)


def test_the_longest_term_counts_and_not_those_inside_it() -> None:
    assert [term.concept for term in terms("网络安全", chinese=True)] == ["cybersecurity"]
    assert [term.concept for term in terms("Network security rules", chinese=False)] == ["cybersecurity", "regulation"]


def test_the_same_act_at_another_strength_is_a_difference(encoder: MultilingualEncoder) -> None:
    a = made_document("a", ["提供者应当保存记录。", "提供者不得出售个人信息。"], "zh")
    b = made_document("b", ["Providers may keep records.", "Providers must not sell personal information."])
    found = align(coded(a, "law"), coded(b, "law"), encoder, top=2)
    differs = {(m.source, m.id): m.differs for matches in found.matches for m in matches}
    assert "strength" in differs["a-1", "b-1"]
    assert "strength" not in differs["a-2", "b-2"]


def test_scores_are_probabilities_and_the_same_text_is_nearly_sure() -> None:
    a = made_document("a", [*ENGLISH, "Hospitals shall publish their waiting times every month."])
    found = align(side(a), side(made_document("b", [*OTHER, *reversed(a.text.split("\n"))])), DefaultEncoder(), top=10)
    best = [matches[0] for matches in found.matches]
    assert [match.relation for match in best] == ["equal"] * 4
    assert all(match.score > 0.9 for match in best)
    assert all(0 <= match.score <= 1 for matches in found.matches for match in matches)
    assert all(unique.probability < 0.2 for unique in found.uniques)


def test_one_to_one_gives_each_target_once_and_leaves_out_what_has_none(encoder: MultilingualEncoder) -> None:
    a = made_document("a", [OTHER[0], "Pupils should learn how machine learning works.", "Bridges are painted green."])
    pairs = one_to_one(align(side(a), side(made_document("b", OTHER)), DefaultEncoder()), least=0.3)
    assert [(source, target) for source, target, _ in pairs][:1] == [("a-1", "b-1")]
    assert len({target for _, target, _ in pairs}) == len(pairs)


def test_rows_of_a_table_keep_the_ids_of_the_table(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,text\nAC-2(1),Keep accounts of users\nAC-3,Lock the doors\n")
    (tmp_path / "theirs.csv").write_text("id,text\n9.1,Doors are kept locked\n9.2,User accounts are kept\n")
    records = list(align_records(api.align(tmp_path / "mine.csv", tmp_path / "theirs.csv", top=2)))
    assert [(r["source"], r["targets"][0]["id"], r["unique"]["nearest"]) for r in records] == [
        ("AC-2(1)", "9.2", "9.2"),
        ("AC-3", "9.1", "9.1"),
    ]
    assert [provision.id for provision in api.split(tmp_path / "mine.csv")] == ["AC-2(1)", "AC-3"]
    assert [coding.provision for coding in api.code(tmp_path / "theirs.csv")] == ["9.1", "9.2"]


def test_the_same_bytes_twice() -> None:
    a, b = side(made_document("a", ENGLISH)), side(made_document("b", OTHER))
    once, again = (list(align_records(align(a, b, DefaultEncoder()))) for _ in range(2))
    assert json.dumps(once) == json.dumps(again)


@pytest.mark.parametrize("other", [("b", OTHER, "en"), ("c", CHINESE, "zh"), ("e", (), "en")])
def test_both_ways_at_once_are_the_same_as_one_after_the_other(other: tuple[str, tuple[str, ...], str]) -> None:
    name, lines, language = other
    a, b = side(made_document("a", ENGLISH)), side(made_document(name, lines, language))  # type: ignore[arg-type]
    encoder = DefaultEncoder()
    there, back = align_both(a, b, encoder)
    assert list(align_records(there)) == list(align_records(align(a, b, encoder)))
    assert list(align_records(back)) == list(align_records(align(b, a, encoder)))
