"""The statements of a Chinese article about the documents at hand: its sentences, cut where a new thing is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polidiff.checking.article.kinds import KINDS_ZH
from polidiff.model import Quote, Span

__all__ = ["clauses", "is_checkable", "is_foreign", "is_label", "speaks_of_all", "speaks_on"]

_KIND = "|".join(sorted((*KINDS_ZH, "文件", "文本", "摘要"), key=len, reverse=True))
_POINTING = re.compile(
    rf"^\W*(?:此外|同时|另外|不过|但是?|而|其中)?[，,]?(?:(?:该|这份|这一|这个|此|本)(?:{_KIND})|(?:{_KIND})(?=[\u4e00-\u9fff])|它|其)"
)
_ALL = re.compile(rf"(?:两国|两份|两个|双方|中美|三份|三国|各份)(?:的)?(?:{_KIND})?(?:都|均|皆|一致|同样)")
_SAYS = re.compile(r"表示|指出|认为|称|写道|说|强调|警告|批评|介绍|透露")
_SOURCE = re.compile(rf"(?:{_KIND}|》|它|其)(?:中|里|还|也|则|均|都|明确|进一步)*$")
_CUT = re.compile(r"；|，(?=(?:并且?|还|同时|但|而|另|以及|又|且))")
_HAN = re.compile(r"[\u4e00-\u9fff]")

_COUNTS = re.compile(r"(?:\d+|[一二两三四五六七八九十百]+)(?:个|大|项|条|章|部分)")
_STOPS = re.compile("[，。；：！？、“”]")
LABEL = 16
"""Characters of a line that may be a label."""
LEAST = 5
"""Characters of a clause, outside of quotations and titles, that say something a document could bear out."""


def is_label(paragraph: str) -> bool:
    """Whether a paragraph is a short line without any stop, as a heading or a list's name is, and says nothing."""
    words = paragraph.strip()
    return len(words) <= LABEL and _HAN.match(words) is not None and not _STOPS.search(words)


def speaks_of_all(sentence: str) -> bool:
    """Whether a sentence is about all documents at hand (“两份计划都……”)."""
    return _ALL.search(sentence) is not None


def speaks_on(sentence: str) -> bool:
    """Whether a sentence goes on about the document named before (“该计划还……”)."""
    return _POINTING.match(sentence) is not None


def is_foreign(sentence: Span, text: str, quotes: Sequence[Quote], named: Sequence[Span]) -> bool:
    """Whether somebody else than a document is speaking in the sentence."""
    if any(q.third_party for q in quotes):
        return True
    for match in _SAYS.finditer(sentence.cut(text)):
        at = sentence.start + match.start()
        if any(q.start <= at < q.end for q in quotes):
            continue
        before = text[sentence.start : at]
        near = any(0 <= at - span.end <= 6 for span in named)
        if not near and not _SOURCE.search(before):
            return True
    return False


def clauses(sentence: Span, text: str) -> list[Span]:
    """The parts of a sentence that each say a thing of their own."""
    words = sentence.cut(text)
    cuts = [
        0,
        *(m.end() for m in _CUT.finditer(words) if words[: m.start()].count("“") == words[: m.start()].count("”")),
    ]
    found = []
    for start, end in zip(cuts, [*cuts[1:], len(words)], strict=True):
        piece = words[start:end].rstrip("，；。！？ \n")
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Span(sentence.start + start + lead, sentence.start + start + len(piece)))
    return found


def is_checkable(clause: Span, text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a clause says something beside the words that it quotes and the titles that it names."""
    words = "".join(
        " " if any(q.start - 1 <= clause.start + i <= q.end for q in quotes) else c
        for i, c in enumerate(clause.cut(text))
    )
    words = re.sub(r"《[^》]*》", "", words)
    words = re.sub(rf"(?:该|这份|这一|此)?(?:{_KIND})|美国|中国|英国|欧盟|还|也|要求|提出|规定|主张|说|称", "", words)
    return len(_HAN.findall(words)) >= (LEAST - 2 if _COUNTS.search(words) else LEAST)
