"""The command that tells a comparison as an article of two pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from polidiff.cli.asking import asked_model, endpoint_option, model_option
from polidiff.cli.choosing import choices_options
from polidiff.cli.comparing import names_option, read_all
from polidiff.cli.show import (
    codebook_option,
    encoder_option,
    force_option,
    level_option,
    progress_line,
    scale_option,
    shortened,
)

if TYPE_CHECKING:
    from polidiff.model import Scale
    from polidiff.wording import Locale

FORMS = ("docx", "html", "md")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...] | REPORT")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The file: .docx, .html or .md (default: print Markdown)."
)
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Of what is said.")
@names_option
@choices_options
@encoder_option
@codebook_option
@scale_option
@level_option
@endpoint_option
@model_option
@force_option
def brief(
    sources: tuple[str, ...],
    output: Path | None,
    language: str,
    names: tuple[str, ...],
    encoder: str,
    codebook: str,
    scale: str,
    level: str | None,
    endpoint: str | None,
    model: str | None,
    force: bool,
    **said: Any,
) -> None:
    """Tell a comparison as an article of two pages, each sentence with its passages: of documents, or of a report."""
    from polidiff import api, report
    from polidiff.encode import encoder_named
    from polidiff.output import write_file

    form = "md" if output is None else output.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise click.UsageError(f"{output}: name a file that ends with .docx, .html or .md")
    one = len(sources) == 1
    documents: tuple[Any, ...] = sources if one else tuple(read_all(sources, names, said))
    comparison, told = api.brief(
        *documents,
        codebook=codebook,
        encoder=encoder_named(encoder),
        scale=cast("Scale", scale),
        level=level,
        language=cast("Locale", language),
        progress=progress_line(),
    )
    if endpoint is not None or model is not None:
        from polidiff.report.briefing.reworded import reworded

        told = reworded(comparison, told, asked_model(endpoint, model), progress_line())
        for left in told.dropped:
            click.echo(f"left out ({left.why}): {shortened(left.text)}", err=True)
    made = report.brief_file(comparison, told, form)
    if output is None:
        click.echo(made.decode("utf-8", "replace"), nl=False)
        return
    click.echo(write_file(output, made, force=force))


COMMANDS = (brief,)
