"""Counts of a document's own parts: pillars, sections, articles, recommendations, actions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from polidiff.lang.amounts import Amount, amounts_of
from polidiff.lang.numerals import label_number
from polidiff.lang.words import has_cjk, stem
from polidiff.model import Document, Heading, Provision, Reason, Span
from polidiff.provisions import outline, split

__all__ = ["Count", "counted", "structure_of"]

_KINDS = {
    "action": "action", "recommendation": "recommendation", "articl": "article", "recital": "recital", "annex": "annex",
    "annexe": "annex", "measure": "action", "step": "action", "proposal": "recommendation",
}  # fmt: skip
_LOOSE = frozenset({"measure", "step", "proposal", "action"})
"""Nouns by which an article may count otherwise than the document is split: a count of them is never refuted."""
_PARTS = frozenset(
    stem(word)
    for word in re.findall(
        r"\w+",
        "pillar section chapter part area heading priority goal title theme principle objective point mission division "
        "block strand track",
    )
)
_HAS = re.compile(
    r"\b(?:ha(?:s|ve|d)|contains?|consists?|sets?\s+out|made\s+up|mak(?:es?|ing)|gives?|puts?\s+forward|rests?|"
    r"organi[sz]ed|built|divided|lists?|lays?|comprises?|includes?|offers?|names?|with|proposes?|recommends?|"
    r"runs?\s+to|identif(?:y|ies)|covers?|counts?|structured|holds?|numbers?)\b",
    re.IGNORECASE,
)
REACH = 40
"""Characters after such a word, or after the count before, within which a count is the document's own."""

