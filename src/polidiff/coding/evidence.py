"""What the cue rules found in a provision, as the evidence that a learnt head weighs beside everything else."""

from __future__ import annotations

from polidiff.model import Coding

__all__ = ["evidence_of"]


def evidence_of(coding: Coding, law: str) -> dict[str, float]:
    """Return the cue rules' codes of one provision by name, each with its score in 0..1.

    ``law`` is the class of law that its words have, beside the step of plans that ``coding`` holds.
    """
    found = {f"theme:{code.id}": code.score for code in coding.themes}
    found |= {f"instrument:{code.id}": code.score for code in coding.instruments}
    for name in ("strength", "posture", "forum"):
        code = getattr(coding, name)
        found[f"{name}:{code.id}"] = code.score
    found[f"law:{law}"] = 1.0
    found["lead"] = float(bool(coding.lead))
    found["others"] = float(bool(coding.others))
    return found
