"""Acts of the European Union and treaties: recitals, divisions, articles, annexes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from polidiff.lang.numerals import label_number
from polidiff.model import Document, Heading, Span
from polidiff.provisions import act_numbers
from polidiff.provisions.act_words import (
    ANNEX,
    ARTICLE,
    CITATION,
    CLOSING,
    DIVISION,
    ENACTS,
    FORMULA,
    IMPRINT,
    PAREN,
    RANK,
    SUBHEAD,
    WHEREAS,
    cited,
)
from polidiff.provisions.bare import with_bare_labels
from polidiff.provisions.labels import label_at
from polidiff.provisions.nest import Token, nest
from polidiff.provisions.points import nodes
from polidiff.provisions.quoted import quoted
from polidiff.provisions.tree import Node, Tree, Walker
from polidiff.provisions.units import Unit, label_of, one_line

_DASH = re.compile(r"[—–-][\s\xa0]+")


@dataclass(slots=True)
class _Part:
    """An article or an annex with its units. ``groups`` are an annex's sub-headings and what stands below each.

    ``tail`` is the end of a formula that closes the act: it is the last article's text, but no part of its points.
    """

    number: str
    heading: Span
    title: str
    path: tuple[str, ...]
    tail: int = 0
    groups: list[tuple[Span | None, list[Token]]] = field(default_factory=lambda: [(None, [])])


def looks_like_act(text: str, units: list[Unit]) -> bool:
    """Whether articles ("Article 2") count upwards as headings of their own."""
    return _count(text, units, _article_number) >= 3 or _count(text, units, _inline_number) >= 3


def build(document: Document, units: list[Unit]) -> Tree:
    """Split an act into recitals, articles with their paragraphs and points, and annexes."""
    return _Builder(document, units).run()


def _count(text: str, units: list[Unit], number_of: Callable[[str, Unit], str | None]) -> int:
    last = 0
    for unit in units:
        number = number_of(text, unit)
        if number is not None and label_number(number) == last + 1:
            last += 1
    return last


def _inline_number(text: str, unit: Unit) -> str | None:
    """The number of an article whose words follow in the same unit: "Article 4 (Scope) This Act applies …"."""
    match = ARTICLE.match(text, unit.start, unit.end)
    if match is None or not unit.first:
        return None
    rest = text[match.end() : match.end() + 2]
    opens = not rest or rest[0].isupper() or rest[0] in "“‘" or PAREN.match(text, match.end())
    return cited(match.group(1)) if opens else None


def _article_number(text: str, unit: Unit) -> str | None:
    match = ARTICLE.match(text, unit.start, unit.end)
    if match is None or unit.end - unit.start > 400:
        return None
    rest = text[match.end() : unit.end]
    number = cited(match.group(1))
    if not rest:
        return number
    if not rest[0].isupper() and rest[0] not in "“‘":
        return None
    gap = text[match.end(1) : match.end()]
    if unit.set_apart or "\n" in gap:
        return number
    named = any(c in gap for c in "—–:") and _is_name(rest)
    return number if named else None


def _is_name(rest: str) -> bool:
    """Whether the words after a label are a name, and not the beginning of the text: short, without a stop."""
    return len(rest) < 200 and rest[0].isupper() and rest[-1] not in ".;:,"


class _Builder(Walker):
    def __init__(self, document: Document, units: list[Unit]) -> None:
        super().__init__(document, units)
        self.flags = quoted(document.text, units)
        self.divisions: list[tuple[int, str]] = []
        self.parts: list[_Part] = []
        self.recitals: list[list[int]] = []
        self.recital_path: tuple[str, ...] = ()
        self.last_article = ""
        self.zone = "preamble"
        self.inline = _count(self.text, units, _article_number) < 3
        self.pending: Span | None = None
        self.has_whereas = any(WHEREAS.match(self.text, u.start, u.end) for u in units)

    def run(self) -> Tree:
        return self.walk()

    def _unit(self, index: int) -> int:
        unit = self.units[index]
        if self.flags[index] and self.parts:
            if self.zone in ("article", "annex"):
                self.parts[-1].groups[-1][1].append(Token(None, unit.start, unit.end, quoted=True))
            return index + 1
        if self.inline and self._paren_title(index):
            return index + 1
        for opens in (self._annex, self._article, self._division):
            after = opens(index)
            if after:
                return after
        if self.zone == "preamble":
            self._preamble(unit)
        elif self.zone == "recitals":
            self._recital(unit)
        elif self.zone in ("article", "annex"):
            if (
                self.zone == "article"
                and CLOSING.match(self.text, unit.start, unit.end)
                and unit.end - unit.start < 120
            ):
                self._close()
                self.zone = "closing"
            else:
                self._body(unit)
        return index + 1

    # What opens a part

    def _annex(self, index: int) -> int:
        unit = self.units[index]
        match = ANNEX.match(self.text, unit.start, unit.end)
        if match is None or self.zone not in ("article", "annex", "closing") or unit.end - unit.start > 500:
            return 0
        rest = self.text[match.end() : unit.end]
        upper = self.text[unit.start : unit.start + 5].isupper()
        if not (unit.set_apart or upper) or (rest and not (upper or unit.heading)) or (rest and rest[0].islower()):
            return 0
        self._close()
        self.zone = "annex"
        self.divisions = []
        end, after = (unit.end, index + 1) if rest else self._title(index + 1, annex=True)
        heading = Span(unit.start, max(end, unit.end))
        title = one_line(self.text[heading.start : heading.end])
        self.parts.append(_Part(match.group(1) or "", heading, title, ()))
        self._heading(1, heading, match.group(1))
        return after

    def _article(self, index: int) -> int:
        unit = self.units[index]
        number = (_inline_number if self.inline else _article_number)(self.text, unit)
        if number is None or self.zone == "annex":
            return 0
        last = label_number(self.last_article)
        value = label_number(number)
        inserted = value == last and number != self.last_article and number[0].isdecimal() and not number.isdecimal()
        skipped = unit.set_apart and last < value <= last + 3
        if value != last + 1 and not inserted and not skipped:
            return 0
        self._close()
        self.zone = "article"
        self.last_article = number
        match = ARTICLE.match(self.text, unit.start, unit.end)
        end, after = unit.end, index + 1
        body: int | None = None
        if match is not None and match.end() >= unit.end:
            end, after = self._title(index + 1)
            end = max(end, unit.end)
        elif match is not None and self.inline and not unit.heading:
            paren = PAREN.match(self.text, match.end(), unit.end)
            body = paren.end() if paren else match.end()
            end = paren.end(1) + 1 if paren else match.end(1)
        heading = Span(unit.start, end)
        if self.pending is not None and body is not None:
            heading = Span(self.pending.start, end)
        self.pending = None
        path = tuple(title for _, title in self.divisions)
        self.parts.append(_Part(number, heading, one_line(self.text[heading.start : heading.end]), path))
        self._heading(len(path) + 1, heading, number)
        if body is not None and body < unit.end:
            label = label_at(self.text, body, unit.end)
            self.parts[-1].groups[-1][1].append(
                Token(label, label.body if label else body, unit.end, indent=unit.block.indent)
            )
        return after

    def _paren_title(self, index: int) -> bool:
        """Take a title in brackets that stands above its article: "(Purpose)"."""
        unit = self.units[index]
        if not PAREN.fullmatch(self.text, unit.start, unit.end) or index + 1 >= len(self.units):
            return False
        if _inline_number(self.text, self.units[index + 1]) is None:
            return False
        self.pending = unit.span
        return True

    def _division(self, index: int) -> int:
        unit = self.units[index]
        match = DIVISION.match(self.text, unit.start, unit.end)
        if match is None or self.zone == "annex" or unit.end - unit.start > 300:
            return 0
        rest = self.text[match.end() : unit.end]
        parted = "\n" in match.group() or (any(c in match.group() for c in ":—–.") and _is_name(rest or "A"))
        if rest and not (unit.set_apart or match.group(1).isupper() or parted):
            return 0
        if rest and (rest[0].islower() or rest[0] in "(,;"):
            return 0
        self._close()
        self.zone = "between"
        end, after = (unit.end, index + 1) if rest else self._title(index + 1)
        heading = Span(unit.start, max(end, unit.end))
        rank = RANK[match.group(1).casefold()]
        self.divisions = [d for d in self.divisions if d[0] < rank]
        self._heading(len(self.divisions) + 1, heading, match.group(2))
        self.divisions.append((rank, one_line(self.text[heading.start : heading.end])))
        return after

    def _title(self, index: int, annex: bool = False) -> tuple[int, int]:
        """Take the units from ``index`` on that are a title; return where it ends and the next unit's index."""
        first: Unit | None = None
        end = 0
        while index < len(self.units) and not self.flags[index]:
            unit = self.units[index]
            words = self.text[unit.start : unit.end]
            alone = bool(ARTICLE.fullmatch(words))
            if len(words) > 450 or (alone and not (annex and first is not None and _look(unit) == _look(first))):
                break
            if not alone and (
                DIVISION.match(words)
                or ANNEX.fullmatch(words)
                or label_at(self.text, unit.start, unit.end) is not None
                or unit.block.kind in ("item", "row")
            ):
                break
            if first is None:
                plain = not unit.set_apart
                if plain and (len(words) > 200 or words[-1] in ".:;," or index + 1 >= len(self.units)):
                    break
                first = unit
            elif first.set_apart and unit.set_apart and _look(unit) == _look(first):
                pass
            else:
                break
            end = unit.end
            index += 1
            if not first.set_apart:
                break
        return end, index

    def _heading(self, level: int, span: Span, number: str | None) -> None:
        page = self.document.pages_of(span)[0]
        title = one_line(self.text[span.start : span.end])
        self.tree.headings.append(Heading(level, title, page, span.start, span.end, number))

    # What stands before the articles

    def _preamble(self, unit: Unit) -> None:
        words = self.text[unit.start : unit.end]
        label = label_of(self.text, unit)
        if WHEREAS.match(words):
            self.zone = "recitals"
            self.recital_path = (one_line(words),)
            self._heading(1, unit.span, None)
        elif label is not None and label.form == "()" and label.value == "1" and not self.has_whereas:
            self.zone = "recitals"
            self._recital(unit)
        elif len(words) > 80 and not unit.set_apart and not CITATION.match(words):
            self.tree.roots.append(Node("prose", f"preamble-{len(self.tree.roots) + 1}", None, unit.start, unit.end))

    def _recital(self, unit: Unit) -> None:
        if ENACTS.match(self.text, unit.start, unit.end):
            self._flush_recitals()
            self.zone = "between"
            return
        label = label_of(self.text, unit)
        if label is not None and label.form == "()" and label.value == str(len(self.recitals) + 1):
            self.recitals.append([label.body, unit.end])
        elif self.recitals:
            self.recitals[-1][1] = unit.end

    def _flush_recitals(self) -> None:
        for number, (start, end) in enumerate(self.recitals, 1):
            self.tree.roots.append(Node("recital", f"rec-{number}", str(number), start, end, self.recital_path))
        self.recitals = []

    # What stands in articles and annexes

    def _body(self, unit: Unit) -> None:
        groups = self.parts[-1].groups
        words = self.text[unit.start : unit.end]
        label = label_of(self.text, unit)
        if IMPRINT.match(words):
            return
        if FORMULA.match(words):
            self.parts[-1].tail = unit.end
            return
        if self.zone == "annex" and len(words) < 300 and label is None and words[-1] not in ".:;,":
            named = SUBHEAD.match(words)
            if named or (unit.set_apart and unit.block.kind not in ("item", "row")):
                if groups[-1][0] is not None and not groups[-1][1] and not named:
                    groups[-1] = (Span(groups[-1][0].start, unit.end), groups[-1][1])
                else:
                    groups.append((unit.span, []))
                return
        dash = _DASH.match(words)
        if label is not None and label.form in ("()", ".", ")", "1.1"):
            groups[-1][1].append(Token(label, label.body, unit.end, indent=unit.block.indent))
        elif dash or unit.block.kind == "item":
            body = unit.start + dash.end() if dash else unit.start
            groups[-1][1].append(Token(None, body, unit.end, depth=unit.depth + 1))
        else:
            groups[-1][1].append(Token(None, unit.start, unit.end, indent=unit.block.indent))

    def _close(self) -> None:
        """Make the open article or annex a node."""
        self._flush_recitals()
        if self.zone not in ("article", "annex") or not self.parts:
            return
        part = self.parts[-1]
        annex = self.zone == "annex"
        tokens = [token for _, group in part.groups for token in group]
        start = min((t.start for t in tokens), default=part.heading.end)
        named = [span for span, _ in part.groups if span is not None]
        start = min([start, *(span.start for span in named)])
        end = max([*(t.end for t in tokens), *(span.end for span in named), part.tail], default=part.heading.end)
        if end <= start:
            return
        key = f"annex-{part.number}".rstrip("-") if annex else f"art-{part.number}"
        node = Node("annex" if annex else "article", key, part.number or None, start, end, part.path)
        name = (f"Annex {part.number}".rstrip()) if annex else part.number
        path = (*part.path, part.title)
        for count, (span, group) in enumerate(part.groups):
            if span is None:
                node.children += self._children(group, name, path, annex)
                continue
            named_as = SUBHEAD.match(self.text, span.start, span.end)
            own = f"{name}, {one_line(named_as.group())}" if named_as else name
            stop = max([span.end, *(t.end for t in group)])
            section = Node("section", named_as.group(1) if named_as else f"h{count}", own, span.start, stop, path)
            below = (*path, one_line(self.text[span.start : span.end]))
            section.children = self._children(group, own, below, annex)
            if not section.children and group:
                section.children = [Node("prose", "s1", own, group[0].start, stop, below)]
            node.children.append(section)
        self.tree.roots.append(node)

    def _children(self, tokens: list[Token], name: str, path: tuple[str, ...], annex: bool) -> list[Node]:
        if not annex:
            tokens = with_bare_labels(self.text, tokens)
        root = nest(self.text, tokens, frozenset({"1.", "#2"}))
        return nodes(self.document, root, name, path, act_numbers.ANNEX if annex else act_numbers.ARTICLE)


def _look(unit: Unit) -> tuple[bool, bool, bool, str]:
    block = unit.block
    return block.bold, block.italic, block.centred, block.kind
