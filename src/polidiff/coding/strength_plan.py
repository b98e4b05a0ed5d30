"""How firmly a provision of a plan in English commits: mandate, directive, recommendation, aspiration or statement.

- mandate: a body of the state must or will do a thing;
- directive: an instruction in the imperative (“Led by X, publish …”, “Expand …”);
- recommendation: should, could, is encouraged to, what a supervisor expects of firms, or an imperative that only looks
  into a thing (explore, consider);
- aspiration: what is wanted, needed or hoped for, without anybody bound;
- statement: what is, was, or is expected.

In a provision of several sentences the first that is more than a statement decides when it is an instruction or a
recommendation; otherwise the firmest sentence does.
"""

from __future__ import annotations

import re
from itertools import pairwise

from polidiff.coding.strength_law import Strength
from polidiff.lang.data import load_list
from polidiff.lang.needs import Sought

__all__ = ["plan_strength"]

_ORDER = ("mandate", "directive", "recommendation", "aspiration", "statement")
_SENTENCE = re.compile(r"(?<=[.!?;])(?<![A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!cf\.)(?<!No\.)[”\"’')]*\s+(?=[A-Z“\"‘(])")
_BODY = (
    r"(?:administration|governments?|federal\s+government|state|states|agency|agencies|departments?|ministry|ministries|ministers?|minister|"
    r"secretary(?:\s+of\s+state)?|commission|parliament|congress|council|office|authority|authorities|regulators?|president|board|institute|"
    r"united\s+states|u\.s\.|us|uk|united\s+kingdom|britain|america|canada|eu|union|japan|china|india|country|countries|nation|nations|member\s+states|"
    r"bodies|body|institutions?|organi[sz]ations?|providers?|companies|firms|enterprises|developers?|unit|programme|program|(?-i:(?!AI\b|LLM|ICT\b|IP\b|IT\b)[A-Z][A-Z&]{1,6})|taskforce|committee)"
)
_OPENER = re.compile(
    r"^\W*(?:(?:[Jj]ointly |[Cc]o-)?[Ll]ed\s+by|Chaired\s+by|Managed\s+by|Overseen\s+by|Through|Via|At|Under|Within|By|"
    r"In|As|Over|With|Where|Using|Building|Working|To|For|Once|On|From|Following|Based|Alongside|Given|When|If|Subject|"
    r"Consistent|Because|While|Since|After|Before|During|Until|"
    r"Furthermore|Additionally|Moreover|Finally|First|Second|Third|Instead|Alternatively|Similarly|Likewise|Then)\b"
)
#: Characters of a sentence that are read.
_READ = 2000
_NUMBER = re.compile(r"^\W*(?:\d+[.)]|\(?[a-z][.)])\s+")
_MODAL = re.compile(r"\b(?:will|must|should|shall|can|could|may|would)\b")
_PAUSE = re.compile(r",[”\"’']?\s+(?=[a-z])|:\s+(?=[a-zA-Z])")
_VERBS = frozenset(load_list("imperatives")["verbs"])
_LOOKING = frozenset(load_list("imperatives")["looking"])
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
_LY = re.compile(
    r"^(?:[A-Za-z-]+ly|also|further|then|quickly|continue\s+to|work\s+to|seek\s+to|always|never)\s+", re.IGNORECASE
)
_RECOMMEND = Sought(
    r"\b(?:should|ought\s+to|could|might\s+wish\s+to|(?:is|are)\s+(?:strongly\s+)?(?:encouraged|invited|urged|advised|recommended)|recommends?|encourages?|invites?|urges?|calls?\s+(?:up)?on|"
    r"expects?\s+(?:that\s+)?(?:(?:all|its|the|each|every|supervised|regulated|financial|affected)\s+)*"
    r"(?:firms?|institutions?|banks?|insurers?|companies|providers?|organi[sz]ations?|agencies|boards?|developers?|operators?|entities))\b",
    re.IGNORECASE,
)
_MUST = Sought(
    r"\b(?:must|shall|(?:is|are)\s+(?:required|obliged|directed)\s+to|(?:has|have)\s+to|"
    r"(?<!the )(?<!no )(?<!a )(?<!any )(?<!this )(?<!for )needs?\s+to)\b",
    re.IGNORECASE,
)
_WILL = Sought(
    r"\b(?:will|commits?\s+to|(?:is|are)\s+committed\s+to|pledges?\s+to)\b(?!\s+(?:not\s+)?(?:also\s+)?(?:very\s+)?(?:soon\s+)?(?:see\b|fail\b|face\b|lose\b|find\b|have\s+to|be\s+able|need|require|likely|continue\s+to\s+(?:grow|be)))",
    re.IGNORECASE,
)
_HOPE = re.compile(
    r"\b(?:[Ii]t\s+is\s+(?:\w+\s+)?(?:crucial|imperative|essential|vital|critical|important|necessary|paramount)\b|we\s+(?:want|need|aim|aspire|hope|seek|wish|strive|envision|intend)\b|"
    r"(?:our|the|its)\s+(?:goal|aim|ambition|vision|objective|aspiration|mission|hope)s?\s+(?:is|are|should\s+be|must\s+be|will\s+be)\b|(?:aims?|aspires?|hopes?|strives?|seeks?|intends?)\s+to\b|"
    r"should\s+(?:aim|aspire|strive|seek)\b|(?:is|are)\s+(?:determined|keen|ambitious)\s+to\b|our\s+ambition\b)",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|our\s+(?:nation|country|people))\s+(?:\w+\s+)?$", re.IGNORECASE)
