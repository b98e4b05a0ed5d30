"""Fixtures of the workspace's tests."""

from __future__ import annotations

from tests.workspace.postgres_server import database, place

__all__ = ["database", "place"]
