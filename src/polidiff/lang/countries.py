"""Whom a text names: countries, the European Union and the United Nations, by name, people, capital or government.

The forms are data (``data/countries.toml``), English and Chinese. Names are met as they are written, with their
capitals, so that “us” and “turkey” name nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, get_args

from polidiff.lang.data import load_list
from polidiff.lang.words import has_cjk

__all__ = ["How", "Place", "code_of", "country_of", "how_named", "name_of", "names_of", "place_pattern", "places_of"]

How = Literal["name", "demonym", "capital", "government", "loose"]
"""How a text names a country. ``loose`` words (“federal”) name one only where a text is about its documents."""

_COLUMNS: tuple[tuple[How, bool], ...] = (
    ("name", False), ("name", True), ("demonym", False), ("capital", False), ("capital", True), ("government", False),
)  # fmt: skip
_WORD_START = re.compile(r"(?<![\w.])[^\W\d_a-z]|[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Place:
    """A country named in a text: its ISO 3166 code (or ``EU``, ``UN``), how, and ``start:end`` in the text."""

    code: str
    how: How
    start: int
    end: int


@cache
def _forms() -> dict[str, dict[How, tuple[str, ...]]]:
    data = load_list("countries")
    found: dict[str, dict[How, tuple[str, ...]]] = {}
    for code, row in data["places"].items():
        lists: dict[How, list[str]] = {how: [] for how in get_args(How)}
        for (how, _), forms in zip(_COLUMNS, row, strict=True):
            lists[how] += [form for form in forms.split(", ") if form]
        lists["loose"] += data["loose"].get(code, ())
        found[code] = {how: tuple(forms) for how, forms in lists.items()}
    return found


@cache
def _index() -> dict[str, list[tuple[str, str, How]]]:
    """Forms by their first character, the longest first; those that name nobody have an empty code."""
    index: dict[str, list[tuple[str, str, How]]] = {}
    rows: list[tuple[str, str, How]] = [
        (form, code, how)
        for code, lists in _forms().items()
        for how, forms in lists.items()
        if how != "loose"
        for form in forms
    ]
    rows += [(form, "", "name") for forms in load_list("countries")["not"].values() for form in forms]
    for row in sorted(rows, key=lambda row: (-len(row[0]), row[0], row[1])):
        index.setdefault(row[0][0], []).append(row)
    return index


@cache
def _by_name() -> dict[str, tuple[str, How]]:
    found: dict[str, tuple[str, How]] = {}
    for code, lists in _forms().items():
        for how, forms in lists.items():
            for form in forms:
                found.setdefault(form.casefold(), (code, how))
    return found


def places_of(text: str) -> tuple[Place, ...]:
    """Return the countries that ``text`` names, in order; longer names win, and no two overlap."""
    index = _index()
    found: list[Place] = []
    last = 0
    for match in _WORD_START.finditer(text):
        at = match.start()
        if at < last:
            continue
        for form, code, how in index.get(text[at], ()):
            end = at + len(form)
            if text.startswith(form, at) and _whole(text, at, end):
                last = end
                if code:
                    found.append(Place(code, how, at, end))
                break
    return tuple(found)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a form stands as a word of its own: 16 GB and US$ are no countries, 中方案 is no 中方."""
    if has_cjk(text[start:end]):
        return not (text[end - 1] == "方" and text[end : end + 1] and text[end] in "案法面式向便针可能程")
    after = text[end : end + 1]
    if after.isalnum() and not has_cjk(after):
        return False
    measured = text[start:end].isupper() and re.search(r"\d\s?$", text[max(0, start - 2) : start]) is not None
    return after != "$" and not measured


@lru_cache(maxsize=4096)
def _named(name: str) -> tuple[str, How] | None:
    return _by_name().get(name.casefold().removesuffix("'s").removesuffix("’s").strip("'’ "))


def country_of(name: str) -> str | None:
    """Return the code of the country that ``name`` (a noun, an adjective, a capital, whatever its case) stands for."""
    found = _named(name)
    return found[0] if found else None


def how_named(name: str) -> How | None:
    """Return how ``name`` names a country, or None where it names none."""
    found = _named(name)
    return found[1] if found else None


def code_of(recorded: str) -> str:
    """Return the code by which this room knows a recorded country: ``GB`` for ``uk``, ``US`` for ``USA``."""
    given = recorded.upper()
    code: str = load_list("countries")["codes"].get(given, given)
    return code


def is_known(said: str) -> bool:
    """Return whether ``said`` names a country, by its code or a name of it."""
    return country_of(said) is not None or code_of(said) in _forms()


def code_said(said: str) -> str:
    """Return the code of the country that somebody named, by a name or a code; another place as it was written."""
    return (country_of(said) or code_of(said)) if is_known(said) else said


def names_of(code: str, hows: Iterable[How] = get_args(How)) -> tuple[str, ...]:
    """Return the forms by which ``code`` is named, as they are written; none for a code that is not known."""
    lists = _forms().get(code, {})
    return tuple(form for how in hows for form in lists.get(how, ()))


def name_of(code: str, language: str = "en") -> str:
    """Return the name of ``code`` in English or Chinese, or ``code`` itself where it is not known."""
    chinese = language == "zh"
    return next((form for form in names_of(code, ("name",)) if has_cjk(form) == chinese), code)


@cache
def place_pattern(chinese: bool = False) -> str:
    """Return a pattern for any form, for use with ``re.IGNORECASE``; abbreviations keep their capitals."""
    forms = {form for code in _forms() for form in names_of(code) if has_cjk(form) == chinese}
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return "|".join(f"(?-i:{re.escape(f)})" if f.isupper() and len(f) < 6 else re.escape(f) for f in ordered)
