"""One way to a workspace's store, wherever it is: a file, a folder, or an address of a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from polidiff.workspace import address
from polidiff.workspace.sqlite import SqliteStore
from polidiff.workspace.sqlite import place as file_of
from polidiff.workspace.store import Store


def open_store(place: str | Path, *, create: bool = False) -> Store:
    """Open the store of a workspace, or make it where ``create`` is set.

    ``place`` is a path, or ``postgresql://USER@HOST/DATABASE?workspace=NAME``. Raises InputError where there is none,
    or where it is not one, damaged, too new, or out of reach; OutputError where it can't be made.
    """
    if isinstance(place, str) and address.is_address(place):
        from polidiff.workspace.postgres import PostgresStore

        return PostgresStore(place, create=create)
    return SqliteStore(file_of(place), create=create)


def title_of(place: str | Path) -> str:
    """Return what a workspace is called whose maker gave it no title."""
    if isinstance(place, str) and address.is_address(place):
        return address.parse(place).workspace
    return Path(place).resolve().stem
