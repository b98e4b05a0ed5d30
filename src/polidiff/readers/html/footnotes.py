"""Footnotes of an HTML page: which links are note marks, and which elements are the notes they lead to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from polidiff.readers.html.tree import Element, classes, words_of

_MARK = re.compile(
    r"[\[(（【〔]?\s*(?:(?:foot|end)?note\s*)?(\d{1,4}|[a-z]|[ivxl]{1,5}|[*†‡§¶#]{1,4}|[①-⑳])\s*[\])）】〕]?\.?", re.I
)
_BRACKETED = re.compile(r"^\s*[\[(（【〔].*[\])）】〕]\s*$", re.S)
_NOTE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:foot|end)?notes?(?:$|[-_ \d])|footnote|endnote|(?:^|-)fn(?:$|-)|references", re.I
)
_BLOCKS = ("li", "p", "dd", "div", "tr", "aside", "td", "section")
_BACK = re.compile(
    r"^[\s\u00a0]*[↩↑⤴⏎^\u21a9\ufe0e\ufe0f]+[\s\u00a0]*$|^\s*(?:return|back)(?: to (?:text|reference|content))?\s*$",
    re.I,
)
_LEAD = re.compile(
    r"^\s*[\[(（【]?\s*(?:(?:foot|end)?note\s*)?(?:\d{1,4}|[a-z]|[*†‡§¶]{1,4})\s*[\])）】]?[.:]?[\s\u00a0]*", re.I
)
_EMPTY = re.compile(r"^\s*(?:\(\s*\)|\[\s*\]|（\s*）|【\s*】)\s*")


@dataclass(slots=True)
class NotesMap:
    """``marks``: element of a mark → (key, printed mark). ``bodies``: element of a note → (key, mark), in order."""

    marks: dict[Element, tuple[str, str]] = field(default_factory=dict)
    bodies: dict[Element, tuple[str, str]] = field(default_factory=dict)
    back: set[Element] = field(default_factory=set)


def find_notes(root: Element) -> NotesMap:
    """Return the note marks and notes under ``root``.

    A mark is a short link (``3``, ``[3]``, ``[footnote 3]``, ``*``) to an element further down that links back, or
    that stands in a list of notes, or whose link is raised or says ``noteref`` itself.
    """
    result = NotesMap()
    order: dict[Element, int] = {}
    ids: dict[str, Element] = {}
    for index, el in enumerate(root.iter()):
        if not isinstance(el.tag, str):
            continue
        order[el] = index
        for attribute in ("id", "name"):
            value = el.get(attribute)
            if value and (attribute == "id" or el.tag == "a"):
                ids.setdefault(value, el)
    backs: set[Element] = set()
    for link in root.iter("a"):
        href = str(link.get("href") or "")
        place = href.find("#")
        if place < 0 or link in backs:
            continue
        target = ids.get(href[place + 1 :])
        if target is None or target is link or order[target] < order[link]:
            continue
        text = words_of(link)
        match = _MARK.fullmatch(text) if len(text) <= 20 else None
        if match is None:
            continue
        body = _body(target, root)
        if body is None or link in set(body.iter()):
            continue
        back = _back_link(body, link, ids)
        if not (back is not None or _says_note(link) or _raised(link) or _in_notes(body)):
            continue
        key = href[place + 1 :]
        top = _wrapper(link)
        result.marks[top] = (key, match.group(1))
        result.bodies.setdefault(body, (key, match.group(1)))
        if back is not None:
            backs.add(back)
            result.back.add(back)
    _unreferenced(root, result)
    result.bodies = dict(sorted(result.bodies.items(), key=lambda item: order[item[0]]))
    return result


def _says_note(link: Element) -> bool:
    said = f"{link.get('rel') or ''} {link.get('role') or ''} {link.get('{http://www.idpf.org/2007/ops}type') or ''}"
    said += f" {link.get('epub:type') or ''} {link.get('class') or ''}"
    return bool(re.search(r"noteref|footnote|fn-ref|fnref", said, re.I))


def _raised(link: Element) -> bool:
    for el in (link, *link.iterancestors()):
        if el.tag == "sup" or any("super" in name for name in classes(el)):
            return True
        if el.tag in _BLOCKS:
            break
    return any(el.tag == "sup" or any("super" in name for name in classes(el)) for el in link.iter())


def _wrapper(link: Element) -> Element:
    """Return the outermost element whose only words are the link's (a ``sup`` around it)."""
    top = link
    parent = link.getparent()
    while (
        parent is not None
        and parent.tag in ("sup", "span", "small", "b", "strong", "em", "i", "font")
        and words_of(parent) == words_of(link)
    ):
        top, parent = parent, parent.getparent()
    return top


def _body(target: Element, root: Element) -> Element | None:
    """Return the block that holds the note at ``target``, or None where that block is too large to be one note."""
    el = target
    while el is not None and el is not root and el.tag not in _BLOCKS:
        el = el.getparent()
    if el is None or el is root or (el.tag == "section" and el is not target):
        return None
    if el.tag == "td":
        el = el.getparent()
    parent = el.getparent()
    if el.tag == "p" and parent is not None and parent.tag in ("li", "dd", "aside"):
        el = parent
    return None if len(words_of(el)) > 8000 else el


def _back_link(body: Element, link: Element, ids: dict[str, Element]) -> Element | None:
    around = {link, *link.iter()}
    for parent in link.iterancestors():
        around.add(parent)
        if parent.tag in _BLOCKS:
            break
    for a in body.iter("a"):
        href = str(a.get("href") or "")
        place = href.find("#")
        if place >= 0 and ids.get(href[place + 1 :]) in around:
            return a
    return None


def _in_notes(body: Element) -> bool:
    for el in (body, *list(body.iterancestors())[:4]):
        role = str(el.get("role") or "")
        if role in ("doc-endnotes", "doc-footnote", "doc-endnote"):
            return True
        if any(_NOTE_CLASS.search(name) for name in (*classes(el), str(el.get("id") or ""))):
            return True
    return False


def _unreferenced(root: Element, result: NotesMap) -> None:
    """Items of a list that says it holds notes are notes even where no mark leads to them."""
    for el in root.iter("div", "section", "ol", "aside", "ul"):
        named = any(re.fullmatch(r"(?:footnotes?|endnotes?)(?:[-_]list|-def)?", name) for name in classes(el))
        if el.get("role") != "doc-endnotes" and not named:
            continue
        for index, item in enumerate(el.iter("li"), 1):
            if item not in result.bodies and not any(parent in result.bodies for parent in item.iterancestors()):
                result.bodies[item] = (f"unreferenced-{len(result.bodies)}", str(index))


def clean_note(text: str, mark: str) -> str:
    """Return a note's words without the mark that opens it, and without the brackets of a mark that is a link back."""
    text = _EMPTY.sub("", text)
    match = _LEAD.match(text)
    if match is not None and mark.lower() in match.group().lower() and text[match.end() :].strip():
        bare = re.escape(mark)
        lead = re.match(
            rf"\s*(?:[\[(（【]\s*(?:(?:foot|end)?note\s*)?{bare}\s*[\])）】]|(?:(?:foot|end)?note\s*)?{bare})[.:)]?(?=[\s\u00a0]|[^\w])[\s\u00a0]*",
            text,
            re.I,
        )
        if lead is not None:
            return text[lead.end() :].strip()
    return text.strip()


def is_back_link(el: Element) -> bool:
    """Whether ``el`` is an arrow that leads from a note back to its mark."""
    return el.tag == "a" and (el.get("role") == "doc-backlink" or bool(_BACK.match("".join(el.itertext()))))
