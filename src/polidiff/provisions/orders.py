"""Executive orders and the like: sections with run-in titles, lettered subsections, points nested in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from polidiff.lang.numerals import WORD_NUMBER, label_number
from polidiff.model import Document, Heading, Span
from polidiff.provisions.labels import digits, label_at
from polidiff.provisions.nest import Branch, Token, chained, nest
from polidiff.provisions.points import Citation, nodes
from polidiff.provisions.quoted import quoted
from polidiff.provisions.tree import Node, Tree
from polidiff.provisions.units import Unit, label_of, one_line, trim

_SECTION = re.compile(
    r"(?:SECTION|Section|Sec\s?\.|SEC\.|Sec|§)[\s\xa0]+"
    rf"(\d{{1,5}}(?:\.\d{{1,2}})*|(?i:{WORD_NUMBER}))[\s\xa0]*[.:—–](?!\d)[\s\xa0]*"
)
_DIVISION = re.compile(
    r"(DIVISION|Division|TITLE|Title|SUBTITLE|Subtitle|PART|Part|CHAPTER|Chapter)[\s\xa0]+([IVXLC]+|[A-Z]|\d{1,2})"
    r"[\s\xa0]*(?:--|[—–:.-]|$)[\s\xa0]*"
)
_RANK = {"division": 0, "title": 1, "subtitle": 2, "part": 3, "chapter": 4}
_CODED = re.compile(r"(?:§[\s\xa0]*|Section[\s\xa0]+)?(\d{3,6}(?:\.\d{1,4})*)\.(?!\d)[\s\xa0]*(?=[A-Z“(])")
"""A section of a code, below a bill's section that adds or amends it."""
_TO_READ = re.compile(r"\bto read(?: as follows)?:")
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{1,2})+)[\s\xa0]*\.?[\s\xa0]+(?=[A-Z“])")
_TITLE = re.compile(r"((?:[^.:;]|\.(?=\w)|(?<=\b[A-Z])\.(?=\s?[A-Z]\b)){2,160}?)[.:](?=[\s\xa0]|$)")
_COMMANDS = re.compile(
    r"hereby\s+(?:ordered|order|directed?|proclaim)|authority\s+vested|[Ii]t is ordered|[Bb]e it enacted"
    r"|(?i:be it (?:(?:hereby|further|therefore) )?(?:resolved|ordained))"
)
_CLOSING = re.compile(
    r"(?:THE WHITE HOUSE|IN WITNESS WHEREOF|(?:PASSED|ADOPTED|Passed|Adopted)\b.{0,60}\b(?:this|on|by)\b"
    r"|[A-Z][A-Z.,’' \-]{4,50}$|\[FR Doc|Billing code|Filed \d|\(Presidential Sig"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s+\d{1,2},\s+\d{4}\.?$)",
)
_SHORT_CLOSING = 90
_SMALL_WORDS = """
a an and as at by for from in into of on or the to with within without through under over via and/or nor but per
"""
_SMALL = frozenset(_SMALL_WORDS.split())
_FINITE = frozenset(("is", "are", "shall", "will", "may", "must", "should", "has", "have", "was", "were", "do", "does"))
_FIRST = re.compile(r"(?<=[.:;—])[\s\xa0]+(?=\(a\)[\s\xa0])")


@dataclass(slots=True)
class _Section:
    """A section or a numbered subsection with its units. ``start`` is where its label begins."""

    number: str
    title: Span | None
    start: int
    path: tuple[str, ...] = ()
    tokens: list[Token] = field(default_factory=list)
    subsections: list[_Section] = field(default_factory=list)

    @property
    def end(self) -> int:
        ends = [token.end for token in self.tokens] + [sub.end for sub in self.subsections]
        if self.title is not None:
            ends.append(self.title.end)
        return max(ends, default=self.start)


def looks_like_order(text: str, units: list[Unit]) -> bool:
    """Whether sections ("Sec. 2.") count from 1 upwards at the start of units, and the text orders.

    Words of command before the first section say so; else the sections must run in and have lettered subsections,
    since the chapters of a plan may be called sections too.
    """
    matches = [(u, m) for u in units if (m := _SECTION.match(text, u.start, u.end)) and "." not in m.group(1)]
    found = [label_number(m.group(1)) for _, m in matches]
    if not {1, 101} & set(found) or not _mostly_rising(found):
        return False
    if _COMMANDS.search(text[: matches[0][0].start]):
        return True
    lettered = "(a)" in text[matches[0][0].start :] or any(text.startswith("Sec.", u.start) for u, _ in matches)
    coded = all(text.startswith(("SEC.", "SECTION"), u.start) for u, _ in matches)
    return bool({2, 102} & set(found)) and lettered and (coded or not all(u.heading for u, _ in matches))


def _mostly_rising(found: list[int]) -> bool:
    steps = sum(b == a + 1 or _next_hundred(a, b) for a, b in pairwise(found))
    return steps * 2 >= len(found) - 1


