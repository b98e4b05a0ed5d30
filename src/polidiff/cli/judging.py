"""Commands on matters and judges: the matters of documents as a codebook, and a report put to a judge."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from polidiff.cli.asking import judge_asked, model_option
from polidiff.cli.show import codebook_option, format_option, json_lines, plural, progress_line, shortened

if TYPE_CHECKING:
    from polidiff.judges.protocol import Recorder


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@codebook_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the codebook into this file (TOML).")
@format_option
def themes(sources: tuple[str, ...], codebook: str, output: Path | None, form: str) -> None:
    """Find the matters of these very documents, as a codebook that can be edited."""
    from polidiff import api
    from polidiff.coding.tables import tables_of, to_toml

    if len(sources) < 2:
        raise click.UsageError("themes needs two documents or more, for example: polidiff themes us.pdf uk.html")
    book, records = api.themes(*sources, codebook=codebook, progress=progress_line())
    if output is not None:
        _written(output, to_toml(tables_of(book)))
        click.echo(f"{output}: {plural(len(book.themes), 'matter')}", err=True)
    if form == "jsonl":
        json_lines(records)
    elif output is None:
        for record in records:
            counts: dict[str, int] = {}
            for passage in record["passages"]:
                counts[passage["document"]] = counts.get(passage["document"], 0) + 1
            click.echo(f"{record['name']}  ({', '.join(f'{name} {n}' for name, n in counts.items())})")
            click.echo(f"    {shortened(record['passages'][0]['text'])}")


def _written(path: Path, text: str) -> None:
    from polidiff.errors import OutputError

    if path.exists():
        raise OutputError(str(path), "is there already", "name another file, so that no codebook of yours is lost")
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(str(path), f"can't be written ({error.strerror})", "name another file") from error


@click.command()
@click.argument("report", type=click.Path(path_type=Path))
@click.option("--folder", metavar="DIR", help="Write the questions there, and read the answers from there.")
@click.option("--endpoint", metavar="ADDRESS", help="Ask the model behind this address (OpenAI's form).")
@model_option
@click.option("--budget", type=click.IntRange(1), help="Put at most so many questions, the weightiest first.")
def judge(report: Path, folder: str | None, endpoint: str | None, model: str | None, budget: int | None) -> None:
    """Ask what is undecided in a report, and write the report again with what was proved."""
    from polidiff import api

    if (folder is None) == (endpoint is None):
        raise click.UsageError("say who is asked: --folder DIR, or --endpoint ADDRESS --model NAME")
    made, check, asked = api.judge_report(
        report,
        lambda kept: judge_asked(folder or endpoint, model, kept),
        budget=budget,
        progress=progress_line(),
    )
    files = api.write_report(made, report if report.is_dir() else report.parent, check, answers=asked.kept)
    tell_asked(asked, folder)
    click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


def tell_asked(asked: Recorder, folder: str | None) -> None:
    """Say what an asking came to, and what is to be done with what is open."""
    questions, words, agreed = asked.summary()
    refused = len(asked.kept.refused)
    click.echo(
        f"{plural(questions, 'question')} of {plural(words, 'word')} altogether, each asked twice: "
        f"{agreed} answered with proof, {questions - agreed} open, {plural(refused, 'statement')} refused"
    )
    if folder is not None and questions > agreed:
        click.echo(f"answer {Path(folder) / 'requests.jsonl'} into {Path(folder) / 'answers.jsonl'} and run this again")


COMMANDS = (themes, judge)
