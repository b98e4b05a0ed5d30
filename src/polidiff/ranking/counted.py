"""The counted terms of a document's passages, kept between runs by the hash of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

from polidiff.encode import kept
from polidiff.lang import bilingual, words
from polidiff.lang.data import load_list
from polidiff.ranking import bm25, terms
from polidiff.ranking.bm25 import TermCounts
from polidiff.ranking.passage import Passage
from polidiff.ranking.terms import index_terms

LISTS = ("words", "search", "bilingual")

KEPT = 100
"""Documents whose terms are kept: fifty, by their own words and by what languages share."""


def counted(passages: Sequence[Passage], across: bool) -> TermCounts:
    """Return the terms of passages and of what stands over them; ``across``: the concepts that languages share."""
    return _counted(tuple(part for one in passages for part in (one.text, one.place)), across)


@lru_cache(maxsize=KEPT)
def _counted(texts: tuple[str, ...], across: bool) -> TermCounts:
    import numpy as np
    from scipy.sparse import csr_matrix

    path = kept.named(f"terms {_method()} {across}", texts)
    held = kept.load(path)
    if held is not None:
        names = tuple(held["names"].tobytes().decode().split("\n")) if held["names"].size else ()
        shape = (len(texts) // 2, max(1, len(names)))
        parts = (
            csr_matrix((held[f"{one}.often"].astype(np.float64), held[f"{one}.at"], held[f"{one}.ends"]), shape=shape)
            for one in ("own", "above")
        )
        return TermCounts(names, *parts)
    made = TermCounts.of(*([index_terms(text, across=across) for text in texts[start::2]] for start in (0, 1)))
    arrays = {"names": np.frombuffer("\n".join(made.names).encode(), dtype=np.uint8)}
    for name, part in (("own", made.own), ("above", made.above)):
        arrays |= {f"{name}.often": part.data.astype(np.int32), f"{name}.at": part.indices, f"{name}.ends": part.indptr}
    kept.save(path, arrays)
    return made


@cache
def _method() -> str:
    """A hash of what terms are made by: this code, its lists, and the stemmer."""
    digest = hashlib.sha256()
    for module in (bm25, terms, words, bilingual):
        digest.update(Path(str(module.__file__)).read_bytes())
    for name in LISTS:
        digest.update(repr(load_list(name)).encode())
    digest.update(version("snowballstemmer").encode())
    return digest.hexdigest()
