"""Whether a change of words binds more or less: verbs of duty, hedges, quantities, deadlines, the coder's strength."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from polidiff.coding.context import language_of
from polidiff.coding.strength import strength_of
from polidiff.lang.amounts import Amount, amounts_of, deadlines, hours, same, sums
from polidiff.lang.dates import dates_of
from polidiff.lang.modality import step_of, step_of_class, words_for
from polidiff.lang.numerals import ZH_NUMBER, number_words
from polidiff.model import Document, Provision, Reason, Scale, Span
from polidiff.model.versions import Matter, WordEdit

DIGITS = re.compile(r"\d")
REFERENCE = re.compile(
    r"\b(?:Articles?|Annex(?:es)?|Sections?|Chapters?|Titles?|Parts?|Recitals?|Recommendations?|Clauses?|paragraphs?|"
    r"(?:sub)?(?:sections?|paragraphs?)|points?|items?)\s+(?:\(?[\dIVXLC]+[a-z]?\)?|\([a-z]{1,4}\))(?:\s?\(\w{1,5}\))*"
    r"(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+)\(?\d+[a-z]?\)?(?:\s?\(\w{1,5}\))*)*"
    rf"|第(?:{ZH_NUMBER}|\d+)[条款项章节]"
)
"""A reference to a numbered part."""

THRESHOLD = re.compile(
    r"(?:exceed(?:s|ing)?|above|below|greater than|more than|less than|over|under|超过|高于|低于|以上|以下)"
    r"[^.;。；]{0,25}$",
    re.IGNORECASE,
)
"""A number after such words says whom a rule meets, and a change of it may go either way."""


class Pull(NamedTuple):
    """One thing that binds more (``way`` 1), less (-1) or otherwise (0), what it touches, and why."""

    way: int
    matter: Matter
    reason: Reason


def _pull(way: int, code: str, **parameters: str) -> Pull:
    reason = Reason.of(code, float(way), **parameters)
    return Pull(way, cast(Matter, reason.kind), reason)


def matter(edit: WordEdit, old: Document, new: Document) -> Matter:
    """Return what a change of words touches."""
    if edit.matters == "typography":
        return "typography"
    before, after = old.cut(edit.old), new.cut(edit.new)
    if _within_reference(old, edit.old) and _within_reference(new, edit.new):
        return "reference"
    both = f"{before} {after}"
    if DIGITS.search(both) or number_words(before) != number_words(after):
        return "number"
    if bool(words_for("negation").search(before)) != bool(words_for("negation").search(after)):
        return "negation"
    return "strength" if _steps(before, after) or _hedged(before, after) else ""


def _within_reference(document: Document, span: Span) -> bool:
    start = max(0, span.start - 80)
    near = document.text[start : span.end + 80]
    return any(
        match.start() <= span.start - start and span.end - start <= match.end() for match in REFERENCE.finditer(near)
    )


def pulls(
    edits: Sequence[WordEdit], old: tuple[Document, Provision], new: tuple[Document, Provision]
) -> tuple[list[Pull], tuple[WordEdit, ...]]:
    """Return what binds more or less in the new words, and the edits with what they touch."""
    named = [replace(edit, matters=matter(edit, old[0], new[0])) for edit in edits]
    found: list[Pull] = []
    for index, edit in enumerate(named):
        before, after = old[0].cut(edit.old), new[0].cut(edit.new)
        if edit.matters in ("typography", "reference"):
            continue
        found.extend(_pulls_of(before, after))
        if edit.matters == "negation":
            found.append(_turned(_around(old[0], edit.old), _around(new[0], edit.new)))
        if edit.matters == "number":
            kept = _figures(old, new)
            found.extend(pull for pull in kept if pull not in found)
            if kept:
                named[index] = replace(edit, matters=kept[0].matter)
    return found, tuple(named)


def _pulls_of(before: str, after: str) -> list[Pull]:
    """What one change of words does by itself."""
    found = []
    way = _steps(before, after)
    if way:
        found.append(_pull(way, "strength.became", old=before, new=after))
    way = _hedged(before, after)
    if way:
        code = "strength.went" if before and not after else "strength.came"
        found.append(_pull(way, code, words=before or after))
    every, some = words_for("all"), words_for("some")
    if every.search(before) and some.search(after):
        found.append(_pull(-1, "strength.became", old=before, new=after))
    elif some.search(before) and every.search(after):
        found.append(_pull(1, "strength.became", old=before, new=after))
    return found


def _steps(before: str, after: str) -> int:
    """1 or -1 where a word of duty was put in another's place."""
    if words_for("negation").search(before) or words_for("negation").search(after):
        return 0
    was, became = step_of(before), step_of(after)
    return 0 if was is None or became is None else (became > was) - (became < was)


