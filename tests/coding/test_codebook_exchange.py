import tomllib
from pathlib import Path

import pytest

from polidiff.cli import run
from polidiff.coding import BUNDLED, check_codebook, load_codebook
from polidiff.coding.skos import from_skos, to_skos
from polidiff.coding.tables import from_table, tables_of, to_toml

FOREIGN = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <rdf:Description rdf:about="https://example.org/c/Rivers">
    <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
    <skos:prefLabel xml:lang="de">Flüsse</skos:prefLabel>
    <skos:prefLabel xml:lang="en">Rivers</skos:prefLabel>
    <skos:altLabel xml:lang="en">stream</skos:altLabel>
    <skos:altLabel xml:lang="zh">河流</skos:altLabel>
  </rdf:Description>
  <skos:Concept rdf:about="https://example.org/c/Dams">
    <skos:prefLabel>Dams</skos:prefLabel>
    <skos:broader rdf:resource="https://example.org/c/Rivers"/>
  </skos:Concept>
</rdf:RDF>
"""


@pytest.mark.parametrize("name", BUNDLED)
def test_a_codebook_comes_back_from_skos_and_toml_as_it_went(name: str, tmp_path: Path) -> None:
    book = load_codebook(name)
    path = tmp_path / "book.rdf"
    path.write_bytes(to_skos(book))
    again = tmp_path / "again.toml"
    again.write_text(to_toml(from_skos(path)), encoding="utf-8")
    assert load_codebook(again) == book
    plain = tmp_path / "plain.toml"
    plain.write_text(to_toml(tables_of(book)), encoding="utf-8")
    assert load_codebook(plain) == book


def test_a_scheme_of_another_tool_becomes_a_codebook(tmp_path: Path) -> None:
    path = tmp_path / "water.rdf"
    path.write_text(FOREIGN, encoding="utf-8")
    out = tmp_path / "water.toml"
    assert run(["codebook", "import", str(path), "-o", str(out)]) == 0
    assert check_codebook(out) == []
    book = load_codebook(out)
    rivers = book.theme("rivers")
    assert (rivers.name, rivers.en_terms, rivers.zh_terms) == ("Rivers", ("stream",), ("河流",))
    assert book.theme("dams").parent == "rivers"
    assert book.theme("dams").en_terms == ("Dams",)


def test_a_table_of_codes_becomes_a_codebook(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text(
        'Code;Description;Parent;Keywords\nWater;"Rivers\nand pipes";;river; 供水\nDams;Walls;Water;\n'.replace(
            "river; 供水", '"river; 供水"'
        ),
        encoding="utf-8-sig",
    )
    tables = from_table(path)
    assert [theme["id"] for theme in tables["theme"]] == ["water", "dams"]
    assert tables["theme"][0]["en_terms"] == ["river"]
    assert tables["theme"][0]["zh_terms"] == ["供水"]
    assert tables["theme"][1]["parent"] == "water"
    assert tomllib.loads(to_toml(tables))["theme"][1]["definition"] == "Walls"


def test_a_code_without_a_parent_has_none(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("name,parent\nWater,\nWood,\nDams,water\n")
    out = tmp_path / "book.toml"
    assert run(["codebook", "import", str(path), "-o", str(out)]) == 0
    book = load_codebook(out)
    assert [theme.parent for theme in book.themes] == [None, None, "water"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "no column"),
        ("<rdf", "not RDF/XML"),
        ("<a/>", "no skos:Concept"),
        ("", "no column"),
    ],
)
def test_what_is_no_codebook_gets_one_line(
    text: str, said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(text, encoding="utf-8")
    assert run(["codebook", "import", str(path)]) == 2
    error = capfd.readouterr().err
    assert said in error
    assert "odd.txt" in error
    assert error.count("\n") == 1


def test_an_entity_in_a_scheme_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words", encoding="utf-8")
    path = tmp_path / "book.rdf"
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path.write_text(FOREIGN.replace("<rdf:RDF", f"{entity}<rdf:RDF", 1).replace(">Dams<", ">&x;<"), encoding="utf-8")
    assert "hidden" not in to_toml(from_skos(path))


def test_check_lists_every_fault_and_says_so_in_its_exit_status(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('[[theme]]\nid = "A B"\nname = ""\nen_terms = ["... x"]\n', encoding="utf-8")
    assert run(["codebook", "check", str(path)]) == 1
    said = capfd.readouterr().out
    assert "“id” must be" in said
    assert "“name” is missing" in said
    assert "begins or ends with a gap" in said
    assert run(["codebook", "check", "ai-plans"]) == 0
    assert "well formed" in capfd.readouterr().out


def test_export_writes_what_import_reads(tmp_path: Path) -> None:
    out = tmp_path / "o.rdf"
    assert run(["codebook", "export", "policy-instruments", "-o", str(out)]) == 0
    assert from_skos(out)["id"] == "policy-instruments"
