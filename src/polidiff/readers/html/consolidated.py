"""EUR-Lex's consolidated texts: marks of amendments, and labels that stand in an element of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polidiff.readers.html.sites import CLASS_LABELS, CLASS_MARKS
from polidiff.readers.html.tree import Element, classes, words_of

_MARK = re.compile(r"[▼►]\s*[A-Z]{1,2}\d{0,3}(?!\w)")
_END = re.compile(r"◄")
_GONE = re.compile(r"\s*[—_]{3,}\s*")
"""What stands in the place of words that an amendment took out."""


def drop_marks(containers: Iterable[Element]) -> int:
    """Take the marks of amendments (``▼B``, ``►M1 … ◄``) out of a consolidated text; return how many there were.

    They are the publisher's, and no words of the law. A page that sets none in a class of its own is left as it is.
    """
    count = 0
    for container in containers:
        set_apart = [
            el
            for el in container.iter()
            if isinstance(el.tag, str) and CLASS_MARKS.intersection(classes(el)) and _MARK.match(words_of(el))
        ]
        if not set_apart:
            continue
        for el in set_apart:
            if not _without(words_of(el)).strip():
                count += 1
                el.drop_tree()
        for el in container.iter():
            if isinstance(el.tag, str):
                count += _clean(el)
    return count


def _clean(el: Element) -> int:
    """Take marks out of the words directly in ``el`` and behind it."""
    count = 0
    for name in ("text", "tail"):
        words = getattr(el, name)
        if words and (_END.search(words) or _MARK.search(words) or _GONE.fullmatch(words)):
            count += len(_MARK.findall(words))
            setattr(el, name, _without(words) or None)
    if count:
        _close_up(el)
    return count


def _close_up(el: Element) -> None:
    """Leave one space where the mark that ``el`` held stood between words."""
    node: Element | None = el
    while node is not None and not words_of(node):
        if (node.tail or "").strip():
            node.tail = f" {node.tail.lstrip()}"
            return
        node = node.getparent()


def _without(words: str) -> str:
    """The words without marks, and without the rule that stands for what was taken out."""
    left = _END.sub("", _MARK.sub("", words))
    return "" if _GONE.fullmatch(left) else left


def label_and_words(el: Element) -> tuple[Element, list[Element], bool] | None:
    """Return the label that ``el`` sets in an element of its own, what stands beside it, and whether it is an item.

    None for everything that isn't such a row: ``(a)`` in one cell and the point in the next, ``1.`` and its paragraph.
    """
    inner = [child for child in el if isinstance(child.tag, str)]
    if len(inner) < 2 or (el.text or "").strip() or (inner[0].tail or "").strip():
        return None
    item = next((CLASS_LABELS[name] for name in classes(inner[0]) if name in CLASS_LABELS), None)
    if item is None or not words_of(inner[0]):
        return None
    return inner[0], inner[1:], item
