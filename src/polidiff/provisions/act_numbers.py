"""How the parts of an act are cited: 5(1)(b), Annex III, point 1(a), 43(1), second subparagraph, point (a)."""

from __future__ import annotations

from polidiff.lang.numerals import ordinal_word
from polidiff.provisions.nest import Branch
from polidiff.provisions.points import Citation


def _number(parent: str | None, branch: Branch, depth: int) -> str | None:
    if branch.label is None or branch.style.startswith("•"):
        return f"{parent}, {ordinal_word(branch.ordinal)} indent"
    if branch.label.form == "1.1":
        return branch.label.value
    if parent is not None and parent.endswith("paragraph"):
        return f"{parent}, point ({branch.label.value})"
    return f"{parent or ''}({branch.label.value})"


def _annex_number(parent: str | None, branch: Branch, depth: int) -> str | None:
    if branch.label is not None and (depth == 0 or branch.label.form == "1.1") and not branch.style.startswith("•"):
        base = (parent or "").split(", point ")[0]
        value = branch.label.value
        return f"{base}, point {value if branch.label.form in ('.', '1.1') else branch.label.printed}"
    return _number(parent, branch, depth)


def _loose(parent: str | None, count: int, depth: int) -> str | None:
    return f"{parent}, {ordinal_word(count)} {'paragraph' if depth == 0 else 'subparagraph'}"


ARTICLE = Citation(_number, _loose, ("paragraph", "point"))
ANNEX = Citation(_annex_number, _loose, ("point",))
