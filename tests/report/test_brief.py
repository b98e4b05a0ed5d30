"""A comparison told in sentences: each document's acts in its own words, every word of theirs with its place."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from polidiff import api, report
from polidiff.coding import load_codebook
from polidiff.model import Code, Coding, Comparison, Reason
from polidiff.model.briefs import Brief
from polidiff.report.briefing.article import desk_of, sentence
from polidiff.report.briefing.each import due, each
from polidiff.report.briefing.rarity import rarity
from polidiff.report.briefing.sides import side
from polidiff.report.names import headings, title_of
from polidiff.report.passages import ReportContext

NORTH = """# The Northern Harbour Plan

## Schools

Led by the Ministry of Schools, publish an AI literacy curriculum for all pupils by 2030. Establish a training fund
of 40 million euros for teachers of computing.

## Data

Require all public agencies to release their data sets to researchers. Create a national data library with open access.

## Chips

Establish a new office for semiconductor export controls on chip-making machines. Prohibit the export of advanced chips.
"""
SOUTH = """# The Southern Harbour Plan

## Schools

The government will publish an AI literacy curriculum for schools. Train 10,000 teachers in computing.

## Data

Open government data sets for artificial intelligence to researchers and companies through a national data library.
Publish guidance on quality.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    folder = tmp_path_factory.mktemp("plans")
    for name, text in (("north.md", NORTH), ("south.md", SOUTH)):
        (folder / name).write_text(text, encoding="utf-8")
    read = [api.read(folder / name) for name in ("north.md", "south.md")]
    return api.compare(*read, codebook=load_codebook("ai-plans"))


@pytest.fixture(scope="module")
def told(made: Comparison) -> Brief:
    return report.brief(made)


def test_every_word_of_a_document_is_cut_from_it(made: Comparison, told: Brief) -> None:
    texts = {document.id: document.text for document in made.documents}
    words = [(one, piece) for one in told.statements for piece in one.pieces if piece.kind == "words"]
    assert words
    for statement, piece in words:
        assert piece.text == texts[piece.document][piece.start : piece.end]
        assert " ".join(piece.text.split()).lower() == piece.printed.lower()
        assert any(p.document == piece.document and p.start <= piece.start < p.end for p in statement.passages)


def test_sentences_on_documents_carry_passages_and_belong_to_what_is_decided(made: Comparison, told: Brief) -> None:
    every = (*made.findings, *made.matters)
    for statement in told.statements:
        if statement.finding is not None:
            assert statement.passages
            assert statement.kind in ("each", "headline") or every[statement.finding].finding != "undecided"
        if statement.kind in ("headline", "both", "apart", "alone"):
            assert statement.passages


def test_it_says_what_both_would_do(told: Brief) -> None:
    said = " ".join(one.printed for one in told.of("both"))
    assert "would" in said
    assert re.search(r"would \w+ “", said)


def test_a_theme_is_told_without_a_verdict_under_its_name(made: Comparison) -> None:
    sure = [replace(one, passages=tuple(replace(p, score=0.95) for p in one.passages)) for one in made.findings]
    bench = ReportContext(replace(made, findings=tuple(sure)), "en")
    found = max(each(desk_of(bench)), key=lambda one: (len(one.leads), one.chance))
    label, stop, *rest = sentence(bench, "each", found.leads, sure[found.finding].name)
    assert (label.kind, label.text, stop.text[:2]) == ("label", sure[found.finding].name, ". ")
    assert {piece.document for piece in rest if piece.kind == "words"} == set(sure[found.finding].documents)


def test_money_and_terms_are_told_with_the_sentence_that_names_them(made: Comparison) -> None:
    firm = [[replace(one, kind=Code("commitment", 0.95), binding=0.95) for one in run] for run in made.codings]
    bench = ReportContext(replace(made, codings=tuple(map(tuple, firm))), "en")
    said = [one.leads[0].passage.text for one in due(desk_of(bench))]
    assert any("40 million euros" in one for one in said)
    assert any("by 2030" in one for one in said)
    assert all(re.search(r"million|20\d\d", one) for one in said)


