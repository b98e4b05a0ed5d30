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


def styled(el: Element, tag: str, style: Style) -> Style:
    """Return the style of the words in ``el``, which stands in words of ``style``."""
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
    bold = not (css and _UPRIGHT.search(css)) and (style.bold or bold)
    return Style(bold, style.italic or italic, style.underline or underline, struck, tag == "sup" or style.raised)
