"""2,000 changes to a report, one at a time, and whether ``verify`` finds each: labels, counts, cells, bars, fields.

python -m benchmarks.tampering                  2,000 changes, the manifest left as it was
python -m benchmarks.tampering --forged         the manifest gets the hash of what was changed, as a forger would do it
python -m benchmarks.tampering 300 --seed 7     others

Leaves with status 1 where a change isn't found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from random import Random

from tests.verification.changes import KINDS, tried


def main() -> int:
    """Make the changes in turn and print what was found of each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--forged", action="store_true")
    parser.add_argument("--kind", help="only this kind of change")
    given = parser.parse_args()
    random, kinds = Random(given.seed), [given.kind] if given.kind else list(KINDS)
    made, found, missed = Counter[str](), Counter[str](), []
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder:
        report = tried(Path(folder, "made"))
        before = report.verify()
        if not before.ok or before.unchecked:
            print("\n".join(before.lines()))
            return 1
        began = time.perf_counter()
        while sum(made.values()) < given.count:
            kind = kinds[sum(made.values()) % len(kinds)]
            changed = report.change(random, kind, forged=given.forged)
            if changed is None:
                continue
            made[kind] += 1
            if changed[1].problems or changed[1].unchecked:
                found[kind] += 1
            else:
                missed.append(f"{kind}: {changed[0]}")
    for kind in kinds:
        print(f"{found[kind]:5} of {made[kind]:5}  {kind}")
    print(f"{sum(found.values())} of {sum(made.values())} found in {time.perf_counter() - began:.0f} s")
    print("\n".join(missed[:40]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
