"""Chinese laws and regulations: 编章节 above, 条 as provisions, 款 and 项 nested in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from polidiff.lang.numerals import ZH_LABEL, ZH_NUMBER, to_chinese, zh_number
from polidiff.model import Document, Heading, Span
from polidiff.provisions.nest import Branch, Token, nest
from polidiff.provisions.points import Citation, nodes
from polidiff.provisions.tree import Builder, Node, Tree
from polidiff.provisions.units import Unit, label_of, one_line

_SPACE = r"[\s\u3000\xa0]"
_ARTICLE = re.compile(
    rf"第{_SPACE}?({ZH_LABEL}|\d{{1,4}}){_SPACE}?[条條]"
    rf"(?:{_SPACE}?之{_SPACE}?({ZH_NUMBER}|\d{{1,2}}))?(?={_SPACE}|[^的规規至、和与與及或第，。款項之])[:：]?{_SPACE}*"
)
_DIVISION = re.compile(rf"第({ZH_LABEL}|\d{{1,3}})(编|分编|章|节|編|節){_SPACE}*(?=\S|$)")
_RANK = {"编": 0, "編": 0, "分编": 1, "章": 2, "节": 3, "節": 3}
_ANNEX = re.compile(rf"附(?:件|录|錄|表){_SPACE}*({ZH_NUMBER}|\d{{1,2}})?{_SPACE}*[:：]?{_SPACE}*")
_CONTENTS = re.compile(rf"目{_SPACE}*[录錄次]$")
_FORMS = ("（）", "、", "①", "()", ".", ")")
"""Forms of labels that number the items of an article or an annex."""
_SENTENCE = re.compile(r"[。；！？;]\s*$")


@dataclass(slots=True)
class _Article:
    printed: str
    number: int
    start: int
    path: tuple[str, ...]
    tokens: list[Token] = field(default_factory=list)


def looks_like_law(document: Document, units: list[Unit]) -> bool:
    """Whether the document is Chinese and articles (第二条, 第二條) count upwards at the start of its units."""
    text = document.text
    if document.language == "en":
        return False
    last = hits = 0
    for unit in units:
        match = _ARTICLE.match(text, unit.start, unit.end)
        if match and zh_number(match.group(1)) == last + 1:
            last += 1
            hits += 1
    return hits >= 3


def article_of(text: str, unit: Unit, path: tuple[str, ...]) -> Node | None:
    """Return the article that a unit opens and holds (第二条 …), its number apart from its words, or None."""
    match = _ARTICLE.match(text, unit.start, unit.end)
    if match is None or match.end() >= unit.end:
        return None
    printed = re.sub(r"[\s\u3000\xa0:：]+", "", match.group())
    return Node("article", f"art-{zh_number(match.group(1))}", printed, match.end(), unit.end, path)


def build(document: Document, units: list[Unit]) -> Tree:
    """Split a law into articles, their 款 and 项, and annexes. What stands before the first chapter is left out."""
    return _Builder(document, units).run()


class _Builder(Builder):
    def __init__(self, document: Document, units: list[Unit]) -> None:
        super().__init__(document, units)
        self.divisions: list[tuple[int, Heading]] = []
        self.last = 0
        self.article: _Article | None = None
        self.annex: Node | None = None
        self.held: list[Token] = []
        """What stands in the open annex."""
        self.closed = False

    def run(self) -> Tree:
        for index, unit in enumerate(self.units):
            self._unit(index, unit)
        self._close()
        self._drop_contents()
        return self.tree

    def _unit(self, index: int, unit: Unit) -> None:
        match = _ARTICLE.match(self.text, unit.start, unit.end)
        if match and self._next(match):
            self._close()
            self.closed = False
            path = tuple(heading.title for _, heading in self.divisions)
            self.last = zh_number(match.group(1))
            printed = re.sub(r"[\s\u3000\xa0:：]+", "", match.group())
            self.article = _Article(printed, self.last, unit.start, path)
            body = match.end()
            if body < unit.end:
                self.article.tokens.append(Token(None, body, unit.end))
            return
        if self._division(unit) or self._annex(unit):
            return
        if self.annex is not None:
            self.annex.end = unit.end
            self.held.append(self._token(unit))
            return
        if self.article is not None and not self.closed:
            if self._signs(index, unit):
                self.closed = True
                return
            self.article.tokens.append(self._token(unit))

    def _token(self, unit: Unit) -> Token:
        label = label_of(self.text, unit)
        if label is not None and label.form in _FORMS:
            return Token(label, label.body, unit.end)
        return Token(None, unit.start, unit.end)

    def _next(self, match: re.Match[str]) -> bool:
        number = zh_number(match.group(1))
        if match.group(2):
            return number == self.last
        return number == self.last + 1 or (self.last == 0 and number > 0 and self.article is None and number < 2)

    def _signs(self, index: int, unit: Unit) -> bool:
        """Whether the unit, after a complete article, is a signature or a date: short, without a stop, at the end."""
        words = self.text[unit.start : unit.end]
        if len(words) > 40 or _SENTENCE.search(words) or words.endswith(("：", ":", "，")):
            return False
        assert self.article is not None
        before = self.article.tokens[-1].end if self.article.tokens else unit.start
        rest = self.units[index + 1 :]
        later = any(_ARTICLE.match(self.text, u.start, u.end) for u in rest[:200])
        return not later and bool(_SENTENCE.search(self.text[max(0, before - 2) : before]))

    def _division(self, unit: Unit) -> bool:
        match = _DIVISION.match(self.text, unit.start, unit.end)
        words = self.text[unit.start : unit.end]
        if match is None or len(words) > 60 or _SENTENCE.search(words) or words.endswith(("，", "：")):
            return False
        self._close()
        rank = _RANK[match.group(2)]
        self.divisions = [d for d in self.divisions if d[0] < rank]
        page = self.document.pages_of(unit.span)[0]
        # A title keeps its full-width spaces: they are what the publisher printed.
        title = re.sub(r"[\r\n\t]+", " ", words)
        heading = Heading(len(self.divisions) + 1, title, page, unit.start, unit.end, words[: match.end(2)])
        self.divisions.append((rank, heading))
        self.tree.headings.append(heading)
        return True

    def _annex(self, unit: Unit) -> bool:
        match = _ANNEX.match(self.text, unit.start, unit.end)
        words = self.text[unit.start : unit.end]
        if match is None or len(words) > 60 or self.last == 0 or _SENTENCE.search(words):
            return False
        if not (unit.set_apart or match.group(1) or match.end() >= unit.end or "：" in match.group()):
            return False
        self._close()
        number = match.group(1) or ""
        page = self.document.pages_of(unit.span)[0]
        self.tree.headings.append(Heading(1, one_line(words), page, unit.start, unit.end, number or None))
        path = (one_line(words),)
        self.annex = Node("annex", f"annex-{zh_number(number) or 1}", number or None, unit.start, unit.end, path)
        self.tree.roots.append(self.annex)
        return True

    def _close_annex(self) -> None:
        """Give the open annex its items, or a part for each of its paragraphs where nothing in it is numbered."""
        annex, held, self.annex, self.held = self.annex, self.held, None, []
        if annex is None or not held:
            return
        root = nest(self.text, held)
        if root.branches:
            annex.children = nodes(self.document, root, f"附件{annex.number or ''} ", annex.path, _ANNEXED)
        else:
            parts = enumerate(held, 1)
            annex.children = [Node("prose", f"s{n}", annex.number, t.start, t.end, annex.path) for n, t in parts]

    def _close(self) -> None:
        self._close_annex()
        article = self.article
        self.article = None
        if article is None or not article.tokens:
            return
        tokens = article.tokens
        key = f"art-{article.number}" + ("" if "之" not in article.printed else "-" + article.printed.split("之")[1])
        node = Node("article", key, article.printed, tokens[0].start, tokens[-1].end, article.path)
        root = nest(self.text, tokens)
        node.children = self._paragraphs(root, node)
        self.tree.roots.append(node)

    def _paragraphs(self, root: Branch, article: Node) -> list[Node]:
        """The 款 of an article: each run of unlabelled text with the items that follow it."""
        runs: list[Branch] = []
        for part in root.parts:
            if isinstance(part, Span) or not runs:
                start = part.start
                runs.append(Branch(None, "", len(runs) + 1, start, start, part.end, []))
            runs[-1].parts.append(part)
            runs[-1].end = part.end
        if len(runs) < 2:
            return nodes(self.document, root, article.number, article.path, _CITE) if root.branches else []
        out = []
        for count, run in enumerate(runs, 1):
            # In laws in traditional characters the paragraph of an article is a 項, in simplified ones a 款.
            number = f"{article.number}第{to_chinese(count)}{'項' if '條' in (article.number or '') else '款'}"
            node = Node("paragraph", f"k{count}", number, run.start, run.end, article.path)
            if run.branches:
                node.children = nodes(self.document, run, number, article.path, _CITE)
            out.append(node)
        return out

    def _drop_contents(self) -> None:
        """Drop the headings of a printed table of contents: those that come again, before the first article."""
        first = min((root.start for root in self.tree.roots if root.kind == "article"), default=0)
        bare = [re.sub(r"\s", "", heading.title) for heading in self.tree.headings]
        last = {title: index for index, title in enumerate(bare)}
        self.tree.headings = [
            heading
            for index, heading in enumerate(self.tree.headings)
            if heading.end > first or last[bare[index]] == index
        ]


def _number(parent: str | None, branch: Branch, depth: int) -> str | None:
    return f"{parent or ''}{branch.label.printed if branch.label is not None else ''}"


def _loose(parent: str | None, count: int, depth: int) -> str | None:
    return parent


_CITE = Citation(_number, _loose, ("item",), "paragraph")
_ANNEXED = Citation(_number, _loose, ("item",), "prose")
