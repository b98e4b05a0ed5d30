"""Codebooks as data: TOML files read, checked and turned into records.

A codebook file holds ``id``, ``version``, ``title``, ``[[head]]`` tables (``id``, ``name``, ``name_zh``), and
``[[theme]]`` tables (``id``, ``head``, ``name``, ``definition``, ``include``, ``exclude``, ``en_terms``, ``zh_terms``;
optional ``name_zh``, ``parent``, ``axis``, ``examples``, ``oecd``). A theme without terms is looked for by its name.
One whose ``axis`` is ``position`` is followed by ``[[theme.position]]`` tables (``id``, ``name``, ``name_zh``,
``terms``). How terms are written is told in :mod:`polidiff.coding.lexicon`.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from polidiff.coding.lexicon import term_fault
from polidiff.errors import CodebookError
from polidiff.model import Codebook, Position, Theme

__all__ = ["BUNDLED", "check_codebook", "faults_of", "load_codebook", "parse_codebook"]

#: Names of the codebooks that come with the package.
BUNDLED = (
    "ai-plans",
    "climate-pledges",
    "data-protection",
    "general-policy",
    "oecd-ai-principles",
    "policy-instruments",
)

_ID = re.compile(r"[a-z0-9][a-z0-9_.-]*$")
_AXES = ("", "position", "posture")
_THEME_KEYS = frozenset(Theme.__slots__) - {"positions"} | {"position", "oecd"}
_REMEDY = "run “polidiff codebook check FILE” for the whole list"


def load_codebook(name_or_path: str | Path = "ai-plans") -> Codebook:
    """Return a bundled codebook by its name, or one read from a TOML file.

    Raises :class:`~polidiff.errors.CodebookError`, which names the file and the first thing wrong with it.
    """
    if isinstance(name_or_path, str) and name_or_path in BUNDLED:
        return _bundled(name_or_path)
    path = Path(name_or_path)
    if not path.exists():
        names = ", ".join(BUNDLED)
        raise CodebookError(
            str(name_or_path), "no such codebook file", f"give a path to a .toml file, or one of: {names}"
        )
    return _built(*_parse(path), str(path))


def parse_codebook(text: str, name: str) -> Codebook:
    """Return the codebook that stands in the text of a file of this name. Raises as :func:`load_codebook`."""
    return _built(*_tables_of(text), name)


def _built(data: dict[str, Any], faults: list[str], name: str) -> Codebook:
    if faults:
        raise CodebookError(name, faults[0], _REMEDY if len(faults) > 1 else "correct the file")
    return _build(data)


def check_codebook(path: str | Path) -> list[str]:
    """Return what is wrong with a codebook file, one line each, with its place; an empty list when all is well.

    A bundled name is accepted as well as a path.
    """
    if isinstance(path, str) and path in BUNDLED:
        return _faults(tomllib.loads(_resource(path)))
    if not Path(path).exists():
        raise CodebookError(str(path), "no such codebook file", "give a path to a .toml file")
    return _parse(Path(path))[1]


def faults_of(tables: dict[str, Any]) -> list[str]:
    """Return what is wrong with the tables of a codebook file, one line each; an empty list when all is well."""
    return _faults(tables)


@lru_cache(maxsize=8)
def _bundled(name: str) -> Codebook:
    return _build(tomllib.loads(_resource(name)))


def _resource(name: str) -> str:
    return resources.files("polidiff.coding").joinpath("codebooks", f"{name}.toml").read_text(encoding="utf-8")


def _parse(path: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return {}, ["the file is not UTF-8 text"]
    except OSError as error:
        return {}, [f"the file cannot be read ({error.strerror or error})"]
    return _tables_of(text)


def _tables_of(text: str) -> tuple[dict[str, Any], list[str]]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [f"not valid TOML: {error}"]
    return data, _faults(data)


def _faults(data: dict[str, Any]) -> list[str]:
    faults: list[str] = []
    fields = data.get("fields", [])
    if not isinstance(fields, list) or not all(isinstance(field, str) for field in fields):
        faults.append("“fields” must be a list of strings: ids of fields of policy")
    heads = _tables(data, "head", faults, "the codebook")
    themes = _tables(data, "theme", faults, "the codebook")
    if not themes:
        faults.append("the codebook has no [[theme]] table")
    head_ids = _ids(heads, "head", faults)
    theme_ids = _ids(themes, "theme", faults)
    parents = {str(theme.get("id")): theme.get("parent") for theme in themes}
    for number, theme in enumerate(themes, 1):
        place = f"theme “{theme.get('id', f'number {number}')}”"
        faults += [f"{place}: unknown key “{key}”" for key in sorted(set(theme) - _THEME_KEYS)]
        for key in ("name", "definition"):
            if not isinstance(theme.get(key), str) or not theme[key].strip():
                faults.append(f"{place}: “{key}” is missing or empty")
        for key in ("include", "exclude", "name_zh", "definition_zh"):
            if key in theme and not isinstance(theme[key], str):
                faults.append(f"{place}: “{key}” must be a string")
        if head_ids and theme.get("head") not in head_ids:
            faults.append(f"{place}: head “{theme.get('head')}” is not one of {', '.join(sorted(head_ids))}")
        for key in ("en_terms", "zh_terms", "examples"):
            faults += _term_faults(theme.get(key, []), f"{place}, {key}", terms=key != "examples")
        faults += _parent_faults(theme, place, theme_ids, parents)
        faults += _axis_faults(theme, place)
    return faults


def _parent_faults(theme: dict[str, Any], place: str, ids: set[str], parents: dict[str, Any]) -> list[str]:
    parent = theme.get("parent")
    if not parent:
        return []
    if parent not in ids:
        return [f"{place}: parent “{parent}” is no theme of this codebook"]
    seen = {theme.get("id")}
    while parent:
        if parent in seen:
            return [f"{place}: its parents run in a circle"]
        seen.add(parent)
        parent = parents.get(parent)
    return []


def _axis_faults(theme: dict[str, Any], place: str) -> list[str]:
    faults: list[str] = []
    axis = theme.get("axis", "")
    if axis not in _AXES:
        faults.append(f"{place}: axis “{axis}” is not one of “position”, “posture”, “”")
    positions = _tables(theme, "position", faults, place)
    if axis == "position" and len(positions) < 2:
        faults.append(f"{place}: axis “position” needs at least two [[theme.position]] tables")
    _ids(positions, f"{place}, position", faults)
    for position in positions:
        spot = f"{place}, position “{position.get('id')}”"
        if not position.get("terms"):
            faults.append(f"{spot}: no terms")
        faults += _term_faults(position.get("terms", []), spot, terms=True)
    return faults


def _tables(data: dict[str, Any], key: str, faults: list[str], place: str) -> list[dict[str, Any]]:
    value = data.get(key, [])
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return value
    faults.append(f"{place}: “{key}” must be tables written [[{key}]]")
    return []


def _ids(tables: list[dict[str, Any]], kind: str, faults: list[str]) -> set[str]:
    seen: set[str] = set()
    for number, table in enumerate(tables, 1):
        identity = table.get("id")
        if not isinstance(identity, str) or not _ID.match(identity):
            faults.append(f"{kind} number {number}: “id” must be lower-case letters, digits, “_”, “-” or “.”")
        elif identity in seen:
            faults.append(f"{kind} “{identity}” is given twice")
        else:
            seen.add(identity)
    return seen


def _term_faults(values: Any, place: str, *, terms: bool) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        return [f"{place}: must be a list of strings"]
    if not terms:
        return []
    faults = [f"{place}: {fault}" for value in values if (fault := term_fault(value))]
    seen: set[str] = set()
    for value in values:
        if value in seen:
            faults.append(f"{place}: “{value}” is given twice")
        seen.add(value)
    return faults


def _build(data: dict[str, Any]) -> Codebook:
    heads = tuple(
        (h["id"], h.get("name", h["id"]), h.get("name_zh", h.get("name", h["id"]))) for h in data.get("head", ())
    )
    return Codebook(
        id=str(data.get("id", "codebook")),
        version=str(data.get("version", "0")),
        title=str(data.get("title", data.get("id", "codebook"))),
        heads=heads,
        themes=tuple(_theme(theme) for theme in data["theme"]),
        fields=tuple(str(field) for field in data.get("fields", ())),
    )


def _theme(data: dict[str, Any]) -> Theme:
    return Theme(
        id=data["id"],
        head=data.get("head", ""),
        name=data["name"],
        name_zh=data.get("name_zh", data["name"]),
        definition=data["definition"],
        definition_zh=data.get("definition_zh", ""),
        include=data.get("include", ""),
        exclude=data.get("exclude", ""),
        en_terms=tuple(data.get("en_terms", ())),
        zh_terms=tuple(data.get("zh_terms", ())),
        parent=data.get("parent") or None,
        axis=data.get("axis", ""),
        positions=tuple(
            Position(p["id"], p.get("name", p["id"]), p.get("name_zh", p.get("name", p["id"])), tuple(p["terms"]))
            for p in data.get("position", ())
        ),
        examples=tuple(data.get("examples", ())),
    )
