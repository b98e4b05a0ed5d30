import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.coding.lexicon import Lexicon, term_fault


def found(terms: list[str], text: str) -> list[tuple[str, str]]:
    lexicon = Lexicon(terms)
    return [(lexicon.terms[hit.term], text[hit.start : hit.end]) for hit in lexicon.find(text)]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("data center", "New data-centres are built.", "data-centres"),
        ("open-source", "They open source the code.", "open source"),
        ("labor market", "Watch labour markets.", "labour markets"),
        ("deregulat*", "A deregulatory wave.", "deregulatory"),
        ("R&D", "More R&D money.", "R&D"),
        ("SMEs", "An SME may apply.", "SME"),
        ("AI literacy", "Raise artificial intelligence literacy.", "artificial intelligence literacy"),
        ("数据中心", "应建设数据中心。", "数据中心"),
        ("share ... threat", "Share what is known of new threats.", "Share what is known of new threats"),
        ("共享...威胁", "应共享已知威胁信息。", "共享已知威胁"),
    ],
)
def test_variants_of_a_term_are_found(term: str, text: str, words: str) -> None:
    assert found([term], text) == [(term, words)]


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("UN", "It is un-American."),
        ("data center", "Keep the data. Center them."),
        ("regulation", "Regulate it."),
        ("share ... threat", "Share it. A threat remains."),
        ("共享...威胁", "共享资源。威胁仍在。"),
    ],
)
def test_what_only_looks_like_a_term_is_not_found(term: str, text: str) -> None:
    assert found([term], text) == []


def test_the_longest_term_of_the_whole_list_wins() -> None:
    assert found(["chips", "low-power chips"], "Build low-power chips and chips.") == [
        ("low-power chips", "low-power chips"),
        ("chips", "chips"),
    ]
    assert found(["数据", "数据保护"], "数据保护和数据") == [("数据保护", "数据保护"), ("数据", "数据")]


@given(st.text(alphabet="ab -。，数据中心AI.U&", max_size=60))
def test_hits_lie_inside_the_text_and_in_order(text: str) -> None:
    hits = Lexicon(["ab", "AI", "数据", "数据中心", "a ... b", "U.A."]).find(text)
    assert hits == sorted(hits)
    assert all(0 <= hit.start < hit.end <= len(text) for hit in hits)


@pytest.mark.parametrize("term", ["", " x", "... x", "a ... b ... c", "!?", "ab*c", "x*"])
def test_a_badly_written_term_has_a_fault(term: str) -> None:
    assert term_fault(term)
