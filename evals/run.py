"""Measure, and hold the floors.

python -m evals.run                 print every table
python -m evals.run findings        one of them
python -m evals.run --check         leave with status 1 where a value is below its floor or the corpus has changed
python -m evals.run --write         keep the values in evals/results.json; the README's table is made of them

Each measure stands in one of three columns: on the sets that the rules were written on, cross-validated by document, on
sets set aside. Which one it is stands beside its floor.
"""

from __future__ import annotations

import argparse
import importlib
import sys

from evals.common import SHARED, Floor, corpus_hash, load_floor
from evals.results import COLUMNS, keep

MEASUREMENTS = (
    "structure",
    "structure_more",
    "coding",
    "heads",
    "findings",
    "asked_themes",
    "pairs",
    "pair_claims",
    "changed_claims",
    "alignment",
    "across",
    "check",
    "claims",
    "relations",
)


def main() -> int:
    """Run the measurements that were asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help="which (default: all)")
    parser.add_argument("--check", action="store_true", help="compare with the floors")
    parser.add_argument("--write", action="store_true", help="keep the values")
    options = parser.parse_args()
    if not SHARED.is_dir():
        print(f"nothing was measured: the real documents are not here ({SHARED})")
        return 1 if options.check else 0
    failures: list[str] = []
    for name in options.names or MEASUREMENTS:
        module = importlib.import_module(f"evals.{name}")
        print(f"== {name}")
        values: dict[str, float] = module.measure(SHARED)
        floor = load_floor(name)
        if corpus_hash(module.INPUTS) != floor.corpus:
            failures.append(f"{name}: the corpus is not the one that the floors were set on ({floor.corpus[:12]}…)")
        for key, least in floor.values.items():
            value = values.get(key)
            if value is None or value < least - 1e-9:
                failures.append(f"{name}: {key} is {value}, and its floor is {least}")
        print("\n".join(table(values, floor)))
        if options.write:
            keep(name, values)
    for line in failures:
        print(f"BELOW: {line}")
    return 1 if options.check and failures else 0


def table(values: dict[str, float], floor: Floor) -> list[str]:
    """Return the values as lines, each in the column of its kind; a measure without a floor has none."""
    head = "".join(f"{title:>12}" for title in COLUMNS.values())
    lines = [f"{'':<44}{head}"]
    for key, value in values.items():
        kind = floor.kinds.get(key, "")
        cells = "".join(f"{f'{value:.4g}' if column == kind else '':>12}" for column in COLUMNS)
        other = "" if kind in COLUMNS else f"  {value:.4g} ({kind or 'no floor'})"
        least = f"  (floor {floor.values[key]:g})" if key in floor.values else ""
        lines.append(f"{key:<44}{cells}{other}{least}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
