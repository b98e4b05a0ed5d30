"""Numbers that run through a document, recommendations with labels of their own, boxes, tables with ids."""

from __future__ import annotations

from tests.provisions.split_docs import by_id, document

from polidiff.provisions import leaves, outline, split

BOLD = {"bold": True}
LONG = "The harbour board keeps a register of every crane and looks at each of them before the winter storms begin."


def test_paragraphs_numbered_by_chapter_are_paragraphs_under_their_headings() -> None:
    parts = []
    for chapter in (1, 2, 3):
        parts.append(("heading", f"Chapter {chapter}: Cranes", {"level": 1}))
        parts.append(("paragraph", f"{chapter}.1 {LONG}"))
        parts.append(("heading", f"Upkeep {chapter}", {"level": 2}))
        parts.append(("paragraph", f"{chapter}.2 {LONG} {LONG}"))
    found = split(document(*parts))
    assert [p.number for p in found] == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert {p.kind for p in found} == {"paragraph"}
    assert found[1].path == ("Chapter 1: Cranes", "Upkeep 1")
    assert found[0].text == LONG


def test_headings_with_decimal_numbers_are_not_numbered_paragraphs() -> None:
    parts = []
    for chapter in (1, 2, 3):
        parts.append(("heading", f"{chapter} Cranes", {"level": 1}))
        for section in (1, 2):
            parts.append(("heading", f"{chapter}.{section} Upkeep", {"level": 2}))
            parts.append(("paragraph", LONG))
    assert {p.kind for p in split(document(*parts))} == {"prose"}


def test_white_paper_that_tells_is_paragraphs_and_one_that_asks_is_recommendations() -> None:
    def paper(words: str) -> set[str]:
        parts = []
        for number in range(1, 7):
            if number % 2:
                parts.append(("heading", f"Part {number}", {"level": 1}))
            parts.append(("paragraph", f"{number}. {words}"))
        return {p.kind for p in split(document(*parts))}

    tells = f"Cranes stand in every harbour of the country. {LONG} Some say that they should be painted."
    assert paper(tells) == {"paragraph"}
    assert paper(f"Harbour boards should paint their cranes. {LONG}") == {"recommendation"}
    assert paper(f"Publish a list of the cranes of every harbour. {LONG}") == {"recommendation"}


def test_numbered_paragraphs_of_an_undivided_resolution_are_paragraphs() -> None:
    verbs = ("Decides", "Encourages", "Requests", "Invites", "Notes", "Reaffirms")
    parts = [
        ("paragraph", f"{i}. {verb} all harbours to lend cranes to one another;") for i, verb in enumerate(verbs, 1)
    ]
    parts.insert(3, ("paragraph", "(a) in summer, and"))
    found = split(document(("title", "On cranes"), *parts))
    assert [p.number for p in found if p.kind == "paragraph"] == ["1", "2", "3", "4", "5", "6"]


def test_recommendations_counted_by_a_letter() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("paragraph", LONG),
            ("paragraph", "R1. Paint the cranes."),
            ("paragraph", "R2. Oil the wheels of each crane."),
            ("heading", "Docks", {"level": 1}),
            ("paragraph", "R3 Sweep the docks every week."),
        )
    )
    wanted = [p for p in found if p.kind == "recommendation"]
    assert [(p.number, p.text) for p in wanted] == [
        ("1", "Paint the cranes."),
        ("2", "Oil the wheels of each crane."),
        ("3", "Sweep the docks every week."),
    ]
    assert wanted[2].path == ("Docks",)


def test_a_label_on_a_line_of_its_own_takes_one_paragraph_and_its_list() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("paragraph", "Recommendation 1", BOLD),
            ("paragraph", "The board should see to three things:"),
            ("item", "paint;", {"marker": "•"}),
            ("item", "oil.", {"marker": "•"}),
            ("paragraph", f"Why this matters is plain. {LONG}"),
            ("paragraph", "Recommendation 2", BOLD),
            ("paragraph", "The docks should be swept."),
            ("paragraph", f"Dust is a danger to all. {LONG}"),
        )
    )
    wanted = [p for p in found if p.kind == "recommendation"]
    assert [p.number for p in wanted] == ["1", "2"]
    assert wanted[0].text.endswith("oil.")
    assert wanted[1].text == "The docks should be swept."


def test_a_heading_that_is_the_whole_recommendation_is_its_text() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("heading", "Recommendation 1: Paint every crane", {"level": 2}),
            ("heading", "Recommendation 2: Oil every wheel", {"level": 2}),
            ("heading", "Docks", {"level": 1}),
            ("paragraph", LONG),
        )
    )
    wanted = [(p.number, p.text, p.path) for p in found if p.kind == "recommendation"]
    assert wanted == [("1", "Paint every crane", ("Cranes",)), ("2", "Oil every wheel", ("Cranes",))]


