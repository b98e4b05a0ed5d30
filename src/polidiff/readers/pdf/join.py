"""From printed lines to a block's words: marks taken out, lines joined, hyphens at line ends kept or undone.

A hyphen at a line end is kept where it belongs to the word and undone where it only breaks it. The document itself is
the witness: the word stands elsewhere with or without the hyphen, its parts are words of their own, or no word of the
document is broken at all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from polidiff.lang.lexicon import is_word, share_known
from polidiff.model import Box
from polidiff.readers.pdf.chars import HYPHEN, is_cjk
from polidiff.readers.pdf.footnotes import tokens_of
from polidiff.readers.pdf.line import Line, Part

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST = re.compile(r"([^\W_]+(?:[-‐'’][^\W_]+)*)$")
_FIRST = re.compile(r"^([^\W_]+(?:[-‐'’][^\W_]+)*)")
_SUPERIOR = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_EXPONENT = re.compile(r"^\s*[-–−+]?\d+\s*$")
_RAISE = str.maketrans("0123456789-–−+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_UNIT = re.compile(r"(?:\d|\b(?:k|c|m|d|µ)?m|\bft|\bCO)$")
_STOPS = ",.;:!?)]»”’，。；：！？）"
_PREFIXES = frozenset(
    {"anti", "bi", "co", "cross", "cyber", "ex", "extra", "high", "hyper", "intra", "large", "long", "low", "macro"}
    | {
        "meta",
        "micro",
        "mid",
        "mini",
        "multi",
        "nano",
        "near",
        "neo",
        "non",
        "one",
        "open",
        "pan",
        "peer",
        "post",
        "pre",
    }
    | {"pseudo", "quasi", "real", "self", "semi", "short", "small", "socio", "state", "sub", "supra", "tele", "two"}
    | {"ultra", "well"}
)
"""First parts of compounds that are hyphenated far more often than broken."""


_ENGLISH = 0.5
"""Share of a document's different words that the lexicon of English knows where it is English."""
_HYPHENS = 3
"""Hyphens at line ends from which on a text in another language breaks words, although none comes again unbroken."""


@dataclass(slots=True)
class Words:
    """Joined words, where each printed line lies in them, and where notes' marks stood."""

    text: str = ""
    pieces: list[tuple[int, int, Box]] = field(default_factory=list)
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    """Offset in ``text``, page, mark."""
    struck: list[tuple[int, int]] = field(default_factory=list)
    """Where words that a rule goes through begin and end in ``text``."""

    def add_struck(self, start: int, end: int, text: str) -> None:
        """Note struck words; those that only white space of ``text`` parts from the ones before them go with them."""
        if end <= start:
            return
        if self.struck and not text[self.struck[-1][1] : start].strip():
            start = self.struck.pop()[0]
        self.struck.append((start, end))


@dataclass(slots=True)
class _Printed:
    """One line's words without the marks of known notes; where each mark stood, and which words are struck."""

    text: str
    marks: list[tuple[int, str]] = field(default_factory=list)
    struck: list[tuple[int, int]] = field(default_factory=list)


