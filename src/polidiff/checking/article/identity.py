"""What a name says of a document (its kind, its number, its year), and whether a document at hand can be the one meant.

“China's plan” is none of China's measures, “EO 14110” no other order, and “the 2023 order” none of 2025.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.model import Document, Span

__all__ = ["Identity", "beside_digest", "family", "numbers"]

_FAMILIES: dict[str, str] = {
    "plan": "plan strategy blueprint roadmap agenda programme program 计划 方案 战略 规划 蓝图 行动纲领 路线图",
    "law": "act law bill code statute regulation rules measures directive 法案 办法 条例 法 规定 法令 法规 细则",
    "order": "order decree memorandum memo 行政令 命令 总统令 备忘录",
    "accord": "convention treaty declaration manifesto principles 宣言 公约 条约 倡议 原则",
    "guide": "guidelines guidance guideline 指南 指引",
}
"""Kinds of document that news don't take for one another; “policy”, “framework”, “paper” and the like may be any."""

_BY_WORD = {word: name for name, words in _FAMILIES.items() for word in words.split()}
_KIND = re.compile(
    r"\b(?:" + "|".join(w for w in _BY_WORD if w.isascii()) + r")s?\b"
    r"|" + "|".join(sorted((w for w in _BY_WORD if not w.isascii()), key=len, reverse=True)),
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?P<name>\b(?:executive\s+orders?|e\.?o\.?|presidential\s+memorandum|public\s+law|pub\.\s*l\.|regulation|directive|decision|"
    r"bill|cm|cp|circular|memorandum|law|act|decree)\s*(?:\((?:EU|EC|EEC)\)\s*)?(?:no\.?\s*)?"
    r"(?P<number>(?:[A-Z]-)?\d[\d/-]*\d))(?![\d%])"
    r"|(?P<zh>第\s*(?P<zh_number>\d{3,})\s*号(?:行政令|总统令|令|法律)?|行政令\s*第?\s*(?P<order>\d{3,})\s*号?|"
    r"(?P<issue>[\u4e00-\u9fff]{1,6}〔\d{4}〕\d+号))",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ORDERS = re.compile(r"\bhereby\s+ordered\b|\bexecutive\s+order\b|行政令", re.IGNORECASE)
OWN, HEAD = 400, 1500
"""Characters at the start of a document in which its own number stands, and in which it says that it is an order."""


def family(words: str) -> str | None:
    """The family of the last word of kind in ``words`` (``plan``, ``law``, ``order`` …), or None."""
    found = None
    for match in _KIND.finditer(words):
        low = match.group().casefold()
        found = _BY_WORD.get(low) or _BY_WORD.get(low.removesuffix("s")) or found
    return found


def numbers(text: str) -> list[tuple[int, int, str]]:
    """Where ``text`` names an act by its number: start, end and the number."""
    found = []
    for match in _NUMBER.finditer(text):
        number = match["number"] or match["zh_number"] or match["order"] or match["issue"]
        name = match["name"] or match["zh"]
        plain = re.sub(r"\D", "", number)
        if (match["name"] and len(plain) < 3) or (len(plain) == 4 and _YEAR.fullmatch(plain)):
            continue
        start = match.start() + (match.group().find(name) if name else 0)
        found.append((start, match.end(), number))
    return found


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of one document at hand: its family of kinds, its years, and where its number would stand."""

    family: str | None
    years: frozenset[str]
    head: str

    @classmethod
    def of(cls, document: Document) -> Identity:
        """Read it from the document's title, id, date and first lines."""
        head = f"{document.title}\n{document.text[:HEAD]}"
        kind = family(document.title) or ("order" if _ORDERS.search(head) else None)
        named = f"{document.date or ''} {document.id} {document.title}"
        own = f"{document.id} {document.title}"
        if all(_YEAR.fullmatch(number) for number in re.findall(r"\d{3,}", own)):
            own += f"\n{document.text[:OWN]}"
        return cls(kind, frozenset(_YEAR.findall(named)), own)

    def may_be(self, name: str) -> bool:
        """Whether ``name`` can mean this document: its kind and its year, where it gives them, are the document's."""
        kind = family(name)
        if kind is not None and self.family is not None and kind != self.family:
            return False
        years = set(_YEAR.findall(name))
        return not years or not self.years or bool(years & self.years)

    def has_number(self, number: str) -> bool:
        """Whether the document's head gives it this number."""
        return re.search(rf"(?<![\d/]){re.escape(number)}(?![\d/])", self.head) is not None


def beside_digest(text: str, span: Span) -> bool:
    """Whether a name at ``span`` is that of a digest: one is named right before or after it."""
    before = text[max(0, span.start - 30) : span.start]
    after = text[span.end : span.end + 16]
    return bool(
        re.search(r"(?:digest|summary)\s+(?:of|to)\s+(?:the\s+)?[“\"'‘]?$", before, re.IGNORECASE)
        or re.match(r"[”\"'’》]?\s*[(（]?(?:digest|summary|的?摘要|的?概要)", after, re.IGNORECASE)
    )
