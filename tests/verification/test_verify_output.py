"""A true output passes; every change to one is caught and named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from made_output import NORTH, SOUTH, Made, sha

from polidiff.errors import InputError
from polidiff.verification import verify


def said(made: Made, **options: object) -> str:
    report = verify(made.save(), **options)  # type: ignore[arg-type]
    assert not report.ok
    return "\n".join(report.lines())


def test_a_true_output_passes_and_says_what_was_proved(made: Made) -> None:
    report = verify(made.save(), strict=True)
    assert report.ok, report.lines()
    counts = dict(report.checked)
    assert counts["text files whose hash holds"] == 3
    assert counts["sources whose hash holds"] == 3
    assert counts["passages shown on a page"] == 2
    assert counts["verdicts borne out by the words"] == 4
    assert counts["cues inside their passage"] == 1
    assert dict(report.shares) == {"north": 1.0, "south": 1.0}


def test_the_json_file_may_be_named_instead_of_its_folder(made: Made) -> None:
    assert verify(made.save() / "comparison.json").ok


def test_one_changed_character_is_named_with_its_place(made: Made) -> None:
    made.passage["text"] = made.passage["text"].replace("depth", "dopth")
    words = said(made)
    assert "comparison.json, findings[0].passages[0], document north" in words
    assert "dopth" in words
    assert "depth" in words


def test_a_shifted_span_is_caught_and_the_right_place_given(made: Made) -> None:
    at = made.passage["start"]
    made.passage["start"] += 1
    made.passage["end"] += 1
    made.passage["cues"] = []
    assert f"the words stand at {at}:" in said(made)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p.update(end=99999),
        lambda p: p.update(start=-1),
        lambda p: p.update(start=None),
        lambda p: p.update(start="3"),
        lambda p: p.update(start=True),
        lambda p: p.pop("end"),
        lambda p: p.update(document="nobody"),
        lambda p: (p.pop("start"), p.pop("end")),
        lambda p: p.update(cues=[[0, 4]]),
        lambda p: p.update(page=0),
        lambda p: p.update(page="3"),
    ],
)
def test_a_broken_passage_is_caught(made: Made, change: Callable[[dict[str, object]], object]) -> None:
    change(made.passage)
    assert "findings[0].passages[0]" in said(made)


def test_the_nearest_passage_of_an_absence_is_proved_too(made: Made) -> None:
    made.data["findings"][0]["absences"][0]["nearest"][0]["text"] = "鼓励各港口共享潮汐资料。"
    assert "absences[0].nearest[0], document south" in said(made)


def test_a_changed_text_file_is_caught_by_its_hash_and_its_words(made: Made) -> None:
    path = made.folder / "documents" / "south.txt"
    path.write_bytes(SOUTH.replace("春季", "秋季").encode())
    words = said(made)
    assert "documents/south.txt, document south: its SHA-256 is" in words
    assert "秋季" in words


def test_a_missing_text_file_is_caught(made: Made) -> None:
    (made.folder / "documents" / "south.txt").unlink()
    assert "documents/south.txt, document south: no such file" in said(made)


@pytest.mark.parametrize("name", ["../north.txt", "/etc/hostname", "documents\\north.txt"])
def test_a_text_file_outside_of_the_output_is_refused(made: Made, name: str) -> None:
    made.data["documents"][0]["text_file"] = name
    assert "leads out of the output's folder" in said(made)


def forge(made: Made, old: str, new: str) -> None:
    """Change a document's canonical text, its hash and every record that quotes it: a lie that agrees with itself."""
    text = NORTH.replace(old, new)
    (made.folder / "documents" / "north.txt").write_bytes(text.encode())
    made.data["documents"][0] |= {"text_sha256": sha(text.encode()), "media_type": "text/markdown"}
    made.data["article"]["verdicts"] = []
    p = made.passage
    p["text"] = p["text"].replace(old, new)
    p["start"] = text.index(p["text"])
    p["end"] = p["start"] + len(p["text"])
    p["cues"] = []
    made.page = made.html([p])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("should measure", "shall measure", "shall"),
        ("should measure", "should not measure", "not"),
        ("measure the depth of every", "measure every", "the source has"),
        ("by spring.", "by autumn.", "autumn"),
    ],
)
def test_a_lie_that_agrees_with_itself_is_caught_by_the_second_reader(
    made: Made, old: str, new: str, named: str
) -> None:
    forge(made, old, new)
    words = said(made)
    assert "differs from the source" in words
    assert named in words


def test_a_text_of_another_document_is_caught(made: Made) -> None:
    text = "Quite different sentences about forests, timber, sawmills and moss were printed here instead."
    (made.folder / "documents" / "north.txt").write_text(text, encoding="utf-8")
    made.data["documents"][0] |= {"text_sha256": sha(text.encode()), "media_type": "text/markdown"}
    made.data["findings"] = []
    made.data["article"]["verdicts"] = []
    made.page = ""
    assert "it is not this source's text" in said(made)


