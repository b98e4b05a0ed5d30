"""Names of targets, to type and to read.

``us#a017--cn#p3`` is a link, ``us#a017=theme:compute`` a code, ``theme:compute`` a finding, ``us#a017`` a provision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polidiff.errors import InputError
from polidiff.workspace.apply import SINGLE
from polidiff.workspace.decisions import Anchor, Target, link_target
from polidiff.workspace.places import Places

LINK = "--"


def name_of(target: Target, places: Places) -> str | None:
    """Return the name of a target of the current documents, or None where its provisions don't stand there."""
    if target.kind == "finding":
        return f"theme:{target.code.partition('=')[0]}"
    if target.kind == "verdict":
        return f"article:{target.anchors[0].document}@{target.anchors[0].start}"
    provisions = [places.provision(anchor) for anchor in target.anchors]
    names = [f"{p.document}#{p.id}" for p in provisions if p is not None]
    if len(names) < len(provisions):
        return None
    said = LINK.join(names)
    return f"{said}={target.code}" if target.kind == "code" else said


def target_of(name: str, places: Places, findings: Mapping[str, Target]) -> tuple[Target, bool]:
    """Return the target of a name, and whether it is a link named from its second side.

    ``findings`` maps themes to the targets of the current findings. Raises InputError for a name that means nothing.
    """
    if name.startswith("theme:"):
        theme = name.removeprefix("theme:")
        if theme not in findings:
            raise _unknown(name, f"there is no finding on {theme!r}")
        return findings[theme], False
    for at in _all_places(name, LINK):
        ends = [_anchor(part, places) for part in (name[:at], name[at + len(LINK) :])]
        if ends[0] is not None and ends[1] is not None:
            if ends[0].document == ends[1].document:
                raise _unknown(name, "both provisions are of one document")
            return link_target(ends[0], ends[1])
    for at in _all_places(name, "="):
        end, code = _anchor(name[:at], places), name[at + 1 :]
        if end is not None:
            if code not in SINGLE and code.partition(":")[0] not in ("theme", "instrument"):
                raise _unknown(name, f"{code!r} is no code", "theme:ID, instrument:ID, strength, posture or forum")
            return Target("code", (end,), code), False
    whole = _anchor(name, places)
    if whole is None:
        raise _unknown(name, "no such link, code, finding or provision")
    return Target("provision", (whole,)), False


def _all_places(name: str, mark: str) -> Iterable[int]:
    at = name.find(mark)
    while at >= 0:
        yield at
        at = name.find(mark, at + 1)


def _anchor(name: str, places: Places) -> Anchor | None:
    for at in _all_places(name, "#"):
        document, ident = name[:at], name[at + 1 :]
        provision = places.by_id(document, ident)
        if provision is not None:
            return places.anchor(document, provision.span)
    return None


def _unknown(name: str, what: str, remedy: str = "") -> InputError:
    form = remedy or (
        "a link looks like us#a017--cn#p3, a code like us#a017=theme:ID, a finding like theme:ID, a provision like "
        "us#a017; list them with: polidiff review WORKSPACE --format jsonl"
    )
    return InputError(name, what, form)
