"""A provision shown as evidence: its own words, with the place that cuts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from polidiff.lang.sentences import sentences
from polidiff.model import Passage, Provision, Span

_CLAUSE = re.compile(r"[^，。；！？\s][^，。；！？]*[，。；！？]?")
"""A clause of Chinese, whose sentences hold several commitments."""


def passage_of(provision: Provision, score: float = 0.0, cues: tuple[Span, ...] = ()) -> Passage:
    """Return a provision as a passage; cues outside of its own words (in a heading, a lead-in) are left out."""
    return Passage(
        document=provision.document,
        provision=provision.id,
        path=provision.path,
        text=provision.text,
        start=provision.start,
        end=provision.end,
        page=provision.page_start,
        score=score,
        cues=tuple(cue for cue in cues if cue.within(provision.span)),
    )


def points_of(provision: Provision, words: Sequence[Span], score: float = 0.0) -> list[Passage]:
    """Return the sentences of a provision (in Chinese, the clauses) that hold ``words``, each a passage; the provision
    where it is named as a whole."""
    text = provision.text
    if provision.span in words:
        return [passage_of(provision, score)]
    if provision.language == "zh":
        parts = [Span(found.start(), found.end()) for found in _CLAUSE.finditer(text)]
    else:
        parts = sentences(text, provision.language)
    made = []
    for part in parts:
        place = Span(provision.start + part.start, provision.start + part.end)
        cues = tuple(word for word in words if word.start < place.end and place.start < word.end)
        if cues:
            whole = passage_of(provision, score, tuple(cue for cue in cues if cue.within(place)))
            made.append(replace(whole, text=text[part.start : part.end], start=place.start, end=place.end))
    return made
