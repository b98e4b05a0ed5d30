"""Whether a printed line opens the next part of a list, behind the end of the part before it."""

from __future__ import annotations

import re

from polidiff.readers.labels import follows

_LISTED = re.compile(r"[;,.:；，。：](?:\s*(?:and|or|and/or))?$")
_BOXED = re.compile(r"专栏\s*(?:\d|[一二三四五六七八九十])|(?:Box|BOX) \d{1,2}(?=[.:\s])")
"""The first words of a box, which no paragraph goes on with."""
_BARE = re.compile(r"(\d{1,2}|[a-z]) (?=[A-Z“‘])")
"""A label that space alone sets apart."""


def counts_on(opening: str, marker: str | None, before: str, line: str, label: str | None) -> bool:
    """Return whether ``line`` opens the next part of a list or a count, or a box, behind words that are complete.

    ``opening`` is the first line of the block so far, ``marker`` its label, ``before`` the line above, ``label`` the
    label that opens ``line``.
    """
    if not _LISTED.search(before.strip()):
        return False
    if label:
        return follows(marker, label)
    if _BOXED.match(line.strip()):
        return True
    old, new = _BARE.match(opening.strip()), _BARE.match(line.strip())
    return old is not None and new is not None and follows(old[1], new[1])
