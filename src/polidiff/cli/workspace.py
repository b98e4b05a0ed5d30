"""Commands on a workspace: init, review, decide, status, merge; and compare with ``--workspace``."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from polidiff.cli import comparing as comparing_commands
from polidiff.cli.reviewing import Review
from polidiff.cli.show import (
    codebook_lines,
    counted_lines,
    format_option,
    json_lines,
    place_argument,
    place_of,
    plural,
    progress_line,
    resumable,
    said,
    shortened,
    shown,
)

if TYPE_CHECKING:
    from polidiff.workspace import Decision, Item, Workspace

by_option = click.option("--by", required=True, envvar="POLIDIFF_BY", help="Who decides (or POLIDIFF_BY).")
blind_option = click.option("--blind", is_flag=True, help="As a second coder: don't see what others decided.")


def _now() -> datetime:
    return datetime.now(UTC)


@click.command()
@place_argument
@click.option("--title", default="", help="The workspace's title (default: its name).")
@click.option("--artifacts", default="", metavar="URL", help="Where large results lie (s3://…, file:///…), by content.")
def init(workspace: str | Path, title: str, artifacts: str) -> None:
    """Make a workspace: a file (us-cn.polidiff) or a folder that keeps documents, results and decisions."""
    from polidiff.workspace import Workspace
    from polidiff.workspace.artifacts import SETTING, kept_place

    place = kept_place(artifacts) if artifacts else ""
    with Workspace.init(workspace, when=_now(), title=title) as made:
        if place:
            made.store.set({SETTING: place})
        click.echo(f"{made.store.name} made; add documents with: polidiff add {shown(workspace, made)} SOURCE")


def with_workspace(command: click.Command) -> click.Command:
    """Return ``compare`` with an option more: ``--workspace W``, for the documents of a workspace."""
    params: list[click.Parameter] = [copy.copy(param) for param in command.params]
    needed = [param for param in params if param.required]
    for param in needed:
        param.required = False
    option = click.Option(
        ["--workspace"],
        type=place_of,
        metavar="WORKSPACE",
        help="Compare a workspace's documents (all, or those named).",
    )

    @click.pass_context
    def callback(context: click.Context, /, workspace: str | Path | None, **given: Any) -> None:
        if workspace is None:
            for param in needed:
                if not given[str(param.name)]:
                    raise click.MissingParameter(ctx=context, param=param)
            context.invoke(command, **given)
            return
        named = {name for name in given if context.get_parameter_source(name) is ParameterSource.COMMANDLINE}
        if odd := sorted(named - {"sources", "output", "article", "codebook", "scale", "force", "jobs", "where"}):
            raise click.UsageError(f"--{odd[0].replace('_', '-')} doesn't go with --workspace")
        method: dict[str, Any] = {name: given[name] for name in ("codebook", "scale") if name in named}
        who = given["where"], given["jobs"]
        _compare(workspace, given["sources"], given["output"], given["article"], method, who, given["force"])

    return click.Command(command.name, params=[*params, option], callback=callback, help=command.help)


def _compare(
    workspace: str | Path,
    documents: tuple[str, ...],
    output: Path | None,
    article: str | None,
    method: dict[str, Any],
    who: tuple[str, int],
    force: bool,
) -> None:
    """Compare a workspace's documents, say what was reused, and write the report where a folder is given."""
    from polidiff import api
    from polidiff.cli.corpus import announcing
    from polidiff.executors import executor as executor_of
    from polidiff.workspace import Workspace, write_report
    from polidiff.workspace.foreseen import comparing

    if article is not None and output is None:
        raise click.UsageError("--article goes into a report: name its folder with -o")
    with Workspace.open(workspace) as work:
        announcing(who[1])(comparing(work.library, documents))
        with resumable():
            compared = work.compare(documents, **method, progress=progress_line(), executor=executor_of(*who))
        done = compared.reuse
        click.echo("\n".join(counted_lines(compared.comparison)))
        for line, note in codebook_lines(compared.comparison):
            click.echo(line, err=note)
        click.echo(
            f"documents: {done.documents_made} coded, {done.documents_reused} reused; "
            f"pairs: {done.pairs_made} aligned, {done.pairs_reused} reused; "
            f"texts: {done.texts_made:,} encoded, {done.texts_reused:,} reused; "
            f"findings: {'reused' if done.findings_reused else 'made'}"
        )
        standings = work.standings().values()
        click.echo(
            f"decided: {plural(sum(held.decided is not None for held in standings), 'place')}; "
            f"at odds: {sum(held.conflict for held in standings)}; "
            f"no longer found: {sum(bool(held.live) for held in work.orphans().values())}"
        )
        if output is not None:
            checked = None if article is None else api.check(article, compared.comparison.documents, claims=True)
            files = write_report(work, compared, output, checked, force=force)
            click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


