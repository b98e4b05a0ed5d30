"""Plans: recommendations, lists, prose, tables; sentences; laws that hold for any document."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from split_docs import by_id, document

from polidiff.coding import code
from polidiff.lang.sentences import sentences
from polidiff.model import BlockKind
from polidiff.provisions import leaves, outline, split
from polidiff.readers import read, read_bytes

H1 = {"level": 2}
H2 = {"level": 3}
PLAN = document(
    ("heading", "1. Water", H1),
    ("paragraph", "Ponds have been drying out for many years. To stop this, government should:"),
    ("paragraph", "1. Count every pond. This takes a year."),
    ("paragraph", "2. Fund new ponds by:"),
    ("item", "Digging in the north.", {"marker": "•"}),
    ("item", "Damming in the south.", {"marker": "•"}),
    ("paragraph", "The evidence for this is strong and comes from many places in the world."),
    ("heading", "Animals", H2),
    ("paragraph", "3. Protect frogs. They are few."),
    ("paragraph", "4. Feed the newts. They are hungry."),
    ("heading", "2. People", H1),
    ("paragraph", "5. Teach children to swim. They like it."),
    ("heading", "Recommended Actions", H2),
    ("item", "Led by the Warden, open all gates.", {"marker": "•"}),
    ("item", "A fence for each garden", {"marker": "•"}),
    ("paragraph", "CP 1234"),
)


def test_numbers_that_run_over_headings_are_recommendations() -> None:
    found = [(p.number, p.path) for p in split(PLAN) if p.kind == "recommendation"]
    assert found == [
        ("1", ("1. Water",)),
        ("2", ("1. Water",)),
        ("3", ("1. Water", "Animals")),
        ("4", ("1. Water", "Animals")),
        ("5", ("2. People",)),
    ]


def test_a_list_that_completes_a_recommendation_belongs_to_it_and_prose_after_it_does_not() -> None:
    found = by_id(split(PLAN))
    assert found["rec-2"].text.endswith("Damming in the south.")
    assert [p.text for p in found.values() if p.parent == "rec-2"] == ["Digging in the north.", "Damming in the south."]
    assert PLAN.cut(found["rec-2.1"].lead_in) == "Fund new ponds by:"
    assert any(p.kind == "prose" and p.text.startswith("The evidence") for p in found.values())


def test_every_item_below_an_action_heading_is_an_action_with_that_heading_as_its_lead_in() -> None:
    found = [p for p in split(PLAN) if p.path[-1:] == ("Recommended Actions",)]
    assert [p.kind for p in found] == ["action", "action"]
    assert PLAN.cut(found[0].lead_in) == "Recommended Actions"


def test_levels_are_made_to_start_at_one_and_leave_none_out() -> None:
    assert [h.level for h in outline(PLAN)] == [1, 2, 1, 2]


def test_imprint_is_no_provision() -> None:
    assert not any("CP 1234" in p.text for p in split(PLAN))


def test_nested_bullets_hang_below_their_bullet() -> None:
    made = document(
        ("heading", "Tasks", H1),
        ("item", "Build two ponds.", {"marker": "•"}),
        ("item", "One in the north", {"marker": "–", "level": 1}),
        ("item", "One in the south", {"marker": "–", "level": 1}),
        ("item", "Plant reeds.", {"marker": "•"}),
    )
    found = split(made)
    assert [(p.text.splitlines()[0], p.parent, p.leaf) for p in found] == [
        ("Build two ponds.", None, False),
        ("One in the north", "a001", True),
        ("One in the south", "a001", True),
        ("Plant reeds.", None, True),
    ]


def test_table_rows_take_their_id_as_number() -> None:
    made = document(
        ("row", "PD.AA-01\tFrogs are known", {"marker": "PD.AA-01"}),
        ("row", "PD.AA-02\tNewts are known", {"marker": "PD.AA-02"}),
    )
    assert [(p.id, p.number, p.text) for p in split(made)] == [
        ("row-PD.AA-01", "PD.AA-01", "Frogs are known"),
        ("row-PD.AA-02", "PD.AA-02", "Newts are known"),
    ]


def test_long_prose_is_cut_into_runs_of_sentences() -> None:
    words = " ".join(f"Sentence number {i} says that ponds are worth keeping." for i in range(60))
    found = split(document(("heading", "Why", H1), ("paragraph", words)))
    assert not found[0].leaf
    assert found[0].text == words
    runs = leaves(found)
    assert len(runs) > 1
    assert all(len(p.text) <= 1400 and p.text.endswith(".") for p in runs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The U.S. Government acts. It pays $2.5 million.", ["The U.S. Government acts.", "It pays $2.5 million."]),
        ("“Stop!” he said. Dr. No left, e.g. today.", ["“Stop!” he said.", "Dr. No left, e.g. today."]),
        ("See Art. 5 and No. 7. Then go.", ["See Art. 5 and No. 7.", "Then go."]),
        ("1. Count ponds. Then rest.", ["1. Count ponds.", "Then rest."]),
        ("It works (see below). “Good.” Yes?", ["It works (see below).", "“Good.”", "Yes?"]),
    ],
)
def test_english_sentences(text: str, expected: list[str]) -> None:
    assert [s.cut(text) for s in sentences(text, "en")] == expected


def test_chinese_sentences() -> None:
    text = "推动研究；保护池塘。他说：“好。”真的？"
    assert [s.cut(text) for s in sentences(text, "zh")] == ["推动研究；", "保护池塘。", "他说：“好。”", "真的？"]


KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
SAID = """(a) one.|(i) two;|(ii) three:|1. Keep:|2. Go|第一条 为了。|第二条 甲：|第三条 乙。|（一）丙；|一、丁
Article 1
Article 2 Aim|Article 3|Sec. 1. Aim. X is.|Sec. 2. Y.|‘open|shut’.|ANNEX I|Whereas:|(1) r|HAVE ADOPTED
— dash|👍🏽 é|עברית
附件|CHAPTER I|第一章 总则|4.1. Sub. (a) x|GV.OC-01: id|Recommendation 1: do|：|."""
WORDS = st.sampled_from(SAID.replace("\n", "|").split("|"))
BLOCKS = st.tuples(
    st.sampled_from(KINDS),
    st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    st.fixed_dictionaries(
        {
            "level": st.integers(0, 3),
            "marker": st.sampled_from([None, "•", "1.", "(a)", "一、"]),
            "bold": st.booleans(),
            "indent": st.sampled_from([None, 50.0, 80.0]),
        }
    ),
)


@given(st.lists(BLOCKS, max_size=14), st.sampled_from(["en", "zh", "und"]))
@settings(max_examples=150)
def test_span_law_tree_and_stability_hold_for_any_document(blocks: list[tuple], language: str) -> None:  # type: ignore[type-arg]
    made = document(*blocks, language=language)  # type: ignore[arg-type]
    found = split(made)
    assert found == split(made)
    ids = by_id(found)
    assert len(ids) == len(found)
    for p in found:
        assert p.text == made.text[p.start : p.end] != ""
        assert p.leaf == all(other.parent != p.id for other in found)
        assert all(ref in ids for ref in p.refs)
        if p.parent is not None:
            assert p.span.within(ids[p.parent].span)
    assert [p.start for p in found] == sorted(p.start for p in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(leaves(found)))
    assert all(b.level <= a.level + 1 for a, b in itertools.pairwise(outline(made)))


@given(st.text(max_size=200), st.sampled_from(["en", "zh"]))
def test_sentences_cover_every_word_once(text: str, language: str) -> None:
    spans = sentences(text, language)  # type: ignore[arg-type]
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert "".join("".join(s.cut(text).split()) for s in spans) == "".join(text.split())


@pytest.mark.corpus
def test_the_british_plan_has_fifty_recommendations(shared) -> None:  # type: ignore[no-untyped-def]
    found = split(read(shared / "corpora" / "uk-ai-opportunities-2025.html"))
    assert [p.number for p in found if p.kind == "recommendation"] == [str(n) for n in range(1, 51)]


@pytest.mark.corpus
def test_the_chinese_measures_have_twenty_four_articles(shared) -> None:  # type: ignore[no-untyped-def]
    found = split(read(shared / "corpora" / "cn-generative-ai-measures-2023.zh.html"))
    assert sum(p.kind == "article" for p in found) == 24


def test_struck_through_words_are_no_provision_and_say_nothing_of_force() -> None:
    page = (
        "<html><body><h1>Pond plan</h1><h2>Actions</h2><ul><li>Towns <s>may</s> must dig ponds by May.</li>"
        "<li><del>Towns must fill every well.</del></li></ul></body></html>"
    )
    made = read_bytes(page.encode(), name="plan.html")
    found = split(made)
    assert [p.text for p in found] == ["Towns may must dig ponds by May."]
    (coding,) = code(made, found)
    assert coding.strength.id == "mandate"


def test_a_record_of_the_document_and_its_notes_are_no_provisions(tmp_path: Path) -> None:
    page = """<html><body><h1>Guideline on lifts</h1><table>
