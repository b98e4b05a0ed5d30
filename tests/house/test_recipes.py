"""The recipes of the docs, each tried as it is written."""

from __future__ import annotations

import json
import re
import shutil
import sys
import types
from pathlib import Path
from typing import Any

import pytest
from tests.workspace.plans import NORTH, SOUTH

import polidiff
from polidiff import export as exporting
from polidiff.judges.protocol import AskedPassage, FolderJudge, ask, item_of
from polidiff.readers import registry
from polidiff.wording import catalogue

RECIPES = Path(__file__).resolve().parents[2] / "docs" / "recipes"


def blocks(name: str, language: str = "python") -> list[str]:
    """The code of a recipe, block by block."""
    return re.findall(rf"```{language}\n(.*?)```", (RECIPES / f"{name}.md").read_text(encoding="utf-8"), re.DOTALL)


def as_module(name: str, code: str, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """Put a recipe's module where it says that it goes."""
    made = types.ModuleType(name)
    monkeypatch.setitem(sys.modules, name, made)
    exec(compile(code, name, "exec"), made.__dict__)
    return made


def test_a_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, line = blocks("format")
    as_module("polidiff.readers.org", module, monkeypatch)
    monkeypatch.setattr(registry, "TEXT_FORMATS", dict(registry.TEXT_FORMATS))
    exec(compile(line, "registry", "exec"), {"TEXT_FORMATS": registry.TEXT_FORMATS})
    (tmp_path / "plan.org").write_text(
        "* Harbours\nShips need depth.\n** Works\n- Dredge the basin.\n- Mend the quay.\n"
    )
    document = polidiff.read(tmp_path / "plan.org")
    assert (document.title, document.media_type) == ("Harbours", "text/org")
    assert [heading.title for heading in polidiff.outline(document)][-1:] == ["Works"]
    assert [one.text for one in polidiff.split(document)][-2:] == ["Dredge the basin.", "Mend the quay."]


def test_a_codebook(tmp_path: Path) -> None:
    (shown,) = blocks("codebook", "toml")
    (tmp_path / "harbours.toml").write_text(shown)
    (tmp_path / "plan.md").write_text("# Plan\n\n- Dredge the basin.\n- Train more pilots.\n- Plant trees.\n")
    coded = polidiff.code(tmp_path / "plan.md", codebook=tmp_path / "harbours.toml")
    assert [[theme.id for theme in one.themes] for one in coded] == [["dredging"], ["pilots"], []]


def test_an_exporter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, line = blocks("exporter")
    as_module("polidiff.interchange.wiki", module, monkeypatch)
    room: dict[str, Any] = dict(exporting.__dict__)
    exec(compile(line, "export", "exec"), room)
    monkeypatch.setitem(exporting.FORMATS, "wiki", room["_wiki"])
    for name, lines in (("a", NORTH), ("b", SOUTH)):
        (tmp_path / f"{name}.md").write_text("\n\n".join(lines), encoding="utf-8")
    polidiff.write_report(polidiff.compare(tmp_path / "a.md", tmp_path / "b.md"), tmp_path / "report")
    (made,) = exporting.export(tmp_path / "report", "wiki")
    assert "- **Computing infrastructure**" in made.read_text()
    assert (
        "“The Ministry of Industry should fund a national computing centre for AI research with a supercomputer.”"
        in made.read_text()
    )


def test_a_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Path(catalogue.__file__).parent
    for name, source in (("en", "en"), ("fr", "en")):
        shutil.copytree(words / source, tmp_path / name)
    page = tmp_path / "fr" / "page.toml"
    page.write_text(
        re.sub(r'("?page\.number"? = )".*"', r'\1"p. {number} du fichier"', page.read_text(encoding="utf-8"))
    )
    monkeypatch.setattr(catalogue, "files", lambda _: tmp_path)
    catalogue.catalogue.cache_clear()
    catalogue.phrase.cache_clear()
    try:
        assert catalogue.say("page.number", "fr", number=3) == "p. 3 du fichier"  # type: ignore[arg-type]
        assert "3" in catalogue.say("page.number", "en", number=3)
    finally:
        catalogue.catalogue.cache_clear()
        catalogue.phrase.cache_clear()


def test_a_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = blocks("judge")
    plain = as_module("plain", program, monkeypatch)
    north, south = "The Ministry will repeal the licence.", "Every boat shall carry a licence."
    item = item_of(
        "finding",
        [AskedPassage("north", 0, len(north), north), AskedPassage("south", 0, len(south), south)],
        {"source": "north"},
    )
    judge = FolderJudge(tmp_path)
    assert ask(judge, [item]).agreed(item.id) is None
    plain.main(str(tmp_path))
    assert json.loads((tmp_path / "answers.jsonl").read_text().splitlines()[0])["model"] == "plain-1"
    agreed = ask(judge, [item]).agreed(item.id)
    assert agreed is not None
    (statement,), model = agreed
    assert (statement.label, model) == ("opposed", "plain-1")
