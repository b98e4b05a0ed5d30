"""The statements of an article that can be checked against the documents at hand: clause by clause, in its order.

A statement is about a document when its sentence names it ("China's plan sets out …"), means it ("It seeks …", "Both
plans endorse …") or has its government as subject of a verb in the present tense ("The U.S. aims to …"). What a person
or a paper is said to have said is none of the article's own statements and is left alone, as is what sets the tone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from polidiff.checking.article import claims_zh as zh
from polidiff.checking.article.document_names import KINDS, DocumentNames, Mention, government
from polidiff.checking.article.identity import family
from polidiff.checking.article.quotations import find_quotes
from polidiff.checking.claims.tone import is_tone
from polidiff.checking.quotes.quotation_marks import units
from polidiff.lang.countries import country_of, place_pattern
from polidiff.lang.data import load_list
from polidiff.lang.sentences import sentences
from polidiff.lang.terms import SMALL, lexicon
from polidiff.lang.words import stem, words_of
from polidiff.model import Claim, Document, Quote, Span, UntestedSentence

__all__ = ["Statements", "find_statements"]

LEAST = 2
"""Content words that a clause must have to say something that a document could bear out."""

_VERBS = frozenset(load_list("imperatives")["verbs"]) | frozenset(
    re.findall(
        r"\w+",
        "call seek want emphasize emphasise stress vow promise envision frame position set rest list contain comprise "
        "endorse describe name say state argue see view treat warn aim oppose reject favor favour pledge intend would "
        "will has have is are mandate outline underline underscore highlight focus consist lay put urge demand make "
        "give leave lean",
    )
)
_REPORTED = re.compile(
    r"\b(?:said|says|wrote|writes|told|argued|argues|added|noted|warned|stated|tweeted|remarked|explained)\b|"
    r"\b(?:according to|per (?:a|an|the)|in an? (?:op-ed|interview|column|email|statement))\b|"
    r"(?:表示|指出|认为|称|写道)",
    re.IGNORECASE,
)
_BOTH = re.compile(
    rf"\b(?:both|the two|all three|the three|all of the|all)\s+(?:the\s+)?(?:(?:AI|action|national|policy)\s+)*"
    rf"(?:{'|'.join(KINDS)}|document|countrie|government|side|strategie)s\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    rf"^\W*(?:(?:However|Moreover|In addition|Also|But|And|Still|Finally|Further|Meanwhile|In contrast|By contrast|"
    rf"Instead),?\s+)?"
    rf"(?:It|Its\s+\w+|The\s+(?:[\w.-]+\s+)?(?:{'|'.join(KINDS)}|document|text))\b",
)
_SUBJECT_PLACE = re.compile(
    rf"(?:^|,\s+(?:while|but|and|whereas)\s+|;\s+|;\s+)\W*"
    rf"(?:(?:However|Moreover|But|And|Meanwhile|In contrast|By contrast),?\s+)?"
    rf"(?:the\s+)?(?P<place>{place_pattern()})\s+(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
_CUT = re.compile(
    r",[”\"’']?\s+(?:and\s+|or\s+|but\s+)?(?=(?P<a>[A-Za-z]+))|\s+(?:and|or)\s+(?=(?P<b>[a-z]+))|,?\s+(?=(?:while|whereas)\b)|;\s+"
)
_CONTRAST = re.compile(
    r"^\W*(?:(?:Unlike|In\s+contrast\s+(?:to|with)|Compared\s+(?:to|with)|As\s+opposed\s+to)\b|不同于|与)[^,，]{3,120}[,，]\s*"
)
_TONE = re.compile(r"\b(?:tone|language|rhetoric|wording|style)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Thread:
    """The document that the article spoke of last, and all that it has named so far, the last one last."""

    last: Mention | None = None
    named: list[str] = field(default_factory=list)

    def meet(self, mentions: Sequence[Mention], strangers: Sequence[Span]) -> None:
        """Take in the names of a sentence; after one of a document that isn't held, “it” is none of those that are."""
        if not mentions and not strangers:
            return
        for mention in mentions:
            self.named = [*(name for name in self.named if name != mention.id), mention.id]
        unknown = strangers and (not mentions or strangers[-1].start > mentions[-1].span.start)
        self.last = None if unknown else mentions[-1]


@dataclass(frozen=True, slots=True)
class Statements:
    """What an article says about the documents at hand: what can be tested, and what is left alone."""

    claims: tuple[Claim, ...]
    left: tuple[UntestedSentence, ...]


