"""The commands on a workspace, as a person or a script uses them."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.workspace.plans import EAST, ENCODER, NORTH, SOUTH, made_workspace, write_plan

from polidiff import api
from polidiff.cli import run
from polidiff.cli.show import plural
from polidiff.workspace import Workspace

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def polidiff(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Runs a command in a folder with two plans and returns (status, output, errors); ``keys`` are piped in.

    The multilingual encoder alone is used: it loads quicker.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(api, "default_encoder", lambda: ENCODER)
    monkeypatch.delenv("POLIDIFF_BY", raising=False)
    write_plan(tmp_path, "north", NORTH)
    write_plan(tmp_path, "south", SOUTH)

    def command(line: str, *more: str, keys: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
        status = run([*line.split(), *more])
        said = capfd.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the two plans, compared."""
    folder = tmp_path_factory.mktemp("compared")
    with made_workspace(folder, "w") as work:
        work.compare()
    return folder / "w.polidiff"


@pytest.fixture
def begun(polidiff: Run, compared: Path, tmp_path: Path) -> Run:
    shutil.copy(compared, tmp_path / "w.polidiff")
    return polidiff


def queue(polidiff: Run, more: str = "", place: str = "w.polidiff") -> list[dict[str, Any]]:
    status, out, _ = polidiff(f"review {place} --by Ada --format jsonl {more}")
    assert status == 0
    return [json.loads(line) for line in out.splitlines()]


def test_from_init_to_a_report_with_decisions(polidiff: Run, tmp_path: Path) -> None:
    begun = polidiff
    assert begun("init w.polidiff --title Plans")[0] == 0
    assert begun("add w.polidiff north.md south.md")[0] == 0
    status, out, _ = begun("compare --workspace w.polidiff")
    assert status == 0
    assert "documents: 2 coded, 0 reused; pairs: 2 aligned, 0 reused" in out
    links = [row["link"] for row in queue(begun, "--only links")]
    keys = "a\nR\nanother subject\n2\nq\n"
    status, out, _ = begun("review w.polidiff --by Ada --only links", keys=keys)
    assert status == 0
    assert f"3 decisions written; {plural(len(links) - 3, 'proposal')} left" in out
    assert f"[4/{len(links)}]" in out
    status, out, _ = begun("compare --workspace w.polidiff -o report")
    assert status == 0
    assert "documents: 0 coded, 2 reused; pairs: 0 aligned, 2 reused" in out
    record = json.loads((tmp_path / "report" / "comparison.json").read_text(encoding="utf-8"))
    assert [row["decision"] for row in record["decisions"]] == ["accept", "reject", "relation"]
    assert [row["target"] for row in record["decisions"]] == links[:3]
    assert record["decisions"][1]["why"] == "another subject"
    held = {f"{row['source_document']}#{row['source']}--{row['document']}#{row['id']}" for row in record["crosswalk"]}
    assert links[0] in held
    assert links[1] not in held
    assert begun("verify report")[0] == 0


def test_codes_go_on_without_a_comparison(polidiff: Run, tmp_path: Path) -> None:
    polidiff("init w.polidiff")
    polidiff("add w.polidiff north.md")
    status, said, _ = polidiff("export w.polidiff --to qdpx")
    assert (status, Path(said.strip()).name) == (0, "w.qdpx")
    from polidiff.interchange.refi_in import read_refi

    project = read_refi(tmp_path / "w.qdpx")
    assert len(project.sources) == 1
    assert project.given
    status, said, _ = polidiff("export w.polidiff --to csv -o tables")
    assert status == 0
    assert "north" in (tmp_path / "tables" / "provisions.csv").read_text(encoding="utf-8-sig")
    status, _, why = polidiff("export w.polidiff --to docx")
    assert status == 2
    assert "compare --workspace w.polidiff" in why


def test_review_shows_both_passages_with_reasons_and_progress(begun: Run) -> None:
    rows = queue(begun, "--only links")
    first = rows[0]
    _, out, _ = begun("review w.polidiff --by Ada --only links", keys="q\n")
    for passage in first["passages"]:
        assert passage["text"] in out
    for reason in first["reasons"]:
        assert reason["text"] in out
    assert f"[1/{len(rows)}]" in out
    assert f"0 decisions written; {len(rows)} proposals left" in out


def test_review_undoes_and_goes_back_and_takes_notes(begun: Run) -> None:
    before = queue(begun)
    status, out, _ = begun("review w.polidiff --by Ada", keys="n\nsee page 4\na\nu\ns\nb\n?\nr\n")
    assert status == 0
    assert "note by Ada: see page 4" in out
    assert "undone: accept" in out
    assert "a accept · r reject" in out
    after = queue(begun)
    assert len(after) == len(before) - 1
    with Workspace.open("w.polidiff", encoder=ENCODER) as work:
        assert [row.verb for row in work.rows()] == ["note", "accept", "undo", "reject"]


