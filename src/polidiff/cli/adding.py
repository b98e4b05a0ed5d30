"""Commands that take documents into a workspace, and say what they are: add, facts."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polidiff.cli.show import (
    format_option,
    json_lines,
    place_argument,
    plural,
    printable,
    progress_line,
    resumable,
    shown,
    work_options,
)

if TYPE_CHECKING:
    from polidiff.executors import Executor
    from polidiff.workspace import Workspace
    from polidiff.workspace.intake import Order, Taken

FEW = 20
"""Files up to which each that was taken in before has a line of its own."""

TURNED = {"country": "jurisdiction", "kind": "genre"}
"""Columns whose facts have another name in a document's record."""


def _now() -> datetime:
    return datetime.now(UTC)


def _note(line: str) -> None:
    click.echo(f"note: {printable(line)}", err=True)


@click.command()
@place_argument
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("--id", "names", multiple=True, help="An id for a document, once for each source, in their order.")
@work_options
@click.option("--memory", default="", metavar="SIZE", help="So much memory at the most (2G): fewer processes work.")
@click.option("--metadata", type=click.Path(path_type=Path), help="A table (CSV): file, and id, name, country, date.")
@click.option("--prepare", is_flag=True, help="Code and encode the documents too, ready for search and who.")
@format_option
def add(
    workspace: str | Path,
    sources: tuple[str, ...],
    names: tuple[str, ...],
    jobs: int,
    where: str,
    memory: str,
    metadata: Path | None,
    prepare: bool,
    form: str,
) -> int:
    """Add documents, or folders of them, to a workspace, or newer versions of those that it holds.

    What was taken in before is skipped, what fails is told and the others go on (exit status 1).
    """
    from polidiff.cli.corpus import announcing
    from polidiff.executors import executor as executor_of
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus.prepare import prepare as make_ready
    from polidiff.workspace.foreseen import reading
    from polidiff.workspace.intake import orders

    if names and len(names) != len(sources):
        raise click.UsageError(f"{len(names)} --id for {len(sources)} documents: give one for each, in their order")
    asked = orders(sources, names, metadata, _note)
    ids = Counter(order.name for order in asked)
    if twice := [name for name, count in ids.items() if count > 1]:
        raise click.UsageError(f"{twice[0]}: two of the documents have this id; give each its own with --id")
    jobs = _within(memory, jobs) if memory else jobs
    spread = executor_of(where, jobs)
    done: Counter[str] = Counter()
    with Workspace.open(workspace) as work:
        announce = announcing(jobs)
        with resumable(lambda: _sum(done)):
            _taken(work, asked, spread, form, done, lambda files: announce(reading(files, prepare=prepare)))
            if prepare:
                make_ready(work, spread, progress_line(), announce)
        if len(asked) > 1 and form != "jsonl":
            click.echo(_sum(done))
            if lacks := [
                f"{plural(done[one], 'document')} without a {one}" for one in ("country", "date") if done[one]
            ]:
                place = shown(workspace, work)
                table = f"polidiff facts {place} --format csv > facts.csv"
                _note(f"{', '.join(lacks)}; {table}, fill it in, polidiff facts {place} --metadata facts.csv")
        lost = sum(bool(held.live) for held in work.orphans().values()) if work.rows() else 0
        if lost:
            seen = f"polidiff status {shown(workspace, work)}"
            click.echo(f"{plural(lost, 'decided place')} no longer found; see: {seen}", err=form == "jsonl")
    return 1 if done["failed"] else 0


def _within(memory: str, jobs: int) -> int:
    """How many processes work within so much memory, after saying so where they are fewer."""
    from polidiff.workspace.corpus.plan import jobs_within

    within = jobs_within(memory, jobs)
    if within < jobs:
        _note(f"{plural(within, 'process', 'processes')} instead of {jobs}, within {memory} of memory")
    return within


def _taken(
    work: Workspace,
    asked: list[Order],
    spread: Executor,
    form: str,
    done: Counter[str],
    announce: Callable[[Sequence[str]], None],
) -> None:
    """Take sources in, and tell of each."""
    from polidiff.errors import InputError
    from polidiff.workspace.intake import take_in

    tell = progress_line() if len(asked) > 1 and form != "jsonl" else None
    for number, one in enumerate(take_in(work, asked, when=_now, executor=spread, announce=announce), 1):
        done[one.status] += 1
        if one.added is not None:
            done["country"] += not one.added.document.jurisdiction
            done["date"] += not one.added.document.date
        if one.status == "failed" and len(asked) == 1:
            raise InputError(*one.fault)
        if tell is not None:
            tell("adding", number, len(asked))
        if form == "jsonl":
            json_lines([one.record()])
        elif one.status == "failed":
            click.echo(printable(one.reason), err=True)
        elif one.added is not None or len(asked) <= FEW:
            _tell_taken(one)


