"""The article check as the page shows it: the article with what it quotes and claims marked, and a card for each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from polidiff.model import ArticleCheck, ClaimVerdict, Document, Span, Verdict
from polidiff.report.anchors import matched_anchor
from polidiff.report.cards import SIGNS, CardView, Found, card, family, kind_of, verdict_name, verdict_of
from polidiff.report.marks import marked
from polidiff.report.names import lang
from polidiff.report.passages import ReportContext
from polidiff.wording import say

_CLOSING = "”’\"'»」』》.,;!?，。；！？、"
"""What may follow a quotation before its label: closing marks and the stop."""


@dataclass(frozen=True, slots=True)
class Label:
    """The label behind a quotation or a claim: its number, sign and verdict. It links to the card."""

    number: int
    kind: str
    family: str
    sign: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article, with the families of the claim and of the quotation that it is part of, or ``""``."""

    html: Markup
    claim: str = ""
    quote: str = ""
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True, slots=True)
class Stanza:
    """A paragraph of the article, and the cards of what begins in it."""

    kind: str
    run: tuple[Stretch, ...]
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The article and its verdicts.

    ``tally`` holds, for quotations and for claims, the kind's name, the total and (sign, verdict, number) of each
    verdict that occurs. ``cards`` are all of them, in the article's order. ``untested`` are the sentences about
    documents that weren't tested, with why; ``no_claim`` says that the article was read for claims and has none.
    """

    title: str
    language: str
    stanzas: tuple[Stanza, ...]
    cards: tuple[CardView, ...]
    tally: tuple[tuple[str, int, tuple[tuple[str, str, int], ...]], ...]
    untested: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, tuple[str, ...]], ...]
    no_claim: bool

    @property
    def amiss(self) -> tuple[CardView, ...]:
        """The cards to look at first: what the documents don't bear out, and what comes with a warning."""
        return tuple(one for one in self.cards if one.family == "bad")

    @property
    def leaving_out(self) -> tuple[CardView, ...]:
        """The cards of claims that leave out a part of the passage, or credit one side where another speaks to it."""
        return tuple(
            one for one in self.cards if one.kind == "claim" and (one.left_out or one.elsewhere or one.answers)
        )


def numbered(check: ArticleCheck) -> tuple[tuple[int, Found], ...]:
    """Every verdict, on quotations and on claims, numbered from 1 in the order of the article."""
    everything: list[Found] = [*check.claims, *check.verdicts]
    everything.sort(key=lambda one: (one.start is None, one.start or 0, -(one.end or 0)))
    return tuple(enumerate(everything, start=1))


def article(bench: ReportContext, check: ArticleCheck) -> ArticleView:
    """The check of one article for the template."""
    cards = {number: card(bench, check, number, one) for number, one in numbered(check)}
    return ArticleView(
        title=check.article.title or check.article.id,
        language=lang(check.article.language),
        stanzas=tuple(_stanzas(bench, check, cards)),
        cards=tuple(cards.values()),
        tally=tuple(
            (say(f"all.{kind}", bench.tongue, n=len(found)), len(found), _counts(bench, found))
            for kind, found in (("quote", check.verdicts), ("claim", check.claims))
            if found
        ),
        untested=tuple(
            (check.article.text[one.start : one.end], say(f"untested.{one.why}", bench.tongue)) for one in check.left
        ),
        others=_others(bench, check),
        no_claim=check.read_for_claims and bool(check.verdicts) and not check.claims,
    )


