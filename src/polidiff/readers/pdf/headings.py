"""Which blocks are headings, at which level, and what the document's title is: from type, place, labels, bookmarks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from polidiff.readers.pdf.blocks import Body, Draft
from polidiff.readers.pdf.chars import is_cjk

_LABELS = {
    "annex": 0, "appendix": 0, "schedule": 0, "book": 1, "编": 1, "部": 1, "part": 2, "title": 3, "chapter": 4, "章": 4,
    "section": 5, "节": 5, "節": 5, "subsection": 6, "article": 7, "条": 7, "條": 7,
}  # fmt: skip
_STRUCTURE = re.compile(
    r"^(annex|appendix|schedule|book|part|title|chapter|section|subsection|article)"
    r"(?:\s+(?:\d{1,3}(?:\.\d+)*[a-z]?|[IVXLC]{1,7}|[A-Z])(?![\w])|$)\s*[.:—–-]?\s*",
    re.IGNORECASE,
)
_STRUCTURE_ZH = re.compile(r"^第[〇零一二三四五六七八九十百\d]{1,6}([编部章节節条條])[\s\u3000]*")
_CAPTION = re.compile(
    r"^(?:(?:Figure|Fig\.|Table|Chart|Graph|Exhibit|FIGURE|TABLE|CHART)\s+(?:[A-Z]{1,2}[.-]?)?\d{1,2}(?:[.-]\d{1,2})?[a-z]?"
    r"\s*(?:[.:|–—-]\s*(?=\S)|$)|[图圖表]\s*\d{1,2}(?:[.-]\d{1,2})?[\s\u3000.:：、])"
)
_SENTENCE = re.compile(r"[.;,。；，][\"'”’)]*$")
_NUMBERS = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_COUNTED = re.compile(r"([^\W\d_]{2,20})\s?(\d{1,2}|[IVX]{1,5}\b|[一二三四五六七八九十]{1,3})(?!\d)")
"""A word and a number that open a heading: "Priority 1", 任务一."""
_NOT_WORDS = re.compile(r"[\W_]+")
_ZH_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十]{1,3}[）)、．]")


class Bookmark(NamedTuple):
    """An entry of the file's outline: depth 0 is the outermost; ``page`` counts from 1."""

    depth: int
    title: str
    page: int | None


def structure_of(text: str) -> tuple[str, str] | None:
    """The structural label that opens ``text`` (``chapter``, ``章`` …) and the words behind it, or None."""
    match = _STRUCTURE.match(text)
    if match:
        return match[1].lower(), text[match.end() :]
    zh = _STRUCTURE_ZH.match(text)
    return (zh[1], text[zh.end() :]) if zh else None


def fold(text: str) -> str:
    """Letters and digits alone, in lower case."""
    return _NOT_WORDS.sub("", text.casefold())


def mark_headings(
    drafts: list[Draft], body: Body, bookmarks: Sequence[Bookmark], meta_title: str
) -> tuple[list[Draft], str]:
    """Set kind and level of the headings among ``drafts``; return the blocks, labels joined to titles, and title."""
    outline: dict[str, list[Bookmark]] = defaultdict(list)
    for bookmark in bookmarks:
        outline[fold(bookmark.title)].append(bookmark)
    matched: dict[int, int] = {}
    for draft in drafts:
        if draft.kind in ("contents", "row") or draft.bullet:
            continue
        bookmark_depth = _bookmarked(draft, outline)
        if bookmark_depth is None and _CAPTION.match(draft.text) and len(draft.lines) <= 4:
            draft.kind = "caption"
            continue
        if bookmark_depth is not None:
            matched[id(draft)] = bookmark_depth
        if bookmark_depth is not None or _stands_out(draft, body):
            draft.kind = "heading"
    _demote_sentences(drafts, matched)
    _demote_table_heads(drafts, matched)
    title = _title(drafts, body, meta_title)
    _demote(drafts)
    drafts = _join_labels(drafts, outline, matched)
    _set_levels([draft for draft in drafts if draft.kind == "heading"], matched, body)
    if not title and bookmarks:
        title = bookmarks[0].title
    return drafts, " ".join(title.split())


def _bookmarked(draft: Draft, outline: dict[str, list[Bookmark]]) -> int | None:
    if not outline or len(draft.lines) > 6:
        return None
    page = draft.lines[0].page
    for bookmark in outline.get(fold(draft.text), ()):
        if bookmark.page is None or abs(bookmark.page - page) <= 1:
            return bookmark.depth
    return None


