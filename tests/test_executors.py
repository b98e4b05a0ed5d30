"""Work that is spread over processes: all of it is done once, whoever dies."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from polidiff.errors import InputError
from polidiff.executors import WAITING, Ray, executor


def square(number: int) -> int:
    return number * number


def die_once(place: tuple[str, int]) -> int:
    """End this process the first time that an item with a mark is met; later do it."""
    folder, number = place
    mark = Path(folder) / str(number)
    if number % 7 == 3 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die(number: int) -> int:
    if number == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", [1, 2])
def test_everything_is_done(jobs: int) -> None:
    assert [done.result() for _, done in executor("local", jobs).spread(square, range(20))] == [
        n * n for n in range(20)
    ]


def sleep(number: int) -> int:
    time.sleep(1 if number == 0 else 0)
    return number


def test_results_come_in_the_order_of_the_items_and_few_are_begun_behind_a_slow_one() -> None:
    begun = []

    def items() -> Iterator[int]:
        for number in range(200):
            begun.append(number)
            yield number

    results = executor("local", 2).spread(sleep, items())
    assert next(results)[1].result() == 0
    assert len(begun) <= 2 * WAITING
    assert [item for item, _ in results] == list(range(1, 200))


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signals")
def test_what_a_killed_process_had_is_done_again_and_once(tmp_path: Path) -> None:
    items = [(str(tmp_path), number) for number in range(30)]
    found = Counter(done.result() for _, done in executor("local", 2).spread(die_once, items))
    assert found == Counter(range(30))


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signals")
def test_only_the_one_that_ends_its_process_is_given_up() -> None:
    lost, done = [], []
    for item, future in executor("local", 2).spread(die, range(9)):
        try:
            done.append(future.result())
        except BrokenProcessPool:
            lost.append(item)
    assert lost == [4]
    assert sorted(done) == [0, 1, 2, 3, 5, 6, 7, 8]


def test_another_address_is_refused() -> None:
    with pytest.raises(InputError, match="executor"):
        executor("slurm://x")


@pytest.mark.skipif(importlib.util.find_spec("ray") is None and not os.environ.get("CI"), reason="ray isn't installed")
@pytest.mark.slow
def test_ray_does_the_same() -> None:
    import ray

    try:
        found = [done.result() for _, done in Ray("ray", 2).spread(square, range(20))]
    finally:
        ray.shutdown()
    assert found == [n * n for n in range(20)]


@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signals")
def test_processes_that_wait_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    code = (
        "import os, time\n"
        "from tests.test_executors import say_who\n"
        "from polidiff.executors import executor\n"
        "if __name__ == '__main__':\n"
        f"    for item, done in executor('local', 2).spread(say_who, [{str(tmp_path)!r}] * 4):\n"
        "        time.sleep(60)\n"
    )
    script = tmp_path / "started.py"
    script.write_text(code, encoding="utf-8")
    root = Path(__file__).parents[1]
    path = os.pathsep.join([str(root), str(root / "src"), os.environ.get("PYTHONPATH", "")])
    started = subprocess.Popen([sys.executable, str(script)], env={**os.environ, "PYTHONPATH": path})
    try:
        _until(lambda: len(list(tmp_path.glob("*.worker"))) == 2)
    finally:
        started.kill()
        started.wait()
    workers = [int(one.stem) for one in tmp_path.glob("*.worker")]
    _until(lambda: not any(map(_alive, workers)))


def say_who(folder: str) -> None:
    """Leave this process's number in a folder, and let another take the next one."""
    (Path(folder) / f"{os.getpid()}.worker").touch()
    time.sleep(0.5)


def _until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
