"""What names the code that a result hangs on: it changes with that code, and with nothing else."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from polidiff import fingerprint as own

ROOT = Path(own.__file__).parent


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package without what weighs, as it would lie elsewhere."""
    place = tmp_path / "elsewhere" / "polidiff"
    shutil.copytree(ROOT, place, ignore=shutil.ignore_patterns("*.npz", "__pycache__", "web", "report"))
    return place


def _prints(place: Path) -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("elsewhere_fingerprint", place / "fingerprint.py")
    assert spec is not None
    assert spec.loader is not None
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made: Callable[[str], str] = module.fingerprint
    return {step: made(step) for step in own.ROOMS}


def test_it_changes_with_the_code_of_its_step_alone(copied: Path) -> None:
    before = _prints(copied)
    path = copied / "provisions" / "tree.py"
    path.write_text(path.read_text(encoding="utf-8") + "\nLIMIT = 1\n", encoding="utf-8")
    after = _prints(copied)
    assert {step for step in before if before[step] != after[step]} == {"split", "code", "compare"}


def test_it_is_the_same_from_a_checkout_with_other_line_ends_and_leftovers(copied: Path) -> None:
    before = _prints(copied)
    for path in (copied / "readers").rglob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (copied / "lang" / "__pycache__").mkdir()
    (copied / "lang" / "__pycache__" / "words.cpython-311.pyc").write_bytes(b"compiled")
    (copied / "coding" / ".DS_Store").write_bytes(b"leftover")
    assert _prints(copied) == before


def test_no_room_is_forgotten_through_which_a_step_runs() -> None:
    grimp = pytest.importorskip("grimp")
    graph = grimp.build_graph("polidiff", cache_dir=None)
    runs = {"read": "readers", "split": "provisions", "code": "coding", "encode": "encode", "align": "alignment"}
    for step, room in {**runs, "compare": "comparison"}.items():
        start = f"polidiff.{room}"
        inner = {start, *graph.find_descendants(start)}
        reached = inner.union(*(graph.find_upstream_modules(one) for one in inner))
        rooms = {one.split(".")[1] for one in reached if "." in one}
        assert rooms - set(own.CARRIERS) <= set(own.ROOMS[step]), step