def _stands_out(draft: Draft, body: Body) -> bool:
    """Whether a block's type or place sets it apart from running text, and it is short enough for a heading."""
    text = draft.text
    lines, length = len(draft.lines), len(text)
    if lines > 5 or length > 260:
        return False
    if draft.marker is None and not draft.centred and any(max(ln.gaps, default=0) > 3 * ln.size for ln in draft.lines):
        return False
    chinese = not text.isascii() and sum(1 for c in text if is_cjk(c)) > length / 3
    letters = sum(1 for c in text if c.isalpha())
    if length > (90 if chinese else 260) or letters < 2 or letters < 0.35 * len(text.replace(" ", "")):
        return False
    sentence = bool(_SENTENCE.search(text))
    ratio = draft.size / body.size
    structure = structure_of(text)
    apart = draft.above > 1.12 or draft.above > 8
    bold, italic = draft.bold and not body.bold, draft.italic and not body.italic
    named = structure is not None and (not structure[1] or bold or ratio > 1.1 or structure[0] in ("章", "节", "编"))
    if named and (draft.centred or bold or italic or ratio > 1.1) and (not sentence or bold):
        return True
    if ratio >= 1.13:
        return not (sentence and length > 60) and not (lines > 3 and length > 160)
    return ratio >= 0.8 and _styled(draft, body, sentence, apart, chinese)


def _styled(draft: Draft, body: Body, sentence: bool, apart: bool, chinese: bool) -> bool:
    """Whether a short block in type of the body's size is a heading by its style: bold, italic, centred."""
    text, lines, length = draft.text, len(draft.lines), len(draft.text)
    ratio = draft.size / body.size
    family = draft.lines[0].face.family != body.family
    if draft.bold and not body.bold:
        if text[-1:] in ":：" and ratio < 1.08 and (draft.marker or length > 60):
            return False
        if text[-1:] in ";,，；" or (sentence and (length > 90 or not draft.marker)):
            return False
        return lines <= 4 and length <= 220
    if sentence:
        return False
    if draft.italic and not body.italic:
        return lines <= 2 and apart and draft.below < 8.5 and length <= 140 and text[-1:] not in ":—"
    if draft.centred and text.upper() == text and sum(c.isalpha() for c in text) > 3 and not chinese:
        return length <= 140 and apart
    if chinese and family and (draft.centred or _ZH_NUMBER.match(text)):
        return length <= 45 and lines <= 2
    return family and ratio >= 1.0 and apart and lines <= 2 and length <= 100 and draft.below < 8.5 and text[-1:] != ":"


_OPEN = re.compile(r"(?i)\b(?:of|on|for|to|in|the|and|with|by|from|a|an)$")
"""A word at the end of a line after which its name goes on."""
_OVER = 0.45
"""Share of the largest type on a cover that a line above it has which is part of the title."""


def _title(drafts: list[Draft], body: Body, meta_title: str) -> str:
    """Find the printed title in the largest type of the first page; mark its blocks; fall back on the metadata."""
    if not drafts:
        return meta_title
    first = drafts[0].lines[0].page
    front = [draft for draft in drafts if draft.lines[0].page == first]
    worded = [
        draft for draft in front if sum(c.isalpha() for c in draft.text) >= 4 and draft.kind in ("heading", "paragraph")
    ]
    largest = max((draft.size for draft in worded), default=0.0)
    plain = all(draft.kind in ("paragraph", "heading") and len(draft.text) < 150 for draft in front)
    cover = plain and largest >= 1.3 * body.size and sum(len(draft.text) for draft in front) < 700
    chosen = [draft for draft in worded if draft.size >= 0.85 * largest and len(draft.text) < 300]
    if largest >= 1.25 * body.size and chosen and not _labelled(chosen[0], drafts):
        title = _in_large_type(front, chosen, worded if cover else [], max(_OVER * largest, 2 * body.size))
    else:
        title = _of_metadata(front, meta_title, body)
    heads = [draft for draft in front if draft.kind == "heading"]
    if not title and heads and heads[0] in front[:4] and not _one_of_many(heads[0], drafts):
        heads[0].kind = "title"
        title = heads[0].text
    _set_aside(front, cover=bool(cover and title and len(front) < 15 and drafts[-1].lines[-1].page > first + 1))
    return title or meta_title


