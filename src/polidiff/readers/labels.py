"""Printed labels at the start of a block: ``1.``, ``(a)``, ``Sec. 4.``, ``第一条``, ``（一）``, and bullets."""

from __future__ import annotations

import re

from polidiff.lang.numerals import ZH_NUMBER, roman_number

BULLETS = "•◦▪▫●○■□‣⁃∙·➢➤►▶◆◇❖✓✔\uf0b7\uf0a7\uf0d8\uf076"
"""Glyphs that open a list item and are no words. A hyphen or dash counts too where a space follows it."""

_ZH = ZH_NUMBER[1:-2]
SENTENCE_END = re.compile("[.!?:;。！？；：][\"'”’)）」』】]*$")
"""The end of a sentence, or of words that introduce a list."""

_LABEL = re.compile(
    rf"""
    第[{_ZH}\d]{{1,6}}[编編章节節条條款项項部][分]?(?:之[{_ZH}]{{1,3}})?
  | [（(][{_ZH}]{{1,4}}[）)]
  | [{_ZH}]{{1,4}}[、．](?!\d)
  | [（(]\d{{1,3}}[a-z]?[）)]
  | \d{{1,3}}[、．](?!\d)
  | [①-⑳㈠-㈩⑴-⒇⒈-⒛]
  | \((?:[a-z]{{1,2}}|[ivxlc]{{1,6}}|[A-Z]{{1,2}}|[IVXLC]{{1,5}})\)(?:\((?:\d{{1,2}}|[a-z]|[ivxlc]{{1,5}}|[A-Z])\))*
  | \d{{1,3}}(?:\.\d{{1,3}}){{0,4}}[.)）](?=\s|[A-Z“"‘'(《\u3400-\u9fff]|$)
    (?!\s*(?:million|billion|trillion|per\s?cent)\b)
  | \d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?=\s+[A-Z“"‘'\u4e00-\u9fff])
  | (?:[a-z]|[ivxlc]{{2,5}})\)(?=\s)
  | (?:[A-Z]|[a-z]|[IVXLC]{{2,5}}|[ivxlc]{{2,5}})\.(?=\s+[A-Z“"‘'(])
  | (?:Article|Art\.|Section|Sec\.|§|Chapter|Part|Title|Annex|Appendix|Schedule|Recital|Recommendation|Principle|Rule
     |Goal|Objective|Pillar|Priority|Action)
    \s*(?:\d{{1,3}}(?:\.\d{{1,3}})*[a-zA-Z]?|[IVXLC]{{1,6}}|[A-Z])\b[.:]?
    (?=\s*$|\s+[A-Z“"‘'(\u2013\u2014-]|\s*[\u2013\u2014])
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER = re.compile(r"^(\W*)(\d{1,3}|[a-z]|[ivx]{2,6})(\W*)$")
_CASED = re.compile(r"^(?:article|section|sec|chapter|part|title|annex|schedule|rule|goal|action|objective|priority)\b")
_BULLET = re.compile(rf"(?:[{BULLETS}]\s*|[-–—*o](?=[ \t\u00a0]+\S)[ \t\u00a0]+)")


_AWAITS = re.compile(r"(?:^|[\s(])(?:Sec|SEC|Section|SECTION|Art|Article|ARTICLE|Ch|Chapter|No|Nos|§§?)\.?\s*$")


def awaits_number(text: str) -> bool:
    """Whether ``text`` ends with a word that names a part by its number: what follows is that number, no label."""
    return bool(_AWAITS.search(text[-24:]))


def label_of(text: str) -> str | None:
    """Return the printed label that opens ``text`` (leading white space aside), or None."""
    head = text[:64].lstrip()
    match = _LABEL.match(head)
    if match is None or _CASED.match(head):
        return None
    rest = head[match.end() :].lstrip()
    if match.group().rstrip(".:")[-1:].isalnum() and match.group()[0].isalpha() and rest[:1].islower():
        return None
    if match.group()[0].isdecimal() and rest[:1].islower() and match.group()[-1] not in ".)、．":
        return None
    return match.group()


def bullet_of(text: str) -> tuple[str, int] | None:
    """Return the bullet glyph that opens ``text`` and the offset of the words behind it, or None."""
    match = _BULLET.match(text)
    if match is None or match.end() >= len(text):
        return None
    return match.group().strip(), match.end()


def follows(marker: str | None, label: str) -> bool:
    """Return whether ``label`` is the next after ``marker`` in a list: ``(3)`` after ``(2)``, ``c.`` after ``b.``."""
    old, new = _NUMBER.match(marker or ""), _NUMBER.match(label)
    if old is None or new is None or (old[1], old[3]) != (new[1], new[3]):
        return False
    if old[2].isdecimal() and new[2].isdecimal():
        return int(new[2]) == int(old[2]) + 1
    if roman_number(old[2]) and roman_number(new[2]) == roman_number(old[2]) + 1:
        return True
    return len(old[2]) == len(new[2]) == 1 and old[2].isalpha() and new[2].isalpha() and ord(new[2]) == ord(old[2]) + 1
