"""Word-by-word edits between two versions of a passage; characters, put together to runs, in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.lang.words import HAN
from polidiff.model import Document, Span
from polidiff.model.versions import WordEdit, WordEditKind

TOKEN = re.compile(
    r"\d+(?:[.,\u00a0\u202f ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|[{HAN}]"
    rf"|[^\W\d_{HAN}]+(?:(?:['’ʼ]|[-\u2010\u2011])[^\W_{HAN}]+)*"
    r"|[^\W_]+|[^\w\s]|_"
)
"""A number (with its separators), a Chinese character, a word (with hyphens and apostrophes), or one mark."""

FORMS = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ‛", "'"), **dict.fromkeys("“”„«»「」『』", '"'), **dict.fromkeys("‐‑–—−", "-"),
        "，": ",", "；": ";", "：": ":", "（": "(", "）": ")", "。": ".", "！": "!", "？": "?",
    }
)  # fmt: skip

FAINT = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "by", "with", "as", "be", *"的和与及在对了等")
)
"""Words that stand between two changes by chance; alone they don't part one change in two."""

ROWS_APART = 0.25
"""Share of words in common under which two passages are shown whole, one in the place of the other."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, Chinese character or mark: its form in comparisons, and its span of the document."""

    fold: str
    span: Span
    word: bool


def tokens(document: Document, span: Span) -> list[Token]:
    """Return what stands at ``span``, in order."""
    found = []
    for match in TOKEN.finditer(document.text, span.start, span.end):
        written = match.group()
        fold = unicodedata.normalize("NFKC", written).casefold().translate(FORMS)
        found.append(Token(fold, Span(match.start(), match.end()), any(char.isalnum() for char in written)))
    return found


def likeness(a: Sequence[Token], b: Sequence[Token]) -> float:
    """Return the share of words in common and in the same order, 0..1 (Dice); marks don't count."""
    from rapidfuzz.distance import Indel

    left, right = [t.fold for t in a if t.word], [t.fold for t in b if t.word]
    return round(Indel.normalized_similarity(*_codes(left, right)), 4)


def edits(old: tuple[Document, Sequence[Token]], new: tuple[Document, Sequence[Token]]) -> tuple[WordEdit, ...]:
    """Return what turns the old tokens into the new ones, in order, with changes of form alone among them."""
    from rapidfuzz.distance import Indel

    a, b = old[1], new[1]
    if likeness(a, b) < ROWS_APART:
        runs = [(0, len(a), 0, len(b))] if a or b else []
    else:
        codes = _codes([t.fold for t in a], [t.fold for t in b])
        runs = _joined(
            [
                (op.src_start, op.src_end, op.dest_start, op.dest_end)
                for op in Indel.opcodes(*codes)
                if op.tag != "equal"
            ],
            a,
        )
    found: list[WordEdit] = []
    i = j = 0
    for left, right, first, last in [*runs, (len(a), len(a), len(b), len(b))]:
        found.extend(
            WordEdit("replace", x.span, y.span, "typography")
            for x, y in zip(a[i:left], b[j:first], strict=True)
            if old[0].cut(x.span) != new[0].cut(y.span)
        )
        if right > left or last > first:
            found.append(_edit(a, (left, right), b, (first, last)))
        i, j = right, last
    return tuple(found)


def _codes(a: Sequence[str], b: Sequence[str]) -> tuple[list[int], list[int]]:
    codes: dict[str, int] = {}
    return [codes.setdefault(fold, len(codes)) for fold in a], [codes.setdefault(fold, len(codes)) for fold in b]


def _joined(runs: list[tuple[int, int, int, int]], a: Sequence[Token]) -> list[tuple[int, int, int, int]]:
    """Put together changes that stand side by side, or with nothing between them that tells them apart."""
    joined: list[tuple[int, int, int, int]] = []
    for run in runs:
        if joined:
            last = joined[-1]
            between = a[last[1] : run[0]]
            changed = (last[1] - last[0] + last[3] - last[2]), (run[1] - run[0] + run[3] - run[2])
            close = len(between) == 1 and (not between[0].word or between[0].fold in FAINT) and min(changed) > 1
            han = len(between) == 1 and bool(re.match(f"[{HAN}]", between[0].fold)) and min(changed) > 1
            if not between or close or han:
                joined[-1] = (last[0], run[1], last[2], run[3])
                continue
        joined.append(run)
    return joined


def _edit(a: Sequence[Token], x: tuple[int, int], b: Sequence[Token], y: tuple[int, int]) -> WordEdit:
    kind: WordEditKind = "replace" if x[1] > x[0] and y[1] > y[0] else "delete" if x[1] > x[0] else "insert"
    words = any(t.word for t in (*a[x[0] : x[1]], *b[y[0] : y[1]]))
    return WordEdit(kind, _span(a, *x), _span(b, *y), "" if words else "typography")


def _span(found: Sequence[Token], first: int, last: int) -> Span:
    if last > first:
        return Span(found[first].span.start, found[last - 1].span.end)
    at = found[first - 1].span.end if first else found[0].span.start if found else 0
    return Span(at, at)
