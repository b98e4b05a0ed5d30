"""A sentence of a plan or a law is taken apart into who acts, how bindingly, and what is done."""

from __future__ import annotations

import pytest

from polidiff.lang.clauses import clauses, formal, leans, shortened, standing, turns, vague
from polidiff.model import Span


def told(text: str, language: str = "en", names: tuple[str, ...] = ()) -> list[tuple[str, str, str, str]]:
    found = clauses(text, "zh" if language == "zh" else "en", names)
    return [(c.act, c.subject.cut(text) if c.subject else "", c.verb.cut(text), c.rest.cut(text)) for c in found]


@pytest.mark.parametrize(
    ("text", "act", "subject", "verb", "rest"),
    [
        ("Led by the Harbour Board, publish a map of all quays.", "order", "", "publish", " a map of all quays"),
        ("Rapidly build and test two new cranes.", "order", "", "Rapidly build and test", " two new cranes"),
        ("By 2030, ferry operators must keep a log.", "must", "ferry operators", "keep", " a log"),
        ("We will repair the old pier.", "will", "We", "repair", " the old pier"),
        ("Now Freedonia must bring its boats home.", "must", "Freedonia", "bring", " its boats home"),
        ("Pilots shall not leave the bridge.", "ban", "Pilots", "leave", " the bridge"),
    ],
)
def test_an_act_is_found(text: str, act: str, subject: str, verb: str, rest: str) -> None:
    assert told(text) == [(act, subject, verb, rest)]


@pytest.mark.parametrize(
    "text",
    [
        "Boats that must wait are moored outside.",
        "It must be so.",
        "People currently have to wait for years.",
        "The harbour is old.",
        "Open waters that boats cross should be charted.",
    ],
)
def test_what_says_no_act_of_its_own_has_none(text: str) -> None:
    assert told(text) == []


def test_the_author_is_known_by_his_names() -> None:
    text = "The Ruritanians must act now."
    assert not clauses(text, "en")[0].own
    assert clauses("Ruritania must act now.", "en", ("Ruritania",))[0].own
    assert clauses("The government will act now.", "en")[0].own


def test_a_passive_has_no_actor() -> None:
    assert clauses("All cranes must be inspected every year.", "en")[0].passive


def test_chinese_duties_have_a_subject_and_orders_none() -> None:
    assert told("码头经营者应当保存记录。", "zh") == [("must", "码头经营者", "", "保存记录")]
    assert told("任何人不得擅自进入港区。", "zh") == [("ban", "任何人", "", "擅自进入港区")]
    assert told("加快建设智慧港口。", "zh") == [("order", "", "", "加快建设智慧港口")]


def cut(text: str, most: int) -> tuple[str, bool]:
    span, marked = shortened(text, Span(0, len(text)), most)
    return span.cut(text), marked


def test_a_clause_is_cut_where_the_rest_only_adds() -> None:
    assert cut("build six cranes for the southern quay, including two for grain and one for timber", 9) == (
        "build six cranes for the southern quay",
        False,
    )


def test_a_cut_that_may_turn_the_words_is_marked() -> None:
    words, marked = cut("allow night landings at all piers, including the old ones, unless the wardens say no", 8)
    assert words == "allow night landings at all piers"
    assert marked
    assert turns("unless they object", Span(0, 18))


def test_a_cut_leaves_no_word_hanging_and_no_bracket_open() -> None:
    words, _ = cut("repair the piers of the (old and very beautiful northern) harbour of our town this year", 7)
    assert words == "repair the piers"
    words, marked = cut("repair the piers that the wardens of the harbour and their families have used for years", 7)
    assert words == "repair the piers that the wardens"
    assert marked


def test_chinese_is_cut_behind_no_condition() -> None:
    text = "违反规定进入港区的，由港务部门责令离开，并处以罚款，情节严重的移送公安机关处理"
    span, _ = shortened(text, Span(0, len(text)), 10)
    assert span.cut(text) == "违反规定进入港区的，由港务部门责令离开"


def test_words_that_lean_and_verbs_that_say_little() -> None:
    assert leans("有前款规定的行为")
    assert vague("continue")
    assert not vague("publish")


def test_a_condition_that_opens_a_sentence_is_told_with_it() -> None:
    text = "Where no pilot is aboard, ships shall stop at the boom."
    assert clauses(text, "en")[0].whole.cut(text) == text[:-1]
    text = "By 2030, ships shall stop at the boom."
    assert clauses(text, "en")[0].whole.cut(text) == "ships shall stop at the boom"


@pytest.mark.parametrize(
    "text", ["Select committees also play a part.", "Keep Harbours Tidy is a charity.", "Plan - two"]
)
def test_a_noun_is_no_order(text: str) -> None:
    assert told(text) == []


def test_words_that_point_away() -> None:
    assert leans("publish such reports")
    assert leans("keep the records of section 6")
    assert not leans("publish reports such as these of the wardens who sail".replace("these of ", ""))
    assert formal("This code enters into force on 1 May")
    assert standing("Ferries have been free since 1990")


def test_a_chinese_sentence_is_not_cut_to_its_exception() -> None:
    text = "除经管理机构同意为停泊船只提供临时照明的情形外，港口经营者应当按照就近原则，为船只安排泊位。"
    short, _ = shortened(text, Span(0, len(text)), 15)
    assert "港口经营者应当" in short.cut(text)