def test_who_calls_himself_by_his_name_says_what_he_must_do(tmp_path: Path) -> None:
    own = """# The Northern Isles Harbour Plan

## Chips

The Workers’ Party must bring the making of chips back to the ports. The Workers’ Party proposes a levy of 40 euros.
"""
    (tmp_path / "a.md").write_text(own.replace("# The", "# The Workers’ Party manifesto: the", 1), encoding="utf-8")
    (tmp_path / "b.md").write_text(SOUTH, encoding="utf-8")
    compared = api.compare(api.read(tmp_path / "a.md"), api.read(tmp_path / "b.md"))
    bench = ReportContext(compared, "en")
    leads = [lead for one in compared.provisions[0] for lead in desk_of(bench).leads(one.document, one.id)]
    said = [side(bench, lead, headline=False) for lead in leads]
    words = ["".join(piece.printed for piece in pieces) for pieces in said]
    assert any("says it must “bring the making of chips back to the ports”" in one for one in words), words
    assert any("proposes “a levy of 40 euros”" in one for one in words), words


def test_counts_say_of_what_and_are_those_of_the_record(made: Comparison, told: Brief) -> None:
    levels = {
        "themes": made.broad,
        "matters": [one for one in made.matters if one.matter and one.finding != "undecided"],
    }
    left = [one for one in made.matters if one.finding == "undecided"]
    numbers = [piece for one in told.statements for piece in one.pieces if piece.kind == "number"]
    assert {piece.of.partition(".")[0] for piece in numbers} == {"themes", "matters"}
    for piece in numbers:
        level, _, kind = piece.of.partition(".")
        found = levels[level]
        counts = {
            "": len(found),
            "shared": sum(one.finding == "shared" and not one.passing for one in found),
            "passing": sum(one.finding == "shared" and bool(one.passing) for one in found),
            "divergent": sum(one.finding == "divergent" for one in found),
            "only": sum(one.finding == "only" for one in found),
            "undecided": sum((one.matter is None) == (level == "themes") for one in left),
        }
        assert int(piece.text) == counts[kind], piece


def test_matters_that_are_counted_are_named_with_a_passage_each_and_the_rest_counted(made: Comparison) -> None:
    alone = next(one for one in made.matters if one.finding == "only")
    many = tuple(replace(alone, name=f"matter {n}", matter=f"m{n}") for n in range(9))
    brief = report.brief(replace(made, matters=many))
    said = next(one for one in brief.of("made") if "matters only in one" in one.printed)
    assert "Matter 0 (" in said.printed
    assert said.printed.endswith("; and 3 more.")
    assert said.passages == (alone.passages[0],) * 6
    assert "Matter 8" not in said.printed


