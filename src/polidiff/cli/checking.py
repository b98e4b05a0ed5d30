"""The command that checks an article, or given quotations or claims, against documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, get_args

import click

from polidiff.cli.asking import judge_asked, judge_option, model_option
from polidiff.cli.show import force_option, json_lines, plural, progress_line, shortened
from polidiff.model import ClaimLabel, LeftWhy, QuoteVerdict

if TYPE_CHECKING:
    from polidiff.model import ArticleCheck, ClaimVerdict, Document, UntestedSentence, Verdict

QUOTE_VERDICTS: tuple[QuoteVerdict, ...] = get_args(QuoteVerdict)
CLAIM_VERDICTS: tuple[ClaimLabel, ...] = get_args(ClaimLabel)


@click.command()
@click.argument("articles", nargs=-1, metavar="ARTICLE...")
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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "sarif", "github"]),
    default="text",
    show_default=True,
    help="text for people, jsonl for programs, sarif and github for what shows faults beside an article's lines.",
)
def check(
    articles: tuple[str, ...],
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
    """Check each quotation and each claim of an article, or of several, against the documents."""
    from polidiff import api
    from polidiff.checking.checker import ClaimChecker
    from polidiff.interchange.claimreview import Published

    published = (article_url, review_url, publisher)
    _go_together(articles, (quotes, claims), output, any(published), form)
    wanted = _verdicts_named(fail_on)
    asked = None if judge is None and model is None else judge_asked(judge, model)
    show = progress_line()
    documents = [api.read(source, progress=show) for source in against]
    if quotes is not None:
        found = _Found(api.check_quotes(api.load_quotes(quotes), documents), None, ())
    elif claims is not None:
        found = _Found(None, api.check_claims(api.load_claims(claims), documents, judge=asked), ())
    else:
        checker = ClaimChecker(documents, judge=asked)
        checks = [(one, checker.check_article(one, progress=show)) for one in articles]
        found = _tell_articles(checks, documents, form)
        if output is not None:
            files = api.write_check(checks[0][1], output, published=Published(*published), force=force)
            if form == "text":
                click.echo(f"{plural(len(files), 'file')} written; open {files[0]}")
    if not articles:
        _tell(found, documents, form)
    sure = (
        *(v.verdict for v in found.quotes or () if not v.unsure),
        *(v.verdict for v in found.claims or () if not v.unsure),
    )
    if wanted & set(sure):
        raise click.exceptions.Exit(1)


def _go_together(
    articles: tuple[str, ...], given: tuple[Path | None, Path | None], output: Path | None, told: bool, form: str
) -> None:
    """Raise a usage error for options that don't go together."""
    if sum((bool(articles), *(one is not None for one in given))) != 1:
        raise click.UsageError(
            "give an article, or --quotes FILE, or --claims FILE, "
            "for example: polidiff check article.txt --against a.pdf"
        )
    if output is not None and len(articles) != 1:
        raise click.UsageError("-o goes with one article; redirect standard output for --quotes and --claims")
    if output is None and told:
        raise click.UsageError("--article-url, --review-url and --publisher go with -o DIR")
    if form in ("sarif", "github") and not articles:
        raise click.UsageError(f"--format {form} goes with an article")


class _Found(NamedTuple):
    """What was found: None where it wasn't asked."""

    quotes: Sequence[Verdict] | None
    claims: Sequence[ClaimVerdict] | None
    left: Sequence[UntestedSentence]


def _tell(found: _Found, documents: list[Document], form: str, article: str = "") -> None:
    """Print verdicts, under the article's name where there are several; with ``jsonl`` each line has it."""
    if form == "jsonl":
        from polidiff.model.outputs import verdict_lines

        texts = {document.id: document.text for document in documents}
        lines = verdict_lines([*(found.quotes or ()), *(found.claims or ())], texts)
        json_lines({"article": article, **line} if article else line for line in lines)
        return
    if article:
        click.echo(article)
    if found.quotes is not None:
        _verdicts(found.quotes, documents)
    if found.claims is not None:
        _claims(found.claims, documents)
    for line in left_summary(found.left):
        click.echo(line)


