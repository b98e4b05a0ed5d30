"""Where an article quotes: quotation marks of all kinds in English and Chinese, and block quotes.

Marks are read block by block. A quotation inside a quotation belongs to the outer one. One that is left open at the
end of a block runs on if the next block opens with a mark again (how newspapers print a quotation of several
paragraphs); else it is taken to end with its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.checking.quotes.folding import is_han
from polidiff.model import Document, Span

_PAIRS = {
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "﹁": "﹂",
    "﹃": "﹄",
    "〝": "〞〟",
}
_CLOSERS = frozenset("”»›」』﹂﹄〞〟")
_TOKEN = re.compile("``|''|&quot;|[“”„‟«»‹›「」『』﹁﹂﹃﹄〝〞〟‘’‚‛\"＂'＇]\u200b*")
_MANGLED = {"``": "“", "''": "”", "&quot;": '"', "＂": '"', "＇": "'", "‛": "‘"}
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？]")
_MARKER = re.compile(r"(?m)^[ \t]*>+[ \t]?")
LONGEST_SINGLE = 700
"""Characters that a quotation in single marks may have; a lone apostrophe must not swallow a page."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: ``span`` cuts its words, ``outer`` takes in the marks. ``block`` is its block's number.

    ``set_off`` is True for a block quote; ``runs_on`` when it carries on the one before.
    """

    span: Span
    outer: Span
    block: int
    set_off: bool = False
    runs_on: bool = False


def units(article: Document) -> list[tuple[Span, bool]]:
    """Return the article's blocks that may quote, with whether each is a block quote."""
    found: list[tuple[Span, bool]] = []
    if not article.blocks:
        for match in re.finditer(r"\S(?:.*\S)?(?:\n(?=\S).*\S)*", article.text):
            found.append((Span(match.start(), match.end()), False))
    for block in article.blocks:
        if block.kind not in ("contents", "furniture"):
            found.append((block.span, block.kind == "quote"))
    marked = (bool(_MARKER.match(span.cut(article.text))) for span, _ in found)
    return [(span, quote or mark) for (span, quote), mark in zip(found, marked, strict=True)]


def quoted(article: Document) -> list[Quoted]:
    """Return the quotations of ``article`` in order."""
    found: list[Quoted] = []
    spans = units(article)
    text = demangled(article.text)
    carried = False
    for number, (span, set_off) in enumerate(spans):
        if set_off:
            found.append(_block_quote(text, span, number, found, spans))
            carried = False
            continue
        following = spans[number + 1][0].cut(text).lstrip() if number + 1 < len(spans) else ""
        opens_next = bool(following) and _mark_at(following, 0) in {*_PAIRS, '"', "‘"}
        here, left_open = _in_block(text, span, number, opens_next)
        if carried and here:
            first = here[0]
            here[0] = Quoted(first.span, first.outer, number, False, True)
        found += [q for q in here if q.span.end > q.span.start]
        carried = left_open and opens_next
    return found


def _block_quote(text: str, span: Span, number: int, found: list[Quoted], spans: list[tuple[Span, bool]]) -> Quoted:
    start, end = span
    marker = _MARKER.match(text, start)
    if marker:
        start = marker.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    inner = Span(start, end)
    opener = _mark_at(text, start)
    if opener in _PAIRS or opener == '"':
        width = _width_at(text, start)
        closer = _PAIRS.get(opener, '"')
        if text[end - 1] in closer and not any(c in text[start + width : end - 1] for c in closer):
            inner = Span(start + width, end - 1)
    runs_on = number > 0 and spans[number - 1][1] and bool(found) and found[-1].block == number - 1
    return Quoted(inner, span, number, True, runs_on)


def _width_at(text: str, at: int) -> int:
    match = _TOKEN.match(text, at)
    return match.end() - match.start() if match else 0


def _mark_at(text: str, at: int) -> str:
    match = _TOKEN.match(text, at)
    return _plain(match) if match else ""


def _plain(match: re.Match[str]) -> str:
    mark = match.group().rstrip(_FILL)
    return _MANGLED.get(mark, mark)


def _in_block(text: str, span: Span, number: int, opens_next: bool) -> tuple[list[Quoted], bool]:
    """The outermost quotations of one block, and whether the last was left open."""
    found: list[Quoted] = []
    stack: list[tuple[str, int, int]] = []
    at = span.start
    while match := _TOKEN.search(text, at, span.end):
        at = match.end()
        mark = _plain(match)
        role = _role(text, span, match, mark, stack)
        if role == "open":
            stack.append((mark, match.start(), match.end()))
        elif role == "close" and stack:
            _close(stack, mark, match, found, number)
    while stack and stack[0][0] in "'‘’":
        stack.pop(0)
    if not stack:
        return found, False
    opener = stack[0]
    end = span.end
    if not opens_next:
        stop = _SENTENCE_END.search(text, opener[2], span.end)
        end = stop.end() if stop else span.end
    while end > opener[2] and text[end - 1].isspace():
        end -= 1
    found.append(Quoted(Span(opener[2], end), Span(opener[1], end), number))
    return found, True


def _close(
    stack: list[tuple[str, int, int]], mark: str, match: re.Match[str], found: list[Quoted], number: int
) -> None:
    """Take the quotation that ``mark`` closes off the stack; an outermost one is found."""
    for depth in range(len(stack) - 1, -1, -1):
        if mark in _PAIRS.get(stack[depth][0], "’'" if stack[depth][0] in "‘'‚" else stack[depth][0]):
            opener = stack[depth]
            del stack[depth:]
            if depth == 0:
                found.append(Quoted(Span(opener[2], match.start()), Span(opener[1], match.end()), number))
            return


