"""What the cue rules found in a provision, as the evidence that a learnt head weighs beside everything else."""

from __future__ import annotations

from collections.abc import Sequence

from polidiff.coding.context import language_of
from polidiff.coding.strength import is_law, strength_of
from polidiff.judges.features import Passage
from polidiff.model import Code, Coding, Document, Provision

__all__ = ["passages_of"]


def passages_of(document: Document, provisions: Sequence[Provision], codings: Sequence[Coding]) -> list[Passage]:
    """Return a document's provisions as the heads read them, with what the cue rules found in each."""
    law = is_law(document, provisions)
    made = []
    for provision, coding in zip(provisions, codings, strict=True):
        language = language_of(provision)
        step = strength_of(document, provision, language, "plan", law)
        duty = strength_of(document, provision, language, "law", law)
        made.append(
            Passage(
                text=provision.text,
                lead_in=document.cut(provision.lead_in) if provision.lead_in is not None else "",
                path=provision.path,
                language=provision.language,
                kind=provision.kind,
                document=document.id if provision.kind != "row" else f"{document.id} {provision.id}",
                law=law,
                evidence=_evidence(coding, step, duty),
            )
        )
    return made


def _evidence(coding: Coding, step: Code, duty: Code) -> dict[str, float]:
    """The cue rules' codes of one provision by name, each with its score in 0..1."""
    found = {f"theme:{code.id}": code.score for code in coding.themes}
    found |= {f"instrument:{code.id}": code.score for code in coding.instruments}
    for name, code in (("strength", step), ("posture", coding.posture), ("forum", coding.forum)):
        found[f"{name}:{code.id}"] = code.score
    found[f"law:{duty.id}"] = 1.0
    found["lead"] = float(bool(coding.lead))
    found["others"] = float(bool(coding.others))
    return found
