"""Word's styles, and what properties of paragraphs and runs say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from polidiff.readers.docx.numbering import W
from polidiff.readers.draft import Style

_HEADING = re.compile(r"(?:heading|标题|überschrift|titre)\s*([1-9])", re.I)


@dataclass(slots=True)
class StyleFacts:
    """What a style says of paragraphs or runs: ``outline`` counts from 0, ``num`` is (list, level), size in points."""

    name: str = ""
    outline: int | None = None
    num: tuple[str, int] | None = None
    bold: bool = False
    italic: bool = False
    centred: bool = False
    hidden: bool = False
    struck: bool = False
    size: float | None = None
    ident: str = ""


def on(el: Any | None) -> bool:
    """Whether a switch of Word's is there and not off."""
    return el is not None and el.get(f"{W}val") not in ("0", "false", "off", "none")


def val(parent: Any | None, tag: str) -> str | None:
    """Return the value of the child ``tag`` of a list of properties, or None."""
    el = parent.find(f"{W}{tag}") if parent is not None else None
    value = el.get(f"{W}val") if el is not None else None
    return str(value) if value is not None else None


def styles_of(root: Any | None) -> dict[str, StyleFacts]:
    """Return the styles by id, with what they take over from the styles that they are based on."""
    raw: dict[str, Any] = {}
    if root is None:
        return {}
    for el in root.findall(f"{W}style"):
        raw[str(el.get(f"{W}styleId") or "")] = el
    found: dict[str, StyleFacts] = {}
    default = size_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    for ident in raw:
        chain: list[Any] = []
        at: str | None = ident
        while at in raw and raw[at] not in chain and len(chain) < 20:
            chain.append(raw[at])
            at = val(raw[at], "basedOn")
        facts = StyleFacts(name=val(raw[ident], "name") or ident, size=default, ident=ident)
        for el in reversed(chain):
            _apply(facts, el)
        match = _HEADING.fullmatch(facts.name.strip())
        if match is not None and facts.outline is None:
            facts.outline = int(match.group(1)) - 1
        found[ident] = facts
    return found


def _apply(facts: StyleFacts, el: Any) -> None:
    paragraph, run = el.find(f"{W}pPr"), el.find(f"{W}rPr")
    if paragraph is not None:
        outline = val(paragraph, "outlineLvl")
        if outline is not None and outline.isdecimal():
            facts.outline = int(outline) if int(outline) < 9 else None
        num = num_of(paragraph)
        if num is not None:
            facts.num = num
        align = val(paragraph, "jc")
        if align is not None:
            facts.centred = align == "center"
    if run is not None:
        for tag in ("b", "i"):
            flag = run.find(f"{W}{tag}")
            if flag is not None:
                setattr(facts, "bold" if tag == "b" else "italic", on(flag))
        if run.find(f"{W}vanish") is not None:
            facts.hidden = on(run.find(f"{W}vanish"))
        facts.struck = _struck(run, facts.struck)
        facts.size = size_of(run) or facts.size


def num_of(paragraph: Any) -> tuple[str, int] | None:
    """Return (list, level) of a paragraph's properties; list ``0`` means that it has none although its style has."""
    numbering = paragraph.find(f"{W}numPr")
    if numbering is None:
        return None
    ident, level = val(numbering, "numId"), val(numbering, "ilvl")
    return (ident or "", int(level) if level and level.isdecimal() else 0)


_LIFT = 4
"""Half points by which a run set in its own, smaller size is lifted, at least, to be raised."""


def size_of(run: Any | None) -> float | None:
    """Return the type size that a run's properties set, in points, or None."""
    value = val(run, "sz")
    return int(value) / 2 if value and value.isdecimal() else None


def _struck(run: Any, above: bool) -> bool:
    for tag in ("strike", "dstrike"):
        flag = run.find(f"{W}{tag}")
        if flag is not None:
            above = on(flag)
    return above


def _lifted(properties: Any) -> bool:
    """Whether a run is raised by hand: lifted by half points, and in smaller type."""
    lift = val(properties, "position") or ""
    return lift.isdecimal() and int(lift) >= _LIFT and size_of(properties) is not None


def run_style(properties: Any | None, character: StyleFacts, base: Style) -> Style:
    """Return how a run is set, from its own properties, its character style and its paragraph."""
    bold, italic, underline = base.bold or character.bold, base.italic or character.italic, False
    struck, raised = base.struck or character.struck, False
    if properties is not None:
        struck = _struck(properties, struck)
        raised = val(properties, "vertAlign") == "superscript" or _lifted(properties)
        for child in properties:
            match str(child.tag).removeprefix(W):
                case "b":
                    bold = on(child)
                case "i":
                    italic = on(child)
                case "u":
                    underline = on(child)
                case _:
                    pass
    return Style(bold, italic, underline, struck, raised)
