"""Word files."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.provisions import outline, split
from polidiff.readers import read_bytes

SENTENCE = "Every town shall keep the ponds in its care clean, and shall count the frogs in them."


def save(document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def with_members(data: bytes, members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(item.filename, members.pop(item.filename, old.read(item.filename)))
        for name, body in members.items():
            new.writestr(name, body)
    return stream.getvalue()


def test_headings_numbers_tables_and_leads():
    word = docx.Document()
    word.add_heading("Pond plan", 0)
    word.add_heading("Water", 1)
    word.add_paragraph("Dig deep.", style="List Number")
    word.add_paragraph("Dig wide.", style="List Number")
    word.add_paragraph("Count frogs.", style="List Bullet")
    table = word.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Town", "digs"
    line = word.add_paragraph()
    line.add_run("Care. ").bold = True
    line.add_run("Keep them\tclean.")
    document = read_bytes(save(word), name="renamed.pdf")
    assert [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks] == [
        ("title", 0, None, "Pond plan"),
        ("heading", 1, None, "Water"),
        ("item", 0, "1.", "Dig deep."),
        ("item", 0, "2.", "Dig wide."),
        ("item", 0, "•", "Count frogs."),
        ("row", 0, None, "Town\tdigs"),
        ("paragraph", 0, None, "Care. Keep them clean."),
    ]
    lead = document.blocks[-1].lead
    assert lead is not None
    assert document.cut(lead) == "Care."
    assert document.pages == ()


def test_computed_labels_of_many_levels():
    word = docx.Document()
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(
            [("chineseCounting", "%1、"), ("lowerLetter", "(%2)"), ("lowerRoman", "%1.%3)")]
        )
    )
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level in (0, 1, 1, 2, 0, 1):
        line = word.add_paragraph("Words.")
        xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>'
        line._p.get_or_add_pPr().append(parse_xml(xml))
    document = read_bytes(save(word), name="x.docx")
    assert [b.marker for b in document.blocks] == ["一、", "(a)", "(b)", "一.i)", "二、", "(a)"]


def test_tracked_deletions_go_and_insertions_stay():
    word = docx.Document()
    line = word.add_paragraph("Towns ")
    line._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>may</w:delText></w:r></w:del>"))
    line._p.append(parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve">shall </w:t></w:r></w:ins>'))
    line.add_run("dig.")
    assert read_bytes(save(word), name="x.docx").text == "Towns shall dig."


def test_footnotes_stand_behind_the_body():
    word = docx.Document()
    line = word.add_paragraph("Ponds")
    line._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'))
    line.add_run(" stay.")
    inner = '<w:footnote w:id="2"><w:p><w:r><w:t>Old ones.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {nsdecls('w')}>{inner}</w:footnotes>"
    document = read_bytes(with_members(save(word), {"word/footnotes.xml": notes.encode()}), name="x.docx")
    (note,) = document.notes
    assert document.text == "Ponds stay.\nOld ones."
    assert (note.mark, note.at) == ("1", 5)


def test_a_zip_bomb_is_refused():
    bomb = with_members(save(docx.Document()), {"word/styles.xml": b"<a>" + b" " * 60_000_000 + b"</a>"})
    with pytest.raises(SourceTooLarge):
        read_bytes(bomb, name="x.docx")


def test_entities_and_damage_in_a_member():
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
    with pytest.raises(UnreadableSource):
        read_bytes(with_members(save(docx.Document()), {"word/document.xml": bomb}), name="x.docx")
    with pytest.raises(UnreadableSource):
        read_bytes(with_members(save(docx.Document()), {"word/document.xml": b"<w:document"}), name="x.docx")


def numbered(word, levels: list[tuple[str, str]], ident: int = 77) -> None:
    """Add a list whose levels have these (format, text)."""
    xml = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{ident}">{xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{ident}"><w:abstractNumId w:val="{ident}"/></w:num>'))


def number(line, level: int, ident: int = 77) -> None:
    xml = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'
    line._p.get_or_add_pPr().append(parse_xml(xml))


def test_labels_in_words_are_words_of_the_page_and_number_the_provisions():
    word = docx.Document()
    numbered(word, [("chineseCountingThousand", "第%1条")])
    for text in ("为了保护池塘，制定本办法。", "任何人不得填塘。", "违反本办法的，处一千元罚款。"):
        number(word.add_paragraph(text), 0)
    document = read_bytes(save(word), name="x.docx")
    assert document.text.split("\n")[1] == "第二条 任何人不得填塘。"
    assert [(p.kind, p.number, p.text) for p in split(document)][1] == ("article", "第二条", "任何人不得填塘。")

    word = docx.Document()
    numbered(word, [("decimal", "Recommendation %1:"), ("decimal", "%1.%2")])
    for level, text in ((0, "Towns should count frogs."), (1, "Each spring."), (0, "Towns should cut reeds.")):
        number(word.add_paragraph(text), level)
    document = read_bytes(save(word), name="x.docx")
    assert [(p.number, p.text) for p in split(document)] == [
        ("1", "Towns should count frogs."),
        ("1.1", "Each spring."),
        ("2", "Towns should cut reeds."),
    ]


def test_computed_numbers_of_headings_are_kept_beside_them():
    word = docx.Document()
    numbered(word, [("decimal", "%1"), ("decimal", "%1.%2")])
    for level, text in ((1, "Aims"), (2, "Clean water"), (2, "Frogs"), (1, "Duties")):
        line = word.add_heading(text, level)
        number(line, level - 1)
        word.add_paragraph("Every town shall keep the ponds in its care clean and shall count the frogs in them.")
    headings = outline(read_bytes(save(word), name="x.docx"))
    assert [(h.number, h.title) for h in headings][-3:] == [("1.1", "Clean water"), ("1.2", "Frogs"), ("2", "Duties")]


def test_lines_that_are_bold_alone_are_headings_and_the_largest_first_one_the_title():
    word = docx.Document()
    for text, size in (("POND PLAN", 16), ("1. Water", 13), (SENTENCE, 0), ("Frogs", 0), (SENTENCE, 0), (SENTENCE, 0)):
        run = word.add_paragraph().add_run(text)
        if text != SENTENCE:
            run.bold = True
        if size:
            run.font.size = docx.shared.Pt(size)
    document = read_bytes(save(word), name="x.docx")
    assert document.title == "POND PLAN"
    assert [(b.kind, b.level) for b in document.blocks][:4] == [
        ("title", 0),
        ("heading", 1),
        ("paragraph", 0),
        ("heading", 2),
    ]


def test_bold_text_throughout_makes_no_headings():
    word = docx.Document()
    for _ in range(4):
        word.add_paragraph().add_run("Keep the ponds clean").bold = True
        word.add_paragraph("Yes")
    assert {b.kind for b in read_bytes(save(word), name="x.docx").blocks} == {"paragraph"}


def test_struck_words_stay_and_are_marked():
    word = docx.Document()
    line = word.add_paragraph("Towns ")
    line.add_run("may ").font.strike = True
    line.add_run("shall dig.")
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "Ponds"
    table.cell(0, 1).paragraphs[0].add_run("gone").font.double_strike = True
    document = read_bytes(save(word), name="x.docx")
    assert [document.cut(span) for span in document.struck] == [" may", "gone"]
    assert "struck through" in document.warnings[0].message


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    word = docx.Document()
    first = word.add_paragraph("Towns shall dig")
    first._p.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="x"/></w:rPr>'))
    word.add_paragraph(" and shall fill.")
    word.add_paragraph("Last.")
    assert read_bytes(save(word), name="x.docx").text == "Towns shall dig and shall fill.\nLast."


def test_formulas_raised_digits_and_ruby():
    word = docx.Document()
    line = word.add_paragraph("More than 10")
    line.add_run("25").font.superscript = True
    line.add_run(" operations, or ")
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    line._p.append(
        parse_xml(
            f"<m:oMath {maths}><m:f><m:num><m:r><m:t>a + b</m:t></m:r></m:num><m:den><m:r><m:t>c</m:t></m:r></m:den>"
            "</m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
        )
    )
    ruby = word.add_paragraph().add_run()
    ruby._r.append(
        parse_xml(
            f"<w:ruby {nsdecls('w')}><w:rt><w:r><w:t>chi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>池</w:t></w:r>"
            "</w:rubyBase></w:ruby>"
        )
    )
    document = read_bytes(save(word), name="x.docx")
    assert document.text == "More than 10²⁵ operations, or (a + b)/cx²\n池"


def test_parts_brought_in_whole_are_read_where_they_stand():
    word = docx.Document()
    word.add_paragraph("Before.")
    word.add_paragraph("After.")
    data = save(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        main = archive.read("word/document.xml")
        rels = archive.read("word/_rels/document.xml.rels")
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    chunk = b'<w:altChunk xmlns:r="' + kind + b'" r:id="rId%d"/>'
    main = main.replace(b"</w:p><w:p>", b"</w:p>" + chunk % 901 + chunk % 902 + b"<w:p>")
    rel = b'<Relationship Id="rId%d" Type="' + kind + b'/aFChunk" Target="%s"/>'
    rels = rels.replace(b"</Relationships>", rel % (901, b"a.html") + rel % (902, b"b.rtf") + b"</Relationships>")
    data = with_members(
        data,
        {
            "word/document.xml": main,
            "word/_rels/document.xml.rels": rels,
            "word/a.html": b"<html><body><p>Between.</p></body></html>",
            "word/b.rtf": b"{\\rtf1 lost}",
        },
    )
    document = read_bytes(data, name="x.docx")
    assert document.text == "Before.\nBetween.\nAfter."
    assert [notice.message for notice in document.warnings] == [
        "a part that the file brings in whole (altChunk) was not read: it is of the kind .rtf"
    ]


def test_strict_open_xml_is_read():
    word = docx.Document()
    word.add_heading("Pond Act", 1)
    word.add_paragraph("Towns shall dig.")
    data = save(word)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {n: archive.read(n) for n in archive.namelist() if n.endswith((".xml", ".rels"))}
    strict = {
        name: re.sub(rb"http://schemas\.openxmlformats\.org/(\w+)/2006/", rb"http://purl.oclc.org/ooxml/\1/", body)
        for name, body in members.items()
        if name != "[Content_Types].xml"
    }
    assert read_bytes(with_members(data, strict), name="x.docx").text == "Pond Act\nTowns shall dig."


def test_line_breaks_part_a_paragraph_as_on_a_page_of_the_web():
    word = docx.Document()
    line = word.add_paragraph("Dig the ponds.", style="List Number")
    line.add_run().add_break()
    line.add_run("Fill them")
    line.add_run().add_break()
    line.add_run("with water.")
    word.add_heading("Aims", 1).add_run().add_break()
    document = read_bytes(save(word), name="x.docx")
    assert [(b.kind, b.marker, document.cut(b.span)) for b in document.blocks][:2] == [
        ("item", "1.", "Dig the ponds."),
        ("item", None, "Fill them with water."),
    ]
