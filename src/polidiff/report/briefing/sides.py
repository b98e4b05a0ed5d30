"""What one document would do, as half a sentence: its name, and its own words with the span that cuts each."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from string import Formatter

from polidiff.lang.clauses import Clause, shortened
from polidiff.model import Span
from polidiff.model.briefs import BriefPiece, PieceKind
from polidiff.report.briefing.choose import Lead
from polidiff.report.briefing.features import HEADLINE, QUOTED
from polidiff.report.passages import ReportContext
from polidiff.wording import Locale, say, upper

__all__ = ["Pieces", "filled", "joined", "named", "quote", "side", "told", "whole"]

Pieces = tuple[BriefPiece, ...]

_SPEAKING = frozenset({"we"})
"""Subjects that stand in marks: whoever reads the brief isn't meant."""


def filled(key: str, tongue: Locale, fields: Mapping[str, Pieces]) -> Pieces:
    """The phrase ``key`` as pieces, each of its fields replaced by the pieces given for it."""
    template = say(key, tongue, **{name: f"{{{name}}}" for name in fields})
    made: list[BriefPiece] = []
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            made.append(BriefPiece(literal))
        if name:
            made += fields[name]
    return joined(made)


def joined(pieces: Sequence[BriefPiece]) -> Pieces:
    """The pieces, polidiff's own words that follow one another made one, and a large letter at the beginning."""
    made: list[BriefPiece] = []
    for piece in pieces:
        if made and piece.kind == made[-1].kind == "said":
            made[-1] = BriefPiece(made[-1].text + piece.text)
        elif piece.text:
            made.append(piece)
    return tuple(made)


def named(bench: ReportContext, document: str, *, first: bool = False) -> Pieces:
    """The document's name, as a sentence begins with it or within one."""
    words = bench.party[document].named
    shown = upper(words) if first else words
    return (BriefPiece(words, "name", of=document, shown=shown if shown != words else ""),)


def told(kind: PieceKind, text: str, of: str = "") -> Pieces:
    """One piece that isn't a document's words."""
    return (BriefPiece(text, kind, of=of),)


def quote(bench: ReportContext, document: str, span: Span, *, small: bool = False, verb: bool = False) -> Pieces:
    """A document's words at ``span``, white space folded.

    The first letter is made small where they begin with a ``verb``, and, with ``small``, where they begin with a word
    that has its capital from the sentence alone.
    """
    text = span.cut(bench.documents[document].text)
    shown = " ".join(text.split())
    if (verb and not shown[1:2].isupper()) or (small and _may_be_small(shown, bench.documents[document].text)):
        shown = shown[0].lower() + shown[1:]
    return (
        BriefPiece(
            text, "words", document=document, start=span.start, end=span.end, shown=shown if shown != text else ""
        ),
    )


def _may_be_small(words: str, text: str) -> bool:
    """Whether the first word has its capital from the sentence alone: it stands elsewhere in the document without."""
    first = re.match(r"[A-Z][a-z]*\b", words)
    return first is not None and _stands(first.group().lower(), text)


_NOMINAL = re.compile(r"an?|the|its|their|our|this|these|such", re.IGNORECASE)
"""What follows “committed to” where no verb does."""


@lru_cache(maxsize=4096)
def _stands(word: str, text: str) -> bool:
    """Whether a word stands in a text other than after a stop."""
    return re.search(rf"(?<![.\w] )\b{word}\b", text) is not None


def side(bench: ReportContext, lead: Lead, *, headline: bool, first: bool = False) -> Pieces:
    """What the lead's document would do. In a headline its words stand without marks, else in quotation marks."""
    document = lead.passage.document
    name = named(bench, document, first=first)
    make = _Half(bench, lead, name, HEADLINE if headline else QUOTED, ".head" if headline else "")
    if not _same_language(lead, bench.tongue):
        return make.whole("brief.original" if bench.tongue != "zh" or lead.language == "en" else "brief.shows")
    if bench.tongue == "zh":
        return make.whole("brief.says" if lead.law else "brief.would")
    return make.english(lead.clause)


def whole(bench: ReportContext, lead: Lead, most: int) -> bool:
    """Whether the lead's act fits into ``most`` words; an English one may be cut at a border there."""
    short, marked = shortened(bench.documents[lead.passage.document].text, lead.clause.whole, most)
    return not marked and (lead.language != "zh" or short.end == lead.clause.whole.end)