class Joiner:
    """Joins lines of one document. ``known`` maps a page to the marks of the notes that it may call."""

    def __init__(self, lines: Iterable[Line], known: Mapping[int, frozenset[str]]) -> None:
        self.known = known
        self.vocabulary: Counter[str] = Counter()
        self.breaks = 0
        ends: list[tuple[str, str]] = []
        broken = ""
        for line in lines:
            words = _WORD.findall(line.text)
            if broken and words:
                first = _FIRST.match(line.text)
                ends.append((broken, first.group(1) if first else ""))
                words = words[1:]
            broken = ""
            if line.text[-1:] in ("-", "‐", HYPHEN) and words:
                broken = words.pop()
            self.vocabulary.update(word.lower().replace("‐", "-") for word in words)
        self.english = share_known(word for word in self.vocabulary if word.isascii()) > _ENGLISH
        for before, after in ends:
            self.breaks += self._witness(before, after) == "broken"
        self.hyphens = len(ends)

    def join(self, lines: list[Line], first_x: float | None = None) -> Words:
        """Join ``lines`` into one run of words. ``first_x`` is the left edge of the first line behind a bullet."""
        result = Words()
        text = ""
        for position, line in enumerate(lines):
            printed = self._words(line)
            piece, marks = printed.text, printed.marks
            lead = len(piece) - len(piece.lstrip())
            piece = piece.strip()
            if not piece:
                result.marks.extend((len(text), line.page, mark) for _, mark in marks)
                continue
            if text:
                kept, gap = self._seam(text, piece, line)
                if len(kept) != len(text):
                    start, _, box = result.pieces[-1]
                    result.pieces[-1] = (start, len(kept), box)
                    result.struck = [(first, min(last, len(kept))) for first, last in result.struck]
                text = kept + gap
            start = len(text)
            for offset, mark in marks:
                result.marks.append((start + min(max(offset - lead, 0), len(piece)), line.page, mark))
            text += piece
            for first, last in printed.struck:
                result.add_struck(start + max(first - lead, 0), start + min(last - lead, len(piece)), text)
            result.pieces.append((start, len(text), line.box(first_x if position == 0 else None)))
        if text.endswith(HYPHEN):
            text = text[:-1] + "-"
        result.text = text
        return result

    def join_cells(self, cells: list[list[Line]]) -> Words:
        """Join the cells of a table's row, each read from top to bottom, with a tab between two."""
        result = Words()
        ruled = any(not cell for cell in cells)
        for number, cell in enumerate(cells):
            words = self.join(cell) if cell else Words()
            if not words.text and not ruled:
                continue
            apart = "\t" if number and (ruled or result.text) else ""
            start = len(result.text) + len(apart)
            result.text = f"{result.text}{apart}{words.text}"
            result.pieces.extend((start + first, start + last, box) for first, last, box in words.pieces)
            result.marks.extend((start + offset, page, mark) for offset, page, mark in words.marks)
            result.struck.extend((start + first, start + last) for first, last in words.struck)
        result.text = result.text.rstrip("\t")
        return result

    def _seam(self, before: str, after: str, line: Line) -> tuple[str, str]:
        """What stays of ``before``, and what stands between it and ``after``."""
        last, first = before[-1], after[0]
        if last in ("-", "‐", HYPHEN):
            stem = before[:-1]
            if not stem or stem[-1].isspace() or not (stem[-1].isalnum() or stem[-1] in "/.%"):
                return stem + ("-" if last == HYPHEN else last), " "
            if not first.isalnum():
                return stem + ("-" if last == HYPHEN else last), "" if first in "/-–" else " "
            if self._undone(stem, after, last == HYPHEN):
                return stem, ""
            kept = stem + ("-" if last == HYPHEN else last)
            return kept, " " if after.split(" ", 1)[0] in ("and", "or", "und", "oder", "et", "to") else ""
        if is_cjk(last) or is_cjk(first):
            return before, "" if (is_cjk(last) or last.isalnum()) and (is_cjk(first) or first.isalnum()) else " "
        if last in "—/" and len(before) > 1 and not before[-2].isspace():
            return before, ""
        if last == "–" and before[-2:-1].isalnum() and first.isalnum():
            return before, ""
        if first == "—" and len(after) > 1 and not after[1].isspace():
            return before, ""
        return before, " "

    def _undone(self, stem: str, after: str, soft: bool) -> bool:
        """Whether the hyphen between ``stem`` and ``after`` is typesetting."""
        tail, head = _LAST.search(stem), _FIRST.match(after)
        if tail is None or head is None or "//" in stem.rsplit(" ", 1)[-1] or "www." in stem.rsplit(" ", 1)[-1]:
            return False
        left, right = tail.group(1), head.group(1)
        witness = self._witness(left, right)
        if witness == "broken":
            return True
        if witness == "compound" or not right[0].islower() or any(c.isdecimal() for c in left + right):
            return False
        if left.isupper() and len(left) > 1:
            return False
        part, rest = left.rsplit("-", 1)[-1].lower(), right.split("-", 1)[0].lower()
        if part in _PREFIXES and not (self.english and len(rest) < 4 and not is_word(rest)):
            return self.english and not is_word(rest) and is_word(part + rest)
        if self.english and "-" not in left and (is_word(part + rest) or not (is_word(part) and is_word(rest))):
            return True
        if not self.breaks and (self.english or self.hyphens < _HYPHENS):
            return False
        return not (self.vocabulary[part] and self.vocabulary[rest])

    def _witness(self, left: str, right: str) -> str:
        """What the rest of the document says of the word: ``broken``, ``compound``, or nothing."""
        if not left or not right:
            return ""
        left, right = left.lower(), right.lower()
        whole = self.vocabulary[left.rsplit("-", 1)[-1] + right.split("-", 1)[0]]
        compound = self.vocabulary[f"{left}-{right}"] + self.vocabulary[f"{left.rsplit('-', 1)[-1]}-{right}"]
        if whole > compound:
            return "broken"
        return "compound" if compound else ""

    def _words(self, line: Line) -> _Printed:
        """A line's words without the marks of known notes; raised digits that are no marks become superscripts."""
        known = self.known.get(line.page, frozenset())
        if len(line.parts) == 1 and not line.parts[0].struck and not (known and _SUPERIOR.search(line.text)):
            return _Printed(line.text)
        marks: list[tuple[int, str]] = []
        struck: list[tuple[int, int]] = []
        text = ""
        skip = ""
        for position, part in enumerate(line.parts):
            words = part.text
            if skip:
                words = words.lstrip().removeprefix(skip)
                skip = ""
                if words[:1] in _STOPS and words:
                    text = text.rstrip()
                elif text.endswith(" ") and words.startswith(" "):
                    words = words.lstrip()
            if part.raised and self._is_mark(part, text, known):
                following = line.parts[position + 1].text if position + 1 < len(line.parts) else ""
                opened = text.rstrip()
                if opened[-1:] in ("(", "[") and following.lstrip()[:1] in (")", "]"):
                    skip = following.lstrip()[0]
                    text = opened[:-1]
                elif not following or following[0] in _STOPS or following[0].isspace():
                    text = text.rstrip()
                marks.extend((len(text.rstrip()), token) for token in tokens_of(words))
                continue
            if part.raised and text.strip() and _EXPONENT.match(words):
                words = words.translate(_RAISE)
            before = len(text)
            text = self._superiors(text, words, known, marks) if known else text + words
            if part.struck:
                struck.append((before + len(words) - len(words.lstrip()), len(text.rstrip())))
        return _Printed(text, marks, struck)

    def _is_mark(self, part: Part, before: str, known: frozenset[str]) -> bool:
        tokens = tokens_of(part.text)
        if not tokens or not all(token in known for token in tokens):
            return False
        return not (tokens[0].isdecimal() and _UNIT.search(before))

    def _superiors(self, text: str, words: str, known: frozenset[str], marks: list[tuple[int, str]]) -> str:
        position = 0
        for match in _SUPERIOR.finditer(words):
            token = tokens_of(match.group())
            if not token or token[0] not in known or _UNIT.search(text + words[position : match.start()]):
                continue
            text += words[position : match.start()]
            position = match.end()
            if words[position : position + 1] in _STOPS or words[position : position + 1].isspace():
                text = text.rstrip()
            marks.append((len(text.rstrip()), token[0]))
        return text + words[position:]
