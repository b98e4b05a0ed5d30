"""HTML pages: the publisher's document without the publisher's furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from polidiff.errors import SourceTooLarge, UnreadableSource
from polidiff.model import Reason
from polidiff.readers.bold import bold_headings, division_headings
from polidiff.readers.draft import Draft, NoteDraft, set_title
from polidiff.readers.html.consolidated import drop_marks
from polidiff.readers.html.folds import open_folds, tooltips
from polidiff.readers.html.footnotes import find_notes
from polidiff.readers.html.style import struck_classes
from polidiff.readers.html.tree import Element, main_containers, parse_html, strip_furniture, words_of
from polidiff.readers.html.walk import Walker
from polidiff.readers.limits import MAX_TEXT_BYTES
from polidiff.readers.names import told_title

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,40})", re.I)
_XML_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w-]{2,40})", re.I)
_SITE = re.compile(r"\s*(?:[|｜]|_(?=[\u4e00-\u9fff])|\s[-–—]\s).*$", re.S)
_DATES = (
    *("article:published_time", "dcterms.issued", "dc.date.issued", "dc.date", "date", "pubdate"),
    *("govuk:first-published-at", "publishdate", "firstpublishedtime", "dcterms.created", "dc.date.created"),
    *("dcterms.date", "citation_publication_date", "citation_date"),
)
"""Names under which a page's head gives the date of its publication, the surest first."""
_DAY = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})")
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LOGIN = re.compile(
    r"sign in|log ?in|log on|password|subscribers? only|subscribe to (?:continue|read)|create an account|登录|密码",
    re.I,
)
_SCRIPT = re.compile(
    r"(?:enable|requires?|turn on|needs?) java ?script|javascript (?:is|has been) (?:disabled|required)"
    r"|启用\s*javascript",
    re.I,
)
_CONSENT = re.compile(
    r"cookies?\b.{0,200}?\b(?:accept|consent|agree|reject)|we value your privacy|before you continue", re.I | re.S
)
_BLOCKED = re.compile(
    r"access denied|just a moment|checking your browser|captcha|are you a robot|verify (?:that )?you are (?:a )?human"
    r"|403 forbidden|request blocked|页面不存在|访问被拒绝|安全验证|404 not found|page not found|service unavailable",
    re.I,
)
_LEAST = 120
"""Characters of a page from which on a banner beside them does not make it a page of consent."""
_SHORT = 1200
"""A page with fewer characters than this, and a sign of a wall, is taken for the wall (walls seen hold 50 to 900)."""


@dataclass(slots=True)
class HtmlParts:
    """What a page gives a Document."""

    drafts: list[Draft]
    notes: list[NoteDraft]
    title: str = ""
    language: str = ""
    date: str | None = None
    address: str = ""
    warnings: list[Reason] = field(default_factory=list)


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that the first bytes of a page name, or None."""
    match = _XML_ENCODING.search(data[:1024]) or _META_CHARSET.search(data[:8192])
    return match.group(1).decode("ascii") if match else None


def read_html(text: str, name: str) -> HtmlParts:
    """Return the document of a page: drafts in reading order, notes, title, language, date.

    Raises UnreadableSource for a page that holds no document (login wall, consent page, JavaScript shell, empty
    body) and SourceTooLarge beyond the bounds.
    """
    if len(text) > MAX_TEXT_BYTES:
        raise SourceTooLarge(
            name, f"the page is larger than {MAX_TEXT_BYTES >> 20} MB", "give the document as PDF or text"
        )
    root = parse_html(text, name)
    facts = _facts(root)
    signs = _signs(root)
    struck = struck_classes(root)
    opened = open_folds(root)
    strip_furniture(root)
    containers = main_containers(root)
    dropped = drop_marks(containers)
    top = containers[0] if len(containers) == 1 else _common(containers)
    notes = find_notes(root if dropped else top)  # a consolidated text's notes stand behind its container
    for index, el in enumerate(tooltips(top), 1):
        notes.marks[el] = notes.bodies[el] = (f"tooltip-{index}", "*")
    walker = Walker(notes, struck)
    for container in containers:
        walker.walk(container)
    drafts = [draft for draft in walker.drafts if draft.text or draft.marks]
    _refuse_walls(root, signs, " ".join(draft.text for draft in drafts), name)
    _add_title(root, drafts, facts)
    bold_headings(drafts)
    division_headings(drafts)
    printed = " ".join(draft.text for draft in drafts[:12] if draft.kind == "title")
    if printed and not facts.heading:
        facts.title = printed[:500]
    warnings = []
    if opened:
        warnings.append(Reason.of("html.folded", n=opened))
    if dropped:
        warnings.append(Reason.of("html.amended", n=dropped))
    if walker.readings:
        warnings.append(Reason.of("text.ruby", n=walker.readings))
    return HtmlParts(drafts, walker.finish_notes(), facts.title, facts.language, facts.date, facts.address, warnings)


def read_fragment(text: str, name: str) -> list[Draft]:
    """Return the drafts of a piece of HTML inside another format."""
    if not re.search(r"\w", text):
        return []
    root = parse_html(f"<html><body><div>{text}</div></body></html>", name)
    strip_furniture(root)
    body = root.find("body")
    walker = Walker()
    walker.walk(body if body is not None else root)
    return [draft for draft in walker.drafts if draft.text]


@dataclass(slots=True)
class _Facts:
    title: str
    language: str
    date: str | None
    heading: bool
    address: str = ""


def _facts(root: Element) -> _Facts:
    """Return what the page says of itself: title without the site's name, language, date of publication."""
    meta: dict[str, str] = {}
    for el in root.iter("meta"):
        key = str(el.get("property") or el.get("name") or "").lower()
        value = str(el.get("content") or "").strip()
        if key and value:
            meta.setdefault(key, value)
    page = root.find(".//head/title")
    page_title = words_of(page) if page is not None else ""
    headings = [words_of(el) for el in root.iter("h1")]
    heading = next((h for h in headings if h), "") if len([h for h in headings if h]) == 1 else ""
    title = next((h for h in headings if h and page_title.startswith(h)), "")
    told = (
        meta[key] for key in ("articletitle", "og:title", "dc.title", "dcterms.title", "citation_title") if key in meta
    )
    title = title or heading or next(filter(told_title, told), "") or _SITE.sub("", told_title(page_title))
    linked = (_PUBLISHED.search(el.text or "") for el in root.iter("script") if "ld+json" in str(el.get("type") or ""))
    said = [meta.get(key, "") for key in _DATES] + [found.group(1) for found in linked if found]
    day = next((match for words in said if (match := _DAY.match(words))), None)
    date = "-".join(f"{int(part):02}" for part in day.groups()) if day is not None else None
    links = [str(el.get("href") or "") for el in root.iter("link") if str(el.get("rel") or "").lower() == "canonical"]
    address = next((link for link in links if link), meta.get("og:url", ""))
    return _Facts(title.strip()[:500], str(root.get("lang") or "").lower(), date, any(headings), address)