@click.command()
@place_argument
@by_option
@click.option("--only", type=click.Choice(["links", "codes"]), help="Only one kind.")
@click.option("--all", "everything", is_flag=True, help="What is decided already too.")
@blind_option
@format_option
def review(workspace: str | Path, by: str, only: str | None, everything: bool, blind: bool, form: str) -> None:
    """Go through what the machine proposes, by doubt, and accept or reject it with single keys."""
    from polidiff.workspace import Workspace

    with Workspace.open(workspace) as work:
        items = _chosen(work, by, only, everything, blind)
        if form == "jsonl":
            from polidiff.workspace.records import item_record

            json_lines((item_record(item, blind=blind) for item in items), "review")
            return
        Review(work, items, by=by, now=_now, blind=blind).run()


def _chosen(work: Workspace, by: str, only: str | None, everything: bool, blind: bool) -> list[Item]:
    kinds = {"links": {"link"}, "codes": {"code"}, None: {"link", "code"}}[only]
    items = work.queue(progress=progress_line(), blind=blind)
    return [
        item
        for item in items
        if item.target.kind in kinds and (everything or (item.open_for(by) if blind else item.open))
    ]


@click.command()
@place_argument
@click.argument("link")
@click.option("--accept", "verb", flag_value="accept", help="It is so: as decided so far, else as proposed.")
@click.option("--reject", "verb", flag_value="reject", help="It is not so.")
@click.option("--opposed", "verb", flag_value="opposed", help="The two sides of a link point apart.")
@click.option("--relation", metavar="RELATION", help="What a link is instead, seen from its first side.")
@click.option("--label", metavar="LABEL", help="What strength, posture or forum is instead.")
@click.option("--split-before", metavar="WORDS", help="Take a provision apart before these words of it.")
@click.option("--merge", "verb", flag_value="merge", help="Put a provision together with the next one.")
@click.option("--note", "verb", flag_value="note", help="Only write down what --why says.")
@click.option("--undo", "verb", flag_value="undo", help="Take your last decision on it back.")
@by_option
@click.option("--why", default="", help="The reason, or the note.")
@blind_option
@format_option
def decide(
    workspace: str | Path,
    link: str,
    verb: str | None,
    relation: str | None,
    label: str | None,
    split_before: str | None,
    by: str,
    why: str,
    blind: bool,
    form: str,
) -> None:
    """Decide one link, code, finding or provision of a workspace, by its name.

    LINK is us#a017--cn#p3 (a link), us#a017=theme:ID (a code), theme:ID (a finding) or us#a017 (a provision).
    """
    from polidiff.workspace import Workspace
    from polidiff.workspace.forms import parse_decision

    fields = {"verb": verb, "relation": relation, "label": label, "split": split_before, "why": why}
    with Workspace.open(workspace) as work:
        made = parse_decision(work, link, fields).write(work, by=by, when=_now(), blind=blind)
        if form == "jsonl":
            json_lines(
                [{"id": made.id, "target": link, "decision": made.verb, "value": made.value or None}], "decision"
            )
        else:
            click.echo(f"{made.id}  {said(made)}")


