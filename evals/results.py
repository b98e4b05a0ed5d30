"""The README's table of results, made of what `python -m evals.run --write` kept.

python -m evals.results             write the table into README.md
python -m evals.results --check     leave with status 1 where it is another

``evals/table.toml`` says which measures a row shows, in which of the three columns, and how. A measure whose kind (it
stands beside its floor) is another than the column's is refused.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from evals.common import ROOT, load_floor

COLUMNS = {"written": "written on", "crossed": "crossed", "aside": "set aside"}
"""The columns by the kind of measure that may stand in them, with their short titles."""

TITLES = ("on the sets the rules were written on", "cross-validated by document", "on sets set aside")
KEPT, TABLE, README = ROOT / "evals" / "results.json", ROOT / "evals" / "table.toml", ROOT / "README.md"
BEGIN, END = "<!-- evals: begin (made by `python -m evals.results`) -->", "<!-- evals: end -->"

Row = dict[str, Any]
Kept = dict[str, dict[str, float]]


def keep(name: str, values: dict[str, float]) -> None:
    """Keep the values of one measurement."""
    held = kept()
    held[name] = {key: round(value, 4) for key, value in values.items()}
    KEPT.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def kept() -> Kept:
    """Return the values that were kept, by measurement and measure."""
    found: Kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.is_file() else {}
    return found


def rows(path: Path = TABLE) -> list[Row]:
    """Return the rows of the table as they are described."""
    found: list[Row] = tomllib.loads(path.read_text(encoding="utf-8"))["row"]
    return found


def misplaced(described: list[Row]) -> list[str]:
    """Return a line for each measure that is shown under a column that it doesn't belong to, or has no floor."""
    found = []
    for row in described:
        for column in COLUMNS:
            for name in row.get(column, ()):
                measurement, _, key = name.partition(":")
                kind = load_floor(measurement).kinds.get(key, "without a floor")
                if kind != column:
                    found.append(f"{row['what']}: {name} is {kind}, and stands under {column}")
    return found


def lines(described: list[Row], values: Kept) -> list[str]:
    """Return the table in Markdown; a measure that no `evals.run --write` has kept yet is a dash."""
    made = [f"| what | measure | {' | '.join(TITLES)} | best simple method |", "|---|---|---|---|---|---|"]
    for row in described:
        cells = [_cell(row.get(column, ()), row.get("digits", 2), values) for column in COLUMNS]
        made.append(f"| {row['what']} | {row['measure']} | {' | '.join(cells)} | {row.get('simple', '')} |")
    return made


def _cell(names: list[str], digits: int, values: Kept) -> str:
    found = (values.get(name.partition(":")[0], {}).get(name.partition(":")[2]) for name in names)
    return ", ".join("–" if value is None else f"{value:.{digits}f}" for value in found)


def with_table(readme: str, table: list[str]) -> str:
    """Return the README with the table in its place."""
    before, rest = readme.split(BEGIN)
    return "\n".join([before.rstrip("\n"), "", BEGIN, "", *table, "", END]) + rest.split(END)[1]


def main() -> int:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    wrong = misplaced(rows())
    print("\n".join(wrong) if wrong else "every measure stands where it belongs")
    if wrong:
        return 1
    now = README.read_text(encoding="utf-8")
    made = with_table(now, lines(rows(), kept()))
    if options.check:
        return int(made != now)
    README.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
