"""The article check as the page shows it: the article with its quotations marked, and a card for each verdict."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from polidiff.model import ArticleCheck, Document, Edit, Span, Verdict
from polidiff.report.anchors import matched_anchor
from polidiff.report.marks import Mark, marked
from polidiff.report.names import Party, lang
from polidiff.report.passages import Bench
from polidiff.report.reasons import Said, said
from polidiff.report.strings import Tongue, percent, quoted, say, term

SIGNS = {
    "verbatim": "✓",
    "typographic": "✓",
    "trimmed": "✓",
    "altered": "Δ",
    "spliced": "+",
    "misattributed": "⇄",
    "third_party": "☞",
    "translated": "⇆",
    "not_found": "✗",
}
FAMILY = {
    "verbatim": "good",
    "typographic": "good",
    "trimmed": "good",
    "altered": "bad",
    "spliced": "bad",
    "misattributed": "bad",
    "not_found": "bad",
    "third_party": "aside",
    "translated": "aside",
}

_NOTHING = Markup("")

_CLOSING = "”’\"'»」』》.,;!?，。；！？、"
"""What may follow a quotation before its label: closing marks and the stop."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the article: plain words, or a quotation with the number of its verdict."""

    html: Markup
    number: int = 0
    family: str = ""
    sign: str = ""
    verdict: str = ""
    last: bool = True
    after: Markup = _NOTHING


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a document that answer a quotation, with the changed ones struck."""

    document: str
    start: int
    end: int
    language: str
    html: Markup
    anchor: str | None


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The verdict on one quotation."""

    number: int
    verdict: str
    meaning: str
    sign: str
    family: str
    speaker: str
    language: str
    quote: Markup
    cited: str
    party: Party | None
    page: str
    fragments: tuple[Fragment, ...]
    edits: tuple[str, ...]
    reasons: tuple[Said, ...]
    warnings: tuple[Said, ...]
    elsewhere: tuple[tuple[str, str, str], ...]
    confidence: str


@dataclass(frozen=True, slots=True)
class ArticleView:
    """The article and its verdicts."""

    title: str
    language: str
    paragraphs: tuple[tuple[str, tuple[Stretch, ...]], ...]
    verdicts: tuple[VerdictView, ...]
    tally: tuple[tuple[str, str, str, int], ...]


def article(bench: Bench, check: ArticleCheck) -> ArticleView:
    """The check of one article for the template."""
    counts: dict[str, int] = {}
    for verdict in check.verdicts:
        counts[verdict.verdict] = counts.get(verdict.verdict, 0) + 1
    return ArticleView(
        title=check.article.title or check.article.id,
        language=lang(check.article.language),
        paragraphs=tuple(_paragraphs(check, bench.tongue)),
        verdicts=tuple(_verdict(bench, check, n, verdict) for n, verdict in enumerate(check.verdicts)),
        tally=tuple(
            (kind, SIGNS[kind], term("verdict", kind, bench.tongue), counts[kind]) for kind in SIGNS if kind in counts
        ),
    )


def hits(check: ArticleCheck | None) -> dict[str, list[tuple[str, Span]]]:
    """The anchors that the article's quotations need in the documents' full texts."""
    found: dict[str, list[tuple[str, Span]]] = {}
    for number, verdict in enumerate(check.verdicts if check is not None else ()):
        if verdict.document is not None:
            for place, span in enumerate(verdict.matched):
                found.setdefault(verdict.document, []).append((matched_anchor(number, place), span))
    return found


