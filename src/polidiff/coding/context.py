"""A provision with what stands around it, as words with offsets: what every coder of this room reads."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from polidiff.coding.lexicon import Hit
from polidiff.lang.words import Words, has_cjk, words_of
from polidiff.model import Document, Provision

__all__ = ["Context", "context_of", "labels_of", "language_of", "used"]

_ENDS = re.compile(r"[.!?](?=[\s”\"’')\]]|$)|[;。！？；]|\n")
_TITLE_WORDS = 24
_LONG = 90


@dataclass(slots=True)
class Context:
    """One provision ready to be coded.

    ``start`` is the offset of its text in the document; ``words`` are those of its own text. ``headings`` are outermost
    first. ``length`` counts words (two Chinese characters count as one). ``title_end`` is the end, in the provision's
    own text, of a title that opens a long provision, or 0.
    """

    text: str
    start: int
    language: str
    words: Words
    headings: tuple[Words, ...]
    lead_in: Words | None
    length: float
    title_end: int
    _ends: list[int] = field(default_factory=list)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence or clause that holds ``offset`` of the provision's own text."""
        return bisect_right(self._ends, offset)

    def in_title(self, offset: int) -> bool:
        """Return whether ``offset`` lies in the title that opens the provision."""
        return offset < self.title_end

    def sentence_text(self, number: int) -> tuple[int, int]:
        """Return start and end of a sentence in the provision's own text."""
        start = self._ends[number - 1] if number else 0
        end = self._ends[number] if number < len(self._ends) else len(self.text)
        return start, end


def labels_of(provisions: Sequence[Provision]) -> frozenset[str]:
    """Return the headings that only label parts of many sections (“Recommended policy actions”): they name no subject.

    Such a heading stands under at least three different headings and is the innermost one there.
    """
    above: dict[str, set[tuple[str, ...]]] = {}
    for provision in provisions:
        if len(provision.path) > 1:
            above.setdefault(provision.path[-1], set()).add(provision.path[:-1])
    return frozenset(title for title, paths in above.items() if len(paths) >= 3)


def context_of(document: Document, provision: Provision, labels: Set[str] = frozenset()) -> Context:
    """Return the context of one provision; headings in ``labels`` are passed over."""
    text = provision.text
    words = words_of(text)
    cjk = _characters(words)
    length = len(words.words) + cjk / 2
    ends = [match.end() for match in _ENDS.finditer(text)]
    lead_in = words_of(document.cut(provision.lead_in)) if provision.lead_in is not None else None
    return Context(
        text=text,
        start=provision.start,
        language=language_of(provision),
        words=words,
        headings=tuple(words_of(title) for title in provision.path if title not in labels),
        lead_in=lead_in,
        length=length,
        title_end=_title_end(text, ends, length),
        _ends=ends,
    )


def language_of(provision: Provision) -> str:
    """Return the language in which a provision is read: its own, or where that isn't known what its letters say."""
    if provision.language != "und":
        return provision.language
    words = words_of(provision.text)
    return "zh" if _characters(words) > 2 * len(words.words) else "en"


def _characters(words: Words) -> int:
    return sum(1 for char in words.text if "\u3400" <= char <= "\u9fff") if words.cjk else 0


def _title_end(text: str, ends: list[int], length: float) -> int:
    """End of the title with which a long provision opens, or 0.

    A title is a first sentence of few words most of which begin with a capital (English) or that has no inner
    punctuation (Chinese).
    """
    if length < _LONG or not ends:
        return 0
    first = text[: ends[0]]
    if has_cjk(first):
        return ends[0] if len(first) <= 30 and not re.search(r"[，、：]", first) else 0
    words = re.findall(r"[A-Za-z][\w’'-]*", first)
    if not 0 < len(words) <= _TITLE_WORDS:
        return 0
    long = [word for word in words if len(word) > 3]
    capital = sum(word[0].isupper() for word in long)
    return ends[0] if long and capital >= 0.75 * len(long) else 0


_MENTION = re.compile(r"\b(?:references?\s+to|mentions?\s+of|the\s+(?:words?|terms?|phrases?))\s", re.IGNORECASE)


def used(context: Context, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits whose words are used and not only named.

    "Remove references to climate change" is about the references: what follows such an opening, up to the end of its
    sentence or clause, names words and takes up no theme.
    """
    named = [match.end() for match in _MENTION.finditer(context.text)]
    if not named:
        return list(hits)
    return [
        hit
        for hit in hits
        if not any(end <= hit.start and context.sentence_at(end) == context.sentence_at(hit.start) for end in named)
    ]
