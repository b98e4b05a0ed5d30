"""The command that says which provisions of documents answer one another."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import click

from polidiff.cli.choosing import choices_options
from polidiff.cli.comparing import names_option, read_all
from polidiff.cli.show import (
    codebook_option,
    encoder_option,
    format_option,
    json_lines,
    level_option,
    plural,
    progress_line,
    scale_option,
    shortened,
    work_options,
)

if TYPE_CHECKING:
    from polidiff.alignment import Alignment
    from polidiff.model import Cluster, Scale


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many of B for each of A.")
@names_option
@choices_options
@click.option("--one-to-one", is_flag=True, help="At most one of B for each of A, the best assignment over the whole.")
@click.option("--gaps", is_flag=True, help="Only those of A that nothing of B answers, and no others.")
@encoder_option
@scale_option
@level_option
@codebook_option
@work_options
@format_option
def align(
    sources: tuple[str, ...],
    top: int,
    names: tuple[str, ...],
    one_to_one: bool,
    gaps: bool,
    encoder: str,
    scale: str,
    level: str | None,
    codebook: str,
    jobs: int,
    where: str,
    form: str,
    **said: Any,
) -> None:
    """Find for each provision of A those of B that answer it, best first, with reasons; gather three or more."""
    from polidiff import api
    from polidiff.alignment import align_records, assigned
    from polidiff.encode import encoder_named
    from polidiff.executors import executor
    from polidiff.model.outputs import written

    if len(sources) < 2:
        raise click.UsageError("align needs two documents or more, for example: polidiff align us.pdf uk.html")
    chosen, steps, show = encoder_named(encoder), cast("Scale", scale), progress_line()
    clusters: tuple[Cluster, ...] = ()
    documents = read_all(sources, names, said)
    found: tuple[Alignment, ...]
    if len(documents) == 2:
        a, b = documents
        found = (api.align(a, b, top=top, codebook=codebook, encoder=chosen, scale=steps, level=level, progress=show),)
    else:
        found, clusters = api.align_all(
            *documents,
            top=top,
            codebook=codebook,
            encoder=chosen,
            scale=steps,
            level=level,
            progress=show,
            executor=executor(where, jobs),
        )
    if one_to_one:
        found = tuple(assigned(alignment) for alignment in found)
    if form == "jsonl":
        for alignment in found:
            json_lines(align_records(alignment, gaps=gaps))
        json_lines(written("cluster", cluster) for cluster in clusters if not gaps)
    elif (clusters or len(sources) > 2) and not gaps:
        _gathered(found, clusters)
    else:
        for alignment in found:
            _answers(alignment, gaps)


def _answers(found: Alignment, gaps: bool) -> None:
    """Print each provision of A with those of B that answer it, or with the nearest where none does, and counts."""
    texts = {provision.id: provision.text for provision in found.b.provisions}
    counted: Counter[str] = Counter()
    pieces = 0
    for at, (provision, unique) in enumerate(zip(found.a.provisions, found.uniques, strict=True)):
        answering = found.answering(at)
        if not found.says_something(at):
            pieces += 1
            continue
        counted[answering[0].relation if answering else "no_relationship"] += 1
        if gaps and answering:
            continue
        click.echo(f"{provision.id}  {shortened(provision.text)}")
        for match in answering[:3]:
            reasons = "; ".join(reason.text for reason in match.reasons)
            parted = f" (other {', '.join(match.differs)})" if match.differs else ""
            click.echo(f"    {match.score:.2f} {match.relation}{parted}  {match.id}  {shortened(texts[match.id], 80)}")
            click.echo(f"         {reasons}")
        if not answering:
            near = "" if unique.nearest is None else f"; nearest ({unique.nearest_score:.2f}): "
            words = "" if unique.nearest is None else shortened(texts[unique.nearest], 80)
            click.echo(
                f"    nothing of {unique.other} answers it, with probability {unique.probability:.2f}{near}{words}"
            )
    _counted(found, counted, pieces)


def _counted(found: Alignment, counted: Counter[str], pieces: int) -> None:
    """Print how many provisions of A are answered, how, and how far scores may be off."""
    a, b, silent = found.a.document.id, found.b.document.id, counted.pop("no_relationship", 0)
    kinds = ", ".join(f"{number} {relation}" for relation, number in counted.most_common())
    click.echo(
        f"{plural(counted.total() + silent, 'provision')} of {a}: {counted.total()} answered by {b}"
        f"{f' ({kinds})' if kinds else ''}, {silent} not"
    )
    if pieces:
        click.echo(f"{plural(pieces, 'piece')} of a list without a sentence left out (--format jsonl has them)")
    if found.reliability is not None:
        kind, off = found.reliability.kind.replace("_", " "), found.reliability.off
        told = f"on labelled {kind} they were" if kind != "unknown" else "their kind isn't known, so as on the worst"
        click.echo(f"scores may be off by {off:.2f}: {told}")


def _gathered(found: tuple[Alignment, ...], clusters: tuple[Cluster, ...]) -> None:
    """Print the clusters over all documents, and who is missing from each."""
    texts = {(p.document, p.id): p.text for alignment in found for p in alignment.a.provisions}
    for cluster in clusters:
        click.echo(f"{cluster.id}  closeness at least {cluster.score:.2f}")
        for member in cluster.members:
            words = shortened(texts[member.document, member.provision], 90)
            click.echo(f"    {member.document}  {member.provision}  {words}")
        for gone in cluster.missing:
            near = f"; nearest ({gone.nearest_score:.2f}) {gone.nearest}" if gone.nearest is not None else ""
            some = ", which answers some of these and not all" if gone.chained else ""
            alone = f"nothing there with probability {gone.probability:.2f}"
            click.echo(f"    missing: {gone.document}, {alone}{near}{some}")
    documents = {document for document, _ in texts}
    click.echo(f"{plural(len(clusters), 'cluster')} over {plural(len(documents), 'document')}")


COMMANDS = (align,)