def test_an_action_with_a_heading_has_the_text_below_and_one_above_a_list_is_a_heading() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("heading", "Action 1: Paint", {"level": 2}),
            ("paragraph", "The board will paint every crane of the harbour before the storms of winter begin."),
            ("heading", "Action 2: Oil", {"level": 2}),
            ("item", "Oil the wheels.", {"marker": "•"}),
            ("item", "Grease the chains.", {"marker": "•"}),
        )
    )
    actions = [p for p in found if p.kind == "action"]
    assert [p.number for p in actions] == ["1", None, None]
    assert actions[1].path == ("Cranes", "Action 2: Oil")


def test_a_numbered_paragraph_after_a_box_belongs_to_the_section_around_it() -> None:
    parts = [("heading", "Cranes", {"level": 1})]
    for number in range(1, 6):
        if number == 3:
            parts.append(("heading", "Docks", {"level": 1}))
        if number == 4:
            parts.append(("heading", "Case study: a painted crane", {"level": 3}))
            parts.append(("paragraph", LONG))
        parts.append(("paragraph", f"{number}. {LONG}"))
    found = [p for p in split(document(*parts)) if p.number]
    assert [p.path for p in found] == [("Cranes",)] * 2 + [("Docks",)] * 3


def test_each_cell_of_a_row_that_has_an_id_is_a_row_of_its_own() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("row", "Category\tOutcome"),
            ("row", "CARE 1: Cranes are known.\tCARE 1.1: A list of cranes is kept."),
            ("row", "CARE 1.2: The list is read every year."),
        )
    )
    assert [(p.number, p.text) for p in found] == [
        ("CARE 1", "Cranes are known."),
        ("CARE 1.1", "A list of cranes is kept."),
        ("CARE 1.2", "The list is read every year."),
    ]


def test_the_number_in_a_rows_first_cell_is_the_rows() -> None:
    found = split(
        document(
            ("heading", "Cranes", {"level": 1}),
            ("row", "No.\tAction\tLead"),
            ("row", "1.1\tPaint the cranes of the north quay\tBoard"),
            ("row", "1.2\tPaint the cranes of the south quay\tBoard"),
        )
    )
    assert [(p.number, p.text) for p in found] == [
        ("1.1", "Paint the cranes of the north quay\tBoard"),
        ("1.2", "Paint the cranes of the south quay\tBoard"),
    ]


def test_chinese_titles_that_come_again_in_other_chapters_stay_headings() -> None:
    made = document(
        ("paragraph", "一、总体要求"),
        ("paragraph", "（一）加强维护"),
        ("paragraph", "1.定期检查港口起重机。检查结果应当向社会公布，并报主管部门备案。"),
        ("paragraph", "二、重点任务"),
        ("paragraph", "（一）加强维护"),
        ("paragraph", "1.为起重机重新上漆。所需费用由港口承担，并接受监督检查。"),
        language="zh",
    )
    assert [h.title for h in outline(made)] == ["一、总体要求", "（一）加强维护", "二、重点任务", "（一）加强维护"]
    assert [p.path for p in leaves(split(made))] == [
        ("一、总体要求", "（一）加强维护"),
        ("二、重点任务", "（一）加强维护"),
    ]


def test_ids_are_unique() -> None:
    found = split(document(*[("paragraph", f"R{i}. Paint the crane.") for i in (1, 2, 3)], ("paragraph", LONG)))
    assert len(by_id(found)) == len(found)


def test_articles_numbered_in_words_and_in_roman_capitals_are_articles() -> None:
    words = document(*[("paragraph", f"Article {n}. {LONG}") for n in ("One", "Two", "Three", "Twenty-One")])
    assert [p.number for p in split(words)][:3] == ["1", "2", "3"]
    roman = document(*[("paragraph", f"Article {n}. {LONG}") for n in ("I", "II", "III", "IV")])
    assert [(p.number, p.kind) for p in split(roman)] == [(n, "article") for n in ("I", "II", "III", "IV")]
    assert split(roman)[3].text == LONG


def test_sections_of_an_order_numbered_in_words() -> None:
    found = split(document(*[
        ("paragraph", "By the authority vested in me, it is hereby ordered:"),
        *[("paragraph", f"Section {n}. Cranes. {LONG}") for n in ("One", "Two", "Three")],
    ]))  # fmt: skip
    assert [(p.number, p.path) for p in found[1:]] == [(n, ("Cranes",)) for n in "123"]


def test_articles_numbered_as_deeds_are() -> None:
    found = split(document(
        *[("paragraph", f"第{n}条 港口应当每年检查一次起重机，并且登记。") for n in ("壹", "贰", "叁")],
        language="zh",
    ))  # fmt: skip
    assert [(p.id, p.number) for p in found] == [("art-1", "第壹条"), ("art-2", "第贰条"), ("art-3", "第叁条")]
