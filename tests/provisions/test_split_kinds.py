"""Further kinds of documents, each small and in our own words: what a reader would call its provisions."""

from __future__ import annotations

from polidiff.model import Document, Provision
from polidiff.provisions import outline, split
from polidiff.readers import read_bytes


def page(*lines: str) -> Document:
    """Read an HTML page of these lines; those that begin with ``#`` are headings."""
    marks = [(len(line) - len(line.lstrip("#")), line.lstrip("#").strip()) for line in lines]
    body = "".join(f"<h{level}>{words}</h{level}>" if level else f"<p>{words}</p>" for level, words in marks)
    return read_bytes(f"<!doctype html><html><body>{body}</body></html>".encode(), name="page.html")


def leaf(document: Document, words: str) -> Provision:
    return next(p for p in split(document) if p.leaf and words in p.text)


def test_sections_of_a_code_carry_its_numbers() -> None:
    made = page(
        "# TITLE 12. HARBORS",
        "## § 12-3-101. Short title.",
        "This part may be cited as the “Quay Act”.",
        "## § 12-3-102. Definitions.",
        "(1) “Boat” means a thing that floats.",
        "(2) (a) “Quay” means a wall at which boats lie.",
        "(b) “Quay” does not include a pier.",
        "## § 12-3-103. Duties.",
        "(1) An owner shall:",
        "(a) mend the quay; and",
        "(b) report to the clerk.",
    )
    assert leaf(made, "report to the clerk").number == "12-3-103(1)(b)"
    assert leaf(made, "means a wall").number == "12-3-102(2)(a)"


def test_a_bill_that_adds_sections_to_a_code() -> None:
    made = page(
        "# SB 12",
        "The people do enact as follows:",
        "SECTION 1. This act shall be known as the Quay Act.",
        "SEC. 2. Chapter 3 (commencing with Section 22602) is added to the Harbors Code, to read:",
        "22602. As used in this chapter:",
        "(a) “Boat” means a thing that floats.",
        "22603. (a) An owner shall do all of the following:",
        "(1) Tell the board.",
        "(2) Close the quay.",
        "SEC. 3. (a) This act takes effect in June.",
    )
    assert leaf(made, "Close the quay").number == "22603(a)(2)"
    assert leaf(made, "takes effect").number == "3(a)"


def test_treaties_set_their_labels_apart_by_space_alone() -> None:
    made = page(
        "# CONVENTION ON QUAYS",
        "## Article 1 – Purpose",
        "1 This Convention aims to keep quays safe.",
        "2 Each Party shall adopt measures to that end.",
        "## Article 2 – Definition",
        "For this Convention, “quay” means a wall at which boats lie.",
        "## Article 3 – Scope",
        "1 This Convention covers quays as follows:",
        "a Each Party shall apply it to public quays.",
        "b Each Party shall address risks from private quays.",
        "2 No Party need apply it to naval quays.",
    )
    assert leaf(made, "private quays").number == "3(1)(b)"
    assert leaf(made, "naval quays").number == "3(2)"


def test_a_resolution_keeps_the_clauses_of_its_preamble() -> None:
    made = page(
        "# 85/12. Safe quays",
        "The General Assembly,",
        "<i>Recalling</i> its resolution 84/3 on boats of all kinds,",
        "<i>Noting with concern</i> that many quays are old,",
        "1. Calls upon Member States to mend their quays;",
        "2. Encourages Member States:",
        "(a) To keep lists of quays;",
        "(b) To share these lists;",
    )
    assert leaf(made, "Recalling").kind == "prose"
    assert leaf(made, "share these lists").number == "2(b)"


def test_actions_that_name_themselves_hold_who_leads_them() -> None:
    made = page(
        "# Northport plan",
        "## Strategy B1: Make homes warm",
        "<b>Action B1.1</b> Insulate 2,000 roofs.",
        "Lead: Housing Department. Timeline: 2031.",
        "<b>Action B1.2</b> Train 300 roofers.",
    )
    first = leaf(made, "Insulate")
    assert (first.number, first.text.endswith("Timeline: 2031.")) == ("B1.1", True)
    assert leaf(made, "Train").number == "B1.2"


