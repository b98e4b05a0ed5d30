"""What keeps a claim from being supported whatever else speaks for it: a country, a body or a firmness of its own.

These are exact matters. A country that none of the passages names, a body that none of them names in any form, a word
of force where the passage's sentence, which the claim follows nearly word for word, has a weaker one: on 516 true
claims about passages of documents the first never occurs, the others in one of a hundred (``judges/cards/claims.md``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from polidiff.checking.claims.actors import names_in
from polidiff.checking.claims.features import Contrast
from polidiff.checking.claims.retrieval import SentenceIndex
from polidiff.coding.bodies import Register
from polidiff.lang.countries import Place, country_of, places_of
from polidiff.lang.data import load_list
from polidiff.lang.modality import Cue, Step, cues, force, words_for
from polidiff.lang.words import has_cjk, stem
from polidiff.model import Span
from polidiff.model.claims import ClaimLabel

__all__ = ["Bar", "bars"]

CLOSELY = 0.6
"""The share of a claim's words, in their order, that a sentence must have for what it puts in place to be looked at."""
RUN = 7
"""Words of a run that stands in the place of another, at most."""
OPENING = 24
"""Characters at the start of a claim in which an abbreviation is taken for the speaker."""
SURE, LIKELY = 0.85, 0.6
"""How likely the verdict is where both sides name the thing, and where the passages name none."""

_TOKEN = re.compile(r"[A-Za-z]+(?:[’'][a-z]+)?|\d(?:[\d.,]*\d)?|[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")
_NAME = re.compile(r"[A-Z][\w’'-]*(?:\s+(?:(?:of|for|on|and|the)\s+)*[A-Z][\w’'-]*)*")
_SPEAKS = re.compile(
    r"(?:[’']s?)?\s+(?:\w+\s+){0,3}?(?:says?|said|wants?|notes?|finds?|thinks?|believes?|asks?|grants?|plans?|guides?|"
    r"guidance|guidelines?|framework|codes?|rules|orders?|strategy|draft|papers?|law|act|measures|opinions|memos?|"
    r"memorandum|blueprint|playbook|reports?|profile)\b"
)
_SPEAKS_ZH = re.compile(r"门|(?:的|在)?[^，。；]{0,6}(?:意见|计划|规划|办法|文件|提出|认为|指出|表示|强调)")
_OWNED = re.compile(r"^(?P<whose>[A-Z]\w+)[’']s\s+(?=[A-Z])")
_DENIED = re.compile(r"\W*(?:not\b|no\b|never\b|n[’']t\b|不)")


@dataclass(frozen=True, slots=True)
class Bar:
    """Why a claim isn't supported: the verdict it has instead, the test, the words on both sides, and the passage."""

    label: ClaimLabel
    test: str
    mine: str
    theirs: str
    contrast: Contrast
    chance: float


def bars(claim: str, contrasts: Sequence[Contrast], shelf: SentenceIndex) -> Iterator[Bar]:
    """Yield what bars ``claim`` from being supported by these passages (best first, one at least), surest first."""
    around = [_around(one, shelf) for one in contrasts]
    place = _country(claim, around, shelf)
    if place is not None:
        yield _named(claim[place.start : place.end], _other_place(around[0], claim), "country", contrasts[0])
    for name in _bodies(claim, shelf):
        if not any(_names_it(name, text, shelf) for text in around):
            yield _named(name, next(_bodies(contrasts[0].candidate.sentence.text, shelf), ""), "body", contrasts[0])
    for one in contrasts[:2]:
        yield from _put_in_place(claim, one)


def _named(mine: str, theirs: str, test: str, contrast: Contrast) -> Bar:
    label: ClaimLabel = "contradicted" if theirs or test == "country" else "overstated"
    return Bar(label, test, mine, theirs, contrast, SURE if theirs and test == "country" else LIKELY)


def _around(one: Contrast, shelf: SentenceIndex) -> str:
    """A passage with its headings and introducing words."""
    sentence = one.candidate.sentence
    parts = [shelf.passage(one.candidate.index).cut(shelf.document.text)]
    parts += [sentence.lead_in.cut(shelf.document.text)] if sentence.lead_in is not None else []
    parts += [sentence.heading.text] if sentence.heading is not None else []
    return " ".join(parts)


def _country(claim: str, around: Sequence[str], shelf: SentenceIndex) -> Place | None:
    """The first country of a claim that none of the passages names and whose government doesn't speak here."""
    theirs = {place.code for text in around for place in places_of(text)}
    for place in places_of(claim):
        speaks = place.code in shelf.speakers or (not shelf.speakers and place.start < OPENING)
        if place.code not in theirs and not speaks:
            return place
    return None


def _other_place(passage: str, claim: str) -> str:
    mine = {place.code for place in places_of(claim)}
    other = next((place for place in places_of(passage) if place.code not in mine), None)
    return "" if other is None else passage[other.start : other.end]


