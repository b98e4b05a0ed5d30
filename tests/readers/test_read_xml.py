"""Legislatures' XML: each kind keeps its numbers, titles, quoted law and notes."""

from __future__ import annotations

import pytest

from polidiff.errors import UnreadableSource
from polidiff.model import Document
from polidiff.provisions import split
from polidiff.readers import read_bytes


def read_xml(text: str) -> Document:
    return read_bytes(('<?xml version="1.0" encoding="UTF-8"?>' + text).encode(), name="law.xml")


def lines(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.cut(block.span)) for block in document.blocks]


def parts(document: Document) -> dict[str | None, str]:
    found: dict[str | None, str] = {}
    for provision in split(document):
        found.setdefault(provision.number, " ".join(provision.text.split()))
    return found


AKN = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><bill><body>
<section><num>1.</num><heading>Change of section 4</heading><subsection><num>(1)</num><content>
<p>Section 4 is amended by substituting for subsection (2) the following:</p>
<p><mod><quotedStructure startQuote="“" endQuote="”"><subsection><num>(2)</num><intro><p>A town shall</p></intro>
<paragraph><num>(a)</num><content><p>dig; and</p></content></paragraph><paragraph><num>(b)</num><content>
<p>fill.</p></content></paragraph></subsection></quotedStructure></mod>.</p></content></subsection>
<subsection><num>(2)</num><content><p>In section 5 for “may” substitute “must”.</p></content></subsection></section>
</body></bill></akomaNtoso>"""


def test_quoted_structures_keep_their_marks_and_number_nothing() -> None:
    document = read_xml(AKN)
    assert [line for line in lines(document) if line[0] == "quote"] == [
        ("quote", "“(2) A town shall"),
        ("quote", "(a) dig; and"),
        ("quote", "(b) fill.”."),
    ]
    found = parts(document)
    assert list(found) == ["(1)", "(2)"]
    assert found["(1)"].endswith("“(2) A town shall (a) dig; and (b) fill.”.")
    assert found["(2)"].startswith("In section 5")


USLM = """<bill xmlns="http://schemas.gpo.gov/xml/uslm"><meta><docNumber>9</docNumber></meta>
<preface><docNumber>9</docNumber></preface><main><longTitle><docTitle>AN ACT</docTitle>
<officialTitle>To keep ponds.</officialTitle></longTitle><enactingFormula><i>Be it enacted, </i></enactingFormula>
<section><num value="1">SECTION 1. </num><heading>SHORT TITLE.</heading><content>This Act may be cited as the
“<shortTitle role="act">Pond Act</shortTitle>”.</content></section>
<section><num value="2">SEC. 2. </num><heading>DIGGING.</heading><subsection><num value="a">(a) </num>
<heading>In general.—</heading><chapeau>Each town shall—</chapeau><paragraph><num value="1">(1) </num>
<content>dig<footnote><num>1</num><p>Not wells.</p></footnote>; and</content></paragraph><paragraph>
<num value="2">(2) </num><content>count 10<sup>3</sup> frogs,</content></paragraph>
<continuation>by May.</continuation></subsection><subsection><num value="b">(b) </num><content>Section 4 is amended
by adding at the end the following:<quotedContent>“<subsection><num value="c">(c) </num><content>No town may
fill.”.</content></subsection></quotedContent></content></subsection></section></main></bill>"""


def test_uslm() -> None:
    document = read_xml(USLM)
    assert (document.title, document.jurisdiction) == ("Pond Act", "US")
    assert [document.text[n.start : n.end] for n in document.notes] == ["Not wells."]
    assert ("heading", "SEC. 2. DIGGING.") in lines(document)
    found = parts(document)
    assert found["2(a)"].startswith("In general.—Each town shall— (1) dig; and")
    assert found["2(a)"].endswith("(2) count 10³ frogs, by May.")
    assert found["2(a)(2)"] == "count 10³ frogs,"
    assert found["2(b)"].endswith("the following: “(c) No town may fill.”.")
    assert "2(c)" not in found


BILL = """<bill bill-stage="Introduced-in-House"><metadata><dublinCore/></metadata><form><legis-num>H. R. 9</legis-num>
<official-title>To keep ponds.</official-title></form><legis-body><section section-type="section-one"><enum>1.</enum>
<header>Short title</header><text>This Act may be cited as the <quote><short-title>Pond Act</short-title></quote>.
</text></section><title><enum>I</enum><header>Water</header><section><enum>101.</enum><header>Digging</header>
<subsection><enum>(a)</enum><header>In general</header><text>Each town shall dig.</text></subsection><subsection>
<enum>(b)</enum><header>Change</header><text>Section 4 is amended by adding at the end the following:</text>
<quoted-block><subsection><enum>(c)</enum><text>No town may fill.</text></subsection><after-quoted-block>.
</after-quoted-block></quoted-block></subsection></section></title></legis-body></bill>"""


def test_bills_in_the_dtd_of_congress_get_the_words_that_the_page_prints() -> None:
    document = read_xml(BILL)
    assert document.title == "Pond Act"
    said = [words for _, words in lines(document)]
    assert "SECTION 1. Short title" in said
    assert "This Act may be cited as the “Pond Act”." in said
    assert "TITLE I— Water" in said or "TITLE I—Water" in said
    assert "(a) In general.—Each town shall dig." in said
    assert said[-1] == "“(c) No town may fill.”."
    assert parts(document)["101(b)"].endswith("following: “(c) No town may fill.”.")


FORMEX = """<ACT><BIB.INSTANCE><DATE ISO="20310102">20310102</DATE><LG.DOC>EN</LG.DOC></BIB.INSTANCE><TITLE><TI>
<P><HT TYPE="UC">Regulation</HT> (EU) 2031/1</P><P>on ponds</P></TI></TITLE><PREAMBLE><GR.CONSID>
<GR.CONSID.INIT>Whereas:</GR.CONSID.INIT><CONSID><NP><NO.P>(1)</NO.P><TXT>Ponds are wide.</TXT></NP></CONSID>
</GR.CONSID><PREAMBLE.FINAL><P>HAVE ADOPTED THIS REGULATION:</P></PREAMBLE.FINAL></PREAMBLE><ENACTING.TERMS>
<DIVISION><TITLE><TI><P>CHAPTER I</P></TI><STI><P>General</P></STI></TITLE>
<ARTICLE IDENTIFIER="001"><TI.ART>Article 1</TI.ART><STI.ART>Aim</STI.ART><ALINEA>Towns dig
<QUOT.START CODE="2018"/>ponds<QUOT.END CODE="2019"/><NOTE NUMBERING="1"><P>Not wells.</P></NOTE>.</ALINEA></ARTICLE>
<ARTICLE IDENTIFIER="002"><TI.ART>Article 2</TI.ART><STI.ART>Duties</STI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>
<P>Towns shall:</P><LIST TYPE="alpha"><ITEM><NP><NO.P>(a)</NO.P><TXT>dig;</TXT></NP></ITEM><ITEM><NP>
<NO.P>(b)</NO.P><TXT>fill.</TXT></NP></ITEM></LIST></ALINEA></PARAG><PARAG><NO.PARAG>2.</NO.PARAG>
<ALINEA>Frogs stay.</ALINEA></PARAG></ARTICLE><ARTICLE IDENTIFIER="003"><TI.ART>Article 3</TI.ART>
<STI.ART>Force</STI.ART><ALINEA>This enters into force.</ALINEA></ARTICLE></DIVISION></ENACTING.TERMS></ACT>"""


def test_formex() -> None:
    document = read_xml(FORMEX)
    assert (document.title, document.date, document.jurisdiction) == (
        "REGULATION (EU) 2031/1 on ponds",
        "2031-01-02",
        "EU",
    )
    assert [document.text[n.start : n.end] for n in document.notes] == ["Not wells."]
    found = {p.id: p for p in split(document)}
    assert found["rec-1"].text == "Ponds are wide."
    assert found["art-1"].text == "Towns dig ‘ponds’."
    assert found["art-2.1.b"].text == "fill."
    assert found["art-2.2"].path[0].startswith("CHAPTER I")


LIMS = """<Statute xmlns:lims="http://justice.gc.ca/lims" lims:current-date="2031-01-02" xml:lang="en"><Identification>
<LongTitle>An Act respecting ponds</LongTitle><ShortTitle>Pond Act</ShortTitle></Identification><Body>
<Heading level="1"><Label>PART 1</Label><TitleText>Water</TitleText></Heading><Section>
<MarginalNote>Short title</MarginalNote><Label>1</Label><Text>This Act may be cited as the <XRefInternal>Pond Act
</XRefInternal>.</Text></Section><Section><MarginalNote>Duty</MarginalNote><Label>2</Label><Subsection>
<Label>(1)</Label><Text>Every town shall</Text><Paragraph><Label>(a)</Label><Text>dig; and</Text></Paragraph>
<Paragraph><Label>(b)</Label><Text>fill.</Text></Paragraph></Subsection><Subsection>
<MarginalNote>Exception</MarginalNote><Label>(2)</Label><Text>Under this Act wells are left alone.</Text></Subsection>
<HistoricalNote>2031, c. 1</HistoricalNote></Section><Section><MarginalNote>Force</MarginalNote><Label>3</Label>
<Text>This Act comes into force in May.</Text></Section></Body></Statute>"""


def test_lims_of_canada() -> None:
    document = read_xml(LIMS)
    assert (document.title, document.date, document.jurisdiction) == ("Pond Act", "2031-01-02", "CA")
    assert ("heading", "2 Duty") in lines(document)
    assert ("caption", "Exception") in lines(document)
    found = parts(document)
    assert found["2(1)(a)"] == "dig; and"
    assert found["2(2)"] == "Under this Act wells are left alone."
    assert next(p for p in split(document) if p.number == "2").path == ("PART 1 Water",)


CLML = """<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"><ukm:Metadata
xmlns:ukm="http://www.legislation.gov.uk/namespaces/metadata"><ukm:EnactmentDate Date="2031-01-02"/></ukm:Metadata>
<Primary><PrimaryPrelims><Title>Pond Act 2031</Title><Number>2031 CHAPTER 1</Number><LongTitle>An Act about ponds.
</LongTitle></PrimaryPrelims><Body><Part><Number>Part 1</Number><Title>Water</Title><P1group><Title>Duty</Title><P1>
<Pnumber>1</Pnumber><P1para><P2><Pnumber>1</Pnumber><P2para><Text>A town must—</Text><P3><Pnumber>a</Pnumber><P3para>
<Text>dig, and</Text></P3para></P3><P3><Pnumber>b</Pnumber><P3para><Text>fill.</Text></P3para></P3></P2para></P2>
<P2><Pnumber>2</Pnumber><P2para><Text>See this Act.</Text></P2para></P2></P1para></P1></P1group><P1group>
<Title>Change</Title><P1><Pnumber>2</Pnumber><P1para><Text>In the Well Act, after section 3 insert—</Text>
<BlockAmendment Format="double"><P1group><Title>Frogs</Title><P1><Pnumber>3A</Pnumber><P1para><Text>Frogs stay.</Text>
</P1para></P1></P1group></BlockAmendment></P1para></P1></P1group><P1group><Title>Force</Title><P1><Pnumber>3</Pnumber>
<P1para><Text>This Act is in force.</Text></P1para></P1></P1group></Part></Body></Primary></Legislation>"""


def test_clml_of_the_united_kingdom() -> None:
    document = read_xml(CLML)
    assert (document.title, document.date, document.jurisdiction) == ("Pond Act 2031", "2031-01-02", "GB")
    assert ("heading", "1 Duty") in lines(document)
    assert [words for kind, words in lines(document) if kind == "quote"] == ["“Frogs", "3A Frogs stay.”"]
    found = parts(document)
    assert found["1(1)(b)"] == "fill."
    assert found["2"].endswith("insert— “Frogs 3A Frogs stay.”")
    assert found["3"] == "This Act is in force."


def test_xml_of_no_known_kind_names_those_that_are() -> None:
    with pytest.raises(UnreadableSource, match=r"<pond>; of XML, these are read: Akoma Ntoso, USLM.*LIMS of Canada"):
        read_xml("<pond><p>Words.</p></pond>")
