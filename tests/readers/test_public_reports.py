"""Small inputs made after public reports on other programs (their ids beside each): Word, HTML, XML, tables, facts."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from polidiff.errors import UnreadableSource
from polidiff.model import Document
from polidiff.provisions import split
from polidiff.readers import read_bytes

from test_read_docx import save  # isort: skip

SENTENCE = "Every town shall keep the ponds in its care clean, and shall count the frogs in them each spring. "
Lines = list[tuple[str, str | None, str]]


def lines(document: Document) -> Lines:
    return [(b.kind, b.marker, document.cut(b.span)) for b in document.blocks]


# -- HTML -----------------------------------------------------------------------------------------------------------

PAGES: dict[str, tuple[str, list[str]]] = {
    "trafilatura#825: words that must not break": (
        f"<main><h1>Ponds</h1><p>{SENTENCE}</p><p>The sixth <nobr>Pond Fund</nobr> pays for it.</p></main>",
        ["The sixth Pond Fund pays for it."],
    ),
    "trafilatura#233: a list straight under the body": (
        f"<h1>Ponds</h1><p>{SENTENCE}<p>Did the town agree?<ul><li>It did in May.<li>It did not in June.</ul>",
        ["Did the town agree?", "It did in May.", "It did not in June."],
    ),
    "trafilatura#431: items whose words stand in spans": (
        f"<div><h1>Ponds</h1><p>{SENTENCE}</p><ul><li><span class=t tabindex=0>Towns may ask for help.</span></li>"
        "<li><span><span>Towns may say no.</span></span></li></ul></div>",
        ["Towns may ask for help.", "Towns may say no."],
    ),
    "trafilatura#890: paragraphs never closed in a table of layout": (
        "<table class=maintable><tr><td class=sidebar><a href=/>Home</a> <a href=/old>Older plans</a></td><td>"
        f"<h1>Gates</h1><p>{SENTENCE}<p>If the left gate turns at rate <i>r</i>, the middle one turns at rate "
        "-3<i>r</i> and the right one at 3<i>r</i>/2. <p>Then the water falls.</td></tr></table>",
        ["If the left gate turns at rate r, the middle one turns at rate -3r and the right one at 3r/2.",
         "Then the water falls."],
    ),
    "trafilatura#43: soft hyphens inside of words": (
        f"<main><h1>Ponds</h1><p>{SENTENCE}</p><p>Towns fund super&shy;vision and self-\u00adhelp for "
        "<span class=u-nobr>5 years</span>.</p></main>",
        ["Towns fund supervision and self-help for 5 years."],
    ),
    "trafilatura#63: headings and tables between paragraphs": (
        f"<article><h1>Ponds</h1><p>{SENTENCE}</p><h3>Depth</h3><table><tr><th>Pond</th><th>Depth</th></tr><tr><td>A"
        "</td><td>3 m</td></tr></table><p>Last words stand here.</p></article>",
        ["Depth", "Pond\tDepth", "A\t3 m", "Last words stand here."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", PAGES)
def test_a_page_keeps_its_words(case: str) -> None:
    body, wanted = PAGES[case]
    found = [words for _, _, words in lines(read_bytes(f"<html><body>{body}".encode(), name="page.html"))]
    assert found[-len(wanted) :] == wanted


LISTS: dict[str, tuple[str, Lines]] = {
    "docling#1058: a list that starts at two": (
        "<ol start=2><li> Dig. </li><li>Fill.</li></ol>",
        [("item", "2.", "Dig."), ("item", "3.", "Fill.")],
    ),
    "trafilatura#769: an item of two paragraphs": (
        "<ul><li>\n<p>Dig at the speed you need.</p>\n<p>More on it.</p></li><li><a href=/x>Fill</a></li></ul>",
        [("item", "•", "Dig at the speed you need."), ("item", None, "More on it."), ("item", "•", "Fill")],
    ),
}


@pytest.mark.parametrize("case", LISTS)
def test_a_list_keeps_its_numbers(case: str) -> None:
    body, wanted = LISTS[case]
    document = read_bytes(f"<html><body><h1>Ponds</h1><p>{SENTENCE}</p>{body}".encode(), name="page.html")
    assert lines(document)[-len(wanted) :] == wanted


def test_the_date_of_publication_is_no_date_of_change_or_copyright() -> None:
    """htmldate#119, newspaper PR 650, HL7 fhir-ig-publisher#251."""
    page = (
        "<html><head><title>Pond plan</title><meta property='article:modified_time' content='2031-06-07T01:02:03Z'>"
        "<meta name='last-modified' content='2031-07-01'>"
        "<meta property='article:published_time' content='2030-04-05T01:02:03Z'></head><body><main><h1>Pond plan</h1>"
        f"<p>{SENTENCE * 3}</p><p>Copyright 2032 Ministry of Water</p></main></body></html>"
    )
    assert read_bytes(page.encode(), name="page.html").date == "2030-04-05"


