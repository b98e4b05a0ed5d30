"""Where polidiff keeps what it can make or fetch again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from polidiff.settings import settings


def cache_root() -> Path:
    """Return the folder of the cache: ``POLIDIFF_CACHE``, or the platform's cache folder of the user."""
    own = settings().cache
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "polidiff"
