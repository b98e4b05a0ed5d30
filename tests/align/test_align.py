"""Who answers whom: what a user would notice of an alignment."""

from __future__ import annotations

import itertools

import pytest
from tests.made import made_document, made_provisions

from polidiff.align import align, make_side
from polidiff.encode import MultilingualEncoder
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
