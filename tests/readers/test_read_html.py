"""HTML: the document without the page around it."""

from __future__ import annotations

import pytest

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers import read_bytes

SENTENCE = "Every town shall keep the ponds in its care clean, and shall count the frogs in them each spring. "


def page(body: str, head: str = "<title>Pond Plan - Ministry of Water</title>") -> bytes:
    return f"<!DOCTYPE html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


def read_page(body: str, **kwargs):
    return read_bytes(page(body, **kwargs), name="page.html")


def found(document):
    return [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks]


def test_furniture_goes_and_words_stay():
    document = read_page(
        "<header><nav><ul><li><a href=/>Home</a></li></ul></nav></header><div class=cookie-banner>We use cookies</div>"
        f"<main><h1>Pond Plan</h1><p>{SENTENCE * 3}</p><div class='share-links'><a>Share</a></div>"
        f"<p hidden>secret</p><p style='display: none'>secret</p><h2>Aims</h2><p>{SENTENCE}</p>"
        "<script>var x</script></main><footer><p>Contact us</p></footer>"
    )
    assert document.title == "Pond Plan"
    assert document.text == f"Pond Plan\n{(SENTENCE * 3).strip()}\nAims\n{SENTENCE.strip()}"
    assert [b.kind for b in document.blocks] == ["title", "paragraph", "heading", "paragraph"]


def test_white_space_collapses_as_in_a_browser_and_hard_spaces_stay():
    document = read_page("<p>A\n  <abbr title=x>AI</abbr>-led\tplan,&nbsp;总　则 &gt; <b>bo</b>ld</p>")
    assert document.text == "A AI-led plan,\u00a0总\u3000则 > bold"


def test_nested_lists_carry_their_numbers():
    document = read_page(
        "<p>Towns shall:</p><ol type=a start=3><li>dig<p>More on it.</p><ul><li>deep</li></ul></li><li>fill</li></ol>"
        "<ol><li value=7>seven</li></ol><ul><li>(i) printed</li></ul>"
    )
    assert found(document)[1:] == [
        ("item", 0, "c.", "dig"),
        ("item", 0, None, "More on it."),
        ("item", 1, "•", "deep"),
        ("item", 0, "d.", "fill"),
        ("item", 0, "7.", "seven"),
        ("item", 0, "(i)", "(i) printed"),
    ]


def test_notes_move_behind_the_body():
    document = read_page(
        "<p>Ponds are wide<sup><a href='#fn:1' id='r1'>[footnote 1]</a></sup>. And deep "
        "<a href='#fn:2'><sup>2</sup></a>, mostly.</p><p>Last.</p>"
        "<div class=footnotes><ol><li id='fn:1'><p>Very wide.&nbsp;<a href='#r1'>↩</a></p></li>"
        "<li id='fn:2'>Not the small ones.</li></ol></div>"
    )
    assert document.text == "Ponds are wide. And deep, mostly.\nLast.\nVery wide.\nNot the small ones."
    assert [(n.mark, document.text[: n.at][-4:]) for n in document.notes] == [("1", "wide"), ("2", "deep")]
    assert len(document.blocks) == 2


def test_notes_of_word_pages_and_of_the_official_journal():
    document = read_page(
        "<p>Wells<a href='#_ftn1' name='_ftnref1'>[1]</a> stay "
        "(<a id='c2' href='#n2'><span class=oj-super>2</span></a>).</p>"
        "<hr><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Old ones.</p>"
        "<p class=oj-note><a id='n2' href='#c2'>(<span class=oj-super>2</span>)</a> OJ L 1.</p>"
    )
    assert [(n.mark, document.text[n.start : n.end]) for n in document.notes] == [("1", "Old ones."), ("2", "OJ L 1.")]


def test_data_tables_are_rows_and_layout_tables_are_not():
    document = read_page(
        "<table><tr><th>Who</th><th>What</th></tr><tr><td>Town</td><td><p>digs</p><p>fills</p></td></tr></table>"
        "<table><tbody><tr><td><p>(a)</p></td><td><p>dig <b>ponds</b>;</p></td></tr></tbody></table>"
        "<table><tr><td><h2>Part</h2><p>Words.</p></td></tr></table>"
    )
    assert found(document) == [
        ("row", 0, None, "Who\tWhat"),
        ("row", 0, None, "Town\tdigs fills"),
        ("item", 0, "(a)", "(a) dig ponds;"),
        ("heading", 2, None, "Part"),
        ("paragraph", 0, None, "Words."),
    ]


