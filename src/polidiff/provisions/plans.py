"""Plans, strategies, digests and frameworks: headings, running text, numbered recommendations, lists, tables."""

from __future__ import annotations

import re
from collections.abc import Collection

from polidiff.model import Document, Heading, ProvisionKind, Span
from polidiff.provisions.chinese import article_of
from polidiff.provisions.headings import Outline, aside, outline_of
from polidiff.provisions.items import Held, Open, level_of
from polidiff.provisions.labels import Label, readings
from polidiff.provisions.plan_words import ACTION_HEAD, BOX, IMPRINT, NAMED, PARTICULARS, PREAMBLE, PREAMBLES, STOP
from polidiff.provisions.quoted import quoted
from polidiff.provisions.rows import OWN_HEAD, cells_of, heads_table, is_fact, is_number, named_row
from polidiff.provisions.runs import IDENT, chapter_numbers, coded, identifiers, kind_of_numbered, running_numbers
from polidiff.provisions.tree import Builder, Node, Tree, extend, introduces, lead_in
from polidiff.provisions.units import Unit, label_of
from polidiff.provisions.verbs import states_action

# A paragraph that is nothing but a short introduction is said by the items' lead-in alone.
_SHORT_LEAD = 240


def build(document: Document, units: list[Unit]) -> Tree:
    """Split a plan: prose by paragraph, recommendations by their running numbers, list items as actions or items."""
    return _Builder(document, units).run()


