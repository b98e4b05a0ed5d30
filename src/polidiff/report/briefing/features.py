"""What the chooser of a brief reads: of a sentence by itself, of two set side by side, of one said to stand alone."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from polidiff.coding.fit import commits
from polidiff.lang.amounts import amounts_of
from polidiff.lang.clauses import Clause, shortened, standing, vague
from polidiff.lang.data import load_list
from polidiff.lang.dates import dates_of
from polidiff.lang.words import has_cjk
from polidiff.model import Coding, Provision

__all__ = ["HEADLINE", "QUOTED", "UNFIT", "Features", "half", "is_choice", "odds"]

Features = Mapping[str, float]
"""Numbers by name; one that isn't there counts as 0."""

HEADLINE, QUOTED = 32, 34
"""Words of a document in a headline's half, and in a quotation."""

_PROPER = re.compile(r"(?<=[a-z,;] )(?:the )?[A-Z][\w-]+|[A-Z]{3,}|“|‘")
_TITLE = re.compile(r"(?:(?:[A-Z][\w’'&-]*|\d+|and|of|the|for|in|to|a|on|with|&)\s+){3,}(?:[A-Z][\w’'-]*|\d+)$")
"""A heading, or a line of a table of contents."""
_LISTED = re.compile(r"(?:\t|\.{3,}\s*)\d{1,3}\s*$")
"""A line of a table of contents: its page stands at the end."""
_BROKEN = re.compile(
    r"[•▪●|\t]|\s[A-Z][a-z]+\s[A-Z][a-z]+\s[A-Z][a-z]+\s[A-Z][a-z]+|[a-z][A-Z]|\((?:i|ii|iii|iv|v|[a-d])\)\s"
)
"""Marks of a table's cells, or of a list, that run into one another."""
_CAPITALS = re.compile(r"\b[A-Z]{3,6}s?\b")
_KNOWN = frozenset(load_list("clauses")["known_capitals"])
_STOPPED = re.compile(r"[.。!！;；]\W*$")
_ALSO = re.compile(r"\b(?:also|further|additional(?:ly)?)\b|同时|此外|另外")
"""What goes on from the sentence before."""
UNFIT = frozenset({"also", "definite", "short form", "quotes", "vague"})
"""What no headline holds."""
_CHOICE = re.compile(
    r"(?:之一|情形|行为|条件|下列|以下)[^。]{0,12}[:：]?$|(?:any|one|either|more) of (?:the following|these)"
    r"|(?:if|where|when|unless)\b[^.]{0,80}$",
    re.IGNORECASE,
)
"""A lead-in under which points are choices, conditions or cases, and no acts."""
_SUREST = 0.999


def odds(probability: float) -> float:
    """Return the logarithm of a probability's odds, within ±6.9."""
    held = min(_SUREST, max(1 - _SUREST, probability))
    return round(math.log(held / (1 - held)), 4)


def half(provision: Provision, coding: Coding, clause: Clause, *, own: bool, law: bool, place: int) -> Features:
    """What is known of a sentence that is told by itself: what it does, how firmly, whether its words stand alone."""
    words = clause.whole.cut(provision.text)
    chinese = has_cjk(words)
    short, marked = shortened(provision.text, clause.whole, QUOTED)
    size = len(words) / 2 if chinese else len(words.split())
    lead_in = provision.lead_in is not None
    subject = clause.subject.cut(provision.text) if clause.subject is not None else ""
    found = {
        "commits": commits(coding),
        f"kind {coding.kind.id}": coding.kind.score,
        f"act {clause.act}": 1.0,
        f"strength {coding.strength.id}": 1.0,
        f"direction {coding.direction.id}": 1.0,
        "own": float(own),
        "law": float(law),
        "Chinese": float(chinese),
        "also": float(_ALSO.search(words) is not None),
        "conditional": float(clause.condition is not None),
        "passive": float(clause.passive),
        "negated": float(clause.negated),
        "no subject": float(clause.subject is None),
        "cut": float(short.end < clause.whole.end),
        "cut within": float(marked and short.end < clause.whole.end),
        "length": round(math.log(1 + size), 4),
        "very short": float(size < 6),
        "very long": float(size > 60),
        "figure": float(bool(amounts_of(words) or dates_of(words))),
        "name": float(not chinese and _PROPER.search(words) is not None),
        "definite": float(subject.startswith(("The ", "the ")) and subject[4:].islower() and not clause.own),
        "vague": float(not chinese and vague(clause.verb.cut(provision.text))),
        "short form": float(not chinese and bool(set(_CAPITALS.findall(words)) - _KNOWN)),
        "standing": float(standing(clause.sentence.cut(provision.text))),
        "heading": float(
            (not chinese and _TITLE.match(words) is not None) or _LISTED.search(provision.text) is not None
        ),
        "broken": float(_BROKEN.search(words) is not None or words[:1].islower()),
        "unstopped": float(_STOPPED.search(provision.text[: clause.sentence.end]) is None),
        "quotes": float("“" in words or '"' in words),
        "point": float(lead_in),
        "later": float(place > 0),
        "continues": float(provision.text[: clause.sentence.start].rstrip()[-1:] in ("；", ";", "，", ",")),
        "two pages": float(provision.page_start != provision.page_end),
        f"is {provision.kind}": 1.0,
    }
    return {name: value for name, value in found.items() if value}


def is_choice(lead_in: str) -> bool:
    """Whether points under these words are choices, conditions or cases, so that none of them is told by itself."""
    return _CHOICE.search(lead_in.strip()) is not None
