"""Commands on matters and judges: the matters of documents as a codebook, and a report put to a judge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polidiff.cli.asking import judge_asked, model_option
from polidiff.cli.show import (
    codebook_option,
    counted_lines,
    format_option,
    json_lines,
    place_of,
    plural,
    progress_line,
    shortened,
    shown,
)

if TYPE_CHECKING:
    from polidiff.judges.probes.measure import Measured
    from polidiff.judges.protocol import Judge, Memory, Recorder
    from polidiff.judges.protocol.requests import Task


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
@click.argument("place", type=place_of, metavar="REPORT|WORKSPACE")
@click.argument("documents", nargs=-1, metavar="[ID...]")
@click.option("--folder", metavar="DIR", help="Write the questions there, and read the answers from there.")
@click.option("--endpoint", metavar="ADDRESS", help="Ask the model behind this address (OpenAI's form).")
@model_option
@click.option("--budget", type=click.IntRange(1), help="Put at most so many questions, the weightiest first.")
@click.option(
    "--task",
    type=click.Choice(["finding", "stance", "theme"]),
    help="Ask only how passages relate, only where documents part, or only on what themes passages are.",
)
def judge(
    place: str | Path,
    documents: tuple[str, ...],
    folder: str | None,
    endpoint: str | None,
    model: str | None,
    budget: int | None,
    task: Task | None,
) -> None:
    """Ask what is undecided in a report or a workspace, and keep what was proved there.

    A report is written again; of a workspace all documents are asked about, or those of these IDs.
    """
    from polidiff import api
    from polidiff.comparison.comparison import TASKS
    from polidiff.workspace.open import is_workspace

    if (folder is None) == (endpoint is None):
        raise click.UsageError("say who is asked: --folder DIR, or --endpoint ADDRESS --model NAME")
    tasks = TASKS if task is None else (task,)
    if is_workspace(place):
        _judge_workspace(
            place, documents, lambda kept: judge_asked(folder or endpoint, model, kept), budget, tasks, folder
        )
        return
    if documents:
        raise click.UsageError(f"{documents[0]}: a report is put to the judge whole; ids go with a workspace")
    report = Path(place)
    made, check, asked = api.judge_report(
        report,
        lambda kept: judge_asked(folder or endpoint, model, kept),
        budget=budget,
        tasks=tasks,
        progress=progress_line(),
    )
    files = api.write_report(made, report if report.is_dir() else report.parent, check, answers=asked.kept)
    tell_asked(asked, folder)
    click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


def _judge_workspace(
    place: str | Path,
    documents: tuple[str, ...],
    asked: Callable[[Memory], Judge],
    budget: int | None,
    tasks: Sequence[Task],
    folder: str | None,
) -> None:
    from polidiff.workspace import Workspace
    from polidiff.workspace.judging import judge as put_to

    with Workspace.open(place) as work:
        compared, recorder = put_to(work, asked, documents, budget=budget, tasks=tasks, progress=progress_line())
        click.echo("\n".join(counted_lines(compared.comparison)))
        tell_asked(recorder, folder)
        click.echo(f"for the report: polidiff compare --workspace {shown(place, work)} -o DIR")


def tell_asked(asked: Recorder, folder: str | None) -> None:
    """Say what an asking came to, and what is to be done with what is open."""
    questions, words, agreed = asked.summary()
    refused = len(asked.kept.refused)
    click.echo(
        f"{plural(questions, 'question')} of {plural(words, 'word')} altogether, each asked twice: "
        f"{agreed} answered with proof, {questions - agreed} open, {plural(refused, 'statement')} refused"
    )
    if asked.missed:
        missed = plural(len(asked.missed), "request")
        click.echo(f"{missed} without an answer ({asked.missed[-1]}): the same line again asks no others", err=True)
    if folder is not None and questions > agreed:
        click.echo(f"answer {Path(folder) / 'requests.jsonl'} into {Path(folder) / 'answers.jsonl'} and run this again")


@click.command()
@click.option("--judge", "where", required=True, metavar="FOLDER|ADDRESS", help="Who is asked, as for compare.")
@model_option
@format_option
def calibrate(where: str, model: str | None, form: str) -> None:
    """Put the bundled probes to a judge, and keep how often a model of its name is right.

    The probes are 120 pairs of passages and 80 claims, English and Chinese, of which the answer is known. Each is asked
    twice. Reports made with that model's answers say from then on how often such an answer is wrong.
    """
    from dataclasses import asdict

    from polidiff.judges.probes import probes
    from polidiff.judges.probes.measure import calibrate_judge

    asked = judge_asked(where, model)
    words = 2 * sum(probe.item.words for probe in probes())
    click.echo(f"{plural(len(probes()), 'probe')}, each asked twice: {plural(words, 'word')}", err=True)
    made = calibrate_judge(asked, progress=progress_line())
    for told, calibration in made:
        name = "" if calibration is None else calibration.id
        if form == "jsonl":
            json_lines({**asdict(one), "calibration": name} for one in told)
        else:
            _tell_measured(told, name)
    answered = sum(one.answered for told, _ in made for one in told)
    if model is None and answered < len(probes()):
        folder = Path(where)
        what = f"{plural(len(probes()) - answered, 'probe')} without an answer"
        todo = f"answer {folder / 'requests.jsonl'} into {folder / 'answers.jsonl'} and run this again"
        click.echo(f"{what}: {todo}", err=True)


def _tell_measured(told: Sequence[Measured], calibration: str) -> None:
    """A model's table: what it said by label, and how often that was wrong."""
    click.echo(
        f"{told[0].model}: " + (f"calibration {calibration}, kept" if calibration else "too few answers to keep")
    )
    for one in told:
        decided = one.agreed - one.unsure
        click.echo(
            f"  {one.task}: {one.answered} of {one.probes} answered, {one.agreed} alike in both askings, "
            f"{one.right} of {decided} right{_share(one.right, decided)}, {one.exact} with the very label, "
            f"{one.unsure} unsure, {one.proved} of {one.leaning} by the deciding words, {one.refused} refused"
        )
        click.echo(f"    {'label':<14}{'probes':>7}{'found':>7}{'said':>7}{'wrong':>7}")
        for line in one.lines:
            click.echo(f"    {line.label:<14}{line.probes:>7}{line.found:>7}{line.said:>7}{line.wrong:>7}")


def _share(part: int, whole: int) -> str:
    return f" ({part / whole:.0%})" if whole else ""


COMMANDS = (themes, judge, calibrate)
