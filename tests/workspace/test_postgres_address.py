"""Addresses of workspaces: what is one, and that nothing secret in it is ever shown."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polidiff.cli import run
from polidiff.errors import InputError
from polidiff.workspace import open_store
from polidiff.workspace.address import is_address, parse

SECRET = "s3cr3t"


def test_an_address_is_told_from_a_path() -> None:
    assert is_address("postgresql://ada@db.example/plans")
    assert is_address("postgres://db.example/plans")
    assert not is_address("us-cn.polidiff")
    assert not is_address(Path("postgresql"))


@pytest.mark.parametrize(
    ("place", "name", "workspace"),
    [
        ("postgresql://db/plans", "postgresql://db/plans?workspace=polidiff", "polidiff"),
        ("postgres://ada@db/plans?workspace=us-cn", "postgresql://ada@db/plans?workspace=us-cn", "us-cn"),
        (f"postgresql://ada:{SECRET}@db:5433/plans", "postgresql://ada@db:5433/plans?workspace=polidiff", "polidiff"),
        (f"postgresql://db/p?user=ada&password={SECRET}", "postgresql://db/p?user=ada&workspace=polidiff", "polidiff"),
        ("postgresql:///plans?host=/run/pg", "postgresql:///plans?host=/run/pg&workspace=polidiff", "polidiff"),
        ("postgresql://ada@[::1]:5432,db2/p", "postgresql://ada@[::1]:5432,db2/p?workspace=polidiff", "polidiff"),
    ],
)  # fmt: skip
def test_the_name_is_the_address_without_its_secrets(place: str, name: str, workspace: str) -> None:
    made = parse(place)
    assert (made.name, made.workspace) == (name, workspace)
    assert SECRET not in repr(made)


@pytest.mark.parametrize(
    "place",
    [
        f"postgresql://ada:{SECRET}/x@db/plans",
        f"postgresql://ada:{SECRET}#x@db/plans",
        f"postgresql://ada:{SECRET}?x@db/plans",
        f"postgresql://ada@db/plans?{SECRET}",
        f"postgresql://ada:{SECRET}@db/plans?sslmod=require",
        f"postgresql://ada:{SECRET}@db/plans?workspace=pg_x",
        f"postgresql://ada:{SECRET}@db/plans?workspace=a;drop",
        f"postgresql://ada:{SECRET}@[::1/plans",
        f"postgresql://ada:{SECRET}%zz@127.0.0.1:1/plans",
        f"postgresql://ada:{SECRET}@127.0.0.1:1/plans",
        f"postgresql://ada:{SECRET}@127.0.0.1:1/plans?sslmode={SECRET}",
    ],
)
def test_an_address_that_does_not_work_is_one_line_without_the_password(
    place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("psycopg")
    assert run(["status", place]) == 2
    said = capsys.readouterr()
    assert SECRET not in said.out + said.err
    assert said.err.startswith("polidiff: postgresql://")
    assert len(said.err.splitlines()) == 1


@given(st.text(alphabet="ab:@/?#[]%&=,", max_size=20))
def test_no_odd_address_is_more_than_an_input_error(rest: str) -> None:
    with suppress(InputError):
        parse(f"postgresql://{rest}")


def test_without_the_driver_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real: Callable[..., Any] = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name.startswith("psycopg"):
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        InputError, match=r"needs the PostgreSQL driver; install it with: pip install 'polidiff\[postgres\]'"
    ):
        open_store("postgresql://db.example/plans")
