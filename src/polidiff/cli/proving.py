"""The command that proves an output against its documents."""

from __future__ import annotations

from pathlib import Path

import click

from polidiff.cli.show import encoder_option, plural, progress_line

JUDGED = "That a theme, a finding or a claim is judged rightly is not proved"
"""What no proof can show."""

REBUILT = "a new run from the sources gives it to the byte"
WHOLE = "every file of it is what its record gives, and every quotation stands in its document"
WORDS = "every quotation stands in its document"


@click.command()
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--source", "sources", multiple=True, metavar="FILE...", help="Where the source documents lie.")
@click.option("--strict", is_flag=True, help="A source that can't be found is a failure too.")
@click.option("--rebuild", is_flag=True, help="Make it again from its sources and compare byte for byte.")
@encoder_option
@click.option("--sign", type=click.Path(path_type=Path), metavar="KEY", help="Sign what is proved with a private key.")
@click.option(
    "--check-signature", type=click.Path(path_type=Path), metavar="KEY", help="Check the signature by a public key."
)
def verify(
    output: Path,
    sources: tuple[str, ...],
    strict: bool,
    rebuild: bool,
    encoder: str,
    sign: Path | None,
    check_signature: Path | None,
) -> None:
    """Prove an output: its words against its documents, and every file of a report's folder as a whole."""
    from polidiff import api
    from polidiff.verification import signing

    if rebuild:
        from polidiff import rebuild as again
        from polidiff.encode import encoder_named

        chosen = None if encoder == "default" else encoder_named(encoder)
        report = again.verify(output, sources, strict=strict, encoder=chosen, progress=progress_line())
    else:
        report = api.verify(output, sources, strict=strict)
    for line in report.lines():
        click.echo(line)
    folder = output if output.is_dir() else output.parent
    problem = None if check_signature is None else signing.signature_problem(folder, check_signature)
    if problem is not None:
        click.echo(f"problem: {signing.ENVELOPE}: {problem}")
    if not report.ok or problem is not None:
        count = plural(len(report.problems) + (problem is not None), "problem")
        left = len(report.unchecked) + report.places
        click.echo(f"{output}: not proved ({count}, {left} not checked)")
        raise click.exceptions.Exit(1)
    if check_signature is not None:
        click.echo(f"{output}: signed by {check_signature.name}")
    if sign is not None:
        click.echo(f"{signing.sign(folder, sign)}: written")
    said = REBUILT if rebuild else WHOLE if any("gives again" in what for what, _ in report.checked) else WORDS
    rest = "; not all of it was checked (see above)" if report.unchecked else ""
    if report.places:
        click.echo(f"{output}: words proved in the source; their places need the report folder{rest}")
    else:
        click.echo(f"{output}: {said}{rest}. {JUDGED}")


COMMANDS = (verify,)
