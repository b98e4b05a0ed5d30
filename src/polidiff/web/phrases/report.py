"""Words of the view Report."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {}
