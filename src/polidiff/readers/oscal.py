"""OSCAL catalogs (JSON, any version): controls and their statements as rows of a table of nested ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.limits import MAX_DEPTH, MAX_ROWS
from polidiff.readers.table import Table

__all__ = ["catalog_table", "is_catalog"]

_INSERT = re.compile(r"\{\{\s*insert:\s*param,\s*([^\s}]+)\s*\}\}")


def is_catalog(text: str) -> bool:
    """Whether a JSON text is an OSCAL catalog, by its first key."""
    return re.match(r'\s*\{\s*"catalog"\s*:', text) is not None


def catalog_table(text: str, name: str) -> Table:
    """Return a row a statement: ``id`` (the part's, or the control's), ``text`` with its parameters filled in.

    Of a control with parts only its statements are rows; guidance, objectives and what is withdrawn are left out. A
    parameter that isn't set reads as its label in square brackets, as NIST prints it.
    """
    try:
        catalog = json.loads(text)["catalog"]
        rows = list(_group(catalog, {}, 0))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableSource(name, f"no whole OSCAL catalog ({type(error).__name__})", "export it again") from None
    except RecursionError:
        raise SourceTooLarge(name, "the catalog is nested too deep", "give a part of it") from None
    if len(rows) > MAX_ROWS:
        raise SourceTooLarge(name, f"the catalog has more than {MAX_ROWS} statements", "give a part of it")
    return Table([["id", "title", "text"], *rows])


def _group(group: Mapping[str, Any], params: Mapping[str, Mapping[str, Any]], depth: int) -> Iterator[list[str]]:
    if depth > MAX_DEPTH:
        raise RecursionError
    known = {**params, **{one["id"]: one for one in group.get("params", ())}}
    for inner in group.get("groups", ()):
        yield from _group(inner, known, depth + 1)
    for control in group.get("controls", ()):
        yield from _control(control, known, depth + 1)


def _control(control: Mapping[str, Any], params: Mapping[str, Mapping[str, Any]], depth: int) -> Iterator[list[str]]:
    known = {**params, **{one["id"]: one for one in control.get("params", ())}}
    withdrawn = any(p.get("name") == "status" and p.get("value") == "withdrawn" for p in control.get("props", ()))
    title = str(control.get("title", ""))
    statements = [part for part in control.get("parts", ()) if part.get("name") == "statement"]
    if not withdrawn:
        for part in statements:
            yield from _part(part, str(control["id"]), title, known, depth)
        if not statements and title:
            yield [str(control["id"]), title, title]
    yield from _group({"controls": control.get("controls", ())}, known, depth)


def _part(
    part: Mapping[str, Any], above: str, title: str, params: Mapping[str, Mapping[str, Any]], depth: int
) -> Iterator[list[str]]:
    if depth > MAX_DEPTH:
        raise RecursionError
    label = next((str(p["value"]) for p in part.get("props", ()) if p.get("name") == "label"), "")
    own = above if part.get("name") == "statement" else f"{above}.{re.sub(r'[^0-9A-Za-z]+', '', label) or 'x'}"
    prose = _filled(str(part.get("prose", "")), params, 0)
    if prose.strip():
        yield [own, title, prose]
    for inner in part.get("parts", ()):
        if inner.get("name") == "item":
            yield from _part(inner, own, title, params, depth + 1)


def _filled(text: str, params: Mapping[str, Mapping[str, Any]], depth: int) -> str:
    """``text`` with each inserted parameter as its value, its choices, or its label in square brackets."""

    def said(match: re.Match[str]) -> str:
        param = params.get(match.group(1), {})
        if param.get("values"):
            return ", ".join(map(str, param["values"]))
        choice = param.get("select", {}).get("choice", ())
        if choice and depth < 5:
            return "[Selection: " + "; ".join(_filled(str(one), params, depth + 1) for one in choice) + "]"
        return f"[Assignment: {param.get('label', match.group(1))}]"

    return _INSERT.sub(said, text)
