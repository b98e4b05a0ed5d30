"""Printing: JSON Lines for programs, plain lines for people, progress on a terminal."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from polidiff.model import Comparison, Passage
    from polidiff.workspace import Decision, Workspace

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="text for people, jsonl for programs (one JSON object a line and nothing else).",
)

codebook_option = click.option(
    "--codebook",
    default="auto",
    show_default=True,
    help="A bundled codebook's name, a .toml file, or auto: the bundled one that fits.",
)

strictness_option = click.option(
    "--strictness",
    type=click.Choice(["strict", "usual", "broad"]),
    default="usual",
    show_default=True,
    help="How many of the learnt labels that are printed may be wrong: 1 in 20, in 10 or in 5.",
)

encoder_option = click.option(
    "--encoder",
    default="default",
    show_default=True,
    metavar="NAME",
    help="default, fast, or one of yours: FILE.onnx, model2vec:NAME, sentence-transformers:NAME, https://HOST/v1#MODEL.",
)

scale_option = click.option(
    "--scale",
    type=click.Choice(["plan", "law"]),
    default="plan",
    show_default=True,
    help="Steps of commitment: of plans (mandate … statement) or of law (obligation … none).",
)


force_option = click.option(
    "--force",
    is_flag=True,
    help="Write where a report of other documents, or another file, lies; the old one is kept as NAME.1.",
)


def work_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say who works: ``jobs`` and ``where``."""
    command = click.option(
        "--executor",
        "where",
        default="local",
        show_default=True,
        metavar="WHERE",
        help="Who works: local, ray (on this machine), or ray://HOST:PORT.",
    )(command)
    return click.option(
        "--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that work at a time."
    )(command)


level_option = click.option(
    "--level",
    type=click.Choice(
        ["action", "recommendation", "article", "recital", "annex", "section", "paragraph", "point", "item"]
    ),
    help="Compare provisions of this kind whole, not their parts; what is in none of them stays as it is.",
)


def json_lines(records: Iterable[Any], name: str = "") -> None:
    """Print one JSON object a line, in UTF-8 whatever the terminal's encoding.

    ``name`` is that of the form of records which don't name their own.
    """
    from polidiff.model.outputs import schema_key

    out = sys.stdout.buffer if hasattr(sys.stdout, "buffer") else None
    for record in records:
        named = {"schema": schema_key(name), **record} if name else record
        line = json.dumps(named, ensure_ascii=False) + "\n"
        if out is None:
            sys.stdout.write(line)
        else:
            out.write(line.encode("utf-8", "surrogatepass"))
    if out is not None:
        out.flush()


def shortened(text: str, width: int = 100) -> str:
    """Return a text on one line, cut with an ellipsis after ``width`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return ``3 themes``, ``1 theme``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counted_lines(comparison: Comparison) -> list[str]:
    """Return how many themes, and how many matters, are shared, divergent, only in one, and not decided."""
    from polidiff.report.counts import Counted, counted_matters, counted_themes

    only = "only in one" if len(comparison.documents) == 2 else "missing from at least one document"

    def line(held: Counted, noun: str) -> str:
        passing = f", {held.passing} touched in passing by some" if held.passing else ""
        left = f"; {held.undecided} more not decided" if held.undecided else ""
        return (
            f"{plural(held.total, noun)}: {held.shared} shared{passing}, {held.divergent} divergent, "
            f"{held.only} {only}{left}"
        )

    narrower = len(comparison.findings) - len(comparison.broad)
    more = f"; {plural(narrower, 'narrower theme')} within them" if narrower else ""
    lines = [line(counted_themes(comparison), "theme") + more]
    own = counted_matters(comparison)
    return [*lines, line(own, "matter")] if own.total or own.undecided else lines


def codebook_lines(comparison: Comparison) -> list[tuple[str, bool]]:
    """Return how much of each document's commitments the codebook covers, and which one fits where it doesn't.

    A line and whether it is a note.
    """
    from polidiff.coding.fit import better, covered

    book = comparison.codebook
    shares = [
        f"{covered(codings, book):.0%} of the commitments of {document.id}"
        for document, codings in zip(comparison.documents, comparison.codings, strict=True)
    ]
    lines = [(f"codebook {book.id} ({book.title}) covers {', '.join(shares)}", False)]
    if other := better(list(zip(comparison.provisions, comparison.codings, strict=True)), book):
        lines.append((f"note: that is little; {other.id} fits better: --codebook {other.id}, or auto", True))
    return lines


@contextmanager
def resumable(done: Callable[[], str] = str) -> Iterator[None]:
    """Say of work that is kept piece by piece, when Ctrl-C stops it, that it goes on; ``done`` says what was done."""
    try:
        yield
    except KeyboardInterrupt:
        what = f" ({said})" if (said := done()) else ""
        click.echo(f"polidiff: stopped{what}; what is done stays, and the same command goes on from there", err=True)
        raise click.exceptions.Exit(130) from None


class Pace:
    """How long what is left of a step will take, by how it went in its last half minute."""

    def __init__(self) -> None:
        self._step = ""
        self._marks: deque[tuple[float, int]] = deque()

    def left(self, step: str, done: int, total: int, now: float) -> str:
        """Return about how long is left, at ``now`` in seconds; empty in the first two, and where little is."""
        if step != self._step or (self._marks and done < self._marks[-1][1]):
            self._step = step
            self._marks.clear()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > 30:
            self._marks.popleft()
        since, before = self._marks[0]
        if now - since < 2 or done <= before:
            return ""
        seconds = (now - since) / (done - before) * (total - done)
        if seconds < 5:
            return ""
        return f", about {f'{seconds / 60:.0f} min' if seconds >= 90 else f'{seconds:.0f} s'} left"


def progress_line() -> Callable[[str, int, int], None] | None:
    """Return a function that shows progress on a terminal's last line, or None where there is no terminal.

    Nothing is shown in the first second, and what is left from the third on.
    """
    if not sys.stderr.isatty():
        return None
    started = time.monotonic()
    shown, pace = 0.0, Pace()

    def show(what: str, done: int, total: int) -> None:
        nonlocal shown
        now = time.monotonic()
        left = pace.left(what, done, total, now)
        if now - started < 1.0 or (now - shown < 0.1 and done < total):
            return
        shown = now
        sys.stderr.write(f"\r\x1b[K{shortened(what, 60)} {done}/{total}{left}")
        if done >= total:
            sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    return show


def passage_lines(passage: Passage) -> list[str]:
    """Return a passage as lines for a terminal."""
    page = "" if passage.page is None else f", p. {passage.page}"
    path = " › ".join(passage.path)
    head = f"{passage.document} {passage.provision}{page}" + (f"  {path}" if path else "")
    return [printable(head), f"    {printable(passage.text)}"]


def printable(text: str) -> str:
    """Return a text on one line, without characters by which a document or a note could steer the terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def said(row: Decision) -> str:
    """Return a decision in a few words."""
    value = f" {row.value}" if row.value and row.verb not in ("undo", "split") else ""
    why = f": {row.why}" if row.why else ""
    return printable(f"{row.verb}{value} by {row.by}{why}")


def place_of(value: str | Path) -> str | Path:
    """Return where a workspace is: a path, or the address of one in a database, which is no path and stays as it is."""
    return value if isinstance(value, str) and "://" in value else Path(value)


place_argument = click.argument("workspace", type=place_of)


def shown(place: str | Path, work: Workspace) -> str | Path:
    """Return the place of a workspace as it may be shown: an address without its password."""
    return work.store.name if isinstance(place, str) else place
