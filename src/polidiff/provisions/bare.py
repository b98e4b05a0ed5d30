"""Labels that space alone sets apart from their words, as treaties have them: "1   Each Party …"."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from polidiff.provisions.labels import Label, readings
from polidiff.provisions.nest import Token

_BARE = re.compile(r"(\d{1,2}|[a-z]|[ivx]{2,4})[\s\xa0]+(?=[A-Z“‘\"])")


def with_bare_labels(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of an article, those with bare labels that count up from their first with these labels.

    The first of a count is a label only where its second comes later; any other only behind the one before it.
    """
    found = [None if token.label or token.depth or token.quoted else _label(text, token) for token in tokens]
    counts = [frozenset(readings(label)) if label is not None else frozenset() for label in found]
    open_: set[tuple[str, int]] = set()
    out: list[Token] = []
    for at, token in enumerate(tokens):
        later = frozenset().union(*counts[at + 1 :])
        goes_on = {(s, n) for s, n in counts[at] if (s, n - 1) in open_ or (n == 1 and (s, 2) in later)}
        label = found[at]
        if label is not None and goes_on:
            open_ |= goes_on
            token = dataclasses.replace(token, label=label, body=label.body)
        out.append(token)
    return out


def _label(text: str, token: Token) -> Label | None:
    match = _BARE.match(text, token.body, token.end)
    if match is None:
        return None
    value = match.group(1)
    return Label("." if value[0].isdecimal() else "()", value, token.body, match.end(1), match.end())
