"""Who is to act: the body or the kind of person that a claim names as doing a thing, against those a passage names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from polidiff.checking.claims.sentences import Sentence
from polidiff.lang.countries import country_of
from polidiff.lang.terms import SMALL, lexicon
from polidiff.lang.words import root, stem

__all__ = ["actors_differ", "agent_of", "names_in"]

NAMED = 90
"""Characters of the document's words on who acts that a reason gives."""

_HEADS = (
    r"[Dd]epartment|[Mm]inistry|[Oo]ffice|[Aa]gency|[Aa]gencies|[Cc]ommission|[Cc]ouncil|[Ii]nstitute|[Bb]ureau|[Bb]oard|"
    r"[Aa]uthority|[Aa]uthorities|[Cc]ommittee|[Cc]ent(?:er|re)|[Pp]arliament|[Tt]reasury|[Ff]oundation|[Ss]ecretary|"
    r"[Mm]inisters?|[Rr]egulators?|[Cc]ourts?|[Jj]udges?|[Cc]ompanies|[Ff]irms|[Ii]ndustry|[Ee]mployers?|[Pp]roviders?|"
    r"[Dd]eployers?|[Ss]tates|[Bb]odies|[Uu]nits?|[Uu]niversities|[Pp]olice|[Ss]uppliers|[Dd]irectors?|[Pp]resident|[Ee]xperts"
)
_BODY = (
    rf"(?:(?:[A-Z][\w.&’'-]*|public|private|federal|national|tech|AI|member)\s+){{0,4}}"
    rf"(?:{_HEADS}|[A-Z][A-Z&]{{2,6}}|Pentagon|White House|Congress)"
    r"(?:\s+(?:of|for)\s+(?:the\s+)?[A-Z][\w&-]*(?:\s+(?:and\s+)?[A-Z][\w&-]*){0,4})?"
)
_FRAME = (
    r"(?:Under the (?:plan|act|law|strategy|order),?|"
    r"The (?:plan|document|act|law|strategy|order) (?:says|asks|wants|puts|tells|has)(?:\s+that)?)"
)
_SUBJECT = re.compile(
    rf"^\W*(?:{_FRAME}\s+)?(?:[Oo]nly\s+)?(?:[Tt]he\s+|[Aa]n?\s+|[Aa]ll\s+|[Ee]ach\s+|[Ee]very\s+)?(?P<body>{_BODY})(?:[’']s)?\s+"
    r"(?=(?:is|are|was|will|would|should|must|has|have|shall|may|can|to|heads?|leads?|decides?|publish|picks?|chooses?|runs?|sets?|puts?|asks?|takes?)\b)"
)
_BY = re.compile(rf"\b\w+(?:ed|en|wn|un|de|t|set|led|run)\s+by\s+(?:the\s+|an?\s+)?(?P<body>{_BODY})")
_LED = re.compile(
    r"\b(?:led|chaired|headed|managed|overseen|run|selected|appointed|designated|adopted|issued|set|established|decided|chosen|conducted|carried\s+out)\s+by\s+(?:the\s+)?(?P<who>[^.;:]*?)"
    r"(?=,\s+[a-z]|\s+(?:to|on|in\s+(?:coordination|collaboration|consultation|cooperation))\b|[.;:,]|$)",
    re.IGNORECASE,
)
_DUTY = re.compile(
    r"(?:^|[.;,]\s+|\)\s+)(?:[Tt]he\s+|[Ee]ach\s+|[Aa]n?\s+)?(?P<who>(?:[\w’'()-]+,?\s+){1,60}?)(?:shall|should|must|will|is\s+to|are\s+to|may)\b"
)
#: Short names of bodies that news use, as the word of the full name that tells the body.
_ALIAS = {
    "pentagon": "defens", "dod": "defens", "dol": "labor", "doc": "commerc", "doe": "energy", "dhs": "homeland",
    "dos": "stat", "doj": "justic", "ed": "education", "hhs": "health", "omb": "budget", "ostp": "technology",
}  # fmt: skip
_PLAIN = frozenset(
    stem(w)
    for w in re.findall(
        r"\w+",
        "department ministry office agency agencies commission council institute bureau board authority authorities "
        "committee center new public private federal national member",
    )
) - {"commission", "board", "council"}


def agent_of(claim: str) -> tuple[str, str] | None:
    """The words of a claim that say who acts, and which way they do: as its subject, or after “by”."""
    after = _BY.search(claim)
    if after is not None:
        return after["body"].strip(), "by"
    subject = _SUBJECT.match(claim)
    return None if subject is None else (subject["body"].strip(), "subject")


def actors_differ(claim: str, sentence: Sentence, short: Mapping[str, str]) -> tuple[str, str] | None:
    """The claim's body and the passage's, when the passage says who acts and names nobody of the claim's.

    A country acts by any body of its own.

    ``short`` leads from the abbreviations that the document defines to the full names.
    """
    agent = agent_of(claim)
    if agent is None or country_of(agent[0]) is not None:
        return None
    mine = names_in(agent[0], short)
    text = sentence.text
    if not mine or mine & names_in(text, short):
        return None
    found = _LED.search(text) or (_DUTY.search(text) if agent[1] == "subject" else None)
    if found is None or not names_in(found["who"], short):
        return None
    who = " ".join(found["who"].split())
    return agent[0], who if len(who) <= NAMED else f"{who[:NAMED].rsplit(' ', 1)[0]} …"


def names_in(text: str, short: Mapping[str, str]) -> set[str]:
    """The telling words of the bodies that ``text`` names, as roots and families; ``short`` as in actors_differ."""
    families = lexicon().families
    found: set[str] = set()
    for word in re.findall(r"[A-Za-z][\w.&-]*", text):
        low = word.lower().strip(".")
        key = stem(low)
        if low in SMALL or key in _PLAIN or low in ("us", "u.s", "uk", "united", "ai"):
            continue
        found |= {_ALIAS.get(low, key), root(key), *families.get(key, ())}
        for full in (short.get(word, ""),):
            found |= {stem(w) for w in re.findall(r"[A-Z][\w-]+", full)} - _PLAIN
    return found
