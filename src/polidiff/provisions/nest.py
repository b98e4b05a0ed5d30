"""Nesting: from a run of labelled and unlabelled units to a tree, where the sequence of labels decides the depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from polidiff.model import Span
from polidiff.provisions.labels import Label, label_at, readings

_LOOK_AHEAD = 80
# Text that belongs to a label starts at least this far right of the label, in points.
_SET_IN = 6.0


@dataclass(frozen=True, slots=True)
class Token:
    """One unit for nesting: its label (or None), where its words begin and end.

    ``quoted`` marks words of another law that are quoted: they belong to whatever is open and open nothing.
    ``depth`` is the depth of a bullet below the text that it follows (0: no bullet); ``indent`` is the left edge in
    points where the format has one.
    """

    label: Label | None
    body: int
    end: int
    quoted: bool = False
    depth: int = 0
    indent: float | None = None

    @property
    def start(self) -> int:
        """Where the token begins, its label included."""
        return self.label.start if self.label is not None and self.label.end > self.label.start else self.body


def chained(text: str, label: Label | None, start: int, end: int, depth: int, indent: float | None) -> list[Token]:
    """Return the tokens of a unit whose label may be followed by more: "(2)(a) The …" is (2), and (a) in it."""
    out: list[Token] = []
    while label is not None and label.form == "()":
        inner = label_at(text, label.body, end)
        if inner is None or inner.form != "()":
            break
        out.append(Token(label, label.body, label.body, indent=indent))
        label = inner
    return [*out, Token(label, start if label is None else label.body, end, depth=depth, indent=indent)]


@dataclass(slots=True)
class Branch:
    """A labelled text with what is nested in it, in order: runs of its own text and further branches.

    ``start`` is where its label begins, ``body`` where its words begin. The root's label is None.
    """

    label: Label | None
    style: str
    ordinal: int
    start: int
    body: int
    end: int
    parts: list[Branch | Span] = field(default_factory=list)
    indent: float | None = None

    @property
    def branches(self) -> list[Branch]:
        """The branches nested directly in this one."""
        return [part for part in self.parts if isinstance(part, Branch)]


def nest(text: str, tokens: Sequence[Token], hold: frozenset[str] = frozenset()) -> Branch:
    """Build the tree of ``tokens``.

    An unlabelled token that is set further in than an open label continues that label's text. Any other closes every
    list down to the first level; there it continues the open branch when that branch's style is in ``hold``
    (``"*"``: any), else it goes to the root. Bullets hang below the open branch.
    """
    first = tokens[0].start if tokens else 0
    root = Branch(None, "", 0, first, first, first)
    stack = [root]
    for index, token in enumerate(tokens):
        if token.quoted:
            _extend(stack, Span(token.start, token.end))
            continue
        if token.depth:
            _bullet(stack, token)
            continue
        if token.label is None:
            keep = 2 if len(stack) > 1 and (stack[1].style in hold or "*" in hold) else 1
            del stack[max(keep, _inside(stack, token)) :]
            _append(stack, Span(token.body, token.end))
            continue
        _place(text, stack, tokens, index)
    return root


def _inside(stack: list[Branch], token: Token) -> int:
    """How many of the open branches the token's indent puts it inside of, the root included."""
    if token.indent is None:
        return 1
    for depth in range(len(stack) - 1, 0, -1):
        indent = stack[depth].indent
        if indent is not None and token.indent > indent + _SET_IN:
            return depth + 1
    return 1


def _append(stack: list[Branch], span: Span) -> None:
    if span.end > span.start:
        stack[-1].parts.append(span)
    for branch in stack:
        branch.end = max(branch.end, span.end)


def _extend(stack: list[Branch], span: Span) -> None:
    """Add ``span`` to the text that was open last, so that quoted law stays one run with its introduction."""
    last = stack[-1].parts[-1] if stack[-1].parts else None
    if isinstance(last, Span):
        stack[-1].parts[-1] = Span(last.start, span.end)
        for branch in stack:
            branch.end = max(branch.end, span.end)
    else:
        _append(stack, span)


def _bullet(stack: list[Branch], token: Token) -> None:
    style = f"•{token.depth}"
    while stack[-1].style.startswith("•") and int(stack[-1].style[1:]) >= token.depth:
        stack.pop()
    branch = Branch(token.label, style, len(stack[-1].branches) + 1, token.start, token.body, token.end)
    stack[-1].parts.append(branch)
    stack.append(branch)
    _append(stack, Span(token.body, token.end))


def _place(text: str, stack: list[Branch], tokens: Sequence[Token], index: int) -> None:
    token = tokens[index]
    label = token.label
    assert label is not None
    while stack[-1].style.startswith("•"):
        stack.pop()
    options = readings(label) or [(stack[-1].style, stack[-1].ordinal + 1)]  # a misprint, as (xviv): the next one
    follow: tuple[int, str, int] | None = None
    for depth in range(len(stack) - 1, 0, -1):
        for style, ordinal in options:
            if stack[depth].style == style and stack[depth].ordinal + 1 == ordinal:
                follow = (depth, style, ordinal)
                break
        if follow:
            break
    open_styles = {branch.style for branch in stack[1:]}
    opens = next(((style, n) for style, n in options if n == 1 and style not in open_styles), None)
    if follow and opens and _opens_list(text, stack, tokens, index, opens[0]):
        follow = None
    if follow:
        depth, style, ordinal = follow
    elif opens:
        depth, (style, ordinal) = len(stack), opens
    else:
        depth, style, ordinal = _nearest(stack, options)
    del stack[depth:]
    branch = Branch(label, style, ordinal, token.start, token.body, token.end, [], token.indent)
    stack[-1].parts.append(branch)
    stack.append(branch)
    _append(stack, Span(token.body, token.end))


def _nearest(stack: list[Branch], options: list[tuple[str, int]]) -> tuple[int, str, int]:
    """The place of a label that neither continues nor opens a list: a gap, a restart, or a list cut from elsewhere."""
    for later in (True, False):
        for depth in range(len(stack) - 1, 0, -1):
            for style, ordinal in options:
                if stack[depth].style == style and (ordinal > stack[depth].ordinal) == later:
                    return depth, style, ordinal
    for style, ordinal in options:
        for branch in reversed(stack[-1].branches):
            if branch.style == style:
                return len(stack), style, ordinal
    style, ordinal = options[0]
    return len(stack), style, ordinal


def _opens_list(text: str, stack: list[Branch], tokens: Sequence[Token], index: int, style: str) -> bool:
    """Decide between the next letter and the first Roman numeral: ``(h)``, ``(i)`` …

    What comes first afterwards decides: the second of the new list, or the next of the old one. Where neither
    comes, a list opens after words that introduce one (a colon or a dash).
    """
    for token in tokens[index + 1 : index + 1 + _LOOK_AHEAD]:
        if token.label is None or token.quoted or token.depth:
            continue
        found = readings(token.label)
        if (style, 2) in found:
            return True
        for old in stack[1:]:
            if any(old.style == s and old.ordinal + 2 == n for s, n in found):
                return False
    before = text[stack[-1].body : stack[-1].end].rstrip()
    return before.endswith((":", "—", "–", "："))
