"""Word files."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers import read_bytes


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
