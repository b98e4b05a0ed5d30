"""The verdict on each quotation: the search, the order of the tests, and the record with its reasons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from polidiff.checking.quotes.context import doubts, one_line, warnings_for
from polidiff.checking.quotes.edits import matters, tokens
from polidiff.checking.quotes.ellipses import FAR, Pattern, Trim, fit, has_marks, patterns
from polidiff.checking.quotes.exact import Grade, grade
from polidiff.checking.quotes.folding import Key
from polidiff.checking.quotes.index import QuoteIndex
from polidiff.checking.quotes.partial import Partial, partial, punctuated
from polidiff.checking.quotes.quotation_marks import demangled
from polidiff.model import Document, Edit, EditKind, Quote, QuoteVerdict, Reason, Span, Verdict

_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[⁰¹²³⁴⁵⁶⁷⁸⁹†‡]+|(?<=[^\W\d_])\[\d{1,3}\]")
"""The mark of a note behind a word of a quotation: no word of it."""
CARRIED = 0.5
"""What is left of the confidence where the sentence of a quotation doesn't name whom it is ascribed to."""
TOUCHED = ("actor.changed", "modality.changed", "negation.changed", "number.changed", "opposite.changed")
"""Reasons for what an edit touches (:attr:`Edit.matters`)."""


@dataclass(frozen=True, slots=True)
class _Found:
    document: int
    grade: Grade


def judge(quotes: Sequence[Quote], library: QuoteIndex) -> tuple[Verdict, ...]:
    """Return a verdict for each of ``quotes``, in their order."""
    return tuple(_judge(quote, library) for quote in quotes)


def _judge(quote: Quote, library: QuoteIndex) -> Verdict:
    blank = Verdict(
        id=quote.id,
        kind="quote",
        text=quote.text,
        start=quote.start if quote.start >= 0 else None,
        end=quote.end if quote.start >= 0 else None,
        speaker=quote.speaker,
        verdict="not_found",
        cited_document=quote.cited_document,
    )
    original = quote.original or _undigested(quote.cited_document, library)
    if original is not None:
        return replace(blank, reasons=(_official_text_missing(original, library),), confidence=0.9)
    mended = demangled(quote.text)
    if mended != quote.text:
        made = _judge(replace(quote, text=mended), library)
        edits = tuple(replace(edit, quote=edit.quote_span.cut(quote.text)) for edit in made.edits)
        verdict = "typographic" if made.verdict == "verbatim" else made.verdict
        return replace(made, verdict=verdict, text=quote.text, edits=edits)
    key = Key.of(quote.text)
    if not key.data:
        return replace(blank, reasons=(Reason.of("empty.quotation", 1.0),))
    cited = library.numbers.get(quote.cited_document) if quote.cited_document is not None else None
    if quote.third_party:
        return _third_party(blank, quote, key, library)
    found = _faithful(quote.text, key, library, cited)
    home = [f for f in found if f.document == cited]
    if home or (found and quote.cited_document is None):
        return _as_found(blank, home or found, found, library, cited)
    trims = _trims(quote.text, library, cited)
    if trims and (trims[0][1].document == cited or quote.cited_document is None):
        return _trimmed(blank, *trims[0], library)
    if found:
        return _elsewhere(_as_found(blank, found, found, library, cited), quote, library)
    if trims:
        return _elsewhere(_trimmed(blank, *trims[0], library), quote, library)
    bare = _NOTE_MARK.sub(lambda mark: "\u2060" * len(mark.group()), quote.text)
    if bare != quote.text:
        made = _judge(replace(quote, text=bare), library)
        if made.verdict in ("verbatim", "typographic", "trimmed"):
            return replace(made, verdict="trimmed" if made.verdict == "trimmed" else "typographic", text=quote.text)
    part = punctuated(quote.text, key, library, cited) or partial(quote.text, key, library, cited)
    if part is None:
        return replace(blank, reasons=(_nothing(quote, library),), confidence=0.9)
    return _partial(blank, part, library, cited)


def _undigested(cited: str | None, library: QuoteIndex) -> str | None:
    """``cited``, if it is not held itself but a digest of it is."""
    if cited is None or cited in library.numbers:
        return None
    held = any(d.is_digest and d.id.split(".digest")[0] == cited for d in library.documents)
    return cited if held else None


def _official_text_missing(original: str, library: QuoteIndex) -> Reason:
    if original in library.numbers:
        return Reason.of("official_text_missing.digest", 1.0, document=original)
    digests = tuple(d.id for d in library.documents if d.is_digest and d.id.split(".digest")[0] == original)
    if digests:
        return Reason.of("official_text_missing.digests", 1.0, document=original, digests=digests)
    return Reason.of("official_text_missing.none", 1.0, document=original)


def _nothing(quote: Quote, library: QuoteIndex) -> Reason:
    searched = len(library.documents)
    if quote.cited_document is not None and quote.cited_document not in library.numbers:
        return Reason.of("search.not_held", 1.0, n=searched, document=quote.cited_document)
    return Reason.of("search.translation" if _other_language(quote, library) else "search.nothing", 1.0, n=searched)


