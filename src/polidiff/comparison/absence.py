"""Proof that a document is silent on a theme: the search that was made of it, and the nearest that it found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument
from polidiff.coding import readable_terms
from polidiff.comparison.again import Again
from polidiff.comparison.passages import passage_of
from polidiff.comparison.themes import ThemeCoverage
from polidiff.encode import Encoder
from polidiff.model import Absence, Reason, Span, Theme
from polidiff.ranking.engine import compare
from polidiff.ranking.evidence import Evidence
from polidiff.ranking.passage import Passage as RankedPassage
from polidiff.ranking.passage import passage_of as passage_to_rank

if TYPE_CHECKING:
    from polidiff.encode.protocol import Matrix

NEAREST = 3
ASKED = 6
"""Passages of the speaking documents whose meaning is searched for, strongest first."""

MISSED = 0.14
"""How often the coder misses a theme: of 127 themes that a person gave to a hundred provisions in two languages, it
did not find 18 (``evals/provision_themes.jsonl``) when the labels were new to it. Since then it hears mentions and its
terms are wider, and it misses 7; the first rate is kept, as nearer to that of a document that it has not seen. A
document that touches a theme once is missed at that rate."""


_searched: Again[Absence] = Again(2000)


def absence(theme: Theme, speaking: Sequence[ThemeCoverage], silent: CodedDocument, encoder: Encoder) -> Absence:
    """Search the silent document for the theme's words and for the meaning of the others' passages on it."""
    asked = _asked(speaking)
    told = tuple((side.document.text_sha256, side.provisions[index]) for side, index in asked)
    held = silent.document.id, silent.document.text_sha256, silent.provisions
    return _searched.get((theme, encoder.identity, held, told), lambda: _search(theme, asked, silent, encoder))


def _asked(speaking: Sequence[ThemeCoverage]) -> list[tuple[CodedDocument, int]]:
    """The passages whose meaning is searched for: the strongest of each document, of many that of the surest ones."""
    most = ASKED // len(speaking) or 1
    surest = sorted(range(len(speaking)), key=lambda at: (-speaking[at].spoken[0].code.score, at))[:ASKED]
    chosen = [speaking[at] for at in sorted(surest)]
    return [(heard.side, spoken.index) for heard in chosen for spoken in heard.spoken[:most]]


def _search(
    theme: Theme, passages: Sequence[tuple[CodedDocument, int]], silent: CodedDocument, encoder: Encoder
) -> Absence:
    import numpy as np

    asked = [passage_to_rank(side.document, side.provisions[index]) for side, index in passages]
    definition = RankedPassage(f"{theme.name}. {theme.definition}")
    found = compare([*asked, definition], silent.passages(), encoder, NEAREST)
    best = _best(found, len(silent.provisions))
    terms = readable_terms(theme, silent.document.language)
    worded = words_found(terms, silent)
    order = [int(index) for index in np.argsort(-np.round(best, 4), kind="stable") if int(index) not in worded]
    shown = [*list(worded)[:NEAREST], *order[:NEAREST]]
    searched = Reason.of("absence.searched", n=len(silent.provisions), passages=len(asked))
    if not worded:
        words = Reason.of("absence.no_words")
    elif len(worded) <= NEAREST:
        words = Reason.of("absence.words", n=len(worded))
    else:
        words = Reason.of("absence.words_many", n=len(worded), shown=NEAREST)
    return Absence(
        document=silent.document.id,
        searched=len(silent.provisions),
        terms=terms,
        nearest=tuple(
            passage_of(silent.provisions[index], round(float(best[index]), 4), worded.get(index, ())) for index in shown
        ),
        probability=1 - MISSED,
        reasons=(searched, words),
    )


def _best(found: Evidence, size: int) -> Matrix:
    """The best score of each provision among all that was asked, shape ``(size,)``; 0 where it is no candidate."""
    import numpy as np

    best = np.zeros(size)
    if found.places is None:
        return found.score.max(axis=0) if size else best
    np.maximum.at(best, found.places.ravel(), found.score.ravel())
    return best


def words_found(terms: Sequence[str], side: CodedDocument) -> dict[int, tuple[Span, ...]]:
    """Return the places of a theme's terms in a side's provisions, by index, those with most first.

    Terms with a gap (``…``) are left out: they are patterns, not words. A term in capitals is looked for in capitals.
    """
    plain = [term for term in terms if "…" not in term]
    exact = "|".join(re.escape(term) for term in plain if term.isupper())
    loose = "|".join(re.escape(term) for term in plain if not term.isupper())
    edge = r"(?<!\w)(?:{})(?!\w)" if side.document.language != "zh" else "(?:{})"
    forms = [re.compile(edge.format(exact))] if exact else []
    forms += [re.compile(edge.format(loose), re.IGNORECASE)] if loose else []
    sought = [term.casefold() for term in plain]
    found: dict[int, tuple[Span, ...]] = {}
    for index, provision in enumerate(side.provisions):
        text = folded(provision.text)
        if not any(term in text for term in sought):
            continue
        spans = sorted({Span(m.start(), m.end()) for form in forms for m in form.finditer(provision.text)})
        if spans:
            found[index] = tuple(Span(provision.start + s.start, provision.start + s.end) for s in spans)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text as words are looked for in it, kept while it is asked for again."""
    return text.casefold()
