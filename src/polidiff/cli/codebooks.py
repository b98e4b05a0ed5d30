"""Commands on codebooks: check, export, import; and the agreement of two people's codes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from polidiff.cli.show import format_option, json_lines, plural, shortened

output_option = click.option("-o", "--output", type=click.Path(path_type=Path), help="A file (default: the terminal).")


@click.group()
def codebook() -> None:
    """Check a codebook, or bring it in and out of other tools."""


@codebook.command()
@click.argument("file")
@format_option
def check(file: str, form: str) -> int:
    """Say what is wrong with a codebook FILE, each with its place. Exit status 1 where something is."""
    from polidiff.coding import check_codebook, load_codebook

    faults = check_codebook(file)
    if form == "jsonl":
        json_lines(({"codebook": file, "fault": fault} for fault in faults), "fault")
    elif faults:
        for fault in faults:
            click.echo(f"{file}: {fault}")
        click.echo(plural(len(faults), "fault"))
    else:
        book = load_codebook(file)
        terms = sum(len(theme.en_terms) + len(theme.zh_terms) for theme in book.themes)
        click.echo(f"{file}: well formed; {plural(len(book.themes), 'theme')}, {plural(terms, 'term')}")
    return 1 if faults else 0


@codebook.command("export")
@click.argument("name")
@click.option("--to", type=click.Choice(["skos", "toml"]), default="skos", show_default=True, help="The form.")
@output_option
def export_(name: str, to: str, output: Path | None) -> None:
    """Write a codebook (a bundled NAME, or a file) as SKOS in RDF/XML, or as TOML to be made yours."""
    from polidiff.coding import load_codebook
    from polidiff.coding.skos import to_skos
    from polidiff.coding.tables import tables_of, to_toml

    book = load_codebook(name)
    _put(to_skos(book) if to == "skos" else to_toml(tables_of(book)).encode(), output)


@codebook.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@output_option
def import_(file: Path, output: Path | None) -> int:
    """Make a codebook of a SKOS file (RDF/XML) or of a table of codes (CSV) that another tool exported.

    What is wrong with it is said on standard error, with exit status 1: mend it in the file that was written.
    """
    from polidiff.coding.codebook import faults_of
    from polidiff.coding.skos import from_skos
    from polidiff.coding.tables import contents, from_table, to_toml

    xml = contents(file).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    tables = from_skos(file) if xml else from_table(file)
    _put(to_toml(tables).encode(), output)
    faults = faults_of(tables)
    for fault in faults:
        click.echo(f"{file}: {fault}", err=True)
    return 1 if faults else 0


def _put(data: bytes, output: Path | None) -> None:
    from polidiff.errors import OutputError

    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        raise OutputError(str(output), f"cannot be written ({error.strerror or error})", "check the path") from None
    click.echo(f"{output} written", err=True)


@click.command()
@click.argument("a", type=click.Path(path_type=Path))
@click.argument("b", type=click.Path(path_type=Path))
@click.option("--list", "listed", is_flag=True, help="List the units on which they differ, for adjudication.")
@format_option
def agreement(a: Path, b: Path, listed: bool, form: str) -> None:
    """How far two codings agree: Krippendorff's alpha and Cohen's kappa, for each code, with 95% intervals.

    A and B are tables (CSV) with a column id and a column codes (parted by ;), or what polidiff code --format jsonl
    printed.
    """
    from polidiff.coding.agreement import agreement_of, agreement_record, load_codes

    found = agreement_of(load_codes(a), load_codes(b))
    if form == "jsonl":
        json_lines([agreement_record(found)], "agreement")
        return
    click.echo(f"{plural(found.units, 'unit')} coded by both · alpha {_figure(found.alpha)} ({found.how})")
    for code in found.codes:
        click.echo(
            f"    {code.code}: alpha {_figure(code.alpha)}, kappa {_figure(code.kappa)}, "
            f"given {code.a} and {code.b} times, {code.both} together"
        )
    if listed:
        for unit, first, second in found.differences:
            click.echo(shortened(f"{unit}: {'; '.join(first) or 'none'} | {'; '.join(second) or 'none'}"))


def _figure(value: tuple[float, float, float] | None) -> str:
    return "undefined" if value is None else f"{value[0]:.2f} ({value[1]:.2f} to {value[2]:.2f})"


COMMANDS: tuple[click.Command, ...] = (codebook, agreement)
