"""The command that writes a report in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from polidiff.cli.show import progress_line

if TYPE_CHECKING:
    from polidiff.wording import Locale

FORMATS = ("docx", "pdf", "html", "xlsx", "svg", "png", "csv", "claimreview", "webannotation")
"""The names of :data:`polidiff.export.FORMATS`, which a test holds equal, without what it imports."""


@click.command()
@click.argument("report", type=click.Path(path_type=Path), metavar="COMPARISON")
@click.option("--to", required=True, type=click.Choice(FORMATS), help="The format.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The file; for csv, svg and png the folder (default: into the report's folder).",
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of what is said.")
@click.option("--article-url", help="Where the article stands (claimreview).")
@click.option("--review-url", help="Where the page of the check stands (claimreview).")
@click.option("--publisher", help="Who publishes the check (claimreview).")
def export(
    report: Path,
    to: str,
    output: Path | None,
    language: str,
    article_url: str | None,
    review_url: str | None,
    publisher: str | None,
) -> None:
    """Write a report in another format. COMPARISON is a folder that compare -o or check -o wrote, or its JSON."""
    from polidiff.export import export as write
    from polidiff.interchange.claimreview import Published

    published = Published(article_url, review_url, publisher)
    for path in write(
        report, to, output, language=cast("Locale", language), published=published, progress=progress_line()
    ):
        click.echo(path)


COMMANDS = (export,)