def _other_language(quote: Quote, library: QuoteIndex) -> bool:
    number = library.numbers.get(quote.cited_document or "")
    if number is None:
        return False
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in quote.text) * 4 > len(quote.text)
    language = library.documents[number].language
    return (language == "zh" and not chinese) or (language == "en" and chinese)


def _faithful(text: str, key: Key, library: QuoteIndex, cited: int | None) -> list[_Found]:
    places = library.places(key.data)
    if cited is not None and not any(library.document_at(p) == cited for p in places):
        places = sorted({*places, *library.places(key.data, cited)})
    found = []
    for place in places:
        hit = library.span(place, place + len(key.data))
        graded = grade(text, library.documents[hit.document], hit.span)
        if graded.same != "marks":
            found.append(_Found(hit.document, graded))
    return sorted(
        dict.fromkeys(found),
        key=lambda f: (f.document != cited, *_likeness(text, f, library), f.document, f.grade.span),
    )


def _likeness(text: str, found: _Found, library: QuoteIndex) -> tuple[bool, int, int]:
    """How well a place suits a quotation, least first: the body before the contents, then marks, then case."""
    said = library.documents[found.document].cut(found.grade.span)
    here, there = ([c for c in unicodedata.normalize("NFKC", words) if c.isalnum()] for words in (text, said))
    case = sum(a != b for a, b in zip(here, there, strict=False)) + abs(len(here) - len(there))
    return library.in_contents(found.document, found.grade.span.start), found.grade.rank, case


def _trims(text: str, library: QuoteIndex, cited: int | None) -> list[tuple[Pattern, Trim]]:
    if not has_marks(text):
        return []
    for number in ([cited] if cited is not None else []) + [None]:
        for pattern in patterns(text):
            found = fit(text, pattern, library, number)
            if found:
                found = sorted(found, key=lambda trim: library.in_contents(trim.document, trim.spans[0].start))
                return [(pattern, trim) for trim in found]
    return []


def _confidence(text: str, base: float) -> float:
    """Less for one or two words, which may stand in a document by chance."""
    count = len(tokens(text))
    return round(base * min(1.0, 0.55 + 0.15 * count), 3)


def _as_found(
    blank: Verdict, chosen: list[_Found], found: list[_Found], library: QuoteIndex, cited: int | None
) -> Verdict:
    best = chosen[0]
    document = library.documents[best.document]
    verdict: QuoteVerdict = "verbatim" if best.grade.same == "verbatim" else "typographic"
    reasons = [Reason.of("words.verbatim" if verdict == "verbatim" else "words.typographic", 1.0)]
    if best.grade.paced:
        reasons.append(Reason.of("punctuation.pause", 0.2))
    if best.grade.own:
        reasons.append(Reason.of("punctuation.own", 0.1, mark=best.grade.own))
    if len(tokens(blank.text)) <= 2:
        reasons.append(Reason.of("length.short", 0.3))
    elsewhere = tuple((library.documents[f.document].id, f.grade.span) for f in found if f is not best)
    span = best.grade.span
    return replace(
        blank,
        verdict=verdict,
        document=document.id,
        page=document.pages_of(span)[0],
        matched=(span,),
        matched_text=document.cut(span),
        reasons=tuple(reasons),
        warnings=warnings_for(blank.text, document, span),
        elsewhere=elsewhere,
        confidence=_confidence(blank.text, 1.0 if verdict == "verbatim" else 0.97),
    )


def _elsewhere(verdict: Verdict, quote: Quote, library: QuoteIndex) -> Verdict:
    """``verdict`` on words found in a document that was not cited for them."""
    code = "attribution.elsewhere" if quote.cited_document in library.numbers else "attribution.not_held"
    reason = Reason.of(code, 1.0, document=verdict.document or "", cited=quote.cited_document or "")
    made = replace(verdict, verdict="misattributed", reasons=(reason, *verdict.reasons))
    if not quote.carried:
        return made
    guessed = Reason.of("attribution.carried", 1.0, cited=quote.cited_document or "")
    return replace(made, reasons=(*made.reasons, guessed), confidence=round(verdict.confidence * CARRIED, 3))


def _third_party(blank: Verdict, quote: Quote, key: Key, library: QuoteIndex) -> Verdict:
    who = Reason.of("speaker.named", 1.0, speaker=quote.speaker) if quote.speaker else Reason.of("speaker.other", 1.0)
    warnings: list[Reason] = []
    elsewhere: list[tuple[str, Span]] = []
    if len(tokens(quote.text)) >= 4:
        for found in _faithful(quote.text, key, library, None):
            elsewhere.append((library.documents[found.document].id, found.grade.span))
    if elsewhere:
        warnings.append(Reason.of("elsewhere.same", document=elsewhere[0][0]))
    return replace(
        blank,
        verdict="third_party",
        reasons=(who,),
        warnings=tuple(warnings),
        elsewhere=tuple(elsewhere),
        confidence=0.9,
    )


