"""ClaimReview (schema.org): an article's check in the form that search engines and fact-check feeds read.

One ``ClaimReview`` a verdict; a third party's words are left out, since nothing was said of them,
and so is what a person overruled. The rating runs from
1 to 5 and always carries the verdict's name as ``alternateName``; a verdict that is no judgement of the claim (not
found, translated) has a name and no number. Nothing is dated: polidiff has no clock. See
https://schema.org/ClaimReview and https://developers.google.com/search/docs/appearance/structured-data/factcheck.
"""

from __future__ import annotations

from dataclasses import dataclass

from polidiff.model import ArticleCheck, ClaimVerdict, Document, Verdict, overruled
from polidiff.model.codec import JsonObject
from polidiff.wording import term

__all__ = ["RATINGS", "Published", "claim_reviews"]

RATINGS: dict[str, int | None] = {
    "verbatim": 5,
    "typographic": 5,
    "trimmed": 4,
    "supported": 5,
    "overstated": 2,
    "altered": 2,
    "spliced": 2,
    "misattributed": 2,
    "contradicted": 1,
    "translated": None,
    "not_found": None,
}
"""Verdict → rating from 1, false, to 5, true, or None."""


TURNED = ("omission.negation", "omission.modality")
"""Warnings of an omission that leaves out a “not” or a “may”: the words are rated as altered ones are."""


@dataclass(frozen=True, slots=True)
class Published:
    """What only the user knows: where the article and the review stand, and who publishes the review."""

    article_url: str | None = None
    review_url: str | None = None
    publisher: str | None = None


def claim_reviews(
    check: ArticleCheck, method: tuple[tuple[str, str], ...], published: Published | None = None
) -> JsonObject:
    """Return the check as JSON-LD: the tool, and a ClaimReview for each verdict, in the article's order.

    ``method`` holds pairs of a name and a value (polidiff's version, the encoder); the author of every review is the
    tool, and its publisher the user's where one is given.
    """
    known = published or Published()
    found: list[Verdict | ClaimVerdict] = [*check.claims, *check.verdicts]
    found.sort(key=lambda one: (one.start is None, one.start or 0, -(one.end or 0)))
    held = {document.id: document for document in check.documents}
    version = dict(method).get("polidiff", "")
    tool = {
        "@type": "SoftwareApplication",
        "@id": "#polidiff",
        "name": "polidiff",
        "softwareVersion": version,
        "description": "; ".join(f"{name}: {value}" for name, value in method),
    }
    reviews = [
        _review(one, check.article, held, version, known)
        for one in found
        if one.verdict in RATINGS and not overruled(one.reasons)
    ]
    return {"@context": "https://schema.org", "@graph": [tool, *reviews]}


def _review(
    one: Verdict | ClaimVerdict, article: Document, held: dict[str, Document], version: str, known: Published
) -> JsonObject:
    turned = any(warning.code in TURNED for warning in one.warnings)
    value = RATINGS["altered"] if turned and one.verdict == "trimmed" else RATINGS[one.verdict]
    rating: JsonObject = {"@type": "Rating", "worstRating": 1, "bestRating": 5}
    if value is not None:
        rating["ratingValue"] = value
    rating["alternateName"] = term("rating", one.verdict, "en")
    rating["ratingExplanation"] = " ".join(reason.text for reason in (*one.reasons, *one.warnings))
    review: JsonObject = {
        "@type": "ClaimReview",
        "@id": f"#{one.id}",
        "claimReviewed": one.text,
        "reviewRating": rating,
        "itemReviewed": _claim(one, article, known),
        "author": {"@type": "Organization", "name": f"polidiff {version} (an automatic check)"},
        "inLanguage": {"en": "en", "zh": "zh-Hans"}.get(article.language, "und"),
        "isBasedOn": [_work(held[name]) for name in _sources(one) if name in held],
    }
    if known.review_url:
        review["url"] = known.review_url
    if known.publisher:
        review["publisher"] = {"@type": "Organization", "name": known.publisher}
    return review


def _claim(one: Verdict | ClaimVerdict, article: Document, known: Published) -> JsonObject:
    """The claim as the article makes it, and where it appears."""
    where: JsonObject = {"@type": "Article", "headline": article.title or article.id}
    if known.article_url:
        where["url"] = known.article_url
    if article.date:
        where["datePublished"] = article.date
    where["identifier"] = f"sha256:{article.text_sha256}"
    claim: JsonObject = {"@type": "Claim", "text": one.text, "appearance": where}
    if isinstance(one, Verdict) and one.speaker:
        claim["creditText"] = one.speaker
    return claim


def _sources(one: Verdict | ClaimVerdict) -> list[str]:
    """The ids of the documents that the verdict rests on, in order."""
    if isinstance(one, ClaimVerdict):
        return list(dict.fromkeys(evidence.document for evidence in (*one.evidence, *one.elsewhere)))
    return [one.document] if one.document is not None else []


def _work(document: Document) -> JsonObject:
    """A document as schema.org has it; a digest and a translation say so."""
    work: JsonObject = {"@type": "CreativeWork", "name": document.title or document.id}
    if document.source.startswith(("https://", "http://")):
        work["url"] = document.source
    if document.kind in {"digest", "translation"}:
        work["genre"] = {"digest": "digest, not the official text", "translation": "translation"}[document.kind]
    work["identifier"] = [f"sha256:{document.sha256}", f"sha256:{document.text_sha256}"]
    return work
