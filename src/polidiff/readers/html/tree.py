"""From an HTML page to the element that holds the document: parsing within bounds, furniture, the main container."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.readers.html.sites import CLASS_DROP, CONTAINERS
from polidiff.readers.limits import MAX_DEPTH

Element: TypeAlias = Any

_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")
_EMPTY = re.compile(r"</?(?:wbr|source|track|keygen)\b[^<>]{0,2000}>", re.I)
_REFERENCE = re.compile(r"&#([xX][0-9a-fA-F]{1,60}|\d{1,60})(?![0-9a-fA-F]);?")

DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "map",
        "input",
        "button",
        "select",
        "textarea",
        "datalist",
        "progress",
        "meter",
        "head",
        "link",
        "meta",
        "base",
        "title",
        "nav",
        "dialog",
        "frameset",
        "frame",
        "marquee",
        "rp",
    ]
)
"""Elements that print no words of the document."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])opacity\s*:\s*0(?![.\d])|mso-hide\s*:\s*all"
)
_FURNITURE = re.compile(
    r"^(?:.*[-_])?(?:share|sharing|social|bdshare\w*|sharebuttons?|addthis\w*|breadcrumbs?|crumbs?|cookies?|consent|gdpr"
    r"|newsletter|subscribe|subscription|signup|sidebar|sidenav|sidemenu|navbar|navigation|topnav|mainnav|menu|menus"
    r"|pagination|pager|skiplinks?|skip|comments|respond|disqus\w*|toolbar|toolbox|advert\w*|ads|promo|feedback"
    r"|related|recommended|popular|masthead|footer|copyright|login|search|searchbox|qrcode|ewm|zwfenye|dyjc|set_font"
    r"|jiucuo|btnCheck|checkClose|current-path|print|printer|banner)(?:[-_](?:links?|list|bar|box|block|nav|wrap\w*"
    r"|container|section|area|menu|buttons?|icons?|widget|form|post|posts|articles?|content|inner|banner))*$",
    re.IGNORECASE,
)
_WORTHWHILE = 100
"""Letters of running words below which a page is too small to tell the document from what stands beside it."""
_TOP = frozenset(["html", "body", "main", "article", "form"])
_SPACES = re.compile(r"\s+")


def _allowed(reference: re.Match[str]) -> str:
    """Return a reference as it is, or nothing where it names a character that XML has no place for."""
    number = reference[1]
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return "" if code > 0x10FFFF or 0xD800 <= code < 0xE000 or _CONTROLS.match(chr(code)) else reference[0]


