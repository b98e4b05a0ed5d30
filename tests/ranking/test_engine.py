"""The ranking: what it finds, and that nothing it is given makes it fail."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from polidiff.encode import DefaultEncoder, EnglishEncoder, StaticEncoder
from polidiff.ranking import engine, wide
from polidiff.ranking.bm25 import Bm25, TermCounts
from polidiff.ranking.engine import compare
from polidiff.ranking.passage import Passage
from polidiff.ranking.terms import index_terms

RULES = [
    Passage("A bank must report suspicious payments to the authority within two days."),
    Passage("The board approves the budget every year."),
    Passage("Records of customers are kept for six years.", place="Keeping of records"),
    Passage("Directors may not trade while an offer is open."),
]


def test_a_question_is_answered_by_the_rule_that_answers_it() -> None:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    asked = [Passage("How long must a firm keep what it knows of its customers?"), Passage("When is fraud reported?")]
    found = compare(asked, RULES, DefaultEncoder(), 2)
    assert found.weights.kind == "questions"
    assert [found.target(row, 0) for row in range(2)] == [2, 0]
    assert (np.diff(found.score, axis=1) <= 0).all()


def test_an_answer_at_the_end_of_a_long_passage_is_found() -> None:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    filler = " ".join(f"Office {n} keeps its hours and its forms as they were." for n in range(60))
    long = Passage(f"{filler} A boat that is sold must be taken off the register within nine days.")
    short = [Passage("Boats are painted in the colours of their port."), Passage("Registers are kept by hand.")]
    found = compare([Passage("When must a sold boat leave the register?")], [*short, long], DefaultEncoder(), 3)
    places = [found.target(0, column) for column in range(found.score.shape[1])]
    assert places[0] == 2
    assert len(set(places)) == len(places)


def test_of_very_many_passages_those_alone_are_read_that_may_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    if not EnglishEncoder.installed():
        pytest.skip("the English encoder's weights are not installed")
    monkeypatch.setattr(wide, "READ", 100)
    encoder = DefaultEncoder()
    read: list[str] = []
    english = encoder.for_languages({"en"})
    monkeypatch.setattr(english, "_encode", lambda new, encode=english._encode: (read.extend(new), encode(new)))
    other = [Passage(f"Lamp {n} of the {n}th harbour is lit at dusk.") for n in range(300)]
    found = compare([Passage("How long are records of customers kept?")], [*other, *RULES], encoder, 3)
    assert found.target(0, 0) == 302
    assert len(read) < 100


class LastWordFirst:
    """Takes the last passage that it is shown, and says nothing of the first."""

    def chances(self, source: Passage, targets: Sequence[Passage]) -> Sequence[float | None]:
        return [None, *(0.1 for _ in targets[2:]), 0.99]


def test_a_reranker_decides_the_order_and_the_scores() -> None:
    asked = [Passage("Fraud is reported to an authority.")]
    before = compare(asked, RULES, StaticEncoder(), 4)
    found = compare(asked, RULES, StaticEncoder(), 4, reranker=LastWordFirst())
    last, first = int(before.total[0].argmin()), int(before.total[0].argmax())
    assert found.total[0].argmax() == last
    assert found.score[0, last] == 0.99
    assert found.score[0, first] == before.score[0, first]
    assert sorted(found.total[0]) == sorted(before.total[0])


def test_words_in_a_heading_count_and_words_of_the_passage_count_more() -> None:
    texts = ["Six years.", "Records are kept.", "The sea is wide."]
    index = Bm25.of(
        TermCounts.of([index_terms(text) for text in texts], [index_terms(above) for above in ("Records", "", "")])
    )
    first, second, third = index.scores(TermCounts.of([index_terms("records")]))[0]
    assert second > first > third == 0


def test_chinese_words_are_found_by_pairs_of_characters() -> None:
    index = Bm25.of(TermCounts.of([index_terms("加强对先进芯片的出口管制"), index_terms("培训教师")]))
    assert index.scores(TermCounts.of([index_terms("芯片出口")]))[0].argmax() == 0


@pytest.mark.parametrize(
    "texts",
    [[""], ["word"], ["rule " * 20_000], ["😀😀"], ["Ship 船 bâteau судно"], ["Ships report by radio."] * 1000],
    ids=["empty", "one-word", "long", "emoji", "mixed", "equal"],
)
@pytest.mark.parametrize("wide", [0, engine.WIDE])
def test_strange_passages_get_scores(texts: list[str], wide: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "WIDE", wide)
    strange = [Passage(text) for text in texts]
    for a, b in ((strange, RULES), (RULES, strange)):
        found = compare(a, b, StaticEncoder(), 3)
        assert np.isfinite(found.score).all()
        assert ((found.score >= 0) & (found.score <= 1)).all()


def test_nothing_to_search_gives_nothing() -> None:
    assert compare(RULES, [], StaticEncoder(), 3).score.shape == (4, 0)
    assert compare([], RULES, StaticEncoder(), 3).score.shape == (0, 4)
