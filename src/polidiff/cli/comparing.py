"""Commands on several documents: align, compare, check, demo."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

import click

from polidiff.cli.show import codebook_option, format_option, json_lines, plural, progress_line, scale_option, shortened
from polidiff.model import ClaimLabel, QuoteVerdict

if TYPE_CHECKING:
    from polidiff.model import ArticleCheck, ClaimVerdict, Comparison, Document, Scale, Verdict

QUOTE_VERDICTS: tuple[QuoteVerdict, ...] = get_args(QuoteVerdict)
CLAIM_VERDICTS: tuple[ClaimLabel, ...] = get_args(ClaimLabel)


@click.command()
@click.argument("a")
@click.argument("b")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000), help="How many of B for each of A.")
@codebook_option
@format_option
def align(a: str, b: str, top: int, codebook: str, form: str) -> None:
    """Find for each provision of A those of B that answer it, best first, with reasons."""
    from polidiff import api
    from polidiff.align import align_records

    found = api.align(a, b, top=top, codebook=codebook, progress=progress_line())
    if form == "jsonl":
        json_lines(align_records(found))
        return
    rows = zip(found.a.provisions, found.matches, found.uniques, strict=True)
    texts = {provision.id: provision.text for provision in found.b.provisions}
    for provision, matches, unique in rows:
        click.echo(f"{provision.id}  {shortened(provision.text)}")
        for match in matches[:3]:
            reasons = "; ".join(reason.text for reason in match.reasons)
            click.echo(f"    {match.score:.2f} {match.relation}  {match.id}  {shortened(texts[match.id], 80)}")
            click.echo(f"         {reasons}")
        click.echo(f"    only here with probability {unique.probability:.2f}")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="A B [C...]")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="The folder for the report.")
@click.option("--article", help="An article to check against the documents; its check goes into the report.")
@click.option("--id", "names", multiple=True, help="An id for a document, once for each source, in their order.")
@codebook_option
@scale_option
def compare(
    sources: tuple[str, ...],
    output: Path,
    article: str | None,
    names: tuple[str, ...],
    codebook: str,
    scale: str,
) -> None:
    """Compare documents theme by theme and write a report to read, check and send on."""
    from polidiff import api

    if len(sources) < 2:
        raise click.UsageError(
            "compare needs two documents or more, for example: polidiff compare us.pdf uk.html -o out"
        )
    if names and len(names) != len(sources):
        raise click.UsageError(f"{len(names)} --id for {len(sources)} documents: give one for each, in their order")
    show = progress_line()
    given = names or (None,) * len(sources)
    documents = [api.read(source, id=name, progress=show) for source, name in zip(sources, given, strict=True)]
    comparison = api.compare(*documents, codebook=codebook, scale=cast("Scale", scale), progress=show)
    checked = None if article is None else api.check(article, documents, progress=show)
    _tell(comparison, checked, api.write_report(comparison, output, checked))


@click.command()
@click.option(
    "-o",
    "--output",
    default=Path("polidiff-demo"),
    show_default=True,
    type=click.Path(path_type=Path),
    help="The folder for the report.",
)
def demo(output: Path) -> None:
    """Write the founding comparison (United States, China) from bundled digests, without network."""
    from polidiff import api

    _tell(None, None, api.demo(output, progress=progress_line()))


def _tell(comparison: Comparison | None, checked: ArticleCheck | None, files: tuple[Path, ...]) -> None:
    """Say what was found and where the report lies."""
    if comparison is not None:
        kinds = Counter(finding.finding for finding in comparison.findings)
        click.echo(
            f"{plural(len(comparison.findings), 'theme')}: {kinds['shared']} shared, "
            f"{kinds['divergent']} divergent, {kinds['only']} in one only"
        )
        for document in comparison.documents:
            for notice in document.warnings:
                place = "" if notice.page is None else f"page {notice.page}: "
                click.echo(f"note: {document.id}: {place}{notice.message}", err=True)
    if checked is not None:
        _summary(checked.verdicts)
    click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")


@click.command()
@click.argument("article", required=False)
@click.option("--against", multiple=True, required=True, metavar="A B...", help="The documents to check against.")
@click.option("--quotes", type=click.Path(path_type=Path), help="Given quotations instead of an article (JSON Lines).")
@click.option("--claims", type=click.Path(path_type=Path), help="Given claims instead of an article (JSON Lines).")
@click.option("--fail-on", default="", metavar="VERDICT,...", help="Leave with status 1 when one of these is found.")
@format_option
def check(
    article: str | None, against: tuple[str, ...], quotes: Path | None, claims: Path | None, fail_on: str, form: str
) -> None:
    """Check each quotation and each claim of an article against the documents."""
    from polidiff import api
    from polidiff.check.claim_record import claim_record
    from polidiff.model.records import verdict_record

    if sum(given is not None for given in (article, quotes, claims)) != 1:
        raise click.UsageError(
            "give an article, or --quotes FILE, or --claims FILE, "
            "for example: polidiff check article.txt --against a.pdf"
        )
    wanted = {word.strip() for word in fail_on.split(",") if word.strip()}
    known = (*QUOTE_VERDICTS, *CLAIM_VERDICTS[:-1])
    if unknown := sorted(wanted - set(known)):
        raise click.UsageError(f"--fail-on {unknown[0]}: not a verdict; the verdicts are {', '.join(known)}")
    show = progress_line()
    documents = [api.read(source, progress=show) for source in against]
    quoted: tuple[Verdict, ...] = ()
    claimed: tuple[ClaimVerdict, ...] = ()
    if quotes is not None:
        quoted = api.check_quotes(api.load_quotes(quotes), documents)
    elif claims is not None:
        claimed = api.check_claims(api.load_claims(claims), documents)
    else:
        checked = api.check(article or "", documents, claims=True, progress=show)
        quoted, claimed = checked.verdicts, checked.claims
    if form == "jsonl":
        texts = {document.id: document.text for document in documents}
        json_lines(verdict_record(verdict, texts) for verdict in quoted)
        json_lines(claim_record(verdict, texts) for verdict in claimed)
    else:
        if claims is None:
            _verdicts(quoted, documents)
        if claimed or claims is not None:
            _claims(claimed, documents)
    if wanted & {*(v.verdict for v in quoted), *(v.verdict for v in claimed)}:
        raise click.exceptions.Exit(1)


def _claims(verdicts: tuple[ClaimVerdict, ...], documents: list[Document]) -> None:
    by_id = {document.id: document for document in documents}
    for verdict in verdicts:
        click.echo(f"{verdict.verdict}: {shortened(verdict.text)}")
        for passage in verdict.evidence[:4]:
            document = by_id[passage.document]
            place = document.id if passage.page is None else f"{document.id}, p. {passage.page}"
            digest = " (a digest)" if document.is_digest else ""
            click.echo(f"    {place}{digest}: “{shortened(document.cut(passage.span), 160)}”")
        for reason in verdict.reasons:
            click.echo(f"    {reason.text}")
        for warning in verdict.warnings:
            click.echo(f"    warning: {warning}")
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in CLAIM_VERDICTS if counts[kind])
    click.echo(f"{plural(len(verdicts), 'claim')}{': ' + said if said else ''}")
    if verdicts:
        click.echo("Read the passages: on claims set aside, two verdicts in three were right (docs/checking.md).")


def _verdicts(verdicts: tuple[Verdict, ...], documents: list[Document]) -> None:
    digests = {document.id for document in documents if document.is_digest}
    for verdict in verdicts:
        place = "" if verdict.document is None else f" in {verdict.document}"
        if verdict.document in digests:
            place += " (a digest)"
        if verdict.page is not None:
            place += f", p. {verdict.page}"
        click.echo(f"{verdict.verdict}{place}: “{shortened(verdict.text)}”")
        for edit in verdict.edits:
            matters = f" ({edit.matters})" if edit.matters else ""
            click.echo(f"    {edit.kind}{matters}: article “{edit.quote}”, document “{edit.source}”")
        for reason in verdict.reasons:
            click.echo(f"    {reason.text}")
        for warning in verdict.warnings:
            click.echo(f"    warning: {warning}")
    _summary(verdicts)


def _summary(verdicts: tuple[Verdict, ...]) -> None:
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in QUOTE_VERDICTS if counts[kind])
    click.echo(f"{plural(len(verdicts), 'quotation')}{': ' + said if said else ''}")


COMMANDS = (align, compare, check, demo)
