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
from polidiff.readers.bodies import bodies
from polidiff.readers.titles import kind_said, name_of, title_of

_HEAD = 2400
_TAIL = 400
_SPEAKS = 20_000
"""Characters at the beginning in which a document that speaks of one country alone is told by it."""
_OFTEN, _SHARE = 10, 0.75
_LINES = 30
_BRACKETS = re.compile(r"[\s（(\[【]*$")
_YEAR_OF = re.compile(r"\b(?:Act|Bill|Law|Manifesto|Regulations|Rules),?\s+(?:of\s+)?((?:19|20)\d\d)\W*$", re.I)
_START = re.compile(r"\s*起?\s*(?:施行|实施|生效|實施)")
_HAN = re.compile("[\u3400-\u9fff]")


def with_found_facts(document: Document) -> Document:
    """Return the document with issuer, country, date, kind and short name, each where its own words give it.

    What is known already (from the page, the file or the catalogue) stays.
    """
    title, letterhead = title_of(document), document.title
    if title and title != document.title:
        document = dataclasses.replace(document, title=title)
    head = f"{letterhead}\n{document.text[:_HEAD]}"
    tail = document.text[max(document.body_end - _TAIL, _HEAD) : document.body_end]
    issuer, country = _issuer(head, tail)
    return dataclasses.replace(
        document,
        name=document.name or name_of(document, title) or document.id,
        issuer=document.issuer or issuer or None,
        genre=document.genre or kind_said(document, title) or None,
        jurisdiction=document.jurisdiction or country or _country(title, document) or None,
        date=_stamp(document.date) or _date(head, tail) or _titled(title) or _in_force(head, tail) or None,
    )


def _stamp(date: str | None) -> str:
    """A date that a page or a file says, without the time of day."""
    match = re.match(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", date or "")
    return match.group() if match else ""


def _issuer(head: str, tail: str) -> tuple[str, str]:
    """The body named first at the head, on a line of its own or in the title, else at the end; and its country."""
    best: tuple[int, int, str, str] | None = None
    for base, part in ((0, head[:1200]), (10_000, tail)):
        for pattern, code in bodies():
            match = pattern.search(part)
            if match is None or _piece(part, match) or not _signs(part, match.start(), match.end()):
                continue
            key = (base + match.start(), -len(match.group()), " ".join(match.group().split()), code)
            if best is None or key[:2] < best[:2]:
                best = key
        if best is not None:
            break
    return (best[2], best[3]) if best is not None else ("", "")


def _piece(text: str, match: re.Match[str]) -> bool:
    """Whether what looks like the name of a Chinese body is a piece of a sentence."""
    said, name = load_list("publishers")["fragments"], match.group()
    return _HAN.search(name) is not None and (
        any(word in name for word in said["inside"]) or text.startswith(tuple(said["behind"]), match.end())
    )


def _signs(text: str, start: int, end: int) -> bool:
    """Whether a body's name stands where issuers do: on a short line, or in a line of the title."""
    left, right = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    presented = (
        len(line) < 240 and re.search(r"(?:presented|issued|published|prepared) (?:to|by)", line, re.I) is not None
    )
    sentence = line.endswith((".", "。")) and start - left > 4
    return left == 0 or (len(line) <= 90 and not sentence) or (start - left < 4 and len(line) < 200) or presented


def _country(title: str, document: Document) -> str:
    """The one country that the title names; China for a text in simplified characters with mainland offices."""
    named = {place.code for place in places_of(title) if place.how in ("name", "demonym", "government")}
    if len(named) == 1:
        return named.pop()
    made = {place.code for line in _enacting().findall(document.text[:_HEAD]) for place in places_of(line)}
    if not named and len(made) == 1:
        return made.pop()
    counts = Counter(place.code for place in places_of(document.text[:_SPEAKS]) if place.how != "capital")
    most = counts.most_common(1)
    if not named and most and most[0][1] >= _OFTEN and most[0][1] >= _SHARE * counts.total():
        return most[0][0]
    if document.language == "zh" and not named:
        head = document.text[:6000]
        if re.search("[國會規個這]", head) is None and re.search("省|人民政府|国家|中央|我国|市人民|自治区", head):
            return "CN"
    return ""


@cache
def _enacting() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_list("publishers")["enacting"]["words"]))
    return re.compile(rf"\b(?:{words})\b[^.;:\n]{{0,80}}", re.I)


def _date(head: str, tail: str) -> str:
    """The date of a text's latest amendment, or its own where that is later or there is none."""
    amended = [date.iso for date in _beside(head.split("\n")[:_LINES], load_list("publishers")["published"]["amended"])]
    return max(_published(head, tail), *amended, "")


def _in_force(head: str, tail: str) -> str:
    """The day from which on a text says that it is in force, where it says one alone."""
    before = re.compile("|".join(load_list("publishers")["published"]["in_force"]), re.I)
    days = {
        date.iso
        for part in (head, tail)
        for date in dates_of(part)
        if date.day is not None
        and (found := before.search(part[max(date.start - 120, 0) : date.start])) is not None
        and (not found.group().startswith("自") or _START.match(part, date.end) is not None)
    }
    return days.pop() if len(days) == 1 else ""


def _published(head: str, tail: str) -> str:
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
    """The one day that a title names, as titles of acts and orders do; or the year that one of these ends with."""
    days = [date for date in dates_of(title) if date.day is not None]
    ends = _YEAR_OF.search(title)
    return days[0].iso if len(days) == 1 else ends[1] if ends is not None else ""


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
    for pattern, _ in bodies() if len(rest) > 12 else ():
        rest = pattern.sub("", rest)
    return found[0] if len(re.sub(r"\W|\d", "", rest)) <= 12 else None
