"""One way to a workspace's store, wherever it is: a file, a folder, or an address of a PostgreSQL database."""

from __future__ import annotations

from pathlib import Path

from polidiff.workspace import address
from polidiff.workspace.artifacts import with_artifacts
from polidiff.workspace.sqlite import SqliteStore
from polidiff.workspace.sqlite import place as file_of
from polidiff.workspace.store import Store

ENDING = ".polidiff"


def open_store(place: str | Path, *, create: bool = False) -> Store:
    """Open the store of a workspace, or make it where ``create`` is set.

    ``place`` is a path, or ``postgresql://USER@HOST/DATABASE?workspace=NAME``. Raises InputError where there is none,
    or where it is not one, damaged, too new, or out of reach; OutputError where it can't be made.
    """
    store: Store
    if isinstance(place, str) and address.is_address(place):
        from polidiff.workspace.postgres import PostgresStore

        store = PostgresStore(place, create=create)
    else:
        store = SqliteStore(file_of(place), create=create)
    return store if create else with_artifacts(store)


def is_workspace(place: str | Path) -> bool:
    """Whether a workspace is there: a file of that ending, a folder with one in it, or an address of a database."""
    if isinstance(place, str) and address.is_address(place):
        return True
    path = Path(place)
    return (path.suffix == ENDING and path.is_file()) or (path.is_dir() and file_of(path).is_file())


def title_of(place: str | Path) -> str:
    """Return what a workspace is called whose maker gave it no title."""
    if isinstance(place, str) and address.is_address(place):
        return address.parse(place).workspace
    return Path(place).resolve().stem
