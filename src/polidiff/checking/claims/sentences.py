"""The sentences of a document as evidence: each with its words, its headings and the words that introduce it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.sentences import sentences
from polidiff.lang.words import Words, has_cjk, words_of
from polidiff.model import Document, Span

__all__ = ["Sentence", "sentences_of"]

LONGEST = 900
"""Characters of a sentence; a longer one (a list set as one sentence) is cut at its semicolons."""

_CONTENTS = re.compile(r"\.{5,}")
_SEMICOLON = re.compile(r";\s+")
_MARK = re.compile(r"^\W*(?:\(?[a-z0-9ivx]{1,4}[.)]|[A-Z][.)]|\d+(?:\.\d+)+\.?|[-–•*])\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a document: ``span`` cuts it; offsets in ``words`` are counted from ``span.start``.

    ``block`` numbers the paragraph that holds it. ``heading`` are the words of the nearest heading above it and
    ``lead_in`` the span of a sentence that ends in a colon and introduces it, or None. ``is_heading`` is True
    for a heading, which is a sentence of its own.
    """

    span: Span
    words: Words
    block: int
    heading: Words | None
    lead_in: Span | None
    is_heading: bool

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.words.text


def sentences_of(document: Document) -> tuple[Sentence, ...]:
    """Return the sentences of ``document`` in order; printed tables of contents and furniture are left out."""
    found: list[Sentence] = []
    heading: Words | None = None
    leads = _Leads()
    for number, (span, kind) in enumerate(_parts(document)):
        text = span.cut(document.text)
        if kind in ("contents", "furniture") or _CONTENTS.search(text):
            continue
        is_heading = kind in ("heading", "title")
        if is_heading:
            leads = _Leads()
        else:
            leads.meet(text, kind == "item")
        made: list[Sentence] = []
        for piece in _cut(text, "zh" if has_cjk(text) else "en"):
            place = Span(span.start + piece.start, span.start + piece.end)
            made.append(Sentence(place, words_of(place.cut(document.text)), number, heading, leads.span, is_heading))
        if not made:
            continue
        found.extend(made)
        if is_heading:
            heading = words_of(text)
        elif text.rstrip().endswith((":", "：")) and len(made[-1].words.words) > 1:
            leads.open(made[-1].span)
    return tuple(found)


class _Leads:
    """The introducing words that stand over the part at hand, lists inside of lists."""

    def __init__(self) -> None:
        self._open: list[tuple[Span, str]] = []

    @property
    def span(self) -> Span | None:
        """The innermost introducing words, or None."""
        return self._open[-1][0] if self._open else None

    def open(self, span: Span) -> None:
        """From the next part on, what is listed is introduced by ``span``."""
        self._open.append((span, ""))

    def meet(self, text: str, item: bool) -> None:
        """Come to the next part: lists end to which it does not belong."""
        if not self._open:
            return
        label = _label(text) or ("-" if item else "")
        span, kind = self._open[-1]
        if not kind:
            self._open[-1] = span, label or "plain"
            return
        if kind == "(i)" and label == "(a)" and re.match(r"\W*[ivx]+\W", text):
            return
        while self._open and self._open[-1][1] != label:
            self._open.pop()


def _parts(document: Document) -> list[tuple[Span, str]]:
    """The document's blocks, or the lines of a text that has none; a block of many lines is cut at its line breaks."""
    blocks = [(block.span, str(block.kind)) for block in document.blocks] or [
        (Span(0, len(document.text)), "paragraph")
    ]
    blocks += [(Span(note.start, note.end), "paragraph") for note in document.notes]
    parts: list[tuple[Span, str]] = []
    for span, kind in blocks:
        start = span.start
        for line in span.cut(document.text).split("\n"):
            if line.strip():
                parts.append((Span(start, start + len(line)), kind))
            start += len(line) + 1
    return parts


def _label(text: str) -> str:
    """The kind of number or letter with which a part opens (``1.``, ``(a)``, ``(i)``), or nothing."""
    match = _MARK.match(text)
    if match is None:
        return ""
    mark = match.group().strip()
    if re.fullmatch(r"\(?i[.)]", mark):
        return "(i)"
    return re.sub(r"[a-zA-Z]+", "a", re.sub(r"\d+", "1", mark))


def _cut(text: str, language: str) -> list[Span]:
    cut: list[Span] = []
    for span in sentences(text, "zh" if language == "zh" else "en"):
        if span.end - span.start <= LONGEST:
            cut.append(span)
            continue
        at = span.start
        for match in _SEMICOLON.finditer(text, span.start, span.end):
            cut.append(Span(at, match.start() + 1))
            at = match.end()
        cut.append(Span(at, span.end))
    return [span for span in cut if span.end > span.start]
