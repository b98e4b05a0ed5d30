"""What a sentence of an article speaks of: documents at hand by name, by country or issuer, by “it” or by “the plan”.

In this order: “both plans”; documents named; one that isn't at hand; countries and issuers as
subjects; “it”, “the plan”, “the former”; and where a sentence states what is to be done without a subject of its own,
what was spoken of last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from polidiff.checking.article import claims_zh as zh
from polidiff.checking.article.aliases import PLACED_AT, Hint
from polidiff.checking.article.document_names import DocumentNames, Mention
from polidiff.checking.article.identity import family
from polidiff.checking.article.kinds import KINDS
from polidiff.lang.words import has_cjk
from polidiff.model import Document, Span

__all__ = ["CONTRAST", "Subject", "Thread", "original"]

CONTRAST = re.compile(
    r"^\W*(?:(?:Unlike|In\s+contrast\s+(?:to|with)|Compared\s+(?:to|with)|As\s+opposed\s+to)\b|不同于|与)[^,，]{3,160}[,，]\s*"
)
_KIND = "|".join(KINDS)
_BOTH = re.compile(
    rf"\b(?:both|the two|all three|the three|all of the|all)\s+(?:of\s+)?(?:the\s+)?"
    rf"(?:(?:AI|action|national|policy)\s+)*"
    rf"(?:{_KIND}|document|text|version|paper|memo|countrie|nation|government|capital|side|strategie|partie|pledge)s\b"
    rf"|\bneither\s+(?:of\s+the\s+(?:two\s+)?)?(?:\w+\s+)?"
    rf"(?:{_KIND}|document|text|version|paper|memo|country|nation|government|capital|side|strategy|party|pledge)s?\b"
    rf"|^\W*(?:The two|Both)\s+(?=[a-z]+\b)(?!of\b)|^\W*Both\s+(?=.{{3,60}}\band\b)|^\W*One\b.{{3,120}}\bthe other\b",
    re.IGNORECASE,
)
_COUNTED = (
    (3, re.compile(r"\ball three\b|\bthe three\b|三", re.IGNORECASE)),
    (2, re.compile(r"both|neither|two|the other|两|双方", re.IGNORECASE)),
)
_OPENS = (
    r"^\W*(?:(?:However|Moreover|In addition|Also|But|And|Still|Finally|Further|Meanwhile|In contrast|By contrast|"
    r"Instead|Here|Elsewhere|That is why|In [a-z]+|On [a-z ]+|By)[,\s]+)?"
)
_PRONOUN = re.compile(
    rf"{_OPENS}(?:It|Its(?:\s+own)?\s+\w+|The\s+(?:[\w.-]+\s+){{0,2}}?(?:{_KIND}|document|text|party|government|ministry|pledge)|The\s+(?:city|county|town|province|council))\b",
    re.IGNORECASE,
)
_KIND_NOUN = re.compile(
    rf"^.{{0,50}}?(?:\b(?:the|this|that)|['’]s)\s+(?:[\w.-]+\s+){{0,2}}?(?P<kind>{_KIND})\b|"
    r"^.{0,12}?(?:这部|这份|该|本|按照?|^|，)(?P<zh>法律|报告|办法|意见|规划|计划|方案|战略|条例)",
    re.IGNORECASE,
)
_BODY_NOUN = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Ii]ts)\s+(party|commission|council|committee|ministry|department|agency)\b"
)
_AGE = re.compile(
    r"\bthe\s+(?:(?P<new>new|newer|latest|current|later)|(?P<old>old|older|earlier|previous|former))\s+"
    rf"(?:one|text|version|rules|document|{_KIND})\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    rf"(?P<who>[A-Z][\w.-]+(?:\s+[A-Z][\w.-]+){{0,3}})['’]s?\s+(?:own\s+(?:[\w-]+\s+){{0,3}}?(?:{_KIND})\b|(?:{_KIND}),\s+[A-Z]\w*\s+[A-Z])"
)
DATELINE = re.compile(r"^[A-Z][A-Z ,]{3,}[^.]{0,50}?\s[-–—]\s")
_AND = re.compile(r"^.{0,14}\b(?:and|&)\s+(?:the\s+)?$|^.{0,8}(?:和|与|及|以及)$")
_JOINT = re.compile(r"[\s,，、]*(?:and|or|和|与|及|以及)\s*(?:the\s*)?")
_PLACED = re.compile(r"\bthe (?P<which>former|latter)\b|(?P<zh>前者|后者)", re.IGNORECASE)
_STARTS = re.compile(
    r"(?:^|[,;:]\s+(?:while|but|and|whereas|though|yet)?\s*|[，；：]|\bwhile\s+|\bwhereas\s+)\W*(?:\w+\s+){0,3}$"
)
_STARTS_ZH = re.compile(r"[，；][^，；。]{0,14}$")
_OWN_VOICE = re.compile(r"\b(?:I|my|me|we|our|us|you|he|she|him|her)\b|[?？]\W*$|我|他|她|您|你", re.IGNORECASE)
_STATES = re.compile(
    r"\b(?:will|would|shall|must|should|could|can|may|might|is to|are to|has to|have to|had to|needs? to|at least|"
    r"up to|by 20\d\d|barred?|banned|required?|requires|allowed|forbidden)\b|\d|"
    r"将|要|会|今年|应|须|不得|可以|必须|规定|至少|一律|所有|凡|每[个年名]|还|得"
)
SUBJECT = 70
"""Characters from the start of a sentence in which a country or an issuer is taken for its subject."""


def original(document: Document) -> str:
    """What an article means by the document: the plan itself where only a digest of it is held."""
    return document.id.split(".digest")[0] if document.is_digest else document.id


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence speaks of.

    ``unlike`` are the documents that it sets ``documents`` against, ``turns`` where each begins if it speaks of several
    in turn, and ``absent`` where it names one that isn't at hand.
    """

    documents: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    turns: tuple[tuple[int, str], ...] = ()
    absent: Span | None = None

    def of(self, clause: Span) -> tuple[str, ...]:
        """The documents that a clause of the sentence is tested on."""
        if not self.turns:
            return self.documents
        before = [name for start, name in self.turns if start < clause.end]
        inside = [name for start, name in self.turns if clause.start <= start < clause.end]
        return (inside[0],) if inside else tuple(before[-1:]) or self.documents[:1]