class _Builder(Builder):
    def __init__(self, document: Document, units: list[Unit]) -> None:
        super().__init__(document, units)
        self.counts: dict[str, int] = {}
        self.numbered = running_numbers(self.text, units) or chapter_numbers(self.text, units)
        self.numbered_kind: ProvisionKind = kind_of_numbered(self.text, units, self.numbered, document.language)
        self.outline: Outline = outline_of(document, units, self._listed())
        self.open = Open()
        self.lists: list[list[tuple[Node, bool]]] = []
        self.own: Node | None = None
        self.preamble = sum(bool(PREAMBLE.match(self.text, unit.start, unit.end)) for unit in units) >= PREAMBLES
        self.floor = 20 if document.language == "zh" else 60
        """Characters of running text that says something by itself, at least."""
        self.said: list[tuple[Node, int]] = []
        """Items and numbered paragraphs, with where their own words end."""
        self.counted: Node | None = None
        """The last action that names itself: who leads it, and until when, may follow it."""
        self.own_bare = False
        self.table_head = ""
        self.quoted = quoted(self.text, units)
        self.identified = identifiers(self.text, units)
        self.coded = coded(self.text, units)

    def run(self) -> Tree:
        path: tuple[str, ...] = ()
        outside: tuple[str, ...] = ()
        head: Heading | None = None
        started = not self.outline.headings
        silent = False
        for index, unit in enumerate(self.units):
            heading = self.outline.at.get(index)
            if heading is not None:
                self.tree.headings.append(heading)
                path = self.outline.paths[index]
                outside = outside if BOX.match(heading.title) else path
                head = heading
                started = True
                self.open = Open()
                silent = aside(self.document, heading.title, self.units[index + 1 : index + 2])
                self._open_own(index, heading, path)
                named = re.search(r"action|recommend|行动|建议|[:：]$", heading.title, re.IGNORECASE)
                if heading.number is None and named:
                    self.open.lead = Span(heading.start, heading.end)
                rest = self.outline.rest.get(index)
                if rest is None:
                    continue
                unit = Unit(rest, unit.end, unit.block, False)
            if unit.block.kind == "title" or silent:
                continue
            if self.quoted[index] and self.tree.roots:
                extend(self.tree.roots, unit.end)
                continue
            if self._labels_own(unit, path):
                continue
            if self.own is not None and self._add_to_own(unit):
                continue
            if index in self.numbered or index in self.coded:
                path = outside
            self._unit(index, unit, path, head, started)
        self._vote()
        return self.tree

    def _listed(self) -> Collection[int]:
        """The units with running numbers, where they are a list: hardly any has running text of its own below it."""
        after = [self.units[index + 1] for index in self.numbered if index + 1 < len(self.units)]
        bare = sum(u.block.kind == "paragraph" and label_of(self.text, u) is None for u in after)
        return self.numbered if 3 * bare <= len(self.numbered) else ()

    def _open_own(self, index: int, heading: Heading, path: tuple[str, ...]) -> None:
        """Begin a recommendation that has a heading of its own: "Recommendation 3: …" with its text below.

        One with nothing below it is its heading's words. An action's heading that stands above a list or above
        further headings is a heading like any other.
        """
        match = OWN_HEAD.match(self.text, heading.start, heading.end)
        self.own = None
        self.own_bare = False
        if match is None:
            return
        kind: ProvisionKind = "recommendation" if match.group()[0] in "Rr建" else "action"
        key = f"{'rec' if kind == 'recommendation' else 'act'}-{match.group(1)}"
        below = self._below(index)
        if not below:
            later = self.outline.at.get(index + 1)
            if match.end() < heading.end and (later is None or later.level <= heading.level):
                self.tree.roots.append(Node(kind, key, match.group(1), match.end(), heading.end, path[:-1]))
            return
        if kind == "action" and any(unit.block.kind != "paragraph" for unit in below):
            return
        self.own = Node(kind, key, match.group(1), heading.end, heading.end, path)
        self.own_bare = match.end() >= heading.end

    def _below(self, index: int) -> list[Unit]:
        """The units between a heading and the next one."""
        if index in self.outline.rest:
            return [self.units[index]]
        stop = index + 1
        while stop < len(self.units) and stop not in self.outline.at:
            stop += 1
        return self.units[index + 1 : stop]

    def _labels_own(self, unit: Unit, path: tuple[str, ...]) -> bool:
        """Begin a recommendation whose label stands on a line of its own without being a heading."""
        match = OWN_HEAD.fullmatch(self.text, unit.start, unit.end)
        if match is None or not (unit.set_apart or match.group()[0].isupper()):
            return False
        kind: ProvisionKind = "recommendation" if match.group()[0] in "Rr建" else "action"
        key = f"{'rec' if kind == 'recommendation' else 'act'}-{match.group(1)}"
        self.own = Node(kind, key, match.group(1), unit.end, unit.end, path)
        self.own_bare = True
        return True

    def _add_to_own(self, unit: Unit) -> bool:
        """Add a unit to the recommendation that is open; below a bare label that is one paragraph and its list."""
        node = self.own
        assert node is not None
        item = unit.block.kind in ("item", "row")
        before = self.text[node.start : node.end].rstrip() if node.children else ""
        if self.own_bare and before and not item and not introduces(self.text, node.start, node.end):
            self.own = None
            return False
        if node.end <= node.start or not node.children:
            node.start = unit.start
            self.tree.roots.append(node)
        node.end = unit.end
        label = label_of(self.text, unit)
        start = label.body if item and label is not None and label.body < unit.end else unit.start
        lead: Span | None = None
        if item:
            above = next((c for c in reversed(node.children) if c.kind == "prose"), None)
            if above is not None and introduces(self.text, above.start, above.end):
                lead = lead_in(self.document, above.start, above.end)
        key = str(len(node.children) + 1)
        node.children.append(Node("item" if item else "prose", key, node.number, start, unit.end, node.path, lead))
        return True

    def _vote(self) -> None:
        """Give every outermost item of a list the kind of most of them, then its id; a lone child is its parent."""
        count = 0
        for members in self.lists:
            actions = sum(acts for _, acts in members)
            kind: ProvisionKind = "action" if actions * 2 >= len(members) else "item"
            for node, _ in members:
                count += 1
                node.kind = kind
                node.key = f"{kind[0]}{count:03d}"
        for node, end in self.said:
            says = end - node.start >= self.floor and STOP.search(self.text[node.start : end])
            if node.children and says and not introduces(self.text, node.start, end):
                node.children.insert(0, Node("prose", "0", node.number, node.start, end, node.path, node.lead_in))
        for node in self.tree.roots:
            if (
                node.kind in ("recommendation", "action")
                and len(node.children) == 1
                and node.children[0].kind == "prose"
            ):
                node.children = []

    def _unit(self, index: int, unit: Unit, path: tuple[str, ...], head: Heading | None, started: bool) -> None:
        if unit.block.kind == "row":
            self._row(index, unit, path)
            return
        label = self.numbered.get(index)
        if label is not None:
            self._numbered(unit, label, path)
            return
        if (article := article_of(self.text, unit, path)) is not None:
            self.tree.roots.append(article)
            self._introduce(article, article.start, unit.end)
            return
        named = NAMED.match(self.text, unit.start, unit.end)
        if named and named.end() < unit.end:
            self._named(unit, named, path)
            return
        if index in self.coded:
            letters, number, body = self.coded[index]
            self._counted("recommendation" if letters[0] in "RK" else "action", number, body, unit, path)
            return
        if index in self.identified:
            self._identified(unit, self.identified[index], path)
            return
        own = label_of(self.text, unit)
        if unit.block.kind == "item":
            self._item(unit, own, path, head)
            return
        if own is not None and unit.first is False and self.open.owner is not None:
            self._item(unit, own, path, head)
            return
        if (
            own is not None
            and own.form in ("（）", "、", ".", ")", "()", "1.1", "①")
            and _starts_words(self.text, own, unit)
        ):
            self._item(unit, own, path, head)
            return
        self._prose(unit, path, started)

    def _named(self, unit: Unit, match: re.Match[str], path: tuple[str, ...]) -> None:
        """A unit that names itself: "Recommendation 7: …", "Action 3. …"."""
        kind: ProvisionKind = "recommendation" if match.group()[0] in "Rr建" else "action"
        self._counted(kind, match.group(1), match.end(), unit, path)

    def _counted(self, kind: ProvisionKind, number: str, body: int, unit: Unit, path: tuple[str, ...]) -> None:
        key = f"{'rec' if kind == 'recommendation' else 'act'}-{number}"
        node = Node(kind, key, number, body, unit.end, path)
        self.tree.roots.append(node)
        self.counted = node
        self._introduce(node, body, unit.end)

    def _identified(self, unit: Unit, found: tuple[str, int], path: tuple[str, ...]) -> None:
        ident, body = found
        self.tree.roots.append(Node("item", ident.replace(" ", "-"), ident, body, unit.end, path))
        self.open = Open()

    def _row(self, index: int, unit: Unit, path: tuple[str, ...]) -> None:
        words = self.text[unit.start : unit.end]
        marker = unit.block.marker
        cells = cells_of(self.text, unit)
        if (named := named_row(self.text, cells, path)) is not None:
            self.tree.roots.append(named)
            self.open = Open()
            return
        own = [(m, end) for start, end in cells if (m := IDENT.match(self.text, start, end)) and m.end() < end]
        if own and self.document.kind != "table":
            for match, end in own:
                ident = match.group(1)
                self.tree.roots.append(Node("row", f"row-{ident.replace(' ', '-')}", ident, match.end(), end, path))
            self.open = Open()
            return
        first = self.text[cells[0][0] : cells[0][1]]
        if marker is None and len(cells) > 1 and (IDENT.match(first.strip() + ": x") or is_number(first)):
            marker = first.strip()
        if not any(c.isalnum() for c in words) or self._no_row(index, words, cells):
            return
        start = unit.start
        if marker and words.startswith(marker) and len(words) > len(marker):
            start += len(marker)
            while start < unit.end and (self.text[start].isspace() or self.text[start] in ":|–—-"):
                start += 1
        if marker and self.document.kind == "table":
            key = marker  # a framework's ids are its own: they come back as they were given
        else:
            key = f"row-{marker}" if marker else f"row-{self._count('row')}"
        self.tree.roots.append(Node("row", key, marker, start if start < unit.end else unit.start, unit.end, path))
        self.open = Open()

    def _no_row(self, index: int, words: str, cells: list[tuple[int, int]]) -> bool:
        """Whether a row provides nothing: it says what the document is, or it is a table's head or the head again."""
        if self.document.kind == "table":
            return False
        if not self.tree.headings and is_fact(self.text, cells):
            return True
        if heads_table(self.text, self.units, index):
            self.table_head = words
            return True
        return words == self.table_head and self.units[index - 1].block.kind == "row"

    def _numbered(self, unit: Unit, label: Label, path: tuple[str, ...]) -> None:
        prefix = {"recommendation": "rec", "action": "act"}.get(self.numbered_kind, "para")
        node = Node(
            self.numbered_kind, f"{prefix}-{label.value}", label.value, label.body, unit.end, path, self.open.lead
        )
        self.tree.roots.append(node)
        self._introduce(node, label.body, unit.end)

    def _introduce(self, node: Node, start: int, end: int) -> None:
        """Let the list that follows hang below ``node`` when its words introduce one, or stop at a comma."""
        if introduces(self.text, start, end) or self.text[end - 1] in ",，":
            lead = lead_in(self.document, start, end)
            self.open = Open(lead, node, [])
        else:
            self.open = Open(self.open.lead, None, None)

    def _item(self, unit: Unit, label: Label | None, path: tuple[str, ...], head: Heading | None) -> None:
        text = self.text
        body = label.body if label is not None else unit.start
        if body >= unit.end:
            body = unit.start
        stack = self.open.stack if self.open.stack is not None else []
        if unit.block.kind == "item" and unit.block.marker is None and label is None and stack:
            self._more(stack, unit)
            return
        level = level_of(self.text, unit, label, stack)
        while stack and stack[-1].level >= level:
            stack.pop()
        above = stack[-1].node if stack else self.open.owner
        number = None if label is None else label.printed
        words = text[body : unit.end]
        kind: ProvisionKind = "item"
        acts = states_action(words, self.document.language)
        acts = acts or (head is not None and bool(ACTION_HEAD.search(head.title)))
        key = "" if above is None else str(len(above.children) + 1)
        lead = self.open.lead
        if stack:
            lead = self._lead_of(stack[-1].node)
        if above is not None and above.number and number:
            number = above.number + number if number[0] in "（(" else number
        node = Node(kind, key, number, body, unit.end, path, lead)
        self.said.append((node, unit.end))
        if above is None:
            self.tree.roots.append(node)
            if self.open.members is None:
                self.open.members = []
                self.lists.append(self.open.members)
            self.open.members.append((node, acts))
        else:
            above.children.append(node)
            for holder in [self.open.owner, *(held.node for held in stack)]:
                if holder is not None:
                    holder.end = max(holder.end, unit.end)
        stack.append(Held(level, node, frozenset(readings(label)) if label is not None else frozenset()))
        self.open.stack = stack

    def _lead_of(self, node: Node) -> Span | None:
        if node.children:
            return node.children[0].lead_in
        found = lead_in(self.document, node.start, node.end)
        return found if found.end > found.start else None

    def _more(self, stack: list[Held], unit: Unit) -> None:
        """A further paragraph of the item that is open."""
        for held in stack:
            held.node.end = max(held.node.end, unit.end)
        if self.open.owner is not None:
            self.open.owner.end = max(self.open.owner.end, unit.end)

    def _prose(self, unit: Unit, path: tuple[str, ...], started: bool) -> None:
        text = self.text
        words = text[unit.start : unit.end]
        if self.counted is not None and self.counted.path == path and PARTICULARS.match(words):
            self.counted.end = unit.end
            return
        self.counted = None
        self.open = Open()
        complete = bool(STOP.search(words)) or (self.preamble and bool(PREAMBLE.match(words)))
        if (IMPRINT.search(words) and len(words) < 300) or not any(c.isalnum() for c in words):
            return
        floor = self.floor
        if not complete and (len(words) < 2 * floor or not started):
            return
        if not started and len(words) < floor:
            return
        if introduces(text, unit.start, unit.end):
            lead = lead_in(self.document, unit.start, unit.end)
            self.open = Open(lead)
            if lead.start <= unit.start and unit.end - unit.start < _SHORT_LEAD:
                return
        self.tree.roots.append(Node("prose", f"p{self._count('prose')}", None, unit.start, unit.end, path))

    def _count(self, what: str) -> int:
        self.counts[what] = self.counts.get(what, 0) + 1
        return self.counts[what]


def _starts_words(text: str, label: Label, unit: Unit) -> bool:
    return label.body < unit.end and label.end > label.start
