"""The root command and what its commands share."""

from __future__ import annotations

from collections.abc import Iterator

import click

from polidiff.cli import (
    adding,
    aligning,
    assisting,
    briefing,
    checking,
    codebooks,
    comparing,
    corpus,
    diffing,
    documents,
    exporting,
    judging,
    proving,
    searching,
    serving,
    workspace,
)
from polidiff.version import __version__

SEVERAL = ("--against", "--source")
"""Options that take several values after one name: ``--against us.pdf cn.md``."""


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="polidiff")
def root() -> None:
    """Compare public policy documents from their own words.

    A SOURCE is a path, an https address, - for standard input, or the name of a bundled or catalogued document. A
    path may be a PDF, HTML, MHTML, DOCX, Markdown, text, a table of provisions (CSV, JSONL, XLSX), or legislatures'
    XML: Akoma Ntoso, USLM, the US bill DTD, Formex, LIMS, CLML; and StratML.

    Start with: polidiff demo
    """


for command in (
    *documents.COMMANDS,
    *aligning.COMMANDS,
    *comparing.COMMANDS,
    *briefing.COMMANDS,
    *searching.COMMANDS,
    *checking.COMMANDS,
    *diffing.COMMANDS,
    *judging.COMMANDS,
    *proving.COMMANDS,
    *exporting.COMMANDS,
    *workspace.COMMANDS,
    *adding.COMMANDS,
    *corpus.COMMANDS,
    *codebooks.COMMANDS,
    *serving.COMMANDS,
    *assisting.COMMANDS,
):
    root.add_command(command)


def spread_options(arguments: list[str]) -> list[str]:
    """Return the arguments with ``--against A B`` written as ``--against A --against B``."""
    return list(_spread(arguments))


def _spread(arguments: list[str]) -> Iterator[str]:
    current: str | None = None
    first = False
    for argument in arguments:
        if argument in SEVERAL:
            current, first = argument, True
            yield argument
        elif argument.startswith("-") and argument != "-":
            current = None
            yield argument
        elif current is not None and not first:
            yield current
            yield argument
        else:
            first = False
            yield argument