def test_a_plain_text_that_was_straightened_is_caught(made: Made) -> None:
    text = NORTH.replace("“", '"').replace("”", '"')
    (made.folder / "documents" / "north.txt").write_bytes(text.encode())
    made.data["documents"][0]["text_sha256"] = sha(text.encode())
    made.data["article"]["verdicts"] = []
    assert "its own canonical text, but the two differ" in said(made)


def test_a_source_with_another_hash_fails(made: Made) -> None:
    made.sources["south"].write_bytes((SOUTH + "\n").encode())
    words = said(made)
    assert "south.txt, document south: its SHA-256 is" in words
    assert "the output was made from" in words


def test_a_source_that_is_not_at_hand_is_reported_and_fails_only_when_strict(made: Made, tmp_path: Path) -> None:
    made.sources["south"].unlink()
    report = verify(made.save())
    assert report.ok
    assert any("document south: its source south.txt is not at hand" in line for line in report.unchecked)
    assert not verify(made.save(), strict=True).ok


def test_a_source_is_found_by_its_hash_among_the_files_given(made: Made, tmp_path: Path) -> None:
    elsewhere = tmp_path / "archive"
    elsewhere.mkdir()
    shutil.move(made.sources["south"], elsewhere / "renamed.text")
    assert verify(made.save(), [elsewhere / "renamed.text"], strict=True).ok
    assert verify(made.save(), [elsewhere], strict=True).ok


@pytest.mark.parametrize(
    ("index", "change", "named"),
    [
        (0, {"text": "The North says", "start": 12, "end": 26}, "called verbatim"),
        (0, {"matched_text": "the depth of every harbor"}, "does not cut matched_text"),
        (0, {"matched": [[0, 4]], "matched_start": 0, "matched_end": 4, "matched_text": "Plan"}, "called verbatim"),
        (0, {"matched_start": 3}, "not the ends of matched"),
        (0, {"matched": [], "matched_start": None, "matched_end": None}, "stand without a span"),
        (0, {"matched": [[0, 99999]], "matched_start": 0, "matched_end": 99999}, "outside of the document"),
        (0, {"document": "nobody"}, "not in this output"),
        (0, {"verdict": "altered"}, "to the letter"),
        (0, {"verdict": "misattributed", "cited_document": "north"}, "the very document cited"),
        (
            0,
            {"verdict": "not_found", "document": None, "cited_document": "north", "matched_text": None},
            "stands in it",
        ),
        (2, {"verdict": "verbatim"}, "called verbatim"),
        (2, {"matched": [[0, 4]], "matched_start": 0, "matched_end": 4, "matched_text": "Plan"}, "called typographic"),
        (3, {"matched": [[0, 4]], "matched_start": 0, "matched_end": 4, "matched_text": "Plan"}, "called trimmed"),
        (3, {"start": 0, "end": 5}, "does not cut the words given"),
        (
            3,
            {"edits": [{"kind": "replace", "quote": "x", "quote_span": [0, 1], "source": "", "source_span": [0, 0]}]},
            "quote_span",
        ),
    ],
)
def test_a_forged_verdict_is_caught(made: Made, index: int, change: dict[str, object], named: str) -> None:
    made.verdicts[index] |= change
    words = said(made)
    assert f"article.verdicts[{index}]" in words
    assert named in words


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<mark>depth</mark>", "<mark>width</mark>"),
        ("every harbour", "every  harbour"),
        ("harbour by", "harbour not by"),
        ('data-start="', 'data-start="1'),
        ('data-document="north"', 'data-document="east"'),
        ('data-end="', 'data-end="x'),
    ],
)
def test_a_page_that_shows_other_words_is_caught(made: Made, old: str, new: str) -> None:
    assert old in made.page
    made.page = made.page.replace(old, new, 1)
    assert "index.html, line 2" in said(made)


def workbook(made: Made, words: str) -> None:
    import openpyxl

    p = made.passage
    book = openpyxl.Workbook()
    book.active.append(["Theme", "Document A", "Words A", "Place A"])
    book.active.append(["harbours", "North", words, f"{p['start']}-{p['end']}"])
    book.save(made.folder / "comparison.xlsx")


def test_a_workbook_is_proved_row_by_row(made: Made) -> None:
    workbook(made, made.passage["text"])
    report = verify(made.save())
    assert report.ok, report.lines()
    assert dict(report.checked)["rows of a workbook"] == 1
    workbook(made, made.passage["text"].replace("should", "shall"))
    assert "comparison.xlsx, sheet Sheet, row 2: " in said(made)


