"""Themes of whole documents with any codebook: a score for every theme, from its name, definition and terms.

No training: a theme is a query, and a document answers it in its words, in words near to them, in its meaning and in
the words that keep company with them. Documents that are given together are measured against one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from polidiff.coding.lexicon import Lexicon
from polidiff.coding.relevance import ENOUGH, Collection, keys_of
from polidiff.coding.tally import Stance
from polidiff.lang.words import words_of
from polidiff.model import Code, Codebook, Document, Span, Theme
from polidiff.model.codec import JsonObject
from polidiff.model.outputs import PUBLIC

if TYPE_CHECKING:
    from polidiff.coding.relevance import Array
    from polidiff.encode import Encoder

__all__ = ["DECIDES", "code_documents", "document_record"]

#: Score from which a theme counts as one of the document's: see :func:`_scaled`.
DECIDES = 0.5
#: Evidence at which a document that is measured alone scores one half: about that of a word found in one or two of two
#: dozen pieces, for each of a theme's words.
_ALONE = 2.5
#: Weight in a query of a theme's own name, of its definition's other words, and of the names of broader themes.
_NAME, _DEFINITION, _BROADER = 1.0, 0.3, 0.5
#: Weights of what adds to the theme's own words. Flat around these values on the documents measured.
_NEAR, _MEANING, _COMPANY = 0.5, 0.2, 0.2
#: Terms of a theme, strongest first, that speak for it in a document.
_TERMS = 4
_CUES = 8


def code_documents(
    documents: Sequence[Document], codebook: Codebook, vectors: Encoder | None = None
) -> tuple[tuple[Code, ...], ...]:
    """Return, for each document, a code for every theme of the codebook, best first.

    Scores are in 0..1; from :data:`DECIDES` a theme counts as the document's. ``vectors`` adds meaning to words; with
    None words alone decide. A broader theme scores no lower than its narrower ones. Cues are the places of the theme's
    words and terms. With fewer than twelve documents each is measured by its own pieces.
    """
    if not documents:
        return ()
    themes = codebook.themes
    texts = [document.text for document in documents]
    total = _evidence(texts, codebook, vectors)
    scores = _lifted(_scaled(total, together=len(texts) >= ENOUGH), codebook)
    lexicon = _lexicon(codebook)
    coded = []
    for row, text in enumerate(texts):
        cues = _cues(text, codebook, lexicon)
        found = [
            Code(theme.id, round(float(scores[row, at]), 4), cues.get(theme.id, ())) for at, theme in enumerate(themes)
        ]
        order = {theme.id: at for at, theme in enumerate(themes)}
        coded.append(tuple(sorted(found, key=lambda code: (-code.score, order[code.id]))))
    return tuple(coded)


def document_record(
    document: Document, codebook: Codebook, codes: Sequence[Code], posture: Stance, forum: Stance
) -> JsonObject:
    """Return the record of one line of ``polidiff code --per document``; ``tags`` are the themes that count."""
    return {
        "document": document.id,
        "codebook": codebook.id,
        "tags": [code.id for code in codes if code.score >= DECIDES],
        "themes": PUBLIC.plain(codes),
        "posture": _stance_record(posture),
        "forum": _stance_record(forum),
        "provisions": posture.provisions,
    }


def _stance_record(stance: Stance) -> JsonObject:
    return {
        "label": stance.label,
        "shares": {share.label: {"share": share.share, "interval": [share.low, share.high]} for share in stance.shares},
    }


def _evidence(texts: Sequence[str], codebook: Codebook, vectors: Encoder | None) -> Array:
    """Evidence for each theme in each document, in the units of its words' weights."""
    import numpy as np

    themes = codebook.themes
    collection = Collection(texts)
    total = np.stack([collection.words(_query(theme, codebook)) for theme in themes], axis=1)
    spoken = _terms(texts, collection, codebook)
    given = np.array([bool(theme.en_terms or theme.zh_terms) for theme in themes])
    total = np.where(given, total / 2.0 + spoken, total)
    if vectors is not None:
        names = [theme.name for theme in themes]
        total = total + _NEAR * collection.near(names, vectors)
        total = total + _MEANING * _standard(collection.meaning(names, vectors), len(texts) >= ENOUGH)
    if len(texts) >= ENOUGH:
        total = total + _COMPANY * _standard(collection.company(total), together=True)
    return total