def _passage(
    document: Document, spans: Sequence[Span], slack: float, first: bool = False
) -> tuple[tuple[Span, ...], str]:
    """The spans to show as one passage and its text: all of them when they stand together, else the longest.

    ``slack`` is how many times their own length the passage may hold besides; ``first`` takes the first of ``spans``
    and not the longest.
    """
    ordered = sorted(spans)
    size = sum(s.end - s.start for s in ordered)
    whole = Span(ordered[0].start, max(s.end for s in ordered))
    if whole.end - whole.start <= (1 + slack) * size + 60:
        return tuple(ordered), document.cut(whole)
    longest = spans[0] if first else max(ordered, key=lambda s: (s.end - s.start, -s.start))
    return (longest,), document.cut(longest)


def _trimmed(blank: Verdict, pattern: Pattern, trim: Trim, library: QuoteIndex) -> Verdict:
    document = library.documents[trim.document]
    matched, text = _passage(document, trim.spans, 4.0)
    edits = []
    warnings: list[Reason] = []
    for i, joints in enumerate(pattern.joints):
        left = trim.spans[i - 1].end if i else trim.spans[0].start
        right = trim.spans[i].start if i < len(trim.spans) else trim.spans[-1].end
        source = Span(left, max(left, right))
        for joint in joints:
            words = joint.span.cut(blank.text)
            left_out = document.cut(source) if tokens(document.text, source.start, source.end) else ""
            inserted = words if joint.kind == "insertion" else ""
            reason = matters(inserted, left_out) if len(left_out) < 400 else ""
            at = source if left_out else Span(left, left)
            kind: EditKind = "omission" if joint.kind == "omission" else "replace" if left_out else "insert"
            edits.append(Edit(kind, words, document.cut(at), joint.span, at, reason))
            if reason in ("negation", "modality") and left_out and joint.kind == "omission":
                code = "omission.negation" if reason == "negation" else "omission.modality"
                warnings.append(Reason.of(code, document=document.id, span=tuple(source), words=one_line(left_out)))
    if trim.distance > FAR:
        warnings.append(Reason.of("distance.far"))
    others = tuple((document.id, s) for s in trim.spans if s not in matched)
    return replace(
        blank,
        verdict="trimmed",
        document=document.id,
        page=document.pages_of(trim.spans[0])[0],
        matched=matched,
        matched_text=text,
        edits=tuple(edits),
        reasons=(_marked({j.kind for joints in pattern.joints for j in joints}),),
        warnings=(*warnings, *warnings_for(blank.text, document, matched[0])),
        elsewhere=others,
        confidence=_confidence(blank.text, 0.95),
    )


def _marked(kinds: set[str]) -> Reason:
    """What the marks of a trimmed quotation are for."""
    if "omission" in kinds:
        return Reason.of("words.omissions_brackets" if "insertion" in kinds else "words.omissions", 1.0)
    return Reason.of("words.brackets" if "insertion" in kinds else "words.letters", 1.0)


def _fragment(document: Document, span: Span, words: str) -> Reason:
    page = document.pages_of(span)[0]
    if page:
        return Reason.of("fragment.page", 1.0, document=document.id, span=tuple(span), page=page, quote=words)
    return Reason.of("fragment.place", 1.0, document=document.id, span=tuple(span), quote=words)


def _partial(blank: Verdict, part: Partial, library: QuoteIndex, cited: int | None) -> Verdict:
    first = max(part.fragments, key=lambda f: (f.document_is(cited), -f.part.start))
    document = library.documents[first.hit.document]
    here = [f.hit.span for f in part.fragments if f.hit.document == first.hit.document]
    matched, text = _passage(document, here, 0.5, first=True)
    others = tuple(
        (library.documents[f.hit.document].id, f.hit.span)
        for f in part.fragments
        if f.hit.document != first.hit.document or f.hit.span not in matched
    )
    reasons: list[Reason] = []
    if part.kind == "spliced":
        reasons.append(Reason.of("words.spliced", part.share, n=len(part.fragments)))
        for fragment in part.fragments:
            source = library.documents[fragment.hit.document]
            reasons.append(_fragment(source, fragment.hit.span, fragment.part.cut(blank.text)))
    else:
        count = len(part.edits)
        reasons.append(
            Reason.of("words.altered", part.share, n=count) if count else Reason.of("words.signs", part.share)
        )
    touched = {edit.matters for edit in part.edits}
    reasons.extend(Reason.of(code, 1.0) for code in TOUCHED if code.partition(".")[0] in touched)
    if cited is not None and first.hit.document != cited:
        reasons.append(Reason.of("attribution.cited", 1.0, document=blank.cited_document or ""))
    verdict: QuoteVerdict = "spliced" if part.kind == "spliced" else "altered"
    return replace(
        blank,
        verdict=verdict,
        document=document.id,
        page=document.pages_of(matched[0])[0],
        matched=matched,
        matched_text=text,
        edits=part.edits,
        reasons=tuple(reasons),
        warnings=doubts(document, here),
        elsewhere=others,
        confidence=round(min(0.95, 0.35 + 0.6 * part.share), 3),
    )
