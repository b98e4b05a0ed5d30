"""Codings bettered by a user's own labels: see :mod:`polidiff.coding.learn`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from polidiff.coding.learn import Learner, learn
from polidiff.coding.themes import THRESHOLD
from polidiff.coding.whole import DECIDES
from polidiff.errors import InputError
from polidiff.model import Code, Codebook, Coding, Document, Provision

if TYPE_CHECKING:
    from polidiff.coding.relevance import Array

__all__ = ["taught_codings", "taught_documents"]

Labels = Mapping[str, frozenset[str]]


def taught_codings(
    provisions: Sequence[Provision], codings: Sequence[Coding], codebook: Codebook, labels: Labels
) -> tuple[tuple[Coding, ...], Learner]:
    """Return the codings with themes as labels teach, and what was learnt.

    ``labels`` map ``"DOCUMENT PROVISION"`` to the ids of themes; provisions and codings run in parallel and may be of
    several documents. From a score of 0.5 a theme is given. Where labels held back show that nothing is gained, the
    codings stay as they are. Raises InputError for labels that name no theme.
    """
    themes = _themes(codebook, labels)
    base = _base([coding.themes for coding in codings], themes)
    texts = [provision.text for provision in provisions]
    learner = _learnt([f"{p.document} {p.id}" for p in provisions], texts, base, themes, labels, THRESHOLD)
    if not learner.gains:
        return tuple(codings), learner
    scores = learner.scores(texts, base)
    made = []
    for row, (provision, coding) in enumerate(zip(provisions, codings, strict=True)):
        known = {code.id: code.cues for code in coding.themes}
        codes = [
            Code(theme, round(float(scores[row, at]), 4), known.get(theme) or learner.cues(*_place(provision), theme))
            for at, theme in enumerate(themes)
            if scores[row, at] >= DECIDES
        ]
        made.append(replace(coding, themes=tuple(sorted(codes, key=lambda c: (-c.score, themes.index(c.id))))))
    return tuple(made), learner


def taught_documents(
    documents: Sequence[Document], scored: Sequence[Sequence[Code]], codebook: Codebook, labels: Labels
) -> tuple[tuple[tuple[Code, ...], ...], Learner]:
    """Return documents' scores as labels teach, and what was learnt; ``labels`` map documents' ids to themes.

    Every theme has its score; one that does not count and has no cues of the codebook has none.
    """
    themes = _themes(codebook, labels)
    base = _base(scored, themes)
    texts = [document.text for document in documents]
    learner = _learnt([document.id for document in documents], texts, base, themes, labels, DECIDES)
    if not learner.gains:
        return tuple(tuple(codes) for codes in scored), learner
    scores, cues = learner.scores(texts, base), learner.cues
    made = []
    for row, codes in enumerate(scored):
        known = {code.id: code.cues for code in codes}
        found = [
            Code(
                theme,
                round(float(score), 4),
                known.get(theme) or (cues(texts[row], 0, theme) if score >= DECIDES else ()),
            )
            for theme, score in zip(themes, scores[row], strict=True)
        ]
        made.append(tuple(sorted(found, key=lambda c: (-c.score, themes.index(c.id)))))
    return tuple(made), learner


def _place(provision: Provision) -> tuple[str, int]:
    return provision.text, provision.start


def _themes(codebook: Codebook, labels: Labels) -> tuple[str, ...]:
    themes = tuple(theme.id for theme in codebook.themes)
    unknown = sorted({code for codes in labels.values() for code in codes} - set(themes))
    if unknown:
        what = f"{', '.join(unknown[:5])} is no theme of the codebook {codebook.id}"
        raise InputError("--learn", what, "use the ids that the codebook gives its themes")
    return themes


def _base(scored: Sequence[Sequence[Code]], themes: Sequence[str]) -> Array:
    import numpy as np

    place = {theme: at for at, theme in enumerate(themes)}
    base = np.zeros((len(scored), len(themes)))
    for row, codes in enumerate(scored):
        for code in codes:
            base[row, place[code.id]] = code.score
    return base


def _learnt(
    names: Sequence[str], texts: Sequence[str], base: Array, themes: Sequence[str], labels: Labels, decides: float
) -> Learner:
    rows = [row for row, name in enumerate(names) if name in labels]
    return learn([texts[row] for row in rows], base[rows], [labels[names[row]] for row in rows], themes, decides)