_SOME = re.compile(
    r"\s+(?:on|for|about|to|that|which|aimed|concerning|regarding|in\s+(?:its|the)\s+(?:first|second|third|last))\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:pillar|chapter|section|part|annex|title)s?\b|第[一二三四五六七八九十\d]+(?:章|部分|支柱|节)", re.IGNORECASE
)
_DOCUMENT = re.compile(
    r"\b(?:plans?|strategy|act|law|regulation|document|text|report|measures|order|framework|paper|policy|it|they|bill|charter)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Count:
    """Whether the document's own structure bears out the counts, the spans that show it, and a reason for each."""

    holds: bool
    spans: tuple[Span, ...]
    reasons: tuple[Reason, ...]


def counted(claim: str, document: Document) -> Count | None:
    """Return what the structure of ``document`` says of a claim that counts its parts, or None where it counts none."""
    if has_cjk(claim):
        return _counted_zh(claim, document)
    counts: list[tuple[Amount, str]] = []
    for amount in amounts_of(claim):
        verb = next((m for m in _HAS.finditer(claim) if 0 <= amount.start - m.end() <= REACH), None)
        chained = bool(counts) and amount.start - counts[-1][0].end <= REACH
        if amount.kind != "count" or not amount.of or not (verb or chained):
            continue
        before = claim[: verb.end()].strip() if verb else ""
        own = _DOCUMENT.search(before) is not None or " " not in before
        if not chained and (not own or _PART.search(before)):
            continue
        noun = next((word for word in amount.of[:3] if word in _KINDS or word in _PARTS), None)
        if noun is not None:
            counts.append((amount, noun))
    return _together([_compared(claim, amount, noun, document) for amount, noun in counts])


def _together(counts: Sequence[Count | None]) -> Count | None:
    """The first of several counts that fails, else what all of them show; None where none is sure."""
    sure = [count for count in counts if count is not None]
    if not sure:
        return None
    failed = next((count for count in sure if not count.holds), None)
    if failed is not None:
        return failed
    return Count(
        True, tuple(span for count in sure for span in count.spans), tuple(r for count in sure for r in count.reasons)
    )


_NOUNS_ZH = {
    "支柱": "pillar", "领域": "area", "章": "chapter", "条": "articl", "建议": "recommendation", "行动": "action",
    "措施": "action", "部分": "section", "原则": "principle", "附件": "annex", "目标": "goal", "条款": "articl",
}  # fmt: skip
_COUNT_ZH = re.compile(
    r"(?:列出|提出|包括|包含|设有|共计|共有?|分为|由|有|含|确立|涵盖)[^，。；]{0,6}?(?:\d+|[一二两三四五六七八九十百]+)\s*(?:个|大|项|条|章)?"
    rf"[^，。；\d]{{0,4}}?(?P<noun>{'|'.join(_NOUNS_ZH)})(?!领域|计划|原则|目标|建议)"
)


def _counted_zh(claim: str, document: Document) -> Count | None:
    found = []
    for match in _COUNT_ZH.finditer(claim):
        if _PART.search(claim[: match.start()]):
            continue
        for amount in amounts_of(claim):
            if amount.kind == "count" and match.start() <= amount.start < match.end():
                found.append(_compared(claim, amount, _NOUNS_ZH[match["noun"]], document))
                break
    return _together(found)


def _compared(claim: str, amount: Amount, noun: str, document: Document) -> Count | None:
    """The count of the document's parts of this kind against the claim's; None where it has none that are sure."""
    groups = _groups(document, noun)
    if not groups:
        return None
    fits = [group for group in groups if _fits(amount, len(group[1]))]
    name, spans = fits[0] if fits else groups[0]
    if not fits and (not name or _SOME.match(claim, _noun_end(claim, amount, noun))):
        return None
    what = claim[amount.start : _noun_end(claim, amount, noun)]
    return Count(bool(fits), spans[:40], (Reason.of("structure.parts", 1.0, n=len(spans), claim=what),))


def _noun_end(claim: str, amount: Amount, noun: str) -> int:
    """Where the noun that is counted ends in the claim."""
    for match in re.finditer(r"[A-Za-z]+", claim[amount.end :]):
        if stem(match.group()) == noun:
            return amount.end + match.end()
    return amount.end


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
    headings, provisions = structure_of(document)
    groups: list[tuple[str, tuple[Span, ...]]] = []
    if noun in _KINDS:
        kind = _KINDS[noun]
        found = [
            p for p in provisions if p.kind == kind and not any(q.kind == kind for q in provisions if q.id == p.parent)
        ]
        if found:
            groups.append(("" if noun in _LOOSE else kind, tuple(_opening(p) for p in found)))
        return groups
    labelled = [h for h in headings if stem((re.findall(r"[A-Za-z]+", h.title) or [""])[0]) == noun]
    if len(labelled) > 1:
        groups.append((noun if _in_a_row(labelled) else "", tuple(Span(h.start, h.end) for h in labelled)))
        return groups
    for level in sorted({h.level for h in headings}):
        same = [h for h in headings if h.level == level]
        numbered = [h for h in same if h.number and "." not in h.number.rstrip(".")]
        if len(numbered) > 1:
            groups.append(("", tuple(Span(h.start, h.end) for h in numbered)))
        if len(same) > 1 and len(same) != len(numbered):
            groups.append(("", tuple(Span(h.start, h.end) for h in same)))
    return groups


def _in_a_row(headings: Sequence[Heading]) -> bool:
    """Whether headings that begin with one word (“Pillar II”) are numbered from one on, so that they are all there."""
    found = [re.match(r"[A-Za-z]+\W+(\w+)", heading.title) for heading in headings]
    numbers = {label_number(match[1]) for match in found if match is not None}
    return numbers == set(range(1, len(headings) + 1))


@lru_cache(maxsize=64)
def _parts_of(key: tuple[str, str], document: Document) -> tuple[tuple[Heading, ...], tuple[Provision, ...]]:
    return outline(document), split(document)


def structure_of(document: Document) -> tuple[tuple[Heading, ...], tuple[Provision, ...]]:
    """The headings and provisions of a document, split once."""
    return _parts_of((document.id, document.text_sha256), document)


def _opening(provision: Provision) -> Span:
    """The provision's first words, enough to see it by."""
    stop = provision.text.find("\n")
    size = len(provision.text) if stop < 0 else stop
    return Span(provision.start, provision.start + min(size, 200))