def test_points_below_a_numbered_paragraph_are_its_own() -> None:
    words = [f"{n}. The court heard the states on quays for the {n}th time that year." for n in range(1, 6)]
    made = page("# Opinion", "## Facts", *words[:3], "## Reasons", *words[3:], "6. For these reasons, the Court,",
                "(1) Finds that states must mend quays;", "(2) Finds that they must pay for harm.")  # fmt: skip
    assert leaf(made, "pay for harm").number == "6(2)"


def test_a_question_in_bold_heads_its_answer() -> None:
    made = page(
        "# Guidance",
        "<b>Q1. Who lists quays?</b>",
        "Every harbour must keep a list of its quays, and show it by day.",
        "<b>Q2. Can I sell one?</b>",
        "No. You must not sell a quay without consent, and never to a stranger.",
    )
    assert leaf(made, "must not sell").path[-1] == "Q2. Can I sell one?"


def test_a_number_that_goes_on_is_no_heading_of_a_chinese_measure() -> None:
    text = (
        "港口安全若干措施\n\n一、加强码头维护\n\n1.支持企业修缮码头。\n\n2.建立码头名录。\n\n二、完善灯塔服务\n\n"
        "3.推动灯塔设备更新。\n\n4.鼓励社会资本参与灯塔运营。\n\n三、保障措施\n\n5.市交通局负责统筹协调，各区政府负责落实。\n\n"
        "本措施自发布之日起施行，有效期三年。\n"
    )
    made = read_bytes(text.encode(), name="m.txt")
    found = leaf(made, "统筹协调")
    assert (found.number, found.path) == ("5", ("三、保障措施",))


def test_a_box_of_a_chinese_plan_and_a_name_above_its_points() -> None:
    text = (
        "港口行动方案\n\n一、主要行动\n\n（一）数据基础。汇聚船舶和货物数据，向企业开放。\n\n（二）提升服务水平。\n\n"
        "1.取消港口检查收费。\n\n2.实行预约通关。\n\n专栏1 智慧码头工程\n\n建设无人车队；改造岸桥20台。\n"
    )
    made = read_bytes(text.encode(), name="m.txt")
    assert leaf(made, "预约通关").path[-1] == "（二）提升服务水平。"
    assert leaf(made, "改造岸桥").path[-1] == "专栏1 智慧码头工程"


def test_years_over_columns_head_a_budgets_table() -> None:
    rows = "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in (("Quays", "120"), ("Lights", "30")))
    made = read_bytes(
        f"<html><body><h1>Budget</h1><p>In millions.</p><table><tr><th>Measure</th><th>2031-32</th></tr>{rows}</table>"
        "</body></html>".encode(),
        name="b.html",
    )
    assert [p.text for p in split(made) if p.kind == "row"] == ["Quays\t120", "Lights\t30"]


def test_what_a_list_item_says_above_its_points_is_a_provision_too() -> None:
    own = "The board should also keep all of its quays in good order in every season of the year."
    made = page("# Plan", "## Quays", "1. The board should list its quays:", f"2. {own}", "(a) Old ones come first.")
    assert leaf(made, own).leaf


def test_a_pages_own_lines_are_no_headings_and_no_provisions() -> None:
    made = read_bytes(
        "<html><head><title>港口条例-北港市人民政府</title></head><body><div class=x><p>首页 > 政务公开 > 政策文件</p>"
        "<h1>北港市港口条例</h1><p>发布时间：2031-05-03 来源：市交通局 字号：[大 中 小] 打印 分享到：</p>"
        "<p>第一条 为了加强港口管理，制定本条例。</p><p>第二条 港口应当公布船舶名录，每年更新一次。</p>"
        "<p>第三条 本条例自公布之日起施行。</p><h3>相关链接</h3><p>关闭窗口</p></div></body></html>".encode(),
        name="p.html",
    )
    assert [p.number for p in split(made)] == ["第一条", "第二条", "第三条"]
    assert not [h.title for h in outline(made) if "相关" in h.title or "首页" in h.title]
    assert made.date == "2031-05-03"