def _next_hundred(last: int, value: int) -> bool:
    """Whether sections are counted by title: 101, 102, 201, 202."""
    return value > last and value % 100 == 1 and value // 100 <= last // 100 + 1


def build(document: Document, units: list[Unit]) -> Tree:
    """Split an order into its preamble, sections, lettered subsections and their points."""
    tree = Tree()
    sections, preamble, divisions = _sections(document, units)
    for index, unit in enumerate(preamble, 1):
        if (
            unit.end - unit.start > 30
            and not unit.set_apart
            and not _CLOSING.match(document.text, unit.start, unit.end)
        ):
            tree.roots.append(Node("prose", f"preamble-{index}", None, unit.start, unit.end))
    for section in sections:
        tree.roots.append(_section_node(document, section, section.path, "", tree, len(section.path) + 1))
    tree.headings += divisions
    tree.headings.sort(key=lambda heading: heading.start)
    return tree


def _sections(document: Document, units: list[Unit]) -> tuple[list[_Section], list[Unit], list[Heading]]:
    text = document.text
    flags = quoted(text, units)
    sections: list[_Section] = []
    preamble: list[Unit] = []
    closed = False
    above: list[tuple[int, Heading]] = []
    headings: list[Heading] = []
    index = 0
    last = max((i for i, u in enumerate(units) if _SECTION.match(text, u.start, u.end)), default=0)
    while index < len(units):
        unit = units[index]
        match = None if flags[index] else _SECTION.match(text, unit.start, unit.end)
        if not flags[index] and (opened := _division(document, units, index, above)) is not None:
            headings.append(opened[0])
            index = opened[1]
            continue
        if match and "." not in match.group(1) and _follows(sections, label_number(match.group(1)), unit):
            closed = False
            number = match.group(1) if match.group(1)[0].isdecimal() else str(label_number(match.group(1)))
            section = _Section(number, None, unit.start, tuple(heading.title for _, heading in above))
            sections.append(section)
            rest = _titled(text, section, match.end(), unit)
            if rest >= unit.end and section.title is None and index + 1 < len(units) and units[index + 1].set_apart:
                index += 1
                section.title = units[index].span
            else:
                _fill(text, section, rest, unit, False)
        elif not sections:
            if unit.block.kind != "title":
                preamble.append(unit)
        elif not closed:
            short = unit.end - unit.start < _SHORT_CLOSING and index > last and not flags[index]
            closed = short and bool(_CLOSING.match(text, unit.start, unit.end))
            if not closed:
                _fill(text, sections[-1], unit.start, unit, flags[index])
        index += 1
    return sections, preamble, [heading for heading in headings if sections and heading.end > sections[0].start - 2000]


def _follows(sections: list[_Section], value: int, unit: Unit) -> bool:
    """Whether a section's number goes on with those before it: by one, or at the first of the next hundred."""
    last = digits(sections[-1].number) if sections else 0
    return value == last + 1 or _next_hundred(last, value)


def _division(
    document: Document, units: list[Unit], index: int, above: list[tuple[int, Heading]]
) -> tuple[Heading, int] | None:
    """A title, part or chapter above sections: its heading and the index of the unit after it, or None."""
    unit = units[index]
    text = document.text
    match = _DIVISION.match(text, unit.start, unit.end)
    if match is None or unit.end - unit.start > 200 or not (unit.set_apart or match.group(1).isupper()):
        return None
    end, after = unit.end, index + 1
    rest = text[match.end() : unit.end]
    if rest and not (rest[0].isupper() and (unit.heading or rest == rest.upper())):
        return None
    if not rest and after < len(units) and _SECTION.match(text, units[after].start, units[after].end) is None:
        if not (units[after].set_apart or text[units[after].start : units[after].end].isupper()):
            return None
        end, after = units[after].end, after + 1
    rank = _RANK[match.group(1).casefold()]
    while above and above[-1][0] >= rank:
        above.pop()
    page = document.pages_of(unit.span)[0]
    title = one_line(text[unit.start : end])
    heading = Heading(len(above) + 1, title, page, unit.start, end, match.group(2))
    above.append((rank, heading))
    return heading, after


def _titled(text: str, section: _Section, start: int, unit: Unit) -> int:
    """Find the run-in title that begins at ``start``; return where the words after it begin."""
    title = _title_span(text, start, unit)
    if title is None:
        return start
    section.title = trim(text, title.start, title.end)
    end = title.end
    while end < unit.end and (text[end].isspace() or text[end] in ".:—–\xa0*_"):
        end += 1
    return end


