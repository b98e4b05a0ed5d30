"""What a reader of ``polidiff diff`` sees: each provision's fate, the words that changed, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.made import made_document, made_provisions

from polidiff import api
from polidiff.comparison.versions import diff
from polidiff.model import Language
from polidiff.model.outputs import change_line
from polidiff.model.versions import Change, VersionDiff

PLAN = (
    "Providers shall report serious incidents to the office within 15 days.",
    "The agency must keep a public register of the systems that it uses.",
    "Schools should teach how models work in every grade from the age of ten.",
    "Fines of up to EUR 35 000 000 may be imposed on those who break the rules.",
    "Fund two laboratories for open research in the north of the country.",
)


def versions(old: Sequence[str], new: Sequence[str], language: Language = "en") -> VersionDiff:
    a, b = made_document("old", old, language), made_document("new", new, language)
    return diff((a, made_provisions(a)), (b, made_provisions(b)))


def one(old: str, new: str, language: Language = "en") -> Change:
    changes = versions([old], [new], language).changes
    assert len(changes) == 1
    return changes[0]


def test_recitals_of_which_the_other_version_prints_none_are_absent_and_not_dropped() -> None:
    a, b = made_document("old", ["Ponds dry up.", "Wells fill with sand.", *PLAN]), made_document("new", PLAN[:-1])
    first = [replace(p, kind="recital") for p in made_provisions(a)[:2]]
    found = diff((a, [*first, *made_provisions(a)[2:]]), (b, made_provisions(b))).changes
    assert [change.kind for change in found] == ["absent", "absent", *["renumbered"] * 4, "dropped"]
    assert found[0].reasons[0].text == "the other version prints no recitals"
    both = diff((b, made_provisions(b)), (a, [*first, *made_provisions(a)[2:]])).changes
    assert [change.kind for change in both].count("absent") == 2


def test_the_same_text_is_unchanged() -> None:
    assert {change.kind for change in versions(PLAN, PLAN).changes} == {"unchanged"}


@pytest.mark.parametrize(
    ("line", "was", "became", "kind"),
    [
        (0, "shall", "should", "weakened"),
        (1, "must", "may", "weakened"),
        (2, "should", "must", "strengthened"),
        (0, "15 days", "30 days", "weakened"),
        (0, "15 days", "72 hours", "strengthened"),
        (3, "35 000 000", "15 000 000", "weakened"),
        (1, "must keep", "must, where appropriate, keep", "weakened"),
        (4, "in the north", "in the south", "reworded"),
    ],
)
def test_a_change_of_words_is_told_for_what_it_does(line: int, was: str, became: str, kind: str) -> None:
    change = one(PLAN[line], PLAN[line].replace(was, became))
    assert change.kind == kind
    assert change.reasons or kind == "reworded"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("提供者应当在十五日内向主管部门报告重大事故。", "提供者可以在十五日内向主管部门报告重大事故。", "weakened"),
        ("有关部门可以公布使用的系统清单和评估结果。", "有关部门应当公布使用的系统清单和评估结果。", "strengthened"),
        ("提供者应当在15日内向主管部门报告重大事故。", "提供者应当在30日内向主管部门报告重大事故。", "weakened"),
        ("各地应建设开放的研究平台，并每年公布成果。", "各地应建设开放的试验平台，并每年公布成果。", "reworded"),
    ],
)
def test_chinese_is_told_by_its_characters(old: str, new: str, kind: str) -> None:
    change = one(old, new, "zh")
    assert change.kind == kind
    assert len(change.edits) == 1


def test_a_new_threshold_is_neither_stronger_nor_weaker() -> None:
    old = "This section meets firms with a yearly turnover exceeding EUR 10 000 000 in the union."
    assert one(old, old.replace("10 000 000", "50 000 000")).kind == "reworded"


def test_a_ban_in_the_place_of_a_permission_is_stronger() -> None:
    old = "Operators may share the records of users with other firms in the group."
    assert one(old, old.replace("may share", "may not share")).kind == "strengthened"
    assert one(old.replace("may share", "may not share"), old).kind == "weakened"


def test_what_goes_and_comes_is_dropped_and_added() -> None:
    found = versions(PLAN, [*PLAN[:2], "Plant ten kinds of trees along each road before winter.", *PLAN[3:]])
    kinds = [change.kind for change in found.changes]
    assert sorted(kinds) == ["added", "dropped", "unchanged", "unchanged", "unchanged", "unchanged"]


def test_what_stands_elsewhere_is_moved() -> None:
    found = versions(PLAN, [PLAN[4], *PLAN[:4]])
    assert [change.kind for change in found.changes] == ["moved", *["renumbered"] * 4]


def test_an_insertion_only_renumbers_what_follows() -> None:
    found = versions(PLAN, ["Plant ten kinds of trees along each road before winter.", *PLAN])
    assert [change.kind for change in found.changes] == ["added", *["renumbered"] * 5]


def test_a_provision_cut_in_two_is_split_and_put_together_merged() -> None:
    whole = "Fund two laboratories for open research in the north and report each year on all that they found there."
    parts = [
        "Fund two laboratories for open research in the north",
        "and report each year on all that they found there.",
    ]
    assert [change.kind for change in versions([whole], parts).changes] == ["split"]
    assert [change.kind for change in versions(parts, [whole]).changes] == ["merged"]


def test_a_look_alike_is_not_taken_for_what_was_dropped() -> None:
    old = ["Report on schools.", *PLAN]
    new = [*PLAN, "Report on harbours."]
    kinds = [change.kind for change in versions(old, new).changes]
    assert kinds.count("dropped") == kinds.count("added") == 1


def test_every_word_that_is_shown_is_cut_from_its_document() -> None:
    found = versions(PLAN, [line.replace("shall", "may") for line in PLAN])
    texts = {"old": found.old.text, "new": found.new.text}
    for change in found.changes:
        record = change_line(change, found.old, found.new)
        for place in (*record["old"], *record["new"]):
            assert place["text"] == texts[place["document"]][place["start"] : place["end"]]
        for edit in record["edits"]:
            for side in ("old", "new"):
                assert edit[side]["text"] == texts[side][edit[side]["start"] : edit[side]["end"]]


WORDS = st.sampled_from(["shall", "report", "data", "may", "the", "office", "not", "10", "days", "应当", "数据", "，"])
LINES = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=6)


@given(LINES, LINES)
def test_each_provision_is_told_of_once_and_edits_turn_the_old_words_into_the_new(a: list[str], b: list[str]) -> None:
    found = versions(a, b)
    assert sorted(p.start for c in found.changes for p in c.old) == [b.start for b in found.old.blocks]
    assert sorted(p.start for c in found.changes for p in c.new) == [b.start for b in found.new.blocks]
    for change in found.changes:
        if len(change.old) != 1 or len(change.new) != 1:
            continue
        words = change.old[0].text
        for edit in reversed(change.edits):
            at = change.old[0].start
            words = words[: edit.old.start - at] + " " + found.new.cut(edit.new) + " " + words[edit.old.end - at :]
        assert words.split() == change.new[0].text.split() or "".join(words.split()) == "".join(
            change.new[0].text.split()
        )


def test_a_folder_is_written_that_verify_proves(tmp_path: Path) -> None:
    for name, lines in (("a", PLAN), ("b", [line.replace("must", "may") for line in PLAN])):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.md").write_text("# Plan\n\n" + "\n\n".join(lines), encoding="utf-8")
    found = api.diff(tmp_path / "a" / "plan.md", tmp_path / "b" / "plan.md")
    assert (found.old.id, found.new.id) == ("plan-old", "plan-new")
    api.write_diff(found, tmp_path / "out")
    report = api.verify(tmp_path / "out")
    assert report.ok, report.problems
    page = tmp_path / "out" / "diff.zh.html"
    page.write_text(page.read_text(encoding="utf-8").replace(">may<", ">will<", 1), encoding="utf-8")
    assert not api.verify(tmp_path / "out").ok


def test_thirty_days_and_a_month_may_be_the_same_and_thirteen_months_are_longer_than_a_year() -> None:
    assert one("Reply within 30 days of the letter.", "Reply within one month of the letter.").kind == "reworded"
    assert one("Reply within 12 months of the letter.", "Reply within 13 months of the letter.").kind == "weakened"


def test_a_duty_split_into_short_points_keeps_its_lead_in() -> None:
    from polidiff.provisions import split
    from polidiff.readers import read_bytes

    rest = "\n\n2. A claim is made within two weeks.\n\n3. The register is open to all who ask for it.\n"
    texts = (
        (
            "1. Towns shall count the frogs, clean the ponds and report to the ministry.",
            "1. Towns shall do the following:\n\n   (a) count the frogs;\n\n   (b) clean the ponds;\n\n"
            "   (c) report to the ministry.",
        ),
        (
            "第一条　各市应当建立台账，公布清单，并报告水务部。\n\n第二条　申请应当答复。\n\n第三条　各市清理池塘。",
            "第一条　各市应当：\n\n（一）建立台账；\n\n（二）公布清单；\n\n（三）报告水务部。\n\n"
            "第二条　申请应当答复。\n\n第三条　各市清理池塘。",
        ),
    )
    for words in texts:
        tail = rest if words[0][0] == "1" else ""
        old, new = (read_bytes(f"# Pond Act\n\n{text}{tail}".encode(), name="x.md") for text in words)
        changes = diff((old, split(old)), (new, split(new))).changes
        assert [(change.kind, len(change.new)) for change in changes if change.kind != "unchanged"] == [("split", 4)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The fine is up to 5 million crowns.", "The fine is up to 7.5 million crowns."),
        ("處新臺幣三萬元以下罰鍰。", "處新臺幣15萬元以下罰鍰。"),
        ("A fine of EUR 900 000 may be imposed.", "A fine of EUR 1.2 million may be imposed."),
    ],
)
def test_a_higher_fine_is_stronger_in_any_money(old: str, new: str) -> None:
    assert one(old, new, "zh" if "處" in old else "en").kind == "strengthened"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It answers within 14 days of the request.", "It answers within two weeks of the request."),
        ("It is open for one year from the decision.", "It is open for 12 months from the decision."),
        ("许可证有效期为一年。", "许可证有效期为十二个月。"),
        ("The fine is up to $1.5 million.", "The fine is up to $1,500,000."),
    ],
)
def test_the_same_time_or_money_in_other_words_has_no_less_force(old: str, new: str) -> None:
    assert one(old, new, "zh" if "许" in old else "en").kind == "reworded"
