"""Every output names its schema and follows it, and the schemas in docs/schema are those of the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from evals.schemas import FOLDER, schemas
from jsonschema import Draft202012Validator

from polidiff import api
from polidiff.cli import run

OLD = """# The port plan

## 1 Quays

The ministry should dredge every harbour by 2027.

Ports may share their data with customs.
"""
NEW = """# The port plan

## 1 Quays

The ministry must dredge every harbour by 2026.

## 2 Data

Ports may share their data with customs.
"""
OTHER = """# The river plan

The agency shall dredge every river and open its data to researchers.
"""
ARTICLE = """Three plans

The port plan says that “the ministry should dredge each harbour by 2027”.
The river plan asks the agency to open its data to researchers.
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for name, text in (("old.md", OLD), ("new.md", NEW), ("other.md", OTHER), ("article.txt", ARTICLE)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "quotes.jsonl").write_text(
        json.dumps({"id": "q1", "quote": "dredge each harbour", "cited_document": "old"}), encoding="utf-8"
    )
    (folder / "claims.jsonl").write_text(
        json.dumps({"id": "c1", "claim": "The agency dredges rivers.", "document": "other"}), encoding="utf-8"
    )
    return folder


def follows(record: Any) -> str:
    """Check a record against the schema that it names; return its name."""
    kind, name, version = record["schema"].split("/")
    assert (kind, version) == ("polidiff", "2")
    held = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    faults = [f"{fault.json_path}: {fault.message}" for fault in Draft202012Validator(held).iter_errors(record)]
    assert not faults, faults[:3]
    return str(name)


def test_the_schemas_in_the_docs_are_those_of_the_code() -> None:
    made = schemas()
    assert {path.name for path in FOLDER.glob("*.json")} == set(made), "run: python -m evals.schemas"
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name} is stale; run: python -m evals.schemas"
        Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize(
    ("command", "names"),
    [
        ("read old.md", {"document"}),
        ("split old.md", {"provision"}),
        ("code old.md", {"coding"}),
        ("align old.md new.md", {"match"}),
        ("align old.md new.md other.md", {"match", "cluster"}),
        ("diff old.md new.md", {"change"}),
        ("check article.txt --against old.md --against other.md", {"quote", "claim"}),
        ("check --quotes quotes.jsonl --against old.md", {"quote"}),
        ("check --claims claims.jsonl --against other.md", {"claim"}),
    ],
)
def test_every_line_of_a_command_follows_the_schema_that_it_names(
    command: str,
    names: set[str],
    sources: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.chdir(sources)
    assert run([*command.split(), "--format", "jsonl"]) == 0
    lines = capsysbinary.readouterr().out.decode().splitlines()
    assert {follows(json.loads(line)) for line in lines} == names


def test_every_file_follows_the_schema_that_it_names(sources: Path, tmp_path: Path) -> None:
    old, new, other = (api.read(sources / f"{name}.md") for name in ("old", "new", "other"))
    checked = api.check(sources / "article.txt", [old, other], claims=True)
    api.write_report(api.compare(old, new, other), tmp_path, checked)
    api.write_check(checked, tmp_path)
    api.write_diff(api.diff(old, new), tmp_path)
    for name in ("comparison", "check", "diff"):
        assert follows(json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))) == name


@pytest.mark.slow
def test_the_demo_follows_its_schema(tmp_path: Path) -> None:
    api.demo(tmp_path)
    assert follows(json.loads((tmp_path / "comparison.json").read_text(encoding="utf-8"))) == "comparison"