# -- Word -----------------------------------------------------------------------------------------------------------

W = nsdecls("w")


def numbered(*forms: tuple[str, str], nums: str = '<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'):
    """A Word file with a list 77 whose levels have these forms and labels."""
    word = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(forms)
    )
    root = word.part.numbering_part.element
    root.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    for num in nums.replace("{W}", W).split("\n"):
        root.append(parse_xml(num))
    return word


def point(word, words: str, level: int = 0, num: int = 77, style: str | None = None):
    line = word.add_paragraph(words, style=style)
    xml = f'<w:numPr {W}><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    line._p.get_or_add_pPr().append(parse_xml(xml))
    return line


def read_word(word) -> Document:
    return read_bytes(save(word), name="x.docx")


def markers(word) -> list[str | None]:
    return [block.marker for block in read_word(word).blocks]


def test_a_list_goes_on_behind_bullets_between_its_items() -> None:
    """docling#3896."""
    word = numbered(("decimal", "%1."))
    point(word, "Dig.")
    point(word, "Fill.")
    word.add_paragraph("Deep.", style="List Bullet")
    word.add_paragraph("Wide.", style="List Bullet")
    point(word, "Count.")
    assert markers(word) == ["1.", "2.", "•", "•", "3."]


def test_the_second_level_begins_anew_under_each_number() -> None:
    """docxjs#136."""
    word = numbered(("decimal", "%1."), ("decimal", "%1.%2."))
    for level in (0, 1, 1, 1, 0, 1, 1):
        point(word, "Words.", level)
    assert markers(word) == ["1.", "1.1.", "1.2.", "1.3.", "2.", "2.1.", "2.2."]


def test_a_list_that_another_one_restarts() -> None:
    """pandoc#8367, dolanmiu/docx#548."""
    nums = (
        '<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>\n<w:num {W} w:numId="78">'
        '<w:abstractNumId w:val="77"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    word = numbered(("decimal", "%1."), nums=nums)
    point(word, "Dig.")
    point(word, "Fill.")
    word.add_paragraph("Some words.")
    point(word, "Count.", num=78)
    point(word, "Feed.", num=77)
    assert markers(word) == ["1.", "2.", None, "1.", "2."]


def test_parts_of_a_word_file_with_other_names() -> None:
    """mammoth.js#145: Word on the web writes document2.xml, styles2.xml and numbering2.xml."""
    word = numbered(("decimal", "Article %1."))
    word.add_heading("Water", 1)
    point(word, "Towns shall dig.")
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(save(word))) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            name, data = item.filename, old.read(item.filename)
            for part in ("document", "styles", "numbering"):
                name = name.replace(f"word/{part}.xml", f"word/{part}2.xml")
                name = name.replace(f"word/_rels/{part}.xml.rels", f"word/_rels/{part}2.xml.rels")
                for quote in (b'"', b"/"):
                    data = data.replace(quote + f"{part}.xml".encode(), quote + f"{part}2.xml".encode())
            new.writestr(name, data)
    assert lines(read_bytes(stream.getvalue(), name="x.docx")) == [
        ("title", None, "Water"),
        ("paragraph", "Article 1.", "Article 1. Towns shall dig."),
    ]


