"""Measure, and hold the floors.

python -m evals.run                 print every table
python -m evals.run findings        one of them
python -m evals.run --check         leave with status 1 where a value is below its floor or the corpus has changed
"""

from __future__ import annotations

import argparse
import importlib
import sys

from evals.common import SHARED, corpus_hash, load_floor

MEASUREMENTS = ("structure", "coding", "findings", "alignment", "check", "claims", "relations")


def main() -> int:
    """Run the measurements that were asked for and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*MEASUREMENTS, []], help="which (default: all)")
    parser.add_argument("--check", action="store_true", help="compare with the floors")
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
        for key, value in values.items():
            mark = f"  (floor {floor.values[key]:g})" if key in floor.values else ""
            print(f"{key:<44} {value:.4g}{mark}")
    for line in failures:
        print(f"BELOW: {line}")
    return 1 if options.check and failures else 0


if __name__ == "__main__":
    sys.exit(main())
