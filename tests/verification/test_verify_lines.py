"""JSON Lines beside the documents' own files: words are proved, places are not, and nothing proved is no success."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polidiff.cli import main
from polidiff.verification import verify

CANONICAL = """Harbour rules

Every port should measure the depth of its basin by spring.
Boats under ten metres pay no more than 40 crowns a night.
"""
FIRST = "Every port should measure the depth of its basin by spring."
SECOND = "Boats under ten metres pay no more than 40 crowns a night."
SOURCES = {
    "rules.md": """---
issued: today
---
# Harbour rules

- **Every port** should measure the [depth](http://a.example/d) of its basin by spring.
- Boats under _ten metres_ pay no more than 40 crowns a night.
""",
    "rules.html": """<!doctype html><html><head><title>t</title></head><body><nav>Menu</nav><h1>Harbour rules</h1>
<p>Every port should measure the <a href="d">depth</a> of its&nbsp;basin by spring.</p>
<p>Boats under ten metres pay no more than 40 crowns a night.</p></body></html>""",
}


def provision(words: str, **more: object) -> dict[str, object]:
    start = CANONICAL.index(words)
    return {"document": "rules", "id": "p1", "text": words, "start": start, "end": start + len(words)} | more


def cited(quote: str, words: str) -> dict[str, object]:
    start = CANONICAL.index(words)
    spans = [[start, start + len(words)]]
    record: dict[str, object] = {"id": "q1", "kind": "quote", "text": quote, "start": 0, "end": len(quote)}
    record |= {"document": "rules", "page": None, "verdict": "verbatim", "edits": [], "reasons": []}
    return record | {"matched": spans, "matched_start": start, "matched_end": spans[0][1], "matched_text": words}


def write(folder: Path, name: str, *records: dict[str, object]) -> tuple[Path, Path]:
    source = folder / name
    source.write_text(SOURCES[name], encoding="utf-8")
    lines = folder / "lines.jsonl"
    lines.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return lines, source


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_true_words_are_proved_in_the_source_and_their_places_are_counted_as_open(tmp_path: Path, name: str) -> None:
    lines, source = write(tmp_path, name, provision(FIRST), provision(SECOND), cited("ten metres", "ten metres"))
    report = verify(lines, [source])
    assert report.ok, report.lines()
    assert dict(report.checked)["passages found in their source"] == 3
    assert report.places == 3
    assert "give the report folder" in "\n".join(report.lines())
    assert not verify(lines, [source], strict=True).ok


@pytest.mark.parametrize("name", sorted(SOURCES))
@pytest.mark.parametrize(
    "record",
    [
        provision(FIRST) | {"text": FIRST.replace("should", "needn't")[: len(FIRST)]},
        provision(SECOND) | {"text": SECOND.replace("40", "45")},
        provision(SECOND) | {"text": SECOND + " Not so."},
        cited("40 crowns", "40 crowns") | {"text": "45 crowns", "matched_text": "45 crowns"},
        cited("40 crowns", "40 crowns") | {"text": "45 crowns"},
        cited("40 crowns", "40 crowns") | {"matched_text": ""},
    ],
)
def test_a_changed_word_is_a_problem(tmp_path: Path, name: str, record: dict[str, object]) -> None:
    lines, source = write(tmp_path, name, provision(FIRST), record)
    report = verify(lines, [source])
    assert not report.ok
    assert "line 2" in "\n".join(str(problem) for problem in report.problems)


def test_the_pieces_of_a_trimmed_quotation_are_proved_one_by_one(tmp_path: Path) -> None:
    record = cited("Every port … no more than 40 crowns", "Every port") | {"verdict": "trimmed"}
    pieces = ["Every port", "no more than 40 crowns"]
    spans = [[CANONICAL.index(p), CANONICAL.index(p) + len(p)] for p in pieces]
    record |= {"matched": spans, "matched_end": spans[1][1], "matched_text": " … ".join(pieces)}
    lines, source = write(tmp_path, "rules.md", record)
    assert verify(lines, [source]).ok, verify(lines, [source]).lines()


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and the words of a command."""
    try:
        main(arguments)
    except SystemExit as stop:
        return int(stop.code or 0), capsys.readouterr().out
    return 0, capsys.readouterr().out


def test_nothing_proved_is_a_failure_with_the_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines, source = write(tmp_path, "rules.html", provision(FIRST))
    code, out = said(capsys, "verify", str(lines))
    assert code == 1
    assert "nothing was proved: give the report folder, or the file with --source" in out
    code, out = said(capsys, "verify", str(lines), "--source", str(source))
    assert code == 0
    assert "words proved in the source; their places need the report folder" in out


def test_a_document_that_is_not_given_is_told_in_one_line(tmp_path: Path) -> None:
    others = [provision(FIRST) | {"document": "far"} for _ in range(30)]
    lines, source = write(tmp_path, "rules.md", provision(FIRST), *others)
    report = verify(lines, [source])
    assert report.ok
    assert report.unchecked == ("lines.jsonl, line 2 (and 29 more places): no source is given for document far",)
