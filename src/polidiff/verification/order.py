"""Tell a quotation that two readers put in another order from one whose words are not those of its page.

Readers part over columns run together, tables, and labels beside a paragraph. Then every piece of the quotation still
stands on its page up to the end of a printed piece, and the page has no word more or less than its canonical text. A
word that was left out, put in or exchanged breaks one of the two.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from polidiff.verification.words import PROBE, Stream, Trace, fold, stream

RECURS = 3
"""Pages on which a line stands, digits aside, to count as a running head or foot."""

LIGATURE = 3
"""Most letters that one character of a private font stands for."""

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_WORD = re.compile(r"[^\W\d]+|\d+")
_DIGITS = re.compile(r"[\d\s]+")
_CELLS = re.compile(r"[\t\n]+")
_EDGE = re.compile(r"[\n\ufffe\u00ad]|\s{2}")
_BROKEN = re.compile(r"([^\W\d]+)\ufffe([^\W\d]+)")


class Order:
    """The pages of a document as its canonical text and the second readings have them.

    ``runs`` are the record's ``{start, end, page}`` of the canonical ``text``; ``readings`` those that keep the pages,
    the one that has the words best last.
    """

    def __init__(self, text: str, runs: object, readings: Sequence[Stream]) -> None:
        self._text = text
        self._runs = [run for run in runs if _is_run(run)] if isinstance(runs, list) else []
        self._readings = readings
        lines = Counter[str]()
        for number in range(1, len(readings[-1].breaks) + 2) if readings else ():
            lines.update({_bare(line) for line in _page(readings[-1], number).splitlines()})
        self._furniture = {line for line, count in lines.items() if count >= RECURS}

    def page(self, start: int, end: int, found: Trace) -> int | None:
        """The page of the quotation ``start:end`` where readers only disagree about the order of its words, or None."""
        pages = sorted({run["page"] for run in self._runs if run["start"] < end and start < run["end"]})
        if not pages or not self._readings or not all(0 < page <= len(self._readings[-1].breaks) + 1 for page in pages):
            return None
        here = "\n".join(self._text[run["start"] : run["end"]] for run in self._runs if run["page"] in pages)
        texts = ["\n".join(_page(reading, page) for page in pages) for reading in self._readings]
        passage = self._text[start:end]
        if not self._same_words(passage, found, here, texts[-1]) or not _pieces(passage, [stream([t]) for t in texts]):
            return None
        return int(pages[0])

    def _same_words(self, passage: str, found: Trace, here: str, there: str) -> bool:
        """Whether the page has each word of the passage, and of what interrupts it, as often as the canonical text."""
        lean = "\n".join(line for line in there.splitlines() if _bare(line) not in self._furniture)
        between = _words(" ".join(words for _, words in found.differences))
        return _at_most(_words(passage), here, there) and _at_most(between, lean, here)


def unreadable(passage: str, readings: Iterable[Stream]) -> bool:
    """Whether a passage differs only in characters of a private font, for which another reader has letters."""
    parts = _PRIVATE.split(passage)
    if len(parts) == 1 or not fold(passage)[0]:
        return False
    sizes = [len(run) * LIGATURE for run in _PRIVATE.findall(passage)]
    wanted = "".join(re.escape(fold(part)[0]) + f".{{0,{size}}}" for part, size in zip(parts, [*sizes, 0], strict=True))
    return any(re.search(wanted, reading.key) for reading in readings)


def _is_run(run: Any) -> bool:
    return isinstance(run, Mapping) and all(isinstance(run.get(key), int) for key in ("start", "end", "page"))


def _page(reading: Stream, number: int) -> str:
    edges = (0, *reading.breaks, len(reading.key))
    return reading.cut(edges[number - 1], edges[number])


def _bare(line: str) -> str:
    return _DIGITS.sub("", line)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_plain(text).replace("\ufffe", "")))


def _at_most(words: Iterable[str], one: str, other: str) -> bool:
    """Whether ``other`` has each of ``words`` as often as ``one``, also as a part of words that were run together.

    A word that a hyphen breaks at the end of a line may be in two parts that lie apart.
    """
    few, many = _words(one), _words(other)
    broken = Counter(first + second for first, second in _BROKEN.findall(_plain(one)))
    return all(few[word] <= many[word] or _within(word, few) - broken[word] <= _within(word, many) for word in words)


def _within(word: str, words: Counter[str]) -> int:
    return sum(held.count(word) * times for held, times in words.items())


def _pieces(passage: str, sources: list[Stream]) -> bool:
    """Whether every cell of a passage falls into stretches that end where a printed piece ends, none short inside."""
    for cell in _CELLS.split(passage):
        key = fold(cell)[0]
        at = 0
        while at < len(key):
            size = max(_longest(key, at, source.key) for source in sources)
            last = at + size == len(key)
            if not size or (at and not last and size < PROBE):
                return False
            if not last and not any(_ends(key[at : at + size], source) for source in sources):
                return False
            at += size
    return True


def _longest(key: str, at: int, source: str) -> int:
    """How many characters of ``key`` from ``at`` on stand together in ``source``."""
    low, high = 0, len(key) - at
    while low < high:
        middle = (low + high + 1) // 2
        if key[at : at + middle] in source:
            low = middle
        else:
            high = middle - 1
    return low


def _ends(run: str, source: Stream) -> bool:
    """Whether a printed piece ends with ``run``, or up to three characters sooner, which may agree by chance."""
    at = source.key.find(run)
    while at >= 0:
        end = at + len(run)
        for stop in range(max(end - 3, at + 1), end + 1):
            if stop == len(source.key) or _EDGE.search(source.raw, source.offsets[stop - 1], source.offsets[stop]):
                return True
        at = source.key.find(run, at + 1)
    return False
