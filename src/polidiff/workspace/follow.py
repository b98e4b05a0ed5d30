"""From an old version of a document to the current one: a decision follows its provision, or stays behind.

The same words must stand in the same place: under the same headings (their numbers may change) and the same lead-in,
which may turn what an item says round. Words that stand there several times must do so equally often in both versions,
each beside the same neighbour. Words that merely look alike elsewhere are never taken for the provision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from polidiff.lang.numerals import ANY_NUMERAL
from polidiff.model import Document, Provision, Span

Key = tuple[tuple[str, ...], str, str]


def follow(old: tuple[Document, Sequence[Provision]], new: tuple[Document, Sequence[Provision]]) -> dict[Span, Span]:
    """Return where each leaf of the old version stands in the new one; leaves that don't are left out."""
    before = [provision for provision in old[1] if provision.leaf]
    after = [provision for provision in new[1] if provision.leaf]
    found: dict[int, int] = {}
    for renumbered, evened in ((False, False), (True, False), (True, True)):
        was = [_key(old[0], p, renumbered, evened) for p in before]
        _pair(found, was, [_key(new[0], p, renumbered, evened) for p in after])
    return {before[i].span: after[j].span for i, j in sorted(found.items())}


_ALIKE = {"'": "‘’‚‛′ʼ", '"': "“”„‟″«»", "-": "‐‑‒–—―−"}
_MARKS = str.maketrans({other: mark for mark, others in _ALIKE.items() for other in others} | {"\u00ad": ""})


def _evened(words: str) -> str:
    """Words with one kind of quotation mark, dash and space: typesetting that decisions outlive."""
    return " ".join(words.translate(_MARKS).split())


def _key(document: Document, provision: Provision, renumbered: bool, evened: bool) -> Key:
    """What a provision is known by: its headings (without their numbers), the words that introduce it, its own."""
    lead_in = "" if provision.lead_in is None else document.cut(provision.lead_in)
    path = provision.path
    if renumbered:
        path = tuple(" ".join(ANY_NUMERAL.sub("#", title).split()) for title in path)
    if evened:
        return tuple(map(_evened, path)), _evened(lead_in), _evened(provision.text)
    return path, lead_in, provision.text


def _pair(found: dict[int, int], before: Sequence[Key], after: Sequence[Key]) -> None:
    """Pair what stands once in both versions, then what stands equally often and beside a neighbour that is paired."""
    counts_before, counts_after = Counter(before), Counter(after)
    places = {key: j for j, key in enumerate(after)}
    taken = set(found.values())
    for i, key in enumerate(before):
        if counts_before[key] == 1 == counts_after[key] and i not in found and places[key] not in taken:
            found[i] = places[key]
            taken.add(places[key])
    for step, order in ((1, range(len(before))), (-1, range(len(before) - 1, -1, -1))):
        for i in order:
            near = found.get(i - step)
            j = None if near is None else near + step
            if i in found or j is None or not 0 <= j < len(after) or j in taken or before[i] != after[j]:
                continue
            if counts_before[before[i]] == counts_after[after[j]]:
                found[i] = j
                taken.add(j)
