"""Counts of a document's own parts: pillars, sections, articles, recommendations, actions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from polidiff.check.amounts import Amount, amounts_of
from polidiff.coding.words import has_cjk, stem
from polidiff.model import Document, Heading, Provision, Span
from polidiff.split import outline, split

__all__ = ["Count", "counted", "parts_of_document"]

_KINDS = {
    "action": "action", "recommendation": "recommendation", "articl": "article", "recital": "recital", "annex": "annex",
    "annexe": "annex", "measure": "action", "step": "action", "proposal": "recommendation",
}  # fmt: skip
_PARTS = frozenset(
    stem(word)
    for word in re.findall(
        r"\w+",
        "pillar section chapter part area heading priority goal title theme principle objective point mission division "
        "block strand track",
    )
)
_HAS = re.compile(
    r"\b(?:ha(?:s|ve|d)|contains?|consists?|sets?\s+out|made\s+up|mak(?:es|ing)\s+up|rests?|organi[sz]ed|built|divided|lists?|lays?|"
    r"comprises?|includes?|offers?|names?|with|proposes?|recommends?|runs?\s+to|identif(?:y|ies)|covers?|counts?|structured|holds?|numbers?)\b",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:plans?|strategy|act|law|regulation|document|text|report|measures|order|framework|paper|policy|it|they|bill|charter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """Whether the document's own structure bears out a count, the spans that show it, and the reason."""

    holds: bool
    spans: tuple[Span, ...]
    reason: str


def counted(claim: str, document: Document) -> Count | None:
    """Return what the structure of ``document`` says of a claim that counts its parts, or None where it counts none."""
    if has_cjk(claim):
        return _counted_zh(claim, document)
    verb = _HAS.search(claim)
    if verb is None or _DOCUMENT.search(claim, 0, verb.start()) is None:
        return None
    for amount in amounts_of(claim):
        if amount.kind != "count" or not verb.end() <= amount.start <= verb.end() + 40 or not amount.of:
            continue
        noun = next((word for word in amount.of[:3] if word in _KINDS or word in _PARTS), None)
        if noun is None:
            continue
        found = _compared(claim, amount, noun, document)
        if found is not None:
            return found
    return None


_NOUNS_ZH = {
    "支柱": "pillar", "领域": "area", "章": "chapter", "条": "articl", "建议": "recommendation", "行动": "action",
    "措施": "action", "部分": "section", "原则": "principle", "附件": "annex", "目标": "goal", "条款": "articl",
}  # fmt: skip
_COUNT_ZH = re.compile(
    r"(?:列出|提出|包括|包含|设有|共有?|分为|由|有|含|确立|涵盖)[^，。；]{0,6}?(?:\d+|[一二两三四五六七八九十百]+)\s*(?:个|大|项|条|章)?"
    rf"[^，。；\d]{{0,4}}?(?P<noun>{'|'.join(_NOUNS_ZH)})(?!领域|计划|原则|目标|建议)"
)


def _counted_zh(claim: str, document: Document) -> Count | None:
    match = _COUNT_ZH.search(claim)
    if match is None:
        return None
    for amount in amounts_of(claim):
        if amount.kind == "count" and match.start() <= amount.start < match.end():
            return _compared(claim, amount, _NOUNS_ZH[match["noun"]], document)
    return None


def _compared(claim: str, amount: Amount, noun: str, document: Document) -> Count | None:
    """The count of the document's parts of this kind against the claim's; None where it has none that are sure."""
    groups = _groups(document, noun)
    if not groups:
        return None
    fits = [group for group in groups if _fits(amount, len(group[1]))]
    name, spans = fits[0] if fits else groups[0]
    if not fits and not name:
        return None
    what = claim[amount.start : amount.end]
    kind = name or noun
    many = kind if len(spans) == 1 else f"{kind}s"
    reason = f"The document has {len(spans)} {many} by its own structure; the claim says {what}."
    return Count(bool(fits), spans[:40], reason)


def _fits(amount: Amount, size: int) -> bool:
    if amount.bound == "least":
        return size >= amount.value and size <= 1.5 * amount.value + 1
    if amount.bound == "most":
        return amount.value * 0.5 <= size <= amount.value
    if amount.bound == "about":
        return abs(size - amount.value) <= 0.12 * amount.value
    return size == amount.value


def _groups(document: Document, noun: str) -> list[tuple[str, tuple[Span, ...]]]:
    """The groups of parts that ``noun`` may mean, each with the name under which it is surely counted, or ''."""
    headings, provisions = _parts(document)
    groups: list[tuple[str, tuple[Span, ...]]] = []
    if noun in _KINDS:
        kind = _KINDS[noun]
        found = [
            p for p in provisions if p.kind == kind and not any(q.kind == kind for q in provisions if q.id == p.parent)
        ]
        if found:
            groups.append((kind, tuple(_opening(p) for p in found)))
        return groups
    labelled = [h for h in headings if stem((re.findall(r"[A-Za-z]+", h.title) or [""])[0]) == noun]
    if len(labelled) > 1:
        groups.append((noun, tuple(Span(h.start, h.end) for h in labelled)))
        return groups
    for level in sorted({h.level for h in headings}):
        same = [h for h in headings if h.level == level]
        numbered = [h for h in same if h.number and "." not in h.number.rstrip(".")]
        if len(numbered) > 1:
            groups.append(("", tuple(Span(h.start, h.end) for h in numbered)))
        if len(same) > 1 and len(same) != len(numbered):
            groups.append(("", tuple(Span(h.start, h.end) for h in same)))
    return groups


@lru_cache(maxsize=64)
def _parts_of(key: tuple[str, str], document: Document) -> tuple[tuple[Heading, ...], tuple[Provision, ...]]:
    return outline(document), split(document)


def _parts(document: Document) -> tuple[tuple[Heading, ...], tuple[Provision, ...]]:
    return _parts_of((document.id, document.text_sha256), document)


def parts_of_document(document: Document) -> tuple[Provision, ...]:
    """The provisions of a document, split once."""
    return _parts(document)[1]


def _opening(provision: Provision) -> Span:
    """The provision's first words, enough to see it by."""
    stop = provision.text.find("\n")
    size = len(provision.text) if stop < 0 else stop
    return Span(provision.start, provision.start + min(size, 200))
