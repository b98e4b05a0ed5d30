"""Commands that ask a whole workspace: who, origin, trend, against, adopt; and search where that is its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polidiff.cli.show import (
    force_option,
    format_option,
    json_lines,
    place_argument,
    plural,
    progress_line,
    resumable,
    shortened,
)

if TYPE_CHECKING:
    from polidiff.model.against import Against
    from polidiff.ranking.index import How
    from polidiff.ranking.search import SearchHit
    from polidiff.workspace.corpus import Corpus, Filter
    from polidiff.workspace.corpus.who import Stand
    from polidiff.workspace.foreseen import Plan


def narrowing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that narrow a corpus: country, kind, language, dates."""
    for option in (
        click.option("--until", default="", metavar="DATE", help="Documents of this date or earlier (2025, 2025-07)."),
        click.option("--since", default="", metavar="DATE", help="Documents of this date or later."),
        click.option("--language", default="", metavar="CODE", help="Documents in this language (en, zh)."),
        click.option("--kind", "genre", default="", metavar="KIND", help="Documents of this kind (plan, law, order)."),
        click.option("--country", default="", metavar="COUNTRY", help="Documents of this country, by name or code."),
    ):
        command = option(command)
    return command


def narrowed(country: str, genre: str, language: str, since: str, until: str) -> Filter:
    """Return the filter that the options say. Raises InputError for a date that is none."""
    from polidiff.lang.countries import code_said
    from polidiff.readers.choices import checked_date, language_code
    from polidiff.workspace.corpus import Filter

    since, until = checked_date("--since", since), checked_date("--until", until)
    spoken = language_code(language) if language else ""
    return Filter(country=code_said(country), genre=genre, language=spoken, since=since, until=until)


def announcing(jobs: int) -> Callable[[Plan], None]:
    """Return what tells, before it is done, of work that takes over five minutes or that was done once already."""

    def announce(plan: Plan) -> None:
        if line := plan.said(jobs):
            click.echo(f"note: {line}", err=True)

    return announce


def with_corpus(workspace: str | Path, ask: Callable[[Corpus], Any]) -> Any:
    """Open a workspace as a corpus, making ready what isn't, and return what ``ask`` finds in it."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus.hold import asked

    with Workspace.open(workspace) as work, resumable():
        found, anew = asked(work, ask, progress_line(), announcing(1))
    if anew:
        click.echo("note: the index on the disk was damaged; what was lost of it was made again", err=True)
    return found


def searched(workspace: str | Path, words: str, how: How, chosen: Filter, top: int) -> Sequence[SearchHit]:
    """Search a workspace: by its index here, or in its database, where this machine has no index of it."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus.hold import in_database

    if "://" in str(workspace):
        with Workspace.open(workspace) as work:
            found = in_database(work, words, how, chosen, top)
        if found is not None:
            return found
    hits: Sequence[SearchHit] = with_corpus(
        workspace, lambda corpus: corpus.search(words, how=how, narrowed=chosen, top=top)
    )
    return hits


@click.command()
@place_argument
@click.argument("matter")
@narrowing
@format_option
def who(workspace: str | Path, matter: str, form: str, **facts: str) -> None:
    """Say which documents of a workspace commit to MATTER, how firmly, since when, and which have nothing on it."""
    from polidiff.workspace.corpus.who import who as ask
    from polidiff.workspace.corpus.who import who_record

    chosen = narrowed(**facts)
    stands, undated = with_corpus(workspace, lambda corpus: (ask(corpus, matter, chosen), corpus.undated))
    if form == "jsonl":
        json_lines(who_record(one) for one in stands)
        return
    left = f"; left out: {plural(undated, 'document')} without a date" if chosen.since or chosen.until else ""
    passages = plural(sum(one.searched for one in stands), "passage")
    click.echo(f"{plural(len(stands), 'document')}, {passages} searched{left if undated else ''}")
    for said, held, wrong in (
        ("commit to it", True, "of twenty so said, about {} don't"),
        ("open, the likeliest first: read them", None, ""),
        ("nothing found", False, "of twenty so said, at most {} commits after all"),
    ):
        here = [one for one in stands if one.commits is held]
        rate = next((one.error for one in here if one.error is not None), 0.0)
        about = f" ({wrong.format(max(1, round(20 * rate)))})" if here and wrong else ""
        click.echo(f"{said}: {plural(len(here), 'document')}{about}")
        for one in here:
            _told(one)
    click.echo("how this was measured: docs/workspace.md, “Who commits”")


def _told(one: Stand) -> None:
    """Print a document's stand: how likely, how firmly, since when, and its first passage."""
    first = one.passages[0] if one.passages else None
    dated = f"since {one.date}" if one.date and one.commits else one.date or ("no date" if one.commits else "")
    about = ", ".join(filter(None, (one.country, dated, one.strength)))
    click.echo(f"  {one.probability:.2f}  {one.document}" + (f" ({about})" if about else ""))
    if first is not None:
        page = f"p. {first.provision.page_start}: " if first.provision.page_start else ""
        click.echo(f"        {page}{shortened(first.provision.text)}")


