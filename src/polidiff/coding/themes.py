"""Themes of a provision from a codebook's terms alone, with the words that decided.

No training: a term's weight comes from the codebook (how many themes share it, how many words it has, whether it is a
word that policy prose uses for everything) and from the document (a term that stands in nearly every provision of it
tells nothing there).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from polidiff.coding.context import Context
from polidiff.coding.lexicon import Hit, Lexicon, terms_of
from polidiff.coding.salience import Salience
from polidiff.lang.data import load_list
from polidiff.lang.words import Words, has_cjk
from polidiff.model import Code, Codebook, Span

__all__ = ["MENTIONED", "THRESHOLD", "ThemeCoder", "ThemeEvidence", "theme_coder"]

# The numbers below are round on purpose: each says what it stands for. Results are flat around them.

#: Below this score the coder abstains. From the lower one on a theme is at least mentioned: it is set where the
#: findings of ``evals/findings.py`` are met, and was chosen on them.
THRESHOLD, MENTIONED = 0.35, 0.12
#: Words from which a provision counts as long, and what is left there of the weight of a theme's share of the strongest
#: theme's evidence: a long provision takes up several subjects, and is not about each of them more than about the rest.
_LONG, _LONG_WEIGHT = 160, 0.3
#: Own evidence below which a provision is silent, so that its headings may speak alone, and the evidence of headings
#: that supports a theme.
_SILENT, _SUPPORT = 0.7, 0.2
#: How much of a term's weight counts when it stands in a heading, an outer heading, the words that lead in.
_INNER, _OUTER, _LEAD_IN = 0.6, 0.2, 0.6
#: Words up to which a provision counts as short; beyond it the evidence of single mentions thins out.
_SHORT = 60
#: Share of a document's provisions from which a term begins to lose weight there, what it loses for each further
#: share, and what it keeps at least.
_COMMON, _LOSS, _KEEPS = 0.1, 1.5, 0.3
#: What a single sentence of a long provision can add at most: two clear terms.
_SATURATED = 2.0
#: The number that stands for the title that opens a long provision, beside the numbers of its sentences.
_TITLE = -1
#: Share of its weight that a term keeps inside the name of the body that acts.
_IN_BODY = 0.3
#: A heading of so few English words is a label; the heading above it still counts as the nearest.
_LABEL = 2
_CUES = 8

#: Single words that name a subject only together with others.
_GENERIC = frozenset(load_list("words")["generic"])
#: Kinds of systems and set phrases, which say what a provision applies to.
_FAINT = frozenset(load_list("words")["faint"])


@dataclass(slots=True)
class _Evidence:
    """What speaks for one theme in one provision."""

    own: dict[int, float] = field(default_factory=dict)
    around: float = 0.0
    cues: list[Span] = field(default_factory=list)


class ThemeEvidence(NamedTuple):
    """How a theme stands in a provision.

    ``evidence`` is the logarithm of its evidence (0 for one clear term in a short provision), ``rival`` that of its
    share of the strongest single theme's (0 for that one, near to 0 in a long provision), ``ahead`` by how much the
    strongest broad theme leads the next, in 0..1, and ``supported`` says whether a heading speaks for it too.
    """

    evidence: float
    rival: float
    ahead: float
    supported: bool


class ThemeCoder:
    """A codebook made ready to code provisions. Reusable; holds no state of a document."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        owners: dict[str, list[str]] = {}
        for theme in codebook.themes:
            for term in terms_of(theme):
                owners.setdefault(term, []).append(theme.id)
        idle = [term for term in load_list("words")["idle"] if term not in owners]
        self._owners = [tuple(ids) for ids in owners.values()] + [()] * len(idle)
        self._lexicon = Lexicon([*owners, *idle])
        self._parents = {theme.id: theme.parent for theme in codebook.themes}
        self._order = {theme.id: index for index, theme in enumerate(codebook.themes)}
        self._weights = [
            _weight(term, len({self.root(t) for t in ids}))
            for term, ids in zip(self._lexicon.terms, self._owners, strict=True)
        ]

    def root(self, theme: str) -> str:
        """Return the broadest theme above ``theme``."""
        parent = self._parents.get(theme)
        return theme if parent is None else self.root(parent)

    def chain(self, theme: str) -> list[str]:
        """Return ``theme`` and all themes above it, narrowest first."""
        found = [theme]
        while (parent := self._parents.get(found[-1])) is not None:
            found.append(parent)
        return found

    def find(self, words: Words) -> list[Hit]:
        """Return the codebook's terms in a text, in order of place."""
        return [hit for hit in self._lexicon.find(words) if self._owners[hit.term]]

    def damping(self, hits: Sequence[Sequence[Hit]]) -> Mapping[int, float]:
        """Return, for terms that stand in many of the document's provisions, the share of their weight that is left."""
        count = len(hits)
        if count < 12:
            return {}
        seen = Counter(term for found in hits for term in {hit.term for hit in found})
        return {
            term: max(_KEEPS, 1.0 - _LOSS * (number / count - _COMMON))
            for term, number in seen.items()
            if number / count > _COMMON and number > 4
        }

    def code(
        self,
        context: Context,
        hits: Sequence[Hit],
        damping: Mapping[int, float],
        bodies: Sequence[Span] = (),
        least: float = THRESHOLD,
    ) -> tuple[Code, ...]:
        """Return the themes of one provision, best first; empty when nothing reaches ``least``.

        ``bodies`` are the places in which a body is named as the one that acts: its name says little of the subject.
        """
        found = self._found(context, hits, damping, bodies)
        scores = self._scores(context, found)
        kept = [(theme, score) for theme, score in scores.items() if score >= least]
        kept.sort(key=lambda pair: (-pair[1], -len(self.chain(pair[0])), self._order[pair[0]]))
        codes = []
        for theme, score in kept:
            cues = sorted({cue for t in found if theme in self.chain(t) for cue in found[t].cues})
            codes.append(Code(theme, round(score, 4), tuple(cues[:_CUES])))
        return tuple(codes)

    def _found(
        self, context: Context, hits: Sequence[Hit], damping: Mapping[int, float], bodies: Sequence[Span]
    ) -> dict[str, _Evidence]:
        found: dict[str, _Evidence] = {}
        self._own(context, hits, damping, found, bodies)
        if context.lead_in is not None:
            self._around(context.lead_in, _LEAD_IN, damping, found)
        inner = True
        for heading in reversed(context.headings[-3:]):
            self._around(heading, _INNER if inner else _OUTER, damping, found)
            inner = inner and len(heading.words) <= _LABEL and not heading.cjk
        return found

    def sentences(self, context: Context, hits: Sequence[Hit], theme: str) -> set[int]:
        """Return the numbers of the provision's sentences that hold a term of ``theme`` or of a theme under it."""
        held: set[int] = set()
        for hit in hits:
            if any(theme in self.chain(owner) for owner in self._owners[hit.term]):
                held.add(context.sentence_at(hit.start))
        return held

    def _own(
        self,
        context: Context,
        hits: Sequence[Hit],
        damping: Mapping[int, float],
        found: dict[str, _Evidence],
        bodies: Sequence[Span],
    ) -> None:
        counts: Counter[int] = Counter()
        salience = Salience(context)
        for hit in hits:
            counts[hit.term] += 1
            earlier = counts[hit.term] - 1
            share = 1.0 if not earlier else (0.3 if earlier <= 3 else 0.1)
            weight = self._weights[hit.term] * damping.get(hit.term, 1.0) * share
            weight *= salience.of(hit.start)
            sentence = _TITLE if context.in_title(hit.start) else context.sentence_at(hit.start)
            span = Span(context.start + hit.start, context.start + hit.end)
            if any(span.within(body) for body in bodies):
                weight *= _IN_BODY
            for theme in self._owners[hit.term]:
                evidence = found.setdefault(theme, _Evidence())
                evidence.own[sentence] = evidence.own.get(sentence, 0.0) + weight
                if span not in evidence.cues:
                    evidence.cues.append(span)

    def _sum(self, sentences: Mapping[int, float], thin: float) -> float:
        """Evidence over a provision's sentences: a sentence that heaps up a theme's terms counts once."""
        total = 0.0
        for sentence, weight in sentences.items():
            if sentence == _TITLE:
                total += weight * (1.0 + 0.9 * thin)
            else:
                total += weight if thin <= 1.0 else _SATURATED * (1.0 - math.exp(-weight / _SATURATED))
        return total / thin

    def _around(self, text: Words, share: float, damping: Mapping[int, float], found: dict[str, _Evidence]) -> None:
        seen: set[int] = set()
        for hit in self.find(text):
            if hit.term in seen:
                continue
            seen.add(hit.term)
            for theme in self._owners[hit.term]:
                evidence = found.setdefault(theme, _Evidence())
                evidence.around += self._weights[hit.term] * share * damping.get(hit.term, 1.0)

    def standings(
        self, context: Context, hits: Sequence[Hit], damping: Mapping[int, float], bodies: Sequence[Span] = ()
    ) -> dict[str, ThemeEvidence]:
        """Return what speaks for each theme in one provision, against the other themes there: what scores are made of.

        ``bodies`` are as in :meth:`code`.
        """
        return self._standings(context, self._found(context, hits, damping, bodies))

    def _standings(self, context: Context, found: Mapping[str, _Evidence]) -> dict[str, ThemeEvidence]:
        thin = math.sqrt(max(1.0, context.length / _SHORT))
        spread: dict[str, dict[int, float]] = {}
        around: dict[str, float] = {}
        for theme, evidence in found.items():
            for broader in self.chain(theme):
                held = spread.setdefault(broader, {})
                for sentence, weight in evidence.own.items():
                    held[sentence] = held.get(sentence, 0.0) + weight
                around[broader] = around.get(broader, 0.0) + evidence.around
        own = {theme: self._sum(held, thin) for theme, held in spread.items()}
        silent = max(own.values(), default=0.0) < _SILENT
        totals: dict[str, float] = {}
        for theme in own:
            if own[theme] > 0:
                totals[theme] = own[theme] + min(around[theme], 1.0, 0.3 + own[theme])
            elif silent and around[theme] > 0:
                totals[theme] = min(around[theme] / _INNER, 1.0)
        broad = sorted((total for theme, total in totals.items() if self._parents[theme] is None), reverse=True)
        best, second = ([*broad, 0.0, 0.0])[:2]
        strongest = max((self._sum(evidence.own, thin) for evidence in found.values()), default=0.0) or best
        slope = min(1.0, max(0.0, (context.length - _SHORT) / (_LONG - _SHORT)))
        weight = 1.0 - (1.0 - _LONG_WEIGHT) * slope
        made: dict[str, ThemeEvidence] = {}
        for theme, total in totals.items():
            root = totals[self.root(theme)]
            made[theme] = ThemeEvidence(
                evidence=math.log(total),
                rival=weight * math.log(min(1.0, root / strongest)),
                ahead=(1.0 - second / best) * total / root if root == best else 0.0,
                supported=around[theme] > _SUPPORT,
            )
        return made

    def _scores(self, context: Context, found: Mapping[str, _Evidence]) -> dict[str, float]:
        """Scores in 0..1 for every theme with evidence; a narrow theme's is no higher than its broader one's."""
        standings = self._standings(context, found)
        scores: dict[str, float] = {}
        for theme in sorted(standings, key=lambda t: len(self.chain(t))):
            parent = self._parents[theme]
            score = _score(standings[theme])
            scores[theme] = score if parent is None else min(score, scores[parent])
        return scores


