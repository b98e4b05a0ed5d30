"""How much a word's place says that a provision is about it: what it does, or what it only speaks of on the way.

Each rule takes a share of a term's weight away, and each is of the language and not of a document: a sentence that only
states while others commit, a comparison or an example, a clause of time or reason, the title of an act that is cited.
"""

from __future__ import annotations

import re

from polidiff.coding.context import Context
from polidiff.coding.strength_plan import plan_strength
from polidiff.coding.strength_zh import plan_strength_zh

__all__ = ["Salience"]

# Shares that are left of a term's weight. Of terms in such places a fifth to a third fewer name a theme that a person
# gives than of terms elsewhere, on the labels of ``evals``.
_STATED, _EXAMPLE, _ASIDE, _CITED = 0.65, 0.6, 0.8, 0.15

#: Examples and comparisons, to the end of the clause or the bracket.
_EXAMPLES = re.compile(
    r"\b(?:such\s+as|e\.g\.|for\s+example|for\s+instance|similar\s+to|akin\s+to|modell?ed\s+(?:after|on))\b[^.;:\n]*"
    r"|\([^()]{12,}\)|(?:例如|比如|诸如)[^。；\n]*",
    re.IGNORECASE,
)
#: Clauses of time, reason and reference, which say when, why or under what a thing is done.
_ASIDES = re.compile(
    r"\b(?:as|because|since|given|when|where|while|whereas|although|if|unless|without\s+prejudice\s+to|consistent\s+with|"
    r"in\s+light\s+of|in\s+accordance\s+with|subject\s+to|pursuant\s+to|notwithstanding|by\s+virtue\s+of|rather\s+than|"
    r"with\s+the\s+exception\s+of|referred\s+to\s+in)\s[^.;:,\n]*"
    r"|(?:根据|依照|按照|鉴于)[^，。；\n]*|为了?[^。；\n]*?(?=，根据|，依据|，制定)",
    re.IGNORECASE,
)
#: The title of an act or a paper, and an act by its number.
_TITLES = re.compile(
    r"《[^》\n]{2,60}》|\b(?:Regulation|Directive|Decision|Executive\s+Order|Article)s?\s+(?:\((?:EU|EC|EEC|Euratom)\)\s*)?"
    r"(?:No\.?\s*)?\d+(?:/\d+)*(?:\s*\(\d+\))*(?:\s+(?:of|and)\s+(?:Regulation|Directive)\s+\(EU\)\s*\d+/\d+)?"
)


class Salience:
    """The places of one provision that weigh less."""

    __slots__ = ("_context", "_lower", "_stated")

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lower = [
            (match.start(), match.end(), share)
            for pattern, share in ((_TITLES, _CITED), (_EXAMPLES, _EXAMPLE), (_ASIDES, _ASIDE))
            for match in pattern.finditer(context.text)
        ]
        self._stated: dict[int, bool] = {}

    def of(self, start: int) -> float:
        """Return the share of its weight, in 0..1, that is left to a term at ``start`` of the provision's own text."""
        share = min((share for a, b, share in self._lower if a <= start < b), default=1.0)
        number = self._context.sentence_at(start)
        if number and not self._commits(number) and any(self._commits(other) for other in range(number)):
            share *= _STATED
        return share

    def _commits(self, number: int) -> bool:
        """Whether a sentence does more than state."""
        if number not in self._stated:
            start, end = self._context.sentence_text(number)
            read = plan_strength_zh if self._context.language == "zh" else plan_strength
            self._stated[number] = read(self._context.text[start:end].strip()).label != "statement"
        return self._stated[number]
