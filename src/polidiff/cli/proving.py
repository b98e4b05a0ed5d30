"""The command that proves an output against its documents."""

from __future__ import annotations

from pathlib import Path

import click

from polidiff.cli.show import plural

LEFT = "That a theme, a finding or a claim is judged rightly is not proved"
"""What no proof of words can show."""


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--source", "sources", multiple=True, metavar="FILE...", help="Where the source documents lie.")
@click.option("--strict", is_flag=True, help="A source that can't be found is a failure too.")
def verify(output: Path, sources: tuple[str, ...], strict: bool) -> None:
    """Prove that every quotation in an output stands in its document."""
    from polidiff import api

    report = api.verify(output, sources, strict=strict)
    for line in report.lines():
        click.echo(line)
    if not report.ok:
        count = plural(len(report.problems), "problem")
        left = len(report.unchecked) + report.places
        click.echo(f"{output}: not proved ({count}, {left} not checked)")
        raise click.exceptions.Exit(1)
    if report.places:
        rest = "; not all of it was checked (see above)" if report.unchecked else ""
        click.echo(f"{output}: words proved in the source; their places need the report folder{rest}")
    elif report.unchecked:
        click.echo(
            f"{output}: every quotation stands in its document's text; not all of it was checked (see above). {LEFT}"
        )
    else:
        click.echo(f"{output}: every quotation stands in its document. {LEFT}")


COMMANDS = (verify,)