<tr><td>Title</td><td>Guideline on lifts and stairs in public buildings</td></tr>
<tr><td>Date</td><td>4 May 2024</td></tr><tr><td>Sector</td><td>Construction</td></tr></table>
<h2>Duties</h2><p>Owners shall inspect each lift once a year.</p><table>
<tr><th>Who</th><th>What</th></tr><tr><td>Owner</td><td>Owners keep a log of faults for ten years.</td></tr></table>
<h2>Footnotes</h2><p>1 See the national standard for lifts of 2019.</p><p>2 A year counts from the last visit.</p>
<h2>Contact</h2><p>Owners may write to the office.</p></body></html>"""
    file = tmp_path / "lifts.html"
    file.write_text(page, encoding="utf-8")
    words = [one.text for one in split(read(file))]
    assert [one.split()[0] for one in words] == ["Owners", "Owner", "Owners"]


def test_a_paragraph_that_ends_in_the_mark_of_a_note_is_a_whole_one() -> None:
    words = "Towns that draw water from a river shall keep a register of all of their wells.²"
    made = document(
        ("paragraph", words), ("heading", "Wells", H1), ("paragraph", "The minister may exempt a small town.")
    )
    assert next(one.text for one in split(made)) == words


def test_a_towns_resolution_has_its_recitals_and_its_sections(tmp_path: Path) -> None:
    file = tmp_path / "lamps.txt"
    file.write_text(
        "RESOLUTION NO. 14\n\nWHEREAS, the lamps of the town use more power than is needed; and\n\n"
        "WHEREAS, the council adopted a target of halving that use;\n\n"
        "NOW, THEREFORE, BE IT RESOLVED by the Town Council that:\n\n"
        "Section 1. The works office shall replace all old lamps by 2028.\n\n"
        "Section 2. The works office shall report to the council each June.\n\n"
        "PASSED AND ADOPTED this 4th day of March 2026.\n",
        encoding="utf-8",
    )
    found = split(read(file))
    assert [one.id for one in found if one.kind == "section"] == ["sec-1", "sec-2"]
    assert sum(one.text.startswith("WHEREAS") for one in found) == 2
    assert found[-1].text == "The works office shall report to the council each June."
