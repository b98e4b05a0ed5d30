"""Options that say of a source what its bytes do not: name, country, date, and the columns of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from polidiff.readers.choices import Choices

_FACTS = (
    ("--name", "said_names", "A short name for the document, for tables and reports"),
    ("--country", "said_countries", "The country of the document (a code or a name)"),
    ("--date", "said_dates", "The date of the document (2025, 2025-07 or 2025-07-23)"),
)
_COLUMNS = (
    ("--id-column", "id_column", "The column of a table that holds the ids (default: found by its name)."),
    ("--text-column", "text_column", "The column of a table that holds the words (default: found by its name)."),
)


def choices_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options; it takes what they say as keyword arguments, for :func:`choices_of`."""
    for option, name, words in reversed(_COLUMNS):
        command = click.option(option, name, default="", help=words)(command)
    for option, name, words in reversed(_FACTS):
        more = "; with several documents once for each, in their order (- to leave one as it is)."
        command = click.option(option, name, multiple=True, help=words + more)(command)
    return command


def choices_of(count: int, said: dict[str, Any]) -> list[Choices]:
    """Return what the options say of each of ``count`` documents. Raises click.UsageError for another number."""
    from polidiff.readers.choices import Choices

    rows: list[tuple[str, ...]] = []
    for option, name, _ in _FACTS:
        given = tuple("" if value == "-" else value for value in said[name])
        if given and len(given) != count:
            raise click.UsageError(f"{len(given)} {option} for {count} documents: give one for each, in their order")
        rows.append(given or ("",) * count)
    columns = (said["id_column"], said["text_column"])
    return [Choices(name, country, date, *columns) for name, country, date in zip(*rows, strict=True)]