def _others(bench: ReportContext, check: ArticleCheck) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The sentences that are neither claims nor quotations nor told as untested, with what they are."""
    told = {(one.start, one.end) for one in check.left}
    found: dict[str, list[str]] = {}
    for one in check.sentences:
        if one.kind in ("said_by_others", "other") and (one.start, one.end) not in told:
            found.setdefault(one.kind, []).append(check.article.text[one.start : one.end])
    return tuple((say(f"sentences.{kind}", bench.tongue, n=len(words)), tuple(words)) for kind, words in found.items())


def _counts(bench: ReportContext, found: Sequence[Found]) -> tuple[tuple[str, str, int], ...]:
    counts: Counter[str] = Counter(verdict_of(one) for one in found)
    names: dict[str, str] = {verdict_of(one): verdict_name(one, bench.tongue) for one in found}
    return tuple((SIGNS[kind], names[kind], counts[kind]) for kind in SIGNS if kind in counts)


def hits(check: ArticleCheck | None) -> dict[str, list[tuple[str, Span]]]:
    """The anchors that the article's quotations and claims need in the documents' full texts."""
    found: dict[str, list[tuple[str, Span]]] = {}
    for number, one in numbered(check) if check is not None else ():
        if isinstance(one, ClaimVerdict):
            spans = [(evidence.document, evidence.span) for evidence in one.evidence]
        else:
            spans = [(one.document, span) for span in one.matched] if one.document is not None else []
        for place, (document, span) in enumerate(spans):
            found.setdefault(document, []).append((matched_anchor(number, place), span))
    return found


class _Inside(NamedTuple):
    """A verdict on words of a paragraph; its label stands in the ``last`` paragraph that they reach."""

    number: int
    one: Found
    last: bool


def _stanzas(bench: ReportContext, check: ArticleCheck, cards: dict[int, CardView]) -> list[Stanza]:
    """The article's paragraphs, each with the cards of what begins in it; what stands in none comes at the end."""
    blocks = _paragraphs(check)
    starts = [start for start, _, _ in blocks]
    within: list[list[_Inside]] = [[] for _ in blocks]
    held: list[list[CardView]] = [[] for _ in blocks]
    loose: list[CardView] = []
    for number, one in numbered(check):
        first = max(0, bisect_right(starts, one.start or 0) - 1)
        if one.start is None or one.end is None or not starts[first] <= one.start < blocks[first][1]:
            loose.append(cards[number])
            continue
        last = max(first, bisect_left(starts, one.end) - 1)
        for place in range(first, last + 1):
            within[place].append(_Inside(number, one, place == last))
        held[first].append(cards[number])
    made = [
        Stanza(
            "heading" if kind in {"heading", "title"} else "p",
            tuple(_run(bench, check.article, start, end, inside)),
            tuple(own),
        )
        for (start, end, kind), inside, own in zip(blocks, within, held, strict=True)
    ]
    return [*made, Stanza("none", (), tuple(loose))] if loose else made


def _paragraphs(check: ArticleCheck) -> list[tuple[int, int, str]]:
    """(start, end, kind) of the article's paragraphs and notes, without a title that stands above it already."""
    text = check.article.text
    blocks = [b for b in check.article.blocks if b.start < b.end]
    found: list[Found] = [*check.verdicts, *check.claims]
    taken = any(one.start is not None and blocks and one.start < blocks[0].end for one in found)
    if len(blocks) > 1 and not taken and check.article.cut(blocks[0].span).strip() == check.article.title.strip():
        blocks = blocks[1:]
    notes = [(note.start, note.end, "note") for note in check.article.notes if note.start < note.end]
    return sorted([*((b.start, b.end, b.kind) for b in blocks), *notes]) or [(0, len(text), "paragraph")]


def _run(bench: ReportContext, article: Document, start: int, end: int, inside: Sequence[_Inside]) -> list[Stretch]:
    """The stretches of one paragraph: cut wherever a quotation or a claim begins or ends, or a label stands."""
    text = article.text
    labels: dict[int, list[Label]] = {}
    points = {start, end}
    for number, one, last in inside:
        low, high = max(start, one.start or 0), min(end, one.end or 0)
        points |= {low, high}
        if last:
            tail = high
            while tail < min(end, high + 3) and text[tail] in _CLOSING:
                tail += 1
            points.add(tail)
            name = verdict_name(one, bench.tongue)
            label = Label(number, kind_of(one), family(one), SIGNS[verdict_of(one)], name)
            labels.setdefault(tail, []).append(label)
    made: list[Stretch] = []
    ordered = sorted(points)
    for low, high in pairwise(ordered):
        here = [one for _, one, _ in inside if (one.start or 0) <= low and high <= (one.end or 0)]
        made.append(
            Stretch(
                marked(text, low, high),
                next((family(one) for one in reversed(here) if isinstance(one, ClaimVerdict)), ""),
                next((family(one) for one in reversed(here) if isinstance(one, Verdict)), ""),
                tuple(sorted(labels.get(high, ()), key=lambda label: label.kind == "claim")),
            )
        )
    return made
