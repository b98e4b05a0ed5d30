"""Cross-references: which provisions of the same document a provision names.

References to other laws ("Article 6 of Regulation (EU) 2016/679", 《网络安全法》第二十一条) and those inside of quoted
law are left alone; so is whatever names no provision that the document has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from polidiff.lang.numerals import ZH_NUMBER, zh_number
from polidiff.model import Provision

_TAIL = r"((?:\s?\(\w{1,5}\))*)"
_ARTICLES = re.compile(
    rf"\bArticles?\s+(\d{{1,3}}[a-z]?){_TAIL}((?:(?:,\s+(?:and\s+)?|\s+(?:and|or|to)\s+)\d{{1,3}}(?:\(\w{{1,5}}\))*)*)"
)
_MORE = re.compile(r"(,|and|or|to)\s+(\d{1,3})((?:\(\w{1,5}\))*)")
_FOREIGN = re.compile(
    r"\s*(?:,?\s*(?:first|second|third|fourth|point|points|paragraph|subparagraph|and|or|\(\w+\))[\s,]*)*"
    r"(?:of\s+(?:(?:Council|Commission|Delegated|Implementing|Framework)\s+)?"
    r"(?:Regulation|Directive|Decision|the\s+(?:Treaty|Charter|Statute|Protocol|Convention|Constitution)|that|those|Protocol)"
    r"|TEU|TFEU|thereof|to\s+(?:Regulation|Directive|that))"
)
_ANNEX = re.compile(r"\bAnnex(?:es)?\s+([IVXLC]+|\d{1,2})\b")
_PARAGRAPHS = re.compile(r"\b[Pp]aragraphs?\s+(\d{1,3})((?:\(\w{1,5}\))*)((?:(?:,\s+|\s+(?:and|or|to)\s+)\d{1,3})*)")
_POINT = re.compile(r"\bpoint\s+\((\w{1,5})\)\s+of\s+(?:this\s+paragraph|the\s+first\s+subparagraph)")
_SECTIONS = re.compile(
    rf"\b[Ss]ections?\s+(\d{{1,2}}(?:\.\d{{1,2}})?){_TAIL}((?:(?:,\s+(?:and\s+)?|\s+(?:and|or)\s+)\d{{1,2}}(?:\.\d{{1,2}})?(?:\(\w{{1,5}}\))*)*)\s+of\s+this\s+(?:order|memorandum|proclamation)"
)
_SECTION_MORE = re.compile(r"(?:,|and|or)\s+(\d{1,2}(?:\.\d{1,2})?)((?:\(\w{1,5}\))*)")
_NUMBERED = re.compile(rf"\bsubsections?\s+(\d{{1,2}}\.\d{{1,2}}){_TAIL}\s+of\s+this\s+section")
_SUBSECTION = re.compile(
    r"\b(?:sub)?(?:section|paragraph)s?\s+((?:\(\w{1,5}\))+)\s+of\s+this\s+(?:section|subsection|paragraph)"
)
_RECOMMENDATION = re.compile(r"\b[Rr]ecommendations?\s+(\d{1,3})\b")
_ZH_ARTICLE = re.compile(rf"第({ZH_NUMBER})条(?:之({ZH_NUMBER}))?(?:第({ZH_NUMBER})款)?(?:第?（?({ZH_NUMBER})）?项)?")
# In traditional characters (條) the paragraph is a 項 and the item a 款.
_ZH_ARTICLE_TRADITIONAL = re.compile(
    rf"第({ZH_NUMBER})條(?:之({ZH_NUMBER}))?(?:第({ZH_NUMBER})項)?(?:第?({ZH_NUMBER})款)?"
)
_ZH_LAW = re.compile(r"(?:法|条例|规定|细则|决定|公约|條例|規定|細則|決定|公約)$")
_ZH_THIS = re.compile(r"(?:本|该|該|上述)(?:法|办法|条例|规定|细则|决定|辦法|條例|規定|細則|決定)$")
_ZH_OWN = re.compile(rf"(?:本条第({ZH_NUMBER})款|本條第({ZH_NUMBER})項)")
_QUOTES = re.compile(r"(?:following|replaced|added|inserted)[^:]{0,80}:\s*[‘“].*", re.DOTALL)
_AMENDS = re.compile(
    r"\bis amended as follows|\bfollowing\b.{0,60}\b(?:is|are) (?:added|inserted)|replaced by the following"
)
_REACH = 60


def resolve(found: Sequence[Provision]) -> list[Provision]:
    """Return the provisions with ``refs`` filled in: ids in the order in which they are named, each once."""
    index = _Index(found)
    out: list[Provision] = []
    for provision in found:
        names = dict.fromkeys(i for i in index.named(provision) if i is not None and not _within(i, provision.id))
        out.append(replace(provision, refs=tuple(names)) if names else provision)
    return out


def _within(other: str, own: str) -> bool:
    return other == own or other.startswith(own + ".")


class _Index:
    def __init__(self, found: Sequence[Provision]) -> None:
        self.ids = {p.id for p in found}
        self.numbers: dict[str, str] = {}
        for p in found:
            if p.number is None:
                continue
            root = p.id.split(".")[0]
            family = root.split("-")[0]
            if family == "rec" and p.kind == "recital":
                continue
            self.numbers.setdefault(f"{family}:{p.number}", p.id)
        self.amending = {p.id for p in found if p.kind == "article" and _AMENDS.search(p.text[:400])}
        self.law = any(p.kind == "article" for p in found)
        self.order = any(i.startswith("sec-") for i in self.ids)
        self.zh = self.law and any(p.language == "zh" for p in found)

    def named(self, p: Provision) -> Iterator[str | None]:
        text = _QUOTES.sub("", p.text) if self.law and ("‘" in p.text or "“" in p.text) else p.text
        if self.zh:
            yield from self._chinese(text, p)
        elif self.law and p.id.split(".")[0] in self.amending:
            return  # its references are to the law that it amends
        elif self.law:
            yield from self._act(text, p)
        elif self.order:
            yield from self._order(text, p)
        else:
            for match in _RECOMMENDATION.finditer(text):
                yield self.numbers.get(f"rec:{match.group(1)}")

    def _article(self, number: str) -> str | None:
        number = number.replace(" ", "")
        while number:
            found = self.numbers.get(f"art:{number}")
            if found:
                return found
            number = number[: number.rfind("(")] if "(" in number else ""
        return None

    def _act(self, text: str, p: Provision) -> Iterator[str | None]:
        if "Article" in text:
            yield from self._articles(text)
        for match in _ANNEX.finditer(text) if "Annex" in text else ():
            if not _FOREIGN.match(text, match.end(), match.end() + _REACH):
                yield self.numbers.get(f"annex:{match.group(1)}")
        root = p.id.split(".")[0]
        if not root.startswith("art-"):
            return
        if "aragraph" in text:
            yield from self._paragraphs(text, root[4:])
        for match in _POINT.finditer(text) if "point" in text else ():
            yield self._sibling(p.id, match.group(1))

    def _articles(self, text: str) -> Iterator[str | None]:
        """Articles of this document, one by one and from one to another."""
        for match in _ARTICLES.finditer(text):
            if _FOREIGN.match(text, match.end(), match.end() + _REACH):
                continue
            yield self._article(match.group(1) + match.group(2))
            last = int(re.sub(r"\D", "", match.group(1)))
            for more in _MORE.finditer(match.group(3)):
                number = int(more.group(2))
                if more.group(1) == "to":
                    for between in range(last + 1, min(number, last + 60)):
                        yield self._article(str(between))
                yield self._article(more.group(2) + more.group(3))
                last = number

    def _paragraphs(self, text: str, article: str) -> Iterator[str | None]:
        """Paragraphs of the article in which they are named."""
        for match in _PARAGRAPHS.finditer(text):
            after = text[match.end() : match.end() + 20]
            if re.match(r"\s+of\s+(?:Article|that|Annex)", after) or text[: match.start()].rstrip().endswith(","):
                continue
            for number in [match.group(1) + match.group(2), *re.findall(r"\d+", match.group(3))]:
                yield self._article(f"{article}({number.split('(')[0]})" + "".join(re.findall(r"\(\w+\)", number)))

    def _sibling(self, own: str, key: str) -> str | None:
        parts = own.split(".")
        for size in range(len(parts), 0, -1):
            candidate = ".".join([*parts[:size], key])
            if candidate in self.ids:
                return candidate
        return None

    def _order(self, text: str, p: Provision) -> Iterator[str | None]:
        for match in _SECTIONS.finditer(text):
            yield self._section(match.group(1), match.group(2))
            for number, tail in _SECTION_MORE.findall(match.group(3)):
                yield self._section(number, tail)
        for match in _NUMBERED.finditer(text):
            yield self._section(match.group(1), match.group(2))
        for match in _SUBSECTION.finditer(text):
            base = re.match(r"[\d.]+", p.number or "")
            if base:
                yield self._section(base.group(), match.group(1))

    def _section(self, number: str, tail: str) -> str | None:
        full = number + tail.replace(" ", "")
        while full:
            found = self.numbers.get(f"sec:{full}")
            if found:
                return found
            full = full[: full.rfind("(")] if "(" in full else ""
        return None

    def _chinese(self, text: str, p: Provision) -> Iterator[str | None]:
        own = p.id.split(".")[0]
        for match in (*_ZH_ARTICLE.finditer(text), *_ZH_ARTICLE_TRADITIONAL.finditer(text)):
            before = text[max(0, match.start() - 6) : match.start()]
            if before.endswith("》") or (_ZH_LAW.search(before) and not _ZH_THIS.search(before)):
                continue
            article = f"art-{zh_number(match.group(1))}" + (f"-{match.group(2)}" if match.group(2) else "")
            yield self._zh_part(article, match.group(3), match.group(4))
        if not own.startswith("art-"):
            return
        for match in _ZH_OWN.finditer(text):
            yield self._zh_part(own, match.group(1) or match.group(2), None)
        if "前条" in text or "前條" in text:
            yield self._zh_part(f"art-{int(re.sub(r'[^0-9]', '', own)) - 1}", None, None)
        run = re.search(r"\.k(\d+)", p.id)
        if run:
            for word, back in (("前款", 1), ("前項", 1), ("前两款", 2), ("前二項", 2), ("前三款", 3)):
                if word in text:
                    for count in range(max(1, int(run.group(1)) - back), int(run.group(1))):
                        yield self._zh_part(own, str(count), None)

    def _zh_part(self, article: str, run: str | None, item: str | None) -> str | None:
        tries = [article]
        if run:
            tries.append(f"{article}.k{zh_number(run)}")
        if item:
            tries += [f"{article}.{zh_number(item)}", f"{tries[-1]}.{zh_number(item)}"]
        return next((t for t in reversed(tries) if t in self.ids), None)
