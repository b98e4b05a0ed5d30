"""Who answers whom: candidates, scores with their reasons, relations, and how sure it is that nobody answers."""

from polidiff.align.pairs import Alignment, align, alone
from polidiff.align.relation import differences, opposed
from polidiff.align.sides import Side, compared_text, make_side

__all__ = ["Alignment", "Side", "align", "alone", "compared_text", "differences", "make_side", "opposed"]
