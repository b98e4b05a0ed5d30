"""One record of settings, and one module that starts processes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import polidiff
from polidiff.processes import end, run_program, start_python
from polidiff.settings import settings

SOURCE = Path(polidiff.__file__).parent


def test_variables_are_read_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLIDIFF_READ_SECONDS", "twelve")
    monkeypatch.setenv("POLIDIFF_OCR", "0")
    monkeypatch.setenv("POLIDIFF_INPROCESS", "1")
    said = settings()
    assert (said.read_seconds, said.ocr, said.in_process) == (0.0, "", True)
    reads = re.compile(r"environ(?:\.get\(|\[)\s*[\"']POLIDIFF_\w+[\"'][^=]*$", re.MULTILINE)
    elsewhere = [path.name for path in SOURCE.rglob("*.py") if reads.search(path.read_text(encoding="utf-8"))]
    assert [name for name in elsewhere if name not in ("settings.py", "documents.py")] == []


def test_processes_are_started_in_one_place() -> None:
    starts = [p.name for p in SOURCE.rglob("*.py") if re.search(r"subprocess\.(?:run|Popen)\(", p.read_text("utf-8"))]
    assert starts == ["processes.py"]


def test_a_child_is_ended_with_what_it_started() -> None:
    child = start_python("import sys, time; print('here', flush=True); time.sleep(600)")
    assert child.stdout is not None
    assert child.stdout.readline().strip() == b"here"
    end(child)
    assert child.wait(20) != 0


def test_a_program_gets_its_input_and_its_variables() -> None:
    done = run_program(["sh", "-c", 'printf "%s " "$COLOUR"; cat'], seconds=20, data=b"paint", more={"COLOUR": "green"})
    assert done.stdout == b"green paint"
