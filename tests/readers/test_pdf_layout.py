"""What a reader of a PDF would notice: whole paragraphs, in order, without running heads or page numbers."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table
from tests.readers.made_pdf import STYLES, make_pdf, sentences

from polidiff.model import Document
from polidiff.readers.pdf.document import read_pdf


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.cut(block.span)) for block in document.blocks]


def long_story(style: str) -> list[tuple[str, str]]:
    story: list[tuple[str, str]] = []
    for chapter in range(1, 4):
        story.append(("h1", f"{chapter}. Works of the year {2030 + chapter}"))
        for section in range(1, 4):
            story.append(("h2", f"{chapter}.{section} Matters of the {chapter * section}th district"))
            number = chapter * 50 + section * 10
            story.extend((style, sentences(number + part, 2 + part)) for part in range(3))
            story.extend(("bullet", sentences(number + 5 + part, 2)) for part in range(3))
    return story


@pytest.mark.parametrize(
    ("style", "columns"), [("p", 1), ("ragged", 1), ("indented", 1), ("p", 2), ("ragged", 2), ("indented", 2)]
)
def test_every_paragraph_bullet_and_heading_is_one_block_in_order(style: str, columns: int) -> None:
    story = long_story(style)
    data = make_pdf(
        story,
        columns=columns,
        head=lambda page: "Book of Works" if page % 2 else "Ministry of Yards",
        foot=lambda page: f"Page {page} of 9",
    )
    document = read_pdf(data, id="made", name="made.pdf")
    kinds = {"h1": "heading", "h2": "heading", "bullet": "item"}
    assert len(document.pages) > 2
    assert blocks(document) == [(kinds.get(kind, "paragraph"), words) for kind, words in story]
    assert [page.label for page in document.pages] == [str(page.number) for page in document.pages]
    levels = {block.level for block in document.blocks if block.kind == "heading"}
    assert levels == {1, 2}
    assert all(block.marker == "•" for block in document.blocks if block.kind == "item")


def test_a_bullet_that_goes_on_over_the_page_keeps_both_pages_and_boxes() -> None:
    story = [("bullet", sentences(part, 12)) for part in range(1, 14)]
    document = read_pdf(make_pdf(story, foot=str), id="made", name="made.pdf")
    crossing = [block for block in document.blocks if document.pages_of(block.span) == (1, 2)]
    assert len(document.blocks) == 13
    assert len(crossing) == 1
    boxes = document.boxes_of(crossing[0].span)
    assert [box.page for box in boxes] == [1, 2]
    assert boxes[0].y0 > boxes[1].y0
    for piece in document.pieces:
        assert piece.box is not None
        assert 60 < piece.box.x0 < piece.box.x1 < 540
        assert 50 < piece.box.y0 < piece.box.y1 < 800


def test_pieces_are_printed_lines_that_cut_their_own_words() -> None:
    words = sentences(1, 4)
    document = read_pdf(make_pdf([("p", words)]), id="made", name="made.pdf")
    assert document.text == words
    assert " ".join(document.text[piece.start : piece.end] for piece in document.pieces) == words
    assert len(document.pieces) > 2


def test_a_heading_that_recurs_at_the_top_of_pages_is_not_taken_for_a_running_head() -> None:
    story: list[tuple[str, str]] = []
    for part in range(1, 5):
        story += [("label", f"ANNEX {'I' * part}"), ("name", f"List number {part} of yards"), ("p", sentences(part, 5))]
        story.append(("break", ""))
    document = read_pdf(make_pdf(story, head=lambda _: "Book of Works", foot=str), id="made", name="made.pdf")
    headings = [document.cut(block.span) for block in document.blocks if block.kind == "heading"]
    assert headings == [f"ANNEX {'I' * part} List number {part} of yards" for part in range(1, 5)]
    assert "Book of Works" not in document.text


def test_nested_bullets_have_depth() -> None:
    story = [("bullet", "First of all."), ("dash", "A part of it."), ("dash", "Another part."), ("bullet", "Second.")]
    document = read_pdf(make_pdf([("p", sentences(1, 3)), *story]), id="made", name="made.pdf")
    items = [block for block in document.blocks if block.kind == "item"]
    assert [block.level for block in items] == [0, 1, 1, 0]
    assert [block.marker for block in items] == ["•", "–", "–", "•"]
    assert [document.cut(block.span) for block in items] == [words for _, words in story]


def test_lettered_points_keep_their_letters_in_the_text() -> None:
    story = [("p", "The board shall:"), ("p", "(a) keep a list of yards;"), ("p", "(b) publish it every year.")]
    document = read_pdf(make_pdf([("p", sentences(1, 3)), *story]), id="made", name="made.pdf")
    assert [(block.marker, document.cut(block.span)) for block in document.blocks[1:]] == [
        (None, "The board shall:"),
        ("(a)", "(a) keep a list of yards;"),
        ("(b)", "(b) publish it every year."),
    ]


def test_the_cover_gives_the_title_and_no_headings() -> None:
    story = [("cover", "A Plan for Quiet Harbours"), ("date", "March 2031"), ("break", ""), ("h1", "Aims")]
    story += [("p", sentences(part, 4)) for part in range(1, 4)]
    document = read_pdf(make_pdf(story), id="made", name="made.pdf")
    assert document.title == "A Plan for Quiet Harbours"
    assert [document.cut(block.span) for block in document.blocks if block.kind == "heading"] == ["Aims"]


def test_a_table_of_contents_is_not_headings() -> None:
    names = ["Aims of the plan", "Means of the plan", "Costs of the plan", "Dates of the plan"]
    story = [("h1", "Contents"), *(("ragged", f"{name} {'.' * 60} {page}") for page, name in enumerate(names, 2))]
    for part, name in enumerate(names, 1):
        story += [("break", ""), ("h1", name), ("p", sentences(part, 4))]
    document = read_pdf(make_pdf(story), id="made", name="made.pdf")
    headings = [document.cut(block.span) for block in document.blocks if block.kind == "heading"]
    assert headings[-4:] == names
    assert sum(block.kind == "contents" for block in document.blocks) == 4


def test_chinese_lines_join_without_spaces() -> None:
    article = "第一条　为了测试，本办法规定各部门应当公布名录，并且每年检查一次所有的港口、矿山和工场。" * 2
    story = [("zh_title", "港口名录管理办法"), ("zh_chapter", "第一章　总则"), ("zh", article)]
    story += [
        ("zh", f"（{n}）各地应当公布港口的名录，并且在每年三月以前把检查的结果报告给主管部门。") for n in "一二三"
    ]
    document = read_pdf(
        make_pdf(story, foot=lambda page: f"— {page} —", font="STSong-Light"), id="made", name="made.pdf"
    )
    assert document.language == "zh"
    assert document.title == "港口名录管理办法"
    same = [document.cut(block.span).replace("　", " ") for block in document.blocks]
    assert same == [words.replace("　", " ") for _, words in story]
    assert [block.marker for block in document.blocks[3:]] == ["（一）", "（二）", "（三）"]
    assert document.blocks[1].kind == "heading"


def test_same_bytes_give_the_same_document() -> None:
    data = make_pdf(long_story("p"), columns=2, foot=str)
    assert read_pdf(data, id="made", name="made.pdf") == read_pdf(data, id="made", name="made.pdf")


def test_progress_counts_pages() -> None:
    seen: list[tuple[int, int]] = []
    read_pdf(
        make_pdf([("p", "One page."), ("break", ""), ("p", "Another page.")]),
        id="made",
        name="made.pdf",
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen == [(1, 2), (2, 2)]


def test_a_table_is_read_row_by_row_and_cell_by_cell() -> None:
    body = STYLES["ragged"]
    cells = [
        ("Publish the list of yards every year and send a copy of it to each council", "Board of Yards", "2031"),
        ("Open two new harbours for small ships on the northern coast of the region", "Office of the North", "2032"),
        ("Count all quarries", "Board of Stones and of the lands that lie about them", "2033"),
    ]
    rows = [["Measure", "Lead", "Year"], *[[Paragraph(cell, body) for cell in row] for row in cells]]
    table = Table(rows, colWidths=[200, 120, 60], style=[("VALIGN", (0, 0), (-1, -1), "TOP")])
    target = BytesIO()
    SimpleDocTemplate(target, invariant=1).build(
        [Paragraph(sentences(1, 5), body), table, Paragraph(sentences(2, 5), body)]
    )
    document = read_pdf(target.getvalue(), id="made", name="made.pdf")
    assert [document.cut(block.span) for block in document.blocks if block.kind == "row"] == [
        "\t".join(row) for row in [("Measure", "Lead", "Year"), *cells]
    ]
    assert [block.kind for block in document.blocks if block.kind != "row"] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_a_page_on_its_side_is_read_all_the_same(angle: int) -> None:
    words = sentences(1, 8)
    target = BytesIO()
    pdf = pypdfium2.PdfDocument(make_pdf([("p", words)]))
    pdf[0].set_rotation(angle)
    pdf.save(target)
    assert read_pdf(target.getvalue(), id="made", name="made.pdf").text == words


def test_margin_text_on_its_side_is_left_out() -> None:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(200, -30, "Printed for the archive")
    canvas.restoreState()
    for line, words in enumerate(sentences(1, 4).split(". ")):
        canvas.drawString(70, 700 - 14 * line, words)
    canvas.save()
    text = read_pdf(target.getvalue(), id="made", name="made.pdf").text
    assert "archive" not in text
    assert "The agency of case 100" in text


def test_a_bullet_that_is_drawn_and_not_typed_opens_an_item() -> None:
    target = BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(70, 720, "The board has three tasks and will report on each of them every year in March:")
    for number, words in enumerate(["keep a list of the yards", "count the ships", "publish what it finds"]):
        y = 700 - 14 * number
        canvas.circle(82, y + 3.5, 1.8, stroke=0, fill=1)
        canvas.drawString(92, y, words)
    canvas.save()
    document = read_pdf(target.getvalue(), id="made", name="made.pdf")
    assert blocks(document)[1:] == [
        ("item", "keep a list of the yards"),
        ("item", "count the ships"),
        ("item", "publish what it finds"),
    ]
    assert all(block.marker == "•" for block in document.blocks[1:])


def drawn(*lines: tuple[float, float, float, str]) -> Document:
    """A page of lines, each with its left edge, its distance from the top, its type size and its words."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for x, down, size, words in lines:
        canvas.setFont("Times-Roman", size)
        canvas.drawString(x, 842 - down, words)
    canvas.save()
    return read_pdf(out.getvalue(), id="drawn", name="drawn.pdf")


