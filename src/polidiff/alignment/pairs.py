"""Aligning two documents: which provisions answer one another, and how sure it is that one stands alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polidiff.alignment.common_words import substance, words_in_common
from polidiff.alignment.figures import figures_differ
from polidiff.alignment.reasons import reasons
from polidiff.alignment.relation import differences, rationale, relation, same_means
from polidiff.alignment.reliability import reliability
from polidiff.alignment.scores import Scores, kept_scores
from polidiff.alignment.sides import CodedDocument, theme_overlap
from polidiff.encode import Encoder
from polidiff.model import Match, Unique
from polidiff.model.comparisons import Reliability
from polidiff.model.shown import frame, polars_frame, row, short, table
from polidiff.ranking.calibration import alone_probabilities
from polidiff.ranking.engine import compare
from polidiff.ranking.evidence import Evidence, turned

if TYPE_CHECKING:
    import pandas
    import polars

Progress = Callable[[str, int, int], None]
TOLD = 100
"""Provisions after which progress is told."""

SURER = 0.1
"""How much higher a pair must score to be linked over many documents than to be called related between two."""

ALONE = 0.95
"""Probability from which on a provision counts as answered by nothing, whatever is faintly related to it."""

FEW_WORDS, UNSURE = 5, 0.9
"""A provision of fewer content words is never said to stand alone more surely: so little can be said in other words."""


@short
@dataclass(frozen=True)
class Alignment:
    """What aligning ``a`` with ``b`` gave: per provision of ``a``, its matches best first and how alone it stands.

    ``scores`` holds the scores of all pairs, those of matches and of the rest; from ``related`` on a pair is related.
    ``reliability`` says how far scores may be off, None where the alignment was kept.
    """

    a: CodedDocument
    b: CodedDocument
    matches: tuple[tuple[Match, ...], ...]
    uniques: tuple[Unique, ...]
    scores: Scores
    related: float = 0.1
    reliability: Reliability | None = None

    def to_frame(self) -> pandas.DataFrame:
        """Return the matches as a pandas DataFrame, best first for each provision of ``a``, with the words of both.

        Raises InputError where pandas is not installed.
        """
        return frame(self.rows())

    def to_polars(self) -> polars.DataFrame:
        """Return the matches as a Polars DataFrame, as :meth:`to_frame`. Raises InputError where polars is missing."""
        return polars_frame(self.rows())

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows of :meth:`to_frame`."""
        words = {provision.id: provision.text for provision in self.b.provisions}
        for provision, matches in zip(self.a.provisions, self.matches, strict=True):
            for match in matches:
                yield {**row(match), "source_text": provision.text, "text": words[match.id]}

    def answering(self, at: int) -> tuple[Match, ...]:
        """The matches of the provision at place ``at`` of ``a`` that answer it, best first.

        None do where it is said to stand alone with :data:`ALONE` or more, though some may be faintly related.
        """
        if self.uniques[at].probability >= ALONE:
            return ()
        return tuple(match for match in self.matches[at] if match.relation != "no_relationship")

    def says_something(self, at: int) -> bool:
        """Whether that provision can be answered by itself: no piece of a list, few words that ask for nothing."""
        one, coding = self.a.provisions[at], self.a.codings[at]
        piece = one.kind == "item" and substance(one.text, one.language == "zh") < FEW_WORDS
        return not piece or bool(coding.strength.cues)

    def _repr_html_(self) -> str:
        names = ("source", "id", "score", "relation", "source_text", "text")
        best = ({name: one[name] for name in names} for one in self.rows())
        return table(list(best), caption=f"{self.a.document.id} → {self.b.document.id}")


