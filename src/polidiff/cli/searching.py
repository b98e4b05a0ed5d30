"""The command search: passages of documents that answer words, phrases or a question."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from polidiff.cli.corpus import narrowed, narrowing, searched
from polidiff.cli.show import format_option, json_lines, plural, progress_line, shortened

if TYPE_CHECKING:
    from polidiff.ranking.index import How
    from polidiff.ranking.search import SearchHit


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
@narrowing
@format_option
def search(sources: tuple[str, ...], top: int, how: How, form: str, **facts: str) -> None:
    """Find the passages that answer WORDS: words, "a phrase" in quotation marks, or a question, in either language.

    A SOURCE may be a workspace, all of whose documents are searched then.
    """
    from polidiff.ranking.search import hit_record
    from polidiff.workspace.open import is_workspace

    *files, words = sources
    if not files:
        raise click.UsageError(
            'search needs a document and words, for example: polidiff search us.pdf "export control"'
        )
    found: Sequence[SearchHit]
    if len(files) == 1 and is_workspace(files[0]):
        found = searched(files[0], words, how, narrowed(**facts), top)
    elif any(facts.values()):
        raise click.UsageError("--country, --kind, --language, --since and --until narrow a workspace: give one")
    else:
        from polidiff import api

        found = api.search(*files, words=words, top=top, how=how, progress=progress_line())
    if form == "jsonl":
        json_lines(hit_record(hit) for hit in found)
        return
    for hit in found:
        page = "" if hit.page is None else f" (p. {hit.page})"
        click.echo(f"{hit.score:.2f}  {hit.document} {hit.provision}{page}: {shortened(hit.text)}")
    click.echo(plural(len(found), "passage"))


COMMANDS = (search,)
