"""Where words or a claim came from: the documents that hold them, the earliest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from polidiff.errors import InputError
from polidiff.model import Quote, Span
from polidiff.model.codec import JsonObject
from polidiff.ranking.query import question
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import NO_FILTER, Filter

__all__ = ["Origin", "origin", "origin_record"]

How = Literal["verbatim", "near", "meaning"]

RANKS: dict[How, int] = {"verbatim": 0, "near": 1, "meaning": 2}


@dataclass(frozen=True)
class Origin:
    """A passage that a sentence may come from: ``text`` is the document's ``[start:end]``.

    ``how`` is ``verbatim`` (the same words, typography aside), ``near`` (some are changed) or ``meaning`` (the same
    matter in other words, with its cosine as ``score``).
    """

    document: str
    title: str
    country: str
    date: str
    how: How
    score: float
    text: str
    start: int
    end: int
    page: int | None


def origin(corpus: Corpus, sentence: str, narrowed: Filter = NO_FILTER, top: int = 10) -> tuple[Origin, ...]:
    """Return the passages that hold a sentence: those with its words earliest first, then the nearest in meaning.

    Documents without a date come after those with one. Raises InputError where no word was given.
    """
    asked = question(sentence)
    if not asked:
        raise InputError("the sentence", "it holds no word", "give the words whose origin is sought")
    found = [*_by_words(corpus, sentence, narrowed)]
    held = {one.document for one in found}
    found += [one for one in _by_meaning(corpus, sentence, narrowed, top) if one.document not in held]
    return tuple(sorted(found, key=_order)[:top])


def _order(one: Origin) -> tuple[int, str, float, str, int]:
    rank = RANKS[one.how]
    late = one.date or "9999"
    return rank, late if one.how != "meaning" else "", -one.score, one.document, one.start


def _by_words(corpus: Corpus, sentence: str, narrowed: Filter) -> list[Origin]:
    from polidiff.checking import check_quotes

    documents = [
        corpus.document(one.document) for one in corpus.index.blocks if _allowed(narrowed, one.document, corpus)
    ]
    if not documents:
        return []
    library = corpus.quotes if len(documents) == len(corpus.index.blocks) else None
    (verdict,) = check_quotes([Quote("origin", sentence, -1, -1)], documents, library=library)
    if verdict.document is None or not verdict.matched or verdict.verdict not in _HOW:
        return []
    span = Span(verdict.matched[0].start, verdict.matched[-1].end)
    places = [(verdict.document, span), *verdict.elsewhere]
    seen: set[str] = set()
    made = []
    for document, place in places:
        if document not in seen and _allowed(narrowed, document, corpus):
            seen.add(document)
            made.append(_made(corpus, document, place, _HOW[verdict.verdict], verdict.confidence))
    return made


_HOW: dict[str, How] = {"verbatim": "verbatim", "typographic": "verbatim", "trimmed": "verbatim", "altered": "near"}


def _by_meaning(corpus: Corpus, sentence: str, narrowed: Filter, top: int) -> list[Origin]:
    import numpy as np

    vector = corpus.encode(sentence)
    evidence = corpus.index.evidence(question(sentence), vector)
    length = float(np.sqrt((vector**2).sum())) or 1.0
    made: list[Origin] = []
    seen: set[str] = set()
    for place in np.lexsort((np.arange(len(evidence)), -evidence))[: 50 * top]:
        block, offset = corpus.index.at(int(place))
        near = round(float(corpus.index.vectors[place] @ vector) / length, 4)
        if near < threshold("corpus.near") or block.document in seen or not _allowed(narrowed, block.document, corpus):
            continue
        seen.add(block.document)
        made.append(_made(corpus, block.document, block.provisions[offset].span, "meaning", near))
        if len(made) == top:
            break
    return made


def _allowed(narrowed: Filter, name: str, corpus: Corpus) -> bool:
    if narrowed == NO_FILTER:
        return True
    facts = corpus.facts(name)
    return (not narrowed.documents or name in narrowed.documents) and narrowed.takes(facts)


def _made(corpus: Corpus, name: str, span: Span, how: How, score: float) -> Origin:
    document = corpus.document(name)
    return Origin(
        name,
        document.title,
        document.jurisdiction or "",
        document.date or "",
        how,
        round(score, 4),
        document.text[span.start : span.end],
        span.start,
        span.end,
        document.pages_of(span)[0],
    )


def origin_record(one: Origin) -> JsonObject:
    """Return a passage as ``polidiff origin --format jsonl`` prints it."""
    return {
        "document": one.document,
        "title": one.title,
        "country": one.country or None,
        "date": one.date or None,
        "how": one.how,
        "score": one.score,
        "text": one.text,
        "start": one.start,
        "end": one.end,
        "page": one.page,
    }
