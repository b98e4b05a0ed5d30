"""What a judge is asked of documents: few questions that together show every pair of passages worth a look.

A question shows up to eight passages of each of two documents at once, since opposition is often a matter of stance,
in words that are not near. Which ones stand together is a matter of cover: every pair of provisions has a worth (how
near they are, by meaning, by rare words, by themes, and how far both commit their documents), and each next question
takes the passages that bring the most worth not shown yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from polidiff.alignment import CodedDocument
from polidiff.comparison.grouping import common_words
from polidiff.comparison.matters import Matter, said
from polidiff.judges.protocol import AskedPassage, Item, item_of
from polidiff.model import Provision

if TYPE_CHECKING:
    from polidiff.comparison.findings import Alignments
    from polidiff.encode.protocol import Matrix

__all__ = ["LEAST_SAID", "Member", "asked_items", "asked_passages", "blocks", "on_themes", "worth_of"]

Member = tuple[int, int]
"""A side and the index of a provision in it."""

EACH = 8
"""Passages of each side that one question shows at the most (a trial with fewer missed oppositions of stance)."""
QUESTIONS = 80
"""Questions on two documents at the most, at the most. On six pairs that may be read they show 46 of
55 pairs of a reader's shared findings and 24 of 31 divergent ones; one question by matter, by theme and by commitment
showed 47 and 21, in two and a half times as many questions and nearly twice the words."""
LONGEST = 900
"""Code points of a passage that are shown."""
NEAR, WORDS, THEMES = (1.0, 0.8, 0.65, 0.5, 0.4), (0.5, 0.3), (0.5, 0.4, 0.3, 0.2)
"""What a provision's first, second… nearest of the other side is worth: by the alignment, by rare words in common
(which join what is opposed as well as what agrees), by themes."""
ON_THEME = 0.3
"""What themes in common are worth to a pair that is among nobody's nearest. Tried: 0, 0.3, 0.6, 1."""
LEAST_SAID = 0.15
"""What a passage that commits its document to nothing is worth at the least: preambles tell stances."""
FIRST, NEXT = 0.1, 0.05
"""Worth of a pair under which no question begins with it, and that a further passage has to bring."""


def asked_items(sides: Sequence[CodedDocument], alignments: Alignments, matters: Sequence[Matter]) -> list[Item]:
    """Return what is to be asked, the weightiest first, at most :data:`QUESTIONS` of each pair."""
    name = {member: matter.name("en") for matter in matters for member in matter.members}
    found: list[tuple[float, int, Item]] = []
    for first in range(len(sides)):
        for second in range(first + 1, len(sides)):
            shown = sorted(blocks(worth_of(sides[first], sides[second], alignments), EACH), key=lambda one: -one[0])
            for worth, rows, columns in shown[:QUESTIONS]:
                members = [*((first, row) for row in rows), *((second, column) for column in columns)]
                facts = {"matter": _named([name[one] for one in members if one in name])}
                found.append((-worth, len(found), item_of("finding", asked_passages(sides, members), facts)))
    items = {item.id: item for _, _, item in sorted(found, key=lambda one: one[:2])}
    return list(items.values())


def worth_of(a: CodedDocument, b: CodedDocument, alignments: Alignments) -> Matrix:
    """Return what it is worth to know how each provision of ``a`` relates to each of ``b``: a row for each of ``a``."""
    import numpy as np

    rows, columns = len(a.provisions), len(b.provisions)
    alignment = alignments.get((a.document.id, b.document.id))
    near = np.zeros((rows, columns))
    if alignment is not None:
        near = np.asarray(alignment.scores.at(range(rows), range(columns)), dtype=np.float64)
    weight = np.sqrt(np.outer(_speaking(a), _speaking(b)))
    on_theme = on_themes(a, b)
    worth = _ranked(near, NEAR) + _ranked(common_words([*a.texts(), *b.texts()])[:rows, rows:], WORDS)
    worth = worth + _ranked(on_theme, THEMES) + ON_THEME * on_theme
    # Scores that differ in the last bits between machines must not decide what is asked.
    rounded: Matrix = np.round(worth * weight, 6)
    return rounded


