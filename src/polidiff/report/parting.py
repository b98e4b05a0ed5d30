"""Where the documents part: the words that show each one's side."""

from __future__ import annotations

from polidiff.model import Code, Coding, DifferenceKind, Span


def parting_words(coding: Coding | None, kinds: frozenset[DifferenceKind], themes: frozenset[str | None]) -> list[Span]:
    """The words that show each side's place in what the documents differ on; positions only those of ``themes``.

    Every home body and every "should" would be marked if firmness and home forums were: the tags say these.
    """
    if coding is None:
        return []
    spans: list[Span] = []
    if "direction" in kinds:
        spans += [cue for code in positions_on(coding, themes) for cue in code.cues]
        spans += coding.posture.cues if coding.posture.id != "neutral" else ()
    if "forum" in kinds and coding.forum.id in {"allied", "multilateral"}:
        spans += coding.forum.cues
    return spans


def positions_on(coding: Coding, themes: frozenset[str | None]) -> list[Code]:
    """The coded positions that are of one of ``themes``."""
    return [code for code in coding.positions if code.id.partition(":")[0] in themes]