def _title_span(text: str, start: int, unit: Unit) -> Span | None:
    if start >= unit.end:
        return None
    lead = unit.block.lead
    if lead is not None and lead.start <= start < lead.end <= unit.end:
        inner = trim(text, start, lead.end)
        words = text[inner.start : inner.end].rstrip(" .:—–")
        if words and len(words) < 200:
            return Span(inner.start, inner.start + len(words))
    if unit.heading:
        inner = trim(text, start, unit.end)
        first = _TITLE.match(text, start, unit.end)
        if first is None or first.end() >= inner.end:
            return Span(inner.start, inner.start + len(text[inner.start : inner.end].rstrip(" .:")))
    match = _TITLE.match(text, start, unit.end)
    if match is None or text[start] in "(“":
        return None
    title = match.group(1).split()
    counted = [w for w in title if w.strip("“”‘’\"'(),").casefold() not in _SMALL]
    if len(title) > 24 or not counted or not text[start].isupper():
        return None
    plain = not any(w in _FINITE for w in title) and len(title) <= 7 and match.end() < unit.end
    capital = sum(w.lstrip("“‘\"'(")[:1].isupper() or not w[:1].isalpha() for w in counted)
    if (capital < len(counted) and not plain) or (match.end() >= unit.end and len(title) > 16):
        return None
    return Span(start, match.end(1))


def _fill(text: str, section: _Section, start: int, unit: Unit, inside: bool) -> None:
    """Add what stands in ``start:unit.end`` to the section: numbered subsections, chained labels, words."""
    home = section.subsections[-1] if section.subsections else section
    if inside:
        home.tokens.append(Token(None, start, unit.end, quoted=True))
        return
    coded = _CODED.match(text, start, unit.end) if unit.first and start == unit.start else None
    if coded is not None and _TO_READ.search(text, section.start, start):
        section.subsections.append(_Section(coded.group(1), None, start))
        section, start = section.subsections[-1], coded.end()
        home = section
    match = _DECIMAL.match(text, start, unit.end)
    if match and match.group(1).startswith(section.number + "."):
        expected = f"{section.number}.{len(section.subsections) + 1}"
        if match.group(1) == expected:
            home = _Section(expected, None, start)
            section.subsections.append(home)
            start = _titled(text, home, match.end(), unit)
            if start >= unit.end:
                return
    label = label_of(text, unit) if start == unit.start else label_at(text, start, unit.end)
    depth = 0
    if label is None and unit.block.kind == "item" and start == unit.start:
        depth = unit.depth + 1
    if label is not None and label.form not in ("()", ".", ")"):
        label = None
    home.tokens += chained(text, label, start, unit.end, depth, unit.block.indent)


def _number(parent: str | None, branch: Branch, depth: int) -> str | None:
    if branch.label is None:
        return parent
    return f"{parent or ''}({branch.label.value})"


_CITE = Citation(_number, None, ("paragraph", "point"), "prose")


def _section_node(
    document: Document, section: _Section, above: tuple[str, ...], prefix: str, tree: Tree, level: int
) -> Node:
    text = document.text
    path = above
    if section.title is not None:
        title = one_line(document.cut(section.title))
        path = (*above, title)
        page = document.pages_of(section.title)[0]
        tree.headings.append(Heading(level, title, page, section.title.start, section.title.end, section.number))
    key = section.number.replace(".", "-") if prefix else f"sec-{section.number}"
    node = Node("section", key, section.number, section.start, section.end, path)
    root = nest(text, _with_first(text, section.tokens), frozenset({"*"}))
    own = [part for part in root.parts if isinstance(part, Span)]
    if not root.branches and not section.subsections:
        if own:
            node.start = own[0].start
        return node
    if root.branches and root.branches[0].style not in ("(a)", "a.", "a)") and not section.subsections:
        node.start = own[0].start if own else node.start
        node.children = nodes(document, root, section.number, path, _LISTED)
        return node
    before = [s for s in own if not root.branches or s.end <= root.branches[0].start]
    if before:
        node.children.append(Node("section", "0", section.number, before[0].start, before[-1].end, path))
    lead = nodes(document, root, section.number, path, _CITE)
    node.children += [child for child in lead if child.kind != "prose"]
    for sub in section.subsections:
        node.children.append(_section_node(document, sub, path, "sec", tree, level + 1))
    return node


_LISTED = Citation(_number, None, ("point",), "prose")


def _with_first(text: str, tokens: list[Token]) -> list[Token]:
    """Give a list that begins with "(b)" its "(a)", which stands inside of the words before it."""
    labels = [(i, t.label) for i, t in enumerate(tokens) if t.label is not None and not t.quoted]
    if not labels or labels[0][0] == 0 or labels[0][1].value != "b":
        return tokens
    first = labels[0][0]
    before = tokens[first - 1]
    breaks = list(_FIRST.finditer(text, before.body, before.end))
    if before.label is not None or not breaks:
        return tokens
    at = breaks[-1]
    label = label_at(text, at.end(), before.end)
    if label is None:
        return tokens
    split = [Token(None, before.body, at.start()), Token(label, label.body, before.end)]
    return [*tokens[: first - 1], *split, *tokens[first:]]
