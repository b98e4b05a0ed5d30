"""The guard: what a model says counts only with words that stand in the text that it was given."""

from __future__ import annotations

import json
import re
from typing import Any

SHORTEST, SHORTEST_CHINESE = 4, 2
"""Letters that a cue must have: fewer ("a", "of", 的) stand in any text and prove nothing."""

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_LETTER = re.compile(r"[^\W_]")


def cue(words: object, text: str) -> tuple[int, int] | None:
    """Return the place in ``text`` (code points) where ``words`` stand, character for character, or None.

    White space may differ, since a model sees a text's lines as it likes; nothing else may. The words must begin and
    end where words of the text do, and have a few letters. The first place counts.
    """
    if not isinstance(words, str):
        return None
    letters = len(_LETTER.findall(words))
    if letters < (SHORTEST_CHINESE if _CHINESE.search(words) else SHORTEST):
        return None
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    for found in re.finditer(pattern, text):
        if _whole(text, found.start()) and _whole(text, found.end()):
            return found.span()
    return None


def _whole(text: str, at: int) -> bool:
    """Whether no word of letters runs over the place ``at``; Chinese has no mark between words."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    inside = bool(_LETTER.match(before)) and bool(_LETTER.match(after))
    return not inside or bool(_CHINESE.match(before)) or bool(_CHINESE.match(after))


def objects(answer: str) -> dict[str, Any] | None:
    """Return the JSON object in a model's answer, whatever stands around it; None when there is none."""
    first, last = answer.find("{"), answer.rfind("}")
    if first < 0 or last < first:
        return None
    try:
        said = json.loads(answer[first : last + 1])
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None