def _tell_articles(checks: Sequence[tuple[str, ArticleCheck]], documents: list[Document], form: str) -> _Found:
    """Print what was found in articles, and return all of it."""
    if form in ("sarif", "github"):
        _tell_faults(checks, form)
    else:
        for name, made in checks:
            name = name if len(checks) > 1 else ""
            _tell(_Found(made.verdicts, made.claims, made.left), documents, form, name)
    return _Found(
        [one for _, made in checks for one in made.verdicts], [one for _, made in checks for one in made.claims], ()
    )


def _tell_faults(checks: Sequence[tuple[str, ArticleCheck]], form: str) -> None:
    """Print the faults of articles, each at its place in the article's own file."""
    import json

    from polidiff.interchange.faults import faults_of, github_lines, sarif

    faults = [one for name, made in checks for one in faults_of(made, name, _raw(name, made))]
    if form == "github":
        for line in github_lines(faults):
            click.echo(line)
    else:
        click.echo(json.dumps(sarif(faults), ensure_ascii=False, indent=1))


def _raw(name: str, made: ArticleCheck) -> str:
    """The text of an article's own file; of what is no text file, the text that was read."""
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return made.article.text


def _verdicts_named(fail_on: str) -> set[str]:
    """The verdicts that ``--fail-on`` names. Raises UsageError for what is none."""
    wanted = {word.strip() for word in fail_on.split(",") if word.strip()}
    known = (*QUOTE_VERDICTS, *CLAIM_VERDICTS[:-1])
    if unknown := sorted(wanted - set(known)):
        raise click.UsageError(f"--fail-on {unknown[0]}: not a verdict; the verdicts are {', '.join(known)}")
    return wanted


def _claims(verdicts: Sequence[ClaimVerdict], documents: list[Document]) -> None:
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
    click.echo(claims_summary(verdicts))
    if verdicts:
        click.echo(
            "Read the passages: of claims never seen three verdicts in five were right, of sure ones seven in eight."
        )


def left_summary(left: Sequence[UntestedSentence]) -> list[str]:
    """Return how many sentences weren't tested, and why: one line or none."""
    if not left:
        return []
    from polidiff.wording import term

    counts = Counter(sentence.why for sentence in left)
    said = "; ".join(f"{counts[why]} {term('untested', why, 'en')}" for why in get_args(LeftWhy) if counts[why])
    return [f"{plural(len(left), 'more sentence')} not tested: {said}"]


def _verdicts(verdicts: Sequence[Verdict], documents: list[Document]) -> None:
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
    click.echo(quotes_summary(verdicts))


def _why(verdict: Verdict | ClaimVerdict) -> None:
    for reason in verdict.reasons:
        click.echo(f"    {reason.text}")
    for warning in verdict.warnings:
        click.echo(f"    warning: {warning}")


def quotes_summary(verdicts: Sequence[Verdict]) -> str:
    """Return how many quotations have which verdict."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in QUOTE_VERDICTS if counts[kind])
    return f"{plural(len(verdicts), 'quotation')}{': ' + said if said else ''}"


def claims_summary(verdicts: Sequence[ClaimVerdict]) -> str:
    """Return how many claims have which verdict."""
    counts = Counter(verdict.verdict for verdict in verdicts)
    said = ", ".join(f"{counts[kind]} {kind}" for kind in CLAIM_VERDICTS if counts[kind])
    none = "no claim about the documents was found" if not verdicts else ""
    doubtful = sum(verdict.unsure for verdict in verdicts)
    return none or f"{plural(len(verdicts), 'claim')}: {said}{f'; {doubtful} not sure' if doubtful else ''}"


COMMANDS = (check,)