def find_statements(article: Document, documents: Sequence[Document]) -> Statements:
    """Return the claims of ``article`` about ``documents`` and the sentences left alone, each in its order.

    Every text is cut from the article.
    """
    if not documents:
        return Statements((), ())
    chinese = article.language == "zh"
    text = article.text
    shelf = DocumentNames(documents, article.language)
    quotes = find_quotes(article, documents)
    known, unknown = shelf.named(text)
    mentions = [m for m in known if not _in_quotation(m.span, quotes)]
    strangers = [s for s in unknown if not _in_quotation(s, quotes)]
    claims: list[Claim] = []
    left: list[UntestedSentence] = []
    thread = _Thread()
    headings = [b.span for b in article.blocks if b.kind in ("heading", "title")]
    for block, _ in units(article):
        if any(block.overlaps(heading) for heading in headings):
            continue
        for span in sentences(block.cut(text), article.language):
            sentence = Span(block.start + span.start, block.start + span.end)
            named = [m for m in mentions if m.span.within(sentence)]
            foreign = [s for s in strangers if s.within(sentence)]
            ids = _about(sentence.cut(text), sentence.start, named, thread, shelf, documents, bool(foreign))
            thread.meet(named, foreign)
            inside = _within(quotes, sentence)
            if not ids:
                if foreign or len({m.id for m in named}) > 1:
                    left.append(UntestedSentence(*sentence, why="several" if named else "not_held"))
                continue
            contrast = _CONTRAST.match(sentence.cut(text))
            if contrast is not None and named:
                sentence = Span(sentence.start + contrast.end(), sentence.end)
            if zh.is_foreign(sentence, text, inside, named) if chinese else _foreign(sentence, text, quotes, named):
                left += [] if inside else [UntestedSentence(*sentence, why="said_by_others")]
                continue
            parts = _parts(sentence, text, chinese, inside, quotes)
            if not parts and not inside:
                left.append(UntestedSentence(*sentence, why="too_little"))
            for clause in parts:
                claims.append(_claim(clause, sentence, text, ids, len(claims)))
    return Statements(tuple(claims), tuple(left))


def _parts(sentence: Span, text: str, chinese: bool, inside: Sequence[Quote], quotes: Sequence[Quote]) -> list[Span]:
    """The clauses of a sentence that can be tested."""
    if chinese:
        return [part for part in zh.clauses(sentence, text) if zh.is_checkable(part, text, inside)]
    return [part for part in _clauses(sentence, text) if _checkable(part, text, quotes)]


def _about(
    sentence: str,
    start: int,
    named: Sequence[Mention],
    thread: _Thread,
    shelf: DocumentNames,
    documents: Sequence[Document],
    foreign: bool,
) -> tuple[str, ...]:
    """The ids of the documents that a sentence speaks of, or none; ``foreign``: it names one that isn't held."""
    both = _BOTH.search(sentence)
    if both or zh.speaks_of_all(sentence):
        return () if foreign else _meant(both.group() if both else sentence, thread, documents, shelf.families)
    contrast = _CONTRAST.match(sentence)
    if contrast is not None:  # "Unlike the American plan, China's …": what follows is said of the other one
        named = [m for m in named if m.span.start - start >= contrast.end()] or named
    ids = tuple(dict.fromkeys(m.id for m in named))
    if ids:
        return ids if len(ids) == 1 else ()
    if foreign:
        return ()
    if _PRONOUN.match(sentence) or zh.speaks_on(sentence):
        return (thread.last.id,) if thread.last is not None else ()
    subject = _SUBJECT_PLACE.search(sentence)
    if subject is not None and _present(subject["verb"]):
        code = country_of(subject["place"])
        theirs = sorted({_original(d) for d in documents if government(d) == code})
        if len(theirs) == 1:
            thread.last = Mention(theirs[0], Span(0, 0), theirs[0] not in shelf.held)
            return (theirs[0],)
    return ()


_COUNTED = (
    (3, re.compile(r"\ball three\b|\bthe three\b|三", re.IGNORECASE)),
    (2, re.compile(r"both|two|两|双方", re.IGNORECASE)),
)


def _meant(
    phrase: str, thread: _Thread, documents: Sequence[Document], families: Mapping[str, str | None]
) -> tuple[str, ...]:
    """The documents that “both plans” or “all three” are: all at hand if they are as many, else those named last."""
    everything = sorted({_original(d) for d in documents})
    count = next((n for n, pattern in _COUNTED if pattern.search(phrase)), len(everything))
    if count == len(everything):
        return tuple(everything) if count > 1 else ()
    kind = family(phrase)
    fits = [name for name in thread.named if kind is None or families.get(name) in (kind, None)]
    return tuple(sorted(fits[-count:])) if len(fits) >= count else ()


def _original(document: Document) -> str:
    """What an article means by the document: the plan itself where only a digest of it is held."""
    return document.id.split(".digest")[0] if document.is_digest else document.id


def _present(verb: str) -> bool:
    low = verb.lower()
    if low in ("is", "was", "has", "does"):
        return False
    return low.endswith("s") and (low[:-1] in _VERBS or low[:-2] in _VERBS or low in _VERBS)


