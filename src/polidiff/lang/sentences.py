"""Sentence boundaries in English and Chinese, as spans of the text that is given.

English stops are ``.``, ``!`` and ``?`` with the quotation marks and brackets that close after them, when white
space and the start of a new sentence follow. A stop after an abbreviation, an initial, a list number or inside a
decimal is none. Chinese stops are ``。！？；`` and the closing marks after them, wherever they stand.
"""

from __future__ import annotations

import re

from polidiff.lang.data import load_list
from polidiff.model import Language, Span

_CLOSERS = "”’\"'」』）)】》]»"
_STOP = re.compile(rf"(?:[。！？；]+|[.!?…]+)[{re.escape(_CLOSERS)}]*|\n[ \t]*\n")
_OPENERS = "“‘\"'「『（([«"

_DATA = load_list("sentences")
# Abbreviations that never end a sentence when a capital or a digit follows.
_ALWAYS = frozenset(_DATA["always"].split())
# Abbreviations that can end a sentence: the word that follows decides.
_MAYBE = frozenset(_DATA["maybe"].split())
_STARTERS = frozenset(_DATA["starters"].split())
_LAST_TOKEN = re.compile(r"[^\s(\[“‘\"]+$")
_NEXT_WORD = re.compile(r"[A-Za-z]+")


def sentences(text: str, language: Language = "und") -> list[Span]:
    """Return the sentences of ``text`` in order, as spans of ``text`` without the white space around them.

    The spans do not overlap, and every character that is not white space lies in exactly one of them. In Chinese
    (``language == "zh"``) a semicolon ``；`` ends a sentence; elsewhere it does so too, since the mark is Chinese.
    """
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() <= start:
            continue
        if match.group()[0] in ".!?…" and not _ends(text, start, match, language):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return spans


def last_sentence(text: str, start: int, end: int, language: Language = "und") -> Span:
    """Return the span, in ``text``, of the last sentence of ``text[start:end]``."""
    found = sentences(text[start:end], language)
    if not found:
        return Span(start, end)
    return Span(start + found[-1].start, start + found[-1].end)


def grouped(text: str, start: int, end: int, language: Language, limit: int) -> list[Span]:
    """Cut ``text[start:end]`` into runs of whole sentences of about equal length, each under ``limit`` characters.

    A single sentence over the limit stays whole. Spans are offsets of ``text``.
    """
    found = [Span(start + s.start, start + s.end) for s in sentences(text[start:end], language)]
    if not found:
        return []
    groups = -(-(end - start) // limit)
    target = (end - start) / groups
    out: list[Span] = []
    first = found[0].start
    last = found[0].end
    for sentence in found[1:]:
        size = sentence.end - first
        over = size - target
        under = target - (last - first)
        if size > limit or (over > 0 and over >= under):
            out.append(Span(first, last))
            first = sentence.start
        last = sentence.end
    out.append(Span(first, last))
    return out


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append(Span(start, end))


def _ends(text: str, start: int, match: re.Match[str], language: Language) -> bool:
    after = match.end()
    if after >= len(text):
        return True
    if not text[after].isspace():
        return language == "zh" and match.group()[0] in "!?"
    rest = text[after : after + 120].lstrip()[:40]
    if not rest:
        return True
    head = rest.lstrip(_OPENERS)[:40]
    if not head or not (head[0].isupper() or head[0].isdigit() or ord(head[0]) > 0x2E7F):
        return False
    if match.group()[0] != ".":
        return True
    before = _LAST_TOKEN.search(text[max(start, match.start() - 40) : match.start()])
    token = before.group().strip(_OPENERS + _CLOSERS) if before else ""
    low = token.casefold()
    if low in _ALWAYS or (len(token) == 1 and token.isupper()):
        return False
    if token.isdigit() and text[start : match.start()].strip(_OPENERS + " \n\t") == token:
        return False
    if low in _MAYBE or re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", token):
        word = _NEXT_WORD.match(head)
        return bool(word) and word.group().casefold() in _STARTERS and head[0].isupper() if word else False
    return True