@click.command()
@place_argument
@format_option
def status(workspace: str | Path, form: str) -> None:
    """Show a workspace: documents and hashes, decisions, what is open, and how far people agree."""
    from polidiff.workspace import Workspace
    from polidiff.workspace import status as status_of
    from polidiff.workspace.foreseen import read_before

    with Workspace.open(workspace) as work:
        found, older = status_of(work), read_before(work.library)
        place = shown(workspace, work)
        words = [_words(work, a.document, a.text_sha256, a.start, a.end) for t, _ in found.orphans for a in t.anchors]
    if form == "jsonl":
        json_lines([found.record()], "status")
        return
    click.echo(found.title)
    for document in found.documents:
        versions = "" if document.versions == 1 else f", {document.versions} versions"
        click.echo(f"  {document.id}  {plural(document.provisions, 'provision')}{versions}")
        click.echo(f"      {shortened(document.title)}")
        click.echo(f"      text {document.text_sha256}  source {document.source_sha256}")
    if older:
        read = plural(len(older), "document was read", "documents were read")
        click.echo(f"{read} by other code than this polidiff has; to read them anew: polidiff add {place} FILES")
    verbs = ", ".join(f"{count} {verb}" for verb, count in found.verbs) or "none"
    click.echo(f"decisions: {verbs}" + (f" (by {', '.join(name for name, _ in found.people)})" if found.people else ""))
    if len(found.documents) < 2:
        click.echo(f"a comparison needs two documents: polidiff add {place} SOURCE")
    elif found.proposed is None:
        click.echo(f"not compared yet: polidiff compare --workspace {place}")
    else:
        click.echo(f"open: {found.open:,} of {found.proposed:,} links and codes")
    for one in found.agreements:
        kappa = "not defined" if one.kappa is None else f"{one.kappa:.2f}"
        click.echo(f"{one.a} and {one.b}: {one.equal} of {one.both} the same ({one.share:.0%}), Cohen's kappa {kappa}")
    tell_conflicts(found.conflicts)
    for target, held in found.orphans:
        click.echo(f"orphan: {said(held.live[-1])}; {target.kind} {target.code}".rstrip())
        for anchor in target.anchors:
            click.echo(f"    {anchor.document}, an older text: “{shortened(words.pop(0))}”")
            if anchor in found.became:
                click.echo(f"    its words changed: decide again on {found.became[anchor]}")


def _words(work: Workspace, document: str, text_sha256: str, start: int, end: int) -> str:
    read = work.library.older(document, text_sha256)
    return "" if read is None else read[0].text[start:end]


def tell_conflicts(conflicts: tuple[tuple[str, tuple[Decision, ...]], ...]) -> None:
    """Show each target on which people are at odds, with what each said."""
    for name, rows in conflicts:
        click.echo(f"conflict: {name}")
        for row in rows:
            click.echo(f"    {said(row)}")


@click.command()
@place_argument
@click.argument("other", type=place_of)
def merge(workspace: str | Path, other: str | Path) -> None:
    """Take another person's workspace into this one; what is at odds is shown, nothing is overwritten."""
    from polidiff.workspace import Workspace
    from polidiff.workspace import merge as merge_into

    with Workspace.open(workspace) as work, Workspace.open(other) as theirs:
        done = merge_into(work, theirs, when=_now())
    click.echo(f"{plural(done.decisions, 'new decision')}, {plural(len(done.added), 'new document')}")
    for name in done.differ:
        click.echo(f"{name}: the other workspace has another version; ours stays, theirs is kept")
    if done.orphans:
        click.echo(f"{plural(done.orphans, 'decided place')} not found in the current texts; see status")
    tell_conflicts(done.conflicts)


@click.command()
@place_argument
@click.option("--keep", is_flag=True, help="Let comparisons of this workspace use it from now on.")
@click.option("--forget", is_flag=True, help="Let comparisons use the bundled scores again.")
def learn(workspace: str | Path, keep: bool, forget: bool) -> int:
    """Learn from the decisions on themes and means: show what is gained on decisions held back; nothing is changed.

    With --keep comparisons use it from now on, if anything is gained (exit status 1 where not).
    """
    from polidiff.coding.decided import FEWEST
    from polidiff.workspace import Workspace, learning
    from polidiff.workspace import tuning as tunings

    with Workspace.open(workspace) as work:
        if forget:
            tunings.forget(work.store)
            click.echo("comparisons use the bundled scores again")
            return 0
        tuning = learning.learnt(work)
        if tuning is None:
            click.echo(f"fewer than {FEWEST} decisions on themes and means: nothing is learnt yet")
            return 1
        gain = f"log loss on those held back {tuning.before}, then {tuning.after}"
        click.echo(f"{plural(tuning.count, 'decision')}; {gain}")
        for code in sorted(tuning.shifts, key=lambda one: (-abs(tuning.shifts[one]), one))[:10]:
            click.echo(f"    {code}: a score of 0.5 becomes {tuning.score(code, 0.5):.2f}")
        if keep and tuning.gains:
            tunings.keep(work.store, tuning)
            click.echo("kept: comparisons of this workspace use it from now on")
        elif keep:
            click.echo("not kept: nothing is gained")
    return 0 if tuning.gains else 1


COMMANDS = (init, with_workspace(comparing_commands.compare), review, decide, status, learn, merge)