def _hedged(before: str, after: str) -> int:
    hedges, spurs = words_for("hedges"), words_for("spurs")
    total = len(hedges.findall(before)) - len(hedges.findall(after))
    total += len(spurs.findall(after)) - len(spurs.findall(before))
    return (total > 0) - (total < 0)


def _around(document: Document, span: Span) -> str:
    return document.text[max(0, span.start - 12) : span.end + 12]


def _turned(before: str, after: str) -> Pull:
    """What a "not" that came or went does: a ban binds more than what it forbids was free to bind."""
    was, became = (bool(words_for("forbids").search(text)) for text in (before, after))
    free = words_for("free")
    if became and not was and free.search(before):
        return _pull(1, "negation.forbidden")
    if was and not became and free.search(after):
        return _pull(-1, "negation.allowed")
    return _pull(0, "negation.turned")


def _figures(old: tuple[Document, Provision], new: tuple[Document, Provision]) -> list[Pull]:
    """Sums, shares and periods that were raised or lowered. A shorter deadline binds more, a higher sum too."""
    found: list[Pull] = []
    before, after = amounts_of(old[1].text), amounts_of(new[1].text)
    was, became = sums(before), sums(after)
    for unit in sorted(was.keys() & became.keys()):
        for gone, come in _changed(was[unit], became[unit]):
            found.append(_amount(gone, come, unit, old[1].text))
    for gone, come in _changed(_flat(deadlines(before)), _flat(deadlines(after))):
        if way := _sooner(gone, come):
            found.append(_pull(way, "deadline.shorter" if way > 0 else "deadline.longer"))
    years, due = (_due(provision.text) for _, provision in (old, new))
    if len(years - due) == 1 and len(due - years) == 1:
        way = 1 if min(due - years) < min(years - due) else -1
        found.append(_pull(way, "deadline.earlier" if way > 0 else "deadline.later"))
    least, now = ([a for a in amounts if a.bound == "least"] for amounts in (before, after))
    for gone, come in _changed(least, now) if len(least) == len(now) == 1 and not found else ():
        way = 1 if come.value > gone.value else -1
        found.append(_pull(way, "amount.least_higher" if way > 0 else "amount.least_lower"))
    return found


def _sooner(gone: Amount, come: Amount) -> int:
    """1 where the new time is shorter, -1 where it is longer; 0 where it may be the same (30 days, a month)."""
    if gone.unit == come.unit:
        return 1 if come.value < gone.value else -1
    (low, high), (soonest, latest) = hours(gone), hours(come)
    return 1 if latest < low else -1 if soonest > high else 0


def _changed(before: Sequence[Amount], after: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """The amount that went and the one that came, where that is one each."""
    gone = {(a.value, a.unit): a for a in before if not any(same(a, b) for b in after)}
    come = {(b.value, b.unit): b for b in after if not any(same(a, b) for a in before)}
    return list(zip(gone.values(), come.values(), strict=True)) if len(gone) == len(come) == 1 else []


def _flat(found: Mapping[str, Sequence[Amount]]) -> list[Amount]:
    return [amount for amounts in found.values() for amount in amounts]


def _due(text: str) -> set[int]:
    """The years by which something is due."""
    return {date.year for date in dates_of(text) if date.limit == "by"}


def _amount(was: Amount, became: Amount, unit: str, before: str) -> Pull:
    if THRESHOLD.search(re.split(r"\d", before[: was.start])[-1]):
        return _pull(0, "amount.threshold", unit=unit)
    if became.value > was.value:
        return _pull(1, "amount.raised", unit=unit)
    return _pull(-1, "amount.lowered", unit=unit)


def coded_pull(old: tuple[Document, Provision], new: tuple[Document, Provision]) -> list[Pull]:
    """What the coder of strength says on the scales of law and of plans, where it sees a cue on both sides."""
    ways: dict[tuple[str, str], int] = {}
    scales: tuple[Scale, ...] = ("law", "plan")
    for scale in scales:
        was, became = (strength_of(d, p, language_of(p), scale) for d, p in (old, new))
        if not was.cues or not became.cues or was.id == became.id:
            continue
        one, other = step_of_class(scale, was.id), step_of_class(scale, became.id)
        way = (other > one) - (other < one)
        if way:
            ways[was.id, became.id] = way
    if not ways or len(set(ways.values())) > 1:
        return []
    (old_label, new_label), way = min(ways.items())
    return [_pull(way, "strength.coded", old=old_label, new=new_label)]


def as_reasons(found: Sequence[Pull]) -> tuple[Reason, ...]:
    """Return the pulls as reasons: their value is 1 for what binds more, -1 for what binds less."""
    return tuple(pull.reason for pull in found)
