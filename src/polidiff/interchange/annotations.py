"""W3C Web Annotation: codes, links and verdicts as annotations on the documents' texts.

Offsets count Unicode code points of ``documents/ID.txt``, which each target names as its source; the quotation and a
little of what stands around it find the words again elsewhere. See https://www.w3.org/TR/annotation-model/.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from polidiff.interchange.opened import Opened
from polidiff.model import Document, Reason, Span
from polidiff.model.codec import JsonObject
from polidiff.model.forms import text_file

__all__ = ["annotation_page"]

AROUND = 32
"""Characters before and after a quotation that go with it."""


def annotation_page(report: Opened) -> JsonObject:
    """Return one AnnotationPage: a code a provision and theme, a link a match, an assessment a verdict."""
    held = {document.id: document for document in report.documents}
    if report.check is not None:
        held[report.check.article.id] = report.check.article
    items = [*_codes(report, held), *_links(report, held), *_verdicts(report, held)]
    generator = {"id": "https://pypi.org/project/polidiff/", "type": "Software", "name": "polidiff"}
    about = "; ".join(f"{name}: {value}" for name, value in report.method)
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "AnnotationPage",
        "generator": {**generator, "schema:description": about},
        "schema:isBasedOn": [
            {
                "id": text_file(document.id),
                "schema:name": document.title,
                "schema:additionalType": document.kind,
                "schema:url": document.source,
                "schema:identifier": [f"sha256:{document.sha256}", f"sha256:{document.text_sha256}"],
            }
            for document in held.values()
        ],
        "items": [
            {"id": f"#annotation-{number}", "type": "Annotation", **item} for number, item in enumerate(items, start=1)
        ],
    }


def _codes(report: Opened, held: dict[str, Document]) -> Iterator[JsonObject]:
    if report.comparison is None:
        return
    themes = {theme.id: theme for theme in report.comparison.codebook.themes}
    book = report.comparison.codebook
    for provisions, codings in zip(report.comparison.provisions, report.comparison.codings, strict=True):
        for provision, coding in zip(provisions, codings, strict=True):
            for code in coding.themes:
                theme = themes.get(code.id)
                yield {
                    "motivation": "classifying",
                    "body": {
                        "type": "TextualBody",
                        "purpose": "tagging",
                        "value": theme.name if theme is not None else code.id,
                        "schema:identifier": f"{book.id}:{code.id}",
                        "schema:ratingValue": round(code.score, 4),
                    },
                    "target": _target(held[provision.document], provision.span, provision.page_start),
                }


def _links(report: Opened, held: dict[str, Document]) -> Iterator[JsonObject]:
    if report.comparison is None:
        return
    spans = {
        (one.document, one.id): (one.span, one.page_start) for side in report.comparison.provisions for one in side
    }
    for match in report.comparison.matches:
        here, there = spans[match.source_document, match.source], spans[match.document, match.id]
        yield {
            "motivation": "linking",
            "body": {
                **_target(held[match.document], *there),
                "purpose": "linking",
                "schema:additionalType": match.relation,
                "schema:ratingValue": round(match.score, 4),
            },
            "target": _target(held[match.source_document], *here),
        }


def _verdicts(report: Opened, held: dict[str, Document]) -> Iterator[JsonObject]:
    check = report.check
    if check is None:
        return
    for verdict in check.verdicts:
        places = [(verdict.document, span, verdict.page) for span in verdict.matched if verdict.document is not None]
        yield from _assessment(
            held, check.article, verdict.start, verdict.end, verdict.verdict, verdict.reasons[:1], places
        )
    for claim in check.claims:
        places = [(evidence.document, evidence.span, evidence.page) for evidence in claim.evidence]
        yield from _assessment(held, check.article, claim.start, claim.end, claim.verdict, claim.reasons[:1], places)


def _assessment(
    held: dict[str, Document],
    article: Document,
    start: int | None,
    end: int | None,
    verdict: str,
    reasons: tuple[Reason, ...],
    places: Sequence[tuple[str | None, Span, int | None]],
) -> Iterator[JsonObject]:
    """One verdict on words of the article, with the passages that it rests on as bodies."""
    if start is None or end is None:
        return
    bodies: list[JsonObject] = [{"type": "TextualBody", "purpose": "assessing", "value": verdict}]
    bodies += [{"type": "TextualBody", "purpose": "commenting", "value": one.text} for one in reasons]
    bodies += [
        {**_target(held[document], span, page), "purpose": "linking"}
        for document, span, page in places
        if document in held
    ]
    yield {"motivation": "assessing", "body": bodies, "target": _target(article, Span(start, end), None)}


def _target(document: Document, span: Span, page: int | None) -> JsonObject:
    text = document.text
    selectors: list[JsonObject] = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        {
            "type": "TextQuoteSelector",
            "exact": document.cut(span),
            "prefix": text[max(0, span.start - AROUND) : span.start],
            "suffix": text[span.end : span.end + AROUND],
        },
    ]
    if page is not None and document.media_type == "application/pdf":
        selectors.append(
            {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778", "value": f"page={page}"}
        )
    target: JsonObject = {"type": "SpecificResource", "source": text_file(document.id), "selector": selectors}
    if document.source.startswith(("https://", "http://")):
        target["scope"] = document.source
    return target