def inside(xml: str) -> str:
    word = docx.Document()
    line = word.add_paragraph()
    for el in parse_xml(f"<w:p {W} {nsdecls('r')}>{xml}</w:p>"):
        line._p.append(el)
    return read_word(word).text


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


RUNS: dict[str, tuple[str, str]] = {
    "python-docx#85: words of a link": (
        f'{run("See ")}<w:hyperlink r:id="rId99">{run("the plan")}</w:hyperlink>{run(" of May.")}',
        "See the plan of May.",
    ),
    "python-docx#1018: a hyphen that must not break": (
        f"{run('Within 1')}<w:r><w:noBreakHyphen/><w:t>24 hours.</w:t></w:r>",
        "Within 1\u201124 hours.",
    ),
    "office_oxide#152: a return inside of a run": (
        "<w:r><w:t>Dig</w:t><w:cr/><w:t>deep and e</w:t><w:softHyphen/><w:t>ven.</w:t></w:r>",
        "Dig deep and even.",
    ),
    "Docxodus#559: a simple field": (
        f'{run("See ")}<w:hyperlink w:anchor="a"><w:fldSimple w:instr=" REF _R1 ">{run("Article 7")}</w:fldSimple>'
        f"</w:hyperlink>{run('.')}",
        "See Article 7.",
    ),
    "docling#1250: a content control in a line": (
        f"{run('Ponds are wide ')}<w:sdt><w:sdtPr/><w:sdtContent>{run('(Frog 2030)')}</w:sdtContent></w:sdt>{run('.')}",
        "Ponds are wide (Frog 2030).",
    ),
    "poi PR 670: the code of a field that was deleted": (
        f"{run('Figure ')}<w:del><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:delInstrText> SEQ Figure "
        "</w:delInstrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:delText>9</w:delText></w:r>"
        f"<w:r><w:fldChar w:fldCharType='end'/></w:r></w:del>{run('1-1 shows it.')}",
        "Figure 1-1 shows it.",
    ),
}


@pytest.mark.parametrize("case", RUNS)
def test_a_line_of_a_word_file_keeps_its_words(case: str) -> None:
    xml, wanted = RUNS[case]
    assert inside(xml) == wanted


def test_numbers_of_headings_typed_automatic_and_switched_off() -> None:
    """3gpp-mcp PR 245."""
    word = numbered(("decimal", "%1"), ("decimal", "%1.%2"))
    point(word, "Water", style="Heading 1")
    point(word, "Depth", 1, style="Heading 2")
    point(word, "Foreword", 0, num=0, style="Heading 1")
    word.add_heading("2 Frogs", 1)
    assert [(kind, marker, words) for kind, marker, words in lines(read_word(word))] == [
        ("heading", "1", "Water"),
        ("heading", "1.1", "Depth"),
        ("heading", None, "Foreword"),
        ("heading", None, "2 Frogs"),
    ]


def test_cells_merged_over_rows_and_columns_keep_their_columns() -> None:
    """markitdown#20, docx2md#12."""
    word = docx.Document()
    table = word.add_table(3, 3)
    for at, words in {(0, 0): "Aim", (0, 1): "Duties", (1, 0): "Water", (1, 1): "dig", (1, 2): "town",
                      (2, 1): "fill", (2, 2): "state"}.items():  # fmt: skip
        table.cell(*at).text = words
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(1, 0).merge(table.cell(2, 0))
    assert [words for _, _, words in lines(read_word(word))] == ["Aim\tDuties", "Water\tdig\ttown", "\tfill\tstate"]


# -- Excel and CSV --------------------------------------------------------------------------------------------------