def test_centred_bold_lines_say_so():
    document = read_page(
        "<p style='text-align: center'><strong>第一章 总　则</strong></p>"
        "<p><strong>第一条</strong> 各地应当修建池塘。</p>"
    )
    first, second = document.blocks
    assert (first.centred, first.bold, first.marker) == (True, True, "第一章")
    assert (second.centred, second.bold, second.marker) == (False, False, "第一条")
    assert second.lead is not None
    assert document.cut(second.lead) == "第一条"


def test_line_breaks_part_numbered_lines_and_join_the_others():
    document = read_page("<p>Towns shall:<br>(a) dig;<br>(b) fill all<br>the wells.<br><br>The end</p>")
    assert document.text == "Towns shall:\n(a) dig;\n(b) fill all the wells.\nThe end"


def test_official_journal_headings_by_class():
    document = read_page(
        "<div id=docHtml><p class=oj-ti-art>Article 1</p><div class=eli-title><p class=oj-sti-art>Aim</p></div>"
        f"<p class=oj-normal>{SENTENCE}</p></div>"
    )
    assert [b.kind for b in document.blocks] == ["heading", "heading", "paragraph"]


def test_a_consolidated_act_has_labelled_points_and_no_marks_of_amendments():
    mark = "<p class=modref><a href='x' title='INSERTED'>▼M2</a></p>"
    point = "<div class='grid-container grid-list'><div class=grid-list-column-1><span>({}) </span></div>"
    point += "<div class=grid-list-column-2><p class=norm>{}</p></div></div>"
    document = read_page(
        "<div class=eli-container><p class=arrow><a href='x'>▼B</a></p><p class=title-article-norm>Article 1</p>"
        "<div class=norm><span class=no-parag>1.  </span><div class='norm inline-element'>"
        "<p class=norm>Towns shall:</p>"
        + point.format("a", "dig ponds;")
        + mark
        + point.format("b", "clean them (<a href='#E1' id='src.E1'><span class=superscript>1</span></a>).")
        + "</div></div><p class=norm>They may ask. <span><a href='x'><span class=boldface>►M1</span></a></span>"
        "\xa0They shall report.<span class=boldface> ◄ </span></p>"
        f"{mark}<p class=norm>—————</p></div><p class=footnote>(<a href='#src.E1' id=E1>1</a>) Once a year.</p>"
    )
    assert [document.cut(block.span) for block in document.blocks] == [
        "Article 1",
        "1. Towns shall:",
        "(a) dig ponds;",
        "(b) clean them ().",
        "They may ask. They shall report.",
    ]
    assert [block.kind for block in document.blocks] == ["heading", "paragraph", "item", "item", "paragraph"]
    assert [document.text[n.start : n.end] for n in document.notes] == ["Once a year."]
    assert [notice.reason.code for notice in document.warnings] == ["html.amended"]
    assert dict(document.warnings[0].reason.parameters)["n"] == 4


def test_gb2312_page():
    body = "<meta charset=gb2312><title>池塘管理办法</title><p>各地应当修建池塘，并且定期检查水质。</p>"
    assert (
        read_bytes(f"<html>{body}</html>".encode("gb18030"), name="x.htm").text
        == "各地应当修建池塘，并且定期检查水质。"
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("<h1>Sign in</h1><form><input name=u><input type=password><p>Log in to read on.</p></form>", "log in"),
        ("<div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>", "JavaScript"),
        ("<p>We use cookies. <button>Accept</button> Please accept or reject cookies.</p>", "consent"),
        ("<h1>Access denied</h1><p>You don't have permission.</p>", "robot check"),
        ("<nav><a href=/>Home</a></nav>", "no text"),
    ],
)
def test_pages_without_a_document_are_refused_in_one_line(body, words):
    with pytest.raises(UnreadableSource) as caught:
        read_page(body)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<div>" * 100_000 + b"x",
        b"<html><body>" + b"<b>" * 5_000 + b"x",
    ],
)
def test_nesting_is_bounded(data):
    with pytest.raises(SourceTooLarge):
        read_bytes(data, name="x.html")


def test_huge_attributes_and_entities_do_no_harm():
    data = page(f"<p class='{'a-' * 200_000}'>Words &bogus; &amp;amp; &#0; here.</p>", head="<!ENTITY a 'x'>")
    assert "here." in read_bytes(data, name="x.html").text


