"""How an element sets its words: by its tag, its own style, or a class that publishers use."""

from __future__ import annotations

import re

from polidiff.readers.draft import Style
from polidiff.readers.html.sites import CLASS_BOLD, CLASS_ITALIC
from polidiff.readers.html.tree import Element, classes

_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)")
_UNDERLINE = re.compile(r"text-decoration[\w-]*\s*:[^;]*underline")
_STRUCK = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through")
_UPRIGHT = re.compile(r"font-weight\s*:\s*(?:normal|400)")


_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_CLASS = re.compile(r"(?:\w*)\.([\w-]+)")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_LONGEST = 1_000_000
"""Letters of style sheets that are looked through."""


def struck_classes(root: Element) -> frozenset[str]:
    """Return the classes whose words the page's own style sheets strike through."""
    sheets = " ".join(el.text or "" for el in root.iter("style"))[:_LONGEST]
    found: set[str] = set()
    if "line-through" in sheets:
        for selectors, rule in _RULE.findall(_COMMENT.sub("", sheets)):
            if _STRUCK.search(rule.lower()):
                names = (_CLASS.fullmatch(selector.strip()) for selector in selectors.split(","))
                found.update(name.group(1).lower() for name in names if name is not None)
    return frozenset(found)


def styled(el: Element, tag: str, style: Style, struck_by: frozenset[str] = frozenset()) -> Style:
    """Return the style of the words in ``el``, which stands in words of ``style``.

    ``struck_by`` are the page's classes of struck words.
    """
    css = str(el.get("style") or "").lower()
    names = classes(el)
    bold = (
        tag in ("b", "strong", "th", "dt")
        or (bool(css) and bool(_BOLD.search(css)))
        or any(n in CLASS_BOLD for n in names)
    )
    italic = tag in ("i", "em", "cite", "dfn", "var") or (bool(css) and bool(_ITALIC.search(css)))
    italic = italic or any(n in CLASS_ITALIC for n in names)
    underline = tag in ("u", "ins") or (bool(css) and bool(_UNDERLINE.search(css)))
    struck = style.struck or tag in ("s", "strike", "del") or (bool(css) and bool(_STRUCK.search(css)))
    struck = struck or any(name in struck_by for name in names)
    bold = not (css and _UPRIGHT.search(css)) and (style.bold or bold)
    return Style(bold, style.italic or italic, style.underline or underline, struck, tag == "sup" or style.raised)