def test_a_page_without_any_words_to_prove_is_caught(made: Made) -> None:
    made.page = "<!doctype html><p>Trust us.</p>"
    assert "shows no passage that can be proved" in said(made)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"documents": 3}', "[" * 5000, "\ud800"])
def test_an_output_that_is_none_ends_in_one_clear_line(made: Made, content: str) -> None:
    (made.folder / "comparison.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError, match=r"comparison\.json") as caught:
        verify(made.folder)
    assert "\n" not in str(caught.value)


def test_a_folder_without_a_comparison_and_a_missing_path_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none of comparison\.json"):
        verify(tmp_path)
    with pytest.raises(InputError, match="no such file"):
        verify(tmp_path / "absent")


def test_json_lines_are_proved_against_the_documents_given(made: Made, tmp_path: Path) -> None:
    lines = tmp_path / "provisions.jsonl"
    good = {**made.passage, "id": "p1", "page_start": None}
    lines.write_text(json.dumps(good) + "\n" + json.dumps(made.verdicts[2]) + "\n", encoding="utf-8")
    report = verify(lines, [made.sources["north"]])
    assert report.ok, report.lines()
    assert dict(report.checked)["passages cut by their span"] == 1
    bad = {**good, "start": good["start"] + 2, "end": good["end"] + 2}
    lines.write_text(json.dumps(good) + "\n" + json.dumps(bad) + "\n", encoding="utf-8")
    report = verify(lines, [made.sources["north"]])
    assert "provisions.jsonl, line 2, document north" in "\n".join(report.lines())


def test_a_record_of_read_is_proved_against_its_source(made: Made, tmp_path: Path) -> None:
    raw = NORTH.encode()
    record = {"document": "north", "text": NORTH, "sha256": sha(raw), "media_type": "text/plain", "notes": []}
    lines = tmp_path / "read.json"
    lines.write_text(json.dumps(record), encoding="utf-8")
    report = verify(lines, [made.sources["north"]])
    assert report.ok, report.lines()
    assert dict(report.shares) == {"north": 1.0}
    record["text"] = NORTH.replace("40", "45")
    lines.write_text(json.dumps(record), encoding="utf-8")
    assert "45" in "\n".join(verify(lines, [made.sources["north"]]).lines())


def test_json_lines_about_a_document_that_is_not_given_are_not_checked(made: Made, tmp_path: Path) -> None:
    lines = tmp_path / "provisions.jsonl"
    lines.write_text(json.dumps(made.passage) + "\n", encoding="utf-8")
    report = verify(lines, [made.sources["south"]])
    assert "no source is given for document north" in report.unchecked[0]
    assert not report.ok
    assert report.lines()[-1] == "nothing was proved: give the report folder, or the file with --source"
    both = [made.passage, {**made.passage, "document": "far"}]
    lines.write_text("".join(json.dumps(record) + "\n" for record in both), encoding="utf-8")
    assert verify(lines, [made.sources["north"]]).ok
    assert not verify(lines, [made.sources["north"]], strict=True).ok


ODD = [
    None,
    True,
    -1,
    3,
    10**12,
    1.5,
    "",
    "x",
    "\ud800",
    [],
    [1],
    [[1]],
    [1, 2],
    [[1, "a"]],
    {},
    {"text": "x", "start": 0, "end": 1},
]


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


def test_odd_values_anywhere_end_in_a_report_and_never_in_a_traceback(made: Made) -> None:
    """Every value of the output is replaced by something odd, one at a time."""
    whole = json.dumps(made.data)
    for number, path in enumerate(places(made.data)):
        data = json.loads(whole)
        *above, last = path
        inside = data
        for key in above:
            inside = inside[key]
        for odd in ODD[number % 3 :: 3]:
            inside[last] = odd
            (made.folder / "comparison.json").write_text(json.dumps(data), encoding="utf-8")
            if path == ("documents",) and not isinstance(odd, list):
                with pytest.raises(InputError):
                    verify(made.folder)
            else:
                verify(made.folder)


def test_the_documents_words_in_a_reason_are_proved_too(made: Made) -> None:
    start = NORTH.index("Ports must not")
    end = NORTH.index("\n“Open water”")
    words = NORTH[start:end]
    reason = {"code": "context.denied", "parameters": {"document": "north", "span": [start, end], "words": words}}
    made.data["article"]["verdicts"][0]["cautions"] = [reason]
    report = verify(made.save(), strict=True)
    assert report.ok, report.lines()
    assert dict(report.checked)["words in reasons cut by their span"] == 1
    reason["parameters"]["words"] = words.replace("not", "now")  # type: ignore[index, call-overload]
    assert "cautions[0].parameters, document north" in said(made)
