"""Words of the view Search."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, str]] = {}
