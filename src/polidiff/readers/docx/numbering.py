"""Word's list numbers: the labels that the file computes and no text holds (``1.``, ``(a)``, ``一、``)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from polidiff.readers.docx.counting import counted

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""


@dataclass(slots=True)
class _List:
    """One ``w:num``: its levels, and the counters it shares with the other lists of the same definition."""

    levels: dict[int, _Level]
    counters: dict[int, int]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of a document in order and says what Word prints before each."""

    def __init__(self, root: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        self.by_style: dict[str, tuple[str, int]] = {}
        if root is None:
            return
        abstracts: dict[str, dict[int, _Level]] = {}
        links: dict[str, str] = {}
        styles: dict[str, str] = {}
        for abstract in root.iter(f"{W}abstractNum"):
            ident = abstract.get(f"{W}abstractNumId", "")
            abstracts[ident] = _levels(abstract)
            link, style = abstract.find(f"{W}numStyleLink"), abstract.find(f"{W}styleLink")
            if link is not None:
                links[ident] = link.get(f"{W}val", "")
            if style is not None:
                styles[style.get(f"{W}val", "")] = ident
        counters: dict[str, dict[int, int]] = {}
        for num in root.iter(f"{W}num"):
            ident = num.get(f"{W}numId", "")
            pointer = num.find(f"{W}abstractNumId")
            base = pointer.get(f"{W}val", "") if pointer is not None else ""
            base = styles.get(links[base], base) if base in links else base
            levels = dict(abstracts.get(base, {}))
            own = _List(levels, counters.setdefault(base, {}))
            for override in num.findall(f"{W}lvlOverride"):
                index = _int(override.get(f"{W}ilvl"), 0)
                inner = _levels(override)
                levels.update(inner)
                begin = override.find(f"{W}startOverride")
                if begin is not None:
                    own.overrides[index] = _int(begin.get(f"{W}val"), 1)
            self._lists[ident] = own
            for index, level in levels.items():
                if level.style:
                    self.by_style.setdefault(level.style, (ident, index))

    def label(self, num_id: str, index: int) -> str | None:
        """Count a paragraph at level ``index`` of list ``num_id`` and return its label; None where it prints nothing.

        A bullet, whatever its glyph, is returned as ``•``.
        """
        own = self._lists.get(num_id)
        if own is None or not 0 <= index <= 8:
            return None
        level = own.levels.get(index, _Level())
        if level.form == "bullet":
            return "•" if level.text.strip() else None
        counters = own.counters
        begin = own.overrides.pop(index, None)
        counters[index] = begin if begin is not None else counters.get(index, level.start - 1) + 1
        for deeper in [i for i in counters if i > index]:
            limit = own.levels.get(deeper, _Level()).restart
            if limit is None or (limit != 0 and index < limit):
                del counters[deeper]
        if level.form == "none" and not level.text.strip():
            return None

        def value(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = own.levels.get(at, _Level())
            form = "decimal" if level.legal and at < index else other.form
            return counted(counters.get(at, other.start), form)

        return re.sub(r"%([1-9])", value, level.text).strip() or None


def _levels(parent: Any) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for lvl in parent.findall(f"{W}lvl"):
        level = _Level()
        for child in lvl:
            value = child.get(f"{W}val", "")
            match str(child.tag).removeprefix(W):
                case "start":
                    level.start = _int(value, 1)
                case "numFmt":
                    level.form = value
                case "lvlText":
                    level.text = value
                case "isLgl":
                    level.legal = value not in ("0", "false", "off")
                case "lvlRestart":
                    level.restart = _int(value, 0)
                case "pStyle":
                    level.style = value
                case _:
                    pass
        found[_int(lvl.get(f"{W}ilvl"), 0)] = level
    return found


def _int(value: str | None, default: int) -> int:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value) else default