def _in_large_type(front: list[Draft], chosen: list[Draft], above: list[Draft], least: float) -> str:
    """Mark the first run of the ``chosen`` blocks as the title and return it, with lines in large type above it.

    Those are of ``above``, and of this size at ``least``: a line over the largest is part of the name ("Winning the
    Race").
    """
    start = front.index(chosen[0])
    run = list(takewhile(lambda draft: draft in chosen, front[start:]))
    for draft in run:
        draft.kind = "title"
    title = " ".join(draft.text for draft in run)
    over = front[start - 1] if start else None
    if over is None or over not in above or over.size < least:
        return title
    title = f"{over.text} {title}" if _OPEN.search(over.text) else f"{over.text}: {title}"
    over.kind = "title"
    for other in reversed(front[: start - 1]):
        if abs(other.size - over.size) > 0.3 or other not in above:
            break
        other.kind, title = "title", f"{other.text} {title}"
    return title


def _of_metadata(front: list[Draft], meta_title: str, body: Body) -> str:
    """Return the title that the file gives, where it is long enough to tell, and mark the blocks that print it."""
    meta = fold(meta_title)
    if len(meta) < 8:
        return ""
    for draft in front:
        words = fold(draft.text)
        if len(words) >= 8 and words in meta and draft.size >= 0.8 * body.size:
            draft.kind = "title"
    return meta_title


def _set_aside(front: list[Draft], *, cover: bool) -> None:
    """Make furniture of what is on a cover beside its title, and of short lines above a title."""
    for draft in front:
        if cover and draft.kind in ("paragraph", "heading"):
            draft.kind = "furniture"
    if any(draft.kind == "title" for draft in front):
        for draft in takewhile(lambda draft: draft.kind != "title", front):
            if len(draft.text) < 80:
                draft.kind = "furniture"


def _labelled(draft: Draft, drafts: list[Draft]) -> bool:
    """Whether a block in large type opens with a label, or with a word and a number that later ones count on."""
    if draft.marker is not None or structure_of(draft.text) is not None:
        return True
    counted = _COUNTED.match(draft.text)
    return counted is not None and any(
        other is not draft
        and abs(other.size - draft.size) < 0.5
        and (found := _COUNTED.match(other.text)) is not None
        and found[1] == counted[1]
        and found[2] != counted[2]
        for other in drafts
    )


def _one_of_many(head: Draft, drafts: list[Draft]) -> bool:
    """Whether a heading is the first of numbered ones, and so no title."""
    if _labelled(head, drafts):
        return True
    counted = head.text[:1].isdecimal() and not head.text[:3].isdecimal()
    return counted and any(
        draft is not head and draft.kind == "heading" and draft.text[:1].isdecimal() for draft in drafts
    )


def _demote_sentences(drafts: list[Draft], matched: dict[int, int]) -> None:
    """Take back numbered sentences in bold where others of their kind are too long for headings: they are a list."""
    kin: dict[tuple[float, bool], list[Draft]] = defaultdict(list)
    for draft in drafts:
        numbered = draft.bold and draft.marker and draft.marker[0].isdecimal() and _SENTENCE.search(draft.text)
        if numbered and draft.kind in ("heading", "item", "paragraph") and id(draft) not in matched:
            kin[(round(draft.size, 1), draft.centred)].append(draft)
    for group in kin.values():
        heads = [draft for draft in group if draft.kind == "heading"]
        if len(group) >= 3 and len(heads) * 2 <= len(group):
            for draft in heads:
                draft.kind = "item"


