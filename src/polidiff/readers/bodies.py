"""Bodies that issue documents, by the names under which they sign."""

from __future__ import annotations

import re
from functools import cache

from polidiff.lang.data import load_list

_HAN = re.compile("[\u3400-\u9fff]")


@cache
def bodies() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of bodies with their country; of two names in one place the longer counts."""
    data = load_list("publishers")
    rows = [(name, code) for code, names in data["bodies"].items() for name in names]
    rows.sort(key=lambda row: (-len(row[0]), row[0]))
    found = []
    for name, code in rows:
        words = re.escape(name).replace(r"\ ", r"\s+").replace("'", "['’]").replace("’", "['’]")
        edge = "" if _HAN.search(name) else r"\b"
        found.append((re.compile(f"{edge}{words}{edge}", 0 if name.isupper() else re.I), code))
    found += [(re.compile(form), code) for code, forms in data["forms"].items() for form in forms]
    return tuple(found)


def is_body(words: str) -> bool:
    """Return whether words are the name of a body that issues documents and no more; a Chinese one may have the name
    of its country before it.
    """
    bare = words.strip(" ,.:").removeprefix("中华人民共和国")
    return any(pattern.fullmatch(bare) for pattern, _ in bodies())


def opens_with_body(words: str) -> bool:
    """Return whether words begin with the name of a body, or have the word for an office of a kind in them."""
    return any(pattern.match(words) for pattern, _ in bodies()) or _office().search(words) is not None


@cache
def _office() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load_list('publishers')['names']['offices'])})\b", re.I)
