"""The comparison: every pair of documents aligned, every theme's finding, and what it was made with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import get_args

from polidiff.alignment import CodedDocument, align_all, clusters, is_many
from polidiff.coding import is_law
from polidiff.coding.fit import covered
from polidiff.coding.strictness import costs
from polidiff.comparison.consistent import one_verdict_a_pair
from polidiff.comparison.decide import matter_findings
from polidiff.comparison.findings import Alignments, findings
from polidiff.comparison.grounds import stance_items
from polidiff.comparison.matters import matters
from polidiff.comparison.measured import with_measured
from polidiff.comparison.of_many import best_matches, named, nearest_alone
from polidiff.comparison.questions import asked_items
from polidiff.comparison.rulings import Rulings, rulings_of
from polidiff.comparison.stances import stances
from polidiff.comparison.themed import theme_codes, theme_items, with_themes
from polidiff.encode import Encoder
from polidiff.executors import Executor
from polidiff.judges.protocol import Item, Judge, Memory, ask
from polidiff.judges.protocol.requests import Task
from polidiff.model import Codebook, Comparison, Finding, LawStrength, Match, PassagePair
from polidiff.version import __version__

MANY_DOCUMENTS = "of many documents"
"""What the method says of a comparison whose pairs were aligned for what they have in common alone."""

Progress = Callable[[str, int, int], None]

TASKS: tuple[Task, ...] = ("finding", "stance", "theme")
"""What a judge is asked of documents: how their passages relate, where they part on a ground, and on what themes a
passage is."""
BESIDE = 4
"""One question of so many is of a stance and one of a theme, where a budget says how many may be put."""


def compare(
    sides: Sequence[CodedDocument],
    codebook: Codebook,
    encoder: Encoder,
    progress: Progress | None = None,
    *,
    judge: Judge | None = None,
    budget: int | None = None,
    tasks: Sequence[Task] = TASKS,
    executor: Executor | None = None,
) -> Comparison:
    """Compare two documents or more.

    Every pair is aligned both ways, so that "only here" is said of each side against each other one. ``judge`` is asked
    what would be undecided, at most ``budget`` questions of these ``tasks``, the weightiest first. ``executor`` says
    where pairs are aligned. Raises :class:`InputError` for fewer than two documents, more than fifty, or two with the
    same id, and those of the judge.
    """
    alignments = align_all(sides, encoder, related=True, progress=progress, executor=executor)
    answers = Memory()
    if judge is not None:
        items = undecided(sides, alignments, codebook, encoder, budget, tasks)
        texts = {side.document.id: side.document.text for side in sides}
        answers = ask(judge, items, theme_codes(codebook), texts=texts, progress=progress)
        sides = with_themes(sides, answers, codebook)
    found = found_in(sides, alignments, codebook, encoder, answers=answers)
    return assemble(sides, alignments, codebook, encoder, found)


def undecided(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    codebook: Codebook,
    encoder: Encoder,
    budget: int | None = None,
    tasks: Sequence[Task] = TASKS,
) -> list[Item]:
    """Return what is to be asked of documents, the weightiest of each task first.

    Of a ``budget`` one question in :data:`BESIDE` is of a stance and one of a theme, more where the others don't use
    it up.
    """
    asked = {
        "finding": asked_items(sides, alignments, matters(sides, encoder)) if "finding" in tasks else [],
        "stance": stance_items(sides, alignments) if "stance" in tasks else [],
        "theme": theme_items(sides, codebook) if "theme" in tasks else [],
    }
    if budget is None:
        return [item for items in asked.values() for item in items]
    taken = {name: min(len(asked[name]), budget // BESIDE) for name in ("stance", "theme")}
    left = budget - sum(taken.values())
    for name in ("finding", "stance", "theme"):
        more = min(left, len(asked[name]) - taken.get(name, 0))
        taken[name] = taken.get(name, 0) + more
        left -= more
    return [item for name, items in asked.items() for item in items[: taken[name]]]


def found_in(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    codebook: Codebook,
    encoder: Encoder,
    *,
    answers: Memory | None = None,
    people: Rulings | None = None,
) -> tuple[Finding, ...]:
    """Return the findings on themes and on matters, where no pair of passages stands under two verdicts.

    ``answers`` are a judge's; ``people`` is what persons have said of pairs, and goes before what a judge says.
    """
    on = matters(sides, encoder)
    rulings = Rulings() if answers is None else rulings_of(sides, answers)
    if people is not None:
        rulings = rulings.after(people)
    themes = findings(sides, alignments, codebook, encoder, rulings.met)
    found = one_verdict_a_pair((*matter_findings(sides, alignments, on, rulings, codebook), *themes))
    return with_measured(found)


def judged_matches(alignments: Alignments, found: Iterable[Finding]) -> tuple[Match, ...]:
    """Return every match, in the order of ``alignments``, each with what a judge said of its pair."""
    said: dict[tuple[str, str, str, str], PassagePair] = {}
    for finding in found:
        for pair in finding.pairs:
            if pair.judged is not None:
                said[pair.source_document, pair.source, pair.document, pair.id] = pair
                said[pair.document, pair.id, pair.source_document, pair.source] = pair
    made = []
    for alignment in alignments.values():
        for match in (m for best in alignment.matches for m in best):
            held = said.get((match.source_document, match.source, match.document, match.id))
            made.append(match if held is None else replace(match, judged=held.judged))
    return tuple(made)


def assemble(
    sides: Sequence[CodedDocument],
    alignments: Alignments,
    codebook: Codebook,
    encoder: Encoder,
    found: tuple[Finding, ...],
) -> Comparison:
    """Return the comparison made of these parts: every match of ``alignments``, in their order.

    ``found`` holds the findings on themes and those on matters.
    """
    laws = [side.document.id for side in sides if is_law(side.document, side.provisions)]
    many, judged = is_many(sides), judged_matches(alignments, found)
    gathered = clusters(sides, alignments) if len(sides) > 2 and alignments else ()
    steps = {coding.strength.id for side in sides for coding in side.codings}
    return Comparison(
        documents=tuple(side.document for side in sides),
        provisions=tuple(side.provisions for side in sides),
        codings=tuple(side.codings for side in sides),
        codebook=codebook,
        matches=best_matches(judged) if many else judged,
        uniques=nearest_alone(alignments.values())
        if many
        else tuple(u for a in alignments.values() for u in a.uniques),
        findings=tuple(one for one in found if one.on_theme),
        method=(
            ("polidiff", __version__),
            ("encoder", encoder.identity),
            ("codebook", f"{codebook.id} {codebook.version}"),
            ("codebook_fit", _fit(sides, codebook)),
            ("printed", _printed(sides)),
            ("scale", "law" if steps & set(get_args(LawStrength)) else "plan"),
            *((("laws", ", ".join(laws)),) if laws else ()),
            *((("pairs", MANY_DOCUMENTS),) if many else ()),
        ),
        clusters=named(gathered, sides),
        matters=tuple(one for one in found if not one.on_theme),
        stances=stances(sides, codebook),
    )


def _printed(sides: Sequence[CodedDocument]) -> str:
    """What each strictness prints of the learnt labels of these documents, and how many of them are expected wrong."""
    codings = [coding for side in sides for coding in side.codings]
    told = ((one.strictness, one.printed / one.labels if one.labels else 0.0, one.wrong) for one in costs(codings))
    return ", ".join(f"{name} {share:.0%} ({wrong:.0%})" for name, share, wrong in told)


def _fit(sides: Sequence[CodedDocument], codebook: Codebook) -> str:
    """The share of each document's commitments that are of the codebook's subject."""
    return ", ".join(f"{side.document.id} {covered(side.codings, codebook):.0%}" for side in sides)
