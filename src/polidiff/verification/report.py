"""What a proof says: what was checked, what could not be, and what does not hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from polidiff.model.shown import short


@short
@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that does not hold.

    ``file`` is the file of the output at fault, ``place`` the record in it (``findings[3].passages[0]``, a line,
    an element), ``document`` the id of the document concerned or ``""``, ``what`` the fault in plain words.
    """

    file: str
    place: str
    document: str
    what: str

    def __str__(self) -> str:
        where = ", ".join(
            part for part in (self.file, self.place, self.document and f"document {self.document}") if part
        )
        return f"{where}: {self.what}"


@short
@dataclass(frozen=True, slots=True)
class VerifyReport:
    """The outcome of one proof.

    ``checked`` counts what was proved, by kind; ``unchecked`` says in plain lines what could not be looked at (a
    source that is not at hand). ``strict`` makes anything unchecked a failure. ``shares`` gives for each document
    whose source was read the part, 0 to 1, of the quoted words' characters that the second reader found there.
    ``places`` counts passages whose words were looked for in a source while their spans could not be proved, since the
    text that they cut is not at hand.
    """

    problems: tuple[Problem, ...]
    checked: tuple[tuple[str, int], ...]
    unchecked: tuple[str, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    strict: bool = False
    places: int = 0

    @property
    def ok(self) -> bool:
        """Whether something was proved and everything holds (and, when strict, everything was checked)."""
        return bool(self.checked) and not self.problems and not (self.strict and (self.unchecked or self.places))

    def lines(self) -> list[str]:
        """Return the report as plain lines: problems first, then what was not checked, then the counts."""
        out = [f"problem: {problem}" for problem in self.problems]
        out += [f"not checked: {line}" for line in self.unchecked]
        for document, share in self.shares:
            out.append(f"{document}: {share:.2%} of the quoted words found in the source by a second reader")
        if self.places:
            out.append(f"not checked: the places of {self.places} passages; give the report folder to prove them too")
        if self.checked:
            out += [f"proved: {count:,} {kind}" for kind, count in self.checked]
        else:
            out.append("nothing was proved: give the report folder, or the file with --source")
        return out


@short
@dataclass(slots=True)
class Ledger:
    """Where the steps of a proof write what they find, in order.

    ``disputed`` counts passages by document, page (0 where none is known) and what two readers disagree about.
    """

    problems: list[Problem] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    shares: dict[str, float] = field(default_factory=dict)
    places: int = 0
    absent: dict[str, list[str]] = field(default_factory=dict)
    disputed: Counter[tuple[str, int, str]] = field(default_factory=Counter)

    def missing(self, file: str, place: str, document: str) -> None:
        """Note words of a document of which nothing is at hand; they are told in one line for each document."""
        self.absent.setdefault(document, []).append(f"{file}, {place}")

    def fault(self, file: str, place: str, document: str, what: str) -> None:
        """Note a thing that does not hold."""
        problem = Problem(file, place, document, what)
        if problem not in self.problems:
            self.problems.append(problem)

    def close(self, strict: bool) -> VerifyReport:
        """Return the finished report."""
        for document, places in self.absent.items():
            more = f" (and {len(places) - 1} more places)" if len(places) > 1 else ""
            self.unchecked.append(f"{places[0]}{more}: no source is given for document {document}")
        for (document, page, what), count in sorted(self.disputed.items()):
            where = f"document {document}, page {page}" if page else f"document {document}"
            self.unchecked.append(
                f"{where}: the two readers disagree about {what} ({count} passage{'s' * (count > 1)})"
            )
        return VerifyReport(
            tuple(self.problems),
            tuple(sorted(self.counts.items())),
            tuple(dict.fromkeys(self.unchecked)),
            tuple(sorted(self.shares.items())),
            strict,
            self.places,
        )


def excerpt(text: str, limit: int = 60) -> str:
    """``text`` on one line, cut to ``limit`` characters, in quotation marks, for a message."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return f"“{flat if len(flat) <= limit else flat[: limit - 1] + '…'}”"


def first_difference(claimed: str, real: str) -> str:
    """Say where two texts first part, in plain words."""
    at = next((i for i, (a, b) in enumerate(zip(claimed, real, strict=False)) if a != b), min(len(claimed), len(real)))
    here, there = claimed[max(0, at - 12) : at + 24], real[max(0, at - 12) : at + 24]
    return f"from character {at} the output has {excerpt(here)} and the document {excerpt(there)}"