def _foreign(sentence: Span, text: str, quotes: Sequence[Quote], named: Sequence[Mention]) -> bool:
    """Whether somebody else than a document is speaking in the sentence."""
    inside = _within(quotes, sentence)
    if any(q.third_party for q in inside):
        return True
    blank = list(sentence.cut(text))
    for q in inside:
        for i in range(q.start - sentence.start, min(q.end, sentence.end) - sentence.start):
            blank[i] = " "
    plain = "".join(blank)
    for match in _REPORTED.finditer(plain):
        at = sentence.start + match.start()
        spoken = any(0 <= at - m.span.end <= 24 for m in named) or re.search(
            rf"\b(?:it|{'|'.join(KINDS)}|document|text|both)\s*(?:also|further)?\s*$",
            plain[: match.start()],
            re.IGNORECASE,
        )
        if not spoken:
            return True
    return False


def _in_quotation(span: Span, quotes: Sequence[Quote]) -> bool:
    after = bisect_right(quotes, span.end, key=lambda q: q.start)
    return any(span.overlaps(Span(q.start, q.end)) for q in quotes[max(0, after - 2) : after])


def _within(quotes: Sequence[Quote], span: Span) -> Sequence[Quote]:
    """The quotations that begin in ``span``; ``quotes`` are in the order of the article."""
    low = bisect_left(quotes, span.start, key=lambda q: q.start)
    return quotes[low : bisect_left(quotes, span.end, key=lambda q: q.start)]


def _clauses(sentence: Span, text: str) -> list[Span]:
    """The clauses of a sentence that each say a thing of their own: cut where a verb begins, not in a list of nouns."""
    words = sentence.cut(text)
    if re.search(r":\s", words):
        return [_trimmed(sentence, text)]
    cuts = [0]
    infinitives = False
    for match in _CUT.finditer(words):
        if _in_quotes(words, match.start()):
            continue
        word = (match["a"] or match["b"] or "").lower()
        joined = match["b"] is not None
        gerund = word.endswith("ing") and len(word) > 5 and (word not in ("including", "during")) and _is_verb(word)
        if word == "including" or not word:
            cuts.append(match.end())
        elif gerund:
            before = words[cuts[-1] : match.start()]
            if not joined or re.match(r"\W*(?:including\s+)?[a-z]+ing\b", before):
                cuts.append(match.end())
        elif word in _VERBS and not word.endswith("ing") and word not in ("is", "are", "has", "have", "will", "would"):
            if infinitives or re.search(r"\bto\s+[a-z]+\b", words[cuts[-1] : match.start()]):
                cuts.append(match.end())
                infinitives = True
        elif _present(word) and (not joined or len(words_of(words[match.end() :]).words) > 3):
            cuts.append(match.end())
    bounds = [*cuts, len(words)]
    spans = [Span(sentence.start + a, sentence.start + b) for a, b in pairwise(bounds)]
    return [_trimmed(span, text) for span in spans]


def _is_verb(gerund: str) -> bool:
    base = gerund[:-3]
    return base in _VERBS or base + "e" in _VERBS or (len(base) > 2 and base[-1] == base[-2] and base[:-1] in _VERBS)


def _in_quotes(words: str, at: int) -> bool:
    before = words[: at + 2] if re.match(r",[”\"]", words[at:]) else words[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    tail = re.search(r"[,;]?\s+(?:and|or|but|while)$", text[start:end])
    if tail:
        end = start + tail.start()
    return Span(start, end)


def _checkable(clause: Span, text: str, quotes: Sequence[Quote]) -> bool:
    """Whether a clause says something of its own beside the words that it quotes."""
    words = clause.cut(text)
    lists = lexicon()
    content = set()
    first = bisect_right(quotes, clause.start, key=lambda q: q.start)
    inside = [*quotes[max(0, first - 1) : first], *_within(quotes, clause)]
    for word in words_of(words).words:
        at = clause.start + word.start
        if any(q.start <= at < q.end for q in inside):
            continue
        low = word.raw.lower()
        framed = low in lists.silent or low in lists.frame
        if low not in SMALL and not framed and country_of(low) is None:
            content.add(word.key)
    if is_tone(words):
        return True
    if _TONE.search(words) and len(content) < 4:
        return False
    counts = any(c.isdigit() for c in words) or stem("pillar") in content
    return len(content - {"ai"}) >= LEAST or (counts and len(content) >= 1)


def _claim(clause: Span, sentence: Span, text: str, ids: tuple[str, ...], number: int) -> Claim:
    return Claim(
        id=f"c{number + 1:04d}",
        text=clause.cut(text),
        start=clause.start,
        end=clause.end,
        documents=ids,
        article_sentence=sentence,
    )
