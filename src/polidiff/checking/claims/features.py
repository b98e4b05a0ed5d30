"""What a claim and one passage have in common and in what they differ, as numbers with names.

They are weighed in :mod:`polidiff.checking.claims.decide`, which shows the words behind those that decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

from polidiff.checking.article.kinds import CITED_YEAR
from polidiff.checking.claims.actors import actors_differ, agent_of
from polidiff.checking.claims.polarity import deny_count, polarity
from polidiff.checking.claims.retrieval import Candidate, Search, SentenceIndex
from polidiff.lang.amounts import Amount, amounts_of, conflict, same
from polidiff.lang.dates import Date, dates_of
from polidiff.lang.modality import bans, breadth, done, duty, exceptions, force, wholes
from polidiff.lang.terms import Term
from polidiff.lang.words import has_cjk, words_of

__all__ = ["Contrast", "contrast"]


SAME_MATTER = 0.3
"""The share of a claim's words that a sentence has to have before its count of the same noun is another one."""

PLAIN = 45
"""Words of a sentence up to which what it turns round says which way it points; in longer ones it says less."""


@dataclass(slots=True)
class Contrast:
    """``values`` by name; ``shown`` maps a test to the claim's word and the passage's.

    ``numbers`` says of each number of the claim whether the passage has it: ``same``, ``number`` (another stands
    there), ``up_to`` (a lower bound stands there) or ``missing``.
    """

    candidate: Candidate
    values: dict[str, float] = field(default_factory=dict)
    shown: dict[str, tuple[str, str]] = field(default_factory=dict)
    numbers: dict[Amount, str] = field(default_factory=dict)


def contrast(claim: str, search: Search, candidate: Candidate, shelf: SentenceIndex) -> Contrast:
    """Lay ``claim`` beside one passage."""
    made = Contrast(candidate)
    values = made.values
    values["score"] = _odds(candidate.score)
    for name in ("words", "alone", "meaning", "near", "woven"):
        values[name] = getattr(candidate, name)
    values["heading"] = float(candidate.sentence.is_heading)
    _open(search.terms, candidate, claim, values)
    _numbers(claim, candidate, made)
    _force(claim, candidate, shelf, made)
    _scope(claim, candidate, made)
    _duty(claim, candidate, shelf, made)
    if shelf.manner(claim) == "english":
        _turns(claim, search.terms, candidate, shelf, made)
    else:
        _turns_by_count(claim, candidate, made)
    return made


def _odds(share: float) -> float:
    kept = min(0.999, max(0.001, share))
    return log(kept / (1 - kept))


_VERB = re.compile(
    r"\b(?:will|would|shall|should|must|may|might|can|could|is|are|was|were|be|has|have|had|need|needs|do|does|wants?|gets?)\b"
)


def _open(terms: Sequence[Term], candidate: Candidate, claim: str, values: dict[str, float]) -> None:
    """What of the claim the passage leaves open."""
    whole = sum(t.weight for t in terms) or 1.0
    left = [t.weight * (1 - v) for t, v in zip(terms, candidate.covered, strict=True)]
    verb = _VERB.search(claim)
    subject = verb.start() if verb else 0
    rows = list(zip(terms, left, strict=True))
    values["open"] = sum(left) / whole
    values["open_most"] = max(left, default=0.0)
    values["open_many"] = float(sum(x >= 0.3 for x in left))
    values["open_name"] = max((x for t, x in rows if t.name and not t.number), default=0.0)
    values["open_subject"] = max((x for t, x in rows if t.end <= subject), default=0.0)
    values["open_last"] = max((x for t, x in rows if t.start > subject), default=0.0)


def _numbers(claim: str, candidate: Candidate, made: Contrast) -> None:
    theirs = amounts_of(candidate.sentence.text)
    cited = [match.span(match.lastindex or 0) for match in CITED_YEAR.finditer(claim)]
    for amount in amounts_of(claim):
        if any(start <= amount.start < end for start, end in cited):
            continue
        if amount.kind == "year" and (other := _other_day(amount, claim, candidate.sentence.text)) is not None:
            made.numbers[amount] = "number"
            made.shown.setdefault("number", other)
            continue
        if any(same(amount, a) for a in theirs):
            made.numbers[amount] = "same"
            continue
        near = amount.kind != "count" or candidate.alone >= SAME_MATTER
        a = next((a for a in theirs if near and conflict(amount, a)), None)
        if a is None:
            made.numbers[amount] = "missing"
            continue
        made.numbers[amount] = test = "up_to" if _bounded(amount, a) else "number"
        made.shown.setdefault(test, (claim[amount.start : amount.end], candidate.sentence.text[a.start : a.end]))
    said = made.numbers.values()
    made.values |= {
        "number": float("number" in said),
        "up_to": float("up_to" in said),
        "number_missing": float("missing" in said),
    }


def _other_day(amount: Amount, claim: str, passage: str) -> tuple[str, str] | None:
    """Both dates as written, where the passage has the claim's year with other months or days only."""
    mine = next((d for d in dates_of(claim) if d.start <= amount.start < d.end), None)
    if mine is None or mine.month is None:
        return None
    theirs = [d for d in dates_of(passage) if d.year == mine.year and d.month is not None]
    if not theirs or any(_one_day(mine, d) for d in theirs):
        return None
    return claim[mine.start : mine.end], passage[theirs[0].start : theirs[0].end]


def _one_day(a: Date, b: Date) -> bool:
    """Whether two dates of one year can be the same day, as far as both are told."""
    return a.month == b.month and (a.day is None or b.day is None or a.day == b.day)


