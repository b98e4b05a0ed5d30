"""Claims that a document names a thing, or never does (“makes no mention of …”, 没有提到…): answered by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from polidiff.checking.claims.sentences import Sentence
from polidiff.lang.bilingual import terms as concepts
from polidiff.lang.countries import country_of, how_named, names_of
from polidiff.lang.terms import SMALL
from polidiff.lang.words import has_cjk, words_of
from polidiff.model import Reason, Span
from polidiff.model.claims import ClaimLabel

__all__ = ["Named", "named"]

SHOWN = 5
"""Passages that name the thing, of those that are shown."""

RUN = 7
"""Letters from which on a thing is also looked for without the spaces and hyphens in it."""

LONGEST = 8
"""Words of a thing that a document may be said to name; a longer one is a statement, not a name."""

_DOCUMENT = (
    r"(?:plans?|strategy|act|laws?|regulations?|rules|guidelines|document|text|report|measures|order|framework|paper|"
    r"policy|bill|charter|code|digest|summary|it|they)"
)
_VERB = (
    r"(?:mention(?:s|ing)?|refers?\s+(?:\w+ly\s+)?to|uses?\s+the\s+(?:words?|terms?|phrases?)|speaks?\s+of|talks?\s+(?:about|of)|"
    r"contains?\s+the\s+(?:words?|terms?|phrases?))"
)
_OFTEN = (
    r"(?:(?:even|once|ever|explicitly|expressly|specifically|directly|anywhere|so\s+much\s+as|itself|"
    r"at\s+any\s+point)\s+)*"
)
_THING = r"(?P<thing>[^.;:?!]+)"
_NOT = r"(?:(?:do(?:es)?|did)(?:\s+not|n['’]t)|never|nowhere|fails?\s+to|failed\s+to)"
_SILENT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DOCUMENT}\s+(?:\w+ly\s+)?{_OFTEN}{_NOT}\s+{_OFTEN}{_VERB}\s+{_THING}",
        rf"\b(?:neither|none)\s+(?:of\s+)?(?:the\s+)?(?:\w+\s+){{0,2}}?{_DOCUMENT}\s+{_OFTEN}{_VERB}\s+{_THING}",
        rf"\bnowhere\s+(?:in\s+the\s+\w+\s+)?(?:does|do|is)\s+(?:the\s+)?{_DOCUMENT}\s+{_VERB}\s+{_THING}",
        r"\b(?:says?|said|has|contains?|offers?)\s+(?:absolutely\s+|almost\s+)?nothing\s+(?:to\s+say\s+)?(?:at\s+all\s+)?"
        rf"(?:about|on|regarding|concerning)\s+{_THING}",
        rf"\b{_DOCUMENT}\s+(?:is|are|was|stays?|remains?|falls?)\s+(?:\w+ly\s+)?silent\s+(?:on|about|as\s+to|regarding)\s+{_THING}",
        r"\b(?:makes?|made|contains?|has|includes?|with)\s+(?:absolutely\s+)?no\s+(?:explicit\s+|direct\s+)?(?:mentions?|references?)\s+(?:of|to)\s+"
        rf"{_THING}",
        rf"\bthere\s+(?:is|are)\s+no\s+(?:explicit\s+|direct\s+)?(?:mentions?|references?)\s+(?:of|to)\s+{_THING}",
        r"\bno\s+(?:mention|reference)\s+is\s+made\s+(?:of|to)\s+" + _THING,
        rf"^\W*(?P<thing>[^.;:?!]+?)\s+(?:is|are|was|were)\s+(?:not|never|nowhere)\s+{_OFTEN}(?:mentioned|named|referred\s+to|spoken\s+of)\b",
        r"^\W*(?P<thing>[^.;:?!]+?)\s+go(?:es)?\s+unmentioned\b",
    )
)
_SPOKEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DOCUMENT}\s+(?:\w+ly\s+)?(?:also\s+|even\s+)?(?:mentions|uses\s+the\s+(?:word|term|phrase))\s+{_THING}",
        rf"\b{_DOCUMENT}\s+(?:\w+ly\s+)?makes\s+(?:explicit\s+|direct\s+)?(?:mention|reference)\s+(?:of|to)\s+{_THING}",
        r"^\W*(?P<thing>[^.;:?!]+?)\s+(?:is|are)\s+(?:\w+ly\s+)?mentioned\b",
    )
)
_SILENT_ZH = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:没有|并没有|并未|从未|未曾|未|完全没有|只字未|只字不)(?:明确|直接|具体)?(?:提到|提及|谈到|谈及|提过|提|出现|使用)(?:过|到)?(?:任何)?(?:关于|有关)?[“\"]?(?P<thing>[^，。；！？”\"]+)",
        r"对(?:于)?(?P<thing>[^，。；！？]+?)(?:只字未提|只字不提|避而不谈|没有任何表述)",
        r"^(?P<thing>[^，。；！？]+?)(?:没有|并未|从未|未)(?:被)?(?:提到|提及|出现)",
    )
)
_END = re.compile(
    r"\s*,?\s*\b(?:at\s+all|anywhere|even\s+once|once|by\s+name|whatsoever|in\s+(?:the|its|this|any)\s+(?:\w+\s+)?"
    r"(?:plan|strategy|act|law|document|text|report|order|measures|paper|pages?|body)|(?:a\s+single|one)\s+time)\b.*$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r",\s+(?:and|but|while|though|although|which|who|whereas|as|a|an|the)\b.*$|\s+(?:but|while|although|whereas|and\s+(?:it|the|does|says|is|never))\b.*$",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^(?:the|an?|any)\s+|^(?:the\s+)?(?:words?|terms?|phrases?)\s+(?=[“\"'‘])", re.IGNORECASE)
_STATED = re.compile(r"^(?:that|how|why|whether|what|when|where|if|any\s+such)\b", re.IGNORECASE)
_OR = re.compile(r",?\s+(?:or|nor|and)\s+(?:to\s+)?|,\s+|和|及|与|或者?|、")
_MARKS = " “”\"'‘’《》「」.,，。"


@dataclass(frozen=True, slots=True)
class Named:
    """The verdict, the places that name the thing, and the reason."""

    label: ClaimLabel
    spans: tuple[Span, ...]
    reason: Reason


def named(claim: str, sentences: Sequence[Sentence]) -> Named | None:
    """Answer a claim that a document names a thing or never does; None where ``claim`` is no such.

    One of several things that are said never to be named suffices to contradict; all must be named to be mentioned.
    """
    found = _asked(claim)
    if found is None:
        return None
    silent, things = found
    places = []
    for thing in things:
        key = _key(thing, sentences)
        if key is None:
            return Named("not_found", (), Reason.of("searched.unknown", thing=thing))
        places.append([s.span for s in sentences if key.stands(s)])
    size = len(sentences)
    wanted = [(thing, spans) for thing, spans in zip(things, places, strict=True) if bool(spans) == silent]
    if wanted:
        thing, spans = max(wanted, key=lambda row: len(row[1]))
        if not silent:
            return Named("not_found", (), Reason.of("searched.unnamed", n=size, things=(thing,)))
        return Named(
            "contradicted", tuple(spans[:SHOWN]), Reason.of("named.things", 1.0, n=len(spans), things=(thing,))
        )
    if silent:
        return Named("supported", (), Reason.of("searched.unnamed", 1.0, n=size, things=tuple(things)))
    spans = [span for row in places for span in row]
    return Named("supported", tuple(spans[:SHOWN]), Reason.of("named.things", 1.0, n=len(spans), things=tuple(things)))


def _asked(claim: str) -> tuple[bool, list[str]] | None:
    """Whether silence is claimed, and the things that are said to be named or not."""
    chinese = has_cjk(claim)
    for silent, patterns in ((True, _SILENT_ZH if chinese else _SILENT), (False, () if chinese else _SPOKEN)):
        for pattern in patterns:
            match = pattern.search(claim)
            if match is None:
                continue
            thing = _BREAK.sub("", _END.sub("", match["thing"].strip(_MARKS))).strip(_MARKS)
            if _STATED.match(thing):
                return None
            things = [_LEAD.sub("", t.strip(_MARKS)).strip(_MARKS) for t in _OR.split(thing)]
            things = [thing for thing in things if thing]
            if things and all(len(thing.split()) <= LONGEST and len(thing) <= 60 for thing in things):
                return silent, things
            return None
    return None


@dataclass(frozen=True, slots=True)
class _Key:
    """What a sentence must hold to name a thing: one of ``names``, or all the words of ``stems`` near one another."""

    names: tuple[str, ...] = ()
    stems: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()

    def stands(self, sentence: Sentence) -> bool:
        text = sentence.text
        if any(_holds(text, name) or _run(name) in _run(text) for name in self.names):
            return True
        if self.concepts and sentence.words.cjk != has_cjk("".join(self.names)):
            return self.concepts <= {term.concept for term in concepts(text, sentence.words.cjk)}
        if not self.stems:
            return False
        at = [n for n, word in enumerate(sentence.words.words) if word.key in self.stems]
        keys = [sentence.words.words[n].key for n in at]
        reach = 2 * len(self.stems) + 1
        return any(
            self.stems <= set(keys[i : i + 2 * len(self.stems)]) and _width(at, keys, i, self.stems) <= reach
            for i in range(len(at))
        )


def _width(at: Sequence[int], keys: Sequence[str], start: int, stems: frozenset[str]) -> int:
    """Words from the one numbered ``start`` to where all of ``stems`` have been met."""
    left = set(stems)
    for place, key in zip(at[start:], keys[start:], strict=True):
        left.discard(key)
        if not left:
            return place - at[start] + 1
    return 10**6


def _holds(text: str, name: str) -> bool:
    if has_cjk(name):
        return name in text
    flags = 0 if len(name) <= 3 else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(name.upper() if len(name) <= 3 else name)}(?!\w)", text, flags) is not None


@lru_cache(maxsize=4096)
def _run(text: str) -> str:
    """Letters without what parts them, so that “deep-fakes” is “deepfake”; a short or Chinese word is left whole."""
    letters = re.sub(r"[\W_]+", "", text.casefold())
    return letters.removesuffix("s") if len(letters) >= RUN and not has_cjk(text) else text


def _key(thing: str, sentences: Sequence[Sentence]) -> _Key | None:
    """How to look for ``thing``; None where nothing tells how the document's language says it."""
    place = country_of(thing)
    if place is not None and how_named(thing) != "government":
        return _Key(names=tuple(n for n in names_of(place, ("name", "demonym")) if n != "我国"))
    chinese = has_cjk(thing)
    known = frozenset(term.concept for term in concepts(thing, chinese))
    foreign = chinese != (sum(s.words.cjk for s in sentences) * 2 > len(sentences))
    if foreign and not known:
        return None
    if chinese:
        return _Key(names=(thing,), concepts=known)
    stems = frozenset(w.key for w in words_of(thing).words if w.raw.lower() not in SMALL)
    return _Key(names=(thing,), stems=stems, concepts=known if foreign else frozenset()) if stems else None
