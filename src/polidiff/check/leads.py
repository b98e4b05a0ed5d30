"""Who is to act: the body that a claim names as its subject against those that a passage names."""

from __future__ import annotations

import re

from polidiff.check.passages import Sentence
from polidiff.coding.words import stem

__all__ = ["actors_differ"]

_HEADS = (
    r"Department|Ministry|Office|Agency|Commission|Council|Institute|Bureau|Administration|Board|Auth"
    r"ority|Committee|Center|Centre|Parliament|Treasury|Foundation"
)
_NAME = (
    rf"(?:[A-Z][\w&.’'-]*\s+)*(?:{_HEADS})(?:\s+(?:of|for)\s+(?:the\s+)?(?:[A-Z][\w&-]*(?:\s+and\s+)?\s*)+)?"
    r"|[A-Z][A-Z&]{2,6}|Pentagon|White House|Congress"
)
_SAYS = r"The (?:plan|document|act|law|strategy) (?:says|asks|wants|puts|tells|has)"
_SUBJECT = re.compile(
    rf"^\W*(?:(?:Under the (?:plan|act|law|strategy),?|{_SAYS})\s+)?(?:that\s+)?(?:the\s+|a\s+)?(?P<body>{_NAME})"
    r"(?:[’']s)?(?=\s)",
)
_LEADS = re.compile(
    r"^\s*(?:is|are|was|will|would|should|must|has|have|shall|may)?\s*(?:be\s+)?(?:to\s+|put\s+in\s+charge|in\s+charge|asked\s+to|told\s+to|tasked|responsible|lead|leads|"
    r"decide|publish|establish|create|develop|will|must|should)",
)
_LED = re.compile(
    r"\b(?:led|chaired|headed|managed|overseen|run)\s+by\s+(?P<who>[^.;]*?)(?=,\s+[a-z]|\s+(?:to|in\s+(?:coordination|collaboration|consultation|cooperation))\b|[.;]|$)",
    re.IGNORECASE,
)
_SMALL = frozenset(
    re.findall(
        r"\S+", "the of for and at in a an to on through u.s. us united states department ministry office agency"
    )
)
#: Short names of bodies that news use, as the word of the full name that tells the body.
_ALIAS = {
    "pentagon": "defense", "defence": "defense", "dod": "defense", "labour": "labor", "dol": "labor", "doc": "commerce",
    "doe": "energy", "dhs": "homeland", "dos": "state", "doj": "justice", "ed": "education", "hhs": "health",
    "omb": "budget", "ostp": "technology",
}  # fmt: skip


def actors_differ(claim: str, sentence: Sentence) -> tuple[str, str] | None:
    """The claim's body and the passage's, when a passage that says who leads names only other bodies."""
    subject = _SUBJECT.match(claim)
    if subject is None or _LEADS.match(claim[subject.end("body") :].removeprefix("’s").removeprefix("'s")) is None:
        return None
    mine = _names(subject["body"])
    led = _LED.search(sentence.text)
    if not mine or led is None:
        return None
    if mine & _names(sentence.text):
        return None
    return subject["body"], " ".join(led["who"].split())


def _names(text: str) -> set[str]:
    found = set()
    for word in re.findall(r"[A-Za-z][\w.&-]*", text):
        low = word.lower().strip(".")
        if low in _SMALL or not (word[0].isupper()):
            continue
        found.add(_ALIAS.get(low, stem(low)))
    return found
