"""Reading in the tests of this room: in the test's own process, except where a test asks for another."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True, scope="module")
def in_this_process():
    """Read small made documents without a worker; ``test_isolation`` and ``test_damaged`` take it away."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLIDIFF_INPROCESS", "1")
        yield
