"""The command on two versions of a document: diff."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from polidiff.cli.show import force_option, format_option, json_lines, plural, progress_line, shortened
from polidiff.model.versions import ChangeKind

if TYPE_CHECKING:
    from polidiff.model import Document, Provision
    from polidiff.model.versions import Change, VersionDiff, WordEdit

KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
QUIET = frozenset({"unchanged", "translated", "renumbered", "absent"})
AROUND = 40
"""Characters of the unchanged text that are shown beside a change."""


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder for pages and diff.json.")
@click.option("--id", "names", multiple=True, help="An id for OLD and one for NEW, in their order.")
@click.option("--all", "everything", is_flag=True, help="Show what is unchanged or only renumbered too.")
@click.option("--fail-on", default="", metavar="CHANGE,...", help="Leave with status 1 when one of these is found.")
@force_option
@format_option
def diff(
    old: str,
    new: str,
    output: Path | None,
    names: tuple[str, ...],
    everything: bool,
    fail_on: str,
    force: bool,
    form: str,
) -> None:
    """Show what became of each provision of OLD in NEW, word by word.

    OLD and NEW are two versions of one document, or two translations of it.
    """
    from polidiff import api
    from polidiff.model.outputs import change_line

    if names and len(names) != 2:
        raise click.UsageError(f"{len(names)} --id for 2 documents: give one for OLD and one for NEW")
    wanted = {word.strip() for word in fail_on.split(",") if word.strip()}
    if unknown := sorted(wanted - set(KINDS)):
        raise click.UsageError(f"--fail-on {unknown[0]}: not a change; the changes are {', '.join(KINDS)}")
    show = progress_line()
    given = names or (None, None)
    documents = [api.read(source, id=name, progress=show) for source, name in zip((old, new), given, strict=True)]
    found = api.diff(*documents, progress=show)
    if form == "jsonl":
        json_lines(change_line(change, found.old, found.new) for change in found.changes)
    else:
        for change in found.changes:
            if everything or change.kind not in QUIET or change.introduced:
                _tell(change, found)
        _tell_absent(found)
        counts = Counter(change.kind for change in found.changes)
        said = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
        click.echo(f"{plural(len(found.changes), 'provision')}: {said}")
    if output is not None:
        files = api.write_diff(found, output, force=force)
        if form != "jsonl":
            click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")
    if wanted & {change.kind for change in found.changes}:
        raise click.exceptions.Exit(1)


def _tell(change: Change, found: VersionDiff) -> None:
    """One change: where, what, and the words."""
    also = f", {', '.join(change.also)}" if change.also else ""
    places = " → ".join(", ".join(_place(p) for p in side) for side in (change.old, change.new) if side)
    click.echo(f"{change.kind}{also}: {places}")
    for reason in change.reasons:
        click.echo(f"    {reason.text}")
    if change.old and change.new:
        for edit in (*change.introduced, *change.edits):
            if edit.matters != "typography":
                click.echo(f"    {_words(edit, found.old, found.new)}")
    else:
        for provision in (*change.old, *change.new):
            click.echo(f"    {shortened(provision.text, 200)}")


def _tell_absent(found: VersionDiff) -> None:
    """One line for each part of which one version prints nothing."""
    parts: dict[str, list[Provision]] = {}
    for change in found.changes:
        if change.kind == "absent":
            parts.setdefault(change.reasons[0].text, []).extend((*change.old, *change.new))
    for why, inside in parts.items():
        click.echo(f"absent: {plural(len(inside), 'provision')} ({inside[0].id} to {inside[-1].id}): {why}")


def _place(provision: Provision) -> str:
    page = f", p. {provision.page_start}" if provision.page_start is not None else ""
    number = f" ({provision.number})" if provision.number else ""
    return f"{provision.id}{number}{page}"


def _words(edit: WordEdit, old: Document, new: Document) -> str:
    """A change between the words that stand before and after it: ``… shall [-report-] {+tell+} the …``."""
    before = " ".join(new.text[max(0, edit.new.start - AROUND) : edit.new.start].split("\n")[-1].split(" "))
    after = new.text[edit.new.end : edit.new.end + AROUND].split("\n")[0]
    gone = f"[-{old.cut(edit.old)}-]" if edit.old.end > edit.old.start else ""
    come = f"{{+{new.cut(edit.new)}+}}" if edit.new.end > edit.new.start else ""
    gap = " " if gone and come else ""
    return " ".join(f"…{before}{gone}{gap}{come}{after}…".split())


COMMANDS = (diff,)
