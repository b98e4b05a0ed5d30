"""Claims put to a judge: each with the passages that the search found, and what the proved answers make of the verdict.

Where two askings agree, with words of the passages, the judge's label is the verdict; else polidiff's own stands, with
its own doubt. ``not_found`` needs no words: no words prove an absence, and the search that was made is told instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from polidiff.judges.protocol import AskedPassage, Item, Judge, Memory, Progress, ask, item_of
from polidiff.model import ClaimLabel, ClaimVerdict, Document, Evidence, Reason, Span

__all__ = ["judged"]

SHOWN = 6
"""Passages that a judge is shown of each document that a claim speaks of."""
WINDOW = 620
"""Code points of a passage: the paragraph around the words that were ranked, cut to this (with as many, a large model
judged 140 of 144 claims about four pairs of plans right)."""
LABELS: tuple[ClaimLabel, ...] = ("supported", "overstated", "contradicted", "not_found")


def judged(
    verdicts: Sequence[ClaimVerdict], documents: Sequence[Document], judge: Judge, progress: Progress | None = None
) -> tuple[ClaimVerdict, ...]:
    """Return ``verdicts`` as a judge's proved answers have them. Raises InputError of the judge."""
    held = {document.id: document for document in documents}
    items = [_item(verdict, held) for verdict in verdicts]
    memory = ask(judge, [item for item in items if item is not None], progress=progress)
    return tuple(
        verdict if item is None else _with_answer(verdict, item, memory, held)
        for verdict, item in zip(verdicts, items, strict=True)
    )


def _item(verdict: ClaimVerdict, documents: Mapping[str, Document]) -> Item | None:
    """The question on one claim; None where the search found no passage to show."""
    shown: dict[str, list[AskedPassage]] = {}
    for found in verdict.ranked:
        passages = shown.setdefault(found.document, [])
        span = _window(documents[found.document], found.span)
        if len(passages) < SHOWN and not any(p.start < span.end and span.start < p.end for p in passages):
            text = documents[found.document].cut(span)
            passages.append(AskedPassage(found.document, span.start, span.end, text))
    facts = {"claim": verdict.text}
    if verdict.cited_documents:
        facts["about"] = ", ".join(verdict.cited_documents)
    passages = [passage for name in sorted(shown) for passage in shown[name]]
    return item_of("claim", passages, facts) if passages else None


def _window(document: Document, span: Span) -> Span:
    """The paragraph around a span, with at most :data:`WINDOW` code points, whole words, and the span in it."""
    text = document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - start > WINDOW:
        room = max(0, WINDOW - len(span)) // 2
        start, end = max(start, span.start - room), min(end, max(span.end, span.end + room))
        while start < span.start and text[start - 1 : start].isalnum() and text[start].isascii():
            start += 1
        while end > span.end and text[end : end + 1].isalnum() and text[end - 1].isascii():
            end -= 1
    return Span(start, end)


def _with_answer(verdict: ClaimVerdict, item: Item, memory: Memory, documents: Mapping[str, Document]) -> ClaimVerdict:
    agreed = memory.agreed(item.id)
    if agreed is None or not agreed[0]:
        return verdict
    (statement, *_), model = agreed
    label = next(one for one in LABELS if one == statement.label)
    said = statement.places if label != "not_found" else ()
    places = dict.fromkeys((name, Span(start, end)) for name, start, end in said)
    proof = tuple(Evidence(name, span, documents[name].pages_of(span)[0], 1.0) for name, span in places)
    seen = {(one.document, one.span) for one in proof}
    names = {one.document for one in proof}
    if label == verdict.verdict:
        reason = Reason.of("opinion.same", 1.0, judge=model)
    else:
        reason = Reason.of("opinion.differs", 1.0, judge=model, label=label, verdict=verdict.verdict)
    return replace(
        verdict,
        verdict=label,
        document=next(iter(names)) if len(names) == 1 else verdict.document if label == "not_found" else None,
        evidence=proof,
        ranked=(*proof, *(one for one in verdict.ranked if (one.document, one.span) not in seen)),
        reasons=(reason, *verdict.reasons),
        by="model",
        unsure=False,
    )
