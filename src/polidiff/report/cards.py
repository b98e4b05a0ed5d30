"""The card of one verdict: what was found, the document's own words, the changes, the reasons, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from polidiff.model import (
    ArticleCheck,
    ClaimVerdict,
    Document,
    Edit,
    Evidence,
    Provision,
    Reason,
    Span,
    Verdict,
    overruled,
)
from polidiff.report.anchors import matched_anchor
from polidiff.report.marks import Mark, marked, merged
from polidiff.report.names import Party, lang, title_of
from polidiff.report.passages import LIKELY, ReportContext
from polidiff.wording import Locale, listed, percent, quoted, reason_text, say, term

Found = Verdict | ClaimVerdict

SIGNS = {
    "verbatim": "✓",
    "typographic": "✓",
    "trimmed": "✓",
    "supported": "✓",
    "right": "✓",
    "wrong": "✗",
    "altered": "Δ",
    "spliced": "+",
    "misattributed": "⇄",
    "overstated": "▲",
    "contradicted": "≠",
    "third_party": "☞",
    "translated": "⇆",
    "not_found": "✗",
}
"""The sign of each verdict, in the order in which verdicts are counted."""

GOOD = frozenset({"verbatim", "typographic", "trimmed", "supported"})
ASIDE = frozenset({"third_party", "translated"})

WHOLE = 420
"""Characters up to which the paragraph around the words is shown whole."""

AROUND = 140
"""Characters shown on either side of the words in a longer paragraph."""

MANY = 5
"""Further places of the same words that are named."""

NEAREST = 3
"""Passages shown of those that were considered and don't say it."""

_SHOWN = frozenset({"left_out.list", "elsewhere.says"})
"""Warnings whose passages the card shows."""

_HELD = frozenset({"digest.only", "digest.itself"})
"""Warnings about what is held, not about the context."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words of a document, those that answer marked; ``html`` has the text content ``document.text[start:end]``.

    ``before`` and ``after`` say whether the paragraph goes on there.
    """

    document: str
    start: int
    end: int
    language: str
    html: Markup
    party: Party | None
    title: str
    page: str
    anchor: str | None
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class CardView:
    """One verdict. ``kind`` is ``quote`` or ``claim``, ``family`` ``good``, ``bad`` or ``aside``."""

    number: int
    kind: str
    verdict: str
    meaning: str
    sign: str
    family: str
    speaker: str
    language: str
    words: Markup
    plain: str
    cited: str
    fragments: tuple[Fragment, ...]
    edits: tuple[str, ...]
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    left_out: tuple[Fragment, ...]
    elsewhere: tuple[Fragment, ...]
    answers: tuple[Fragment, ...]
    nearest: tuple[Fragment, ...]
    confidence: str
    unsure: bool


def kind_of(one: Found) -> str:
    """``quote`` or ``claim``."""
    return "claim" if isinstance(one, ClaimVerdict) else "quote"


def family(one: Found) -> str:
    """``good`` where the document says it, ``bad`` where it doesn't, ``aside`` where that is open or wasn't asked."""
    if said := overruled(one.reasons):
        return "good" if said == "right" else "bad"
    if one.unsure:
        return "aside"
    return "good" if one.verdict in GOOD else "aside" if one.verdict in ASIDE else "bad"


def verdict_of(one: Found) -> str:
    """The verdict, or ``right`` or ``wrong`` where a person said so."""
    return overruled(one.reasons) or one.verdict


def verdict_name(one: Found, tongue: Locale, family: str = "verdict") -> str:
    """The verdict's name, or with ``meaning`` for ``family`` what it means."""
    if said := overruled(one.reasons):
        return term(family, said, tongue)
    key = "not_said" if isinstance(one, ClaimVerdict) and one.verdict == "not_found" else one.verdict
    return term(family, key, tongue)


