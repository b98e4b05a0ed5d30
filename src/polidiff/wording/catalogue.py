"""The catalogues: phrases and labels by key, each matter's file read when one of its keys is first asked for."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

Locale = Literal["en", "zh"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
MATTERS = ("labels", "page", "workbench", "diff", "workbook", "brief")
"""The files of phrases, those that are asked for most first; ``reasons`` are found by their codes alone."""
COUNTS = frozenset({"n", "m", "done", "total", "still"})
"""Fields of phrases that hold a count."""


@cache
def catalogue(locale: Locale, matter: str) -> dict[str, str]:
    """Return the phrases of one file by key."""
    words = files("polidiff.wording").joinpath(locale, f"{matter}.toml").read_text(encoding="utf-8")
    return tomllib.loads(words)


@cache
def phrase(key: str, locale: Locale) -> str | None:
    """Return the phrase ``key`` with its fields unfilled, or None where there is none."""
    return next((held[key] for matter in MATTERS if key in (held := catalogue(locale, matter))), None)


def say(key: str, locale: Locale, /, **fields: object) -> str:
    """Return the phrase ``key``, its fields filled; where the field ``n`` is 1, ``key.one`` if there is such a phrase.

    Counts from a thousand on are grouped (:data:`COUNTS`). Raises KeyError for a key that no catalogue has.
    """
    found = phrase(f"{key}.one", locale) if fields.get("n") == 1 else None
    if found is None:
        found = phrase(key, locale)
    if found is None:
        raise KeyError(key)
    return found.format(**{name: _grouped(name, value) for name, value in fields.items()})


def _grouped(name: str, value: object) -> object:
    return f"{value:,}" if name in COUNTS and isinstance(value, int) and value >= 1000 else value


def known(key: str) -> bool:
    """Return whether there is a phrase ``key``."""
    return phrase(key, "en") is not None


def term(kind: str, value: str, locale: Locale) -> str:
    """Return the name of a vocabulary's label (``strength``, ``mandate``); one without a name stands as it is."""
    return phrase(f"{kind}.{value}", locale) or value.replace("_", " ")
