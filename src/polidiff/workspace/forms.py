"""A decision as people give it: options of a command, keys in a terminal, fields of a page's form, a call from Python.

All of them give the same few fields, and one parser makes of them what :meth:`Workspace.decide` writes down.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast, get_args

from polidiff.errors import InputError
from polidiff.workspace.apply import SINGLE
from polidiff.workspace.decisions import FOUND, RELATIONS, Decision, Target, Verb

if TYPE_CHECKING:
    from polidiff.workspace.project import Workspace

__all__ = ["DecisionForm", "parse_decision"]

_VERBS = get_args(Verb)


@dataclass(frozen=True, slots=True)
class DecisionForm:
    """What somebody wants to decide: of ``what`` (a name or a target) ``verb`` with ``value``, and ``why``.

    ``seen`` are the decisions that were shown beside it, None where it was asked of the workspace as it is now.
    """

    what: str | Target
    verb: Verb
    value: str = ""
    why: str = ""
    seen: tuple[str, ...] | None = None

    def write(self, work: Workspace, *, by: str, when: datetime, blind: bool = False) -> Decision:
        """Write the decision down. Raises InputError for what means nothing, OutputError where it can't be written."""
        return work.decide(
            self.what, self.verb, by=by, when=when, why=self.why, value=self.value, blind=blind, seen=self.seen
        )


def parse_decision(
    work: Workspace, what: str | Target, fields: Mapping[str, object], *, proposed: str = ""
) -> DecisionForm:
    """Return what the fields of a form decide of ``what``. Raises InputError for none or several, and odd ones.

    Exactly one of these says what: ``verb`` (a verb, the name of a relation or a finding, or ``strength``, ``posture``,
    ``forum`` of a provision with its ``value``), ``relation``, ``label``, ``split`` (the words before which to cut).
    ``value`` beside ``accept`` or ``reject`` of a provision is a theme's id, beside ``split`` an offset. ``shown`` is
    the relation that was on the screen when a link was accepted, else ``proposed``. ``why`` and ``seen`` (ids, parted
    by spaces) go with all of them.
    """
    given = {name: str(fields[name]) for name in fields if fields[name] not in (None, "")}
    asked = [name for name in ("verb", "relation", "label", "split") if name in given]
    if asked == ["verb", "split"] and given["verb"] == "split":
        asked = ["split"]
    if len(asked) != 1:
        raise InputError("decide", "needs one decision, and one alone", "accept, reject, relation, label, note, undo")
    verb, value = str(asked[0]), given.get("value", "")
    if verb == "verb":
        verb = given["verb"]
    else:
        value = given[verb]
    if asked == ["split"]:
        value = str(work.offset(_named(what), value))
    elif verb in RELATIONS:
        verb, value = "relation", verb
    elif verb in FOUND:
        verb, value = "label", verb
    elif verb in SINGLE:
        what, verb = f"{_named(what)}={verb}", "label"
    elif verb in ("accept", "reject") and isinstance(what, str) and value:
        what, value = f"{what}=theme:{value}", ""
    elif verb == "accept" and isinstance(what, Target) and what.kind == "link":
        value = given["shown"] if given.get("shown") in RELATIONS else proposed
    elif verb not in _VERBS:
        raise InputError(verb, "is nothing that can be decided", f"what can is: {', '.join(_VERBS)}")
    seen = tuple(str(fields["seen"]).split()) if fields.get("seen") is not None else None
    return DecisionForm(what, cast(Verb, verb), value, given.get("why", ""), seen)


def _named(what: str | Target) -> str:
    if isinstance(what, Target):
        raise InputError(what.kind, "is no provision", "only a provision can be cut or labelled so")
    return what
