"""Codings as the learnt heads judge them: the cue rules' words stay as evidence shown, the heads decide.

What a rule reads exactly (the strength that its own cue names, a named body that leads) stands above the head. Themes
are judged where the codebook is the one that the heads know, or one that somebody edited: there those that he left as
they were. The narrower ones under a theme, and what no head has learnt, stay the cue rules' own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from polidiff.coding.codebook import load_codebook
from polidiff.coding.evidence import passages_of
from polidiff.coding.fit import COMMITTING
from polidiff.coding.strictness import SETTINGS
from polidiff.judges.heads import judge, labels_of_head
from polidiff.model import Code, Codebook, Coding, Document, Provision, Span, Theme
from polidiff.model.judgements import Judgement

__all__ = ["judged", "judged_themes"]

#: The heads by the codebook whose broad themes they judge.
_HEADS = {"ai-plans": "themes", "general-policy": "policy"}
#: Ids of instruments where the heads' labels are shorter.
_INSTRUMENTS = {
    "training": "education_training",
    "testing": "testing_evaluation",
    "institution": "institution_building",
}
#: Steps of plans for the heads' words of strength, where no cue names one.
_STEPS = {"must": "mandate", "will": "directive", "should": "recommendation", "may": "recommendation"}
#: Probability from which a head's strength stands where the rule read no cue. Chosen, not fitted.
_STRENGTH = 0.7
#: The label of what is about no field of policy.
_NO_FIELD = "none"
#: The most that a theme scores which only a cue rule heard: touched, not treated.
_TOUCHED = 0.34


def judged(
    document: Document,
    provisions: Sequence[Provision],
    codings: Sequence[Coding],
    book: Codebook,
    least: float,
    mentions: bool,
) -> tuple[Coding, ...]:
    """Return codings with the heads' judgement of each. ``least`` is the least score of a cue rule's theme.

    With ``mentions`` a theme is given from ``least`` on though it is likelier not to hold, and what only a cue rule
    heard counts as touched.
    """
    head, known = head_of(book), judged_themes(book)
    made = []
    for coding, said in zip(codings, judge(passages_of(document, provisions, codings)), strict=True):
        themes = _themes(coding, said[head or "themes"], book, known, least, mentions)
        named = {code.id for code in themes}
        made.append(
            replace(
                coding,
                themes=themes,
                positions=tuple(code for code in coding.positions if code.id.partition(":")[0] in named),
                instruments=_instruments(coding, said["instruments"]),
                strength=_strength(coding.strength, said["strength"][0], said["kind"][0].label),
                posture=_learnt(said["posture"][0], {coding.posture.id: coding.posture.cues}),
                forum=_learnt(said["forum"][0], {coding.forum.id: coding.forum.cues}),
                kind=_learnt(said["kind"][0]),
                binding=round(sum(one.probability for one in said["kind"] if one.label in COMMITTING), 4),
                direction=_learnt(said["direction"][0]),
                actor=_learnt(said["actor"][0]),
                policy=_policy(said["policy"]),
            )
        )
    return tuple(made)


def _policy(said: Sequence[Judgement]) -> tuple[Code, ...]:
    """The fields of policy, best first; none where the passage is rather about no field."""
    given = [one for one in said if one.given]
    return () if given and given[0].label == _NO_FIELD else tuple(_learnt(o) for o in given if o.label != _NO_FIELD)


def judged_themes(book: Codebook) -> frozenset[str]:
    """Return the ids of a codebook's themes that a head judges; none where no head knows the codebook."""
    head = head_of(book)
    return frozenset(labels_of_head(head)) & _as_learnt(book) if head else frozenset()


def head_of(book: Codebook) -> str | None:
    """Return the head that judges a codebook's broad themes: that of AI plans, of the fields of policy, or none."""
    return _HEADS.get(book.id) if _as_learnt(book) else None


def _as_learnt(book: Codebook) -> frozenset[str]:
    """The themes that stand in a codebook as in the bundled one of its id: with the same words, in the same place."""
    if book.id not in _HEADS:
        return frozenset()
    bundled = {theme.id: _cues(theme) for theme in load_codebook(book.id).themes}
    return frozenset(theme.id for theme in book.themes if bundled.get(theme.id) == _cues(theme))


def _cues(theme: Theme) -> tuple[object, ...]:
    return theme.parent, theme.en_terms, theme.zh_terms


def _learnt(one: Judgement, cues: Mapping[str, tuple[Span, ...]] | None = None, name: str | None = None) -> Code:
    label = name if name is not None else one.label
    usual = one.risk is not None and one.risk <= SETTINGS["usual"]
    return Code(label, one.probability, (cues or {}).get(label, ()), one.by, usual, one.risk)


def _themes(
    coding: Coding, said: Sequence[Judgement], book: Codebook, known: frozenset[str], least: float, mentions: bool
) -> tuple[Code, ...]:
    """The themes of a provision, best first: the heads' broad ones, the rules' narrow ones and others."""
    if not known:
        return tuple(code for code in coding.themes if code.score >= least)
    cues = {code.id: code.cues for code in coding.themes}
    heard = [one for one in said if one.given or (mentions and one.probability >= least)]
    found = {one.label: _learnt(one, cues) for one in heard if one.label in known}
    parents = {theme.id: theme.parent for theme in book.themes}
    for code in coding.themes:
        root = code.id
        while (parent := parents[root]) is not None:
            root = parent
        if root not in known and code.score >= least:
            found[code.id] = code
        elif root != code.id and root in found and code.score >= least:
            found[code.id] = replace(code, score=min(code.score, found[root].score))
        elif mentions and code.id not in found and code.score >= least:
            found[code.id] = replace(code, score=min(code.score, _TOUCHED))
    return tuple(sorted(found.values(), key=lambda code: (-code.score, parents[code.id] is None, code.id)))


def _instruments(coding: Coding, said: Sequence[Judgement]) -> tuple[Code, ...]:
    cues = {code.id: code.cues for code in coding.instruments}
    names = {one.label: _INSTRUMENTS.get(one.label, one.label) for one in said}
    found = [_learnt(one, cues, names[one.label]) for one in said if one.given]
    found += [code for code in coding.instruments if code.id not in names.values()]
    return tuple(found)


def _strength(rule: Code, said: Judgement, kind: str) -> Code:
    """The rule's strength where its words name one; the head's step where they don't, it is sure, and the provision
    tells no mere fact."""
    if rule.cues:
        return replace(rule, printed=True)
    binds = kind not in ("fact", "definition")
    if rule.id == "statement" and binds and said.label in _STEPS and said.probability >= _STRENGTH:
        return _learnt(said, name=_STEPS[said.label])
    risk = said.risk if said.label == "none" else None
    return replace(rule, printed=risk is not None and risk <= SETTINGS["usual"], risk=risk)
