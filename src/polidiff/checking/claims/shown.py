"""What a judge of a claim is shown: the best passages of each document with what stands around them, and plain facts.

Passages are found for the whole claim and for each of its clauses, and stand in the document's order, so that their
order tells nothing of what the search thought of them. Facts tell what no passage can: what kind of document it is, how
it is built, and which words of the claim it never uses.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from polidiff.checking.claims.counts import structure_of
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.judges.protocol import AskedPassage, Item, item_of
from polidiff.lang.words import has_cjk
from polidiff.model import ClaimVerdict, Document, Span

__all__ = ["item_on"]

WHOLE, CLAUSE, MOST = 6, 2, 8
"""Passages of a document found for the whole claim, for each clause of it, and in all."""
ACROSS = 2
"""How many times as many are shown where claim and document are of two languages, since the search sees less there."""
WINDOW, WINDOW_ZH = 800, 340
"""Code points of a passage: the paragraph around the sentence that was found, those beside it where there is room."""
HEADINGS, TITLE = 24, 70
"""Headings of the highest levels that are told of a document, and code points of each."""
LEAD = 240
"""Code points of the words that introduce a list, shown with its items."""
ABSENT = 0.35
"""A word of the claim that no sentence of the document answers better than this is told as absent."""

LEAST = 4
"""Words from which on a clause is searched for by itself."""

_CLAUSE = re.compile(
    r",?\s+(?:while|whereas|but|although|though)\s+|,\s+(?:and|or|with|which|who|so\s+that|as)\s+|;\s+|:\s+|,\s+(?=[a-z]+ing\b)"
)
_CLAUSE_ZH = re.compile(r"[，；。：]")


def item_on(verdict: ClaimVerdict, shelves: Mapping[str, SentenceIndex]) -> Item | None:
    """The question on one claim; None where the search found no passage. ``shelves`` are the documents it asks."""
    passages: list[AskedPassage] = []
    facts = {"claim": verdict.text}
    if verdict.cited_documents:
        facts["about"] = ", ".join(verdict.cited_documents)
    for name in sorted(shelves):
        shelf = shelves[name]
        passages += _passages(verdict.text, shelf)
        facts[f"document {name}"] = _described(shelf.document)
        absent = _absent(verdict.text, shelf)
        if absent:
            facts[f"words that {name} never uses"] = ", ".join(absent)
    return item_of("claim", passages, facts) if passages else None


def _passages(claim: str, shelf: SentenceIndex) -> Iterator[AskedPassage]:
    chosen = _chosen(claim, shelf)
    document = shelf.document
    windows: list[tuple[Span, int]] = []
    for index in sorted(chosen):
        span = _window(shelf, index)
        if windows and span.start <= windows[-1][0].end:
            windows[-1] = (Span(windows[-1][0].start, max(span.end, windows[-1][0].end)), windows[-1][1])
        else:
            windows.append((span, index))
    for span, index in windows:
        yield AskedPassage(document.id, span.start, span.end, document.cut(span), _heading(shelf, index, span))


def _chosen(claim: str, shelf: SentenceIndex) -> list[int]:
    """The sentences that are shown: the best of the whole claim, and of each clause those that it adds."""
    chosen: list[int] = []
    times = ACROSS if shelf.manner(claim) == "across" else 1
    asked = [(claim, WHOLE), *((part, CLAUSE) for part in _clauses(claim) if part != claim)]
    for words, most in asked:
        added = 0
        for candidate in shelf.search(words, 2 * WHOLE * times).candidates:
            near = any(candidate.sentence.span.within(_window(shelf, index)) for index in chosen)
            if not near and len(chosen) < MOST * times and added < most * times:
                chosen.append(candidate.index)
            added += not near or candidate.index in chosen
    return chosen


def _clauses(claim: str) -> list[str]:
    if has_cjk(claim):
        return [part for part in _CLAUSE_ZH.split(claim) if len(part) >= 6]
    return [part for part in _CLAUSE.split(claim) if len(part.split()) >= LEAST]


def _window(shelf: SentenceIndex, index: int) -> Span:
    """The sentence ``index`` with its paragraph, and the paragraphs beside it under one heading, as far as they fit."""
    sentences = shelf.sentences
    room = WINDOW_ZH if sentences[index].words.cjk else WINDOW
    first = last = index
    for within_block in (True, False):
        grown = True
        while grown:
            grown = False
            for beside in (last + 1, first - 1):
                if not 0 <= beside < len(sentences) or not _together(shelf, index, beside, within_block):
                    continue
                low, high = min(first, beside), max(last, beside)
                if sentences[high].span.end - sentences[low].span.start <= room:
                    first, last, grown = low, high, True
    return Span(sentences[first].span.start, sentences[last].span.end)


def _together(shelf: SentenceIndex, index: int, beside: int, within_block: bool) -> bool:
    a, b = shelf.sentences[index], shelf.sentences[beside]
    if within_block:
        return a.block == b.block
    return a.heading is b.heading and not b.is_heading and not a.is_heading and abs(a.block - b.block) <= 2


def _heading(shelf: SentenceIndex, index: int, span: Span) -> str:
    """The headings above a passage, highest first, and the words that introduce it where they stand outside of it."""
    headings, _ = structure_of(shelf.document)
    at = bisect_right([heading.start for heading in headings], shelf.sentences[index].span.start)
    path: list[str] = []
    level = 99
    for heading in reversed(headings[:at]):
        if heading.level < level:
            path.insert(0, " ".join(heading.title.split()))
            level = heading.level
    told = " > ".join(title[:120] for title in path)
    lead = shelf.sentences[index].lead_in
    if lead is not None and not lead.within(span):
        told = f"{told} | {shelf.document.cut(lead)[-LEAD:]}"
    return told


def _described(document: Document) -> str:
    """The document's title, date, kind, issuer, size, and what it is built of."""
    headings, provisions = structure_of(document)
    told = [document.title, *(part for part in (document.date, document.genre, document.issuer) if part)]
    if document.pages:
        told.append(f"{len(document.pages)} pages")
    parents = {p.id: p.kind for p in provisions}
    kinds = Counter(p.kind for p in provisions if parents.get(p.parent or "") != p.kind)
    told += [f"{kind}: {n}" for kind, n in sorted(kinds.items()) if n > 1 and kind in _COUNTED]
    levels = sorted({heading.level for heading in headings})
    told += [f"headings of level {level}: {sum(h.level == level for h in headings)}" for level in levels[:3]]
    shown: Sequence[str] = [
        " ".join(h.title.split())[:TITLE] for h in headings if levels and h.level <= levels[: _levels(headings)][-1]
    ]
    return "; ".join([*told, "headings: " + " / ".join(shown[:HEADINGS])] if shown else told)


_COUNTED = frozenset({"action", "recommendation", "article", "recital", "annex"})


def _levels(headings: Sequence[object]) -> int:
    return 1 if len(headings) > HEADINGS else 2


def _absent(claim: str, shelf: SentenceIndex) -> list[str]:
    """The claim's words that the whole document never uses in any form; told only within one language."""
    if shelf.manner(claim) != "english":
        return []
    asked = shelf.search(claim).asked
    if not asked.terms:
        return []
    best = asked.answers.max(axis=1)
    return [
        claim[term.start : term.end] for term, value in zip(asked.terms, best, strict=True) if float(value) < ABSENT
    ]
