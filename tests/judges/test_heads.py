"""Learnt heads: what they say of plain passages, how they rank, when they print."""

from __future__ import annotations

import numpy as np
import pytest

from polidiff.judges.features import Passage, whole
from polidiff.judges.heads import HEADS, judge, labels_of_head

WARDS = Passage("Hospitals will hire nurses and doctors so that patients wait less for treatment.", document="w")
RECORDS = Passage("推动公共数据开放，建设高质量行业数据集。", language="zh", document="c")
DUTY = Passage(
    "Providers shall not place such systems on the market without a permit.", law=True, kind="paragraph", document="d"
)


@pytest.fixture(scope="module")
def judged():
    return judge([WARDS, RECORDS, DUTY])


def test_every_passage_gets_every_head(judged):
    assert [tuple(one) for one in judged] == [HEADS] * 3


def test_plain_passages_get_their_field(judged):
    assert judged[0]["policy"][0].label == "health"
    assert judged[2]["strength"][0].label == "must"


def test_a_chinese_passage_is_read_too(judged):
    given = {one.label for one in judged[1]["themes"] if one.given}
    assert "data_resources" in given


def test_labels_are_ranked_and_exactly_one_is_given_where_one_holds(judged):
    for one in judged:
        for name in ("direction", "actor", "strength", "forum", "posture", "kind"):
            assert [label.given for label in one[name]].count(True) == 1
            assert one[name][0].given
            assert sum(label.probability for label in one[name]) == pytest.approx(1.0, abs=0.002)


def test_nothing_is_printed_that_is_not_given(judged):
    assert all(label.given for one in judged for labels in one.values() for label in labels if label.risk)


def test_passages_of_other_documents_are_no_neighbours():
    alone = judge([Passage(WARDS.text, document="a")])
    beside = judge([Passage(WARDS.text, document="a"), Passage(DUTY.text, document="b")])
    assert alone[0] == beside[0]


def test_no_passages_no_judgements():
    assert judge([]) == ()


def test_the_fields_are_the_major_topics():
    assert len(set(labels_of_head("policy")) - {"none"}) == 21


def test_a_document_is_the_mean_of_its_passages_and_what_stands_alone_is_none():
    passages = [Passage("one", document="a"), Passage("two", document="b"), Passage("three", document="a")]
    said = whole(passages, np.array([[2, 4], [9, 9], [4, 0]], dtype=np.float32))
    assert said.tolist() == [[3, 2], [0, 0], [3, 2]]
