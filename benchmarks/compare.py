"""How long two documents take to be compared: the first time, with vectors kept, and once the report is known.

python -m benchmarks.compare A B [--times 3]

Each is the whole command in a process of its own, on a cache of its own; the least of the runs counts. Seconds are of
the processor (user and system, this process's children included) and of the wall clock; bytes are the most that one
process held.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

COMMAND = "from polidiff.cli import main; main()"


def once(sources: list[str], where: Path) -> tuple[float, float, int]:
    """Compare; return the seconds of the processor and of the clock, and the most kilobytes held."""
    started = time.perf_counter()
    command = [sys.executable, "-c", COMMAND, "compare", *sources, "-o", str(where / "out")]
    process = subprocess.Popen(
        command,
        env={**os.environ, "POLIDIFF_CACHE": str(where / "cache"), "POLIDIFF_KEEP_ENCODINGS": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"compare ended with {process.returncode}")
    return used.ru_utime + used.ru_stime, time.perf_counter() - started, used.ru_maxrss


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs=2)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    rows: dict[str, list[tuple[float, float, int]]] = {"first": [], "vectors kept": [], "known": []}
    for _ in range(options.times):
        with tempfile.TemporaryDirectory() as folder:
            where = Path(folder)
            rows["first"].append(once(options.sources, where))
            shutil.rmtree(where / "cache" / "reports")
            rows["vectors kept"].append(once(options.sources, where))
            rows["known"].append(once(options.sources, where))
    for name, runs in rows.items():
        processor, clock, most = (min(column) for column in zip(*runs, strict=True))
        print(f"{name:13s} {processor:6.2f} s of processor {clock:6.2f} s by the clock {most / 1024:5.0f} MB")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
