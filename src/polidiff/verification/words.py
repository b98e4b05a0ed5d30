"""Fold words for comparison, and look for a passage's words in a second reader's text.

Nothing here is shared with the pipeline: the folding is written again on purpose, so that one fault cannot hide in
both.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_SPACE = re.compile(r"\s+")
_MARK = r"(?:(?:foot|end)?note\s*|[脚尾]?注释?\s*)?[0-9*†‡§]{1,4}"
_MARKS = re.compile(rf"[.,]?[\[(]?{_MARK}(?:[\])\s]*[,、–-]?[\[(\s]*{_MARK}){{0,8}}[\])]?", re.IGNORECASE)
_ELLIPSIS = re.compile(r"[\[［【〔][^\[\]［］【】〔〕]*[\]］】〕]|[…⋯]+|[.·。．]{2,}|(?:\. ){2,}\.")
_KEPT_SYMBOLS = frozenset("%$€£¥+=<>‰°§")

PROBE = 14
"""Folded characters that must agree before the search goes on after an interruption."""

MARK_GAP = 32
"""Longest run of note marks between two words, in folded characters."""

FURNITURE = 160
"""Longest running head or foot, in folded characters."""

_NOTE = re.compile(r"\W*(?:[0-9]{1,3}[^\w\n]*)?\n\s*[\[(]?\s*(?:[0-9]{1,3}|[*†‡§a-z])\s*[\])]?[\s.]")

PAGE_GAP = 9000
"""Longest interruption at a page break, in folded characters: footnotes, page number, running head."""

NEAR = 600
"""How far ahead, in folded characters, a passage is looked for again after words that differ."""


def squeeze(text: str) -> str:
    """``text`` without white space (Unicode's, and zero-width characters)."""
    return _SPACE.sub("", text).replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")


def fold(text: str) -> tuple[str, list[int]]:
    """Return the letters and digits of ``text``, folded, and for each the offset it came from.

    Folded away: white space, case, full-width and ligature forms (NFKC), all punctuation and format characters. Kept: a
    point or comma between two digits, and signs that change an amount (``%``, ``$``).
    """
    out: list[str] = []
    offsets: list[int] = []
    size = len(text)
    for index, char in enumerate(text):
        if char.isspace():
            continue
        if char.isascii():
            if char.isalnum() or char in _KEPT_SYMBOLS:
                out.append(char.lower())
                offsets.append(index)
            elif char in ".," and 0 < index < size - 1 and text[index - 1].isdigit() and text[index + 1].isdigit():
                out.append(char)
                offsets.append(index)
            continue
        for part in unicodedata.normalize("NFKC", char).casefold():
            if part.isalnum() or part in _KEPT_SYMBOLS:
                out.append(part)
                offsets.append(index)
    return "".join(out), offsets


def segments(quote: str) -> list[str]:
    """The folded pieces of a quotation between its marked omissions (``…``, ``[…]``) and bracketed insertions."""
    return [key for key in (fold(part)[0] for part in _ELLIPSIS.split(quote)) if key]


def in_order(parts: list[str], whole: str) -> str | None:
    """Return the first of ``parts`` that does not follow in ``whole`` after the ones before it, or None."""
    at = 0
    for part in parts:
        found = whole.find(part, at)
        if found < 0:
            return part
        at = found + len(part)
    return None


@dataclass(frozen=True, slots=True)
class Stream:
    """A second reader's text, folded; ``breaks`` are the folded offsets at which pages end, in order.

    ``raw`` and ``offsets`` lead back from the folded characters to what was read, for messages.
    """

    key: str
    breaks: tuple[int, ...]
    raw: str
    offsets: list[int]

    def page_at(self, offset: int) -> int:
        """Return the page, counted from 1, of a folded offset."""
        return bisect_right(self.breaks, offset) + 1

    def page(self, number: int) -> str:
        """Return the folded text of a page, counted from 1."""
        edges = (0, *self.breaks, len(self.key))
        return self.key[edges[number - 1] : edges[number]]

    def turns(self, start: int, end: int) -> bool:
        """Whether ``start:end`` is what is printed around the turn of a page, and none of the running text.

        Before the page ends there may be a short foot, or notes, which open with a mark on a line of its own; after
        it a short head.
        """
        at = bisect_right(self.breaks, start - 1)
        if at >= len(self.breaks) or not self.breaks[at] <= end <= self.breaks[at] + FURNITURE:
            return False
        if self.breaks[at] - start <= FURNITURE:
            return True
        after = self.offsets[start - 1] + 1 if start else 0
        return _NOTE.match(self.raw, after) is not None

    def cut(self, start: int, end: int) -> str:
        """Return what was read between two folded offsets."""
        if start >= len(self.offsets) or end <= start:
            return ""
        last = self.offsets[min(end, len(self.offsets)) - 1]
        return self.raw[self.offsets[start] : last + 1]

    def words(self, start: int, end: int) -> str:
        """Return the whole words that were read between two folded offsets."""
        if start >= len(self.offsets) or end <= start:
            return ""
        return _whole(self.raw, self.offsets[start], self.offsets[min(end, len(self.offsets)) - 1] + 1)


def stream(pages: list[str]) -> Stream:
    """Fold a second reader's pages (one for formats without pages) into one stream."""
    keys: list[str] = []
    offsets: list[int] = []
    breaks: list[int] = []
    base = size = 0
    for number, page in enumerate(pages):
        key, places = fold(page)
        keys.append(key)
        offsets.extend(base + place for place in places)
        size += len(key)
        base += len(page) + 1
        if number < len(pages) - 1:
            breaks.append(size)
    return Stream("".join(keys), tuple(breaks), "\n".join(pages), offsets)


@dataclass(frozen=True, slots=True)
class Trace:
    """How a passage was found: folded characters found and in all, where, and what differs.

    ``differences`` are (words of the passage, words of the source), either may be empty.
    """

    found: int
    total: int
    start: int | None
    differences: tuple[tuple[str, str], ...] = ()

    @property
    def badness(self) -> tuple[int, int]:
        """What is missing, and in how many places: the least is the best."""
        return self.total - self.found, len(self.differences)


def trace(passage: str, source: Stream) -> Trace:
    """Look for the words of ``passage`` in ``source``, in order.

    Between two words the source may have a note mark, or a page break with whatever is printed around it (notes, page
    number, running head); any other word too many or too few is a difference.
    """
    key, places = fold(passage)
    if not key:
        return Trace(0, 0, None)
    at = source.key.find(key)
    if at >= 0:
        return Trace(len(key), len(key), at)
    best: Trace | None = None
    for skip in _starts(passage, places):
        for hit in _hits(source.key, key, skip):
            tried = _follow(passage, key, places, skip, hit, source)
            if best is None or tried.badness < best.badness:
                best = tried
            if not best.differences:
                return best
        if best is not None and best.found > len(key) * 0.8:
            return best
    return best or Trace(0, len(key), None, ((passage, ""),))


def _hits(source: str, key: str, skip: int) -> list[int]:
    """Where the source may hold a passage from its folded offset ``skip`` on: longer agreement first, 40 at most."""
    hits: dict[int, None] = {}
    for size in (4 * PROBE, 2 * PROBE, PROBE):
        probe = key[skip : skip + size]
        at = source.find(probe)
        while at >= 0 and len(hits) < 40:
            hits[at] = None
            at = source.find(probe, at + 1)
    return list(hits)


def _starts(passage: str, places: list[int]) -> list[int]:
    """Folded offsets of the first dozen words of a passage."""
    out = [0]
    for index in range(1, len(places)):
        gap = passage[places[index - 1] + 1 : places[index]]
        if gap or ord(passage[places[index]]) > 0x2E80:
            out.append(index)
            if len(out) == 12:
                break
    return out


def _follow(passage: str, key: str, places: list[int], skip: int, hit: int, source: Stream) -> Trace:
    """Follow a passage through the source from one place on."""
    differences: list[tuple[str, str]] = []
    found, at, pos, size = 0, skip, hit, len(key)
    if skip and _leads(passage, key, places, skip, hit, source):
        found = skip
    elif skip:
        differences.append((passage[: places[skip]].strip(), source.words(max(0, hit - skip), hit)))
    while at < size:
        run = _common(key, at, source.key, pos)
        found += run
        at, pos = at + run, pos + run
        if at >= size:
            break
        resumed = _resume(passage, key, places, at, source, pos)
        if resumed is not None:
            back, pos = resumed
            at, found = at - back, found - back
            continue
        ahead = _resync(key, at, source.key, pos)
        if ahead is None:
            differences.append((_whole(passage, places[at], len(passage)), source.words(pos, pos + size - at)))
            break
        mine = _whole(passage, places[at], places[ahead[0] - 1] + 1) if ahead[0] > at else ""
        differences.append((mine, source.words(pos, ahead[1])))
        at, pos = ahead
    return Trace(found, size, hit, tuple(differences))


def _whole(text: str, start: int, end: int) -> str:
    """``text[start:end]`` widened to whole words, where its letters are of a script with spaces."""
    while start > 0 and text[start - 1].isalnum() and ord(text[start - 1]) < 0x2E80:
        start -= 1
    while end < len(text) and text[end].isalnum() and ord(text[end]) < 0x2E80:
        end += 1
    return text[start:end]


def _leads(passage: str, key: str, places: list[int], skip: int, hit: int, source: Stream) -> bool:
    """Whether the first ``skip`` characters stand before ``hit``, with a note mark or a page break in between."""
    if source.key[max(0, hit - skip) : hit] == key[:skip]:
        return True
    for cut in range(1, skip + 1):
        low = hit - (skip - cut)
        if source.key[max(low, 0) : hit] != key[cut:skip]:
            continue
        before = source.key.rfind(key[:cut], max(0, low - PAGE_GAP), low)
        if before < 0:
            continue
        end = before + cut
        over_page = cut >= PROBE // 2 and source.turns(end, low)
        if over_page or _is_mark(passage, key, places, cut, source, end, low):
            return True
    return False


def _common(a: str, i: int, b: str, j: int) -> int:
    """Length of the longest common prefix of ``a[i:]`` and ``b[j:]``."""
    low, high = 0, min(len(a) - i, len(b) - j)
    while low < high:
        middle = (low + high + 1) // 2
        if a[i + low : i + middle] == b[j + low : j + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _resume(passage: str, key: str, places: list[int], at: int, source: Stream, pos: int) -> tuple[int, int] | None:
    """Where a passage goes on after a note mark or a page break: (characters to step back, place), or None.

    A few characters may agree by chance with the first of what interrupts; hence the steps back. Of several places
    behind the page break, the one from which the passage agrees longest is taken.
    """
    near = _after_mark(passage, key, places, at, source, pos)
    if near is not None:
        return near
    best, choice = 0, None
    for size in (PROBE, PROBE // 2):
        for back in range(min(6, at) + 1):
            low = pos - back
            probe = key[at - back : at - back + size]
            far = source.key.find(probe, low + 1, low + PAGE_GAP)
            while far >= 0:
                if source.turns(low, far):
                    reached = _reach(passage, key, places, at - back, source, far) - back
                    if reached > best:
                        best, choice = reached, (back, far)
                far = source.key.find(probe, far + 1, low + PAGE_GAP)
    return choice


def _after_mark(passage: str, key: str, places: list[int], at: int, source: Stream, pos: int) -> tuple[int, int] | None:
    """Where a passage goes on right after a note mark: (characters to step back, place), or None."""
    for size in (PROBE, PROBE // 2, 3):
        for back in range(min(6, at) + 1):
            low = pos - back
            near = source.key.find(key[at - back : at - back + size], low + 1, low + size + MARK_GAP)
            if near > low and _is_mark(passage, key, places, at - back, source, low, near):
                return back, near
    return None


def _reach(passage: str, key: str, places: list[int], at: int, source: Stream, pos: int) -> int:
    """How many characters of a passage agree from one place on, over up to four note marks."""
    began = at
    for _ in range(5):
        run = _common(key, at, source.key, pos)
        at, pos = at + run, pos + run
        near = _after_mark(passage, key, places, at, source, pos) if at < len(key) else None
        if near is None:
            break
        at, pos = at - near[0], near[1]
    return at - began


def _is_mark(passage: str, key: str, places: list[int], at: int, source: Stream, low: int, near: int) -> bool:
    """Whether what the source has between two words of a passage is a note mark, and not a digit of an amount."""
    if not _MARKS.fullmatch(source.cut(low, near).strip()):
        return False
    if at > 0 and key[at - 1].isdigit():
        between = passage[places[at - 1] + 1 : places[at]]
        before = source.raw[source.offsets[low - 1] + 1 : source.offsets[low]] if low else ""
        if not between.strip() and not set(before) & set("[("):
            return False
    joined = source.offsets[near] == source.offsets[near - 1] + 1
    return not (key[at].isdigit() and joined)


def _resync(key: str, at: int, source: str, pos: int) -> tuple[int, int] | None:
    """The nearest later place at which passage and source agree again, after words that differ."""
    for ahead in range(at, min(len(key), at + NEAR)):
        probe = key[ahead : ahead + PROBE]
        if len(probe) < min(PROBE, len(key) - at):
            break
        found = source.find(probe, pos, pos + NEAR)
        if found >= 0:
            return ahead, found
    return None
