"""Term lists compiled once, matched fast: the longest match over the whole list wins.

How a term is written, in a codebook or in one of this room's own lists:

- ``data center`` matches every inflection, hyphenation and spelling (``data-centres``);
- ``NIST``, ``R&D``: a word in capitals matches capitals only;
- ``deregulat*`` matches any word that begins so;
- ``share ... threat`` matches the two parts within one sentence, at most six words apart (eight characters in Chinese);
- a term in Chinese matches as it stands, wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from polidiff.lang.words import Word, Words, has_cjk, stem, words_of
from polidiff.model import Theme

__all__ = ["GAP_CHARACTERS", "GAP_WORDS", "Hit", "Lexicon", "term_fault"]

GAP_WORDS = 6
GAP_CHARACTERS = 8
#: Characters between the two parts beyond which no gap of six words can reach.
_REACH = 160
#: Words of which it is remembered what they open.
_REMEMBERED = 50_000
_GAP = re.compile(r"\s*(?:\.\.\.|…+)\s*")
_ZH_CUT = re.compile(r"[，。；：！？\n]")
_PART = re.compile(r"(?:[A-Za-z]\.){2,}|[A-Za-z]+&[A-Za-z]+|[^\W\d_\u3400-\u9fff]+\*?|\d+(?:[.,]\d+)*")


class Hit(NamedTuple):
    """One match: ``start:end`` in the text, and the index of the term in the list."""

    start: int
    end: int
    term: int


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    exact: dict[str, _Node] = field(default_factory=dict)
    prefixes: dict[str, _Node] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    ends: list[int] = field(default_factory=list)


class _ZhNode(dict[str, "_ZhNode"]):
    """A node of the Chinese trie."""

    __slots__ = ("ends",)

    def __init__(self) -> None:
        super().__init__()
        self.ends: list[int] = []


def term_fault(term: str) -> str | None:
    """Return what is wrong with a term as written, in plain words, or None."""
    if not term.strip():
        return "an empty term"
    if term != term.strip():
        return f"the term “{term}” begins or ends with a space"
    parts = _GAP.split(term)
    if any(not part for part in parts):
        return f"the term “{term}” begins or ends with a gap"
    if len(parts) > 2:
        return f"the term “{term}” has more than one gap"
    for part in parts:
        if not has_cjk(part) and not _PART.search(part):
            return f"the term “{term}” holds no word"
        if re.search(r"\*(?!\s|$|-)", part):
            return f"the term “{term}” has a * inside of a word"
        for word in _PART.findall(part):
            if word.endswith("*") and len(word) < 4:
                return f"the term “{term}” has a beginning of under three letters before *"
    return None


def terms_of(theme: Theme) -> tuple[str, ...]:
    """Return the terms by which a theme is looked for: its own, or its names where it has none."""
    own = (*theme.en_terms, *theme.zh_terms)
    return own or tuple(dict.fromkeys(term for term in map(_as_term, (theme.name, theme.name_zh)) if term))


def terms_in(theme: Theme, language: str) -> tuple[str, ...]:
    """Return those of :func:`terms_of` that are written for ``language`` (``zh``; anything else is English)."""
    if theme.en_terms or theme.zh_terms:
        return theme.zh_terms if language == "zh" else theme.en_terms
    return tuple(term for term in terms_of(theme) if has_cjk(term) == (language == "zh"))


def _as_term(name: str) -> str:
    """A name as a term, or nothing where it holds no word: the signs of the term language are only signs in a name."""
    plain = " ".join(_GAP.sub(" ", name.replace("*", " ")).split())
    return "" if term_fault(plain) else plain


class Lexicon:
    """A list of terms, compiled. ``terms[hit.term]`` is the term that a hit matched."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.terms = tuple(terms)
        self._root = _Node()
        self._known: dict[str, tuple[_Node, ...]] = {}
        self._zh = _ZhNode()
        self._gaps: dict[int, list[tuple[int, int]]] = {}
        self._parts: list[str] = list(self.terms)
        for index, term in enumerate(self.terms):
            pieces = _GAP.split(term)
            if len(pieces) == 1:
                self._add(term, index)
                continue
            first, second = self._part(pieces[0]), self._part(pieces[1])
            self._gaps.setdefault(first, []).append((second, index))
        _measure(self._root)

    def _part(self, piece: str) -> int:
        self._parts.append(piece)
        index = len(self._parts) - 1
        self._add(piece, index)
        return index

    def _add(self, term: str, index: int) -> None:
        if has_cjk(term):
            node = self._zh
            for char in term:
                node = node.setdefault(char, _ZhNode())
            node.ends.append(index)
            return
        at = self._root
        for word in _PART.findall(term):
            if word.endswith("*"):
                start = word[:-1].lower()
                at = at.prefixes.setdefault(start, _Node())
                continue
            letters = word.replace("&", "").replace(".", "")
            if len(letters) > 1 and (letters.isupper() or (letters[-1] == "s" and letters[:-1].isupper())):
                at = at.exact.setdefault(_singular(word), _Node())
            else:
                at = at.words.setdefault(stem(word), _Node())
        at.ends.append(index)

    def find(self, words: Words | str, *, nested: bool = False) -> list[Hit]:
        """Return the matches in order of place; one that lies inside a longer one is left out unless ``nested``.

        Matches of terms with a gap neither swallow others nor are swallowed.
        """
        if isinstance(words, str):
            words = words_of(words)
        raw = self._english(words.words)
        if words.cjk:
            raw += self._chinese(words.text)
        if not raw:
            return []
        total = len(self.terms)
        plain = [hit for hit in raw if hit.term < total]
        hits = plain if nested else _longest(plain)
        if self._gaps:
            hits = hits + self._spread(raw, () if nested else hits, words)
        return sorted(set(hits))

    def _english(self, words: Sequence[Word]) -> list[Hit]:
        hits: list[Hit] = []
        known = self._known
        for index, word in enumerate(words):
            nodes = known.get(word.raw)
            if nodes is None:
                nodes = self._opened(word)
            at = index
            while nodes:
                hits.extend(Hit(word.start, words[at].end, term) for node in nodes for term in node.ends)
                at += 1
                if at == len(words) or not words[at].joined:
                    break
                nodes = _after(nodes, words[at])
        return hits

    def _opened(self, word: Word) -> tuple[_Node, ...]:
        """Where a term may stand after its first word. Most words open none: that is remembered by word, which gives
        its key."""
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        found = self._known[word.raw] = _after((self._root,), word)
        return found

    def _chinese(self, text: str) -> list[Hit]:
        hits: list[Hit] = []
        root = self._zh
        size = len(text)
        for start in range(size):
            node = root.get(text[start])
            end = start + 1
            while node is not None:
                if node.ends:
                    hits.extend(Hit(start, end, term) for term in node.ends)
                if end >= size:
                    break
                node = node.get(text[end])
                end += 1
        return hits

    def _spread(self, raw: Iterable[Hit], whole: Sequence[Hit], words: Words) -> list[Hit]:
        """Matches of terms with a gap. A first part that lies inside a longer whole term does not open one."""
        by_part: dict[int, list[Hit]] = {}
        for hit in sorted(raw):
            if hit.term >= len(self.terms):
                by_part.setdefault(hit.term, []).append(hit)
        starts = [hit.start for hit in whole]
        places = {part: [hit.start for hit in hits] for part, hits in by_part.items()}
        found: list[Hit] = []
        for first, lefts in by_part.items():
            for second, term in self._gaps.get(first, ()):
                rights = by_part.get(second)
                if rights is None:
                    continue
                for left in lefts:
                    at = bisect_right(starts, left.start)
                    if any(hit.start <= left.start and left.end < hit.end for hit in whole[max(0, at - 4) : at]):
                        continue
                    index = bisect_left(places[second], left.end)
                    if index < len(rights) and _near(words.text, left.end, rights[index].start):
                        found.append(Hit(left.start, rights[index].end, term))
        return found


