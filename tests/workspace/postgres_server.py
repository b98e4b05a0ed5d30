"""Where the tests find PostgreSQL: the server that POLIDIFF_TEST_POSTGRES names, or one of their own."""

from __future__ import annotations

import importlib.util
import os
import uuid
from collections.abc import Iterator

import pytest

VARIABLE = "POLIDIFF_TEST_POSTGRES"


def absent(reason: str) -> None:
    """Skip with the reason; in CI, where a server has to be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}, and CI must run the tests on PostgreSQL")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def database() -> str:
    """The address of a database on a real server, whose user may make schemas and roles."""
    if not os.environ.get(VARIABLE):
        absent(f"no PostgreSQL: {VARIABLE} names none")
    if importlib.util.find_spec("psycopg") is None:
        absent("psycopg isn't installed")
    return os.environ[VARIABLE]


@pytest.fixture
def place(database: str) -> Iterator[str]:
    """The address of a workspace that isn't there yet; what is made there is taken away again."""
    import psycopg

    name = f"t-{uuid.uuid4().hex[:12]}"
    yield f"{database}?workspace={name}"
    with psycopg.connect(database, autocommit=True) as db:
        db.execute(f'DROP SCHEMA IF EXISTS "{name}" CASCADE'.encode())
