"""Whether the words of a list item say that something is to be done: an action, not a piece of evidence."""

from __future__ import annotations

import re

from polidiff.lang.data import load_list

_VERBS = frozenset(load_list("imperatives")["openers"].split())
_DUTY = re.compile(
    r"\b(?:should|shall|must|will|(?:is|are) (?:to|encouraged|required|requested|invited|called|urged)|need(?:s)? to|"
    r"has to|have to|commits? to|calls? (?:on|for)|agrees? to|we)\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:Led by|Through|Working with|In (?:partnership|collaboration|coordination|cooperation)|By \w+)\b[^.]{0,300},"
)
_ZH_DUTY = re.compile("|".join(load_list("imperatives")["openers_zh"]))


def states_action(text: str, language: str) -> bool:
    """Whether ``text`` states an action: an imperative, who leads, or what must be done."""
    words = text.strip().lstrip("*_“‘\"'（(")
    if language == "zh" or (words and ord(words[0]) > 0x2E7F):
        return bool(_ZH_DUTY.search(words[:60]))
    return is_imperative(words) or bool(_LED.match(words)) or bool(_DUTY.search(words[:140]))


def is_imperative(text: str) -> bool:
    """Whether English ``text`` opens with the base form of a verb with which measures open."""
    match = re.match(r"(?:(?:[A-Z][a-z]+ly|Also|Further|Then|To)\s+)?([A-Za-z-]+)", text.strip())
    if match is None:
        return False
    return match.group(1).casefold() in _VERBS
