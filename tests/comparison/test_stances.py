"""Where documents stand on a theme, over all their commitments, and how far chance could move them."""

from __future__ import annotations

from pathlib import Path

import polidiff
from polidiff.model import Comparison

ACTS = ["Harbours", "Schools", "Hospitals", "Railways", "Prisons", "Forests"]


def compared(folder: Path, north: str, south: str) -> Comparison:
    made = []
    for name, line in (("north", north), ("south", south)):
        text = "\n\n".join(line.format(name=act) for act in ACTS)
        (folder / f"{name}.md").write_text(f"# Artificial intelligence plan\n\n{text}\n", encoding="utf-8")
        made.append(polidiff.read(folder / f"{name}.md"))
    return polidiff.compare(*made, codebook="ai-plans")


def test_documents_that_bind_firmly_and_loosely_stand_apart(tmp_path: Path) -> None:
    comparison = compared(
        tmp_path,
        "The Ministry of {name} must test every artificial intelligence system for safety before release.",
        "The Department of {name} could consider whether to test artificial intelligence systems for safety some day.",
    )
    firm = {one.document: one for one in comparison.stances if one.respect == "strength" and one.opposed}
    assert firm["north"].value == 1.0 > 0 > firm["south"].value
    for one in comparison.stances:
        assert one.count >= 4
        assert -1 <= one.low <= one.value <= one.high <= 1


def test_documents_of_one_mind_are_never_opposed(tmp_path: Path) -> None:
    line = "The Ministry of {name} must test every artificial intelligence system for safety before release."
    comparison = compared(tmp_path, line, line)
    assert comparison.stances
    assert not any(one.opposed for one in comparison.stances)