def _together(text: str, hints: Sequence[Hint], turns: Sequence[tuple[int, str]]) -> bool:
    """Whether documents that are spoken of are one subject (“Hartford and Norfolk will …”)."""
    ends = {hint.span.start: hint.span.end for hint in hints}
    return all(a in ends and _JOINT.fullmatch(text[ends[a] : b]) for (a, _), (b, _) in pairwise(turns))


@dataclass(slots=True)
class Thread:
    """The document that the article spoke of last, all that it has named so far (the last one last).

    ``known`` are the documents that it names or hints at anywhere: no other one is meant by “the plan” or “both”.
    """

    shelf: DocumentNames
    documents: Sequence[Document]
    last: str | None = None
    absent: bool = False
    named: list[str] = field(default_factory=list)
    known: frozenset[str] = frozenset()

    def read(
        self,
        text: str,
        sentence: Span,
        named: Sequence[Mention],
        away: Sequence[Span],
        hints: Sequence[Hint],
        cited: tuple[str, ...],
    ) -> Subject:
        """Say what a sentence of ``text``, the article without its quotations, speaks of.

        ``named``, ``away`` and ``hints`` are what stands in it outside of quotations, ``cited`` the documents that
        its quotations are ascribed to.
        """
        found = self._subject(text, sentence, named, away, hints, cited)
        self._meet(found, named)
        return found

    def _meet(self, found: Subject, named: Sequence[Mention]) -> None:
        """Take in what was spoken of; after a document that isn't held “it” is none of those that are."""
        names = [m.id for m in named] or list(found.documents if len(found.documents) == 1 else ())
        for name in names:
            self.named = [*(other for other in self.named if other != name), name]
        if found.absent is not None and not found.documents:
            self.last, self.absent = None, True
        elif len(found.documents) == 1:
            self.last, self.absent = found.documents[0], False
        elif found.turns:
            self.last, self.absent = found.turns[-1][1], False

    def _subject(
        self,
        text: str,
        sentence: Span,
        named: Sequence[Mention],
        away: Sequence[Span],
        hints: Sequence[Hint],
        cited: tuple[str, ...],
    ) -> Subject:
        words = sentence.cut(text)
        if (dateline := DATELINE.match(words)) is not None:
            hints = [hint for hint in hints if hint.span.start >= sentence.start + dateline.end()]
        both = _BOTH.search(words)
        if both or zh.speaks_of_all(words):
            absent = away[0] if away else None
            meant = () if away else self._several(both.group() if both else words)
            if meant or away:
                return Subject(meant, turns=() if away else self._turns(text, sentence, hints, named), absent=absent)
        contrast = CONTRAST.match(words)
        opens = sentence.start + contrast.end() if contrast else sentence.start
        unlike = self._ids(text, sentence.start, opens, named, hints) if contrast else ()
        rest = [m for m in named if m.span.start >= opens]
        ids, turns = self._in_turn(text, opens, rest, hints)
        if not ids and away:
            return Subject(absent=away[0])
        if not ids:
            turns = self._turns(text, Span(opens, sentence.end), hints, ())
            ids = tuple(dict.fromkeys(name for _, name in turns))
            turns = turns if len(ids) > 1 and not _together(text, hints, turns) else ()
        ids = ids or self._of_age(words[opens - sentence.start :])
        ids = ids or (cited if len(cited) == 1 else ())
        if not ids and (missing := self._missing(text, sentence, hints)) is not None:
            return Subject(absent=missing)
        ids = ids or self._pointed(words[opens - sentence.start :])
        if contrast and not unlike and len(ids) == 1 and len(self._everything()) == 2:
            unlike = tuple(name for name in self._everything() if name not in ids)
        return Subject(ids, tuple(name for name in unlike if name not in ids), turns)

    def _in_turn(
        self, text: str, start: int, named: Sequence[Mention], hints: Sequence[Hint]
    ) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
        """The documents that a sentence names as its subjects, and where each begins if they follow one another.

        One that is only an object (“the new order repeals the old one”) is none; “A and B” are both.
        """
        if not named:
            return (), ()
        kept, joined = list(named[:1]), True
        others = [Mention(n, h.span, strong=False) for h in hints if h.documents for n in self._chosen(h.documents)]
        for mention in sorted([*named[1:], *(m for m in others if m.span.start >= start)], key=lambda m: m.span):
            before, after = sorted((kept[-1], mention), key=lambda m: m.span)
            joint = _JOINT.fullmatch(text[before.span.end : after.span.start])
            lead = text[start : mention.span.start]
            begins = (
                after is mention and _STARTS.search(lead) and text[after.span.end : after.span.end + 1] not in ",.;"
            )
            if joint or begins or (after is mention and mention.strong and _STARTS_ZH.search(lead)):
                kept.append(mention)
                joined = joined and joint is not None
        ids = tuple(dict.fromkeys(m.id for m in kept))
        turns = tuple(sorted((m.span.start, m.id) for m in kept))
        return ids, () if joined or len(ids) < 2 else turns

    def _ids(self, text: str, start: int, end: int, named: Sequence[Mention], hints: Sequence[Hint]) -> tuple[str, ...]:
        spans = [m.id for m in named if start <= m.span.start < end]
        found = spans or [n for h in hints if start <= h.span.start < end for n in self._chosen(h.documents)]
        return tuple(dict.fromkeys(found))

    def _turns(
        self, text: str, sentence: Span, hints: Sequence[Hint], named: Sequence[Mention]
    ) -> tuple[tuple[int, str], ...]:
        """Where each document begins to be spoken of by its country, its issuer or its name as a subject."""
        found: dict[int, str] = {m.span.start: m.id for m in named}
        first, last = True, -1
        for hint in hints:
            if not sentence.start <= hint.span.start < sentence.end or not hint.documents:
                continue
            before = text[sentence.start : hint.span.start]
            if PLACED_AT.search(before):
                continue
            chosen = self._chosen(hint.documents)
            joint = last >= 0 and _AND.search(text[last : hint.span.start])
            if (first and len(before) <= SUBJECT) or joint or _STARTS.search(before):
                found.update((hint.span.start, name) for name in chosen)
                first, last = first and not chosen, hint.span.end
        return tuple(sorted(found.items()))

    def _chosen(self, documents: Sequence[str]) -> tuple[str, ...]:
        """The one of several that may be meant: the one spoken of last, else the last named."""
        means = [original(d) for d in self.documents if d.id in documents]
        if len(set(means)) < 2:
            return tuple(means[:1])
        if self.last in means:
            return (self.last,) if self.last else ()
        return tuple([name for name in self.named if name in means][-1:])

    def _missing(self, text: str, sentence: Span, hints: Sequence[Hint]) -> Span | None:
        """Where a country of which nothing is at hand is said to have a document of its own (“Brazil's pledge”)."""
        theirs = _THEIRS.search(sentence.cut(text)[: 2 * SUBJECT])
        if theirs is not None:
            span = Span(sentence.start + theirs.start(), sentence.start + theirs.end("who"))
            if not any(hint.span.overlaps(span) and hint.documents for hint in hints):
                return Span(sentence.start + theirs.start(), sentence.start + theirs.end())
        if (other := self._of_the_same_kind(text, sentence)) is not None:
            return other
        for hint in hints:
            if hint.documents or not hint.code or not sentence.start <= hint.span.start < sentence.start + SUBJECT:
                continue
            after = text[hint.span.end : min(sentence.end, hint.span.end + 40)]
            match = re.match(rf"(?:['’]s)?(?:\s+[\w-]+){{0,3}}?\s+(?:{_KIND}|pledge)\b", after, re.IGNORECASE)
            if match is not None:
                return Span(hint.span.start, hint.span.end + match.end())
        return None

    def _of_the_same_kind(self, text: str, sentence: Span) -> Span | None:
        """Where a Chinese document of the same kind as one at hand, but of another place, is named."""
        for title in (title for title in self.shelf.titles.values() if len(title) > 8):
            found = re.search(
                rf"([\u4e00-\u9fff]{{2}})[省市]?(?:今年|去年|新)?的?{re.escape(title[-6:])}", sentence.cut(text)
            )
            if found is not None and has_cjk(title[-6:]) and found[1] not in title:
                return Span(sentence.start + found.start(), sentence.start + found.end())
        return None

    def _pointed(self, words: str) -> tuple[str, ...]:
        """What “it”, “the plan” or “the former” means, and what a sentence without a subject goes on about."""
        placed = _PLACED.search(words)
        if placed is not None and len(self.named) >= 2:
            first = (placed["which"] or "").lower() == "former" or placed["zh"] == "前者"
            return (self.named[-2] if first else self.named[-1],)
        body = _BODY_NOUN.search(words[:SUBJECT])
        if body is not None and len(theirs := self._known(self.shelf.of_body(body.group(1)))) == 1:
            return theirs
        kind = _KIND_NOUN.match(words)
        if kind is not None and not self.absent:
            fits = self._known(self.shelf.of_kind((kind["kind"] or kind["zh"]).lower()))
            if len(fits) == 1:
                return fits
            if self.last in fits and self.last:
                return (self.last,)
        if self.last is None:
            return ()
        if _PRONOUN.match(words) or zh.speaks_on(words):
            return (self.last,)
        return (self.last,) if _STATES.search(words) and not _OWN_VOICE.search(words) else ()

    def _of_age(self, words: str) -> tuple[str, ...]:
        """What “the new text” or “the earlier version” means where two documents at hand are of different years."""
        match = _AGE.search(words[: 2 * SUBJECT])
        everything = self._everything()
        if match is None or len(everything) != 2 or not self.known.issuperset(everything):
            return ()
        years = {
            name: max(self.shelf.identities[name].years, default="") for name in everything if name in self.shelf.held
        }
        if len(years) != 2 or len(set(years.values())) != 2 or "" in years.values():
            return ()
        order = sorted(years, key=lambda name: years[name])
        return (order[-1] if match["new"] else order[0],)

    def _known(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in names if name in self.known)

    def _everything(self) -> tuple[str, ...]:
        return tuple(sorted({original(d) for d in self.documents}))

    def _several(self, phrase: str) -> tuple[str, ...]:
        """The documents that “both plans” or “all three” are: all if they are so many, else those named last."""
        everything, kind = self._everything(), family(phrase)
        if not self.known and (kind is None or {self.shelf.families.get(name) for name in everything} != {kind}):
            return ()
        count = next((n for n, pattern in _COUNTED if pattern.search(phrase)), len(everything))
        if count == len(everything):
            return everything if count > 1 else ()
        fits = [name for name in self.named if kind is None or self.shelf.families.get(name) in (kind, None)]
        return tuple(sorted(fits[-count:])) if len(fits) >= count else ()