def sheet(rows: list[list[object]], **formats: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, form in formats.items():
        book.active[cell].number_format = form
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows_of(data: bytes, name: str) -> list[tuple[str | None, str]]:
    document = read_bytes(data, name=name)
    return [(block.marker, document.cut(block.span)) for block in document.blocks if block.kind == "row"]


def test_numbers_of_provisions_that_a_format_prints() -> None:
    """pyxform#838, ExcelDataReader#506: 1.10 and 007 are numbers with a format."""
    data = sheet([["id", "text"], [1.1, "Dig."], [7, "Fill."], ["1.20", "Count."]], A2="0.00", A3="000")
    assert rows_of(data, "x.xlsx") == [("1.10", "Dig."), ("007", "Fill."), ("1.20", "Count.")]


def test_a_formula_without_its_result_is_told() -> None:
    """onyx PR 13354, docling#2520."""
    document = read_bytes(sheet([["id", "text"], ["1", '="Dig " & "deep"'], ["2", "Fill."]]), name="x.xlsx")
    assert "Fill." in document.text
    assert any("formula" in notice.message for notice in document.warnings)


def test_a_theme_over_several_rows_of_a_sheet() -> None:
    """markitdown#167."""
    book = openpyxl.Workbook()
    for row in (["theme", "id", "text"], ["Water", "1", "Dig."], [None, "2", "Fill."], ["Air", "3", "Count."]):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    stream = io.BytesIO()
    book.save(stream)
    found = rows_of(stream.getvalue(), "x.xlsx")
    assert [marker for marker, _ in found] == ["1", "2", "3"]
    assert [words.splitlines()[-1] for _, words in found] == ["Dig.", "Fill.", "Count."]


TABLES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "league/csv#586: a mark of order before quoted names": (
        '\ufeff"id","text"\r\n"1","Dig,\r\ndeep"\r\n"2","Say ""yes"""\r\n',
        [("1", "Dig,\ndeep"), ("2", 'Say "yes"')],
    ),
    "datapusher-plus#256: semicolons": (
        "id;text;place\n1;Dig, then fill;A\n2;Count;B\n",
        [("1", "Dig, then fill"), ("2", "Count")],
    ),
    "csv-parser#140: semicolons inside of a field": (
        "id,text\n1,dig; fill; count\n2,a;b;c\n",
        [("1", "dig; fill; count"), ("2", "a;b;c")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TABLES)
def test_a_table_keeps_its_columns(case: str) -> None:
    data, wanted = TABLES[case]
    found = [(m, " ".join(w.split())) for m, w in rows_of(data.encode(), "x.csv")]
    assert found == [(m, " ".join(w.split())) for m, w in wanted]


# -- XML of legislatures ----------------------------------------------------------------------------------------------

AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta/>{}</act></akomaNtoso>'
)


def read_xml(words: str) -> Document:
    return read_bytes(words.encode(), name="x.xml")


def test_headings_between_sections_and_attached_schedules() -> None:
    """indigo#956, indigo#1347, indigo#251."""
    document = read_xml(
        AKN.format(
            '<preface><p><docTitle>Pond Act</docTitle></p></preface><body><crossHeading eId="c1">Water of towns'
            '</crossHeading><section eId="s1"><num>1.</num><heading>Duties '
            'under the <ref href="/x">Pond Act</ref></heading><content><p>Towns shall dig.</p></content></section>'
            '</body><attachments><attachment eId="att_1"><heading>Schedule 1</heading><subheading>Fees</subheading>'
            '<doc name="schedule"><meta/><mainBody><crossHeading eId="c2">Small ponds</crossHeading><paragraph '
            'eId="p1"><num>1.</num><content><p>A town shall pay five crowns.</p></content></paragraph></mainBody></doc>'
            "</attachment></attachments>"
        )
    )
    headings = [words for kind, _, words in lines(document) if kind == "heading"]
    assert headings == ["Water of towns", "1. Duties under the Pond Act", "Schedule 1", "Fees", "Small ponds"]
    found = {p.text: p for p in split(document)}
    assert found["A town shall pay five crowns."].path == ("Schedule 1", "Fees", "Small ponds")
    assert found["Towns shall dig."].path[0] == "Water of towns"


def test_the_words_before_points_and_of_points_in_the_code_of_the_united_states() -> None:
    """us-code-tools#14."""
    document = read_xml(
        '<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><title><num value="42">Title 42—</num><heading>'
        'WATER</heading><section><num value="7">§ 7. </num><heading>Types of digging</heading><chapeau>The digging of '
        'towns shall include the following:</chapeau><paragraph><num value="1">(1)</num><content> Ponds of all kinds;'
        '</content></paragraph><paragraph><num value="2">(2)</num><content> Wells.</content></paragraph></section>'
        "</title></main></uscDoc>"
    )
    said = [words for _, _, words in lines(document)]
    assert "The digging of towns shall include the following:" in said
    assert said[-2:] == ["(1) Ponds of all kinds;", "(2) Wells."]


def test_a_quotation_whose_mark_stands_on_the_line_before() -> None:
    """tna-judgments-parser PR 49."""
    document = read_xml(
        AKN.format(
            '<body><section eId="s1"><num>1</num><heading>Change</heading><subsection eId="s1-1"><num>(1)</num>'
            '<content><p>After subsection (6A), insert <mod><quotedText startQuote="“">and</quotedText>'
            '<quotedStructure endQuote="”"><subsection><num>(6AA)</num><content><p>Towns may dig.</p></content>'
            "</subsection></quotedStructure></mod></p></content></subsection><subsection><num>(2)</num><content>"
            "<p>Towns shall fill.</p></content></subsection></section></body>"
        )
    )
    found = {p.number: p.text for p in split(document) if p.number}
    assert any(number.endswith("(2)") and text == "Towns shall fill." for number, text in found.items())
    assert "insert “and" in document.text.replace("\n", " ")
    assert document.text.count("”") == 1


@pytest.mark.parametrize(
    "words",
    [
        "<CFRGRANULE><FDSYS/><PART><SECTION><SECTNO>§ 2.108</SECTNO><SUBJECT>Ponds.</SUBJECT><P>Dig.</P></SECTION>"
        "</PART></CFRGRANULE>",  # bulk-data#51
        "<usfm><verse n='1'>Dig.</verse></usfm>",  # silnlp#714
    ],
)
def test_other_xml_is_refused_with_what_is_known(words: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        read_xml(words)
    assert "Akoma Ntoso" in str(caught.value)
    assert "\n" not in str(caught.value)


# -- Structure, names and dates -------------------------------------------------------------------------------------


def test_articles_put_in_between_two_others() -> None:
    """structured-law-document#60, #65."""
    words = (
        "池塘管理法\n第一条　为了保护池塘，制定本法。\n第一百七十五条　各市应当清理池塘。\n"
        "第一百七十五条之一　各市应当每年公布清单。\n"
        "第一百七十五条之二　任何人不得填塘。\n第一百七十六条　本法自2031年1月1日起施行。\n"
    )
    found = {p.number: p.text for p in split(read_bytes(words.encode(), name="x.txt"))}
    assert found["第一百七十五条"] == "各市应当清理池塘。"
    assert found["第一百七十五条之一"] == "各市应当每年公布清单。"
    assert found["第一百七十五条之二"] == "任何人不得填塘。"


def test_an_annex_of_a_chinese_law_is_no_article() -> None:
    """just-laws PR 22."""
    words = (
        "池塘管理法\n第一条　为了保护池塘，制定本法。\n第二条　各市应当清理池塘。\n第三条　本法自2031年1月1日起施行。\n"
        "附件一　清理池塘的办法\n一、各市应当先公布清单。\n二、各市不得填塘。\n"
    )
    found = split(read_bytes(words.encode(), name="x.txt"))
    assert next(p for p in found if p.text == "各市不得填塘。").path[-1].startswith("附件一")
    assert next(p for p in found if p.number == "第三条").text == "本法自2031年1月1日起施行。"


DATES: dict[str, tuple[str, str]] = {
    "dateparser#363": ("池塘规划\n二〇三一年三月二十四日\n各市应当清理池塘。\n", "2031-03-24"),
    "dateparser#866": ("池塘规划\n2031 年 10 月 30 日\n各市应当清理池塘。\n", "2031-10-30"),
    "dateparser#204": ("池塘规划\n发布时间：2031年06月30日09时30分\n各市应当清理池塘。\n", "2031-06-30"),
    "grobid#109": ("Pond plan\n7th March 2031\nTowns shall dig ponds.\n", "2031-03-07"),
}


@pytest.mark.parametrize("case", DATES)
def test_a_date_on_a_line_of_its_own(case: str) -> None:
    words, wanted = DATES[case]
    assert read_bytes(words.encode(), name="x.txt").date == wanted


def test_numbers_of_a_markdown_list_that_starts_at_three() -> None:
    """python-markdown2#470, markdownify PR 22."""
    words = "# Ponds\n\nTowns shall:\n\n3. dig\n4. fill\n\nMore.\n\n6. count\n"
    found = lines(read_bytes(words.encode(), name="x.md"))
    assert [(marker, text) for kind, marker, text in found if kind == "item"] == [
        ("3.", "dig"),
        ("4.", "fill"),
        ("6.", "count"),
    ]


HEADS: dict[str, tuple[str, str | None, str]] = {
    "htmldate PR 371 (turbohtml): JSON-LD": (
        '<title>Untitled Document</title><meta property="og:title" content="Pond plan"><script '
        'type="application/ld+json">{"@type":"Report","datePublished": "2031-04-05T10:00:00Z"}</script>',
        "2031-04-05",
        "Pond plan",
    ),
    "a ministry's head": (
        '<title>池塘规划_水务部</title><meta name="ArticleTitle" content="池塘管理规划"><meta name="PubDate" '
        'content="2031-4-5 10:00">',
        "2031-04-05",
        "池塘管理规划",
    ),
}


@pytest.mark.parametrize("case", HEADS)
def test_title_and_date_of_a_page_without_a_heading(case: str) -> None:
    head, date, title = HEADS[case]
    page = f"<html><head><meta charset=utf-8>{head}</head><body><div><p>{SENTENCE * 3}</p></div></body></html>"
    document = read_bytes(page.encode(), name="page.html")
    assert (document.date, document.title) == (date, title)


# -- Variants of kinds that were reported ---------------------------------------------------------------------------


def body_of(body: str, head: str = "") -> Document:
    head = f"<title>Ponds</title>{head}"
    page = f"<html><head>{head}</head><body><main><h1>Ponds</h1><p>{SENTENCE}</p>{body}</main></body></html>"
    return read_bytes(page.encode(), name="page.html")


def test_panels_behind_a_button_and_of_tabs_are_unfolded() -> None:
    document = body_of(
        "<h3><button aria-expanded=false>States</button></h3><div style='display:none'><p>States fill.</p></div>"
        "<ul role=tablist><li role=tab>Duties</li></ul><div role=tabpanel hidden><p>Towns may ask.</p></div>"
    )
    assert [words for _, _, words in lines(document)][-4:] == ["States", "States fill.", "Duties", "Towns may ask."]
    assert any("folded" in notice.message for notice in document.warnings)


def test_words_that_a_style_sheet_strikes_through() -> None:
    head = "<style>/* x */ p{color:red} .gone, span.old { text-decoration: line-through }</style>"
    document = body_of("<p>Towns <span class=old>may</span> shall dig.</p><p class=gone>All gone.</p>", head)
    assert [document.cut(span).strip() for span in document.struck] == ["may", "All gone."]


def test_a_formula_of_a_page_is_a_line_of_text() -> None:
    words = (
        "<p>The fee is <math><mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac><mo>×</mo><msup>"
        "<mn>10</mn><mn>25</mn></msup></math>.</p>"
    )
    assert "The fee is a/(b + 1) × 10²⁵." in body_of(words).text


def test_a_cell_to_the_end_of_its_table() -> None:
    table = "<table><tr><th>Aim<th>Duty<tr><td rowspan=0>Water<td>dig<tr><td>fill</table>"
    assert [words for _, _, words in lines(body_of(table))][-2:] == ["Water\tdig", "\tfill"]


def test_the_date_behind_the_issuer_on_one_line() -> None:
    words = f"# Order on Ponds\n\n{SENTENCE * 30}\n\nTHE WHITE HOUSE, May 2, 2031.\n"
    assert read_bytes(words.encode(), name="x.md").date == "2031-05-02"


def test_numbers_at_line_starts_of_chinese_markdown_part_blocks() -> None:
    words = "# 池塘行动计划\n\n1.建设十个池塘。责任单位：水务部\n2.填平两口井\n3.公布清单\n"
    assert [text for _, _, text in lines(read_bytes(words.encode(), name="x.md"))][1:] == [
        "1.建设十个池塘。责任单位：水务部",
        "2.填平两口井",
        "3.公布清单",
    ]


FORMS = {
    "ordinal": "21st",
    "cardinalText": "Twenty-one",
    "ordinalText": "Twenty-first",
    "chineseLegalSimplified": "贰拾壹",
    "ideographTraditional": "21",
    "russianUpper": "Х",
    "upperRoman": "XXI",
    "decimalZero": "21",
}


@pytest.mark.parametrize("form", FORMS)
def test_numbers_in_the_forms_of_many_languages(form: str) -> None:
    word = numbered((form, "%1."))
    for _ in range(21):
        point(word, "Dig.")
    last = lines(read_word(word))[-1]
    assert FORMS[form] in (f"{last[1]} {last[2]}")


def test_glyphs_of_symbol_fonts_are_what_they_show() -> None:
    """office_oxide#152."""
    xml = (
        f'{run("Towns with ")}<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>{run(" 5 ponds: ")}<w:r>'
        f'<w:sym w:font="Wingdings" w:char="F0FE"/></w:r>{run(" yes")}'
    )
    assert inside(xml) == "Towns with ≥ 5 ponds: ☑ yes"


def test_hidden_words_of_word_are_told() -> None:
    word = docx.Document()
    line = word.add_paragraph("Towns shall ")
    line.add_run("secretly ").font.hidden = True
    line.add_run("dig.")
    document = read_word(word)
    assert document.text == "Towns shall dig."
    assert "secretly" in document.warnings[0].message


HEADINGS: dict[str, tuple[str, tuple[str | None, ...]]] = {
    "a notice whose lines follow without a blank one": (
        "水务部关于印发池塘管理规划的通知\n水发〔2031〕35号\n各省、自治区、直辖市人民政府：\n现将规划印发给你们。\n水务部\n2031年7月8日\n",
        ("池塘管理规划", "2031-07-08", "plan"),
    ),
    "years of the republic": (
        "池塘管理法\n中華民國一百二十年一月十四日總統公布\n第一條 為管理池塘，特制定本法。\n第二條 各市應清理池塘。\n",
        ("池塘管理法", "2031-01-14", "law"),
    ),
    "a title of many words": (
        "REGULATION (EU) 2031/16 OF THE POND COUNCIL of 13 June 2031 laying down rules on ponds in towns and "
        "in the open country and amending earlier rules (Pond Act) (Text with EEA relevance)\n\nTHE POND COUNCIL,\n\n"
        "Has met.\n",
        ("Pond Act", "2031-06-13", "regulation"),
    ),
    "a letterhead above the title": (
        "Government of India\nMinistry of Ponds\n\n"
        "Pond Management Guidelines\n\nNew Delhi, the 5th November, 2031\n\nDig.\n",
        ("Pond Management Guidelines", "2031-11-05", "guidance"),
    ),
    "a day of enforcement": (
        "Framework Act on Ponds\n[Enforcement Date 22 January 2032]\n\nArticle 1 The purpose is to dig.\n",
        ("Framework Act on Ponds", None, "law"),
    ),
}


@pytest.mark.parametrize("case", HEADINGS)
def test_what_a_document_says_of_itself(case: str) -> None:
    words, (name, date, genre) = HEADINGS[case]
    document = read_bytes(words.encode(), name="x.txt")
    assert (document.name, document.date, document.genre) == (name, date, genre)
