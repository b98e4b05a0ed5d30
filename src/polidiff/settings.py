"""What the environment sets, in one record: nothing else in the package reads variables of ours.

| variable | what it sets |
|---|---|
| ``POLIDIFF_CACHE`` | the folder of the cache |
| ``POLIDIFF_BROWSER`` | the browser that prints pages |
| ``POLIDIFF_OCR`` | whether Tesseract reads pictures of pages: ``1``, or languages |
| ``POLIDIFF_READ_SECONDS`` | how long reading a file may take |
| ``POLIDIFF_INPROCESS`` | ``1``: read in this process, without a sandbox |
| ``POLIDIFF_ENDPOINT_KEY`` | the key of an endpoint, which goes into a header and into no message or file |
| ``POLIDIFF_KEEP_ENCODINGS`` | ``0``: keep no encodings and no reports in the cache |
| ``POLIDIFF_DEBUG`` | faults are shown whole |

``POLIDIFF_BY``, the name under which commands decide, is read by the command line itself.
"""

from __future__ import annotations

import os
from typing import NamedTuple

__all__ = ["Settings", "settings"]


class Settings(NamedTuple):
    """The settings at one moment; empty or 0 where nothing is set. ``read_seconds`` is in seconds."""

    cache: str
    browser: str
    ocr: str
    read_seconds: float
    in_process: bool
    endpoint_key: str
    keep_encodings: bool
    debug: bool


def settings() -> Settings:
    """Return what the environment sets now."""
    said = {name: os.environ.get(f"POLIDIFF_{name}", "").strip() for name in _NAMES}
    return Settings(
        cache=said["CACHE"],
        browser=said["BROWSER"],
        ocr="" if said["OCR"] == "0" else said["OCR"],
        read_seconds=_seconds(said["READ_SECONDS"]),
        in_process=said["INPROCESS"] not in ("", "0"),
        endpoint_key=said["ENDPOINT_KEY"],
        keep_encodings=said["KEEP_ENCODINGS"] != "0",
        debug=bool(said["DEBUG"]),
    )


_NAMES = ("CACHE", "BROWSER", "OCR", "READ_SECONDS", "INPROCESS", "ENDPOINT_KEY", "KEEP_ENCODINGS", "DEBUG")


def _seconds(said: str) -> float:
    try:
        return max(0.0, float(said or 0))
    except ValueError:
        return 0.0