@click.command()
@place_argument
@click.argument("sentence")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 200), help="How many passages.")
@narrowing
@format_option
def origin(workspace: str | Path, sentence: str, top: int, form: str, **facts: str) -> None:
    """Find where SENTENCE came from in a workspace: the same words, earliest first, then the nearest in meaning."""
    from polidiff.workspace.corpus.origin import origin as ask
    from polidiff.workspace.corpus.origin import origin_record, unordered

    found = with_corpus(workspace, lambda corpus: ask(corpus, sentence, narrowed(**facts), top))
    if form == "jsonl":
        json_lines(origin_record(one) for one in found)
        return
    for one in found:
        page = f", p. {one.page}" if one.page else ""
        click.echo(f"{one.date or 'no date':10}  {one.how:8}  {one.document}{page}: {shortened(one.text)}")
        for given, stands in one.changed:
            click.echo(f"{'':20}  “{given}” where it says “{stands}”")
    if open_ := unordered(found):
        names = ", ".join(one.document for one in open_)
        click.echo(f"who was first isn't known, the dates don't say: {names}")
    nothing = "no document has these words, nor a passage near in meaning; polidiff search finds those on the matter"
    click.echo(plural(len(found), "passage") if found else nothing)


@click.command()
@place_argument
@click.argument("matter")
@narrowing
@format_option
def trend(workspace: str | Path, matter: str, form: str, **facts: str) -> None:
    """Count by year and country how many documents of a workspace surely commit to MATTER, and of how many."""
    from polidiff.workspace.corpus.who import trend as ask

    rows = with_corpus(workspace, lambda corpus: ask(corpus, matter, narrowed(**facts)))
    if form == "jsonl":
        json_lines(rows)
        return
    told = tuple(sum(row[name] for row in rows) for name in ("documents", "commit", "open"))
    click.echo(
        "{} of this workspace, by their dates: {} surely commit, {} are open".format(
            plural(told[0], "document"), *told[1:]
        )
    )
    for year, held in groupby(rows, key=lambda row: row["year"]):
        here = list(held)
        commit, still, total = (sum(row[name] for row in here) for name in ("commit", "open", "documents"))
        where = ", ".join(f"{row['country'] or '?'} {row['commit']}" for row in here if row["commit"])
        click.echo(
            f"{year or 'no date'}  {commit} of {plural(total, 'document')}, {commit / total:.0%}"
            + (f" ({where})" if where else "")
            + (f", {still} open" if still else "")
        )
        for name in (name for row in here for name in row["committed"]):
            click.echo(f"    {name}")


@click.command()
@place_argument
@click.argument("document")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder for pages, workbook and against.json.")
@narrowing
@force_option
@format_option
def against(workspace: str | Path, document: str, output: Path | None, force: bool, form: str, **facts: str) -> None:
    """Set DOCUMENT, one of a workspace, against all others: what is new in it, borrowed, and missing that most have."""
    from polidiff import bundle
    from polidiff.model.outputs import against_file
    from polidiff.workspace.corpus.against import against as ask

    found = with_corpus(workspace, lambda corpus: ask(corpus, document, narrowed(**facts)))
    if form == "jsonl":
        held = against_file(found)
        json_lines([*held["rows"], *held["lacking"]])
    else:
        _tell_against(found)
    if output is not None:
        files = bundle.write(bundle.of_against(found), output, force=force)
        if form != "jsonl":
            click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


KINDS = {"new": "new", "borrowed": "borrowed", "common": "words in common", "lent": "taken up by later ones"}
"""Kinds of provisions that are listed, and what they are called."""


def _tell_against(found: Against) -> None:
    """What is new, borrowed and missing, the first of each."""
    click.echo(f"{found.document.id} against {plural(len(found.searched), 'document')}")
    for kind, said in KINDS.items():
        rows = [row for row in found.rows if row.kind == kind]
        click.echo(f"{said}: {plural(len(rows), 'provision')}")
        for row in rows[:20]:
            source = f"  [{row.nearest.document}]" if kind != "new" and row.nearest is not None else ""
            click.echo(f"  {row.cosine:.2f}  {shortened(row.provision.text)}{source}")
    click.echo(f"near to something elsewhere: {plural(found.counts['near'], 'provision')}")
    click.echo(f"answered: {plural(found.counts['answered'], 'provision')}")
    click.echo(f"too short to compare, or repeated: {plural(found.counts['slight'], 'provision')}")
    for one in found.lacking:
        had = f"{len(one.documents)} of {one.of} on its subject"
        click.echo(f"missing: {shortened(one.passage.text)}  [{one.passage.document}; {had}]")
    if left := [one.document for one in found.searched if one.version]:
        click.echo(f"left out, as versions of it: {', '.join(left)}")


@click.command()
@place_argument
@click.argument("document", default="")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many phrases.")
@format_option
def adopt(workspace: str | Path, document: str, top: int, form: str) -> None:
    """Show which documents of a workspace took up whose words, or those that DOCUMENT took up or gave."""
    from polidiff.workspace.corpus.adoption import adopted, adopted_record, pairs_of

    found = with_corpus(workspace, lambda corpus: adopted(corpus.index, corpus.named(document), top))
    if form == "jsonl":
        json_lines(adopted_record(one) for one in found)
        return
    for later, earlier, count, dated in pairs_of(found)[:20]:
        phrases = plural(count, "phrase")
        undated = (
            f"{later} and {earlier} have {phrases} in common (their dates don't say who was first: see polidiff facts)"
        )
        click.echo(f"{later} took up {phrases} of {earlier}" if dated else undated)
    for one in found:
        click.echo(f"{one.first.date or 'no date':10}  {one.first.document}: {shortened(one.text)}")
        for place in one.taken_up:
            click.echo(f"    {place.date or 'no date':10}  {place.document}")
    click.echo(plural(len(found), "phrase"))


COMMANDS = (who, origin, trend, against, adopt)