@dataclass(slots=True)
class _Signs:
    password: bool
    scripts: int
    shell: bool
    words: str


def _signs(root: Element) -> _Signs:
    """Return the signs of a page without a document, taken before the furniture goes."""
    password = any(str(el.get("type") or "").lower() == "password" for el in root.iter("input"))
    shell = any(
        str(el.get("id") or "").lower() in ("root", "app", "__next", "__nuxt", "app-root") and not words_of(el)
        for el in root.iter("div", "app-root", "main")
    )
    words = " ".join("".join(el.itertext()) for el in root.iter("noscript", "title"))[:2000]
    return _Signs(password, sum(1 for _ in root.iter("script")), shell, f"{words} {words_of(root)[:5000]}")


def _refuse_walls(root: Element, signs: _Signs, held: str, name: str) -> None:
    words = len(held)
    remedy = "open the page in a browser, save it from there as HTML, and give that file"
    if words >= _SHORT:
        return
    if signs.password or (
        words < 600
        and _LOGIN.search(signs.words)
        and next(root.iter("article", "h2"), None) is None
        and len(_LOGIN.findall(signs.words)) > 1
    ):
        raise UnreadableSource(name, "the page asks to log in and does not hold the document", remedy)
    if words < 400 and _BLOCKED.search(signs.words):
        raise UnreadableSource(name, "the page is an error or a robot check and does not hold the document", remedy)
    if words < 400 and (signs.shell or _SCRIPT.search(signs.words)):
        raise UnreadableSource(name, "the page is filled by JavaScript and its file does not hold the document", remedy)
    if words < 400 and _CONSENT.search(held if words >= _LEAST else signs.words):
        raise UnreadableSource(name, "the page asks for consent and does not hold the document", remedy)
    if words == 0:
        raise UnreadableSource(name, "the page has no text in its body", remedy)


def _common(elements: list[Element]) -> Element:
    """Return the nearest element that holds all of ``elements``."""
    chains = [[el, *el.iterancestors()] for el in elements]
    for el in chains[0]:
        if all(el in chain for chain in chains[1:]):
            return el
    return chains[0][-1]


def _add_title(root: Element, drafts: list[Draft], facts: _Facts) -> None:
    """Print the page's heading first where the container leaves it out, and mark the block that is the title."""
    squeezed = "".join(facts.title.split())
    held = any("".join(draft.text.split()) == squeezed for draft in drafts[:3])
    printed = any("".join(words_of(el).split()) == squeezed for el in root.iter("h1"))
    inside = any((draft.kind == "heading" and draft.level == 1) or draft.kind == "title" for draft in drafts)
    if squeezed and printed and not held and not inside:
        drafts.insert(0, Draft("title", facts.title))
        return
    set_title(drafts, facts.title)
