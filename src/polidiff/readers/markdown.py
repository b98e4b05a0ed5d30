"""Markdown: the words without the markup. Front matter is metadata, not text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from polidiff.errors import SourceTooLarge
from polidiff.model import BlockKind
from polidiff.readers.bold import bold_headings, first_line_title
from polidiff.readers.draft import PLAIN, Draft, Line, NoteDraft, Style, file_line, set_title
from polidiff.readers.frontmatter import front_matter
from polidiff.readers.labels import awaits_number, bullet_of, follows, label_of
from polidiff.readers.limits import MAX_TEXT_BYTES

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)/?>")
_INLINE_BLOCK = re.compile(
    r"\s*</?(?:span|b|strong|i|em|u|ins|a|font|small|sup|sub|mark|abbr|cite|code|br|s|strike|del|q|big)\b", re.I
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^([^\]\s]{1,64})\]:[ \t]*(.*(?:\n(?:(?: {2,}|\t).*|(?=\n[ \t]{2,}\S)))*)\n?", re.M)
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,64})\]")
_STOP = re.compile("[.!?:;。！？；：][\"'”’）)」』】]*$")
_JOINT = re.compile(r"(?:[.!?:;,。！？；：，]|\b(?:and|or))[\"'”’）)」』】]*$")


@dataclass(slots=True)
class MarkdownParts:
    """What a Markdown file gives a Document. ``meta`` holds the front matter, keys in lower case."""

    drafts: list[Draft]
    notes: list[NoteDraft]
    meta: dict[str, str] = field(default_factory=dict)


def read_markdown(text: str, name: str) -> MarkdownParts:
    """Return headings, paragraphs, items, rows and notes of a Markdown text, and its front matter."""
    if len(text) > MAX_TEXT_BYTES:
        raise SourceTooLarge(name, f"the file is larger than {MAX_TEXT_BYTES >> 20} MB", "split it")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    meta, body_start = front_matter(text)
    body = text[body_start:]
    definitions: dict[str, str] = {}

    def keep(match: re.Match[str]) -> str:
        definitions.setdefault(match.group(1), re.sub(r"\n[ \t]*", "\n", match.group(2)))
        return "\n"

    body = _FOOTNOTE.sub(keep, body)
    reader = _Reader(name, definitions)
    reader.read(body)
    notes = []
    for key, words in definitions.items():
        inner = _Reader(name, {})
        inner.read(words)
        notes.append(NoteDraft(key, key, " ".join(draft.text for draft in inner.drafts if draft.text)))
    set_title(reader.drafts, meta.get("title", ""))
    first_line_title(reader.drafts)
    bold_headings(reader.drafts)
    return MarkdownParts(reader.drafts, notes, meta)


def _parser(*, html_blocks: bool = True) -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": 100}).enable(["table", "strikethrough"])
    return parser if html_blocks else parser.disable("html_block")


_HAN = "[\u3001-\u303f\u3400-\u9fff\uff01-\uff60“”‘’—…]"
_STARS = re.compile(rf"{_HAN}\*\*|\*\*{_HAN}")


class _Reader:
    """Turns markdown-it tokens into drafts."""

    def __init__(self, name: str, definitions: dict[str, str]) -> None:
        self.name = name
        self.definitions = definitions
        self.drafts: list[Draft] = []
        self.line = Line()
        self.styles: list[tuple[str, Style]] = []
        self.kinds: list[tuple[BlockKind, int]] = []
        self.marker: str | None = None
        self.depth = -1

    def read(self, text: str) -> None:
        self._tokens(_parser().parse(text))

    def _tokens(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            handler = getattr(self, f"_on_{token.type}", None)
            if handler is not None:
                handler(token)
        self._flush()

    def _flush(self) -> None:
        kind, level = self.kinds[-1] if self.kinds else ("paragraph", 0)
        draft = file_line(self.line, kind, level=level, marker=self.marker)
        self.line = Line()
        if draft is not None:
            if draft.text:
                if kind == "item" and self.marker is None and draft.marker:
                    draft.level += 1  # a point with a printed label inside of an item
                self.marker = None
            self.drafts.append(draft)

    # -- block tokens -----------------------------------------------------------------------------------------

    def _on_heading_open(self, token: Token) -> None:
        self._flush()
        self.kinds.append(("heading", int(token.tag[1])))

    def _on_heading_close(self, token: Token) -> None:
        self._flush()
        self.kinds.pop()

    def _on_paragraph_close(self, token: Token) -> None:
        self._flush()
        self.styles.clear()

    def _on_bullet_list_open(self, token: Token) -> None:
        self._flush()
        self.depth += 1
        self.kinds.append(("item", self.depth))

    _on_ordered_list_open = _on_bullet_list_open

    def _on_bullet_list_close(self, token: Token) -> None:
        self._flush()
        self.depth -= 1
        self.kinds.pop()

    _on_ordered_list_close = _on_bullet_list_close

    def _on_list_item_open(self, token: Token) -> None:
        self._flush()
        self.marker = f"{token.info}{token.markup}" if token.info else "•"

    def _on_list_item_close(self, token: Token) -> None:
        self._flush()
        self.marker = None

    def _on_blockquote_open(self, token: Token) -> None:
        self._flush()
        self.kinds.append(self.kinds[-1] if self.kinds and self.kinds[-1][0] == "item" else ("quote", 0))

    def _on_blockquote_close(self, token: Token) -> None:
        self._flush()
        self.kinds.pop()

    def _on_tr_open(self, token: Token) -> None:
        self._flush()
        self.kinds.append(("row", 0))

    def _on_tr_close(self, token: Token) -> None:
        self._flush()
        self.kinds.pop()

    def _on_td_close(self, token: Token) -> None:
        self.line.tab()

    _on_th_close = _on_td_close

    def _on_fence(self, token: Token) -> None:
        self._flush()
        for line in token.content.split("\n"):
            if not line.strip() or label_of(line) or bullet_of(line.lstrip()):
                self._flush()
            self.line.add(f"{line}\n")
        self._flush()

    _on_code_block = _on_fence

    def _on_html_block(self, token: Token) -> None:
        self._flush()
        if _INLINE_BLOCK.match(token.content):
            for inner in _parser(html_blocks=False).parse(token.content):
                if inner.type == "inline":
                    self._on_inline(inner)
                    self._flush()
            self.styles.clear()
            return
        from polidiff.readers.html.document import read_fragment

        self.drafts.extend(read_fragment(token.content, self.name))

    # -- inline tokens ----------------------------------------------------------------------------------------

    @property
    def _style(self) -> Style:
        return Style(*(any(style[i] for _, style in self.styles) for i in range(len(PLAIN)))) if self.styles else PLAIN

    def _on_inline(self, token: Token) -> None:
        children = token.children or []
        marks = sum(child.content.count("**") for child in children if child.type == "text")
        paired = marks > 0 and marks % 2 == 0 and bool(_STARS.search(token.content))
        for index, child in enumerate(children):
            match child.type:
                case "text" if paired:
                    self._starred(child.content)
                case "text" | "text_special":
                    self._words(child.content)
                case "code_inline":
                    self.line.add(child.content, self._style)
                case "softbreak":
                    self._break(children, index, hard=False)
                case "hardbreak":
                    self._break(children, index, hard=True)
                case "strong_open":
                    self.styles.append(("strong", Style(bold=True)))
                case "em_open":
                    self.styles.append(("em", Style(italic=True)))
                case "s_open":
                    self.styles.append(("s", Style(struck=True)))
                case "strong_close" | "em_close" | "s_close":
                    self._close(child.tag)
                case "html_inline":
                    self._html(child.content, children, index)
                case _:
                    pass

    def _starred(self, text: str) -> None:
        """Pour in words with ``**`` that CommonMark leaves as they are, since no space stands beside Chinese marks."""
        for number, piece in enumerate(text.split("**")):
            if number:
                if any(tag == "stars" for tag, _ in self.styles):
                    self._close("stars")
                else:
                    self.styles.append(("stars", Style(bold=True)))
            self._words(piece)

    def _words(self, text: str) -> None:
        position = 0
        for match in _REFERENCE.finditer(text):
            if match.group(1) not in self.definitions:
                continue
            self.line.add(text[position : match.start()], self._style)
            self.line.mark(match.group(1))
            position = match.end()
        self.line.add(text[position:], self._style)

    def _break(self, children: Sequence[Token], index: int, *, hard: bool) -> None:
        """A line end inside a paragraph: the end of a block before a printed label, else typesetting."""
        kind = self.kinds[-1][0] if self.kinds else "paragraph"
        after = "".join(
            child.content for child in children[index + 1 : index + 6] if child.type in ("text", "text_special")
        )
        before = self.line.tail
        opens = (label_of(after) is not None or bullet_of(after) is not None) and not awaits_number(before)
        label = label_of(after)
        counts = label is not None and follows(label_of(self.line.text), label)
        ends = bool(_STOP.search(before)) if hard else False
        if (
            kind not in ("heading", "row")
            and before
            and ((hard and (opens or ends)) or (opens and (counts or _JOINT.search(before))))
        ):
            self._flush()
        elif hard:
            self.line.line_break()
        else:
            self.line.add("\n", self._style)

    def _html(self, tag_text: str, children: Sequence[Token], index: int) -> None:
        match = _TAG.match(tag_text)
        if match is None:
            return
        closing, tag, attributes = match.group(1), match.group(2).lower(), match.group(3).lower()
        if tag == "br":
            self._break(children, index, hard=True)
        elif closing:
            self._close(tag)
        elif not tag_text.endswith("/>") and tag not in ("img", "wbr", "hr", "input"):
            bold = tag in ("b", "strong") or bool(re.search(r"font-weight\s*:\s*(?:bold|[6-9]00)", attributes))
            italic = tag in ("i", "em", "cite") or "italic" in attributes
            under = tag in ("u", "ins") or bool(re.search(r"text-decoration[\w-]*\s*:[^;]*underline", attributes))
            struck = tag in ("s", "del", "strike") or "line-through" in attributes
            self.styles.append((tag, Style(bold, italic, under, struck, tag == "sup")))

    def _close(self, tag: str) -> None:
        for position in range(len(self.styles) - 1, -1, -1):
            if self.styles[position][0] == tag:
                del self.styles[position]
                return
