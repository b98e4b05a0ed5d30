"""The tables of a codebook file: written as TOML, and made from tables of codes that other tools export."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

from polidiff.errors import CodebookError
from polidiff.lang.words import has_cjk
from polidiff.model import Codebook, Theme

__all__ = ["contents", "from_table", "slug", "tables_of", "to_toml", "unique"]

#: Bytes of a file beyond which it is no codebook.
_LARGEST = 20_000_000
_THEME_KEYS = (
    "id", "parent", "head", "name", "name_zh", "definition", "definition_zh", "include", "exclude", "en_terms",
    "zh_terms",
)  # fmt: skip
_COLUMNS = {
    "id": ("id", "code id", "number"),
    "name": ("name", "code", "code name", "label", "node"),
    "definition": ("definition", "description", "memo", "comment", "comments"),
    "parent": ("parent", "parent code", "parent id"),
    "include": ("include", "inclusion", "inclusion criteria"),
    "exclude": ("exclude", "exclusion", "exclusion criteria"),
    "terms": ("terms", "keywords", "en_terms", "zh_terms"),
    "examples": ("examples", "example"),
}


def from_table(path: str | Path) -> dict[str, Any]:
    """Return a table of codes (CSV with a heading row) as the tables of a codebook file.

    A column ``name`` (or ``code``, ``label``) is needed; ``id``, ``definition`` (or ``description``, ``memo``),
    ``parent``, ``include``, ``exclude``, ``examples`` and ``terms`` (or ``keywords``, parted by ``;``) are taken where
    they are there. A code without terms is looked for by its name.
    """
    try:
        text = contents(Path(path)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CodebookError(str(path), "not UTF-8 text", "save the table as CSV in UTF-8") from None
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(",;\t", key=first.count)
    table = list(csv.DictReader(StringIO(text, newline=""), delimiter=separator))
    fields = {name.strip().lower(): name for name in (table[0] if table else {}) if name}
    columns = {key: [fields[name] for name in names if name in fields] for key, names in _COLUMNS.items()}
    if not columns["name"]:
        raise CodebookError(str(path), "no column “name”, “code” or “label”", "name the column that holds the codes")
    taken: set[str] = set()
    themes: list[dict[str, Any]] = []
    by_name: dict[str, str] = {}
    for row in table:
        cell = {key: "; ".join(v for n in names if (v := (row[n] or "").strip())) for key, names in columns.items()}
        if not cell["name"]:
            continue
        identity = unique(slug(cell["id"] or cell["name"]), taken)
        taken.add(identity)
        for called in filter(None, (cell["name"], cell["id"])):
            by_name.setdefault(called.lower(), identity)
        terms = [" ".join(term.split()) for term in re.split(r"[;；|\n]", cell["terms"]) if term.strip()] or [
            cell["name"]
        ]
        theme = {
            "id": identity,
            "head": "all",
            "name": cell["name"],
            "definition": cell["definition"] or cell["name"],
            "include": cell["include"],
            "exclude": cell["exclude"],
            "parent": cell["parent"].lower(),
            "en_terms": list(dict.fromkeys(term for term in terms if not has_cjk(term))),
            "zh_terms": list(dict.fromkeys(term for term in terms if has_cjk(term))),
        }
        if cell["examples"]:
            theme["examples"] = [cell["examples"]]
        themes.append(theme)
    for theme in themes:
        parent = by_name.get(str(theme.pop("parent")))
        if parent and parent != theme["id"]:
            theme["parent"] = parent
    name = Path(path).stem
    return {"id": slug(name), "version": "1", "title": name, "head": [{"id": "all", "name": "All"}], "theme": themes}


def to_toml(tables: dict[str, Any]) -> str:
    """Return the tables of a codebook file as TOML."""
    lines = [f"{key} = {_value(tables[key])}" for key in ("id", "version", "title", "fields") if key in tables]
    for head in tables["head"]:
        lines += ["", "[[head]]", *(f"{key} = {_value(value)}" for key, value in head.items())]
    for theme in tables["theme"]:
        plain = {key: value for key, value in theme.items() if key != "position" and value not in ("", [])}
        lines += ["", "[[theme]]", *(f"{key} = {_value(value)}" for key, value in plain.items())]
        for position in theme.get("position", ()):
            lines += ["", "[[theme.position]]", *(f"{key} = {_value(value)}" for key, value in position.items())]
    return "\n".join(lines) + "\n"


def tables_of(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as the tables of its file."""
    return {
        "id": codebook.id,
        "version": codebook.version,
        "title": codebook.title,
        **({"fields": list(codebook.fields)} if codebook.fields else {}),
        "head": [{"id": i, "name": name, "name_zh": zh} for i, name, zh in codebook.heads],
        "theme": [_theme_table(theme) for theme in codebook.themes],
    }


def _theme_table(theme: Theme) -> dict[str, Any]:
    made: dict[str, Any] = {
        key: list(value) if isinstance(value, tuple) else value
        for key in (
            "id",
            "parent",
            "head",
            "name",
            "name_zh",
            "definition",
            "definition_zh",
            "include",
            "exclude",
            "en_terms",
            "zh_terms",
        )
        if (value := getattr(theme, key))
    }
    made |= {"axis": theme.axis, "examples": list(theme.examples)}
    made["position"] = [
        {"id": p.id, "name": p.name, "name_zh": p.name_zh, "terms": list(p.terms)} for p in theme.positions
    ]
    return made


def _value(value: str | list[str]) -> str:
    """A string or a list of strings in TOML: JSON's escapes are TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def contents(path: Path) -> bytes:
    """Return a file's bytes; raises CodebookError where it is too large or cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            raise CodebookError(str(path), "larger than any codebook", "give a file under 20 MB")
        return path.read_bytes()
    except OSError as error:
        raise CodebookError(str(path), f"cannot be read ({error.strerror or error})", "check the path") from None


def slug(text: str) -> str:
    """Return an id made of a name."""
    made = re.sub(r"[^a-z0-9_.-]+", "_", text.lower()).strip("_.-")
    return made or "code"


def unique(identity: str, taken: set[str]) -> str:
    """Return the id, with a number after it where it is taken."""
    made, number = identity, 2
    while made in taken:
        made, number = f"{identity}_{number}", number + 1
    return made
