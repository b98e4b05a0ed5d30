"""The codes of reasons, read from the code that makes them, and their page: ``python -m tests.wording.codes``."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

from polidiff.wording.catalogue import catalogue

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "polidiff"
PAGE = ROOT / "docs" / "reasons.md"
ONE = ".one"

OPENING = """\
# Reasons

Whatever polidiff says of a document, a pair, a quotation, a claim or a change comes with its reasons. A reason is a
code with parameters; the words are made from it where it is shown, in the language of the output. `--format jsonl` and
`comparison.json` hold `{"code", "kind", "parameters", "text", "value"}`: `kind` is what stands before the code's point,
`text` the English words, `value` the weight in the score's own unit. `warnings` are texts; `cautions`, beside them, are
the same as reasons. In Python `reason.code`, `dict(reason.parameters)` and `str(reason)` give them, and
`polidiff.wording.reason_text(reason, "zh")` the words in Chinese.

In the words below `{words}` stands for a parameter; behind a colon is how it is said. Parameters that no words use are
for programs: `document` and `span` are the place of a document's words, as everywhere. `n` is a count; where it is 1,
the words may differ. The words are data (`src/polidiff/wording/en/reasons.toml`, `zh/reasons.toml`); this page is made
from them by `python -m tests.wording.codes`.
"""


def fields(words: str) -> set[tuple[str, str]]:
    """The fields of a template, each with the way in which it is said."""
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(words) if name is not None}


@cache
def trees() -> tuple[tuple[str, ast.Module], ...]:
    """Every module of the package: its place and its code."""
    paths = sorted(SOURCE.rglob("*.py"))
    return tuple((path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def literals(node: ast.expr) -> list[str]:
    """The strings that an argument can be: one, or either of two."""
    if isinstance(node, ast.IfExp):
        return [*literals(node.body), *literals(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def calls() -> Iterator[tuple[str, list[str], set[str]]]:
    """Each place where a reason is made: the module, the codes that it names there, the parameters."""
    for place, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            pull = isinstance(node.func, ast.Name) and node.func.id == "_pull"
            if pull or (isinstance(node.func, ast.Attribute) and ast.unparse(node.func) == "Reason.of"):
                named = literals(node.args[1 if pull else 0])
                yield place, named, {keyword.arg for keyword in node.keywords if keyword.arg is not None}


def made() -> dict[str, tuple[set[str], set[str]]]:
    """Each code: its parameters, and the modules that make it. A code from a table has those of its module's call."""
    words = catalogue("en", "reasons")
    found: dict[str, tuple[set[str], set[str]]] = {}
    open_calls: dict[str, list[set[str]]] = {}
    for place, codes, parameters in calls():
        for code in codes:
            held = found.setdefault(code, (set(), set()))
            held[0].update(parameters)
            held[1].add(place)
        if not codes:
            open_calls.setdefault(place, []).append(parameters)
    for place, tree in trees():
        strings = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        for code in sorted(strings & (words.keys() - found.keys())) if place in open_calls else ():
            shown = {name for name, _ in fields(words[code])}
            given = [parameters for parameters in open_calls[place] if shown <= parameters]
            if given:
                found[code] = (min(given, key=len), {place})
    return found


def page() -> str:
    """The page of all codes."""
    english, chinese, codes = catalogue("en", "reasons"), catalogue("zh", "reasons"), made()
    lines = [OPENING]
    for line in (SOURCE / "wording/en/reasons.toml").read_text(encoding="utf-8").splitlines()[2:]:
        if line.startswith("# "):
            lines += [
                f"## {line[2].upper()}{line[3:]}",
                "",
                "| code | parameters | words | made in |",
                "|---|---|---|---|",
            ]
        elif line:
            (key,) = tomllib.loads(line)
            if key.endswith(ONE):
                continue
            said = [english[key], *([english[key + ONE]] if key + ONE in english else []), chinese[key]]
            parameters, places = codes[key]
            cells = (
                f"`{key}`",
                ", ".join(f"`{name}`" for name in sorted(parameters)),
                "<br>".join(said),
                ", ".join(f"`{room}`" for room in sorted({place.partition("/")[0] for place in places})),
            )
            lines.append("| " + " | ".join(cells) + " |")
        else:
            lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