def card(bench: ReportContext, check: ArticleCheck, number: int, one: Found) -> CardView:
    """The verdict numbered ``number`` for the template."""
    tongue = bench.tongue
    show = _Shower(bench, check)
    quote = one if isinstance(one, Verdict) else None
    claim = one if isinstance(one, ClaimVerdict) else None
    edits = quote.edits if quote else ()
    held = [warning for warning in one.warnings if warning.code in _HELD]
    joined = quote.elsewhere if quote is not None and quote.verdict == "spliced" else ()
    cited = [quote.cited_document] if quote else list(claim.cited_documents) if claim else []
    return CardView(
        number=number,
        kind=kind_of(one),
        verdict=verdict_name(one, tongue),
        meaning=verdict_name(one, tongue, "meaning"),
        sign=SIGNS[verdict_of(one)],
        family=family(one),
        speaker=(quote.speaker or "") if quote else "",
        language=lang(check.article.language),
        words=marked(
            one.text, 0, len(one.text), [Mark(e.quote_span.start, e.quote_span.end, "ins") for e in edits if e.quote]
        ),
        plain=one.text,
        cited=listed([show.title(document) for document in cited if document], tongue),
        fragments=(*show.matched(quote, number), *show.parts(joined))
        if quote
        else show.passages(claim.evidence if claim else (), number),
        edits=tuple(_edit(edit, tongue) for edit in edits if edit.kind != "omission"),
        reasons=tuple(map(show.reason, (*one.reasons, *held))),
        warnings=tuple(show.reason(warning) for warning in one.warnings if warning.code not in _SHOWN | _HELD),
        left_out=show.passages(claim.omissions) if claim else (),
        elsewhere=show.passages(claim.elsewhere[:MANY])
        if claim
        else show.places(quote.elsewhere if quote and not joined else ()),
        answers=show.answers(claim) if claim else (),
        nearest=show.passages(claim.ranked[len(claim.evidence) :][:NEAREST]) if claim else (),
        confidence=percent(one.confidence),
        unsure=one.unsure,
    )


