"""Words that two provisions have in common: what a reason names, and what their relation goes by."""

from __future__ import annotations

import re
from functools import lru_cache

from polidiff.lang.bilingual import Term, terms
from polidiff.lang.data import load_list
from polidiff.lang.words import stem
from polidiff.model import Document, Provision, Span

WORD = re.compile(r"[^\W\d_][\w’'.&-]*[^\W_]|\d(?:[\d.,]*\d)?%?|[^\W_]", re.UNICODE)

COMMON = frozenset(load_list("words")["common"].split())
"""English words that are no evidence of a shared subject."""


def content_words(document: Document, provision: Provision) -> dict[str, list[Span]]:
    """The content words of a provision by comparison key, with the spans where they stand."""
    found: dict[str, list[Span]] = {}
    for key, start, end in _keyed(document.text[provision.start : provision.end]):
        found.setdefault(key, []).append(Span(provision.start + start, provision.start + end))
    return found


def content_keys(text: str) -> frozenset[str]:
    """Return the content words of an English text by comparison key."""
    return frozenset(key for key, _, _ in _keyed(text))


@lru_cache(maxsize=4096)
def _keyed(text: str) -> tuple[tuple[str, int, int], ...]:
    """The content words of a text: comparison key, start and end. A provision is laid beside many others."""
    return tuple(
        (stem(match.group().lower().replace("’", "'")), match.start(), match.end())
        for match in WORD.finditer(text)
        if _says(match.group())
    )


def _says(word: str) -> bool:
    plain = word.lower().replace("’", "'")
    return plain not in COMMON and (len(plain) >= 3 or plain.isdigit())


@lru_cache(maxsize=1 << 14)
def substance(text: str, chinese: bool) -> int:
    """Return how many content words a text has; two Chinese characters count as one."""
    if chinese:
        return sum(1 for letter in text if letter.isalnum()) // 2
    return sum(1 for match in WORD.finditer(text) if match.group().lower() not in COMMON)


def words_in_common(
    a: tuple[Document, Provision], b: tuple[Document, Provision], most: int = 12
) -> list[tuple[str, Span, Span]]:
    """Return the content words that stand in both provisions: the word as printed in ``a`` and a span in each.

    For two Chinese texts these are the longest common runs of two characters or more; across two languages, the
    listed terms, numbers and names that stand in both.
    """
    if a[1].language == "zh" and b[1].language == "zh":
        return _runs_in_common(a, b, most)
    if "zh" in (a[1].language, b[1].language):
        return _terms_in_common(a, b, most)
    left, right = content_words(*a), content_words(*b)
    shared = sorted(left.keys() & right.keys(), key=lambda key: left[key][0])
    return [(a[0].cut(left[key][0]), left[key][0], right[key][0]) for key in shared][:most]


def _terms_in_common(
    a: tuple[Document, Provision], b: tuple[Document, Provision], most: int
) -> list[tuple[str, Span, Span]]:
    """Concepts of the bilingual list that stand in both, each shown by its words in ``a`` and in ``b``."""
    there: dict[str, Term] = {}
    for term in terms(b[1].text, b[1].language == "zh"):
        there.setdefault(term.concept, term)
    found: list[tuple[str, Span, Span]] = []
    seen: set[str] = set()
    for term in terms(a[1].text, a[1].language == "zh"):
        other = there.get(term.concept)
        if other is None or term.concept in seen:
            continue
        seen.add(term.concept)
        left = Span(a[1].start + term.start, a[1].start + term.end)
        right = Span(b[1].start + other.start, b[1].start + other.end)
        words = (a[0].cut(left), b[0].cut(right))
        shown = words[0] if words[0].lower() == words[1].lower() else f"{words[0]} = {words[1]}"
        found.append((shown, left, right))
    return found[:most]


def _runs_in_common(
    a: tuple[Document, Provision], b: tuple[Document, Provision], most: int
) -> list[tuple[str, Span, Span]]:
    """Longest common runs of two or more Han characters, greedily from the start of ``a``."""
    left, right = a[1].text, b[1].text
    found: list[tuple[str, Span, Span]] = []
    seen: set[str] = set()
    i = 0
    while i < len(left) - 1 and len(found) < most:
        size = 0
        while i + size < len(left) and left[i + size].isalnum() and left[i : i + size + 1] in right:
            size += 1
        run = left[i : i + size]
        if size >= 2 and run not in seen:
            seen.add(run)
            at = right.index(run)
            found.append(
                (run, Span(a[1].start + i, a[1].start + i + size), Span(b[1].start + at, b[1].start + at + size))
            )
        i += max(1, size)
    return found
