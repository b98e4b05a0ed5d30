"""Word-by-word differences between a quotation and the passage that it follows, and whether they matter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from polidiff.checking.quotes.folding import Key, is_han
from polidiff.lang.data import load_list
from polidiff.lang.numerals import number_words
from polidiff.lang.terms import lexicon
from polidiff.lang.wordnet import entry
from polidiff.lang.words import HAN, stem
from polidiff.model import Document, Edit, Span
from polidiff.model.verdicts import EditKind

_TOKEN = re.compile(
    r"[$€£¥]?\d+(?:[.,]\d+)*%?"
    rf"|[{HAN}]|[^\W\d_{HAN}]+"
    rf"(?:(?:\u00ad|['’‘ʼ]|[-\u2010\u00ad][ \t]*\r?\n[ \t]*)[^\W\d_{HAN}]+)*"
    r"|[^\W_]+"
)

_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s|[。！？]")

_QUOTED = load_list("quoted")
NEGATION, MODALITY, ACTORS = (frozenset(_QUOTED[name]["english"]) for name in ("negation", "modality", "actors"))
NEGATION_ZH, MODALITY_ZH, ACTORS_ZH = (frozenset(_QUOTED[n]["chinese"]) for n in ("negation", "modality", "actors"))
SHORT = 6
"""Words on either side of a change up to which two of them are held against each other as opposites."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or Chinese character: its fold, and its span of the text."""

    fold: bytes
    span: Span


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the words of ``text[start:end]``; each Chinese character is one."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        fold = word.encode() if word.isascii() and word.islower() and word.isalpha() else Key.of(word).data
        if fold and word[-1] == "%":
            fold += b"%"
        if fold and any(c.isdigit() for c in word):
            fold += b"." if "." in word else b""
        if fold:
            found.append(Token(fold, Span(match.start(), match.end())))
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quotation laid beside a passage: the edits, and the words that agree.

    ``firm`` leaves out agreeing words that stand alone (single characters or pairs in Chinese), which may be chance.
    """

    edits: tuple[Edit, ...]
    same: int
    quote_words: int
    source_words: int
    span: Span
    longest: int
    firm: int = 0

    @property
    def likeness(self) -> float:
        """Agreeing words as a share of the words on both sides, 0..1 (the Dice coefficient)."""
        total = self.quote_words + self.source_words
        return 2 * self.same / total if total else 0.0


def compare(quote: str, part: Span, document: Document, window: Span) -> Comparison:
    """Align the words of ``quote`` at ``part`` with those of ``document`` in ``window``.

    Words of the window before the first and after the last agreeing word are no edits: the window is only where to
    look. Quotation words there are replacements for as many words beside the passage where they follow a pattern of
    one word for one word, else insertions.
    """
    there = tokens(document.text, window.start, window.end)
    struck = document.struck_in(window)
    if not struck:
        return _compare(quote, part, document, there, window)
    live = [token for token in there if not any(token.span.overlaps(cut) for cut in struck)]
    both = [_compare(quote, part, document, words, window) for words in (live, there)]
    return max(both, key=lambda one: one.likeness)


def _compare(quote: str, part: Span, document: Document, there: list[Token], window: Span) -> Comparison:
    said = tokens(quote, part.start, part.end)
    blocks = _blocks(said, there, document.text)
    if not blocks:
        return Comparison((), 0, len(said), 0, Span(window.start, window.start), 0)
    first, last = blocks[0], blocks[-1]
    low = max(0, first[1] - min(first[0], 3))
    rest = len(said) - (last[0] + last[2])
    high = min(len(there), last[1] + last[2] + min(rest, 3))
    edits = []
    q, s = 0, low
    for block_q, block_s, size in [*blocks, (len(said), high, 0)]:
        if block_q > q or block_s > s:
            edits.append(_edit(quote, said, (q, block_q), document, there, (s, block_s), window))
        q, s = block_q + size, block_s + size
    same = sum(block[2] for block in blocks)
    span = Span(there[low].span.start, there[high - 1].span.end)
    least = 3 if sum(is_han(t.span.cut(quote)[0]) for t in said) * 2 > len(said) else 2
    firm = sum(block[2] for block in blocks if block[2] >= least)
    return Comparison(tuple(edits), same, len(said), high - low, span, max(block[2] for block in blocks), firm)


def _blocks(said: Sequence[Token], there: Sequence[Token], text: str) -> list[tuple[int, int, int]]:
    """Matching blocks of the best alignment (first word of each side, words), each as near to the main one as may be.

    Stray matches at either end are dropped: far from the main one, or a lone word of another sentence of ``text``.
    """
    codes: dict[bytes, int] = {}
    a = [codes.setdefault(one.fold, len(codes)) for one in said]
    b = [codes.setdefault(one.fold, len(codes)) for one in there]
    blocks = [
        (op.src_start, op.dest_start, op.src_end - op.src_start) for op in Indel.opcodes(a, b) if op.tag == "equal"
    ]
    if not blocks:
        return []
    main = max(range(len(blocks)), key=lambda i: blocks[i][2])

    def stray(left: tuple[int, int, int], right: tuple[int, int, int], size: int) -> bool:
        end = left[1] + left[2]
        between = text[there[end - 1].span.end : there[right[1]].span.start]
        return right[1] - end > 4 + 3 * size or (size == 1 and _SENTENCE_END.search(between) is not None)

    keep = [blocks[main]]
    for q, s, size in blocks[main + 1 :]:
        held = keep[-1]
        block = (q, _nearest(b, (s, size), range(held[1] + held[2], s)), size)
        if stray(held, block, size):
            break
        keep.append(block)
    for q, s, size in reversed(blocks[:main]):
        block = (q, _nearest(b, (s, size), range(keep[0][1] - size, s, -1)), size)
        if stray(block, keep[0], size):
            break
        keep.insert(0, block)
    return _joined(keep)


def _nearest(words: Sequence[int], block: tuple[int, int], places: range) -> int:
    """The first of ``places`` at which the words of ``block`` (where it starts, how many) stand, else its own."""
    start, size = block
    wanted = words[start : start + size]
    return next((place for place in places if words[place : place + size] == wanted), start)


def _joined(blocks: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """``blocks`` with those made one that follow each other on both sides."""
    found = [blocks[0]]
    for q, s, size in blocks[1:]:
        last = found[-1]
        if (last[0] + last[2], last[1] + last[2]) == (q, s):
            found[-1] = (last[0], last[1], last[2] + size)
        else:
            found.append((q, s, size))
    return found


def _edit(
    quote: str,
    said: list[Token],
    q: tuple[int, int],
    document: Document,
    there: list[Token],
    s: tuple[int, int],
    window: Span,
) -> Edit:
    if q[1] > q[0]:
        quote_span = Span(said[q[0]].span.start, said[q[1] - 1].span.end)
    else:
        at = said[q[0]].span.start if q[0] < len(said) else said[-1].span.end
        quote_span = Span(at, at)
    if s[1] > s[0]:
        source_span = Span(there[s[0]].span.start, there[s[1] - 1].span.end)
    else:
        at = there[s[0]].span.start if s[0] < len(there) else (there[-1].span.end if there else window.start)
        source_span = Span(at, at)
    kind: EditKind = "replace" if q[1] > q[0] and s[1] > s[0] else "insert" if q[1] > q[0] else "delete"
    words, original = quote_span.cut(quote), document.cut(source_span)
    return Edit(kind, words, original, quote_span, source_span, matters(words, original))


def matters(quote: str, source: str) -> str:
    """Return why turning ``source`` into ``quote`` matters, or an empty string.

    That is number, negation, modality, actor, or opposite: a word is turned into its opposite.
    """
    said, was = _words(quote), _words(source)
    if any(c.isdigit() for c in quote + source) and _numbers(quote) != _numbers(source):
        return "number"
    if number_words(quote) != number_words(source):
        return "number"
    if bool(said & NEGATION) != bool(was & NEGATION) or _affix(said, was):
        return "negation"
    if _han_in(quote, NEGATION_ZH) != _han_in(source, NEGATION_ZH):
        return "negation"
    if (said ^ was) & MODALITY or _terms(quote, MODALITY_ZH) != _terms(source, MODALITY_ZH):
        return "modality"
    if (said ^ was) & ACTORS or _terms(quote, ACTORS_ZH) != _terms(source, ACTORS_ZH) or _names(quote) ^ _names(source):
        return "actor"
    return "opposite" if _opposite(said - was, was - said) else ""


def _opposite(said: set[str], was: set[str]) -> bool:
    """Whether a word of a short change is the opposite of one that stood there: closed, open."""
    if not said or not was or max(len(said), len(was)) > SHORT:
        return False
    here, there = ({stem(word) for word in words} for words in (said, was))
    pairs = lexicon().pairs
    return any(
        b in entry(a).opposites or a in entry(b).opposites or frozenset((a, b)) in pairs for a in here for b in there
    )


def _words(text: str) -> set[str]:
    return {re.sub(r"['’‘ʼ]", "", word).casefold() for word in re.findall(r"[^\W\d_]+(?:['’‘ʼ][^\W\d_]+)*", text)}


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def _han_in(text: str, chars: frozenset[str]) -> set[str]:
    return {c for c in text if c in chars}


def _terms(text: str, terms: Iterable[str]) -> set[str]:
    return {term for term in terms if term in text}


def _affix(said: set[str], was: set[str]) -> bool:
    """Whether a word was turned into its opposite by a prefix: lawful, unlawful."""
    for one, other in ((said, was), (was, said)):
        for word in one:
            if any(word == prefix + base for base in other for prefix in ("un", "in", "im", "il", "ir", "non", "dis")):
                return True
    return False


def _names(text: str) -> set[str]:
    """Names: acronyms, and capitalised words that don't start the text."""
    found = set()
    for match in re.finditer(r"[^\W\d_]+", text):
        word = match.group()
        if not is_han(word[0]) and ((len(word) > 1 and word.isupper()) or (match.start() > 0 and word[0].isupper())):
            found.add(word.casefold())
    return found
