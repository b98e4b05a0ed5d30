"""Front matter: the ``key: value`` lines between two ``---`` at the top of a Markdown file."""

from __future__ import annotations

import re

_OPEN = re.compile(r"---[ \t]*\r?\n")
_KEY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")


def front_matter(text: str) -> tuple[dict[str, str], int]:
    """Return the front matter's entries (keys in lower case, values as text) and the offset where the body begins.

    Understands plain and quoted scalars and folded or literal blocks (``>`` and ``|``); lists and nested entries are
    passed over. Without front matter the result is ``({}, 0)``.
    """
    opening = _OPEN.match(text)
    if opening is None:
        return {}, 0
    closing = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.M).search(text, opening.end())
    if closing is None:
        return {}, 0
    entries: dict[str, str] = {}
    key = ""
    folded: list[str] | None = None
    lines = text[opening.end() : closing.start()].splitlines()
    if lines and not any(_KEY.match(line) for line in lines):
        return {}, 0
    for line in lines:
        match = _KEY.match(line)
        if match is None:
            if folded is not None and line[:1] in " \t":
                folded.append(line.strip())
                entries[key] = " ".join(part for part in folded if part)
            continue
        key = match.group(1).lower()
        value = (match.group(2) or "").strip()
        folded = [] if value in (">", "|", ">-", "|-", ">+", "|+") else None
        if folded is None:
            entries[key] = _scalar(value)
    return entries, closing.end()


def _scalar(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(value) >= 2 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return re.sub(r"\s+#.*$", "", value)