class _Shower:
    """Cuts the documents' words for one article's cards."""

    def __init__(self, bench: ReportContext, check: ArticleCheck) -> None:
        self.bench = bench
        self.held = {document.id: document for document in (*check.documents, *bench.comparison.documents)}

    def title(self, document: str) -> str:
        """What a document is called: the original of a held digest by its id."""
        party = self.bench.party.get(document)
        if party is not None:
            return party.label
        return title_of(self.held[document]) if document in self.held else document

    def reason(self, reason: Reason) -> str:
        """A reason in words; documents that go by a file's name are called what the page calls them."""
        return reason_text(reason, self.bench.tongue, self._called)

    def _called(self, name: str) -> str:
        if name not in self.held or not ("-" in name or "." in name):
            return name
        title = self.title(name)
        return say("digest.named", self.bench.tongue, who=title) if self.held[name].is_digest else title

    def matched(self, quote: Verdict, number: int) -> tuple[Fragment, ...]:
        """The words that answer a quotation, each run in its paragraph, the changed ones struck."""
        document = self.held.get(quote.document or "")
        if document is None:
            return ()
        struck = [
            Mark(edit.source_span.start, edit.source_span.end, "del", (), 1)
            for edit in quote.edits
            if edit.source and edit.kind != "omission"
        ]
        marks = [Mark(span.start, span.end, "mark", (("class", "same"),)) for span in quote.matched]
        windows = merged(_window(document, span) for span in quote.matched)
        found: list[Fragment] = []
        for start, end in windows:
            place = next(n for n, span in enumerate(quote.matched) if start <= span.start <= end)
            anchor = matched_anchor(number, place) if document.id in self.bench.documents else None
            words = quote.matched[place]
            page = document.pages_of(words)[0] if place else quote.page
            found.append(self._cut(document, Span(start, end), [*marks, *struck], anchor, words, page))
        return tuple(found)

    def passages(self, evidence: Iterable[Evidence], number: int | None = None) -> tuple[Fragment, ...]:
        """Passages as they stand; those of the verdict ``number`` link to their place in the full text."""
        return tuple(
            self._cut(
                self.held[one.document],
                one.span,
                (),
                None if number is None or one.document not in self.bench.documents else matched_anchor(number, place),
                one.span,
                one.page,
            )
            for place, one in enumerate(evidence)
            if one.document in self.held
        )

    def parts(self, spans: Sequence[tuple[str, Span]]) -> tuple[Fragment, ...]:
        """The further fragments of a spliced quotation, each in its paragraph."""
        found: list[Fragment] = []
        for name, span in spans:
            if name in self.held:
                document = self.held[name]
                mark = Mark(span.start, span.end, "mark", (("class", "same"),))
                around, page = Span(*_window(document, span)), document.pages_of(span)[0]
                found.append(self._cut(document, around, [mark], self._provision(name, span), span, page))
        return tuple(found)

    def places(self, spans: Sequence[tuple[str, Span]]) -> tuple[Fragment, ...]:
        """Further places of a quotation's words."""
        return tuple(
            self._cut(self.held[name], span, (), self._provision(name, span), span, self.held[name].pages_of(span)[0])
            for name, span in spans[:MANY]
            if name in self.held
        )

    def answers(self, claim: ClaimVerdict) -> tuple[Fragment, ...]:
        """Where a claim is about one document: what the comparison sets across from its passages in the others."""
        told = {(other.document, other.span.start) for other in claim.elsewhere}
        best: dict[str, tuple[float, Provision]] = {}
        for one in claim.evidence if len(claim.cited_documents) == 1 else ():
            holder = self._holder(one.document, one.span)
            across = self.bench.across.get((one.document, holder.id), ()) if holder is not None else ()
            for document, identifier, score in across:
                if score >= LIKELY and (document not in best or score > best[document][0]):
                    best[document] = (score, self.bench.provisions[document, identifier])
        return tuple(
            self._cut(
                self.held[document],
                found.span,
                (),
                self.bench.anchors.provision(document, found.id),
                found.span,
                found.page_start,
            )
            for document, (_, found) in sorted(best.items())
            if (document, found.start) not in told
        )

    def _cut(
        self,
        document: Document,
        span: Span,
        marks: Sequence[Mark],
        anchor: str | None,
        words: Span,
        page: int | None,
    ) -> Fragment:
        return Fragment(
            document=document.id,
            start=span.start,
            end=span.end,
            language=lang(document.language),
            html=marked(document.text, span.start, span.end, marks),
            party=self.bench.party.get(document.id),
            title=self.title(document.id),
            page=self.bench.page(document, page),
            anchor=anchor,
            before=span.start < words.start and document.text[span.start - 1 : span.start] not in {"", "\n"},
            after=span.end > words.end and document.text[span.end : span.end + 1] not in {"", "\n"},
        )

    def _provision(self, document: str, span: Span) -> str | None:
        """The anchor of the smallest provision that holds ``span``."""
        holder = self._holder(document, span)
        return self.bench.anchors.provision(document, holder.id) if holder is not None else None

    def _holder(self, document: str, span: Span) -> Provision | None:
        """The smallest provision that holds ``span``."""
        holders = [
            one
            for key, one in self.bench.provisions.items()
            if key[0] == document and one.start <= span.start and one.end >= span.end
        ]
        return min(holders, key=lambda one: (one.end - one.start, one.start), default=None)


def _window(document: Document, span: Span) -> tuple[int, int]:
    """The paragraph around ``span``, or, of a long one, the words next to it."""
    text = document.text
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - start <= WHOLE:
        return start, end
    if span.start - start > AROUND:
        cut = text.find(" ", span.start - AROUND, span.start)
        start = cut + 1 if cut >= 0 else span.start - AROUND
    if end - span.end > AROUND:
        cut = text.rfind(" ", span.end, span.end + AROUND)
        end = cut if cut >= 0 else span.end + AROUND
    return start, end


def _edit(edit: Edit, tongue: Locale) -> str:
    """One change in a sentence: what the article has, and what the document has."""
    matters = say("edit.matters", tongue, what=term("matters", edit.matters, tongue)) if edit.matters else ""
    key = (
        "edit.says.replace" if edit.quote and edit.source else "edit.says.insert" if edit.quote else "edit.says.delete"
    )
    return say(key, tongue, quote=quoted(edit.quote), source=quoted(edit.source)) + matters
