"""Findings: what is shared, where two plans part, and what only one of them says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.made import made_document, made_provisions

from polidiff.alignment import CodedDocument, make_side
from polidiff.comparison import compare
from polidiff.encode import MultilingualEncoder
from polidiff.errors import InputError
from polidiff.model import Code, Codebook, Coding, Comparison, Finding, Position, Span, Theme
from polidiff.model.outputs import comparison_file


def theme(name: str, **more: object) -> Theme:
    return Theme(name, "h", name.title(), name, f"Rules on {name}.", "", "", (name,), (name,), **more)  # type: ignore[arg-type]


BOOK = Codebook(
    "made",
    "1",
    "A made codebook",
    (("h", "Head", "组"),),
    (
        theme("chips"),
        theme("skills"),
        theme(
            "rules",
            axis="position",
            positions=(Position("loosen", "fewer rules", "放宽", ()), Position("tighten", "more rules", "收紧", ())),
        ),
        theme("forums", axis="posture"),
        theme("safety"),
        theme("incidents", parent="safety"),
        theme("fish"),
    ),
)

A = (
    "Build chip plants at home.",
    "Teach skills for machine learning in schools.",
    "Repeal rules on models.",
    "Beat rivals in international forums.",
    "Report incidents with models to a new office.",
)
B = (
    "Skills for machine learning are taught to all pupils in schools.",
    "Tighten rules on models.",
    "Work jointly with all in international forums.",
    "Test the safety of every model.",
)


def coded(name: str, lines: Sequence[str], themes: Mapping[int, Sequence[str]], **extra: object) -> CodedDocument:
    document = made_document(name, lines)
    provisions = made_provisions(document)
    codings = []
    for number, provision in enumerate(provisions):
        codes = tuple(Code(t, 0.8, (Span(provision.start, provision.start + 4),)) for t in themes.get(number, ()))
        more = {key: value[number] for key, value in extra.items() if number in value}  # type: ignore[operator,index]
        codings.append(Coding(name, provision.id, themes=codes, kind=Code("commitment", 0.9), **more))
    return make_side(document, provisions, codings)


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    a = coded(
        "a",
        A,
        {0: ["chips"], 1: ["skills"], 2: ["rules"], 3: ["forums"], 4: ["incidents", "safety"]},
        positions={2: (Code("rules:loosen", 1.0),)},
        posture={3: Code("competition", 0.9)},
    )
    b = coded(
        "b",
        B,
        {0: ["skills"], 1: ["rules"], 2: ["forums"], 3: ["safety"]},
        positions={1: (Code("rules:tighten", 1.0),)},
        posture={2: Code("cooperation", 0.9)},
    )
    return compare([a, b], BOOK, MultilingualEncoder())


def by_theme(comparison: Comparison) -> dict[str, Finding]:
    return {finding.theme: finding for finding in comparison.findings}


def test_what_both_say_is_shared_and_stands_across(comparison: Comparison) -> None:
    finding = by_theme(comparison)["skills"]
    assert finding.finding == "shared"
    assert finding.pairs[0][:4] == ("a", "a-2", "b", "b-1")


def test_opposite_positions_and_postures_part_the_plans(comparison: Comparison) -> None:
    found = by_theme(comparison)
    assert found["rules"].finding == "divergent"
    assert dict(found["rules"].differs[0].values) == {"a": "fewer rules", "b": "more rules"}
    assert found["forums"].finding == "divergent"
    assert any("competing" in reason.text for reason in found["forums"].reasons)


def test_only_one_speaks_and_the_search_of_the_other_is_shown(comparison: Comparison) -> None:
    finding = by_theme(comparison)["chips"]
    assert finding.finding == "only"
    assert finding.documents == ("a",)
    assert {passage.document for passage in finding.passages} == {"a"}
    (absence,) = finding.absences
    assert absence.document == "b"
    assert absence.searched == len(B)
    assert absence.nearest
    assert [reason.code for reason in absence.reasons] == ["absence.searched", "absence.no_words"]


def test_words_that_stand_in_the_silent_document_are_shown_and_not_hidden() -> None:
    a = coded("a", ["Catch fish with robots."], {0: ["fish"]})
    b = coded("b", ["Chips for all.", "A school of fish is no school.", "More chips."], {})
    comparison = compare([a, b], BOOK, MultilingualEncoder())
    assert not comparison.findings, "a word of the theme stands there, so it is not said to be alone"
    finding = next(one for one in comparison.matters if one.theme == "fish" and one.absences)
    assert finding.finding == "undecided"
    (absence,) = finding.absences
    assert absence.nearest[0].provision == "b-2"
    assert [b.document.cut(cue) for cue in absence.nearest[0].cues] == ["fish"]
    assert "1 of them holds one of the theme’s words" in absence.reasons[1].text


def test_a_narrower_theme_answers_for_the_broader_one(comparison: Comparison) -> None:
    found = by_theme(comparison)
    assert found["safety"].finding == "shared"
    narrow = [one for one in (*comparison.findings, *comparison.matters) if one.theme == "incidents" and not one.matter]
    assert all(one.documents == ("a",) for one in narrow)


def test_a_theme_that_nobody_speaks_to_is_not_listed(comparison: Comparison) -> None:
    assert "fish" not in by_theme(comparison)


def test_no_words_without_a_span(comparison: Comparison) -> None:
    texts = {document.id: document.text for document in comparison.documents}
    for finding in comparison_file(comparison)["findings"]:
        for passage in [*finding["passages"], *(p for a in finding["absences"] for p in a["nearest"])]:
            assert passage["text"] == texts[passage["document"]][passage["start"] : passage["end"]]


def test_the_same_twice(comparison: Comparison) -> None:
    sides = [
        make_side(document, provisions, codings)
        for document, provisions, codings in zip(
            comparison.documents, comparison.provisions, comparison.codings, strict=True
        )
    ]
    assert comparison_file(compare(sides, BOOK, MultilingualEncoder())) == comparison_file(comparison)


def test_one_pair_never_stands_under_two_verdicts() -> None:
    a = coded("a", ["Repeal rules on skills.", "Skills for all."], {0: ["rules", "skills"], 1: ["skills"]},
              positions={0: (Code("rules:loosen", 1.0),)})  # fmt: skip
    b = coded("b", ["Tighten rules on skills.", "Teach skills."], {0: ["rules", "skills"], 1: ["skills"]},
              positions={0: (Code("rules:tighten", 1.0),)})  # fmt: skip
    seen: dict[tuple[str, str], set[str]] = {}
    for finding in compare([a, b], BOOK, MultilingualEncoder()).findings:
        left = [p.provision for p in finding.passages if p.document == "a"]
        right = [p.provision for p in finding.passages if p.document == "b"]
        for x in left:
            for y in right:
                seen.setdefault((x, y), set()).add(finding.finding)
    assert all(len(verdicts) == 1 for verdicts in seen.values())


def test_two_documents_of_one_name_are_refused() -> None:
    twin = coded("a", A, {})
    with pytest.raises(InputError, match="set another with --id"):
        compare([twin, twin], BOOK, MultilingualEncoder())


def test_plans_that_would_limit_and_promote_one_thing_share_nothing() -> None:
    a = coded("a", ["Restrict the export of chips."], {0: ["chips"]}, direction={0: Code("limit", 0.8)})
    b = coded("b", ["Promote the export of chips."], {0: ["chips"]}, direction={0: Code("promote", 0.8)})
    compared = compare([a, b], BOOK, MultilingualEncoder())
    every = (*compared.findings, *compared.matters)
    assert {one.finding for one in every} == {"undecided"}
    assert any("different ways" in reason.text for one in every for reason in one.reasons)


def test_a_theme_is_not_shared_where_it_may_well_be_mistaken_on_both_sides() -> None:
    sides = [coded(name, ["Build a plant for chips."], {0: ["chips"]}) for name in ("a", "b")]
    weak = [
        make_side(side.document, side.provisions, [replace(side.codings[0], themes=(Code("chips", 0.6),))])
        for side in sides
    ]
    sure, unsure = (compare(some, BOOK, MultilingualEncoder()) for some in (sides, weak))
    assert by_theme(sure)["chips"].finding == "shared"
    assert "chips" not in by_theme(unsure) or by_theme(unsure)["chips"].finding == "undecided"


def test_what_both_say_names_the_time_limits_in_which_they_differ() -> None:
    a = coded("a", ["Operators report incidents with models within 72 hours."], {0: ["safety"]})
    b = coded("b", ["Operators report incidents with models within 24 hours."], {0: ["safety"]})
    finding = by_theme(compare([a, b], BOOK, MultilingualEncoder()))["safety"]
    (limit,) = [one for one in finding.differs if one.kind == "deadline"]
    assert dict(limit.values) == {"a": "72 hours", "b": "24 hours"}


def test_a_theme_that_no_passage_is_likely_on_stands_in_no_document_alone() -> None:
    a = coded("a", ["Catch herring with robots.", "Sell herring to schools."], {})
    codes = (Code("fish", 0.45),)
    a = make_side(a.document, a.provisions, [replace(one, themes=codes) for one in a.codings])
    b = coded("b", ["Chips for all.", "More chips."], {})
    assert "fish" not in {one.theme for one in compare([a, b], BOOK, MultilingualEncoder()).findings}