def _same_language(lead: Lead, tongue: Locale) -> bool:
    return lead.language in (tongue, "und")


class _Half:
    """One half of a sentence in the making."""

    def __init__(self, bench: ReportContext, lead: Lead, name: Pieces, most: int, form: str) -> None:
        self.bench, self.lead, self.name, self.most, self.form = bench, lead, name, most, form
        self.document = lead.passage.document
        self.text = bench.documents[self.document].text

    def say(self, key: str, **fields: Pieces) -> Pieces:
        """The phrase, in the form for headlines where this is one."""
        return filled(key + self.form, self.bench.tongue, {"name": self.name, **fields})

    def cut(self, span: Span, *, quoted: bool, small: bool = False) -> Pieces:
        """The words at ``span``, shortened, with a mark where that is owed; in quotation marks where ``quoted``."""
        short, end = self._short(span)
        words = quote(self.bench, self.document, short, small=small)
        return (BriefPiece("“"), *words, BriefPiece("”"), *end) if quoted else (*words, *end)

    def _short(self, span: Span) -> tuple[Span, Pieces]:
        """The span shortened, and the mark that is owed: in a quotation only where what is left away may turn it."""
        short, marked = shortened(self.text, span, self.most)
        return short, (BriefPiece(" …"),) if marked else ()

    def whole(self, key: str) -> Pieces:
        """The act as it stands."""
        quoted = not self.form or key in ("brief.original", "brief.shows")
        return self.say(key, words=self.cut(self.lead.clause.whole, quoted=quoted))

    def english(self, clause: Clause) -> Pieces:
        """An English act in an English sentence."""
        nominal = clause.act == "will" and _NOMINAL.fullmatch(clause.verb.cut(self.text)) is not None
        if self.lead.own and not nominal and not clause.passive and clause.condition is None:
            key = self._own(clause)
            if key:
                return self._act(key, clause)
            if self.lead.named and clause.modal is not None and not clause.negated:
                return self._of_himself(clause, clause.modal)
        told = clause.condition is None and not clause.passive and not clause.own
        if self.lead.law and clause.subject is not None and told:
            key = {"must": "brief.requires", "ban": "brief.forbids", "may": "brief.allows"}.get(clause.act, "")
            if key:
                return self._act(key, clause, subject=quote(self.bench, self.document, clause.subject, small=True))
        if clause.subject is None:
            return self.say("brief.shows", words=self.cut(clause.whole, quoted=True))
        spoken = clause.subject.cut(self.text).lower() in _SPEAKING
        quoted = not self.form or spoken
        return self.say("brief.says", words=self.cut(clause.whole, quoted=quoted, small=not quoted))

    def _of_himself(self, clause: Clause, modal: Span) -> Pieces:
        """What an author who calls himself by his name says that he must do, or proposes."""
        rest = self.cut(Span(clause.verb.start, clause.rest.end), quoted=not self.form)
        words = (*quote(self.bench, self.document, modal), BriefPiece(" "), *rest)
        return self.say("brief.does" if clause.act in ("propose", "aim") else "brief.it", words=words)

    def _own(self, clause: Clause) -> str:
        """How an act of the author's own is told."""
        if clause.act in ("order", "will") and not clause.verb.cut(self.text).endswith("ing"):
            return "brief.would_not" if clause.negated else "brief.would"
        return ""

    def _act(self, key: str, clause: Clause, **fields: Pieces) -> Pieces:
        """Verb and object: in a headline as one, else the verb before the marks."""
        both = Span(clause.verb.start, clause.rest.end)
        short, end = self._short(both)
        apart = re.match(r"\s*[,:;(]", self.text[clause.verb.end : short.end]) is not None
        if apart and not self.form:
            return self.say(
                key,
                words=(BriefPiece("“"), *quote(self.bench, self.document, short, verb=True), BriefPiece("”"), *end),
                **fields,
            )
        if self.form or short.end <= clause.verb.end + 1:
            return self.say(key, words=(*quote(self.bench, self.document, short, verb=True), *end), **fields)
        start = clause.verb.end
        while self.text[start].isspace():
            start += 1
        verb = quote(self.bench, self.document, clause.verb, verb=True)
        rest = quote(self.bench, self.document, Span(start, short.end))
        words = (*verb, BriefPiece(" “"), *rest, BriefPiece("”"), *end)
        return self.say(key, words=words, **fields)
