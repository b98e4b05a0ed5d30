"""The brief as Markdown, its passages as footnotes."""

from __future__ import annotations

import re

from polidiff.model import Comparison
from polidiff.model.briefs import Brief, Statement
from polidiff.report.briefing.notes import SECTIONS, Note, below, heading, notes_of, place_of, runs
from polidiff.report.passages import ReportContext
from polidiff.wording import say

__all__ = ["markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def markdown(comparison: Comparison, brief: Brief) -> str:
    """Return the brief as Markdown with the footnotes of CommonMark's common extension."""
    tongue = brief.language
    bench = ReportContext(comparison, tongue)
    notes = notes_of(brief)
    lines = [f"# {_plain(brief.title)}", "", *(f"##### {_sentence(one, notes)}" for one in brief.of("opening")), ""]
    for statement in brief.of("headline"):
        lines.append(f"- **{_sentence(statement, notes, bold=False)}**")
    lines.append("")
    for kind in SECTIONS:
        if brief.of(kind):
            lines += [f"## {_plain(heading(brief, kind, tongue))}", ""]
            for statement in below(brief, kind):
                lines += [_sentence(statement, notes), ""]
    lines += [f"*{_sentence(one, notes)}*" for one in brief.of("made")]
    if brief.dropped:
        lines += ["", f"## {say('brief.section.dropped', tongue)}", ""]
        lines += [f"- {_plain(one.text)} ({_plain(one.why)})" for one in brief.dropped]
    lines.append("")
    for note in {note.number: note for note in notes.values()}.values():
        lines.append(_note(bench, note))
    return "\n".join(lines) + "\n"


def _sentence(statement: Statement, notes: dict[tuple[str, int], Note], *, bold: bool = True) -> str:
    made = []
    for run in runs(statement, notes):
        if run.note is not None:
            made.append(f"[^{run.note.number}]")
        elif run.piece is not None:
            words = _plain(run.piece.printed)
            made.append(f"**{words}**" if bold and run.piece.kind == "label" else words)
    return "".join(made)


def _note(bench: ReportContext, note: Note) -> str:
    passage = note.passage
    words = _plain(" ".join(passage.text.split()))
    where = _plain(", ".join(place_of(bench, passage)))
    return f"[^{note.number}]: “{words}” {where}. `{passage.document} {passage.start}-{passage.end}`"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
