"""Commands on several documents: align, compare, demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from polidiff.cli.checking import claims_summary, quotes_summary
from polidiff.cli.show import (
    codebook_option,
    format_option,
    json_lines,
    plural,
    progress_line,
    scale_option,
    shortened,
    themes_line,
)

if TYPE_CHECKING:
    from polidiff.model import ArticleCheck, Comparison, Scale


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many of B for each of A.")
@codebook_option
@format_option
def align(a: str, b: str, top: int, codebook: str, form: str) -> None:
    """Find for each provision of A those of B that answer it, best first, with reasons."""
    from polidiff import api
    from polidiff.align import align_records

    found = api.align(a, b, top=top, codebook=codebook, progress=progress_line())
    if form == "jsonl":
        json_lines(align_records(found))
        return
    rows = zip(found.a.provisions, found.matches, found.uniques, strict=True)
    texts = {provision.id: provision.text for provision in found.b.provisions}
    for provision, matches, unique in rows:
        click.echo(f"{provision.id}  {shortened(provision.text)}")
        for match in matches[:3]:
            reasons = "; ".join(reason.text for reason in match.reasons)
            click.echo(f"    {match.score:.2f} {match.relation}  {match.id}  {shortened(texts[match.id], 80)}")
            click.echo(f"         {reasons}")
        click.echo(f"    only here with probability {unique.probability:.2f}")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder for the report.")
@click.option("--article", help="An article to check against the documents; its check goes into the report.")
@click.option("--id", "names", multiple=True, help="An id for a document, once for each source, in their order.")
@codebook_option
@scale_option
def compare(
    sources: tuple[str, ...],
    output: Path,
    article: str | None,
    names: tuple[str, ...],
    codebook: str,
    scale: str,
) -> None:
    """Compare documents theme by theme and write a report to read, check and send on."""
    from polidiff import api

    if len(sources) < 2:
        raise click.UsageError(
            "compare needs two documents or more, for example: polidiff compare us.pdf uk.html -o out"
        )
    if names and len(names) != len(sources):
        raise click.UsageError(f"{len(names)} --id for {len(sources)} documents: give one for each, in their order")
    show = progress_line()
    given = names or (None,) * len(sources)
    documents = [api.read(source, id=name, progress=show) for source, name in zip(sources, given, strict=True)]
    comparison = api.compare(*documents, codebook=codebook, scale=cast("Scale", scale), progress=show)
    checked = None if article is None else api.check(article, documents, claims=True, progress=show)
    _tell(comparison, checked, api.write_report(comparison, output, checked))


@click.command()
@click.option(
    "-o",
    "--output",
    default=Path("polidiff-demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder for the report.",
)
def demo(output: Path) -> None:
    """Write the founding comparison (United States, China) from bundled digests, without network."""
    from polidiff import api

    _tell(None, None, api.demo(output, progress=progress_line()))


def _tell(comparison: Comparison | None, checked: ArticleCheck | None, files: tuple[Path, ...]) -> None:
    """Say what was found and where the report lies."""
    if comparison is not None:
        click.echo(themes_line(comparison))
        for document in comparison.documents:
            for notice in document.warnings:
                place = "" if notice.page is None else f"page {notice.page}: "
                click.echo(f"note: {document.id}: {place}{notice.message}", err=True)
    if checked is not None:
        quotes_summary(checked.verdicts)
        claims_summary(checked.claims)
    click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


COMMANDS = (align, compare, demo)