def test_two_lists_side_by_side_are_read_one_after_the_other() -> None:
    left = ["set up before seven in the morning", "clear their stalls by six at night", "show what a thing costs"]
    right = ["sweep the square each evening", "pay for lamps and for water", "keep a list of all traders"]
    rows = [(60.0, 120.0 + 14 * at, 11.0, f"\u2022 {words}") for at, words in enumerate(left)]
    rows += [(310.0, 120.0 + 14 * at, 11.0, f"\u2022 {words}") for at, words in enumerate(right)]
    over = (60.0, 80.0, 11.0, "These rules hold for all markets of the town and for the fairs beside them in summer.")
    below = (60.0, 190.0, 11.0, "Stalls that break these rules are closed for a week by the officer of the market.")
    read = [words.removeprefix("\u2022 ") for _, words in blocks(drawn(over, *rows, below))]
    assert read == [over[3], *left, *right, below[3]]


def test_short_columns_whose_paragraphs_begin_at_heights_of_their_own_are_no_table() -> None:
    left = [
        *("The office measures the flow of each river", "once a month and publishes what it finds in", "two weeks."),
        *(
            "Where a river falls below the flow that was",
            "set, the office tells the towns that draw on",
            "it, and they",
        ),
        *("draw less until the flow is what it was in", "the years before the mill was built there."),
    ]
    right = [
        *("Towns that draw water keep a register of all", "wells."),
        *("The minister may exempt a town with fewer", "than five hundred people from this duty for"),
        *("a period of two years at the most, and may", "do so once only for each of these towns."),
    ]
    heights = {"left": [80, 92, 104, 122, 134, 146, 158, 170], "right": [80, 92, 110, 122, 134, 146]}
    lines = [(60.0, float(y), 10.0, words) for y, words in zip(heights["left"], left, strict=True)]
    lines += [(310.0, float(y), 10.0, words) for y, words in zip(heights["right"], right, strict=True)]
    document = drawn(*lines)
    assert [kind for kind, _ in blocks(document)].count("row") == 0
    assert document.text.index("two weeks.") < document.text.index("there.") < document.text.index("Towns that draw")


