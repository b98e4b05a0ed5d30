"""Statutes of the Westminster kind: Parts and Chapters above, titled sections, subsections in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from polidiff.model import Document, Heading, Span
from polidiff.provisions.labels import digits, label_at
from polidiff.provisions.nest import Branch, Token, chained, nest
from polidiff.provisions.points import Citation, nodes
from polidiff.provisions.quoted import quoted
from polidiff.provisions.tree import Node, Tree, Walker
from polidiff.provisions.units import Unit, label_of, one_line

# "2(1) The …" or "2 The …" below a title of its own, and "2  Title" as a heading.
_OPENS = re.compile(r"(?:(?:Section|Sec\.|s\.)[\s\xa0]+)?(\d{1,4}[A-Z]{0,3})\.?[\s\xa0\t]*(?=\(1\)|[A-Z“‘\"])")
_TITLED = re.compile(r"(?:Section[\s\xa0]+)?(\d{1,4}[A-Z]{0,3})\.?[\s\xa0\t:—–-]+(?=[A-Z“‘\"])")
# A section of a code, whose number holds its title and chapter: "§ 12-3-103. Duties.", "Sec. 552.001. Scope."
_CODE = re.compile(
    r"(?:§§?|Sec\.|SEC\.|Section)[\s\xa0]*(\d{1,4}[A-Z]?(?:[.:-]\d{1,5}[A-Za-z]?)+|\d{2,5}[a-z]?)\.?[\s\xa0\t:—–-]+(?=[A-Z“‘\"(\[])"
)
_DIVISION = re.compile(
    r"(PART|Part|CHAPTER|Chapter|DIVISION|Division|SUBDIVISION|Subdivision|TITLE|Title)[\s\xa0]+([IVXLC]+|[A-Z]|\d{1,3}[A-Z]?)"
    r"(?=$|[\s\xa0.:—–-])[\s\xa0.:—–-]*"
)
_RANK = {"title": 0, "part": 1, "chapter": 2, "division": 3, "subdivision": 4}
_CROSS = 5
_SCHEDULE = re.compile(r"(?:SCHEDULES?|Schedules?)(?:[\s\xa0]+(\d{1,2}[A-Z]?|[IVX]+))?(?=$|[\s\xa0.:—–-])")
_STATUTE = re.compile(r"\b(?:this Act|subsection|BE IT ENACTED|Be it enacted|enacts)\b")
_SHORT = 200
_SINGLE = 200
"""The least number of a section of a code that holds no chapter: "§ 1681"; below it sections of any law are counted."""
_LEAST = 3
"""Sections by which a statute is known."""
_RUN_IN = re.compile(r"[^.;:]{2,120}\.(?=[\s\xa0]|$)[\s\xa0]*")
"""The title of a section of a code, where its words follow in the same line."""


@dataclass(slots=True)
class _Section:
    number: str
    title: Span
    path: tuple[str, ...]
    tokens: list[Token] = field(default_factory=list)
    schedule: bool = False


def looks_like_statute(text: str, units: list[Unit], *, marked: bool = False) -> bool:
    """Whether sections with titles count upwards, and at least a third of them have subsections (1), (2) …

    ``marked`` says that a legislature's file marks them as sections: two are enough then.
    """
    if len(_codes(text, units)) >= _LEAST:
        return True
    opened = _openings(text, units)
    if len(opened) < _LEAST - marked or not (marked or _STATUTE.search(text)):
        return False
    bracketed = 0
    places = sorted(opened)
    for place, after in zip(places, [*places[1:], len(units)], strict=True):
        bracketed += any("(1)" in text[u.start : u.start + 12] for u in units[place : min(after, place + 4)])
    return 3 * bracketed >= len(opened)


def build(document: Document, units: list[Unit]) -> Tree:
    """Split a statute into its sections, their subsections and paragraphs, and schedules."""
    return _Builder(document, units).run()


def _openings(text: str, units: list[Unit]) -> dict[int, tuple[str, Span, int]]:
    """The units that open a section, by index: its number, its title, and where its words begin.

    Counting begins anew at 1 as long as hardly any words stand between the sections: those were the contents.
    """
    found: dict[int, tuple[str, Span, int]] = {}
    last = ""
    for index in range(len(units)):
        entry = _opening(text, units, index)
        if entry is None:
            continue
        value = digits(entry[0])
        if value == 1 and entry[0] == "1" and found and _bare(found, units):
            found, last = {}, ""
        inserted = value == digits(last) and entry[0] != last and not entry[0].isdecimal()
        if not last and value != 1:
            continue
        if not last or digits(last) < value <= digits(last) + 3 or inserted:
            found[index] = entry
            last = entry[0]
    return found


def _bare(found: dict[int, tuple[str, Span, int]], units: list[Unit]) -> bool:
    places = sorted(found)
    gaps = [b - a for a, b in pairwise(places)]
    return sum(gap > 2 for gap in gaps) * 4 <= len(gaps)


def _opening(text: str, units: list[Unit], index: int) -> tuple[str, Span, int] | None:
    unit = units[index]
    if unit.block.kind == "row" or not unit.first:
        return None
    if unit.heading or (unit.set_apart and unit.end - unit.start < _SHORT):
        match = _TITLED.match(text, unit.start, unit.end)
        if match is None or unit.end - unit.start > _SHORT:
            return None
        return match.group(1), Span(match.end(), unit.end), unit.end
    match = _OPENS.match(text, unit.start, unit.end)
    if match is None or index == 0:
        return None
    above = units[index - 1]
    titled = above.set_apart and above.end - above.start < _SHORT and not _DIVISION.match(text, above.start, above.end)
    if not titled or label_at(text, above.start, above.end) is not None:
        return None
    return match.group(1), above.span, match.end()


def _codes(text: str, units: list[Unit]) -> dict[int, tuple[str, Span, int]]:
    """The units that open a section of a code, by index, as :func:`_openings` gives them; their numbers rise."""
    found: dict[int, tuple[str, Span, int]] = {}
    last: tuple[int, ...] = ()
    for index, unit in enumerate(units):
        match = _CODE.match(text, unit.start, unit.end) if unit.first and unit.block.kind != "row" else None
        if match is None:
            continue
        value = tuple(digits(part) for part in re.split(r"[.:-]", match.group(1)))
        if value < last or (len(value) == 1 and value[0] < _SINGLE):
            continue
        if unit.heading or unit.set_apart:
            title = Span(match.end(), unit.end)
        else:
            run_in = _RUN_IN.match(text, match.end(), unit.end)
            title = Span(match.end(), run_in.end() if run_in else match.end())
        last = value
        found[index] = match.group(1), title, title.end
    return found


class _Builder(Walker):
    def __init__(self, document: Document, units: list[Unit]) -> None:
        super().__init__(document, units)
        self.flags = quoted(document.text, units)
        codes = _codes(self.text, units)
        self.opened = codes if len(codes) >= _LEAST else _openings(self.text, units)
        self.above: list[tuple[int, str]] = []
        self.section: _Section | None = None

    def run(self) -> Tree:
        first = min(self.opened, default=0)
        begin = first
        while begin and (self.units[begin - 1].set_apart or self.units[begin - 1].heading):
            begin -= 1
        return self.walk(begin)

    def _unit(self, index: int) -> int:
        unit = self.units[index]
        section = self.section
        if self.flags[index] and section is not None:
            section.tokens.append(Token(None, unit.start, unit.end, quoted=True))
            return index + 1
        entry = self.opened.get(index)
        if entry is not None and not (section is not None and section.schedule):
            self._open(entry, unit)
            return index + 1
        if unit.block.kind == "title":
            return index + 1
        if unit.set_apart and unit.end - unit.start < _SHORT:
            return self._heading(index)
        if section is not None:
            label = label_of(self.text, unit)
            if label is not None and label.form not in ("()", ".", ")"):
                label = None
            depth = unit.depth + 1 if label is None and unit.block.kind == "item" else 0
            section.tokens += chained(self.text, label, unit.start, unit.end, depth, unit.block.indent)
        return index + 1

    def _open(self, entry: tuple[str, Span, int], unit: Unit) -> None:
        self._close()
        number, title, body = entry
        path = tuple(title for _, title in self.above)
        self.section = _Section(number, title, path)
        self._outline(len(path) + 1, title, number)
        if body < unit.end:
            label = label_at(self.text, body, unit.end)
            if label is not None and label.form != "()":
                label = None
            self.section.tokens += chained(self.text, label, body, unit.end, 0, unit.block.indent)

    def _heading(self, index: int) -> int:
        """A unit that is set apart: a division, a schedule, the title of the next section, or a heading between."""
        unit = self.units[index]
        following = self.opened.get(index + 1)
        if following is not None and following[1] == unit.span:
            return index + 1
        schedule = _SCHEDULE.match(self.text, unit.start, unit.end)
        if schedule is not None and self.section is not None:
            self._close()
            self.above = []
            number = schedule.group(1) or ""
            self.section = _Section(number, unit.span, (), schedule=True)
            self._outline(1, unit.span, number or None)
            return index + 1
        match = _DIVISION.match(self.text, unit.start, unit.end)
        if self.section is not None and self.section.schedule:
            self.section.tokens.append(Token(None, unit.start, unit.end))
            return index + 1
        if match is None and not unit.heading:
            if self.section is not None:
                self.section.tokens.append(Token(None, unit.start, unit.end))
            return index + 1
        self._close()
        self.section = None
        rank = _RANK[match.group(1).casefold()] if match is not None else _CROSS
        end, after = unit.end, index + 1
        if match is not None and match.end() >= unit.end and after < len(self.units):
            more = self.units[after]
            known = after in self.opened or (after + 1 in self.opened and self.opened[after + 1][1] == more.span)
            if more.set_apart and not known and not _DIVISION.match(self.text, more.start, more.end):
                end, after = more.end, after + 1
        while self.above and self.above[-1][0] >= rank:
            self.above.pop()
        span = Span(unit.start, end)
        self._outline(len(self.above) + 1, span, match.group(2) if match is not None else None)
        self.above.append((rank, one_line(self.document.cut(span))))
        return after

    def _outline(self, level: int, span: Span, number: str | None) -> None:
        page = self.document.pages_of(span)[0]
        title = one_line(self.document.cut(span))
        self.tree.headings.append(Heading(level, title, page, span.start, span.end, number))

    def _close(self) -> None:
        section = self.section
        if section is None or not section.tokens:
            return
        tokens = section.tokens
        title = one_line(self.document.cut(section.title))
        key = f"{'sch' if section.schedule else 'sec'}-{section.number}".rstrip("-")
        kind = "annex" if section.schedule else "section"
        start, end = min(t.start for t in tokens), max(t.end for t in tokens)
        node = Node("annex" if kind == "annex" else "section", key, section.number or None, start, end, section.path)
        root = nest(self.text, tokens, frozenset({"*"}))
        name = f"Schedule {section.number}".strip() if section.schedule else section.number
        node.children = nodes(self.document, root, name, (*section.path, title), _CITE)
        self.tree.roots.append(node)


def _number(parent: str | None, branch: Branch, depth: int) -> str | None:
    return parent if branch.label is None else f"{parent or ''}({branch.label.value})"


_CITE = Citation(_number, None, ("paragraph", "point"), "prose")