def _role(text: str, span: Span, match: re.Match[str], mark: str, stack: list[tuple[str, int, int]]) -> str:
    before = text[match.start() - 1] if match.start() > span.start else " "
    after = text[match.end()] if match.end() < span.end else " "
    if mark in "‘’'‚":
        return _single(text, span, match, mark, stack, before, after)
    if mark == '"':
        if any(opener == '"' for opener, _, _ in stack):
            return "close"
        return "open" if not after.isspace() else "none"
    if mark == "“" and any(opener == "„" for opener, _, _ in stack):
        return "close"
    if mark == "“" and stack and stack[0][0] == "“" and before.isspace() is False and not is_han(before):
        return "close" if after.isspace() or after in ",.;:" else "open"
    if mark in _CLOSERS:
        return "close" if stack else "none"
    if mark in _PAIRS:
        if mark == "“" and stack and stack[-1][0] == "“" and not _balances(text, span, match.start(), len(stack)):
            return "none"
        return "open"
    return "none"


def _balances(text: str, span: Span, at: int, depth: int) -> bool:
    """Whether enough closing marks follow for one more opening at ``at``."""
    return text.count("”", at, span.end) > text.count("“", at + 1, span.end) + depth - 1


def _single(
    text: str,
    span: Span,
    match: re.Match[str],
    mark: str,
    stack: list[tuple[str, int, int]],
    before: str,
    after: str,
) -> str:
    """Whether a single mark opens, closes, or is an apostrophe."""
    inside = bool(stack) and stack[-1][0] in "‘'‚"
    if inside and mark != "‘":
        if after.isalnum() and not is_han(after) and not is_han(before):
            return "none"
        if before == "s" and after == " " and _later_close(text, span, match.end(), stack[-1][1]):
            return "none"
        return "close" if not before.isspace() else "none"
    if mark == "’" or (before.isalnum() and not is_han(before) and not is_han(after)):
        return "none"
    if after.isspace() or after.isdigit():
        return "none"
    closing = re.compile(r"(?<=\S)[’'](?![^\W_])") if mark != "‘" or not is_han(after) else re.compile("’")
    stop = closing.search(text, match.end(), min(span.end, match.end() + LONGEST_SINGLE))
    return "open" if stop else "none"


def _later_close(text: str, span: Span, at: int, opened: int) -> bool:
    """Whether a better closing mark (after punctuation, or before it) follows in reach."""
    limit = min(span.end, opened + LONGEST_SINGLE)
    nearer = re.search(r"[‘“\"]", text[at:limit])
    limit = at + nearer.start() if nearer else limit
    return re.search(r"(?:[.,!?]['’]|['’](?=[.,;:!?)]|\s|$))", text[at:limit]) is not None


_FILL = "\u200b"
_WRONG = {
    "â€œ": "“", "â€\u009d": "”", "â€™": "’", "â€˜": "‘", "â€“": "–", "â€”": "—", "â€¦": "…", "â€\u0093": "–",
    "â€\u0094": "—", "â€\u0099": "’", "â€\u0098": "‘", "\u0091": "‘", "\u0092": "’", "\u0093": "“", "\u0094": "”",
    "\u0096": "–", "\u0097": "—", "=E2=80=9C": "“", "=E2=80=9D": "”", "=E2=80=99": "’", "=E2=80=98": "‘",
    "=E2=80=93": "–", "=E2=80=94": "—", "&#8220;": "“", "&#8221;": "”", "&#8217;": "’", "&#8216;": "‘", "&#39;": "’",
    "&ldquo;": "“", "&rdquo;": "”", "&rsquo;": "’", "&lsquo;": "‘",
}  # fmt: skip
"""What is left of a mark when a text was sent or stored in one encoding and read in another."""

_WINDOWS = {"=91": "‘", "=92": "’", "=93": "“", "=94": "”", "=96": "–", "=97": "—"}
_WINDOWS_AT = re.compile(r"(?<![\w=])=9[13](?=[A-Za-z])|(?<=[\w.,;!?])=9[24](?![0-9A-F])|(?<=[\w\s])=9[67](?=[\w\s])")
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[?\ufffd](?=(?:s|t|re|ve|ll|d|m)\b)")
_LOST_PAIR = re.compile(
    r"(?:(?<=^)|(?<=[\s(]))[?\ufffd](?=[A-Za-z])(?P<words>[^?\ufffd]{3,600}(?<=[\w.,!]))[?\ufffd](?=$|[\s.,;:)])",
    re.MULTILINE,
)
"""Marks that came out as a question mark: one right before a word is none."""


def demangled(text: str) -> str:
    """Return ``text`` with quotation marks and dashes that a mail program mangled put right, at the same length."""
    if not re.search(
        "â€|[\u0091-\u0097\ufffd]|=9[1-7]|=E2=80|&#|&[lr][sd]quo;|(?:^|[\\s(])\\?[A-Za-z]|[A-Za-z]\\?[a-z]", text, re.M
    ):
        return text
    for wrong, right in _WRONG.items():
        text = text.replace(wrong, right + _FILL * (len(wrong) - 1))
    text = re.sub("â€(?![\u0080-\u00bf™“”˜¦œ])", "”" + _FILL, text)
    text = re.sub("Â([‘’“”–—])", lambda m: m[1] + _FILL, text)
    text = _WINDOWS_AT.sub(lambda m: _WINDOWS[m.group()] + _FILL * 2, text)
    text = _LOST_APOSTROPHE.sub("’", text)
    return _LOST_PAIR.sub(lambda m: f"“{m['words']}”", text)
