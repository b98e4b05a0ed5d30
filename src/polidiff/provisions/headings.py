"""The outline of a document that is not a law: which units are headings, how deep, and what stands above each."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from polidiff.lang.numerals import ZH_NUMBER
from polidiff.model import Document, Heading, Span
from polidiff.provisions.labels import Label, label_at, readings
from polidiff.provisions.units import Unit, one_line, trim

_NUMBER = re.compile(
    r"(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[\s\xa0\u3000]+(?=\S)|(?:Chapter|Part|Pillar|Section|Annex|Appendix)\s+([IVXLC]+|\d{1,2}|[A-Z])\b"
)
_ZH_PART = re.compile(
    rf"第({ZH_NUMBER})(?:部分|编|編|章|节|節|篇)|专栏[\s\u3000]*(?:\d{{1,2}}|{ZH_NUMBER})(?=[\s\u3000:：])"
)
CONTENTS = re.compile(r"(?:table of )?contents$|目[\s\u3000]*[录錄次]$", re.IGNORECASE)
_NOTES = re.compile(
    r"(foot-?notes|end-?notes|notes|注\s*释|脚\s*注|尾\s*注)$|references$|bibliography$|works cited$|参考文献$",
    re.IGNORECASE,
)
_NOTE = re.compile(r"[\[(（【]?(?:\d{1,3}|[*†‡①-⑳])[\])）】.:]?\s*\S")
# Headings that only their numbers show rank below those that the reader knows.
_BELOW = 10
_COUNTED = re.compile(rf"[^\W\d_]{{2,20}}\s?(?:\d{{1,2}}\b|[IVX]{{1,5}}\b|{ZH_NUMBER}[、:：\s])")
"""A word and a number: a heading that others count on is no title of the whole."""
_NAMES = 24
"""Letters of a numbered line, its stop included, that names what follows."""
_WHO = re.compile(r"(?<=[。；！？])[（(][^（）()]*[）)]$")
_STOP = re.compile(r"[。；！？;：:，,]\s*$")


@dataclass(slots=True)
class Outline:
    """Headings by the index of their unit, the path below each, and where words follow a heading in its unit."""

    headings: list[Heading] = field(default_factory=list)
    at: dict[int, Heading] = field(default_factory=dict)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)
    rest: dict[int, int] = field(default_factory=dict)


def aside(document: Document, title: str, below: Sequence[Unit]) -> bool:
    """Whether a heading stands over what provides nothing: the contents, numbered notes, or what the text cites."""
    notes = _NOTES.match(title)
    if notes is None or not below:
        return bool(CONTENTS.match(title))
    return notes[1] is None or bool(_NOTE.match(document.text, below[0].start, below[0].end))


def outline_of(document: Document, units: list[Unit], counted: Collection[int] = ()) -> Outline:
    """Return the outline with levels from 1 on and no level left out on the way down.

    ``counted`` are the units whose numbers run through the document: sentences among them are no headings.

    The reader's levels order the headings; decimal numbers (1.2 below 1) overrule them. In Chinese, numbered lines
    without a stop (一、 … （一） …) are headings even where the type does not say so. A lone first heading that is the
    document's title is none.
    """
    raw: list[tuple[int, int, Span, str | None]] = []
    title = _bare(document.title)
    zh = document.language == "zh"
    for index, unit in enumerate(units):
        words = document.text[unit.start : unit.end]
        if unit.heading:
            if not raw and _bare(words) == title and title and not _COUNTED.match(words):
                continue
            raw.append((index, unit.block.level, unit.span, _number(words) or _number(f"{unit.block.marker or ''} x")))
        elif (
            zh
            and not (index in counted and _STOP.search(words))
            and (label := _chinese(document.text, unit, units, index)) is not None
        ):
            raw.append((index, _BELOW + _zh_depth(label, words), unit.span, None))
    return _levels(document, _without_contents(document, raw))


def _without_contents(
    document: Document, raw: list[tuple[int, int, Span, str | None]]
) -> list[tuple[int, int, Span, str | None]]:
    """Drop the lines of a printed contents: numbered lines in a run, each of which comes again as a heading."""
    titles = {index: "".join(document.cut(span).split()) for index, _, span, _ in raw}
    last = {title: index for index, title in titles.items()}
    again = {index for index, title in titles.items() if last[title] != index}
    return [r for r in raw if r[1] < _BELOW or r[0] not in again or not {r[0] - 1, r[0] + 1} & again]


def _levels(document: Document, raw: list[tuple[int, int, Span, str | None]]) -> Outline:
    outline = Outline()
    stack: list[tuple[float, str]] = []
    numbered: dict[str, float] = {}
    for index, printed, span, number in raw:
        level = float(printed)
        if number is not None and "." in number:
            above = numbered.get(number.rsplit(".", 1)[0])
            if above is not None and level <= above:
                level = above + 0.5
        if number is not None:
            numbered[number] = level
        while stack and stack[-1][0] >= level:
            stack.pop()
        title = one_line(document.text[span.start : span.end])
        stack.append((level, title))
        page = document.pages_of(span)[0]
        heading = Heading(len(stack), title, page, span.start, span.end, number)
        outline.headings.append(heading)
        outline.at[index] = heading
        outline.paths[index] = tuple(t for _, t in stack)
        if CONTENTS.match(title):
            stack.pop()
    return outline


def _number(words: str) -> str | None:
    match = _NUMBER.match(words)
    return (match.group(1) or match.group(2)) if match else None


def _chinese(text: str, unit: Unit, units: list[Unit], index: int) -> str | None:
    """The label of a numbered line that is a heading, or None.

    It is short and has no stop; or it is one sentence whose stop closes the line, with unnumbered text or a deeper
    number below it and no line of the same numbering right above it.
    """
    words = text[unit.start : unit.end]
    if len(words) > 50 or index + 1 >= len(units) or unit.block.kind == "row":
        return None
    part = _ZH_PART.match(words)
    # Who leads stands in brackets behind the stop: 加强培训。各部门应当……。（数据局牵头）
    words = _WHO.sub("", words)
    stopped = bool(_STOP.search(words))
    if not stopped and "。" in words:
        return None
    if part:
        return None if stopped else part.group().strip()
    label: Label | None = label_at(text, unit.start, unit.end)
    if label is None or trim(text, label.body, unit.end).end - label.body < 2:
        return None
    if not stopped and label.form in ("、", "（）"):
        return label.form
    if label.form not in ("、", "（）", ".") or (stopped and (words[-1] != "。" or words.count("。") > 1)):
        return None
    style = readings(label)[0][0]
    above = label_at(text, units[index - 1].start, units[index - 1].end) if index else None
    below = label_at(text, units[index + 1].start, units[index + 1].end)
    deeper = below is not None and _DEPTHS.get(readings(below)[0][0], 0) > _DEPTHS.get(style, 9)
    if above is not None and readings(above)[0][0] == style:
        # Below a sibling that says all in its line: a name without a comma, with numbered points below it.
        return label.form if deeper and stopped and len(words) <= _NAMES and "，" not in words else None
    if below is None:
        return label.form if units[index + 1].block.kind == "paragraph" else None
    return label.form if deeper else None


_DEPTHS = {"一、": 3, "一（）": 4, "1、": 5, "1.": 5, "（1）": 6, "(1)": 6}


def _zh_depth(label: str, words: str) -> int:
    if label.startswith("专栏"):
        return 7
    if label.startswith("第"):
        return {"编": 0, "編": 0, "篇": 0, "部分": 1, "章": 1, "节": 2, "節": 2}[
            label[-2:] if label.endswith("部分") else label[-1]
        ]
    found = label_at(words, 0, len(words))
    return _DEPTHS.get(readings(found)[0][0], 6) if found else 6


def _bare(words: str) -> str:
    return "".join(c for c in words.casefold() if c.isalnum())