def _bounded(mine: Amount, theirs: Amount) -> bool:
    """Whether the document's number is an upper bound of an amount (not a deadline) that the claim goes beyond."""
    limit = theirs.bound == "most" and mine.bound != "most" and theirs.kind not in ("time", "year")
    return limit and mine.value > theirs.value


def _force(claim: str, candidate: Candidate, shelf: SentenceIndex, made: Contrast) -> None:
    sentence = candidate.sentence
    places = [
        (sentence.words.words[place].start, sentence.words.words[place].end)
        for place, value in zip(candidate.by, candidate.own, strict=True)
        if place >= 0 and value >= 0.7
    ]
    mine, theirs = force(claim), force(sentence.text, places)
    if sentence.lead_in is not None and not theirs.cue:
        theirs = force(sentence.lead_in.cut(shelf.document.text))
    level = 4.0 if shelf.law and theirs.level == 3 else theirs.level
    gap = max(0.0, min(mine.level, 4.0) - level)
    made.values |= {
        "firm": mine.level,
        "gap": gap,
        "loose": float(level <= 2 and mine.level >= 3),
        "must": float(mine.level == 5 and level < 4),
        "done": float(bool(done(claim)) and not done(sentence.text)),
    }
    if made.values["done"]:
        made.shown["done"] = (done(claim), "")
    if gap or made.values["must"]:
        made.shown["modality"] = (mine.cue or _first_verb(claim), theirs.cue)


def _first_verb(claim: str) -> str:
    match = _VERB.search(claim)
    return match.group() if match else claim.split()[0]


def _scope(claim: str, candidate: Candidate, made: Contrast) -> None:
    text = candidate.sentence.text
    theirs = wholes(text)
    shared = {breadth(w) for w in theirs}
    mine = [w for w in wholes(claim) if breadth(w) not in shared]
    own = {_kept_out(o) for o in exceptions(claim)}
    lost = [p for p in exceptions(text) if _kept_out(p) not in own]
    made.values |= {
        "whole": float(bool(mine)),
        "whole_alone": float(bool(mine) and not theirs),
        "whole_part": float(bool(mine) and bool(lost)),
        "part": float(bool(lost)),
        "only": float(any(breadth(m) == "only" for m in mine)),
    }
    if mine and lost:
        made.shown["scope"] = (mine[0], lost[0])
    elif mine and not theirs:
        made.shown["whole"] = (mine[0], "")


def _kept_out(exception: str) -> str:
    """An exception for comparing: “does not apply” and “do not cover” are one."""
    return "not" if " not " in f" {exception.lower()} " else exception.lower()


def _duty(claim: str, candidate: Candidate, shelf: SentenceIndex, made: Contrast) -> None:
    sentence = candidate.sentence
    lead = "" if sentence.lead_in is None else sentence.lead_in.cut(shelf.document.text)
    mine, theirs = duty(claim), duty(lead) or duty(sentence.text)
    clash = mine is not None and theirs is not None and (mine[0], theirs[0]) in _CLASHES
    ban = mine is not None and mine[0] == "ban"
    banned = ban and not (bans(sentence.text) or bans(lead))
    made.values |= {
        "clash": float(clash),
        "free": float(mine is not None and mine[0] == "free"),
        "banned": float(banned),
    }
    if clash and mine and theirs:
        made.shown["duty"] = (mine[1], theirs[1])
    if banned and mine:
        made.shown["banned"] = (mine[1], "")


_CLASHES = frozenset({("free", "duty"), ("free", "ban"), ("ban", "free")})


def _turns(claim: str, terms: Sequence[Term], candidate: Candidate, shelf: SentenceIndex, made: Contrast) -> None:
    sentence = candidate.sentence
    lead = None if sentence.lead_in is None else words_of(sentence.lead_in.cut(shelf.document.text))
    reading = polarity(claim, terms, candidate, lead)
    actor = actors_differ(claim, sentence, shelf.short)
    contrary = max((t.weight for t, v in zip(terms, candidate.against, strict=True) if v), default=0.0)
    mine, theirs = deny_count(words_of(claim)), deny_count(sentence.words, candidate.by)
    plain = min(1.0, PLAIN / len(sentence.words.words))
    made.values |= {
        "turned": reading.turned * plain,
        "opposite": float(reading.opposite is not None),
        "contrary": contrary,
        "denies": float(mine > 0),
        "denied": float(theirs > 0),
        "parity": float((mine + theirs) % 2 and len(sentence.words.words) <= PLAIN),
        "actor": float(actor is not None),
        "agent": float(agent_of(claim) is not None),
    }
    if reading.turned > 0.25 and any(reading.turned_by):
        made.shown["negated"] = reading.turned_by
    if reading.opposite is not None:
        made.shown["opposite"] = reading.opposite
    if actor is not None:
        made.shown["actor"] = actor


_NOT_ZH = re.compile(
    r"不(?!断|同|仅|少|良|正当|到)|无需|无须|不必|没有|禁止|严禁|停止|取消|废除|未(?=[\u4e00-\u9fff])(?!来|成年)|反对|拒绝|放松|降低|减少|免"
)


def _turns_by_count(claim: str, candidate: Candidate, made: Contrast) -> None:
    def denies(text: str) -> bool:
        return bool(_NOT_ZH.search(text)) if has_cjk(text) else deny_count(words_of(text)) > 0

    mine, theirs = denies(claim), denies(candidate.sentence.text)
    made.values |= {"denies": float(mine), "denied": float(theirs), "parity": float(mine != theirs)}
