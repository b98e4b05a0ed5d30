"""The page of one article's check, as plain records for the template: no comparison stands behind it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from polidiff.model import ArticleCheck, Codebook, Comparison
from polidiff.report import articles
from polidiff.report.cards import ASIDE, family
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.fulltext import fulltext
from polidiff.report.names import Party, lang
from polidiff.report.passages import ReportContext
from polidiff.report.view import DocumentView, Frame, document_view, method_rows
from polidiff.wording import Locale, listed, say, upper

PAGES: dict[Locale, str] = {"en": "article.html", "zh": "article.zh.html"}

LONGEST = 3_000_000
"""Characters of all documents together up to which the page holds their full texts."""


@dataclass(frozen=True, slots=True)
class CheckView(Frame):
    """Everything on the page. ``linked`` is ClaimReview as JSON, safe inside of a script element, or empty."""

    parties: tuple[Party, ...]
    documents: tuple[DocumentView, ...]
    article: articles.ArticleView
    linked: Markup
    charts: tuple[Chart, ...] = ()


def bare(check: ArticleCheck, method: tuple[tuple[str, str], ...]) -> Comparison:
    """The documents of a check as a comparison that found nothing: what a :class:`ReportContext` is made from."""
    none = tuple(() for _ in check.documents)
    return Comparison(check.documents, none, none, Codebook("", "", "", (), ()), (), (), (), method)


def check_view(check: ArticleCheck, method: tuple[tuple[str, str], ...], tongue: Locale, linked: str = "") -> CheckView:
    """The view of a check in one language; ``linked`` is JSON-LD to embed."""
    bench = ReportContext(bare(check, method), tongue)
    shown = articles.article(bench, check)
    hits = articles.hits(check)
    whole = sum(len(document.text) for document in check.documents) <= LONGEST
    digests = [party.named for party in bench.parties if party.is_digest]
    other: Locale = "zh" if tongue == "en" else "en"
    return CheckView(
        tongue=tongue,
        lang=lang(tongue),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=say("check.title", tongue, title=shown.title),
        lede=_lede(bench, check, shown),
        parties=bench.parties,
        documents=tuple(
            document_view(bench, document, party, fulltext(bench, party.index, hits) if whole else Markup(""))
            for document, party in zip(check.documents, bench.parties, strict=True)
        ),
        article=shown,
        digest_rule=upper(say("digest.rule", tongue, who=listed(digests, tongue), n=len(digests))) if digests else "",
        how=(say("check.how", tongue), say("check.limits", tongue)),
        proof=say("check.proof", tongue),
        method=method_rows(method, tongue),
        patterns=drawing.patterns(),
        linked=Markup(linked.replace("<", "\\u003c").replace(">", "\\u003e")),
    )


def _lede(bench: ReportContext, check: ArticleCheck, shown: articles.ArticleView) -> tuple[str, ...]:
    """What was checked against what, and what doesn't hold, in plain sentences."""
    tongue = bench.tongue
    counted = [name for name, _, _ in shown.tally]
    if not counted:
        return (say("check.lede.none", tongue, n=len(check.documents)),)
    sentences = [say("check.lede", tongue, what=listed(counted, tongue), n=len(check.documents))]
    aside = sum(one.verdict in ASIDE for one in check.verdicts)
    unsure = sum(family(one) == "aside" and one.verdict not in ASIDE for _, one in articles.numbered(check))
    if shown.amiss:
        sentences.append(say("check.lede.amiss", tongue, n=len(shown.amiss)))
    if unsure:
        sentences.append(say("check.lede.unsure", tongue, n=unsure))
    if not shown.amiss and any(one.family == "good" for one in shown.cards):
        whole = "check.lede.well.rest" if unsure else "check.lede.well.others" if aside else "check.lede.well"
        sentences.append(say(whole, tongue))
    if aside:
        sentences.append(say("check.lede.aside", tongue, n=aside))
    warned = sum(bool(one.warnings) for one in shown.cards if one.family == "good" and one.kind == "quote")
    if warned:
        sentences.append(say("check.lede.warned", tongue, n=warned))
    return tuple(sentences)
