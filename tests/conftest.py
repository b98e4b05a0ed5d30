"""What every room's tests share: how they are run, and the real documents."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

# A busy machine makes no test fail: neither an example nor the making of one is timed.
hypothesis.settings.register_profile("house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("house")

os.environ.setdefault("POLIDIFF_KEEP_ENCODINGS", "0")

SHARED = Path(__file__).resolve().parents[2] / "shared"

MINUTES, MINUTES_WITH_DOCUMENTS = 6, 10
"""What the tests take at most on two cores, without and with the real documents beside the project."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--all``."""
    parser.addoption("--all", action="store_true", help="run what is marked slow too, as CI does")


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say beforehand how long it takes."""
    if _named(config):
        return None
    if _slow_too(config):
        return "all tests, the slow ones too: up to 25 minutes on two cores"
    minutes = MINUTES_WITH_DOCUMENTS if SHARED.is_dir() else MINUTES
    cores = config.getoption("numprocesses", None) or 1
    said = f"up to {minutes} minutes on two cores ({cores} processes used)"
    return f"{said}; slow ones are left out (pytest --all runs them); one room: pytest tests/ROOM"


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Use no further process for a single file, which is over before they have started."""
    return 0 if _named(config) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is marked slow, unless CI, ``--all``, ``-m`` or a file's name asks for it."""
    if _slow_too(config) or config.option.markexpr or _named(config):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if not item.get_closest_marker("slow")]


def _slow_too(config: pytest.Config) -> bool:
    return bool(os.environ.get("CI")) or bool(config.getoption("--all"))


def _named(config: pytest.Config) -> bool:
    """Whether single files or tests were asked for by name."""
    return bool(config.args) and all(".py" in str(one) for one in config.args)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and people's labels beside the project.

    Where it is absent the test is skipped with that reason; in CI its absence is a failure.
    """
    if not SHARED.is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{SHARED} is absent, and CI must run the tests on real documents")
        pytest.skip(f"the real documents are not here: no folder {SHARED}")
    return SHARED
