"""Who answers whom: candidates, scores with their reasons, relations, and how sure it is that nobody answers."""

from polidiff.align.clusters import clusters
from polidiff.align.many import align_all
from polidiff.align.one_to_one import assigned, one_to_one
from polidiff.align.pairs import Alignment, align, align_both
from polidiff.align.record import align_records
from polidiff.align.relation import differences, opposed
from polidiff.align.scores import Scores
from polidiff.align.sides import Side, compared_text, make_side

__all__ = [
    "Alignment",
    "Scores",
    "Side",
    "align",
    "align_all",
    "align_both",
    "align_records",
    "assigned",
    "clusters",
    "compared_text",
    "differences",
    "make_side",
    "one_to_one",
    "opposed",
]
