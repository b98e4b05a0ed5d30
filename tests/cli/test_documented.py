"""Every command and every option is told in docs/commands.md."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from polidiff.cli.root import root

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")


def commands(group: click.Group, name: str) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    for key, command in group.commands.items():
        found.append((f"{name} {key}", command))
        if isinstance(command, click.Group):
            found += commands(command, f"{name} {key}")
    return found


@pytest.mark.parametrize(("name", "command"), commands(root, "polidiff"), ids=lambda value: str(value))
def test_a_command_and_its_options_are_documented(name: str, command: click.Command) -> None:
    assert name in TEXT
    options = [option for p in command.params if isinstance(p, click.Option) for option in p.opts if option != "--help"]
    assert [option for option in options if option not in TEXT] == []