def test_notes_in_the_margin_of_an_act_are_parted_from_its_sections() -> None:
    notes = [["Duty to stamp."], ["Penalty for false", "weights."], ["Powers of inspector."]]
    sections = [
        ("1. Every trader shall have his weights stamped by the inspector once in", "each year."),
        ("2. A trader who uses a false weight is liable to a fine not exceeding two", "hundred crowns."),
        ("3. The inspector may enter a shop at any time while it is open and test the", "weights in use there."),
    ]
    lines = [(150.0, 62.0, 14.0, "Weights and Measures Act")]
    for at, (note, section) in enumerate(zip(notes, sections, strict=True)):
        lines += [(60.0, 100.0 + 40 * at + 9 * row, 8.0, words) for row, words in enumerate(note)]
        lines += [(150.0, 100.0 + 40 * at + 14 * row, 11.0, words) for row, words in enumerate(section)]
    read = [words for kind, words in blocks(drawn(*lines)) if kind == "item"]
    assert read == [" ".join(section) for section in sections]


def test_two_lines_beside_a_full_column_are_the_last_column_whatever_the_notes_at_the_foot() -> None:
    column = [f"line {at} of the account of what the board did in this year" for at in range(1, 40)]
    lines = [(43.0, 78.0 + 12 * at, 9.5, words) for at, words in enumerate(column)]
    lines += [
        (298.0, 78.0, 9.5, "line 40 of the account of what the board did in this yes"),
        (298.0, 90.0, 9.5, "and its end."),
    ]
    notes = [
        (196.0, "1 The board's own count."),
        (384.0, "2 As above."),
        (289.0, "3 See the annex."),
        (484.0, "4 Ibid."),
    ]
    lines += [(x, 770.0 + 8 * at, 7.0, words) for at, (x, words) in enumerate(notes)]
    text = drawn(*lines).text
    assert text.index("line 39 of the account") < text.index("line 40 of the account")
    assert "yes and its end." in text
