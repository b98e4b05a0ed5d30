"""The words that mark the parts of an act, in several languages (``lang/data/acts.toml``), as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from polidiff.lang.data import load_list
from polidiff.lang.numerals import LABEL_NUMBER, label_number, roman_number

_WORDS = load_list("acts")
RANK: dict[str, int] = _WORDS["divisions"]
"""Ranks of divisions by their word in small letters, the highest 0."""
_FIRST: dict[str, int] = _WORDS["first"]


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


DIVISION = re.compile(
    rf"({_any((*RANK, *map(str.upper, RANK), *map(str.capitalize, RANK)))})[\s\xa0]+"
    rf"(\d{{1,3}}[a-zA-Z]?|[A-Z]\b|{LABEL_NUMBER})(?=$|[\s.:—–\xa0])[\s.:—–\xa0]*"
)
ARTICLE = re.compile(
    rf"(?:{_any(_WORDS['article'])})[\s\xa0]+({_any(_FIRST)}|\d{{1,4}}[a-z]{{0,2}}|{LABEL_NUMBER})"
    r"(?=$|[\s.:—–\xa0])[\s.:—–\xa0]*"
)
ANNEX = re.compile(
    rf"(?:{_any(_WORDS['annex'])})(?:[\s\xa0]+([IVXLC]+|\d{{1,2}}|[A-Z]))?(?=$|[\s.:—–\xa0])[\s.:—–\xa0]*"
)
SUBHEAD = re.compile(r"(?:Section|SECTION|Part|PART)[\s\xa0]+([A-Z]|\d{1,2}|[IVX]+)(?=$|[\s.:—–\xa0])")
PAREN = re.compile(r"\(([A-Z][^()]{2,140})\)[\s\xa0.:]*")
WHEREAS = re.compile(rf"(?:{_any(_WORDS['whereas'])})\s*:?$", re.IGNORECASE)
ENACTS = re.compile(
    rf"(?:HAVE|HAS|Have|Has)\s+(?:ADOPTED|DECIDED|AGREED|adopted|decided|agreed)\b|HEREBY\b|(?:{_any(_WORDS['enacts'])})\b"
)
CITATION = re.compile(
    r"(?:Having regard|After |Acting |Proceeding |THE |The (?:European Parliament|Council|Commission)|Whereas\b"
    rf"|{_any(_WORDS['cites'])})"
)
CLOSING = re.compile(
    rf"(?:(?:{_any(_WORDS['closing'])})\b|For the (?:European Parliament|Council|Commission)\b|The President\s*$)"
)
FORMULA = re.compile(
    rf"This (?:Regulation|Directive|Decision) (?:shall be binding|is addressed to)|{_any(_WORDS['formula'])}"
)
IMPRINT = re.compile(r"(?:ELI:\s*https?://\S+|ISSN\s[\dX-]{9}\b.{0,60})$")


def cited(number: str) -> str:
    """Return the number of an article as it is cited: one in words in digits."""
    if number in _FIRST:
        return str(_FIRST[number])
    return number if number[0].isdecimal() or (number.isupper() and roman_number(number)) else str(label_number(number))
