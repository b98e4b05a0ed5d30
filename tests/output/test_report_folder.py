"""A report's folder: its files are made of its record, a manifest names them, and none is lost to another report."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from polidiff import api, bundle
from polidiff.errors import OutputError
from polidiff.interchange.opened import open_report

NORTH = """# Plan of the North

## Harbours

- The Ministry of Harbours shall measure the depth of every harbour by spring.[^1]
- Ports must not charge small boats more than 40 crowns a night.

[^1]: Depths are told in metres.
"""
SOUTH = """# Plan of the South

## Ports

- The Port Office should measure the depth of each port every year.
- The Port Office will fund lights on all piers with 3 million crowns.
"""
ARTICLE = "The North's plan says that ports “must not charge small boats more than 40 crowns a night.”\n"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    for name, text in (("north.md", NORTH), ("south.md", SOUTH), ("west.md", SOUTH.replace("South", "West"))):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def report(sources: Path, folder: Path, *names: str, article: bool = False, force: bool = False) -> tuple[Path, ...]:
    documents = [api.read(sources / name) for name in names]
    check = api.check(sources / "article.txt", documents) if article else None
    return api.write_report(api.compare(*documents), folder, check, force=force)


def test_a_report_that_is_read_back_gives_every_file_again_to_the_byte(sources: Path, tmp_path: Path) -> None:
    files = report(sources, tmp_path / "r", "north.md", "south.md", article=True)
    made = bundle.made_again(open_report(tmp_path / "r"))
    on_disk = {path.relative_to(tmp_path / "r").as_posix(): path.read_bytes() for path in files}
    assert "Depths are told in metres." in on_disk["index.html"].decode()
    assert made.files == {name: data for name, data in on_disk.items() if name != "manifest.json"}


def test_the_manifest_names_every_file_and_source_with_its_hash(sources: Path, tmp_path: Path) -> None:
    files = report(sources, tmp_path / "r", "north.md", "south.md")
    held = json.loads((tmp_path / "r" / "manifest.json").read_bytes())
    assert held["_type"] == "https://in-toto.io/Statement/v1"
    named = {row["name"]: row["digest"]["sha256"] for row in held["subject"]}
    assert named == {
        path.relative_to(tmp_path / "r").as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.name != "manifest.json"
    }
    made = held["predicate"]["outputs"]["comparison.json"]
    digest = hashlib.sha256((sources / "north.md").read_bytes()).hexdigest()
    assert made["sources"][0]["sha256"] == digest
    assert made["codebook"]["id"] in {"ai-plans", "general-policy"}
    assert made["version"] == made["settings"]["polidiff"]


def test_a_report_of_other_documents_is_refused_or_kept_beside(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    report(sources, folder, "north.md", "south.md")
    old = (folder / "comparison.json").read_bytes()
    with pytest.raises(OutputError, match=r"other documents \(north, south\).*--force.*r\.1"):
        report(sources, folder, "north.md", "west.md")
    assert (folder / "comparison.json").read_bytes() == old
    report(sources, folder, "north.md", "west.md", force=True)
    assert (tmp_path / "r.1" / "comparison.json").read_bytes() == old
    assert b"Plan of the West" in (folder / "comparison.json").read_bytes()


def test_a_report_of_the_same_documents_is_written_anew_and_leaves_no_stale_file(sources: Path, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    report(sources, folder, "north.md", "south.md", article=True)
    with pytest.raises(OutputError, match="article"):
        report(sources, folder, "north.md", "south.md")
    documents = [api.read(sources / name) for name in ("north.md", "south.md")]
    api.write_check(api.check(sources / "article.txt", documents), tmp_path / "c")
    (sources / "article.txt").write_text("Nothing of it.\n", encoding="utf-8")
    api.write_check(api.check(sources / "article.txt", documents), tmp_path / "c")
    assert (tmp_path / "c" / "documents" / "article.txt").read_text() == "Nothing of it.\n"
    report(sources, tmp_path / "two", "north.md", "south.md")
    stale = tmp_path / "two" / "figures" / "themes.svg"
    held = bundle.made_again(open_report(tmp_path / "two"))
    held.files.pop("figures/themes.svg", None)
    bundle.write(held, tmp_path / "two")
    assert not stale.exists()
