"""Word's formulas (OMML) as one line of text: ``L = 0.04 × T``, ``(a + b)/c``, ``10²⁵``, ``√(x)``."""

from __future__ import annotations

from typing import Any

from polidiff.readers.draft import held, power, superscript

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DEPTH = 60


def formula(el: Any, depth: int = 0) -> str:
    """Return the words of an ``m:oMath`` (or a part of one) as a line of text."""
    if depth > _DEPTH:
        return ""
    out: list[str] = []
    for child in el:
        tag = str(child.tag)
        if not tag.startswith(M):
            continue
        out.append(_part(child, tag.removeprefix(M), depth + 1))
    return "".join(out)


def _part(el: Any, tag: str, depth: int) -> str:
    def inner(name: str) -> str:
        part = el.find(f"{M}{name}")
        return formula(part, depth) if part is not None else ""

    match tag:
        case "t":
            return el.text or ""
        case "f":
            return f"{held(inner('num'))}/{held(inner('den'))}"
        case "sSup":
            return inner("e") + power(inner("sup"))
        case "sSub":
            return f"{inner('e')}_{held(inner('sub'))}"
        case "sSubSup":
            return f"{inner('e')}_{held(inner('sub'))}{power(inner('sup'))}"
        case "rad":
            degree = inner("deg")
            return f"{superscript(degree) or degree}√{held(inner('e'))}"
        case "nary":
            low, high = inner("sub"), inner("sup")
            sign = _property(el, "naryPr", "chr") or "∫"
            return sign + (f"_{held(low)}" if low else "") + (power(high) if high else "") + f" {inner('e')}"
        case "d":
            opening, closing = _property(el, "dPr", "begChr"), _property(el, "dPr", "endChr")
            parts = [formula(part, depth) for part in el.findall(f"{M}e")]
            return ("(" if opening is None else opening) + ", ".join(parts) + (")" if closing is None else closing)
        case "fPr" | "rPr" | "ctrlPr" | "sSupPr" | "sSubPr" | "radPr" | "naryPr" | "dPr" | "oMathParaPr":
            return ""
        case _:
            return formula(el, depth)


def _property(el: Any, holder: str, name: str) -> str | None:
    found = el.find(f"{M}{holder}/{M}{name}")
    return None if found is None else str(found.get(f"{M}val") or "")