def test_labels_of_legislation_sites_stand_apart_from_their_words():
    document = read_page(
        '<h4>Duty to paint</h4><p><span class="LegDS LegP1No">2</span><span class="LegDS LegLHS LegP2No">(1)</span>'
        '<span class="LegDS LegRHS LegP2Text">The board must paint every boat of the pond in spring.</span></p>'
        '<p class="MarginalNote"><span class="wb-invisible">Marginal note:</span>Nets</p>'
        "<p>The board must mend every net of the pond in the autumn of the year.</p>"
    )
    assert "2 (1) The board must paint" in document.text
    assert ("heading", "Nets") in [(block.kind, document.cut(block.span)) for block in document.blocks]


def test_a_break_that_may_be_set_swallows_nothing():
    document = read_page("<p>See ponds<wbr>.example and the<wbr/>n go home.</p><ul><li>Art.<wbr> 2 holds.</li></ul>")
    assert document.text == "See ponds.example and then go home.\nArt. 2 holds."


def test_folded_parts_of_a_saved_page_are_read_under_the_words_of_their_buttons():
    document = read_page(
        f"<main><p>{SENTENCE}</p><h2><button aria-controls=c1 aria-expanded=false>Wells"
        "<span class=section-toggle>Show</span></button></h2>"
        "<div id=c1 hidden><p>Wells are deep.</p></div><h2><button>Ditches</button></h2>"
        "<div class=my-accordion__content style='display:none;color:red'><p>Ditches are long.</p></div>"
        "<p hidden>secret</p><button>Print</button></main>"
    )
    assert document.text.split("\n")[1:] == ["Wells", "Wells are deep.", "Ditches", "Ditches are long."]
    assert [b.kind for b in document.blocks[1:]] == ["heading", "paragraph"] * 2
    assert [notice.message for notice in document.warnings] == [
        "parts of the page that were folded when it was saved were read: 2"
    ]


def test_tooltips_are_notes_and_readings_beside_characters_are_left_out():
    document = read_page(
        "<p>Each <dfn>warden<span role=tooltip>One who keeps a pond</span></dfn> counts frogs.</p>"
        "<p><ruby>规<rp>(</rp><rt>guī</rt><rp>)</rp>划<rt>huà</rt></ruby>是计划。</p>"
    )
    assert document.text == "Each warden counts frogs.\n规划是计划。\nOne who keeps a pond"
    assert [(note.mark, document.text[note.start : note.end]) for note in document.notes] == [
        ("*", "One who keeps a pond")
    ]
    assert "ruby" in document.warnings[0].message


def test_a_cell_over_several_rows_keeps_the_columns_of_those_below():
    document = read_page(
        f"<p>{SENTENCE}</p><table><tr><th>Field</th><th>Duty</th><th>Year</th></tr>"
        "<tr><td rowspan=2>Ponds</td><td>Count frogs</td><td>2027</td></tr><tr><td>Cut reeds</td><td>2028</td></tr>"
        "<tr><td colspan=2>Wells are left alone</td><td>2029</td></tr></table>"
    )
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "row"] == [
        "Field\tDuty\tYear",
        "Ponds\tCount frogs\t2027",
        "\tCut reeds\t2028",
        "Wells are left alone\t\t2029",
    ]


def test_a_page_saved_whole_is_read_as_the_page():
    data = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=xx\r\n\r\n"
        b"--xx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b"Content-Location: https://www.whitehouse.gov/ponds\r\n\r\n"
        b"<html><body><p>A pond costs =E2=82=AC5 a=\r\n year.</p></body></html>\r\n"
        b"--xx\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--xx--\r\n"
    )
    document = read_bytes(data, name="ponds.mhtml")
    assert (document.text, document.media_type) == ("A pond costs €5 a year.", "multipart/related")
    assert document.jurisdiction == "US"
    with pytest.raises(UnreadableSource, match="MHTML"):
        read_bytes(data.replace(b"text/html", b"text/plain"), name="ponds.mhtml")


def test_the_summary_of_a_folding_part_is_its_heading() -> None:
    document = read_page(f"<p>{SENTENCE}</p><details><summary>Wells</summary><p>Wells are deep.</p></details>")
    assert [b.kind for b in document.blocks] == ["paragraph", "heading", "paragraph"]


def test_questions_of_a_definition_list_hold_no_heading_of_the_page() -> None:
    page = (
        "<html><body><main><h1>Rent: questions and answers</h1><dl><dt>Who may raise the rent?</dt><dd>Only the "
        "owner may raise the rent, once a year.</dd><dt>By how much?</dt><dd>By no more than three per cent.</dd></dl>"
        "<h2>Next steps</h2><p>Landlords must register with the town by the first of May.</p></main></body></html>"
    )
    document = read_bytes(page.encode(), name="rent.html")
    levels = {document.cut(block.span): block.level for block in document.blocks if block.kind == "heading"}
    assert levels["By how much?"] == levels["Next steps"]
