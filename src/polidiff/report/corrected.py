"""The checked article put right: each fault where it stands, the document's words for it, and a letter to the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from polidiff.model import ArticleCheck, Edit, Verdict, overruled
from polidiff.report.cards import CardView, Found, Fragment, card, family
from polidiff.report.checked import bare
from polidiff.report.figures import svg as drawing
from polidiff.report.figures.charts import Chart
from polidiff.report.names import Party, lang
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, listed, quoted, reason_text, say

__all__ = ["CorrectedPage", "Correction", "Fault", "Segment", "corrected_page", "correction", "lede", "letter"]

PAGES: dict[Locale, str] = {"en": "article.corrected.html", "zh": "article.corrected.zh.html"}
REPAIRED = frozenset({"altered", "spliced"})
"""Verdicts on quotations whose words can be put right in the article itself."""

TOLD = 6
"""Faults that a letter of one page tells."""
LONGEST = 170
"""Characters of a passage in the letter."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the article at ``start:end`` and what the document has in their place (either may be empty)."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Right:
    """A document's words that show what is right, and where they stand."""

    document: str
    start: int
    end: int
    language: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the article at ``start:end`` that isn't as the documents have it, and what is said of it."""

    number: int
    start: int
    end: int
    card: CardView
    changes: tuple[Change, ...]
    right: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a paragraph: kept, struck out (``del``) or put in (``ins``); the faults that it is part of.

    ``ends`` are the faults that end behind it.
    """

    kind: str
    words: str
    faults: tuple[int, ...]
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the article, and the faults that begin in it."""

    segments: tuple[Segment, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """The whole article, paragraph by paragraph."""

    title: str
    language: str
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class CorrectedPage:
    """The page of the corrected article."""

    tongue: Locale
    lang: str
    other_lang: str
    other_page: str
    title: str
    lede: str
    article: Correction
    parties: tuple[Party, ...]
    patterns: Markup
    charts: tuple[Chart, ...] = ()


def correction(check: ArticleCheck, tongue: Locale) -> Correction:
    """Return the article with its faults, in the order in which they stand."""
    bench = ReportContext(bare(check, ()), tongue)
    faults = tuple(_faults(bench, check))
    lines = []
    at = 0
    for row in check.article.text.split("\n"):
        end = at + len(row)
        if row.strip():
            own = tuple(one for one in faults if at <= one.start < end)
            lines.append(Line(tuple(_segments(check.article.text, at, end, own)), own))
        at = end + 1
    title = check.article.title or check.article.id
    return Correction(title, lang(check.article.language), tuple(lines), faults)


def _faults(bench: ReportContext, check: ArticleCheck) -> Iterator[Fault]:
    every: list[Found] = [*check.verdicts, *check.claims]
    placed = [one for one in every if one.start is not None]
    wrong = [one for one in placed if family(one) == "bad"]
    for number, one in enumerate(sorted(wrong, key=lambda one: (one.start or 0, -(one.end or 0))), start=1):
        start, end = one.start or 0, one.end or 0
        changes: tuple[Change, ...] = ()
        if isinstance(one, Verdict) and one.verdict in REPAIRED:
            changes = tuple(_changes(check.article.text, start, one.edits))
        shown = card(bench, check, number, one)
        yield Fault(number, start, end, shown, changes, tuple(_right(bench, part) for part in shown.fragments))


def _right(bench: ReportContext, part: Fragment) -> Right:
    words = bench.documents[part.document].text[part.start : part.end]
    place = ", ".join(one for one in (part.title, part.page) if one)
    return Right(part.document, part.start, part.end, part.language, words, place)


def _changes(text: str, start: int, edits: Iterable[Edit]) -> Iterator[Change]:
    """What is to be done to a quotation's words so that they are the document's; marked omissions stay."""
    for edit in edits:
        if edit.kind == "omission":
            continue
        at, end = start + edit.quote_span.start, start + edit.quote_span.end
        new = " ".join(edit.source.split())
        if new and at == end:
            new = f"{new} " if text[at - 1 : at].isspace() or at == start else f" {new}"
        yield Change(at, end, new)


def _segments(text: str, start: int, end: int, faults: tuple[Fault, ...]) -> Iterator[Segment]:
    """The stretches of a paragraph, cut where a fault or a change begins or ends."""
    changes = sorted({change for one in faults for change in one.changes}, key=lambda one: (one.start, one.end))
    cuts = {start, end}
    for first, last in [(one.start, one.end) for one in faults] + [(one.start, one.end) for one in changes]:
        cuts |= {at for at in (first, last) if start < at < end}
    edges = sorted(cuts)
    for at, stop in pairwise(edges):
        held = tuple(one.number for one in faults if one.start <= at < one.end)
        for change in changes:
            if change.start == change.end == at:
                yield Segment("ins", change.new, held)
        struck = next((change for change in changes if change.start <= at < change.end), None)
        ends = tuple(one.number for one in faults if at < min(one.end, end) <= stop)
        more = struck is not None and stop == struck.end and bool(struck.new)
        yield Segment("del" if struck else "", text[at:stop], held, () if more else ends)
        if struck is not None and more:
            yield Segment("ins", struck.new, held, ends)


def corrected_page(check: ArticleCheck, tongue: Locale) -> CorrectedPage:
    """Return what the page of the corrected article shows."""
    made = correction(check, tongue)
    other: Locale = "zh" if tongue == "en" else "en"
    return CorrectedPage(
        tongue=tongue,
        lang=lang(tongue),
        other_lang=lang(other),
        other_page=PAGES[other],
        title=say("corrected.title", tongue, title=made.title),
        lede=say("gap", tongue).join((lede(made, tongue), *_overruled(check, tongue))),
        article=made,
        parties=ReportContext(bare(check, ()), tongue).parties,
        patterns=drawing.patterns(),
    )


def lede(made: Correction, tongue: Locale) -> str:
    """How many faults an article has, in a sentence."""
    return say("corrected.lede", tongue, n=len(made.faults)) if made.faults else say("corrected.none", tongue)


def said_of(fault: Fault, tongue: Locale, longest: int = 0) -> str:
    """What is wrong with the words of a fault, and what the documents have, in one paragraph."""
    shown = fault.card
    parts = [say("corrected.fault", tongue, verdict=shown.verdict, meaning=shown.meaning)]
    why = shown.edits[:3] or (() if not fault.right or len(fault.right) > 1 else shown.reasons[:1])
    parts += [one if one.endswith((".", "。", "！", "!")) else say("corrected.stop", tongue, words=one) for one in why]
    parts += [_told(one, tongue, longest) for one in fault.right[: 2 if not longest else 1]]
    return say("gap", tongue).join(parts)


def _told(one: Right, tongue: Locale, longest: int) -> str:
    words = " ".join(one.text.split())
    if longest and len(words) > longest:
        words = f"{words[:longest].rsplit(' ', 1)[0]} …"
    return say("corrected.says", tongue, where=one.place, words=quoted(words))


def letter(check: ArticleCheck, tongue: Locale) -> tuple[str, ...]:
    """The letter to the editor's desk, paragraph by paragraph: what is wrong, why, and the passages."""
    made = correction(check, tongue)
    titles = listed([document.title or document.id for document in check.documents], tongue)
    counts = {"quotes": len(check.verdicts), "claims": len(check.claims)}
    lines = [say("letter.opening", tongue, title=quoted(made.title), documents=titles, **counts)]
    right = tuple(_overruled(check, tongue))
    if not made.faults:
        return (*lines, say("letter.none", tongue), *right, say("letter.end", tongue))
    lines.append(say("letter.faults", tongue, n=len(made.faults)))
    ranked = sorted(made.faults, key=lambda one: (one.card.kind != "quote", one.start))
    for fault in sorted(ranked[:TOLD], key=lambda one: one.start):
        words = " ".join(fault.card.plain.split())
        words = f"{words[:120].rsplit(' ', 1)[0]} …" if len(words) > 120 else words
        lines.append(say("letter.item", tongue, words=quoted(words), said=said_of(fault, tongue, LONGEST)))
    if len(made.faults) > TOLD:
        lines.append(say("letter.more", tongue, n=len(made.faults) - TOLD))
    return (*lines, *right, say("letter.end", tongue))


def _overruled(check: ArticleCheck, tongue: Locale) -> Iterator[str]:
    """What a person holds to be right against the verdict, and why."""
    every: list[Found] = [*check.verdicts, *check.claims]
    for one in every:
        for reason in one.reasons:
            if overruled([reason]):
                words = " ".join(one.text.split())
                words = f"{words[:120].rsplit(' ', 1)[0]} …" if len(words) > 120 else words
                yield say("letter.item", tongue, words=quoted(words), said=reason_text(reason, tongue))
