"""Commands on several documents: compare, demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
    level_option,
    plural,
    progress_line,
    scale_option,
    strictness_option,
    work_options,
)

if TYPE_CHECKING:
    from polidiff.coding.strictness import Strictness
    from polidiff.executors import Executor
    from polidiff.judges.protocol import Recorder
    from polidiff.known import Known, Line
    from polidiff.model import ArticleCheck, Comparison, Document


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


COMMANDS = (compare, demo)
