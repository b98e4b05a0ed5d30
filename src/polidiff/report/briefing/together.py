"""What is known of two sentences side by side, and of one on which the other document is said to be silent."""

from __future__ import annotations

import math

from polidiff.report.briefing.choose import Desk, Lead
from polidiff.report.briefing.features import Features, odds

__all__ = ["beside", "by_itself"]


def beside(desk: Desk, left: Lead, right: Lead, score: float, next_score: float, mutual: bool) -> Features:
    """What is known of two sentences set side by side; ``next_score`` is that of the next best pair of either."""
    words, codings = desk.words, desk.bench.codings
    one, other = codings[left.key], codings[right.key]
    there, back = words.share(left.keys, right.keys), words.share(right.keys, left.keys)
    near = words.share(left.keys, words.of(*right.key)), words.share(right.keys, words.of(*left.key))
    next_door = (
        words.best(left.keys, right.key[0], right.key[1])[0],
        words.best(right.keys, left.key[0], left.key[1])[0],
    )
    themes = [{code.id for code in each.themes if code.score >= 0.35} for each in (one, other)]
    means = [{code.id for code in each.instruments} for each in (one, other)]
    return {
        "score": odds(score),
        "margin": round(score - next_score, 4),
        "mutual": float(mutual),
        "words less": min(there, back),
        "words more": max(there, back),
        "words of passages": round((near[0] + near[1]) / 2, 4),
        "next door": round(max(next_door[0] - near[0], next_door[1] - near[1]), 4),
        "theme": float(bool(themes[0] & themes[1])),
        "means": float(bool(means[0] & means[1])),
        "one bans": float((left.clause.act == "ban") != (right.clause.act == "ban")),
        "Chinese": float(left.language == "zh" == right.language),
        "across": float((left.language == "zh") != (right.language == "zh")),
    }


def by_itself(desk: Desk, lead: Lead, other: str, alone: float, nearest: float, of_theme: float) -> Features:
    """What is known of a sentence on which the document ``other`` is said to be silent.

    ``alone`` is the chance that its provision has no counterpart, ``nearest`` the best score of a pair that it is in,
    ``of_theme`` the chance of a finding that only its document speaks to the theme, 0 without one.
    """
    words, coding = desk.words, desk.bench.codings[lead.key]
    position = desk.bench.party[other].index
    there = desk.bench.comparison.codings[position]
    themes = {code.id for code in coding.themes if code.score >= 0.35}
    on_theme = sum(any(code.id in themes and code.score >= 0.35 for code in one.themes) for one in there)
    fields = {code.id for code in coding.policy[:1]}
    in_field = sum(any(code.id in fields for code in one.policy[:1]) for one in there)
    return {
        "alone": odds(alone),
        "nearest": odds(nearest),
        "known words": words.known(lead.keys, other),
        "best passage": words.best(lead.keys, other)[0],
        "few words": float(len(lead.keys) < 8),
        "only on theme": of_theme,
        "themes": float(bool(themes)),
        "on theme there": round(math.log(1 + on_theme), 4),
        "in field there": round(math.log(1 + in_field), 4),
        "size there": round(math.log(1 + len(there)), 4),
        "Chinese": float(lead.language == "zh"),
    }
