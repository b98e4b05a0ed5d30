"""Kill workers at random and see whether a result is lost or doubled: ``python -m benchmarks.workers [--kills 50]``.

Thousands of small pieces of work are spread over two processes, of this machine or with ``--ray`` of a Ray on it, and a
worker is killed with SIGKILL every half to four seconds, as often as is asked. Every piece has to come back once, with
the right result. With ``--speed`` it is timed instead with one process and with two. The last line is JSON; exit status
1 where something was lost, doubled or wrong. POSIX only.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures.process import BrokenProcessPool

from polidiff.executors import Executor, Local, Ray


def piece(number: int) -> tuple[int, str]:
    """A piece of work: some milliseconds of hashing."""
    data = str(number).encode()
    for _ in range(6000):
        data = hashlib.sha256(data).digest()
    return number, data.hex()


def workers(ray: bool) -> list[int]:
    """Return the processes that work now."""
    if not ray:
        return [one.pid for one in multiprocessing.active_children() if one.pid is not None]
    said = subprocess.run(["pgrep", "-f", "ray::piece"], capture_output=True, text=True, check=False).stdout
    return [int(line) for line in said.split()]


def killed(executor: Executor, ray: bool, kills: int, chance: random.Random) -> dict[str, int]:
    """Spread work until so many workers were killed, and count what came back."""
    done, made, wrong, lost = threading.Event(), [0], 0, 0

    def kill() -> None:
        while made[0] < kills and not done.is_set():
            time.sleep(chance.uniform(0.5, 4.0))
            if held := workers(ray):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(held), signal.SIGKILL)
                    made[0] += 1

    def numbers() -> object:
        number = 0
        while made[0] < kills or number < 500:
            yield number
            number += 1

    threading.Thread(target=kill, daemon=True).start()
    found: Counter[int] = Counter()
    given = 0
    for number, future in executor.spread(piece, numbers()):  # type: ignore[arg-type]
        given = max(given, number + 1)
        try:
            back, value = future.result()
        except BrokenProcessPool:
            lost += 1
            continue
        found[back] += 1
        wrong += back != number or (number % 50 == 0 and piece(number)[1] != value)
    done.set()
    missing = sum(number not in found for number in range(given))
    doubled = sum(count > 1 for count in found.values())
    return {"kills": made[0], "pieces": given, "lost": missing, "given_up": lost, "doubled": doubled, "wrong": wrong}


def main() -> int:
    """Kill, count, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--ray", action="store_true")
    parser.add_argument("--speed", action="store_true", help="seconds with one process and with two")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.speed:
        took = {}
        for jobs in (1, 2):
            executor: Executor = Ray("ray", jobs) if options.ray else Local(jobs)
            began = time.perf_counter()
            assert len(list(executor.spread(piece, range(4000)))) == 4000
            took[jobs] = round(time.perf_counter() - began, 2)
            if options.ray:
                import ray

                ray.shutdown()
        print(json.dumps({"seconds": took, "speed-up": round(took[1] / took[2], 2)}))
        return 0
    executor = Ray("ray", 2) if options.ray else Local(2)
    result = killed(executor, options.ray, options.kills, random.Random(options.seed))
    print(json.dumps(result))
    return 1 if result["lost"] or result["doubled"] or result["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
