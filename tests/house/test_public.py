"""What `import polidiff` gives: its names, what it costs, and how its records show themselves."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import polidiff
from polidiff import model

NAMES = """
    Alignment ArticleCheck Claim ClaimChecker ClaimVerdict Codebook CodedDocument Coding Comparison Document Finding
    InputError Match Passage PolidiffError Provision Quote Reason Records Span Theme Verdict VersionDiff __version__
    align align_all check check_claims check_quotes code coded compare demo diff fetch load_claims load_codebook
    load_quotes outline read record split verify write_check write_diff write_report
"""
ONE = "Ponds <script>\n\n" + "\n".join(
    f"- The Ministry <b>should</b> dig pond {n} for artificial intelligence research." for n in range(70)
)
TWO = "# Lakes\n\n- The Agency must fund research on artificial intelligence.\n- Boats are painted green.\n"
ARTICLE = '# News\n\nThe plan of ponds says: "The Agency must fund research on artificial intelligence."\n'


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("plans")
    for name, words in (("ponds.txt", ONE), ("lakes.md", TWO)):
        (folder / name).write_text(words)
    return folder / "ponds.txt", folder / "lakes.md"


@pytest.fixture(scope="module")
def coded(plans: tuple[Path, Path]) -> list[polidiff.CodedDocument]:
    return [polidiff.coded(plan) for plan in plans]


@pytest.fixture(scope="module")
def comparison(coded: list[polidiff.CodedDocument]) -> polidiff.Comparison:
    return polidiff.compare(*coded)


def test_the_public_names() -> None:
    assert sorted(polidiff.__all__) == sorted(NAMES.split())
    for name in polidiff.__all__:
        assert getattr(polidiff, name) is not None
    assert set(polidiff.__all__) <= set(dir(polidiff))
    with pytest.raises(AttributeError, match="no attribute 'compair'"):
        _ = polidiff.compair


def test_each_public_name_says_what_it_does() -> None:
    assert [name for name in polidiff.__all__ if name[0] != "_" and not getattr(polidiff, name).__doc__] == []


def test_rooms_are_there_without_being_named() -> None:
    said = subprocess.check_output(
        [sys.executable, "-c", "import polidiff; print(polidiff.alignment.scores.__name__, polidiff.errors.__name__)"]
    )
    assert said.split() == [b"polidiff.alignment.scores", b"polidiff.errors"]


def test_the_import_is_quick_and_brings_no_numpy() -> None:
    code = "import sys, time; t = time.perf_counter(); import polidiff; t = time.perf_counter() - t; print(t); "
    code += "print(*sorted(set(sys.modules) & {'numpy', 'scipy', 'lxml', 'pandas', 'polidiff.api'}))"
    said = [subprocess.check_output([sys.executable, "-c", code]).splitlines() for _ in range(3)]
    assert min(float(taken) for taken, _ in said) < 0.15
    assert {heavy for _, heavy in said} == {b""}


def records(value: Any) -> Iterator[Any]:
    """Every record in a value, itself included."""
    if dataclasses.is_dataclass(value):
        yield value
        for field in dataclasses.fields(value):
            yield from records(getattr(value, field.name))
    elif isinstance(value, (tuple, list)):
        yield value
        for one in value:
            yield from records(one)


def test_every_record_shows_itself_in_three_hundred_characters(
    comparison: polidiff.Comparison, plans: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "news.md").write_text(ARTICLE)
    checked = polidiff.check(tmp_path / "news.md", plans, claims=True)
    changed = polidiff.diff(*plans)
    aligned = polidiff.align(*plans)
    seen = set()
    for one in (comparison, checked, changed, aligned, polidiff.load_codebook()):
        for record in records(one):
            if not isinstance(record, (tuple, list)):
                seen.add(type(record).__name__)
                assert len(repr(record)) <= 300, type(record)
    polidiff.write_report(comparison, tmp_path / "report")
    proof = polidiff.verify(tmp_path / "report")
    assert proof.ok
    assert len(repr(proof)) <= 300
    for many in (polidiff.split(plans[0]), polidiff.code(plans[0]), polidiff.outline(plans[0])):
        assert len(repr(many)) <= 300
    assert {"Comparison", "Document", "Alignment", "CodedDocument", "ArticleCheck", "VersionDiff"} <= seen
    assert "provisions=<2>" in repr(comparison)


def test_all_records_of_the_model_are_short() -> None:
    kinds = [getattr(model, name) for name in model.__all__]
    long = [kind.__name__ for kind in kinds if dataclasses.is_dataclass(kind) and kind.__repr__.__name__ != "_line"]
    assert long == []


def test_a_notebook_shows_tables_and_passages_and_no_markup_of_a_document(
    comparison: polidiff.Comparison, coded: list[polidiff.CodedDocument]
) -> None:
    page = comparison._repr_html_()
    assert "<th>finding</th>" in page
    assert "<td>research_development</td>" in page
    finding = next(one for one in comparison.findings if one.passages)
    passage = next(p for p in finding.passages if p.document == "ponds")
    shown = passage._repr_html_()
    assert "The Ministry &lt;b&gt;should&lt;/b&gt; dig pond" in shown
    assert f"{passage.start}:{passage.end}" in shown
    assert "… and 10 more" in coded[0]._repr_html_()
    for html in (
        page,
        shown,
        finding._repr_html_(),
        coded[0]._repr_html_(),
        polidiff.split(coded[0].document)._repr_html_(),
    ):
        assert "<script" not in html
        assert "<b>" not in html


def test_frames(comparison: polidiff.Comparison, coded: list[polidiff.CodedDocument], plans: tuple[Path, Path]) -> None:
    pytest.importorskip("pandas", reason="the extra “frames” is not installed")
    found = comparison.to_frame()
    assert list(found["theme"]) == [finding.theme for finding in comparison.findings]
    assert len(comparison.to_frame("provisions")) == 72
    pytest.importorskip("polars", reason="the extra “polars” is not installed")
    assert comparison.to_polars("passages").columns == list(comparison.to_frame("passages").columns)
    assert coded[1].to_polars().height == len(coded[1].codings)
    assert set(comparison.to_frame("passages")["document"]) <= {"ponds", "lakes"}
    assert len(comparison.to_frame("matches")) == len(comparison.matches)
    assert list(coded[1].to_frame()["strength"]) == [coding.strength.id for coding in coded[1].codings]
    assert (
        list(polidiff.code(plans[1]).to_frame()["provision"]) == ["a001", "i002"] or len(polidiff.code(plans[1])) == 2
    )
    matched = polidiff.align(*coded, top=1).to_frame()
    assert matched.iloc[0]["source_text"].startswith("The Ministry")


def test_without_pandas_one_line_says_what_to_do(
    comparison: polidiff.Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(polidiff.InputError, match=r"pandas is not installed; run: pip install 'polidiff\[frames\]'"):
        comparison.to_frame()


def test_what_is_coded_before_compares_the_same(
    comparison: polidiff.Comparison, coded: list[polidiff.CodedDocument], plans: tuple[Path, Path]
) -> None:
    assert polidiff.compare(*plans) == comparison
    assert polidiff.coded(coded[0]) is coded[0]
    with pytest.raises(polidiff.InputError, match="another codebook"):
        polidiff.compare(*coded, codebook="oecd-ai-principles")


def test_a_checker_is_held_ready(plans: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "news.md").write_text(ARTICLE)
    checker = polidiff.ClaimChecker(plans)
    assert repr(checker) == "ClaimChecker(ponds, lakes)"
    assert checker.check("The Agency must fund research on artificial intelligence.").verdict == "supported"
    assert checker.check("The Agency must fund research on AI.", document="ponds").document != "lakes"
    assert checker.check_quote("Boats are painted green.", document="lakes").verdict == "verbatim"
    assert checker.check_article(tmp_path / "news.md") == polidiff.check(tmp_path / "news.md", plans, claims=True)
    told = checker.check_article(tmp_path / "news.md")
    assert [row["verdict"] for row in told.rows()] == [one.verdict for one in (*told.verdicts, *told.claims)]
