"""Who answers whom: candidates, scores with their reasons, relations, and how sure it is that nobody answers."""

from polidiff.alignment.clusters import clusters
from polidiff.alignment.many import MOST_DOCUMENTS, align_all, align_pairs, is_many
from polidiff.alignment.one_to_one import assigned, one_to_one
from polidiff.alignment.pairs import Alignment, align, align_both
from polidiff.alignment.record import align_records
from polidiff.alignment.relation import differences, opposed
from polidiff.alignment.scores import Scores
from polidiff.alignment.sides import CodedDocument, make_side
from polidiff.ranking.passage import compared_text

__all__ = [
    "MOST_DOCUMENTS",
    "Alignment",
    "CodedDocument",
    "Scores",
    "align",
    "align_all",
    "align_both",
    "align_pairs",
    "align_records",
    "assigned",
    "clusters",
    "compared_text",
    "differences",
    "is_many",
    "make_side",
    "one_to_one",
    "opposed",
]