def _near(text: str, start: int, end: int) -> bool:
    """Whether what stands between the two parts of a term keeps them together."""
    if end - start > _REACH:
        return False
    between = text[start:end]
    if has_cjk(between) or not between:
        return len(between) <= GAP_CHARACTERS and _ZH_CUT.search(between) is None
    if re.search(r"[.;:!?。\n]", between):
        return False
    return len(between.split()) <= GAP_WORDS


def _after(nodes: Sequence[_Node], word: Word) -> tuple[_Node, ...]:
    """The nodes that a word leads to."""
    found: list[_Node] = []
    for node in nodes:
        following = node.words.get(word.key)
        if following is not None:
            found.append(following)
        if node.exact:
            following = node.exact.get(_singular(word.raw))
            if following is not None:
                found.append(following)
        for length in node.lengths:
            following = node.prefixes.get(word.raw[:length].lower())
            if following is not None:
                found.append(following)
    return tuple(found)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word[-1] == "s" and word[:-1].isupper() else word


def _measure(node: _Node) -> None:
    stack = [node]
    while stack:
        at = stack.pop()
        at.lengths = tuple(sorted({len(prefix) for prefix in at.prefixes}))
        stack.extend(at.words.values())
        stack.extend(at.exact.values())
        stack.extend(at.prefixes.values())


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Leave out every hit that lies inside a longer one."""
    kept: list[Hit] = []
    reach = -1
    widest = (-1, -1)
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hit.end > reach:
            reach = hit.end
            widest = (hit.start, hit.end)
        elif (hit.start, hit.end) != widest:
            continue
        kept.append(hit)
    return kept