def test_review_ends_where_the_keys_end_and_keeps_what_was_decided(begun: Run) -> None:
    status, out, _ = begun("review w.polidiff --by Ada", keys="a\na\n")
    assert status == 0
    assert "2 decisions written" in out
    assert len(queue(begun, "--all")) == len(queue(begun)) + 2


def test_a_blind_coder_sees_nothing_of_the_others_verdicts(begun: Run) -> None:
    begun("review w.polidiff --by Ada", keys="R\nAda's own reason\n")
    _, out, _ = begun("review w.polidiff --by Bob --blind", keys="a\n")
    assert "Ada" not in out
    _, out, _ = begun("review w.polidiff --by Bob --blind --format jsonl")
    assert "Ada" not in out
    status, out, _ = begun("status w.polidiff")
    assert status == 0
    assert "conflict: " in out
    assert "Ada and Bob: 0 of 1 the same (0%)" in out


def test_decide_is_for_scripts(begun: Run) -> None:
    name = queue(begun, "--only links")[0]["link"]
    status, out, _ = begun(f"decide w.polidiff {name} --relation subset_of --by Ada --format jsonl", "--why", "narrow")
    assert status == 0
    made = json.loads(out)
    assert (made["target"], made["decision"], made["value"]) == (name, "relation", "subset_of")
    assert begun(f"decide w.polidiff {name} --undo --by Ada")[0] == 0
    (row,) = [row for row in queue(begun, "--only links") if row["link"] == name]
    assert row["state"] == "open"


