"""The command that checks an article, or given quotations or claims, against documents."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from polidiff.cli.asking import judge_asked, judge_option, model_option
from polidiff.cli.show import force_option, format_option, json_lines, plural, progress_line, shortened
from polidiff.model import ClaimLabel, LeftWhy, QuoteVerdict

if TYPE_CHECKING:
    from polidiff.model import ClaimVerdict, Document, UntestedSentence, Verdict

QUOTE_VERDICTS: tuple[QuoteVerdict, ...] = get_args(QuoteVerdict)
CLAIM_VERDICTS: tuple[ClaimLabel, ...] = get_args(ClaimLabel)


@click.command()
@click.argument("article", required=False)
@click.option("--against", multiple=True, required=True, metavar="A B...", help="The documents to check against.")
@click.option("--quotes", type=click.Path(path_type=Path), help="Given quotations instead of an article (JSON Lines).")
@click.option("--claims", type=click.Path(path_type=Path), help="Given claims instead of an article (JSON Lines).")
@click.option("--fail-on", default="", metavar="VERDICT,...", help="Leave with status 1 when one of these is found.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the check as a page into this folder.")
@click.option("--article-url", help="Where the article stands, for ClaimReview (with -o).")
@click.option("--review-url", help="Where the page of the check will stand, for ClaimReview (with -o).")
@click.option("--publisher", help="Who publishes the check, for ClaimReview (with -o).")
@judge_option
@model_option
@force_option
@format_option
def check(
    article: str | None,
    against: tuple[str, ...],
    quotes: Path | None,
    claims: Path | None,
    fail_on: str,
    output: Path | None,
    article_url: str | None,
    review_url: str | None,
    publisher: str | None,
    judge: str | None,
    model: str | None,
    force: bool,
    form: str,
) -> None:
    """Check each quotation and each claim of an article against the documents."""
    from polidiff import api
    from polidiff.model.outputs import verdict_lines

    if sum(given is not None for given in (article, quotes, claims)) != 1:
        raise click.UsageError(
            "give an article, or --quotes FILE, or --claims FILE, "
            "for example: polidiff check article.txt --against a.pdf"
        )
    if output is not None and article is None:
        raise click.UsageError("-o goes with an article; redirect standard output for --quotes and --claims")
    if output is None and (article_url or review_url or publisher):
        raise click.UsageError("--article-url, --review-url and --publisher go with -o DIR")
    wanted = _verdicts_named(fail_on)
    asked = None if judge is None and model is None else judge_asked(judge, model)
    show = progress_line()
    documents = [api.read(source, progress=show) for source in against]
    files: tuple[Path, ...] = ()
    quoted: tuple[Verdict, ...] = ()
    claimed: tuple[ClaimVerdict, ...] = ()
    left: tuple[UntestedSentence, ...] = ()
    if quotes is not None:
        quoted = api.check_quotes(api.load_quotes(quotes), documents)
    elif claims is not None:
        claimed = api.check_claims(api.load_claims(claims), documents, judge=asked)
    else:
        checked = api.check(article or "", documents, claims=True, judge=asked, progress=show)
        quoted, claimed, left = checked.verdicts, checked.claims, checked.left
        if output is not None:
            from polidiff.interchange.claimreview import Published

            published = Published(article_url, review_url, publisher)
            files = api.write_check(checked, output, published=published, force=force)
    if form == "jsonl":
        texts = {document.id: document.text for document in documents}
        json_lines(verdict_lines([*quoted, *claimed], texts))
    else:
        if claims is None:
            _verdicts(quoted, documents)
        if quotes is None:
            _claims(claimed, documents)
        left_summary(left)
    if output is not None and form != "jsonl":
        click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")
    if wanted & {*(v.verdict for v in quoted), *(v.verdict for v in claimed if not v.unsure)}:
        raise click.exceptions.Exit(1)


def _verdicts_named(fail_on: str) -> set[str]:
    """The verdicts that ``--fail-on`` names. Raises UsageError for what is none."""
    wanted = {word.strip() for word in fail_on.split(",") if word.strip()}
    known = (*QUOTE_VERDICTS, *CLAIM_VERDICTS[:-1])
    if unknown := sorted(wanted - set(known)):
        raise click.UsageError(f"--fail-on {unknown[0]}: not a verdict; the verdicts are {', '.join(known)}")
    return wanted


def _claims(verdicts: tuple[ClaimVerdict, ...], documents: list[Document]) -> None:
    by_id = {document.id: document for document in documents}
    for verdict in verdicts:
        doubt = f" (not sure, {verdict.confidence:.2f})" if verdict.unsure else ""
        click.echo(f"{verdict.verdict}{doubt}: {shortened(verdict.text)}")
        for passage in verdict.evidence[:4]:
            document = by_id[passage.document]
            place = document.id if passage.page is None else f"{document.id}, p. {passage.page}"
            digest = " (a digest)" if document.is_digest else ""
            click.echo(f"    {place}{digest}: “{shortened(document.cut(passage.span), 160)}”")
        _why(verdict)
    claims_summary(verdicts)
    if verdicts:
        click.echo("Read the passages: on claims set aside, seven verdicts in ten were right (docs/checking.md).")


def left_summary(left: tuple[UntestedSentence, ...]) -> None:
    """Print how many statements weren't tested, and why."""
    if not left:
        return
    from polidiff.wording import term

    counts = Counter(statement.why for statement in left)
    said = "; ".join(f"{counts[why]} {term('untested', why, 'en')}" for why in get_args(LeftWhy) if counts[why])
    click.echo(f"{plural(len(left), 'more statement')} not tested: {said}")


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
        _why(verdict)
    quotes_summary(verdicts)


def _why(verdict: Verdict | ClaimVerdict) -> None:
    for reason in verdict.reasons:
        click.echo(f"    {reason.text}")
    for warning in verdict.warnings:
        click.echo(f"    warning: {warning}")


def quotes_summary(verdicts: tuple[Verdict, ...]) -> None:
    """Print how many quotations have which verdict."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in QUOTE_VERDICTS if counts[kind])
    click.echo(f"{plural(len(verdicts), 'quotation')}{': ' + said if said else ''}")


def claims_summary(verdicts: tuple[ClaimVerdict, ...]) -> None:
    """Print how many claims have which verdict."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in CLAIM_VERDICTS if counts[kind])
    none = "no claim about the documents was found" if not verdicts else ""
    doubtful = sum(verdict.unsure for verdict in verdicts)
    click.echo(none or f"{plural(len(verdicts), 'claim')}: {said}{f'; {doubtful} not sure' if doubtful else ''}")


COMMANDS = (check,)
