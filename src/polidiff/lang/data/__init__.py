"""Word lists as data: TOML files, one a subject, read once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any

__all__ = ["load_list"]


@lru_cache(maxsize=16)
def load_list(name: str) -> dict[str, Any]:
    """Return the list file ``name`` as tables. The result is shared: do not change it."""
    return tomllib.loads(resources.files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