def align(
    a: CodedDocument, b: CodedDocument, encoder: Encoder, top: int = 5, *, progress: Progress | None = None
) -> Alignment:
    """Align every provision of ``a`` with its best ``top`` in ``b``; ties are broken by the order of ``b``.

    Over :data:`polidiff.ranking.engine.WIDE` pairs only the candidates nearest in meaning are compared in full.
    """
    found = compare(a.passages(), b.passages(), encoder, top, lambda: theme_overlap(a, b), progress)
    return _aligned(a, b, found, top, progress=progress)


def align_both(
    a: CodedDocument, b: CodedDocument, encoder: Encoder, top: int = 5, *, related: bool = False, many: bool = False
) -> tuple[Alignment, Alignment]:
    """Align ``a`` with ``b`` and ``b`` with ``a``, comparing each pair once.

    With ``related`` only pairs that are said to be related become matches, which is much less work. ``many`` is for two
    of many documents: tokens are compared of pairs alone that are among each other's nearest, and of each provision
    only its best counterpart becomes a match, where its score is :data:`SURER` over what is called related.
    """
    found = compare(a.passages(), b.passages(), encoder, top, lambda: theme_overlap(a, b), mutual=many)
    back = turned(found) if found.places is None else compare(b.passages(), a.passages(), encoder, top)
    least = None if not related else found.weights.related + SURER * many
    return _aligned(a, b, found, 1 if many else top, least), _aligned(b, a, back, 1 if many else top, least)


def _aligned(
    a: CodedDocument,
    b: CodedDocument,
    found: Evidence,
    top: int,
    least: float | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Make the alignment of what was found: with ``least`` only pairs of that score become matches."""
    import numpy as np

    searched = len(b.provisions)
    silent = alone_probabilities(found.total, found.weights.curve) if searched else np.ones(len(a.provisions))
    if searched:
        few = [substance(p.text, p.language == "zh") < FEW_WORDS for p in a.provisions]
        silent = np.where(few, np.minimum(silent, UNSURE), silent)
    matches: list[tuple[Match, ...]] = []
    uniques: list[Unique] = []
    for i, provision in enumerate(a.provisions):
        if progress is not None and i % TOLD == 0:
            progress("giving reasons", i, len(a.provisions))
        row = found.total[i]
        order = [int(row.argmax())] if top == 1 and row.size else np.argsort(-row, kind="stable")[:top].tolist()
        made = (_match(a, b, found, i, j) for j in order if least is None or found.score[i, j] >= least)
        matches.append(tuple(m for m in made if least is None or m.relation != "no_relationship"))
        uniques.append(
            Unique(
                document=a.document.id,
                source=provision.id,
                other=b.document.id,
                probability=round(float(silent[i]), 4),
                nearest=b.provisions[found.target(i, order[0])].id if order else None,
                nearest_score=float(found.score[i, order[0]]) if order else 0.0,
                searched=searched,
            )
        )
    if progress is not None:
        progress("giving reasons", len(a.provisions), len(a.provisions))
    kept = kept_scores(found.score, found.places, searched)
    related_from, off = found.weights.related, reliability(a, b, found.weights)
    return Alignment(a, b, tuple(matches), tuple(uniques), kept, related_from, off)


def _match(a: CodedDocument, b: CodedDocument, found: Evidence, i: int, j: int) -> Match:
    target = found.target(i, j)
    left, right = (a.document, a.provisions[i]), (b.document, b.provisions[target])
    score = float(found.score[i, j])
    common = words_in_common(left, right)
    related = relation(score, left, right, found.weights.related)
    return Match(
        source_document=a.document.id,
        source=left[1].id,
        document=b.document.id,
        id=right[1].id,
        score=score,
        relation=related,
        reasons=reasons(a, b, found, i, j, [word for word, _, _ in common]),
        differs=(*differences(a.codings[i], b.codings[target]), *figures_differ(left[1].text, right[1].text)),
        words=tuple((x, y) for _, x, y in common),
        rationale=rationale(
            related, left, right, float(found.measures.meaning[i, j]), same_means(a.codings[i], b.codings[target])
        ),
    )