def test_the_brief_passes_the_check_of_itself(made: Comparison, told: Brief, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_bytes(report.brief_file(made, told, "md"))
    found = api.check(path, made.documents, claims=True)
    assert {one.verdict for one in found.verdicts} <= {"verbatim"}
    assert not {one.verdict for one in found.claims} & {"contradicted", "not_found"}


def test_the_page_shows_each_passage_as_it_stands(made: Comparison, told: Brief) -> None:
    texts = {document.id: document.text for document in made.documents}
    tree = html.fromstring(report.brief_file(made, told, "html").decode())
    notes = tree.xpath("//ol[@class='notes']/li/blockquote")
    assert notes
    for note in notes:
        span = texts[note.get("data-document")][int(note.get("data-start")) : int(note.get("data-end"))]
        assert note.text_content() == span


def test_word_has_the_passages_as_footnotes_and_the_same_bytes_twice(made: Comparison, told: Brief) -> None:
    data = report.brief_file(made, told, "docx")
    assert data == report.brief_file(made, told, "docx")
    notes = zipfile.ZipFile(io.BytesIO(data)).read("word/footnotes.xml").decode()
    assert "national data library" in notes


def test_in_chinese_foreign_words_stay_as_they_are(made: Comparison) -> None:
    said = "".join(one.printed for one in report.brief(made, language="zh").statements)
    assert "原文为：“" in said
    assert "national data library" in said


LEANING = """# The Western Harbour Code

## Records

Pilots shall keep a log of every landing.

Such records shall be kept for three years.

This code enters into force on 1 May.

## Fees

Operators shall publish their fees once a year.
"""


def test_what_points_elsewhere_and_formulae_are_not_told(tmp_path: Path) -> None:
    for name, text in (("west.md", LEANING), ("south.md", SOUTH)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    compared = api.compare(api.read(tmp_path / "west.md"), api.read(tmp_path / "south.md"))
    desk = desk_of(ReportContext(compared, "en"))
    told = [lead.passage.text for one in compared.provisions[0] for lead in desk.leads(one.document, one.id)]
    assert any("keep a log" in one for one in told)
    assert not any("Such records" in one or "enters into force" in one for one in told)


def test_who_decided_stands_behind_the_sentence(made: Comparison, told: Brief) -> None:
    first = told.of("both")[0]
    sides = {passage.provision for passage in first.passages}
    reason = Reason.of("decision.why", 1.0, relation="equal", by="Ada", why="one curriculum")
    matches = tuple(replace(m, reasons=(reason,)) if {m.source, m.id} == sides else m for m in made.matches)
    said = report.brief(replace(made, matches=matches)).of("both")[0].printed
    assert said.startswith(first.printed)
    assert "Ada: one curriculum" in said


def test_what_few_plans_take_up_weighs_more() -> None:
    common = Coding("a", "1", themes=(Code("regulation", 0.9),))
    rare = Coding("a", "2", themes=(Code("export_controls", 0.9),))
    assert rarity(common) < rarity(rare) <= 1.0


def test_another_form_is_refused(made: Comparison, told: Brief) -> None:
    with pytest.raises(ValueError, match="odt"):
        report.brief_file(made, told, "odt")


def test_a_name_that_two_matters_bear_is_said_once_and_both_are_counted(made: Comparison) -> None:
    alone = next(one for one in made.matters if one.finding == "only")
    many = tuple(replace(alone, name="schools, teachers", matter=f"m{n}") for n in range(3))
    said = [one.printed for one in report.brief(replace(made, matters=many)).of("made")]
    named = next(one for one in said if "matters only in one" in one)
    assert named.count("Schools, teachers") == 1
    assert named.endswith("; and 2 more.")


def test_a_kind_of_which_there_is_none_is_not_counted_and_titles_promise_what_follows(made: Comparison) -> None:
    brief = report.brief(replace(made, matters=()))
    assert not re.search(r"\b0 ", brief.of("made")[0].printed)
    assert brief.of("apart") == ()
    assert brief.title.endswith(": what each of them wants")


def test_notes_name_a_document_once_and_not_in_capitals(tmp_path: Path) -> None:
    path = tmp_path / "loud.md"
    path.write_text(
        "# THE HARBOUR AND RIVER PLAN\n\n## GENERAL RULES\n\nPublish a list of all harbours.\n", encoding="utf-8"
    )
    loud = api.read(path)
    assert title_of(loud) == "The Harbour and River Plan"
    shown = headings(
        loud.title, ("THE HARBOUR AND RIVER PLAN", "GENERAL RULES", "发布时间：2025-01-02 来源：某网 字号：[大]")
    )
    assert shown == ("General Rules",)


def test_who_is_committed_to_a_thing_is_not_said_to_do_it(tmp_path: Path) -> None:
    own = (
        "# The Workers’ Party manifesto\n\nThe Workers’ Party and all its members are committed to a cut of 40 euros.\n"
    )
    (tmp_path / "a.md").write_text(own, encoding="utf-8")
    (tmp_path / "b.md").write_text(SOUTH, encoding="utf-8")
    compared = api.compare(api.read(tmp_path / "a.md"), api.read(tmp_path / "b.md"))
    bench = ReportContext(compared, "en")
    (lead,) = (lead for one in compared.provisions[0] for lead in desk_of(bench).leads(one.document, one.id))
    said = "".join(piece.printed for piece in side(bench, lead, headline=False))
    assert lead.own
    assert "says “The Workers’ Party and all its members are committed to a cut of 40 euros”" in said


def test_a_chinese_act_in_an_english_document_is_quoted_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "north.md").write_text(NORTH + "\n## 港口\n\n建设公共港口，支持渔民出海。\n", encoding="utf-8")
    (tmp_path / "south.md").write_text(SOUTH, encoding="utf-8")
    compared = api.compare(*(api.read(tmp_path / name) for name in ("north.md", "south.md")))
    bench = ReportContext(compared, "en")
    leads = [lead for one in compared.provisions[0] for lead in desk_of(bench).leads(one.document, one.id)]
    words = ["".join(piece.printed for piece in side(bench, lead, headline=False)) for lead in leads]
    assert any("建设公共港口" in one for one in words)


def test_where_little_is_on_themes_what_each_document_wants_best_is_told(tmp_path: Path) -> None:
    wanted = (
        ("tides", "Establish a programme that trains young gardeners in all parks of the old city."),
        ("hills", "Provide every school of the district with free lunches of local vegetables and fresh bread."),
    )
    for name, line in wanted:
        (tmp_path / f"{name}.md").write_text(f"# The {name.title()} Plan\n\n## First\n\n{line}\n", encoding="utf-8")
    compared = api.compare(*(api.read(tmp_path / f"{name}.md") for name, _ in wanted))
    told = " ".join(one.printed for one in report.brief(compared).statements if one.kind == "each")
    assert "trains young gardeners" in told
    assert "free lunches" in told