def test_decide_splits_before_words(begun: Run) -> None:
    place = next(row["passages"][0] for row in queue(begun) if "control exports" in row["passages"][0]["text"])
    name = f"{place['document']}#{place['provision']}"
    assert begun(f"decide w.polidiff {name} --by Ada --split-before", "exports of")[0] == 0
    assert any(row["passages"][0]["text"] == "exports of AI chips." for row in queue(begun))
    status, _, err = begun("decide w.polidiff north#a001 --by Ada --split-before", "no such words")
    assert status == 2
    assert "doesn't stand exactly once in north#a001" in err


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("decide w.polidiff north#a001--south#a001 --by Ada", "needs one decision"),
        ("decide w.polidiff north#a001--south#a001 --accept", "Missing option '--by'"),
        ("decide w.polidiff north#a001--south#a001 --relation same --by Ada", "same: is not a relation"),
        ("decide w.polidiff north#a999--south#a001 --accept --by Ada", "no such link, code, finding or provision"),
        ("decide w.polidiff north#a001 --accept --by Ada", "accept: can't be decided of a provision"),
        ("add w.polidiff none.pdf", "none.pdf: no such file"),
        ("add w.polidiff north.md south.md --id one", "1 --id for 2 documents"),
        ("init w.polidiff", "is a workspace already"),
        ("status none.polidiff", "there is no such workspace; make it with: polidiff init"),
        ("status north.md", "north.md: is not a polidiff workspace"),
        ("merge w.polidiff none.polidiff", "none.polidiff: there is no such workspace"),
        ("compare --workspace w.polidiff west -o out", "west: is no document of the workspace"),
        ("compare --workspace w.polidiff --id x -o out", "doesn't go with --workspace"),
        ("compare --workspace w.polidiff --article north.md", "name its folder with -o"),
        ("compare north.md south.md", "for example: -o report"),
        ("compare -o out", "Missing argument"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(begun: Run, line: str, message: str) -> None:
    status, out, err = begun(line)
    assert status == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert out == ""


def test_status_for_people_and_for_programs(begun: Run) -> None:
    begun("review w.polidiff --by Ada", keys="a\nr\n")
    _, out, _ = begun("status w.polidiff")
    assert out.startswith("North and South\n")
    assert "decisions: 1 accept, 1 reject (by Ada)" in out
    _, line, _ = begun("status w.polidiff --format jsonl")
    record = json.loads(line)
    assert record["decisions"] == {"accept": 1, "reject": 1}
    assert record["proposed"] - record["open"] == 2
    texts = {document["id"]: document["text_sha256"] for document in record["documents"]}
    assert texts["north"] == api.read("north.md").text_sha256
    assert texts["north"] in out


def test_a_newer_version_says_what_became_an_orphan_and_status_shows_its_words(begun: Run, tmp_path: Path) -> None:
    name = next(row["link"] for row in queue(begun, "--only links") if "north#a001" in row["link"])
    begun(f"decide w.polidiff {name} --reject --by Ada")
    write_plan(tmp_path, "north", [line.replace("fund a national", "close the national") for line in NORTH])
    status, out, _ = begun("add w.polidiff north.md")
    assert status == 0
    assert "north: changed" in out
    assert "1 decided place no longer found" in out
    _, out, _ = begun("status w.polidiff")
    assert "orphan: reject by Ada; link" in out
    assert "fund a national computing centre for AI research" in out
    assert "its words changed: decide again on north#" in out


def test_another_document_under_the_same_id_is_pointed_out(begun: Run, tmp_path: Path) -> None:
    write_plan(tmp_path, "north", EAST)
    status, out, err = begun("add w.polidiff north.md")
    assert status == 0
    assert "north: changed, 0 of 7 provisions stand as before" in out
    assert "if it is another document, add it under another --id" in err


def test_a_file_that_is_named_twice_is_added_once(begun: Run) -> None:
    status, out, _ = begun("add w.polidiff south.md south.md")
    assert status == 0
    assert out.count("south") == 1


def test_merge_shows_conflicts(begun: Run, tmp_path: Path) -> None:
    name = queue(begun, "--only links")[0]["link"]
    shutil.copy("w.polidiff", "bob.polidiff")
    begun(f"decide w.polidiff {name} --accept --by Ada")
    begun(f"decide bob.polidiff {name} --reject --by Bob", "--why", "another subject")
    status, out, _ = begun("merge w.polidiff bob.polidiff")
    assert status == 0
    assert "1 new decision, 0 new documents" in out
    assert f"conflict: {name}" in out
    assert "reject by Bob: another subject" in out


def test_neither_a_document_nor_a_note_steers_the_terminal(polidiff: Run, tmp_path: Path) -> None:
    row = {"id": "r1", "text": "The Ministry should build data centers \x1b[2J\x1b]0;x\x07 for AI research."}
    (tmp_path / "odd.jsonl").write_text(json.dumps(row) + "\n")
    polidiff("init w")
    assert polidiff("add w odd.jsonl south.md")[0] == 0
    name = next(row["code"] for row in queue(polidiff, "--only codes", "w") if "odd" in row["code"])
    polidiff(f"decide w {name} --note --by Eve", "--why", "\x1b[31mred")
    status, out, _ = polidiff("review w --by Ada", keys="s\n" * 20)
    assert status == 0
    assert "\x1b" not in out
    assert "for AI research" in out
    assert "note by Eve: [31mred" in out


def test_an_article_is_checked_against_the_documents_of_the_workspace(begun: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(
        'The northern plan says: "The Ministry of Energy should build power plants for data centers."\n'
    )
    assert begun("compare --workspace w.polidiff --article article.txt -o report")[0] == 0
    record = json.loads((tmp_path / "report" / "comparison.json").read_text(encoding="utf-8"))
    assert record["article"]["verdicts"][0]["verdict"] == "verbatim"
    assert record["decisions"] == []


def test_an_address_stands_wherever_a_workspace_does_and_its_password_nowhere(
    polidiff: Run, place: str, tmp_path: Path
) -> None:
    password = place.partition("@")[0].rpartition(":")[2]
    heard = []

    def quiet(line: str, *more: str, keys: str = "") -> str:
        status, out, err = polidiff(line, *more, keys=keys)
        heard.append(out + err)
        assert status == 0, err
        return out

    assert f"polidiff add postgresql://{place[13:].partition(':')[0]}@" in quiet(f"init {place} --title Plans")
    assert quiet(f"status {place}").startswith("Plans\n")
    quiet(f"add {place} north.md south.md")
    assert "documents: 2 coded, 0 reused" in quiet(f"compare --workspace {place}")
    name = queue(polidiff, "--only links", place)[0]["link"]
    quiet(f"decide {place} {name} --accept --by Ada")
    quiet(f"review {place} --by Bob", keys="r\nq\n")
    assert "decisions: 1 accept, 1 reject (by Ada, Bob)" in quiet(f"status {place}")
    quiet("init own.polidiff")
    assert "2 new decisions, 2 new documents" in quiet(f"merge own.polidiff {place}")
    assert "0 new decisions, 0 new documents" in quiet(f"merge {place} own.polidiff")
    assert "documents: 0 coded, 2 reused" in quiet(f"compare --workspace {place} -o report")
    heard += [path.read_text(encoding="utf-8") for path in (tmp_path / "report").rglob("*.json")]
    for line in (
        f"init {place}",
        f"decide {place} none --accept --by Ada",
        f"add {place} none.pdf",
        f"status {place}x",
    ):
        status, out, err = polidiff(line)
        assert status == 2
        heard.append(out + err)
    assert len(password) > 8
    assert not any(password in said for said in heard)


def test_the_review_says_when_another_decided_meanwhile(begun: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob decides while Ada looks: hers doesn't override his, and she is told."""
    with Workspace.open("w.polidiff", encoder=ENCODER) as work:
        first = queue(begun, "--only links")[0]["link"]

        class Slow(io.StringIO):
            def readline(self, *_: object) -> str:  # type: ignore[override]
                line = super().readline()
                if line == "a\n":
                    work.decide(first, "reject", by="Bob", when=datetime.now(UTC), why="too broad")
                return line

        monkeypatch.setattr(io, "StringIO", Slow)
        status, out, _ = begun("review w.polidiff --by Ada --only links", keys="a\nb\nr\nq\n")
    assert status == 0
    assert "at odds with: reject by Bob: too broad" in out
    assert out.count("at odds with") == 1
    assert "conflict" not in begun("status w.polidiff")[1]
