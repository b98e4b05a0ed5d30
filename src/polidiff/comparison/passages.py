"""A provision shown as evidence: its own words, with the place that cuts them."""

from __future__ import annotations

from polidiff.model import Passage, Provision, Span


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