def _speaking(side: CodedDocument) -> Matrix:
    import numpy as np

    return np.array([max(LEAST_SAID, said(side, index)) for index in range(len(side.codings))])


def on_themes(a: CodedDocument, b: CodedDocument) -> Matrix:
    """Return the product of the provisions' theme scores, summed over themes, for what commits both documents."""
    import numpy as np

    names = sorted({code.id for side in (a, b) for coding in side.codings for code in coding.themes})
    place = {name: at for at, name in enumerate(names)}
    made = []
    for side in (a, b):
        scores = np.zeros((len(side.codings), max(1, len(names))))
        for row, coding in enumerate(side.codings):
            for code in coding.themes:
                scores[row, place[code.id]] = code.score
        made.append(scores)
    product: Matrix = made[0] @ made[1].T * np.sqrt(np.outer(_speaking(a), _speaking(b)))
    return product


def _ranked(scores: Matrix, worth: Sequence[float]) -> Matrix:
    """What each pair is worth by its rank among those of its row and among those of its column."""
    import numpy as np

    made = np.zeros_like(scores)
    for table, target in ((np.round(scores, 6), made), (np.round(scores, 6).T, made.T)):
        order = np.argsort(-table, axis=1, kind="stable")
        for rank, value in enumerate(worth[: table.shape[1]]):
            rows, columns = np.arange(table.shape[0]), order[:, rank]
            target[rows, columns] += np.where(table[rows, columns] > 0, value, 0.0)
    return made


def blocks(worth: Matrix, each: int) -> Iterator[tuple[float, list[int], list[int]]]:
    """Yield groups of at most ``each`` rows and columns that bring the most worth not yet shown, with it, until little
    is left."""
    import numpy as np

    left = worth.copy()
    while left.size:
        row, column = divmod(int(np.argmax(left)), left.shape[1])
        if left[row, column] <= FIRST:
            return
        rows, columns = [row], [column]
        while True:
            row, by_row = _best(left[:, columns].sum(axis=1), rows, each)
            column, by_column = _best(left[rows].sum(axis=0), columns, each)
            if max(by_row, by_column) < NEXT:
                break
            if by_row >= by_column:
                rows.append(row)
            else:
                columns.append(column)
        shown = np.ix_(sorted(rows), sorted(columns))
        yield float(left[shown].sum()), sorted(rows), sorted(columns)
        left[shown] = 0.0


def _best(gains: Matrix, taken: Sequence[int], each: int) -> tuple[int, float]:
    """The place that brings the most beside those taken, and how much; nothing once ``each`` are."""
    import numpy as np

    if len(taken) >= each:
        return -1, -1.0
    gains = np.round(gains, 6)
    gains[list(taken)] = -1.0
    place = int(np.argmax(gains))
    return place, float(gains[place])


def _named(names: Sequence[str]) -> str:
    """The name that most passages' matters bear, the first of equals."""
    return max(dict.fromkeys(names), key=names.count, default="")


def asked_passages(sides: Sequence[CodedDocument], members: Sequence[Member]) -> list[AskedPassage]:
    """Return provisions as a question shows them, each cut to :data:`LONGEST`, under its headings."""
    return [_passage(sides[side], sides[side].provisions[index]) for side, index in members]


def _passage(side: CodedDocument, provision: Provision) -> AskedPassage:
    heading = " > ".join(provision.path[-2:])
    if provision.lead_in is not None:
        heading = f"{heading} | {side.document.cut(provision.lead_in)}"[-LONGEST:]
    text = provision.text[:LONGEST]
    return AskedPassage(provision.document, provision.start, provision.start + len(text), text, heading)
