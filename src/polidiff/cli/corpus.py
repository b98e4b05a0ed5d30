"""Commands that ask a whole workspace: who, origin, trend, against, adopt; and search where that is its source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polidiff.cli.show import format_option, json_lines, place_argument, plural, progress_line, shortened

if TYPE_CHECKING:
    from polidiff.ranking.index import How
    from polidiff.ranking.search import SearchHit
    from polidiff.workspace.corpus import Corpus, Filter
    from polidiff.workspace.corpus.plan import Plan


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
    from polidiff.lang.countries import code_of, country_of
    from polidiff.readers.choices import checked_date
    from polidiff.workspace.corpus import Filter

    since, until = checked_date("--since", since), checked_date("--until", until)
    where = (country_of(country) or code_of(country)) if country else ""
    return Filter(country=where, genre=genre, language=language, since=since, until=until)


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

    with Workspace.open(workspace) as work:
        found, anew = asked(work, ask, progress_line(), announcing(1))
    if anew:
        click.echo("note: the index on the disk was damaged; what was lost of it was made again", err=True)
    return found


def searched(workspace: str | Path, words: str, how: How, chosen: Filter, top: int) -> Sequence[SearchHit]:
    """Search a workspace: by its index here; by meaning in its database, where this machine has no index of it."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.corpus.hold import in_database

    if how == "meaning" and "://" in str(workspace):
        with Workspace.open(workspace) as work:
            found = in_database(work, words, chosen, top)
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

    stands = with_corpus(workspace, lambda corpus: ask(corpus, matter, narrowed(**facts)))
    if form == "jsonl":
        json_lines(who_record(one) for one in stands)
        return
    for said, held in (("commit to it", True), ("open", None), ("searched, nothing found", False)):
        chosen = [one for one in stands if one.commits is held]
        click.echo(f"{said}: {plural(len(chosen), 'document')}")
        for one in chosen:
            first = one.passages[0] if one.passages else None
            about = ", ".join(filter(None, (one.country, one.date, first.strength if first and held else "")))
            click.echo(f"  {one.probability:.2f}  {one.document}" + (f" ({about})" if about else ""))
            if first is not None and held is not False:
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
    from polidiff.workspace.corpus.origin import origin_record

    found = with_corpus(workspace, lambda corpus: ask(corpus, sentence, narrowed(**facts), top))
    if form == "jsonl":
        json_lines(origin_record(one) for one in found)
        return
    for one in found:
        page = f", p. {one.page}" if one.page else ""
        click.echo(f"{one.date or 'no date':10}  {one.how:8}  {one.document}{page}: {shortened(one.text)}")
    click.echo(plural(len(found), "passage"))


@click.command()
@place_argument
@click.argument("matter")
@narrowing
@format_option
def trend(workspace: str | Path, matter: str, form: str, **facts: str) -> None:
    """Count by year and country how many documents of a workspace commit to MATTER."""
    from polidiff.workspace.corpus.who import trend as ask

    rows = with_corpus(workspace, lambda corpus: ask(corpus, matter, narrowed(**facts)))
    if form == "jsonl":
        json_lines(rows)
        return
    for year, held in groupby(rows, key=lambda row: row["year"]):
        here = list(held)
        commit, still, total = (sum(row[name] for row in here) for name in ("commit", "open", "documents"))
        where = ", ".join(f"{row['country'] or '?'} {row['commit']}" for row in here if row["commit"])
        click.echo(
            f"{year or 'no date'}  {commit} of {plural(total, 'document')}"
            + (f" ({where})" if where else "")
            + (f", {still} open" if still else "")
        )
        for name in (name for row in here for name in row["committed"]):
            click.echo(f"    {name}")


@click.command()
@place_argument
@click.argument("document")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Also write it into this folder, with the texts it quotes."
)
@format_option
def against(workspace: str | Path, document: str, output: Path | None, form: str) -> None:
    """Set DOCUMENT, one of a workspace, against all others: what is new in it, borrowed, and missing that most have."""
    from polidiff.workspace.corpus.against import Against, against_records, write_against
    from polidiff.workspace.corpus.against import against as ask

    def ask_and_write(corpus: Corpus) -> Against:
        found = ask(corpus, document)
        if output is not None:
            first, *_ = write_against(corpus, found, output)
            click.echo(f"written; proved by: polidiff verify {first} --source {output / 'documents'}", err=True)
        return found

    found = with_corpus(workspace, ask_and_write)
    if form == "jsonl":
        json_lines(against_records(found))
        return
    click.echo(f"{document} against {plural(found.others, 'document')}")
    for said, held in (("new", found.new), ("borrowed", found.borrowed)):
        click.echo(f"{said}: {plural(len(held), 'provision')}")
        for one in sorted(held, key=lambda one: one.cosine)[:20]:
            source = f"  [{one.nearest.document}]" if said == "borrowed" and one.nearest is not None else ""
            click.echo(f"  {one.cosine:.2f}  {shortened(one.provision.text)}{source}")
    click.echo(f"answered: {plural(len(found.answered), 'provision')}")
    for theme, count, others in found.missing:
        click.echo(f"missing: {theme} ({count} of {others} have it)")


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
    for later, earlier, count in pairs_of(found)[:20]:
        click.echo(f"{later} took up {plural(count, 'phrase')} of {earlier}")
    for one in found:
        click.echo(f"{one.first.date or 'no date':10}  {one.first.document}: {shortened(one.text)}")
        for place in one.taken_up:
            click.echo(f"    {place.date or 'no date':10}  {place.document}")
    click.echo(plural(len(found), "phrase"))


COMMANDS = (who, origin, trend, against, adopt)
