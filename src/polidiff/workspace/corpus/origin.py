"""Where words or a claim came from: the documents that hold them, the earliest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from polidiff.errors import InputError
from polidiff.model import Quote, Span
from polidiff.model.codec import JsonObject
from polidiff.ranking.query import question
from polidiff.thresholds import threshold
from polidiff.workspace.corpus.hold import Corpus
from polidiff.workspace.corpus.index import NO_FILTER, Filter
from polidiff.workspace.corpus.relation import earlier

__all__ = ["Origin", "origin", "origin_record", "unordered"]

How = Literal["verbatim", "near", "meaning"]

LOOKED, FEW = 40, 3
"""Documents whose texts are gone through for the words themselves, at the most; and without a choice."""

HELD = 0.6
"""Share of the words that the best provision of all documents holds which a document's best one must hold, too."""

RANKS: dict[How, int] = {"verbatim": 0, "near": 1, "meaning": 2}


@dataclass(frozen=True)
class Origin:
    """A passage that a sentence may come from: ``text`` is the document's ``[start:end]``.

    ``how`` is ``verbatim`` (the same words, typography aside), ``near`` (some are changed) or ``meaning`` (the same
    matter in other words, with its cosine as ``score``). ``changed`` are words of the sentence, and what stands for
    them in the passage.
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
    changed: tuple[tuple[str, str], ...] = ()


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

    documents = [corpus.document(name) for name in _likely(corpus, sentence, narrowed)]
    if not documents:
        return []
    (verdict,) = check_quotes([Quote("origin", sentence, -1, -1)], documents)
    if verdict.document is None or not verdict.matched or verdict.verdict not in _HOW:
        return []
    span = Span(verdict.matched[0].start, verdict.matched[-1].end)
    places = [(verdict.document, span), *verdict.elsewhere]
    if verdict.edits:
        text = next(one.text for one in documents if one.id == verdict.document)
        (same,) = check_quotes([Quote("origin", text[span.start : span.end], -1, -1)], documents)
        if same.document is not None and same.matched:
            places += [(same.document, Span(same.matched[0].start, same.matched[-1].end)), *same.elsewhere]
    seen: set[str] = set()
    made = []
    for document, place in places:
        if document not in seen:
            seen.add(document)
            made.append(_made(corpus, document, place, _HOW[verdict.verdict], verdict.confidence))
    changed = tuple((edit.quote, edit.source) for edit in verdict.edits)
    return [replace(one, changed=changed) for one in made]


def _likely(corpus: Corpus, sentence: str, narrowed: Filter) -> list[str]:
    """The documents that hold the most of a sentence's words in one provision, in the order of the corpus.

    Where its words stand, most of them stand in one provision, or in two.
    """
    index = corpus.index
    allowed = [n for n, one in enumerate(index.entries) if one.provisions and narrowed.names(one.document, one.facts)]
    if len(allowed) > FEW:
        shares = index.passages.shares(question(sentence))
        starts = index.starts()
        best = {n: float(shares[starts[n] : starts[n] + index.entries[n].provisions].max()) for n in allowed}
        least = HELD * max(best.values(), default=0.0)
        allowed = [n for n in allowed if best[n] >= least]
        allowed = sorted(sorted(allowed, key=lambda n: (-best[n], n))[:LOOKED])
    return [index.entries[n].document for n in allowed]


_HOW: dict[str, How] = {"verbatim": "verbatim", "typographic": "verbatim", "trimmed": "verbatim", "altered": "near"}


def _by_meaning(corpus: Corpus, sentence: str, narrowed: Filter, top: int) -> list[Origin]:
    import numpy as np

    index = corpus.index
    vector = corpus.encode(sentence)
    evidence, cosines = index.passages.evidence(question(sentence), vector), index.passages.cosines(vector)
    mask = index.mask(narrowed)
    allowed = (cosines >= threshold("corpus.near")) & (True if mask is None else mask)
    places = np.flatnonzero(allowed)
    made: list[Origin] = []
    seen: set[str] = set()
    for place in places[np.lexsort((places, -evidence[places]))].tolist():
        entry = index.entries[index.number(place)]
        if entry.document in seen:
            continue
        seen.add(entry.document)
        made.append(_made(corpus, entry.document, index.provision(place).span, "meaning", float(cosines[place])))
        if len(made) == top:
            break
    return made


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


def unordered(found: Sequence[Origin]) -> tuple[Origin, ...]:
    """Return those with the words of which nobody can say, by their dates, which is the earliest; none where one is."""
    held = [one for one in found if one.how == found[0].how != "meaning"]
    open_ = tuple(one for one in held if earlier(held[0].date, one.date) is None)
    return open_ if len(open_) > 1 else ()


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
        "changed": [list(pair) for pair in one.changed],
    }
