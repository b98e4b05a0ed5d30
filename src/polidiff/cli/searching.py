"""The command search: passages of documents that answer words, phrases or a question."""

from __future__ import annotations

import click

from polidiff.cli.show import format_option, json_lines, plural, progress_line, shortened


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE... WORDS")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option(
    "--by",
    "how",
    type=click.Choice(["both", "words", "meaning"]),
    default="both",
    show_default=True,
    help="Find by words, by meaning, or by both.",
)
@format_option
def search(sources: tuple[str, ...], top: int, how: str, form: str) -> None:
    """Find the passages that answer WORDS: words, "a phrase" in quotation marks, or a question, in either language."""
    from polidiff import api
    from polidiff.ranking.search import hit_record

    *files, words = sources
    if not files:
        raise click.UsageError(
            'search needs a document and words, for example: polidiff search us.pdf "export control"'
        )
    hits = api.search(*files, words=words, top=top, how=how, progress=progress_line())  # type: ignore[arg-type]
    if form == "jsonl":
        json_lines(hit_record(hit) for hit in hits)
        return
    for hit in hits:
        page = "" if hit.page is None else f" (p. {hit.page})"
        click.echo(f"{hit.score:.2f}  {hit.document} {hit.provision}{page}: {shortened(hit.text)}")
    click.echo(plural(len(hits), "passage"))


COMMANDS = (search,)