def _tell_taken(one: Taken) -> None:
    if one.added is None:
        click.echo(f"{one.document}: unchanged")
        return
    made = one.added
    stand = f", {made.stand} of {plural(made.before, 'provision')} stand as before" if made.before else ""
    click.echo(f"{made.document.id}: {made.state}{stand}, text {made.document.text_sha256[:12]}")
    if made.stand * 2 < made.before:
        _note(
            f"{made.document.id} replaces a version that reads quite differently; if it is another document, "
            "add it under another --id, and the earlier one again"
        )


SAID = {"new": "new", "changed": "changed", "unchanged": "unchanged", "skipped": "taken in before", "failed": "failed"}


def _sum(done: Mapping[str, int]) -> str:
    """What became of the files, in one line."""
    return ", ".join(f"{done[status]:,} {said}" for status, said in SAID.items() if done.get(status)) or "nothing yet"


def _fact_options(command: Callable[..., object]) -> Callable[..., object]:
    for name, words in (
        ("language", "Its language: en, zh, or another code or name."),
        ("kind", "What it is: plan, law, strategy, …"),
        ("issuer", "Who issued it."),
        ("date", "Its date (2025, 2025-07 or 2025-07-23)."),
        ("country", "Its country (a code or a name)."),
        ("name", "A short name of it, for tables and reports."),
    ):
        command = click.option(f"--{name}", default=None, help=words)(command)
    return command


@click.command()
@place_argument
@click.argument("document", required=False)
@_fact_options
@click.option("--metadata", type=click.Path(path_type=Path), help="A table (CSV) as of add: id or file, and facts.")
@click.option(
    "--format", "form", type=click.Choice(["text", "jsonl", "csv"]), default="text", show_default=True,
    help="text for people, jsonl for programs, csv a table that --metadata takes back.",
)  # fmt: skip
def facts(workspace: str | Path, document: str | None, metadata: Path | None, form: str, **said: str | None) -> None:
    """Show what the documents of a workspace are (country, date, issuer, kind, language), or set it.

    The files aren't needed: the texts, and decisions on them, stay.
    """
    from polidiff.readers.choices import spoken
    from polidiff.workspace import Workspace
    from polidiff.workspace.corrections import correct
    from polidiff.workspace.metadata import TOLD

    given = {name: value for name, value in said.items() if value is not None}
    if given and document is None:
        raise click.UsageError("name the document that is so, or give a table with --metadata")
    with Workspace.open(workspace) as work:
        wanted = {document: given} if document is not None else {}
        if metadata is not None:
            wanted = _told(work, metadata)
        changed = [
            name
            for name, held in wanted.items()
            if held and correct(work, name, {TURNED.get(one, one): value for one, value in held.items()}, when=_now())
        ]
        current = work.library.current()
        rows = []
        for name in [document] if document is not None else current:
            if name not in current:
                correct(work, str(name), {}, when=_now())
            held = work.library.read(str(name), current[str(name)].version)[0]
            row = {"id": held.id, **{one: getattr(held, TURNED.get(one, one)) or "" for one in TOLD}}
            rows.append({**row, "language": spoken(held)})
    if form == "jsonl":
        json_lines(rows)
    elif form == "csv":
        table = csv.DictWriter(sys.stdout, ["id", *TOLD], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    elif wanted and document is None:
        click.echo(f"{plural(len(changed), 'document')} changed, {len(wanted) - len(changed)} as they were")
    else:
        for row in rows:
            about = "; ".join(f"{one} {printable(row[one])}" for one in TOLD if row[one])
            click.echo(f"{row['id']}  {about}")


def _told(work: Workspace, table: Path) -> dict[str, dict[str, str]]:
    """What a table says of documents that the workspace holds, by their ids or the files that they came from."""
    from polidiff.workspace.metadata import TOLD, Metadata

    made, found = Metadata.read(table), {}
    for name, one in work.library.current().items():
        held = work.library.read(name, one.version)[0]
        row = made.of(name, held.source)
        if row is not None:
            found[name] = {one: value for one in TOLD if (value := getattr(row.choices, one))}
    for line in (*made.notes, *made.left()):
        _note(line)
    return found


COMMANDS = (add, facts)
