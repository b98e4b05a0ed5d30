"""The statements of an article that can be checked against the documents at hand: clause by clause, in its order.

Every sentence is accounted for: tested on the documents that it speaks of (``topics.py`` says which), told
as one about a document that isn't at hand or as somebody else's, or filed as the article's own opinion or narration.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from polidiff.checking.article import claims_zh as zh
from polidiff.checking.article.aliases import standing
from polidiff.checking.article.clauses import clauses, is_checkable, within
from polidiff.checking.article.document_names import DocumentNames, Mention
from polidiff.checking.article.kinds import KINDS
from polidiff.checking.article.quotations import find_quotes
from polidiff.checking.article.topics import CONTRAST, Subject, Thread
from polidiff.checking.quotes.quotation_marks import units
from polidiff.lang.sentences import sentences
from polidiff.model import ArticleSentence, Claim, Document, LeftWhy, Quote, SentenceKind, Span, UntestedSentence

__all__ = ["Statements", "find_statements"]

_REPORTED = re.compile(
    r"\b(?:said|says|wrote|writes|told|argued|argues|added|noted|warned|stated|tweeted|remarked|explained|called|thinks|"
    r"reckons|believes)\b|"
    r"\b(?:according to|per (?:a|an|the)|in an? (?:op-ed|interview|column|email|statement))\b|"
    r"(?:表示|指出|认为|称|写道)",
    re.IGNORECASE,
)
_ITSELF = re.compile(
    rf"\b(?:it|its|{'|'.join(KINDS)}|document|text|both|section|article|recitals?|chapter|preamble|annex|foreword|party)"
    r"\s*(?:also|further|now)?\s*$",
    re.IGNORECASE,
)
_OF_ITSELF = re.compile(r"\W*(?:[Tt]his (?:brief|article|story)\b|本(?:简报|文|报道)(?!件|本|书))")
"""An article that speaks of itself."""
_TAKES_OVER = re.compile(r"(?P<joint>[,;]?\s+(?:and|but|while|whereas|yet)\s+)(?:in\s+)?(?:the\s+)?$|(?P<semi>;\s+)$")
"""What stands before a document that takes over from another in a sentence."""
_PERSON = re.compile(r"^\W*(?:[Hh]e|[Ss]he|他|她)\b|^\W*[他她]")


@dataclass(frozen=True, slots=True)
class Statements:
    """What an article says about the documents at hand: what can be tested, what is left alone, all its sentences."""

    claims: tuple[Claim, ...]
    left: tuple[UntestedSentence, ...]
    sentences: tuple[ArticleSentence, ...] = ()


def find_statements(article: Document, documents: Sequence[Document]) -> Statements:
    """Return the claims of ``article`` about ``documents``, the sentences left alone, and all sentences, in order.

    Every text is cut from the article.
    """
    if not documents:
        return Statements((), ())
    return _Reader(article, documents).read()


class _Reader:
    """One article being read."""

    def __init__(self, article: Document, documents: Sequence[Document]) -> None:
        self.article, self.text = article, article.text
        self.chinese = article.language == "zh"
        shelf = DocumentNames(documents, article.language)
        self.quotes = find_quotes(article, documents)
        known, unknown = shelf.named(self.text)
        self.mentions = [m for m in known if not self._quoted(m.span)]
        self.strangers = [s for s in unknown if not self._quoted(s)]
        self.hints = [
            hint
            for hint in shelf.hints().of(self.text)
            if not self._quoted(hint.span) and not self._is_named(hint.span, known)
        ]
        self.masked = self._masked()
        named = {m.id for m in known} | {shelf.meant(name) for hint in self.hints for name in hint.documents}
        self.thread = Thread(shelf, documents, known=frozenset(named))
        self.claims: list[Claim] = []
        self.left: list[UntestedSentence] = []
        self.sentences: list[ArticleSentence] = []

    def read(self) -> Statements:
        """Go through the article's sentences."""
        headings = [b.span for b in self.article.blocks if b.kind in ("heading", "title")]
        for block, _ in units(self.article):
            if any(block.overlaps(heading) for heading in headings) or zh.is_label(block.cut(self.text)):
                continue
            for span in sentences(block.cut(self.text), self.article.language):
                self._sentence(Span(block.start + span.start, block.start + span.end))
        return Statements(tuple(self.claims), tuple(self.left), tuple(self.sentences))

    def _sentence(self, sentence: Span) -> None:
        if _OF_ITSELF.match(sentence.cut(self.text)):
            self._file(sentence, "other", Subject(()), None)
            return
        named = standing(self.mentions, sentence)
        low = bisect_left(self.strangers, sentence.start, key=lambda span: span.start)
        away = self.strangers[low : bisect_left(self.strangers, sentence.end, key=lambda span: span.start)]
        hints = standing(self.hints, sentence)
        before = self.thread.last
        inside = within(self.quotes, sentence)
        cited = tuple(dict.fromkeys(q.cited_document for q in inside if q.cited_document is not None))
        subject = self.thread.read(self.masked, sentence, named, away, hints, cited)
        if self._is_foreign(sentence, inside, [*(m.span for m in named), *(h.span for h in hints)]):
            self.thread.last = self.thread.last if named else before
            self._file(sentence, "said_by_others", subject, None if inside or not named else "said_by_others")
            return
        if inside and not subject.documents and subject.absent is None and self.thread.last is not None:
            subject = Subject((self.thread.last,))
        if inside and _PERSON.search(sentence.cut(self.masked)) and not cited and not named:
            self._file(sentence, "said_by_others", subject, None)
            return
        if not subject.documents:
            kind: SentenceKind = "quotation" if inside else "other" if subject.absent is None else "not_held"
            self._file(sentence, kind, subject, None if subject.absent is None else "not_held")
            return
        made = self._claims(sentence, subject, inside)
        if made or inside:
            self._file(sentence, "claim" if made else "quotation", subject, None)
        else:
            self._file(sentence, "other", subject, "too_little" if named else None)

    def _claims(self, sentence: Span, subject: Subject, inside: Sequence[Quote]) -> bool:
        """Add the claims of a sentence's clauses; whether there were any."""
        contrast = CONTRAST.match(sentence.cut(self.text)) if subject.unlike or subject.turns else None
        told = Span(sentence.start + contrast.end(), sentence.end) if contrast else sentence
        parts = self._by_turn(self._parts(told, inside), subject, inside)
        for clause in parts:
            self.claims.append(
                Claim(
                    id=f"c{len(self.claims) + 1:04d}",
                    text=clause.cut(self.text),
                    start=clause.start,
                    end=clause.end,
                    documents=subject.of(clause),
                    article_sentence=told,
                )
            )
        return bool(parts)

    def _parts(self, sentence: Span, inside: Sequence[Quote]) -> list[Span]:
        """The clauses of a sentence that can be tested."""
        if self.chinese:
            return [part for part in zh.clauses(sentence, self.text) if zh.is_checkable(part, self.text, inside)]
        return [part for part in clauses(sentence, self.text) if is_checkable(part, self.text, self.quotes)]

    def _by_turn(self, parts: Sequence[Span], subject: Subject, inside: Sequence[Quote]) -> list[Span]:
        """The clauses, cut where another document takes the word, if what stands on either side can be tested."""
        made = []
        for part in parts:
            halves, start = [], part.start
            for turn, _ in subject.turns:
                lead = _TAKES_OVER.search(self.text, start, max(start, turn)) if turn < part.end else None
                if lead is not None:
                    halves.append(Span(start, lead.start()))
                    start = lead.end("joint")
            halves.append(Span(start, part.end))
            made += halves if all(is_checkable(half, self.text, inside) for half in halves) else [part]
        return made

    def _file(self, sentence: Span, kind: SentenceKind, subject: Subject, why: LeftWhy | None) -> None:
        about = tuple(dict.fromkeys((*subject.documents, *subject.unlike)))
        named = "" if subject.absent is None else subject.absent.cut(self.text)
        self.sentences.append(ArticleSentence(*sentence, kind=kind, documents=about, named=named))
        if why is not None:
            self.left.append(UntestedSentence(*sentence, why=why))

    def _masked(self) -> str:
        """The article with its quotations blotted out."""
        parts, at = [], 0
        for q in self.quotes:
            parts += [self.text[at : q.start], " " * (q.end - max(at, q.start))]
            at = max(at, q.end)
        return "".join(parts) + self.text[at:]

    def _quoted(self, span: Span) -> bool:
        after = bisect_right(self.quotes, span.end, key=lambda q: q.start)
        return any(span.overlaps(Span(q.start, q.end)) for q in self.quotes[max(0, after - 2) : after])

    @staticmethod
    def _is_named(span: Span, known: Sequence[Mention]) -> bool:
        at = bisect_left(known, span.end, key=lambda mention: mention.span.start)
        return any(span.overlaps(mention.span) for mention in known[max(0, at - 2) : at])

    def _is_foreign(self, sentence: Span, inside: Sequence[Quote], named: Sequence[Span]) -> bool:
        """Whether somebody else than a document is speaking in the sentence."""
        if inside:
            return any(q.third_party for q in inside)
        if self.chinese:
            return zh.is_foreign(sentence, self.text, inside, named)
        plain = sentence.cut(self.masked)
        for match in _REPORTED.finditer(plain):
            at = sentence.start + match.start()
            near = any(0 <= at - span.end <= 24 or 0 <= span.start - (at + len(match.group())) <= 8 for span in named)
            if not near and not _ITSELF.search(plain[: match.start()]):
                return True
        return False
