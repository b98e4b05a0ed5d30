"""Plain text: its own canonical text, character for character; blocks are its paragraphs and lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from polidiff.model import Block, BlockKind, Page, Piece
from polidiff.readers.labels import awaits_number, bullet_of, label_of

_LINE = re.compile(r"[^\r\n\f\v\u2028\u2029]*")
_END = re.compile(r"\r\n|[\r\n\v\u2028\u2029]|\f")
_STOP = re.compile("[.!?;:。！？；：…][\"'”’）)」』】]*$")
_HEADING_ZH = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,5}[编編章节節部]")
_HEADING_EN = re.compile(
    r"(?:chapter|part|title|section|annex|appendix|schedule)\s+(?:\d{1,3}|[ivxlc]{1,6}|[a-z])\b", re.I
)
_FULL = 0.5
"""Share of the longest line's length from which a line may have been broken by its column's end."""
_TITLE = 400
"""Letters of a first paragraph without a stop, parted from the rest, that may be the title of an act."""


@dataclass(frozen=True, slots=True)
class PlainParts:
    """What a plain-text file gives a Document: blocks, and pages and pieces where form feeds part them."""

    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    after_blank: bool
    page: int


def text_blocks(text: str) -> PlainParts:
    """Return the blocks of ``text`` (which stays as it is), with one page for each form feed.

    A block is a paragraph: lines up to a blank line, where the text is wrapped; one line, where it is not. A line
    that opens with a bullet or a printed label always begins a block. Form feeds end a page, not a paragraph that
    runs on.
    """
    lines, pages = _lines(text)
    wrapped = _is_wrapped(text, lines)
    runs: list[_Run] = []
    blank = True
    for start, end, page in lines:
        words = text[start:end]
        if not words.strip():
            blank = True
            continue
        left = start + len(words) - len(words.lstrip())
        right = start + len(words.rstrip())
        opens = _opens(text[left:right]) and not (runs and awaits_number(text[runs[-1].start : runs[-1].end]))
        if runs and wrapped and not blank and not opens and not _closes(text, runs[-1], left):
            runs[-1].end = right
        else:
            runs.append(_Run(left, right, blank, page))
        blank = False
    blocks = tuple(_block(text, run, index, runs) for index, run in enumerate(runs))
    return PlainParts(blocks, *_paging(text, pages))


def _lines(text: str) -> tuple[list[tuple[int, int, int]], list[int]]:
    """Return (start, end, page) of every line, and the offset at which every page begins."""
    lines: list[tuple[int, int, int]] = []
    pages = [0]
    position = 0
    while position <= len(text):
        match = _LINE.match(text, position)
        end = match.end() if match else position
        lines.append((position, end, len(pages)))
        brk = _END.match(text, end)
        if brk is None:
            break
        if brk.group() == "\f":
            pages.append(brk.end())
        position = brk.end()
    return lines, pages


def _is_wrapped(text: str, lines: list[tuple[int, int, int]]) -> bool:
    """Whether lines break where the column ends: most lines that another follows are full and end in mid sentence."""
    followed = [
        (words, below)
        for (start, end, _), (after, last, _) in pairwise(lines)
        if (words := text[start:end].strip()) and (below := text[after:last].strip()) and not _opens(below)
    ] or [
        (words, below)
        for (start, end, _), (after, last, _) in pairwise(lines)
        if (words := text[start:end].strip()) and (below := text[after:last].strip())
    ]
    longest = max((len(words) for words, _ in followed), default=0)
    ends = 0
    for words, below in followed:
        short = len(words) < _FULL * longest and not below[0].islower() and not awaits_number(words)
        ends += short or bool(_STOP.search(words))
    return len(followed) >= 2 and longest <= 140 and ends * 2 < len(followed)


def _opens(words: str) -> bool:
    """Whether a line opens with a bullet or a label, and so a block of its own wherever lines break."""
    return bullet_of(words) is not None or label_of(words) is not None


def _closes(text: str, run: _Run, start: int) -> bool:
    """Whether the paragraph so far is over although no blank line follows: a short heading line of a numbered part."""
    if run.end - run.start >= 30 or start <= run.end:
        return False
    words = text[run.start : run.end]
    return "\n" not in words and bool(_HEADING_ZH.match(words))


def _block(text: str, run: _Run, index: int, runs: list[_Run]) -> Block:
    words = text[run.start : run.end]
    bullet = bullet_of(words)
    if bullet is not None:
        line = text.rfind("\n", 0, run.start) + 1
        depth = (run.start - line) // 2
        return Block("item", run.start + bullet[1], run.end, level=min(depth, 8), marker=bullet[0])
    marker = label_of(words)
    kind: BlockKind = "paragraph"
    level = 0
    alone = run.after_blank and (index + 1 == len(runs) or runs[index + 1].after_blank)
    short = len(words) <= 120 and "\n" not in words and not _STOP.search(words)
    if short and (_HEADING_ZH.match(words) or (alone and _HEADING_EN.match(words))):
        kind, level = "heading", 2 if re.match(r"第[^章编編部]*[节節]|section", words, re.I) else 1
    elif index == 0 and len(runs) > 1 and not marker and (short or _long_title(words, runs[1].after_blank)):
        kind = "title"
    elif short and alone and words.isupper() and any(c.isalpha() for c in words):
        kind, level = "heading", 1
    return Block(kind, run.start, run.end, level=level, marker=marker)


def _long_title(words: str, apart: bool) -> bool:
    return apart and len(words) <= _TITLE and not _STOP.search(words.rstrip(" )")) and not words.endswith(",")


def _paging(text: str, starts: list[int]) -> tuple[tuple[Page, ...], tuple[Piece, ...]]:
    if len(starts) == 1:
        return (), ()
    if starts[-1] >= len(text):
        starts = starts[:-1]
    ends = [*starts[1:], len(text)]
    pages = tuple(Page(number, 0.0, 0.0) for number in range(1, len(starts) + 1))
    pieces = tuple(
        Piece(start, end, number)
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
        if end > start
    )
    return pages, pieces
