"""An exported file alone is refused with the way to prove it; a proof says what it doesn't prove."""

from __future__ import annotations

from pathlib import Path

import pytest

from polidiff.cli import run

PLAN = "# Plan of the {}\n\n## Chips\n\n- Fund research on semiconductors in the {}.\n"


@pytest.mark.parametrize("name", ["alone.docx", "alone.html", "alone.pdf", "alone.xlsx"])
def test_a_file_alone_needs_its_folder(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04\xff")
    assert run(["verify", str(tmp_path / name)]) != 0
    said = capsys.readouterr().err
    assert name in said
    assert "give the report's folder" in said
    assert len(said.strip().splitlines()) == 1


def test_a_proof_says_what_it_leaves_unproved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("north", "south"):
        (tmp_path / f"{name}.md").write_text(PLAN.format(name, name), encoding="utf-8")
    out = tmp_path / "out"
    assert run(["compare", str(tmp_path / "north.md"), str(tmp_path / "south.md"), "-o", str(out)]) == 0
    assert run(["verify", str(out)]) == 0
    assert "judged rightly is not proved" in capsys.readouterr().out
