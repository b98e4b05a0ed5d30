"""Commands on single documents: read, split, code, fetch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polidiff.cli.asking import code_asked, endpoint_option, model_option
from polidiff.cli.choosing import choices_of, choices_options
from polidiff.cli.show import (
    codebook_option,
    format_option,
    json_lines,
    plural,
    progress_line,
    scale_option,
    shortened,
    strictness_option,
)

if TYPE_CHECKING:
    from polidiff.coding.learn import Learner
    from polidiff.coding.strictness import Strictness
    from polidiff.model import Code, Coding, Document, Provision, Scale


def _recognise(context: click.Context, option: click.Parameter, wanted: bool) -> None:
    """Ask for text recognition, here and in the processes that read."""
    import os

    if wanted:
        os.environ["POLIDIFF_OCR"] = os.environ.get("POLIDIFF_OCR", "").strip("0 ") or "1"


ocr_option = click.option(
    "--ocr",
    is_flag=True,
    expose_value=False,
    callback=_recognise,
    help="Have Tesseract (of your system) read pages that are pictures; POLIDIFF_OCR=1 does so for every command.",
)


@click.command()
@click.argument("source")
@click.option("--id", "name", help="The document's id in the output (default: the file's name).")
@choices_options
@ocr_option
@format_option
def read(source: str, name: str | None, form: str, **said: Any) -> None:
    """Read a document: its title, pages, headings and words."""
    from polidiff import api
    from polidiff.model.outputs import document_line

    document = api.read(source, id=name, choices=choices_of(1, said)[0], progress=progress_line())
    headings = api.outline(document)
    if form == "jsonl":
        json_lines([document_line(document, headings)])
        return
    click.echo(document.title)
    pages = plural(len(document.pages), "page") if document.pages else "no pages"
    counted = plural(len(document.text), "character")
    click.echo(f"{document.id} · {document.language} · {document.media_type} · {pages} · {counted}")
    facts = (document.name, document.genre, document.issuer, document.jurisdiction, document.date)
    click.echo(" · ".join(fact for fact in facts if fact))
    if document.is_digest:
        click.echo("A digest: not the official text; nobody may quote it as the plan.")
    for heading in headings:
        page = "" if heading.page is None else f"  (p. {heading.page})"
        click.echo(f"{'  ' * heading.level}{heading.title}{page}")
    _notes(document)


@click.command()
@click.argument("source")
@click.option("--id", "name", help="The document's id in the output (default: the file's name).")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "html"]),
    default="text",
    show_default=True,
    help="text for people, jsonl for programs, html: the pages with the boxes of the provisions, the tree beside them.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The HTML file (default: standard output).")
@choices_options
@ocr_option
def split(source: str, name: str | None, form: str, output: Path | None, **said: Any) -> None:
    """Split a document into provisions, each with its place in the document."""
    from polidiff import api
    from polidiff.model.outputs import written

    if output is not None and form != "html":
        raise click.UsageError("-o goes with --format html; redirect standard output for the others")
    if form == "html":
        _structure(source, name, output)
        return
    document = api.read(source, id=name, choices=choices_of(1, said)[0], progress=progress_line())
    provisions = api.split(document)
    if form == "jsonl":
        json_lines(written("provision", provision) for provision in provisions)
        return
    path: tuple[str, ...] = ()
    for provision in provisions:
        if provision.path != path:
            path = provision.path
            click.echo(" › ".join(path))
        page = "" if provision.page_start is None else f" (p. {provision.page_start})"
        number = f" {provision.number}" if provision.number else ""
        click.echo(f"  [{provision.kind}{number}]{page} {shortened(provision.text)}")
    click.echo(plural(len(provisions), "provision"))
    _notes(document)


def _notes(document: Document) -> None:
    """Say on standard error what a reader should know of the document: pages on which its two readers differ."""
    for notice in document.warnings:
        place = "" if notice.page is None else f"page {notice.page}: "
        click.echo(f"note: {place}{notice.message}", err=True)


def _structure(source: str, name: str | None, output: Path | None) -> None:
    """Write the page that shows a document as it was read and split."""
    import sys

    from polidiff.output import FolderWriter
    from polidiff.report.structure import structure

    show = progress_line()
    tell = None if show is None else (lambda done, total: show(f"reading {source}", done, total))
    page = structure(source, id=name, progress=tell)
    if output is None:
        sys.stdout.buffer.write(page.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    writer = FolderWriter(output.parent)
    writer.text(output.name, page)
    for path in writer.commit():
        click.echo(path)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@codebook_option
@scale_option
@click.option(
    "--per",
    type=click.Choice(["provision", "document"]),
    default="provision",
    show_default=True,
    help="One coding for each provision, or one for each document with a score for every theme.",
)
@click.option(
    "--learn",
    "labels",
    type=click.Path(path_type=Path),
    help="Your own labels of units in the sources: a CSV table with the columns id (or document, provision) and codes.",
)
@strictness_option
@endpoint_option
@model_option
@format_option
def code(
    sources: tuple[str, ...],
    codebook: str,
    scale: str,
    strictness: Strictness,
    per: str,
    labels: Path | None,
    endpoint: str | None,
    model: str | None,
    form: str,
) -> None:
    """Code each provision: themes, instruments, who leads, how firmly, with or against whom."""
    from typing import cast

    from polidiff import api
    from polidiff.model import Scale
    from polidiff.model.outputs import coding_lines

    if codebook == "auto" and (labels is not None or endpoint is not None or per == "document"):
        codebook = "ai-plans"
    if labels is not None:
        from polidiff.coding.learn import need_scikit_learn

        need_scikit_learn()
    if endpoint is not None or model is not None:
        if labels is not None or per == "document":
            raise click.UsageError("--endpoint goes with neither --learn nor --per document")
        code_asked(sources, codebook, scale, endpoint, model, form)
        return
    if per == "document":
        _whole(sources, codebook, cast(Scale, scale), labels, form)
        return
    documents = (api.read(source, progress=progress_line()) for source in sources)
    how: dict[str, Any] = {"codebook": codebook, "scale": scale, "strictness": strictness}
    coded: Iterable[tuple[tuple[Provision, ...], tuple[Coding, ...]]] = (
        (api.split(document), api.code(document, **how)) for document in documents
    )
    if labels is not None:
        coded = [_taught(coded, codebook, labels)]
    for provisions, codings in coded:
        if form == "jsonl":
            json_lines(coding_lines(codings, provisions))
            continue
        _tell_costs(codings, strictness)
        for coding, provision in zip(codings, provisions, strict=True):
            themes = ", ".join(_theme(theme) for theme in coding.themes) or "no theme"
            lead = ", ".join(actor.name for actor in coding.lead)
            said = [coding.strength.id, coding.posture.id, coding.forum.id, *([f"led by {lead}"] if lead else [])]
            click.echo(shortened(provision.text))
            click.echo(f"    {themes} · {' · '.join(said)}")


def _theme(code: Code) -> str:
    """A theme with its score; a question mark stands behind one that a head is not sure enough of."""
    return f"{code.id} {code.score:.2f}" + ("?" if code.by == "learnt" and not code.printed else "")


def _tell_costs(codings: Sequence[Coding], strictness: Strictness) -> None:
    from polidiff.coding.strictness import costs

    for one in costs(codings):
        share = one.printed / one.labels if one.labels else 0.0
        mark = " (now)" if one.strictness == strictness else ""
        click.echo(
            f"{one.strictness}{mark}: {share:.0%} of {plural(one.labels, 'learnt label')} printed, "
            f"{one.wrong:.0%} of them expected wrong",
            err=True,
        )


def _taught(
    coded: Iterable[tuple[tuple[Provision, ...], tuple[Coding, ...]]], codebook: str, labels: Path
) -> tuple[tuple[Provision, ...], tuple[Coding, ...]]:
    """All provisions, and their codings bettered by labels; says on standard error what the labels gained."""
    from polidiff.coding import load_codebook
    from polidiff.coding.agreement import load_codes
    from polidiff.coding.taught import taught_codings

    held = list(coded)
    provisions = tuple(provision for some, _ in held for provision in some)
    codings = tuple(coding for _, some in held for coding in some)
    book = load_codebook(codebook)
    made, learner = taught_codings(provisions, codings, book, load_codes(labels))
    _gain(learner)
    return provisions, made


def _gain(learner: Learner) -> None:
    click.echo(
        f"learnt from {plural(learner.units, 'unit')}; on labels held back micro-F1 is {learner.learnt:.2f}, "
        f"from the codebook alone {learner.alone:.2f}"
        + ("" if learner.gains else "; nothing is gained, so the codebook alone is used"),
        err=True,
    )


def _whole(sources: tuple[str, ...], codebook: str, scale: Scale, labels: Path | None, form: str) -> None:
    """Print one record a document: a score for every theme, posture and forum over its provisions."""
    from polidiff import api
    from polidiff.coding import code as code_provisions
    from polidiff.coding import code_documents, load_codebook
    from polidiff.coding.tally import stance_of
    from polidiff.coding.whole import DECIDES, document_record

    book = load_codebook(codebook)
    documents = [api.read(source, progress=progress_line()) for source in sources]
    scored = code_documents(documents, book, vectors=api.default_encoder())
    if labels is not None:
        from polidiff.coding.agreement import load_codes
        from polidiff.coding.taught import taught_documents

        scored, learner = taught_documents(documents, scored, book, load_codes(labels))
        _gain(learner)
    for document, codes in zip(documents, scored, strict=True):
        provisions = api.split(document)
        codings = code_provisions(document, provisions, book, scale=scale)
        posture, forum = (stance_of(codings, provisions, "posture"), stance_of(codings, provisions, "forum"))
        if form == "jsonl":
            json_lines([document_record(document, book, codes, posture, forum)], "document-codes")
            continue
        click.echo(f"{document.id} · {plural(len(provisions), 'provision')} · {posture.label} · {forum.label}")
        for kind, stance in (("posture", posture), ("forum", forum)):
            parts = (f"{s.label} {s.share:.0%} ({s.low:.0%} to {s.high:.0%})" for s in stance.shares)
            click.echo(f"    {kind}: {', '.join(parts)}")
        for code in codes:
            if code.score >= DECIDES:
                click.echo(f"    {code.score:.2f}  {code.id}  {book.theme(code.id).name}")


@click.command()
@click.argument("name")
def fetch(name: str) -> None:
    """Download a catalogued official document, check its SHA-256 and keep it in the cache."""
    from polidiff import api

    click.echo(api.fetch(name, progress=progress_line()))


COMMANDS = (read, split, code, fetch)
