"""Commands on several documents: align, compare, demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from polidiff.cli.asking import judge_asked, judge_option, model_option
from polidiff.cli.checking import claims_summary, left_summary, quotes_summary
from polidiff.cli.choosing import choices_of, choices_options
from polidiff.cli.judging import tell_asked
from polidiff.cli.show import (
    codebook_lines,
    codebook_option,
    counted_lines,
    encoder_option,
    force_option,
    format_option,
    json_lines,
    level_option,
    plural,
    progress_line,
    scale_option,
    shortened,
    strictness_option,
    work_options,
)

if TYPE_CHECKING:
    from polidiff.alignment import Alignment
    from polidiff.coding.strictness import Strictness
    from polidiff.executors import Executor
    from polidiff.judges.protocol import Recorder
    from polidiff.known import Known, Line
    from polidiff.model import ArticleCheck, Cluster, Comparison, Document, Scale


names_option = click.option(
    "--id", "names", multiple=True, help="An id for a document, once for each source, in their order."
)


def read_all(sources: tuple[str, ...], names: tuple[str, ...], said: dict[str, Any]) -> list[Document]:
    """Read each source with the id and the facts that are given for it."""
    from polidiff import api

    if names and len(names) != len(sources):
        raise click.UsageError(f"{len(names)} --id for {len(sources)} documents: give one for each, in their order")
    given = names or (None,) * len(sources)
    rows = zip(sources, given, choices_of(len(sources), said), strict=True)
    return [api.read(source, id=name, choices=choices, progress=progress_line()) for source, name, choices in rows]


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many of B for each of A.")
@names_option
@choices_options
@click.option("--one-to-one", is_flag=True, help="At most one of B for each of A, the best assignment over the whole.")
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
            json_lines(align_records(alignment))
        json_lines(written("cluster", cluster) for cluster in clusters)
    elif clusters or len(sources) > 2:
        _gathered(found, clusters)
    else:
        _answers(found[0])


def _answers(found: Alignment) -> None:
    """Print each provision of A with those of B that answer it, or with the nearest where none does."""
    texts = {provision.id: provision.text for provision in found.b.provisions}
    for provision, matches, unique in zip(found.a.provisions, found.matches, found.uniques, strict=True):
        click.echo(f"{provision.id}  {shortened(provision.text)}")
        answering = [match for match in matches if match.relation != "no_relationship"]
        for match in answering[:3]:
            reasons = "; ".join(reason.text for reason in match.reasons)
            click.echo(f"    {match.score:.2f} {match.relation}  {match.id}  {shortened(texts[match.id], 80)}")
            click.echo(f"         {reasons}")
        if not answering and unique.nearest is not None:
            near = shortened(texts[unique.nearest], 80)
            click.echo(f"    nothing of {unique.other} answers it; nearest ({unique.nearest_score:.2f}): {near}")
        click.echo(f"    only here with probability {unique.probability:.2f}")
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


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The folder for the report (needed).")
@click.option("--article", help="An article to check against the documents; its check goes into the report.")
@names_option
@choices_options
@encoder_option
@codebook_option
@scale_option
@level_option
@strictness_option
@judge_option
@model_option
@click.option(
    "--budget", type=click.IntRange(1), help="Put at most so many questions, the weightiest first (with --judge)."
)
@work_options
@force_option
def compare(
    sources: tuple[str, ...],
    output: Path | None,
    article: str | None,
    names: tuple[str, ...],
    encoder: str,
    codebook: str,
    scale: str,
    level: str | None,
    strictness: Strictness,
    judge: str | None,
    model: str | None,
    budget: int | None,
    jobs: int,
    where: str,
    force: bool,
    **said: Any,
) -> None:
    """Compare documents theme by theme and matter by matter and write a report to read, check and send on."""
    if len(sources) < 2:
        raise click.UsageError(
            "compare needs two documents or more, for example: polidiff compare us.pdf uk.html -o out"
        )
    if output is None:
        raise click.UsageError("say where the report is to be written, for example: -o report")
    from polidiff import known
    from polidiff.executors import executor

    method = {"codebook": codebook, "scale": scale, "level": level, "strictness": strictness}
    steady = judge is None and model is None and encoder in ("default", "fast")
    asked = {**method, **said, "encoder": encoder, "article": article, "names": names}
    place = known.named(sources, asked) if steady else None
    held = known.load(place)
    recorder = None
    if held is None:
        recorder = _recorder(judge, model)
        documents = read_all(sources, names, said)
        held = _compared(documents, article, encoder, recorder, budget, method, executor(where, jobs))
        known.save(place, held)
    _written(held, output, force)
    if recorder is not None:
        tell_asked(recorder, judge if model is None else None)


def _recorder(judge: str | None, model: str | None) -> Recorder | None:
    from polidiff.judges.protocol import Recorder

    return None if judge is None and model is None else Recorder(judge_asked(judge, model))


def _compared(
    documents: list[Document],
    article: str | None,
    encoder: str,
    recorder: Recorder | None,
    budget: int | None,
    method: dict[str, Any],
    spread: Executor,
) -> Known:
    """Compare documents, check the article where there is one, and return the report with what is to be told."""
    from polidiff import api
    from polidiff.encode import encoder_named

    show = progress_line()
    chosen = encoder_named(encoder)
    comparison = api.compare(
        *documents, **method, encoder=chosen, judge=recorder, budget=budget, progress=show, executor=spread
    )
    checked = None if article is None else api.check(article, documents, claims=True, judge=recorder, progress=show)
    return _report(comparison, checked, recorder)


def _report(comparison: Comparison, checked: ArticleCheck | None, recorder: Recorder | None) -> Known:
    from polidiff import bundle
    from polidiff.known import Known

    answers = None if recorder is None else bundle.kept_lines(recorder.kept)
    return Known(bundle.of_comparison(comparison, checked, answers=answers), tuple(_told(comparison, checked)))


def _told(comparison: Comparison, checked: ArticleCheck | None) -> Iterator[Line]:
    """Yield what is said of a comparison and of an article's check."""
    yield from ((line, False) for line in counted_lines(comparison))
    yield from codebook_lines(comparison)
    for document in comparison.documents:
        for notice in document.warnings:
            place = "" if notice.page is None else f"page {notice.page}: "
            yield f"note: {document.id}: {place}{notice.message}", True
    if checked is not None:
        for line in (quotes_summary(checked.verdicts), claims_summary(checked.claims), *left_summary(checked.left)):
            yield line, False


def _written(report: Known, output: Path, force: bool) -> None:
    """Write a report, and say what was found and where it lies."""
    from polidiff import bundle

    files = bundle.write(report.bundle, output, force=force)
    for line, note in report.told:
        click.echo(line, err=note)
    click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


@click.command()
@click.option(
    "-o",
    "--output",
    default=Path("polidiff-demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder for the report.",
)
@force_option
def demo(output: Path, force: bool) -> None:
    """Write the founding comparison (United States, China) from bundled digests, without network."""
    from polidiff import api

    _written(_report(*api.demo_comparison(progress=progress_line())), output, force)
    click.echo(
        "what is said by a model rests on recorded answers of a large language model, with proof, in judge.jsonl"
    )


COMMANDS = (align, compare, demo)