def parse_html(text: str, name: str) -> Element:
    """Return the root element of ``text``. No network, no entities from outside, depth bounded.

    Raises SourceTooLarge for nesting beyond the bound and UnreadableSource where there is no element at all.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True)
    # libxml2 does not know these elements to be empty, and would put all that follows inside of them.
    text = _EMPTY.sub("", _CONTROLS.sub("", text))
    data = _REFERENCE.sub(_allowed, text).encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableSource(name, f"the page cannot be parsed as HTML ({error})", "save the page again") from None
    for entry in parser.error_log:
        if "depth" in entry.message.lower() or "huge" in entry.message.lower():
            raise SourceTooLarge(
                name,
                f"elements are nested deeper than {MAX_DEPTH} (line {entry.line}), or one of them is too large",
                "no published page is; save the page again from a browser",
            )
    if depth_of(root) > MAX_DEPTH:
        raise SourceTooLarge(name, f"elements are nested deeper than {MAX_DEPTH}", "save the page again from a browser")
    return root


def depth_of(root: Element) -> int:
    """Return how many elements the deepest element is nested in, itself included."""
    depth, deepest, node = 1, 1, root
    while True:
        child = node[0] if len(node) else None
        if child is not None:
            node, depth = child, depth + 1
            deepest = max(deepest, depth)
            continue
        while node is not root and node.getnext() is None:
            node, depth = node.getparent(), depth - 1
        if node is root:
            return deepest
        node = node.getnext()


def classes(el: Element) -> list[str]:
    """Return the class names of ``el`` in lower case."""
    return str(el.get("class") or "").lower().split()


def words_of(el: Element) -> str:
    """Return all words under ``el``, scripts and styles left out, white space collapsed."""
    return _SPACES.sub(" ", "".join(_strings(el))).strip()


def _strings(el: Element) -> list[str]:
    found: list[str] = []
    for node in el.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag not in ("script", "style", "noscript", "template") and node.text:
            found.append(node.text)
        if node is not el and node.tail:
            found.append(node.tail)
    return found


def is_hidden(el: Element) -> bool:
    """Whether no reader sees ``el``: by attribute, by its own style, or by a class that publishers use for it."""
    if el.get("hidden") is not None and el.get("hidden") != "until-found":
        return True
    style = el.get("style")
    if style and _HIDDEN.search(style.lower()):
        return True
    return any(name in CLASS_DROP for name in classes(el))


def is_furniture(el: Element, total: int) -> bool:
    """Whether ``el`` belongs to the page and not to the document; ``total`` is the length of the page's words.

    An element that holds a third of all words is never furniture, whatever its class says.
    """
    tag = el.tag
    if tag in _TOP:
        if tag != "form":
            return False
        suspect = True
    elif tag in ("header", "footer"):
        suspect = not _inside(el, ("article", "main"))
    else:
        suspect = tag == "aside" and _link_share(el) > 0.5
        suspect = suspect or str(el.get("role") or "").lower() in (
            "navigation",
            "search",
            "banner",
            "contentinfo",
            "menu",
            "menubar",
            "dialog",
            "alertdialog",
            "toolbar",
        )
        names = classes(el)
        if el.get("id"):
            names.append(str(el.get("id")))
        suspect = suspect or any(len(part) <= 80 and _FURNITURE.match(part) for part in names)
    return suspect and 3 * len(words_of(el)) < max(total, 1)


def _inside(el: Element, tags: tuple[str, ...]) -> bool:
    return any(parent.tag in tags for parent in el.iterancestors())


def _link_share(el: Element) -> float:
    total = len(words_of(el))
    return sum(len(words_of(a)) for a in el.iter("a")) / total if total else 0.0


def strip_furniture(root: Element) -> None:
    """Take out of the tree what belongs to the page: scripts, hidden elements, navigation, share buttons, forms."""
    total = len(words_of(root))
    doomed: list[Element] = []
    skip: set[Element] = set()
    for el in root.iter():
        if not isinstance(el.tag, str):
            continue
        parent = el.getparent()
        if parent is not None and parent in skip:
            skip.add(el)
            continue
        if el is root or el.tag == "body":
            continue
        if el.tag in DROPPED or is_hidden(el) or is_furniture(el, total):
            doomed.append(el)
            skip.add(el)
    for el in doomed:
        el.drop_tree()


def main_containers(root: Element) -> list[Element]:
    """Return the elements that hold the document, in document order (more than one where a page parts it).

    A publisher's known container is taken where it holds a third of the words that are no link; else the smallest
    element that holds nine tenths of the running words.
    """
    body = root.find("body") if root.tag == "html" else root
    if body is None:
        body = root
    weights = _weights(body)
    total = weights.get(body, 0)
    for path in CONTAINERS:
        found = set(root.xpath(path))
        outer = [el for el in root.xpath(path) if not any(parent in found for parent in el.iterancestors())]
        held = sum(weights.get(el, 0) for el in outer)
        if held and 3 * held >= total:
            return outer
    best = _densest(body, weights, total)
    while best is not body and best.tag in ("table", "thead", "tbody", "tr"):
        best = best.getparent()
    return [best]


def _weights(body: Element) -> dict[Element, int]:
    """Return for every element the length of the running words under it; words of links do not count."""
    weights: dict[Element, int] = {}
    for el in body.iter():
        if not isinstance(el.tag, str):
            continue
        own = len((el.text or "").strip()) if el.tag not in ("a", "option") else 0
        if el is not body and el.tail:
            parent = el.getparent()
            weights[parent] = weights.get(parent, 0) + len(el.tail.strip())
        weights[el] = weights.get(el, 0) + own
    for el in reversed(list(weights)):
        if el is not body:
            parent = el.getparent()
            weights[parent] = weights.get(parent, 0) + weights[el]
    return weights


def _densest(body: Element, weights: dict[Element, int], total: int) -> Element:
    """Return the deepest element that holds nine tenths of the page's running words and all of its prose."""
    node = body
    while total >= _WORTHWHILE:
        children = [child for child in node if isinstance(child.tag, str)]
        best = max(children, key=lambda child: weights.get(child, 0), default=None)
        if best is None or best.tag not in _CONTAINING or weights.get(best, 0) * 10 < total * 9:
            return node
        if best.tag == "td" and next(best.iter("p", "div", "table", "h1", "h2", "h3", "ul"), None) is None:
            return node
        if (node.text or "").strip() or any((child.tail or "").strip() for child in children):
            return node
        if any(_is_prose(child, weights.get(child, 0)) for child in children if child is not best):
            return node
        node = best
    return node


def _is_prose(el: Element, weight: int) -> bool:
    """Whether an element beside the document holds words of its own: a heading, a paragraph, a sentence, a long line.

    Lines of links and the notice of copyright at a page's foot do not.
    """
    if not weight or _IMPRINT.search(words_of(el)[:400]) or _link_share(el) > 0.5:
        return False
    if next(el.iter("h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "blockquote", "pre", "td"), None) is not None:
        return True
    return weight >= 80 or (weight >= 20 and bool(re.search("[.;!?。；！？]", words_of(el))))


_CONTAINING = frozenset(["div", "main", "article", "section", "td", "table", "tbody", "tr", "form", "center"])
_IMPRINT = re.compile(r"©|\(c\) \d{4}|copyright|all rights reserved|版权所有|ICP备|公网安备", re.IGNORECASE)