_STATE_VERB = re.compile(
    r"\s*(?:also\s+|always\s+|therefore\s+)?(?:be\s+(?:the|a|an|world|at)\b|have|remain|become|retain|keep|enjoy|stay|lead\s+the\s+world|win)\b",
    re.IGNORECASE,
)
_GRAND = re.compile(
    r"\s*(?:usher\s+in|bring\s+about|herald|unleash|secure\s+our|open\s+(?:up\s+)?a\s+new)\b", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"\b(?:if|whether|which|who|that|where|when|because|as|unless|how|what|while|than|whom|whose)\b", re.IGNORECASE
)
_COULD = re.compile(
    r"\s*(?:also\s+)?be\s+(?:prioriti|consider|explor|expand|extend|establish|creat|introduc|modelled|modeled|adopt|develop|"
    r"encourag|pilot|given|invited|asked|set\s+up|supported)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    rf"(?:^|[\s,(“]){_BODY}(?:\s*\([^)]*\))?(?:\s+\w+ly|\s+also|\s+then|\s+therefore|\s+now|\s+still)?\s*$",
    re.IGNORECASE,
)


def plan_strength(text: str) -> Strength:
    """Return how firmly a provision commits, with its cue."""
    best: Strength | None = None
    start = 0
    for part in _split(text):
        found = _sentence(text, start, start + part)
        start += part
        if found.label == "statement":
            continue
        if best is None:
            best = found
            if found.label in ("directive", "recommendation"):
                return found
        elif _ORDER.index(found.label) < _ORDER.index(best.label):
            best = found
    return best if best is not None else Strength("statement", 0.7)


def _split(text: str) -> list[int]:
    """Lengths of the sentences, white space after a sentence counted with it."""
    cuts = [0, *(match.end() for match in _SENTENCE.finditer(text)), len(text)]
    return [b - a for a, b in pairwise(cuts) if b > a]


