"""Deontic strength of a provision of law in English: obligation, prohibition, permission, encouragement or none.

Read from the grammar: the first operator of the main clause decides. Operators inside of conditions (“If the landlord
shall not so elect, …”), relative clauses and brackets give way to those of the main clause; negation is read with its
scope (“need not” permits, “may not” forbids, “nothing in this section prevents” permits); “shall be deemed” and its
like settle what things are and bind nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from polidiff.lang.needs import Sought

__all__ = ["Strength", "law_strength"]


@dataclass(frozen=True, slots=True)
class Strength:
    """A label with a score in 0..1 and the place of its cue in the text, or None when the label is the default."""

    label: str
    score: float
    cue: tuple[int, int] | None = None


_ADVERB = (
    r"(?:\s+(?:also|only|always|at all times|further|hereby|promptly|forthwith|either|each|then|likewise|thereafter|"
    r"ever|so|itself|themselves))*"
)
_THING = (
    r"(?:deemed|construed|considered|treated|interpreted|regarded|read|binding|effective|null|void|valid|enforceable|"
    r"governed|primary|limited\s+to|in\s+addition|entitled|known|referred|conclusive|cumulative|several|joint)"
)

#: In order: at one place in the text the first that matches wins.
_OPERATORS: tuple[tuple[str, str, float], ...] = (
    ("none", r"\b(?:shall|does|do)\s+not(?:\s*,[^,]{1,40},)?\s+(?:apply|affect|prejudice)\b", 0.7),
    (
        "none",
        r"\b(?:articles?|sections?|regulations?|directives?|paragraphs?|provisions|procedures?|rules)\b[^.;]{0,80}?"
        r"\bshall(?:\s+also|\s+thus|\s+accordingly)?\s+apply\b",
        0.6,
    ),
    ("none", r"\bnothing\b[^.;]{0,80}?\b(?:construed|interpreted|read|taken|deemed)\b", 0.6),
    (
        "prohibition",
        r"\b(?:in|under)\s+no\s+(?:case|event|circumstances?|way)\b[^.;]{0,80}?\b(?:shall|may|must|will|should)\b",
        0.85,
    ),
    ("prohibition", r"\bnothing\b[^.;]{0,60}?\b(?:authori[sz]es|permits|allows|entitles|empowers)\b", 0.8),
    (
        "permission",
        r"\bnothing\b[^.;]{0,80}?\b(?:prevents?|prohibits?|precludes?|restricts?|requires?|limits?|affects?|shall\s+(?:prevent|prohibit|preclude|restrict|require|limit|affect))\b",
        0.85,
    ),
    ("permission", r"\b(?:need|needs)\s+not\b", 0.9),
    (
        "permission",
        r"\b(?:shall|will|must|is|are|does|do)\s*not\s+(?:be\s+)?(?:required|obliged|obligated|bound|need|have)\s+to\b",
        0.9,
    ),
    ("permission", r"\b(?:is|are)\s+(?:not\s+)?(?:under\s+no|under\s+any)\s+(?:duty|obligation)\b", 0.8),
    ("permission", r"\b(?:shall|will)\s+have\s+no\s+(?:obligation|duty)\b", 0.8),
    (
        "permission",
        r"\b(?:do(?:es)?|is)\s+not\s+(?:a\s+)?(?:contraven\w+|prohibit\w*|prevent\w*|preclude\w*|unlawful|an\s+offence|(?:constitute|amount\s+to)\s+(?:a\s+contravention|discrimination|an\s+offence))\b",
        0.8,
    ),
    ("permission", r"\b(?:is|are)\s+not\s+(?:unlawful|an\s+offence|prohibited|contravened)\b", 0.8),
    ("none", rf"\b(?:shall|will|must|may)(?:\s+not)?{_ADVERB}\s+(?:in\s+any\s+event\s+)?be{_ADVERB}\s+{_THING}\b", 0.6),
    (
        "none",
        r"\b(?:shall|will|may|might|could|would)\s+have\s+been\b|\bshall\s+(?:have\s+the\s+(?:\w+\s+)?meanings?|mean|include)\b",
        0.6,
    ),
    (
        "prohibition",
        r"\b(?:must|shall|may|can|will|should|could|ought)\s*(?:not|never|no\s+longer|in\s+no\s+event|under\s+no\s+circumstances)\b",
        0.9,
    ),
    ("prohibition", r"\bcannot\b|\bcan't\b|\bmustn't\b", 0.8),
    (
        "prohibition",
        r"\b(?:No(?!\.?\s*\d)|Neither|None)\b[^.;:]{1,140}?\b(?:shall|may|must|will|is\s+(?:entitled|permitted|allowed)\s+to)\b(?!\s+(?:be\s+)?(?:deemed|construed|considered|required))",
        0.85,
    ),
    (
        "prohibition",
        r"\b(?:is|are|shall\s+be)\s+(?:hereby\s+)?(?:strictly\s+)?(?:prohibited|forbidden|unlawful|not\s+(?:permitted|allowed|entitled))\b|\bcommits?\s+an\s+offence\b|\bguilty\s+of\s+an\s+offence\b",
        0.85,
    ),
    ("prohibition", r"\b(?:agrees?|covenants?|undertakes?)\s+not\s+to\b|\brefrain\s+from\b", 0.85),
    (
        "permission",
        r"\b(?:is|are|shall\s+be|be)\s+(?:hereby\s+)?(?:entitled|permitted|allowed|authori[sz]ed|empowered|free)\s+to\b",
        0.85,
    ),
    (
        "permission",
        r"\b(?:has|have|retains?|reserves?|shall\s+(?:also\s+)?have|will\s+have|confers?|gives?)\s+(?:also\s+)?(?:the\s+|a\s+|an\s+|its\s+|no\s+)?(?:[a-z]+\s+){0,2}?(?:right|option|power|discretion|authority|liberty)\b(?:\s*,[^,]*,)?\s*(?:to|of|in)\b",
        0.8,
    ),
    (
        "permission",
        r"\b(?:has|have)(?:\s*,[^,]{1,60},)?\s+(?:also\s+)?jurisdiction\b|\balso\s+has\s+jurisdiction\b",
        0.8,
    ),
    (
        "permission",
        r"\b(?:is|are)\s+exercisable\b|\bat\s+(?:its|their|his|her)\s+(?:sole\s+)?(?:option|election|discretion)\b",
        0.7,
    ),
    (
        "encouragement",
        r"\b(?:is|are|should\s+be|shall\s+be)\s+encouraged\b|\b(?:shall|should|must)\s+(?:[a-z]+\s+)?(?:encourage|endeavou?r|strive)\b|\b(?-i:should)\b",
        0.7,
    ),
    ("permission", r"\bmay\b(?!\s+(?:be\s+)?(?:necessary|required|applicable|have|otherwise|arise))", 0.85),
    ("permission", r"\bcan\b(?!\s*not)", 0.6),
    ("obligation", r"\b(?:must|shall)\b", 0.9),
    (
        "obligation",
        r"\b(?:is|are|will\s+be|be)\s+(?:hereby\s+)?(?:required|obliged|obligated|bound)\s+to\b"
        r"|(?<!may )\b(?:has|have)\s+(?:a\s+duty|an\s+obligation)?\s*to\b|\bought\s+to\b",
        0.85,
    ),
    (
        "obligation",
        r"\b(?:it\s+is\s+(?:also\s+)?the\s+duty\s+of|(?:is|are)\s+(?:solely\s+)?(?:responsible|liable)\s+for|(?:is|are)\s+under\s+a\s+duty|duty\s+[^.;]{1,50}\s+(?:applies|is\s+imposed)|is\s+a\s+requirement|is\s+subject\s+to\s+a\s+duty)\b",
        0.8,
    ),
    (
        "obligation",
        r"\b(?:agrees?|covenants?|undertakes?|warrants?|acknowledges?\s+and\s+agrees?)\s+(?:and\s+\w+\s+)?(?:to|that|with|as\s+follows)\b",
        0.75,
    ),
    ("obligation", r"\b(?:is|are)\s+to\s+(?:be\s+)?(?!the\b|a\b)[a-z]+", 0.65),
    ("obligation", r"\bwill\b(?!\s+(?:have\s+been))", 0.65),
)
_COMPILED = tuple((label, Sought(pattern, re.IGNORECASE), score) for label, pattern, score in _OPERATORS)
#: Characters of a provision that are read: its main clause stands well before that.
_READ = 4000
_CONDITION = re.compile(
    r"\b(?:if|where|unless|when|whenever|provided\s+that|in\s+the\s+event|to\s+the\s+extent|so\s+(?:long|far)\s+as|"
    r"in\s+so\s+far\s+as|as\s+if|in\s+case)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:which|who|whom|whose|that|as|than|what|how|whether|until|once|before|after|without|except|notwithstanding)\b",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\([^()]{6,}\)")
_CLAUSE = re.compile(r"[,;:—]")
_DEFINES = re.compile(
    r"^\W*(?:in\s+this\s+\w+\s*,?\s*)?(?:[“\"‘'][^”\"’']+[”\"’']\s+(?:means|has\s+the\s+meaning|includes)|"
    r"a?\s*references?\s+(?:in\s+[^.]{1,60}\s+)?to\b|for\s+the\s+purposes\s+of[^.]{1,80}?\b(?:is|are)\s+(?!to\b))",
    re.IGNORECASE,
)


def law_strength(text: str) -> Strength:
    """Return the deontic class of one provision in English, with its cue."""
    text = text[:_READ]
    found = _operators(text)
    if not found:
        return Strength("none", 0.7)
    brackets = [match.span() for match in _BRACKET.finditer(text)]
    best: tuple[int, int] | None = None
    chosen: tuple[str, float, int, int] | None = None
    for label, score, start, end in found:
        rank = _rank(text, start, brackets, found)
        if best is None or (rank, start) < best:
            best, chosen = (rank, start), (label, score, start, end)
    if chosen is None or best is None:
        return Strength("none", 0.6)
    label, score, start, end = chosen
    rank = best[0]
    if rank >= 2 or (_DEFINES.match(text) and label != "prohibition"):
        return Strength("none", 0.55)
    return (
        Strength(label, score - 0.1 * rank, (start, end)) if label != "none" else Strength("none", score, (start, end))
    )


def _operators(text: str) -> list[tuple[str, float, int, int]]:
    """Operators in order of place; where two overlap, the one listed first stays."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[str, float, int, int]] = []
    for label, pattern, score in _COMPILED:
        for match in pattern.finditer(text):
            start, end = match.span()
            if all(end <= a or start >= b for a, b in taken):
                taken.append((start, end))
                found.append((label, score, start, end))
    return sorted(found, key=lambda item: item[2])


def _rank(text: str, start: int, brackets: list[tuple[int, int]], found: list[tuple[str, float, int, int]]) -> int:
    """0 for an operator of the main clause, 1 inside a relative clause, 2 inside a condition or a bracket."""
    if any(a < start < b for a, b in brackets):
        return 3
    breaks = [match.end() for match in _CLAUSE.finditer(text, 0, start)]
    clause = text[(breaks[-1] if breaks else 0) : start]
    if _CONDITION.search(clause):
        return 2
    begin = start - len(clause)
    openers = [match.start() for match in _RELATIVE.finditer(clause)]
    if not openers:
        return 0
    closed = any(begin + openers[-1] < other[2] < start for other in found)
    return 0 if closed else 1
