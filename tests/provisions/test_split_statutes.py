"""Bills and statutes: titles and parts above, numbered sections, subsections and points."""

from __future__ import annotations

from tests.provisions.split_docs import by_id, document

from polidiff.provisions import outline, split

HEAD = {"level": 3}


def test_a_bill_counts_its_sections_by_title() -> None:
    made = document(
        ("paragraph", "Be it enacted by the assembly of the harbours,"),
        ("heading", "TITLE I—CRANES", {"level": 2}),
        ("heading", "SEC. 101. SHORT TITLE.", HEAD),
        ("paragraph", "This Act may be cited as the Crane Act."),
        ("heading", "SEC. 102. PAINT.", HEAD),
        ("paragraph", "(a) IN GENERAL.—The board shall—"),
        ("paragraph", "(1) paint every crane—"),
        ("paragraph", "(A) in spring; and"),
        ("paragraph", "(B) in autumn; and"),
        ("paragraph", "(2) keep a list."),
        ("paragraph", "(b) REPORT.—The board shall report every year."),
        ("heading", "TITLE II—DOCKS", {"level": 2}),
        ("heading", "SEC. 201. SWEEPING.", HEAD),
        ("paragraph", "The docks shall be swept."),
    )
    found = by_id(split(made))
    assert found["sec-101"].path == ("TITLE I—CRANES", "SHORT TITLE")
    assert found["sec-102.a.1.B"].number == "102(a)(1)(B)"
    assert found["sec-102.a"].text.endswith("keep a list.")
    assert found["sec-201"].path == ("TITLE II—DOCKS", "SWEEPING")
    assert [(h.level, h.number) for h in outline(made)] == [
        (1, "I"), (2, "101"), (2, "102"), (1, "II"), (2, "201"),
    ]  # fmt: skip


def test_a_statute_has_its_titles_above_its_sections() -> None:
    made = document(
        ("paragraph", "BE IT ENACTED as follows:—"),
        ("heading", "Part 1 Cranes", {"level": 1}),
        ("heading", "Overview", HEAD),
        ("paragraph", "1 This Act is about cranes and about nothing else."),
        ("heading", "Duty to paint", HEAD),
        ("paragraph", "2(1) The board must—"),
        ("paragraph", "(a) paint every crane, and"),
        ("paragraph", "(b) keep a list."),
        ("paragraph", "(2) In subsection (1) “crane” means a machine that lifts."),
        ("heading", "Part 2 Docks", {"level": 1}),
        ("heading", "Duty to sweep", HEAD),
        ("paragraph", "3(1) The board must sweep the docks."),
        ("paragraph", "(2) It may do so at night."),
        ("heading", "Schedule 1 Colours", {"level": 1}),
        ("paragraph", "Cranes are painted red, and docks are not painted."),
    )
    found = by_id(split(made))
    assert found["sec-1"].text == "This Act is about cranes and about nothing else."
    assert found["sec-2"].text.startswith("(1) The board must—")
    assert found["sec-2.1.a"].number == "2(1)(a)"
    assert found["sec-3"].path == ("Part 2 Docks",)
    assert found["sch-1"].kind == "annex"
    assert [h.title for h in outline(made)] == [
        "Part 1 Cranes", "Overview", "Duty to paint", "Part 2 Docks", "Duty to sweep", "Schedule 1 Colours",
    ]  # fmt: skip


def test_sections_with_the_number_in_the_heading_and_contents_before_them() -> None:
    contents = [("heading", f"{n} {t}", HEAD) for n, t in enumerate(("Overview", "Paint", "Sweeping"), 1)]
    body = []
    for number, title in enumerate(("Overview", "Paint", "Sweeping"), 1):
        body.append(("heading", f"{number} {title}", HEAD))
        body.append(("paragraph", "(1) The board must see to it under this Act."))
        body.append(("paragraph", "(2) It may ask others to help."))
    found = split(document(*contents, ("paragraph", "The assembly enacts:"), *body))
    assert [p.number for p in found if p.kind == "section"] == ["1", "2", "3"]
    assert all(p.text.startswith("(1)") for p in found if p.kind == "section")


def test_a_white_paper_with_numbered_paragraphs_below_headings_is_no_statute() -> None:
    parts = []
    for number in range(1, 7):
        parts.append(("heading", f"On cranes {number}", HEAD))
        parts.append(("paragraph", f"{number}. Cranes stand in each harbour, and this Act of ours is about them."))
    assert {p.kind for p in split(document(*parts))} == {"paragraph"}
