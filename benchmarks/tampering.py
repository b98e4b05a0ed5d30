"""2,000 changes to a report, one at a time, and whether ``verify`` finds each: labels, counts, cells, bars, fields.

python -m benchmarks.tampering                  2,000 changes, the manifest left as it was
python -m benchmarks.tampering --forged         the manifest gets the hash of what was changed, as a forger would do it
python -m benchmarks.tampering 300 --seed 7     others
python -m benchmarks.tampering --log FILE       goes on where a run that was stopped left off

Leaves with status 1 where a change isn't found.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
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
    parser.add_argument("--log", type=Path, help="a line for each change; those that it holds aren't made again")
    given = parser.parse_args()
    kinds = [given.kind] if given.kind else list(KINDS)
    known = (
        [line.split("\t") for line in given.log.read_text().splitlines()] if given.log and given.log.exists() else []
    )
    done = {int(number): (kind, how, what) for number, kind, how, what in known}
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="polidiff-") as folder:
        report = tried(Path(folder, "made"))
        before = report.verify()
        if not before.ok or before.unchecked:
            print("\n".join(before.lines()))
            return 1
        for number in range(given.count):
            if number in done:
                continue
            kind = kinds[number % len(kinds)]
            random = Random(f"{given.seed} {number}")
            changed = next(one for _ in range(50) if (one := report.change(random, kind, forged=given.forged)))
            how = "found" if changed[1].problems or changed[1].unchecked else "missed"
            done[number] = kind, how, " ".join(changed[0].split())
            if given.log:
                with given.log.open("a") as log:
                    print(number, *done[number], sep="\t", file=log)
    for kind in kinds:
        own = [how for of, how, _ in done.values() if of == kind]
        print(f"{own.count('found'):5} of {len(own):5}  {kind}")
    missed = [f"{kind}: {what}" for kind, how, what in done.values() if how == "missed"]
    print(f"{len(done) - len(missed)} of {len(done)} found; {time.perf_counter() - began:.0f} s")
    print("\n".join(missed[:40]))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
