"""Markdown: words without markup."""

from __future__ import annotations

from polidiff.readers import read_bytes

PLAN = """---
title: "Pond plan (digest)"
jurisdiction: GB
language: en
date: 2024-05-06
kind: digest
note: >
  folded
  words
---

# Pond plan (digest)

The plan has *two* aims[^1] and [a link](https://example.org).

## 1. Dig

- Towns should dig ponds,
  wide ones.
  1. First deep.
  2. Then wide.

  And a second paragraph.
- **Count them:** every year.

<span style="text-decoration: underline">Sec. 2. Care.</span> (a) Towns shall:
keep ponds clean; and<br>
(b) keep wells clean.

| Who | What |
|-----|------|
| Town | digs `ponds` |

[^1]: Both of them
    on one page.
"""


def test_front_matter_is_metadata():
    document = read_bytes(PLAN.encode(), name="pond.digest.md")
    assert (document.title, document.kind, document.language) == ("Pond plan (digest)", "digest", "en")
    assert (document.date, document.jurisdiction, document.id) == ("2024-05-06", "GB", "pond.digest")
    assert "jurisdiction" not in document.text


def test_blocks_hold_the_words_alone():
    document = read_bytes(PLAN.encode(), name="pond.md")
    found = [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks]
    assert found == [
        ("title", 0, None, "Pond plan (digest)"),
        ("paragraph", 0, None, "The plan has two aims and a link."),
        ("heading", 2, "1.", "1. Dig"),
        ("item", 0, "•", "Towns should dig ponds, wide ones."),
        ("item", 1, "1.", "First deep."),
        ("item", 1, "2.", "Then wide."),
        ("item", 0, None, "And a second paragraph."),
        ("item", 0, "•", "Count them: every year."),
        ("paragraph", 0, "Sec. 2.", "Sec. 2. Care. (a) Towns shall: keep ponds clean; and"),
        ("paragraph", 0, "(b)", "(b) keep wells clean."),
        ("row", 0, None, "Who\tWhat"),
        ("row", 0, None, "Town\tdigs ponds"),
    ]


def test_run_in_headings_are_leads():
    document = read_bytes(PLAN.encode(), name="pond.md")
    leads = [document.text[b.lead.start : b.lead.end] for b in document.blocks if b.lead]
    assert leads == ["Count them:", "Sec. 2. Care."]


def test_a_footnote_stands_behind_the_body_and_knows_its_place():
    document = read_bytes(PLAN.encode(), name="pond.md")
    (note,) = document.notes
    assert (note.mark, document.text[note.start : note.end]) == ("1", "Both of them on one page.")
    assert document.text[: note.at].endswith("two aims")
    assert document.body_end == note.start


def test_html_blocks_lose_their_tags():
    text = "Hello.\n\n<div><p>In a <b>box</b>.</p><script>x()</script></div>\n\n<!-- hidden -->\n\n# A\n\n## B\n"
    assert read_bytes(text.encode(), name="x.md").text == "Hello.\nIn a box.\nA\nB"


def test_chinese_lines_join_without_a_space():
    assert read_bytes("# 计划\n\n各地应当\n修建池塘。\n".encode(), name="x.md").text == "计划\n各地应当修建池塘。"


def test_bold_marks_beside_chinese_punctuation_are_no_words() -> None:
    text = "池塘工作报告\n\n**一、目标**\n\n**（一）保护池塘。**各镇要保护池塘。\n\n"
    text += "**——青蛙。**要数青蛙。\n\nIt is 2**3.\n"
    document = read_bytes(text.encode(), name="report.md")
    assert document.title == "池塘工作报告"
    assert document.text.split("\n")[1:] == [
        "一、目标",
        "（一）保护池塘。各镇要保护池塘。",
        "——青蛙。要数青蛙。",
        "It is 2**3.",
    ]
    lead = document.blocks[2].lead
    assert lead is not None
    assert document.cut(lead) == "（一）保护池塘。"
    assert [block.kind for block in document.blocks] == ["title", "heading", "paragraph", "paragraph", "paragraph"]
