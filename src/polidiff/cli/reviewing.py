"""The review in the terminal: one proposal at a time, decided with single keys."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import click

from polidiff.cli.show import passage_lines, plural, printable, said

if TYPE_CHECKING:
    from polidiff.workspace import Decision, Item, Workspace

RELATIONS = {"1": "equal", "2": "subset_of", "3": "superset_of", "4": "intersects_with"}
HELP = (
    "a accept · r reject · A, R the same with a reason · 1 equal · 2 subset_of · 3 superset_of · 4 intersects_with · "
    "o opposed · n note · s skip · b back · u undo · q quit"
)


class Review:
    """A session over items. Keys come from the terminal, or one a line from what is piped in."""

    def __init__(
        self, work: Workspace, items: Sequence[Item], *, by: str, now: Callable[[], datetime], blind: bool = False
    ) -> None:
        self._work = work
        self._items = items
        self._by = by
        self._now = now
        self._blind = blind
        self._made: list[tuple[int, Decision]] = []
        self._seen: tuple[str, ...] = ()
        self._at = 0

    def run(self) -> None:
        """Go through the items until the last one, ``q``, or the end of what is piped in."""
        click.echo(f"{plural(len(self._items), 'proposal')} to decide. {HELP}")
        while self._at < len(self._items):
            self._show()
            if not self._answer():
                break
        live = sum(row.verb not in ("note", "undo") for _, row in self._made)
        click.echo(f"{plural(live, 'decision')} written; {plural(len(self._items) - self._at, 'proposal')} left")

    def _show(self) -> None:
        item = self._items[self._at]
        click.echo("")
        click.echo(f"[{self._at + 1}/{len(self._items)}] {item.name}")
        for passage in item.passages:
            for line in passage_lines(passage):
                click.echo(line)
        click.echo(f"proposed: {item.proposed}, score {item.score:.2f}")
        for reason in item.reasons:
            click.echo(f"    {printable(reason.text)}")
        if not self._blind:
            held = self._work.standing(item.target)
            self._seen = held.tips
            for row in (*held.heads, *held.notes):
                click.echo(f"    {said(row)}")

    def _answer(self) -> bool:
        """Take one key; return whether to go on."""
        key = self._key()
        if key in ("", "q"):
            return False
        item = self._items[self._at]
        if key in ("a", "r", "A", "R"):
            why = self._words("why: ") if key in "AR" else ""
            self._decide(item, {"verb": "accept" if key in "aA" else "reject", "why": why})
        elif key == "o" and item.target.kind == "link":
            self._decide(item, {"verb": "opposed"})
        elif key in RELATIONS and item.target.kind == "link":
            self._decide(item, {"relation": RELATIONS[key]})
        elif key == "n":
            if words := self._words("note: "):
                self._decide(item, {"verb": "note", "why": words})
        elif key == "s":
            self._at += 1
        elif key == "b":
            self._at = max(0, self._at - 1)
        elif key == "u":
            self._undo()
        else:
            click.echo(HELP)
        return True

    def _decide(self, item: Item, fields: dict[str, object]) -> None:
        from polidiff.workspace.forms import parse_decision

        form = replace(parse_decision(self._work, item.target, fields, proposed=item.proposed), seen=self._seen)
        row = form.write(self._work, by=self._by, when=self._now(), blind=self._blind)
        self._made.append((self._at, row))
        click.echo(f"    {said(row)}")
        held = self._work.standing(item.target)
        if held.conflict and not self._blind:
            for other in held.heads:
                if other.id != row.id:
                    click.echo(f"    at odds with: {said(other)}; go back (b) to settle it")
        self._at += form.verb != "note"

    def _undo(self) -> None:
        if not self._made:
            click.echo("    nothing to undo in this session")
            return
        self._at, row = self._made.pop()
        self._work.undo(row, by=self._by, when=self._now())
        click.echo(f"    undone: {said(row)}")

    def _key(self) -> str:
        if sys.stdin.isatty():
            click.echo("> ", nl=False)
            key = click.getchar(echo=True)
            click.echo("")
            return "q" if key in ("\x03", "\x04") else key
        while True:
            line = sys.stdin.readline()
            if not line:
                return ""
            if line.strip():
                return line.strip()[:1]

    def _words(self, prompt: str) -> str:
        if sys.stdin.isatty():
            return str(click.prompt(prompt.rstrip(": "), default="", show_default=False)).strip()
        return sys.stdin.readline().strip()
