"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


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