def _bodies(text: str, shelf: SentenceIndex) -> Iterator[str]:
    """The bodies that a text names, but for who speaks in it."""
    if has_cjk(text):
        for match in _known_zh().finditer(text):
            if match.start() and not _SPEAKS_ZH.match(text, match.end()):
                yield match.group()
        return
    register, end = Register({}), 0
    for start in re.finditer(r"\b[A-Z]", text):
        if start.start() < end:
            continue
        body = register.read(text, start.start())
        if body is None:
            continue
        end = body.end
        name = _OWNED.sub(lambda m: "" if country_of(m["whose"]) else m.group(), text[body.start : body.end])
        speaks = _SPEAKS.match(text, body.end) or (" " not in name and body.start < OPENING)
        if not speaks and country_of(name) is None and name not in shelf.own:
            yield name


def _names_it(name: str, text: str, shelf: SentenceIndex) -> bool:
    """Whether a text names a body in any form: a telling word of its name, or its initials."""
    if has_cjk(name) or has_cjk(text):
        return name in text or has_cjk(name) != has_cjk(text)
    letters = "".join(word[0] for word in re.findall(r"\b[A-Z][a-z]+", text))
    if name in text or (name.isupper() and (name in letters or name not in shelf.document.text)):
        return True
    telling = names_in(name, shelf.short)
    return not telling or bool(telling & names_in(text, shelf.short))


@cache
def _known_zh() -> re.Pattern[str]:
    names = [name for name in load_list("publishers")["bodies"]["CN"] if has_cjk(name)]
    names += load_list("bodies")["chinese"]
    return re.compile("|".join(sorted({n for name in names for n in name.split()}, key=len, reverse=True)))


def _put_in_place(claim: str, one: Contrast) -> Iterator[Bar]:
    """Numbers, names and words of force that a claim has in the place of the passage's, where it follows it closely."""
    passage = one.candidate.sentence.text
    if has_cjk(claim) != has_cjk(passage):
        return
    mine, theirs = list(_TOKEN.finditer(claim)), list(_TOKEN.finditer(passage))
    matcher = SequenceMatcher(None, _keys(mine), _keys(theirs), autojunk=False)
    if not mine or sum(block.size for block in matcher.get_matching_blocks()) < CLOSELY * len(mine):
        return
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and max(b - a, d - c) <= RUN:
            own, other = Span(mine[a].start(), mine[b - 1].end()), Span(theirs[c].start(), theirs[d - 1].end())
            words = own.cut(claim), other.cut(passage)
            if _name_for_name(*words, opens=min(own.start, other.start) < 2):
                yield Bar("contradicted", "name", *words, one, SURE)
            elif all(_NUMBER.fullmatch(said) for said in words):
                yield Bar("contradicted", "number", *words, one, SURE)
            elif (firmer := _firmer(claim, own, passage, other)) is not None:
                yield Bar("overstated", "modality", *firmer, one, SURE)


def _name_for_name(mine: str, theirs: str, opens: bool) -> bool:
    """Whether both are names: capitalised and not the opening of a sentence, or known Chinese bodies."""
    if has_cjk(mine):
        return _known_zh().search(mine) is not None and _known_zh().search(theirs) is not None
    if opens or theirs in mine or mine in theirs or country_of(mine) is not None:
        return False
    return all(_NAME.fullmatch(said) for said in (mine, theirs))


def _firmer(claim: str, own: Span, passage: str, other: Span) -> tuple[str, str] | None:
    """The words of force of both, where the claim has a firmer one in the place of the passage's."""
    if _DENIED.match(passage, other.end) or _DENIED.match(claim, own.end):
        return None
    low, high = _at(_possible(passage), other), _at(_possible(claim), own)
    if high is None and (low is None or low.step > Step.ENCOURAGED):
        return None
    step = low.step if low is not None else force(passage, [other]).level
    if (high.step if high is not None else Step.INTENDED) <= step or step > Step.ADVISED:
        return None
    said = own.cut(claim) if high is None else claim[high.start : high.end]
    return said, other.cut(passage) if low is None else passage[low.start : low.end]


def _possible(text: str) -> list[Cue]:
    """The words of force of a text, with those by which it only says what can be."""
    able = [Cue(*match.span(), Step.POSSIBLE) for match in words_for("able").finditer(text)]
    return [*cues(text), *able]


def _keys(tokens: Sequence[re.Match[str]]) -> list[str]:
    return [stem(token.group().lower()) if token.group().isascii() else token.group() for token in tokens]


def _at(found: Sequence[Cue], place: Span) -> Cue | None:
    """The word of force among those given that overlaps a place, the firmest."""
    inside = [cue for cue in found if cue.start < place.end and place.start < cue.end]
    return max(inside, key=lambda cue: cue.step, default=None)
