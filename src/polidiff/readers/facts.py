"""What a document says of itself at its head and its end: who issued it, where, when, of what kind, and a short name.

One rule for every format. Nothing is guessed where the words do not say it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from functools import cache

from polidiff.lang.countries import places_of
from polidiff.lang.data import load_list
from polidiff.lang.dates import Date, dates_of
from polidiff.model import Document
from polidiff.readers.pdf.contents import CONTENTS

LONGEST = 60
"""Characters that a short name has at most; half as many in Chinese."""

_HEAD = 2400
_TAIL = 400
_SPEAKS = 20_000
"""Characters at the beginning in which a document that speaks of one country alone is told by it."""
_OFTEN, _SHARE = 10, 0.75
_LINES = 30
_BRACKETS = re.compile(r"[\s（(\[【]*$")
_HAN = re.compile("[\u3400-\u9fff]")
_QUOTED = re.compile(r"[(（][‘“「]?([A-Z][\w’' -]{3,60}(?:Act|Law|Regulation|Directive|Code))[’”」]?[)）]")
_NUMBERED = re.compile(
    r"^((?:Commission |Council )?(?:(?:Delegated|Implementing) )?(?:Regulation|Directive|Decision) \((?:EU|EC|EEC)\)"
    r" (?:No )?\d+/\d+)",
    re.I,
)
_NOTICE = re.compile(r"关于(?:重新|联合)?(?:印发|发布|公布|转发)[《〈]?(.+?)[》〉]?(?:的通知|的公告)$")
_TOLD = re.compile(r"(?:印发|发布|公布|出台|就)《(.+?)》")
_BOOK = re.compile(r"《(.+?)》")
_PARTS = re.compile(r"\s*(?::|：| [–—|] |\n)\s*")


def with_found_facts(document: Document) -> Document:
    """Return the document with issuer, country, date, kind and short name, each where its own words give it.

    What is known already (from the page, the file or the catalogue) stays.
    """
    named = document.title == document.id or document.title.startswith(f"{document.id}.")
    title = "" if named else document.title
    if title and (_is_body(title) or CONTENTS.match(title)):
        title = _title_below(document, title) or (document.id if CONTENTS.match(title) else title)
        document = dataclasses.replace(document, title=title)
    head = f"{title}\n{document.text[:_HEAD]}"
    tail = document.text[max(document.body_end - _TAIL, _HEAD) : document.body_end]
    issuer, country = _issuer(head, tail)
    return dataclasses.replace(
        document,
        name=document.name or short_name(title, document.language),
        issuer=document.issuer or issuer or None,
        genre=document.genre or kind_of(title) or None,
        jurisdiction=document.jurisdiction or country or _country(title, document) or None,
        date=_stamp(document.date) or _date(head, tail) or _titled(title) or None,
    )


def _is_body(words: str) -> bool:
    """Whether words are the name of a body that issues documents and no more."""
    return any(pattern.fullmatch(words.strip(" ,.:")) for pattern, _ in _bodies())


def _title_below(document: Document, title: str) -> str:
    """The first short block after ``title`` that names a kind of document: a letterhead stands above the title."""
    heads = [block for block in document.blocks[:10] if block.kind in ("title", "heading", "paragraph", "furniture")]
    lines = (" ".join(document.cut(block.span).split()) for block in heads)
    return next((line for line in lines if line != title and len(line) <= 200 and kind_of(line)), "")


def _stamp(date: str | None) -> str:
    """A date that a page or a file says, without the time of day."""
    match = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", date or "")
    return match.group() if match else ""


@cache
def _bodies() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of bodies with their country; of two names in one place the longer counts."""
    data = load_list("publishers")
    rows = [(name, code) for code, names in data["bodies"].items() for name in names]
    rows.sort(key=lambda row: (-len(row[0]), row[0]))
    found = []
    for name, code in rows:
        words = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]").replace("’", "['’]")
        edge = "" if _HAN.search(name) else r"\b"
        found.append((re.compile(f"{edge}{words}{edge}", 0 if name.isupper() else re.I), code))
    found += [(re.compile(form), code) for code, forms in data["forms"].items() for form in forms]
    return tuple(found)


def _issuer(head: str, tail: str) -> tuple[str, str]:
    """The body named first at the head, on a line of its own or in the title, else at the end; and its country."""
    best: tuple[int, int, str, str] | None = None
    for base, part in ((0, head[:1200]), (10_000, tail)):
        for pattern, code in _bodies():
            match = pattern.search(part)
            if match is None or not _signs(part, match.start(), match.end()):
                continue
            key = (base + match.start(), -len(match.group()), " ".join(match.group().split()), code)
            if best is None or key[:2] < best[:2]:
                best = key
        if best is not None:
            break
    return (best[2], best[3]) if best is not None else ("", "")


def _signs(text: str, start: int, end: int) -> bool:
    """Whether a body's name stands where issuers do: on a short line, or in a line of the title."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    presented = len(line) < 240 and re.search(r"presented (?:to|by)", line, re.I) is not None
    return left == 0 or len(line) <= 90 or (start - left < 4 and len(line) < 200) or presented


def _country(title: str, document: Document) -> str:
    """The one country that the title names; China for a text in simplified characters with mainland offices."""
    named = {place.code for place in places_of(title) if place.how in ("name", "demonym", "government")}
    if len(named) == 1:
        return named.pop()
    counts = Counter(place.code for place in places_of(document.text[:_SPEAKS]) if place.how != "capital")
    most = counts.most_common(1)
    if not named and most and most[0][1] >= _OFTEN and most[0][1] >= _SHARE * counts.total():
        return most[0][0]
    if document.language == "zh" and not named:
        head = document.text[:6000]
        if re.search("[國會規個這]", head) is None and re.search("省|人民政府|国家|中央|我国|市人民|自治区", head):
            return "CN"
    return ""


def _date(head: str, tail: str) -> str:
    """The date beside a word of publication or on a line of its own at the head, else on the last lines.

    The date on which a document was passed is taken where there is no other.
    """
    lines = head.split("\n")[:_LINES]
    data = load_list("publishers")["published"]
    alone = [date for line in lines if (date := _only_date(line)) is not None]
    last = [date for line in tail.split("\n")[-6:] if (date := _only_date(line)) is not None]
    for found in (_beside(lines, data["words"]), alone, last, _beside(lines, data["passed"])):
        exact = [date for date in found if date.day is not None] or found
        if exact:
            return exact[0].iso
    return ""


def _titled(title: str) -> str:
    """The one day that a title names, as titles of acts and orders do."""
    days = [date for date in dates_of(title) if date.day is not None]
    return days[0].iso if len(days) == 1 else ""


def _beside(lines: list[str], words: list[str]) -> list[Date]:
    """The dates of short lines that one of ``words`` stands beside, with no stop or comma between."""
    either = "|".join(map(re.escape, words))
    behind = re.compile(rf"[^，,;；。]{{0,60}}?(?:{either})", re.I)
    before = re.compile(rf"(?:{either})[^，,;；。]{{0,24}}$", re.I)
    return [
        date
        for line in lines
        if len(line) <= 240
        for date in dates_of(line)
        if date.month is not None
        and not _takes_effect(line, date.start)
        and ((_HAN.search(line) and behind.match(line, date.end)) or before.search(line[: date.start]))
    ]


def _takes_effect(line: str, at: int) -> bool:
    """Whether the words just before a date, with no comma or bracket between, say that something takes effect then."""
    words = re.split(r"[,，;；\])]", line[max(at - 40, 0) : at])[-1]
    found = _effect().search(words)
    return found is not None and not found.group().endswith(" ")


@cache
def _effect() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load_list("publishers")["published"]["takes_effect"])), re.I)


def _only_date(line: str) -> Date | None:
    """The date that is all that a line holds, a place or a mark aside."""
    words = line.strip(" \t\u3000()（）[]•·-–—.,")
    if not words or len(words) > 60 or words.endswith("。") or _effect().search(words):
        return None
    found = [date for date in dates_of(words) if date.month is not None]
    if len(found) != 1:
        return None
    rest = words[: found[0].start] + words[found[0].end :]
    for pattern, _ in _bodies() if len(rest) > 12 else ():
        rest = pattern.sub("", rest)
    return found[0] if len(re.sub(r"\W|\d", "", rest)) <= 12 else None


def told_title(title: str) -> str:
    """Return the title that a file says it has, or nothing where a program put its own words or a file's name there."""
    data = load_list("publishers")["names"]
    words = " ".join(title.split())
    for program in data["programs"]:
        words = words.removeprefix(program)
    named = words.lower().rpartition(".")
    if words.lower() in data["placeholders"] or (named[1] and named[2] in data["files"]):
        return ""
    return words


def kind_of(title: str) -> str:
    """Return the kind of document that a title names (``plan``, ``law``, ``order`` …), or nothing.

    A Chinese title ends with its kind; a notice that passes on a document is of that one's kind.
    """
    passed = _NOTICE.search(title) or _TOLD.search(title)
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", _BOOK.sub(r"\1", passed.group(1) if passed else title)).rstrip("》 ”")
    kinds = [(word, str(kind)) for kind, words in load_list("publishers")["kinds"].items() for word in words]
    ends = [(len(word), kind) for word, kind in kinds if _HAN.search(word) and bare.endswith(word)]
    if ends:
        return max(ends)[1]
    english = ((word, kind) for word, kind in kinds if not _HAN.search(word))
    return next(
        (k for word, k in english if re.search(rf"\b(?:{re.escape(word)}|{re.escape(word.upper())})\b", title)), ""
    )


def short_name(title: str, language: str = "en") -> str:
    """Return a name fit for a table, from a title as printed: no capitals throughout, no subtitle that it can spare.

    A name that an act gives itself in brackets is taken; a notice that passes on a document has that one's name.
    """
    words = " ".join(title.split())
    for dropped in load_list("publishers")["names"]["dropped"]:
        words = words.replace(dropped, "").strip()
    if _HAN.search(words) and language != "en":
        return _short_chinese(words)
    called = _QUOTED.search(words)
    numbered = _NUMBERED.match(words)
    if called is not None:
        words = called.group(1)
    elif numbered is not None:
        words = numbered.group(1)
    words = ": ".join(_lowered(part) for part in words.split(": "))
    if len(words) > LONGEST:
        parts = [part for part in _PARTS.split(words) if part]
        telling = [part for part in parts if kind_of(part) and len(part) <= LONGEST]
        words = telling[0] if telling else min((p for p in parts if len(p) > 12), key=len, default=words)
    return _cut(words, LONGEST)


def _short_chinese(words: str) -> str:
    passed = _NOTICE.search(words) or _TOLD.search(words)
    if passed is not None:
        words = passed.group(1)
    elif (book := _BOOK.fullmatch(words)) is not None:
        words = book.group(1)
    return _cut(words, LONGEST // 2)


def _cut(words: str, longest: int) -> str:
    if len(words) <= longest:
        return words
    head = words[: longest - 1]
    return (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,;:，；：") + "…"


def _lowered(words: str) -> str:
    """Set a title in capitals in small letters, names of bodies aside."""
    letters = [char for char in words if char.isalpha()]
    if not letters or " " not in words or sum(char.isupper() for char in letters) * 10 < len(letters) * 8:
        return words
    names = load_list("publishers")["names"]
    capitals, small = {w.upper(): w for w in names["capitals"]}, frozenset(names["small"])
    out = []
    for index, word in enumerate(words.split()):
        bare = word.strip("‘’“”\"'(),.:;")
        low = bare.lower()
        if bare.upper() in capitals:
            out.append(word.replace(bare, capitals[bare.upper()]))
        elif index and low in small and not out[-1].endswith((":", "–", "—")):
            out.append(word.lower())
        else:
            at = next((i for i, char in enumerate(word) if char.isalpha()), 0)
            out.append(word[:at] + word[at : at + 1].upper() + word[at + 1 :].lower())
    return " ".join(out)
