"""MathML as one line of text, as Word's formulas are read: ``(a + b)/c``, ``10²⁵``, ``√(x)``."""

from __future__ import annotations

from polidiff.readers.draft import held, power, superscript
from polidiff.readers.html.tree import Element

_DEPTH = 60
_SPACED = frozenset("+-−=<>≤≥×÷±≈≠·")
_LEFT_OUT = frozenset(["annotation", "annotation-xml", "mphantom"])


def formula(el: Element, depth: int = 0) -> str:
    """Return the words of a ``math`` element, or of a part of one, as a line of text."""
    if depth > _DEPTH or not isinstance(el.tag, str) or el.tag in _LEFT_OUT:
        return ""
    parts = [part for child in el if (part := formula(child, depth + 1))]
    match el.tag, parts:
        case (("mi" | "mn" | "mtext" | "ms"), _):
            return " ".join((el.text or "").split())
        case "mo", _:
            sign = (el.text or "").strip()
            return f" {sign} " if sign in _SPACED else sign
        case "mfrac", [above, below]:
            return f"{held(above)}/{held(below)}"
        case "msup", [base, high]:
            return base + power(high)
        case (("msub" | "munder"), [base, low]):
            return f"{base}_{held(low)}"
        case (("msubsup" | "munderover"), [base, low, high]):
            return f"{base}_{held(low)}{power(high)}"
        case "msqrt", _:
            return f"√{held(''.join(parts))}"
        case "mroot", [base, degree]:
            return f"{superscript(degree) or degree}√{held(base)}"
        case _:
            return "".join(parts) or ("" if len(el) else " ".join((el.text or "").split()))
