"""Framework tables, Akoma Ntoso and StratML."""

from __future__ import annotations

import io

import openpyxl
import pytest

from polidiff.errors import UnreadableSource
from polidiff.readers import read_bytes

ROWS = [("A.1", "Dig ponds, deep ones."), ("A.2", "Fill\nwells; all of them.")]
TEXT = "Dig ponds, deep ones.\nFill wells; all of them."


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Notes"])
    second = book.create_sheet("data")
    second.append(["ID", "Extra", "Text"])
    for ident, text in ROWS:
        second.append([ident, 7, text])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.csv", b'ID;Extra;Text\r\nA.1;7;Dig ponds, deep ones.\r\nA.2;7;"Fill\nwells; all of them."\r\n'),
        ("t.csv", '\ufeffid,text\nA.1,"Dig ponds, deep ones."\nA.2,"Fill\nwells; all of them."\n'.encode()),
        (
            "t.jsonl",
            b'{"id":"A.1","text":"Dig ponds, deep ones."}\n\n{"Id":"A.2","TEXT":"Fill\\nwells; all of them."}\n',
        ),
        ("t.xlsx", workbook()),
    ],
)
def test_rows_are_provisions_to_be(name, data):
    document = read_bytes(data, name=name)
    assert document.kind == "table"
    assert document.text == TEXT
    assert [(b.kind, b.marker) for b in document.blocks] == [("row", "A.1"), ("row", "A.2")]


def test_a_heading_column_makes_headings():
    document = read_bytes(b"id,text,section\n1,Dig.,Ponds\n2,Fill.,Ponds\n3,Count.,Frogs\n", name="t.csv")
    assert document.text == "Ponds\nDig.\nFill.\nFrogs\nCount."


@pytest.mark.parametrize(
    ("name", "data"), [("t.csv", b"number_of,words\n1,2\n"), ("t.jsonl", b'{"number_of":1,"words":2}\n')]
)
def test_a_missing_column_is_named_with_those_found(name, data):
    with pytest.raises(UnreadableSource, match=r"no column 'id' \(columns found: number_of, words\)"):
        read_bytes(data, name=name)


def test_bad_json_names_its_line():
    with pytest.raises(UnreadableSource, match="line 2 is not JSON"):
        read_bytes(b'{"id":"1","text":"x"}\n{oops\n', name="t.jsonl")


def test_a_repeated_id_is_kept_apart_and_told():
    document = read_bytes(b"id,text\n1,Dig.\n1,Fill.\n", name="t.csv")
    assert [b.marker for b in document.blocks] == ["1", "1#2"]
    assert "earlier row" in document.warnings[0].message


AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta><identification><FRBRWork>
<FRBRdate date="2024-01-02" name="x"/></FRBRWork></identification></meta>
<preface><p><docTitle>Pond Act</docTitle></p></preface>
<body><chapter><num>Chapter 1</num><heading>General</heading><section><num>1.</num><heading>Aim</heading><subsection>
<num>(1)</num><intro><p>Towns shall:</p></intro><point><num>(a)</num><content>
<p>dig <b>ponds</b><authorialNote marker="*">
<p>Not wells.</p></authorialNote>; and</p></content></point><point><num>(b)</num><content><p>fill wells.</p><p>All.</p>
</content></point></subsection></section></chapter></body></act></akomaNtoso>"""


def test_akoma_ntoso_keeps_its_structure():
    document = read_bytes(AKN.encode(), name="act.xml")
    assert (document.title, document.date) == ("Pond Act", "2024-01-02")
    assert [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks] == [
        ("title", 0, None, "Pond Act"),
        ("heading", 1, "Chapter 1", "Chapter 1 General"),
        ("heading", 2, "1.", "1. Aim"),
        ("paragraph", 0, "(1)", "(1) Towns shall:"),
        ("item", 0, "(a)", "(a) dig ponds; and"),
        ("item", 0, "(b)", "(b) fill wells."),
        ("item", 0, None, "All."),
    ]
    (note,) = document.notes
    assert (note.mark, document.text[note.start : note.end]) == ("*", "Not wells.")
    assert document.text[: note.at].endswith("ponds")


def test_stratml_goals_and_objectives():
    text = """<StrategicPlan xmlns="urn:ISO:std:iso:17469:tech:xsd:stratml_core"><Name>Pond Plan</Name>
    <StrategicPlanCore>
    <Mission><Description>Clean water.</Description></Mission>
    <Goal><Name>Dig</Name><Description>Dig ponds.</Description>
    <Identifier>_x</Identifier><SequenceIndicator>1</SequenceIndicator>
    <Objective><Name>Deep</Name><Description>Dig deep.
    </Description><SequenceIndicator>1.1</SequenceIndicator></Objective></Goal></StrategicPlanCore></StrategicPlan>"""
    document = read_bytes(text.encode(), name="plan.xml")
    assert [(b.kind, b.level, b.marker, document.text[b.start : b.end]) for b in document.blocks] == [
        ("title", 0, None, "Pond Plan"),
        ("paragraph", 0, None, "Clean water."),
        ("heading", 1, "1", "Dig"),
        ("paragraph", 0, None, "Dig ponds."),
        ("heading", 2, "1.1", "Deep"),
        ("item", 0, "1.1", "Dig deep."),
    ]


def test_other_xml_is_named():
    with pytest.raises(UnreadableSource, match="root <feed>"):
        read_bytes(b"<?xml version='1.0'?><feed><a>1</a></feed>", name="plan.html")