def _paragraphs(check: ArticleCheck, tongue: Tongue) -> list[tuple[str, tuple[Stretch, ...]]]:
    text = check.article.text
    blocks = [b for b in check.article.blocks if b.start < b.end]
    quoted = any(v.start is not None and blocks and v.start < blocks[0].end for v in check.verdicts)
    if blocks and not quoted and check.article.cut(blocks[0].span).strip() == check.article.title.strip():
        blocks = blocks[1:]  # the title stands above the article already
    bounds = [(b.start, b.end, b.kind) for b in blocks]
    if not bounds:
        bounds = [(0, len(text), "paragraph")]
    made: list[tuple[str, tuple[Stretch, ...]]] = []
    for start, end, kind in bounds:
        here = start
        run: list[Stretch] = []
        for number, verdict in enumerate(check.verdicts, start=1):
            if verdict.start is None or verdict.end is None or verdict.start >= end or verdict.end <= here:
                continue
            low = max(here, verdict.start)
            high = min(end, verdict.end)
            run.append(Stretch(marked(text, here, low)))
            tail = high
            while verdict.end <= end and tail < min(end, high + 3) and text[tail] in _CLOSING:
                tail += 1
            run.append(
                Stretch(
                    marked(text, low, high),
                    number,
                    FAMILY[verdict.verdict],
                    SIGNS[verdict.verdict],
                    term("verdict", verdict.verdict, tongue),
                    last=verdict.end <= end,
                    after=marked(text, high, tail),
                )
            )
            here = tail
        run.append(Stretch(marked(text, here, end)))
        made.append(("heading" if kind in {"heading", "title"} else "p", tuple(run)))
    return made


def _verdict(bench: Bench, check: ArticleCheck, number: int, verdict: Verdict) -> VerdictView:
    tongue = bench.tongue
    held = {document.id: document for document in (*check.documents, *bench.comparison.documents)}
    document = held.get(verdict.document or "")
    changed = [Mark(edit.quote_span.start, edit.quote_span.end, "ins", (), 0) for edit in verdict.edits if edit.quote]
    return VerdictView(
        number=number + 1,
        verdict=term("verdict", verdict.verdict, tongue),
        meaning=term("meaning", verdict.verdict, tongue),
        sign=SIGNS[verdict.verdict],
        family=FAMILY[verdict.verdict],
        speaker=verdict.speaker or "",
        language=lang(check.article.language),
        quote=marked(verdict.text, 0, len(verdict.text), changed),
        cited=_title(bench, held, verdict.cited_document),
        party=bench.party.get(document.id) if document is not None else None,
        page=bench.page(document, verdict.page) if document is not None else "",
        fragments=tuple(_fragments(bench, document, number, verdict)) if document is not None else (),
        edits=tuple(_edit(edit, tongue) for edit in verdict.edits if edit.kind != "omission"),
        reasons=tuple(said(reason.text, tongue) for reason in verdict.reasons),
        warnings=tuple(said(warning, tongue) for warning in verdict.warnings),
        elsewhere=tuple(_elsewhere(bench, held, doc, span) for doc, span in verdict.elsewhere[:5] if doc in held),
        confidence=percent(verdict.confidence),
    )


def _title(bench: Bench, held: dict[str, Document], document: str | None) -> str:
    if document is None:
        return ""
    party = bench.party.get(document)
    if party is not None:
        return party.label
    return held[document].title if document in held else document


def _fragments(bench: Bench, document: Document, number: int, verdict: Verdict) -> list[Fragment]:
    struck = [
        Mark(edit.source_span.start, edit.source_span.end, "del", (), 0)
        for edit in verdict.edits
        if edit.source and edit.kind != "omission"
    ]
    return [
        Fragment(
            document=document.id,
            start=span.start,
            end=span.end,
            language=lang(document.language),
            html=marked(document.text, span.start, span.end, struck),
            anchor=matched_anchor(number, place) if document.id in bench.documents else None,
        )
        for place, span in enumerate(verdict.matched)
    ]


def _edit(edit: Edit, tongue: Tongue) -> str:
    """One change in a sentence: what the article has, and what the document has."""
    matters = say("edit.matters", tongue, what=term("matters", edit.matters, tongue)) if edit.matters else ""
    key = (
        "edit.says.replace" if edit.quote and edit.source else "edit.says.insert" if edit.quote else "edit.says.delete"
    )
    return say(key, tongue, quote=quoted(edit.quote), source=quoted(edit.source)) + matters


def _elsewhere(bench: Bench, held: dict[str, Document], document: str, span: Span) -> tuple[str, str, str]:
    """Another place with the same words: document, page, anchor of the provision that holds it."""
    page = bench.page(held[document], held[document].pages_of(span)[0])
    holders = [
        p for key, p in bench.provisions.items() if key[0] == document and p.start <= span.start and p.end >= span.end
    ]
    holder = min(holders, key=lambda p: (p.end - p.start, p.start), default=None)
    anchor = bench.anchors.provision(document, holder.id) if holder is not None else None
    return _title(bench, held, document), page, anchor or ""
