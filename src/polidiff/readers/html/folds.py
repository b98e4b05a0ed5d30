"""Parts of a saved page that were folded when it was saved, and words that show only when pointed at."""

from __future__ import annotations

import re

from polidiff.readers.html.tree import Element, classes, words_of

_FOLD = re.compile(r"(?:^|[-_])(?:accordion|collaps\w*|expand\w*|details?|disclosure|fold\w*|tab-?pane\w*)(?:$|[-_])")
_NOT_A_TITLE = re.compile(r"toggle|icon|chevron|caret|arrow|hidden|sr-only")
_CONDITION = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*;?", re.I)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NEVER = frozenset(["nav", "header", "footer", "form", "dialog"])


def open_folds(root: Element) -> int:
    """Unfold what a control of the page unfolds, and make the words of such controls headings; return how many parts.

    A part counts as folded where it is hidden and a control names it (``aria-controls``, ``data-target``) or stands
    just before it, or it is a tab's panel, or its class says accordion, collapse, details or tab, or it is
    ``hidden="until-found"``. Menus and forms stay as they are.
    """
    controlled = {
        name.lstrip("#")
        for el in root.iter("button", "a", "summary", "div", "span", "h2", "h3", "h4")
        for attribute in ("aria-controls", "data-target", "data-bs-target")
        for name in str(el.get(attribute) or "").split()
        if not _inside_menu(el)
    }
    opened = 0
    for el in root.iter():
        if not isinstance(el.tag, str) or not _folded(el):
            continue
        named = bool(el.get("id")) and str(el.get("id")) in controlled
        named = named or el.get("hidden") == "until-found" or el.get("role") == "tabpanel" or _after_control(el)
        if not named and not any(_FOLD.search(name) for name in classes(el)):
            continue
        if el.tag in _NEVER or _inside_menu(el) or not words_of(el):
            continue
        opened += 1
        el.attrib.pop("hidden", None)
        if el.get("style"):
            el.set("style", _CONDITION.sub("", str(el.get("style"))))
    _name_panels(root)
    for button in list(root.iter("button")):
        _unwrap(button)
    for summary in list(root.iter("summary")):
        if next(summary.iter(*_HEADINGS), None) is None and not _inside_menu(summary):
            summary.tag = "h3"
    return opened


def _name_panels(root: Element) -> None:
    """Set the words of a tab as a heading in its panel, where no line of the panel is the same."""
    tabs = {str(el.get("aria-controls") or ""): el for el in root.iter() if el.get("role") == "tab"}
    by_name = {str(el.get("id") or ""): el for el in tabs.values()}
    for panel in [el for el in root.iter() if el.get("role") == "tabpanel"]:
        tab = tabs.get(str(panel.get("id") or "-"), by_name.get(str(panel.get("aria-labelledby") or "-")))
        name = " ".join("".join(tab.itertext()).split()) if tab is not None else ""
        if name and not any(words_of(el) == name for el in panel.iter(*_HEADINGS, "p", "strong")):
            heading = panel.makeelement("h3", {})
            heading.text, heading.tail, panel.text = name, panel.text, None
            panel.insert(0, heading)


def _folded(el: Element) -> bool:
    return el.get("hidden") is not None or bool(_CONDITION.search(str(el.get("style") or "")))


def _after_control(el: Element) -> bool:
    """Whether the element just before is, or holds, a control that says that it unfolds something."""
    before = el.getprevious()
    return before is not None and isinstance(before.tag, str) and any(e.get("aria-expanded") for e in before.iter())


def _inside_menu(el: Element) -> bool:
    return any(parent.tag in _NEVER for parent in el.iterancestors())


def _unwrap(button: Element) -> None:
    """Keep the words of a button that is a heading, or that opens a part of the document; all others are controls."""
    headed = any(parent.tag in _HEADINGS or parent.get("role") == "heading" for parent in button.iterancestors())
    opens = button.get("aria-expanded") is not None and any(_FOLD.search(name) for name in classes(button))
    if not (headed or opens) or _inside_menu(button):
        return
    for part in list(button.iter()):
        if part is not button and isinstance(part.tag, str) and any(_NOT_A_TITLE.search(n) for n in classes(part)):
            part.drop_tree()
    button.tag = "span" if headed else "h3"
    for attribute in ("hidden", "class", "role"):
        button.attrib.pop(attribute, None)


def tooltips(root: Element) -> list[Element]:
    """Return the elements whose words show only when their place is pointed at, outermost first."""
    found: list[Element] = []
    for el in root.iter("span", "div", "aside", "p"):
        if el.get("role") != "tooltip" and not {"tooltiptext", "tooltip-text", "tooltip-content"} & set(classes(el)):
            continue
        if words_of(el) and not any(parent in found for parent in el.iterancestors()):
            found.append(el)
    return found
