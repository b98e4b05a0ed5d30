"""Answers of a large language model that come with the package, for documents that come with it: places and labels."""

from __future__ import annotations

from importlib import resources

from polidiff.judges.protocol import Memory

__all__ = ["recorded"]


def recorded(name: str) -> Memory:
    """Return the recorded answers of this name (``demo``)."""
    file = resources.files("polidiff.judges.recorded").joinpath(f"{name}.jsonl")
    return Memory.of(file.read_text(encoding="utf-8").splitlines())
