"""A provision shown as evidence: its own words, with the place that cuts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from polidiff.lang.sentences import sentences
from polidiff.model import Passage, Provision, Span

_CLAUSE = re.compile(r"[^，。；！？]+[，。；！？]?")
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


def point_of(provision: Provision, words: Sequence[Span], score: float = 0.0) -> Passage:
    """Return the part of a provision from the first to the last sentence (in Chinese, clause) that holds ``words``."""
    text = provision.text
    if provision.language == "zh":
        parts = [Span(found.start(), found.end()) for found in _CLAUSE.finditer(text)]
    else:
        parts = sentences(text, provision.language)
    inside = [Span(word.start - provision.start, word.end - provision.start) for word in words]
    held = [part for part in parts if any(part.start < word.end and word.start < part.end for word in inside)]
    whole = passage_of(provision, score, tuple(words))
    if not held:
        return whole
    start, end = held[0].start, held[-1].end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end -= len(text[start:end]) - len(text[start:end].rstrip())
    return replace(whole, text=text[start:end], start=provision.start + start, end=provision.start + end)