def _score(standing: ThemeEvidence) -> float:
    """Share of provisions with such evidence for a theme to which a person gives it, in 0..1.

    A logistic curve with round numbers near to those that ``evals/fit_themes.py`` fits on other documents than those of
    the sections that ``evals/coding.py`` scores first.
    """
    told = 1.9 * standing.evidence + 1.4 * standing.rival + 1.7 * standing.ahead + 0.8 * standing.supported
    return 1.0 / (1.0 + math.exp(0.4 - told))


def _weight(term: str, roots: int) -> float:
    """Weight of a term: longer is more telling, shared or generic less."""
    parts = [part for part in term.replace("…", "...").split("...") if part.strip()]
    if has_cjk(term):
        size = sum(len(part.strip()) for part in parts)
        base = 0.5 if term in _GENERIC else min(1.3, 0.6 + 0.2 * size)
    else:
        words = [word for part in parts for word in part.replace("-", " ").split()]
        if len(words) == 1:
            base = 0.5 if words[0].lower() in _GENERIC else (0.7 if words[0].isupper() else 1.0)
        elif term in _GENERIC:
            base = 0.5
        else:
            base = 1.2 if len(words) == 2 else 1.35
    if term in _FAINT:
        base = 0.25
    if len(parts) > 1:
        base *= 0.85
    return base / math.sqrt(max(1, roots))


@lru_cache(maxsize=8)
def theme_coder(codebook: Codebook) -> ThemeCoder:
    """Return the coder of a codebook, built once."""
    return ThemeCoder(codebook)
