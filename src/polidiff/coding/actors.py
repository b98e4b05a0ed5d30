"""Who leads a provision and who takes part, read from the grammar of English policy prose.

“Led by A through B, in coordination with C”: A leads, B (through which A acts) and C take part. “B at A” is led by B;
A, the body that B belongs to, is no actor of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from polidiff.coding.bodies import Body, Register
from polidiff.lang.needs import Sought
from polidiff.model import Actor, Span

__all__ = ["Cast", "english_actors"]

_VERBS = (
    "led|co-led|chaired|headed|managed|overseen|convened|administered|hosted|coordinated|enabled|implemented|conducted|"
    "operated|delivered|undertaken|carried out"
)
_LED = Sought(rf"\b(?:{_VERBS}) (?:jointly )?by\s+", re.IGNORECASE)
_SHARED = "coordination|collaboration|consultation|partnership|cooperation|conjunction|concert"
_WITH = Sought(
    rf"\b(?:in|and|through|via)?\s*(?:(?:close|direct|active|full)\s+)?(?:{_SHARED})(?:\s+and\s+(?:{_SHARED}))?\s+"
    r"(?:with|between|among|amongst)\s+",
    re.IGNORECASE,
)
_JOIN = Sought(
    r"\b(?:working (?:closely )?with|together with|alongside|jointly with|supported by|assisted by|"
    r"including members of|with (?:input|support|advice|assistance|guidance|help) from|"
    r"with the (?:support|advice|assistance|help) of|including by|program(?:me)? with|work with|partner with|"
    r"coordinate with|coordinating with|collaborate with)\s+",
    re.IGNORECASE,
)
_OPEN = re.compile(r"(?:Through|Via|At|Within|Under)\s+")
_THROUGH = Sought(r"\b(?:through|via)\s+(?=(?:the\s+)?[A-Z])")
_UNDER = Sought(
    r"\b(?:under (?:the )?(?:auspices|leadership|direction|supervision|oversight|authority) of|"
    r"housed (?:at|in|within)|based (?:at|in))\s+"
)
_PLACE = re.compile(r"\b(?:under|at|within|in)\s+(?=(?:the\s+)?[A-Z])")
_ORDER = Sought(
    r"(?:^|[.;]\s+)(?:[A-Z]\w+ly\s+)?(?:Direct|Task|Charge|Instruct|Ask|Mandate|Empower|Designate|Appoint|Authorize|Authorise)\s+"
)
_DUTY = re.compile(r"\s+(?:should|must|will|shall|is to|are to|has to|have to)\s+(?!be\b)")
_DASH_LED = re.compile(r"-led\b")
_SEPARATOR = re.compile(
    r"\s*(?:,\s*(?:and\s+|as well as\s+|or\s+)?|\s+and\s+|\s+as well as\s+|\s*&\s+|;\s*(?:and\s+)?)"
)
_MADE = re.compile(r"\b(?:Establish|Create|Launch|Stand up|Set up|Form|Found|Develop|Build|Operationalize|Pilot)\b")
_FILLER = re.compile(
    r"(?:(?:other|relevant|appropriate|as appropriate|key|all|the|private|national|security|federal|Federal|State|"
    r"state|local|government|research|industry|academic|science|partner|interested|leading|regulatory|regulated|and|"
    r"such as)\s+)*(?:members|officials|agencies|partners|departments|offices|institutions|entities|industry|academia|"
    r"stakeholders|companies|bodies|authorities|governments)?(?:\s+(?:of|with|in|such as)\s+)?"
)
_PARENT = re.compile(r"\s+(?:at|within|in|of|under)\s+(?=(?:the\s+)?[A-Z])")
_ACTING = re.compile(
    r"\s*,?\s*(?:acting )?(?:through|via)\s+(?:its\s+(?:[\w-]+\s+){0,5}(?:at|in|within)\s+)?"
    r"(?=(?:the\s+|its\s+)?[A-Z])"
)
_MEMBERS = Sought(
    r"\b(?:agencies|departments|bodies|offices|partners|members|organi[sz]ations|authorities)"
    r"\s*,?\s+including\s+"
)
_INCLUDING = re.compile(r"\s*,?\s*(?:and\s+)?(?:including|such as|to include)\s+(?:members of\s+)?")


#: Those whom laws bind, as the head of a subject.
_ROLES = (
    "providers?|deployers?|importers?|distributors?|operators?|manufacturers?|developers?|controllers?|processors?|"
    "suppliers?|users?|employers?|employees?|persons?|companies|company|undertakings?|parties|party|member states?|"
    "authorit(?:y|ies)|agenc(?:y|ies)|bod(?:y|ies)|ministers?|secretary|court|tribunal|landlord|tenant|representatives?"
)
_BEARER = Sought(
    rf"(?:^|[.;]\s+|,\s+)(?:(?:The|Each|Every|An?|Any|All|No)\s+)?(?P<who>(?:[\w-]+\s+){{0,3}}?(?:{_ROLES}))"
    r"(?:\s+(?:of|for|in)\s+(?:[\w-]+\s+){0,5}?[\w-]+)?\s+(?:shall|must|may)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Cast:
    """The actors of one provision, and the spans in which they stand as actors (not as the sentence's subject)."""

    lead: list[Actor] = field(default_factory=list)
    others: list[Actor] = field(default_factory=list)
    slots: list[Span] = field(default_factory=list)


def english_actors(text: str, offset: int, register: Register, *, law: bool = False) -> Cast:
    """Return the actors of a provision's ``text``, which begins at ``offset`` of its document.

    With ``law`` the bearer of a duty or a power ("providers shall") counts as the one who leads.
    """
    cast = _Reader(text, offset, register).cast()
    if law and not cast.lead:
        named: dict[str, Actor] = {}
        for match in _BEARER.finditer(text):
            name = " ".join(match.group("who").split())
            name = name[0].upper() + name[1:]
            named.setdefault(name, Actor(name, Span(offset + match.start("who"), offset + match.end("who"))))
        cast.lead.extend(named.values())
    return cast


class _Reader:
    def __init__(self, text: str, offset: int, register: Register) -> None:
        self.text, self.offset, self.register = text, offset, register
        self.lead: list[Body] = []
        self.others: list[Body] = []
        self.via: dict[str, str] = {}
        self.parents: set[str] = set()
        self.slots: list[Span] = []

    def cast(self) -> Cast:
        text = self.text
        for match in _LED.finditer(text):
            self._lead(match.end())
        for opening in _OPEN.finditer(text):
            if not self.lead and (opening.start() == 0 or text[: opening.start()].rstrip().endswith((".", ";"))):
                self._lead(opening.end())
        for match in _UNDER.finditer(text):
            self._lead(match.end())
        for match in _DASH_LED.finditer(text):
            name = re.search(r"[A-Z]{2,}$", text[: match.start()])
            if name:
                self._put(self.lead, Body(name.start(), name.end(), self.register.name(name.group())))
        self._orders()
        first = re.search(r"(?<![A-Z])[.;](?=\s)", text)
        stop = first.end() if first else len(text)
        self._duties(0, stop)
        self._places(stop)
        self._duties(stop, len(text))
        for pattern in (_WITH, _JOIN, _MEMBERS):
            for match in pattern.finditer(text):
                self._others(match.end())
        self._through()
        return self._made()

    def _lead(self, at: int) -> None:
        found, end = self._list(at, filler=True)
        for body in found:
            self._put(self.lead, body)
        self._after(end, [body.name for body in found])

    def _after(self, end: int, leaders: list[str]) -> None:
        """Bodies through which the leaders act, or that the text names as part of them."""
        acting = _ACTING.match(self.text, end)
        including = _INCLUDING.match(self.text, end)
        if acting:
            found, end = self._list(acting.end())
            for body in found:
                self._put(self.others, body)
                if leaders:
                    self.via.setdefault(leaders[-1], body.name)
            self._after(end, [])
        elif including:
            for body in self._list(including.end())[0]:
                self._put(self.others, body)

    def _others(self, at: int) -> None:
        found, end = self._list(at, filler=True)
        for body in found:
            self._put(self.others, body)
        for pattern in (_INCLUDING, _ACTING):
            more = pattern.match(self.text, end)
            if more:
                for body in self._list(more.end(), filler=True)[0]:
                    self._put(self.others, body)

    def _orders(self) -> None:
        for match in _ORDER.finditer(self.text):
            body = self.register.read(self.text, match.end())
            if body is not None:
                self._put(self.lead, body)

    def _duties(self, start: int, stop: int) -> None:
        """“The DOD, DOE and NSF should coordinate …”: the subject of a duty leads.

        In a later sentence it takes part where another body leads already.
        """
        where = self.others if start and self.lead else self.lead
        for match in re.finditer(r"(?:^|(?<![A-Z])[.;:]\s+|,\s*(?=the\s))(?=(?:The |the )?[A-Z])", self.text):
            if not start <= match.end() < max(stop, 1):
                continue
            found, end = self._list(match.end(), filler=True)
            if found and _DUTY.match(self.text, end):
                for body in found:
                    self._put(where, body, slot=False)

    def _through(self) -> None:
        taken = bool(self.lead)
        for match in _THROUGH.finditer(self.text):
            found, end = self._list(match.end())
            found = [body for body in found if not self._known(body)]
            for body in found:
                self._put(self.others if taken else self.lead, body)
            self._after(end, [])

    def _places(self, stop: int) -> None:
        """“Establish a hub under DOL”: without a named leader, the place where a thing is set up leads it."""
        if self.lead or (_MADE.search(self.text[:80]) is None and not self.text.startswith("Convene")):
            return
        for match in _PLACE.finditer(self.text[:stop]):
            before = self.register.read(self.text, max(0, self.text.rfind(" ", 0, match.start()) + 1))
            if before is not None and before.end >= match.start():
                continue
            found, end = self._list(match.end())
            for body in found:
                self._put(self.lead, body)
            if found:
                self._after(end, [])
                return

    def _known(self, body: Body) -> bool:
        return any(body.name == other.name for other in (*self.lead, *self.others)) or body.name in self.parents

    def _list(self, at: int, *, filler: bool = False) -> tuple[list[Body], int]:
        """Read a list of bodies; “B at A” gives B and remembers that A is its parent."""
        found: list[Body] = []
        end = at
        skipped = 0
        while True:
            body = self.register.read(self.text, at)
            if body is None:
                gap = _FILLER.match(self.text, at) if filler and skipped < 4 else None
                if gap and gap.end() > at:
                    skipped += 1
                    at = gap.end()
                    body = self.register.read(self.text, at)
                    if body is None:
                        separator = _SEPARATOR.match(self.text, at)
                        if separator:
                            at = separator.end()
                            continue
                        end = at if found else end
                        break
                else:
                    break
            end = body.end
            parent = _PARENT.match(self.text, end)
            if parent:
                owner = self.register.read(self.text, parent.end())
                if owner is not None:
                    self.parents.add(owner.name)
                    end = owner.end
            found.append(body)
            separator = _SEPARATOR.match(self.text, end)
            if not separator:
                break
            at = separator.end()
        return found, end

    def _put(self, where: list[Body], body: Body, *, slot: bool = True) -> None:
        owner = re.match(r"([A-Z][A-Z&]+)[’']s ", self.text[body.start : body.end])
        if owner:
            self.parents.add(owner.group(1))
        if slot:
            self.slots.append(Span(self.offset + body.start, self.offset + body.end))
        if not self._known(body):
            where.append(body)

    def _made(self) -> Cast:
        def actor(body: Body) -> Actor:
            span = Span(self.offset + body.start, self.offset + body.end)
            return Actor(body.name, span, self.via.get(body.name))

        named = {body.name for body in self.lead}
        lead = sorted((actor(body) for body in self.lead), key=lambda a: a.span)
        others = sorted((actor(body) for body in self.others if body.name not in named), key=lambda a: a.span)
        return Cast(lead, others, sorted(self.slots))