def _demote_table_heads(drafts: list[Draft], matched: dict[int, int]) -> None:
    """Take back headings side by side on one baseline, more than once with the same words: a table's head."""
    places: dict[tuple[int, int], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.kind == "heading" and len(draft.lines) == 1 and id(draft) not in matched:
            places[(draft.lines[0].page, round(draft.lines[0].y))].append(draft)
    pairs = [group for group in places.values() if len(group) > 1]
    counts = Counter(tuple(fold(draft.text) for draft in group) for group in pairs)
    for group in pairs:
        if counts[tuple(fold(draft.text) for draft in group)] > 1:
            for draft in group:
                draft.kind = "caption"


def _demote(drafts: list[Draft]) -> None:
    """Take back headings that nothing stands under: the last on a page before a page that opens with a larger one."""
    for index in range(len(drafts) - 1, 0, -1):
        draft = drafts[index - 1]
        after = drafts[index]
        if draft.kind != "heading" or draft.lines[0].page == after.lines[0].page:
            continue
        if after.kind in ("heading", "title") and after.size > 1.1 * draft.size:
            for other in reversed(drafts[:index]):
                if other.kind != "heading" or other.lines[0].page != draft.lines[0].page or other.size >= after.size:
                    break
                other.kind = "paragraph"


def _join_labels(drafts: list[Draft], outline: dict[str, list[Bookmark]], matched: dict[int, int]) -> list[Draft]:
    """Join a heading that is a label alone (``Article 5``) to the heading below it that is its title."""
    joined: list[Draft] = []
    for draft in drafts:
        above = joined[-1] if joined else None
        if above is not None and above.kind == "heading" and above.lines[-1].page == draft.lines[0].page:
            label = structure_of(above.text)
            if label is not None and not label[1] and draft.above < 4 and _is_title_of(above, draft):
                depth = matched.get(id(above), matched.get(id(draft)))
                above.lines.extend(draft.lines)
                above.below = draft.below
                whole = _bookmarked(above, outline)
                if whole is not None or depth is not None:
                    matched[id(above)] = whole if whole is not None else depth or 0
                continue
        joined.append(draft)
    return joined


def _is_title_of(label: Draft, draft: Draft) -> bool:
    """Whether a block below a label is its title: a heading, or centred as the label is, and no sentence."""
    if structure_of(draft.text) is not None:
        return False
    if draft.kind == "heading":
        return True
    short = len(draft.lines) <= 3 and not _SENTENCE.search(draft.text) and draft.kind == "paragraph"
    return short and label.centred and draft.centred and draft.marker is None


def _look(draft: Draft, sizes: list[float], body: Body) -> tuple[float, ...]:
    """A heading's rank by its look: larger, then bolder type stands higher; then numbers by depth.

    Capitals and the middle of the page count only where the size is the body's.
    """
    last = draft.lines[-1]
    size = min(sizes, key=lambda known: abs(known - draft.size))
    numbers = _NUMBERS.match(draft.text)
    depth = numbers[1].count(".") if numbers else 0
    if _ZH_NUMBER.match(draft.text):
        depth = 1 if draft.text[0] in "（(" else 0
    large = size > 1.1 * body.size
    caps = large or (draft.text.upper() == draft.text and not is_cjk(draft.text[0]))
    return (-size, not last.bold, depth, not caps, last.italic, not (large or draft.centred))


def _set_levels(heads: list[Draft], matched: dict[int, int], body: Body) -> None:
    """Give levels: bookmarks win, then structural labels by nesting, then the rank of the look."""
    if not heads:
        return
    sizes: list[float] = []
    for size in sorted({round(draft.size, 1) for draft in heads}, reverse=True):
        if not sizes or sizes[-1] - size > 0.6:
            sizes.append(size)
    looks = {id(draft): _look(draft, sizes, body) for draft in heads}
    structures = {id(draft): structure_of(draft.text) for draft in heads}
    if sum(found is not None for found in structures.values()) >= max(3, 0.3 * len(heads)):
        _nest(heads, looks, structures)
    else:
        _rank(heads, looks, matched)


def _nest(
    heads: list[Draft], looks: dict[int, tuple[float, ...]], structures: dict[int, tuple[str, str] | None]
) -> None:
    """Give levels by what labels say (a chapter stands in a part), and by the look of headings without one."""
    top = max(draft.size for draft in heads if structures[id(draft)])
    order = sorted({looks[id(draft)] for draft in heads if not structures[id(draft)]})
    stack: list[int] = []
    for draft in heads:
        found = structures[id(draft)]
        rank = _LABELS[found[0]] if found else 10 + order.index(looks[id(draft)])
        if found and found[0] in ("annex", "appendix", "schedule"):
            stack.clear()
        elif not found and draft.size > 1.15 * top:
            rank = -1
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        draft.level = len(stack)


def _rank(heads: list[Draft], looks: dict[int, tuple[float, ...]], matched: dict[int, int]) -> None:
    """Give levels by bookmarks, and by the rank of the look to headings that none names."""
    shallow = min(matched.values(), default=0)
    votes: dict[tuple[float, ...], Counter[int]] = defaultdict(Counter)
    for draft in heads:
        if id(draft) in matched:
            votes[looks[id(draft)]][matched[id(draft)] - shallow + 1] += 1
    level_of: dict[tuple[float, ...], int] = {}
    level = 0
    for look in sorted(set(looks.values())):
        if votes[look]:
            level = max(votes[look].items(), key=lambda item: (item[1], -item[0]))[0]
        else:
            level += 1
        level_of[look] = min(level, 9)
    for draft in heads:
        draft.level = level_of[looks[id(draft)]]
        if id(draft) in matched:
            draft.level = matched[id(draft)] - shallow + 1