def _sentence(text: str, start: int, end: int) -> Strength:
    part = text[start : min(end, start + _READ)]
    number = _NUMBER.match(part)
    at = number.end() if number else 0
    order = _imperative(part, at)
    score = 0.9
    if order is None and _OPENER.match(part[at:]):
        score = 0.85
        for pause in _PAUSE.finditer(part, at):
            if _MODAL.search(part, at, pause.start()):
                break
            order = _imperative(part, pause.end())
            if order is not None:
                break
    if order is not None:
        return Strength(order[0], score, (start + order[1], start + order[2]))
    return _declarative(part, start)


def _imperative(part: str, at: int) -> tuple[str, int, int] | None:
    rest = part[at:]
    lead = len(rest) - len(rest.lstrip(' “"‘(–—-•'))
    rest = rest[lead:]
    at += lead
    adverb = _LY.match(rest)
    if adverb:
        at += adverb.end()
        rest = rest[adverb.end() :]
    word = _WORD.match(rest)
    if word is None:
        return None
    verb = word.group().lower()
    follower = rest[word.end() :].lstrip()
    if verb not in _VERBS or re.match(
        r"(?:is|are|was|were|has|have|can|will|of|must|should|may|for\s+\w+\s+(?:is|are|will))\b", follower
    ):
        return None
    if verb == "put" and follower.startswith(","):
        return None
    looking = verb in _LOOKING or (
        re.match(r"(?:whether|if|how|the\s+(?:need|feasibility|case|potential|possibility|creation))\b", follower)
        is not None
        and verb in ("evaluate", "assess", "examine", "study", "review", "identify")
    )
    return ("recommendation" if looking else "directive"), at, at + word.end()


def _declarative(part: str, start: int) -> Strength:
    hope = _HOPE.search(part)
    must = _main(_MUST, part)
    should = _main(_RECOMMEND, part)
    will = _main(_WILL, part)
    if must is not None:
        before = part[: must.start()]
        needs = must.group().lower().startswith("need")
        free = must.group().lower().startswith("ha") and _SUBJECT.search(before) is None
        if needs or free or _WE.search(before) or (hope is not None and hope.start() < must.start()):
            return _cued("aspiration", 0.75, must, start)
        if _STATE_VERB.match(part[must.end() :]) and not part[must.end() :].lstrip().startswith(
            ("be prepared", "be able")
        ):
            return _cued("aspiration", 0.6, must, start)
        return _cued("mandate", 0.85, must, start)
    if will is not None and (should is None or will.start() < should.start()):
        before = part[: will.start()]
        if _WE.search(before) or _SUBJECT.search(before):
            return _cued("mandate", 0.8, will, start)
        if _GRAND.match(part[will.end() :]):
            return _cued("aspiration", 0.6, will, start)
    if hope is not None and (should is None or hope.start() <= should.start()):
        return _cued("aspiration", 0.75, hope, start)
    if should is not None:
        after = part[should.end() :]
        if (
            should.group().lower() in ("should", "could")
            and _WE.search(part[: should.start()])
            and re.match(r"\s*be\s+(?:the|a|an)\b", after)
        ):
            return _cued("aspiration", 0.7, should, start)
        if (
            should.group().lower() == "could"
            and _SUBJECT.search(part[: should.start()]) is None
            and _COULD.match(after) is None
        ):
            return Strength("statement", 0.6)
        if (
            re.match(r"\s*(?:not\s+)?(?:have|expect|be\s+(?:able|more|less|noted|clear|seen))\b", after)
            and _SUBJECT.search(part[: should.start()]) is None
        ):
            return Strength("statement", 0.5)
        return _cued("recommendation", 0.8, should, start)
    return Strength("statement", 0.7)


def _main(pattern: Sought, part: str) -> re.Match[str] | None:
    """The first match that stands in a main clause, if any."""
    for match in pattern.finditer(part):
        clause = re.split(r"[,;:—]", part[: match.start()])[-1]
        if _RELATIVE.search(clause) is None:
            return match
    return None


def _cued(label: str, score: float, match: re.Match[str], start: int) -> Strength:
    return Strength(label, score, (start + match.start(), start + match.end()))
