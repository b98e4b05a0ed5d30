"""The command that writes a report in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from polidiff.cli.show import force_option, place_of, plural, progress_line

if TYPE_CHECKING:
    from polidiff.interchange.opened import Opened
    from polidiff.wording import Locale

FORMATS = (
    "docx",
    "brief", "pdf", "html", "xlsx", "svg", "png", "csv", "claimreview", "webannotation", "parquet", "oscal", "akn",
    "stratml", "eli", "qdpx", "qdc", "skos", "ris", "bibtex",
)  # fmt: skip
"""The names of :data:`polidiff.export.FORMATS`, which a test holds equal, without what it imports."""


@click.command()
@click.argument("report", type=place_of, metavar="COMPARISON|WORKSPACE")
@click.option("--to", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file; for formats of several files the folder (default: into the report's folder).",
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of what is said.")
@click.option("--article-url", help="Where the article stands (claimreview).")
@click.option("--review-url", help="Where the page of the check stands (claimreview).")
@click.option("--publisher", help="Who publishes the check (claimreview).")
@force_option
def export(
    report: str | Path,
    to: str,
    output: Path | None,
    language: str,
    article_url: str | None,
    review_url: str | None,
    publisher: str | None,
    force: bool,
) -> None:
    """Write a report, or the codes of a workspace, in another format.

    COMPARISON is a folder that compare -o or check -o wrote, or its JSON. Of a WORKSPACE come its documents with their
    codes, and nothing needs to be compared: csv, parquet, qdpx, qdc, skos, webannotation, akn, stratml,
    eli, ris, bibtex.
    """
    from polidiff.export import export as write
    from polidiff.interchange.claimreview import Published

    published = Published(article_url, review_url, publisher)
    tongue = cast("Locale", language)
    made = _codes(report, to) or Path(report)
    for path in write(made, to, output, language=tongue, published=published, force=force, progress=progress_line()):
        click.echo(path)


def _codes(place: str | Path, to: str) -> Opened | None:
    """Return the codes of the workspace that is there; None where a report is. Raises InputError for other formats."""
    from polidiff.errors import InputError
    from polidiff.export import OF_CODES
    from polidiff.interchange.opened import NAMES
    from polidiff.workspace import Workspace, coded
    from polidiff.workspace.open import is_workspace

    if not is_workspace(place) or any((Path(place) / name).is_file() for name in NAMES):
        return None
    if to not in OF_CODES:
        remedy = f"polidiff compare --workspace {place} -o report, then export report; or --to {', '.join(OF_CODES)}"
        raise InputError(f"--to {to}", "is made of a comparison, and a workspace holds codes", remedy)
    with Workspace.open(place) as work:
        return coded(work, place)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder to write a project's files into.")
@click.option("--workspace", help="The workspace that takes in decisions typed into a report's workbook.")
@click.option("--by", envvar="POLIDIFF_BY", help="Who typed them (or POLIDIFF_BY).")
def import_(file: Path, output: Path | None, workspace: str | None, by: str | None) -> None:
    """Take in a REFI-QDA project (.qdpx, .qdc) with -o, or with --workspace the decisions typed into a workbook.

    Of a project come its texts, its codes, and what each person coded. Of the workbook (.xlsx) that
    compare --workspace -o wrote, what stands in the columns Decision and Why.
    """
    if (output is None) == (workspace is None):
        raise click.UsageError("say where it goes: -o DIR for a project, --workspace W for a report's workbook")
    if workspace is not None:
        _import_decisions(file, workspace, by)
        return
    from polidiff.export import take_in

    assert output is not None
    project, files = take_in(file, output)
    for path in files:
        click.echo(path)
    people = len({one.user for one in project.given})
    said = (
        plural(len(project.sources), "text"),
        plural(len(project.codes), "code"),
        f"{plural(len(project.given), 'coding')} by {plural(people, 'person', 'people')}",
    )
    click.echo("; ".join(said), err=True)
    for line in project.left[:20]:
        click.echo(f"left out: {line}", err=True)
    if len(project.left) > 20:
        click.echo(f"left out: {len(project.left) - 20} more", err=True)


def _import_decisions(file: Path, workspace: str, by: str | None) -> None:
    from datetime import UTC, datetime

    from polidiff.workspace import Workspace
    from polidiff.workspace.sheets import take_decisions

    if by is None:
        raise click.UsageError("say who typed the decisions: --by NAME")
    place = workspace if "://" in workspace else Path(workspace)
    with Workspace.open(place) as work:
        new, held = take_decisions(work, file, by=by, when=datetime.now(UTC))
    for one in new:
        click.echo(f"{one.place}: {one.verb} {one.name}")
    click.echo(f"{plural(len(new), 'decision')} taken in; {held} stood already")


COMMANDS = (export, import_)
