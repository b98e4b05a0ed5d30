"""Where polidiff keeps what it can make or fetch again, and what names the program that made it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import sys
from pathlib import Path

from polidiff.settings import settings
from polidiff.version import __version__


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


def make_room(where: Path, most: int) -> None:
    """Delete files of a folder of the cache, those that were used longest ago first, until ``most`` bytes are left."""
    held = []
    for one in where.iterdir():
        with contextlib.suppress(OSError):  # another process may have deleted it
            held.append((one.stat().st_mtime, one.stat().st_size, one))
    total = 0
    for _, size, one in sorted(held, reverse=True):
        total += size
        if total > most:
            one.unlink(missing_ok=True)


def program() -> str:
    """Return what names this very program: version, its files as they lie here, Python and what is installed with it.

    Two programs of one name give the same results; a file that was changed, or a library of another version, gives
    another name.
    """
    digest = hashlib.sha256(f"{__version__} {sys.version} {platform.machine()}".encode())
    for folder, folders, names in os.walk(Path(__file__).parent):
        folders[:] = sorted(one for one in folders if one != "__pycache__")
        for name in sorted(names):
            facts = os.stat(os.path.join(folder, name))
            digest.update(f"\0{folder} {name} {facts.st_size} {facts.st_mtime_ns}".encode())
    for place in sys.path:
        with contextlib.suppress(OSError):
            digest.update("\0".join(sorted(one for one in os.listdir(place) if one.endswith(".dist-info"))).encode())
    return digest.hexdigest()
