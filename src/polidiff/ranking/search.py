"""Searching documents: which of their passages answer words, phrases or a question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING

from polidiff.encode import Encoder, for_languages
from polidiff.errors import InputError
from polidiff.lang.language import detect_language
from polidiff.model import Document, Provision
from polidiff.model.codec import JsonObject
from polidiff.model.shown import short
from polidiff.ranking.index import Answers, How, Index
from polidiff.ranking.passage import passage_of
from polidiff.ranking.query import Question, lights, question
from polidiff.ranking.weights import weights_for

if TYPE_CHECKING:
    from polidiff.encode.protocol import Vectors


@short
@dataclass(frozen=True)
class SearchHit:
    """A provision that answers; ``start``, ``end`` and ``matched`` are places in the document's canonical text.

    ``score`` is the probability that a reader would take it for an answer. ``matched`` are the words that were asked
    for; it is empty where meaning alone found the passage.
    """

    document: str
    provision: str
    text: str
    start: int
    end: int
    page: int | None
    score: float
    matched: tuple[tuple[int, int], ...]


def search(
    documents: Sequence[tuple[Document, Sequence[Provision]]],
    words: str,
    encoder: Encoder,
    *,
    top: int = 20,
    how: How = "both",
) -> tuple[SearchHit, ...]:
    """Return the leaves among the documents' provisions that answer ``words``, best first, at most ``top``.

    Raises InputError where ``words`` has neither a letter nor a digit.
    """
    asked = question(words)
    if not asked:
        raise InputError("the words that are sought", "they hold no word", 'give words, "a phrase" or a question')
    leaves = [(document, one) for document, provisions in documents for one in provisions if one.leaf]
    passages = [passage_of(document, one) for document, one in leaves]
    vectors, vector = _vectors([one.text for one in passages], words, how, encoder, {p.language for p in passages})
    answers = Index.of(passages, vectors).ask(asked, how, vector)
    return hits_of(answers, asked, lambda place: (leaves[place][0].id, leaves[place][1]), top)


def hits_of(
    answers: Answers, asked: Question, at: Callable[[int], tuple[str, Provision]], top: int
) -> tuple[SearchHit, ...]:
    """Return the first ``top`` answers as hits; ``at`` says which document and provision stand at a place."""
    pattern, curve = lights(asked), weights_for("search").curve
    hits = []
    best = answers.found[0].evidence if answers.found else 0.0
    for answer in answers.found[:top]:
        document, provision = at(answer.place)
        odds = curve.evidence * answer.evidence + curve.gap * (answer.evidence - best) + curve.constant
        found = pattern.finditer(provision.text) if pattern is not None else ()
        hits.append(
            SearchHit(
                document,
                provision.id,
                provision.text,
                provision.start,
                provision.end,
                provision.page_start,
                round(1 / (1 + exp(-odds)), 4),
                tuple((provision.start + m.start(), provision.start + m.end()) for m in found if m.group()),
            )
        )
    return tuple(hits)


def _vectors(
    texts: Sequence[str], words: str, how: How, encoder: Encoder, spoken: set[str]
) -> tuple[Vectors, Vectors | None]:
    import numpy as np

    if how == "words" or not texts:
        return np.zeros((len(texts), 1), dtype=np.float32), None
    chosen = for_languages(encoder, spoken | {detect_language(words)})
    return chosen.encode(texts), chosen.encode([words])[0]


def hit_record(hit: SearchHit) -> JsonObject:
    """Return a hit as ``polidiff search --format jsonl`` prints it."""
    return {
        "document": hit.document,
        "provision": hit.provision,
        "text": hit.text,
        "start": hit.start,
        "end": hit.end,
        "page": hit.page,
        "score": hit.score,
        "matched": [list(span) for span in hit.matched],
    }