def _query(theme: Theme, codebook: Codebook) -> dict[str, float]:
    query: dict[str, float] = {}

    def put(text: str, weight: float) -> None:
        for key in keys_of(text):
            query[key] = max(query.get(key, 0.0), weight)

    put(f"{theme.definition} {theme.include}", _DEFINITION)
    parent, share = theme.parent, _BROADER
    while parent is not None:
        broader = codebook.theme(parent)
        put(broader.name, share)
        parent, share = broader.parent, share / 2
    put(f"{theme.name} {theme.name_zh if theme.name_zh != theme.name else ''}", _NAME)
    return query


@lru_cache(maxsize=4)
def _lexicon(codebook: Codebook) -> Lexicon:
    terms = dict.fromkeys(term for theme in codebook.themes for term in (*theme.en_terms, *theme.zh_terms))
    return Lexicon(list(terms))


def _terms(texts: Sequence[str], collection: Collection, codebook: Codebook) -> Array:
    """Evidence from the codebook's terms: the mean of a theme's strongest terms in each document."""
    import numpy as np

    lexicon = _lexicon(codebook)
    place = {term: at for at, term in enumerate(lexicon.terms)}
    counts = np.zeros((len(texts), max(1, len(place))))
    for row, text in enumerate(texts):
        for hit in lexicon.find(words_of(text), nested=True):
            counts[row, hit.term] += 1
    weights = collection.phrases(counts)
    found = np.zeros((len(texts), len(codebook.themes)))
    for at, theme in enumerate(codebook.themes):
        own = [place[term] for term in (*theme.en_terms, *theme.zh_terms)]
        if own:
            found[:, at] = np.sort(weights[:, own], axis=1)[:, -_TERMS:].mean(axis=1)
    return found


def _standard(values: Array, together: bool) -> Array:
    """Values in standard deviations: per theme over the documents, or per document over the themes."""
    axis = 0 if together else 1
    spread = values.std(axis=axis, keepdims=True)
    made: Array = (values - values.mean(axis=axis, keepdims=True)) / (spread + 1e-9)
    return made


def _scaled(total: Array, together: bool) -> Array:
    """Scores in 0..1: one half at one standard deviation above the mean of all documents, or at :data:`_ALONE`."""
    import numpy as np

    above = 1.5 * ((total - total.mean()) / (total.std() + 1e-9) - 1.0) if together else total - _ALONE
    made: Array = 1.0 / (1.0 + np.exp(-above))
    return made


def _lifted(scores: Array, codebook: Codebook) -> Array:
    """Scores in which a broader theme has at least that of its narrower ones."""
    import numpy as np

    place = {theme.id: at for at, theme in enumerate(codebook.themes)}
    lifted = scores.copy()
    for at, theme in enumerate(codebook.themes):
        parent = theme.parent
        while parent is not None:
            lifted[:, place[parent]] = np.maximum(lifted[:, place[parent]], scores[:, at])
            parent = codebook.theme(parent).parent
    return lifted


def _cues(text: str, codebook: Codebook, lexicon: Lexicon) -> dict[str, tuple[Span, ...]]:
    """The first places of each theme's terms, and of its name's words where it has no terms there."""
    words = words_of(text)
    spans: dict[str, list[Span]] = {}
    for hit in lexicon.find(words):
        spans.setdefault(lexicon.terms[hit.term], []).append(Span(hit.start, hit.end))
    places: dict[str, list[Span]] = {}
    for word in words.words:
        places.setdefault(word.key, []).append(Span(word.start, word.end))
    found: dict[str, tuple[Span, ...]] = {}
    for theme in codebook.themes:
        own = {spans[term][0] for term in (*theme.en_terms, *theme.zh_terms) if term in spans}
        own = own or {places[key][0] for key in keys_of(theme.name) if key in places}
        found[theme.id] = tuple(sorted(own)[:_CUES])
    return found
