"""What a head reads of a passage: its meaning, its words, its place, what stands around it, what the cue rules found.

Parts stand side by side in one dense row: the vectors of the passage's own words, of its headings and lead-in, of
its neighbours and of its whole document; the evidence of the cue rules; the surface. The words are hashed into a sparse
row: no list of words is kept anywhere, and no word can be read back out of the weights. Every value is a whole number
of 1/1024, so that products with whole weights are exact, whatever the machine (:mod:`polidiff.encode.protocol`).
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from polidiff.encode.protocol import STEPS
from polidiff.lang.needs import Sought
from polidiff.lang.words import has_cjk

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from polidiff.encode import Encoder

    Floats = NDArray[np.float32]

__all__ = ["BUCKETS", "NEAR", "SURFACE", "Passage", "counted", "dense", "word_rows"]

#: Buckets into which words are hashed.
BUCKETS = 8192
#: Passages on each side whose vectors make up the neighbourhood.
NEAR = 2
#: Characters of a heading or of lead-in words that are read.
_READ = 400
#: Letters of a word that are kept: a cut instead of a stem, so that a better stemmer changes no weight.
_STEM = 7
#: English words, and Chinese characters, with which a passage opens: where its verb stands.
_OPENING, _OPENING_ZH = 3, 6
_KINDS = ("article", "recital", "section", "paragraph", "point", "item", "action", "recommendation", "prose")
_FORMS: tuple[tuple[str, Sought], ...] = (
    ("ends in a stop", Sought(r"[.。!！]\W*$")),
    ("ends in a semicolon", Sought(r"[;；]\s*(?:and|or)?\s*$")),
    ("ends in a comma", Sought(r"[,，、]\s*$")),
    ("ends in a colon", Sought(r"[:：]\s*$")),
    ("ends in a question", Sought(r"[?？]\W*$")),
    ("begins small", Sought(r"^\W*[a-z]")),
    ("begins with a number", Sought(r"^\W*(?:\d|[ivx]+[.)]|第[一二三四五六七八九十])")),
    ("begins with a bullet", Sought(r"^\s*[-•–·▪●*]")),
    ("opens in -ing", Sought(r"^\W*[A-Za-z]+ing\b")),
    ("holds a quotation", Sought(r"[“”\"「」]")),
    ("holds a year", Sought(r"\b(?:19|20)\d\d\b|(?:19|20)\d\d年")),
    ("holds a sum", Sought(r"[$€£¥]\s?\d|\d\s?(?:万|亿|元)|\b(?:million|billion)\b")),
    ("holds a share", Sought(r"\d\s?[%％]|百分之")),
    ("defines", Sought(r"\bmeans?\b|\brefers? to\b|是指|所称")),
    ("speaks as we", Sought(r"\b(?:we|our)\b|我们|我国", re.IGNORECASE)),
    ("past tense", Sought(r"\b(?:was|were|had|has been|have been)\b|已经|以来")),
    ("must", Sought(r"\b(?:must|shall|required)\b|必须|应当|不得|禁止")),
    ("not", Sought(r"\b(?:not|no|prohibit\w*)\b|不得|禁止|不")),
    ("should", Sought(r"\b(?:should|recommend\w*)\b|应(?!当)|建议")),
    ("will", Sought(r"\bwill\b|将")),
    ("may", Sought(r"\b(?:may|can|could|might|encourage\w*|explore|consider)\b|可以|鼓励|探索|可")),
)
#: Names of the surface's columns, in order.
SURFACE: tuple[str, ...] = (
    "Chinese",
    "law",
    "has a lead-in",
    "depth",
    "log length",
    "short",
    "long",
    "capitals",
    "digits",
    *(name for name, _ in _FORMS),
    *(f"lead-in: {name}" for name, _ in _FORMS[-5:]),
    *(f"kind: {kind}" for kind in _KINDS),
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage to be judged, with what stands around it.

    Passages that follow one another and bear the same ``document`` are neighbours. ``path`` holds the headings above,
    outermost first; ``lead_in`` the words that introduce it; ``law`` says whether its document is a law.
    ``evidence`` is what the cue rules found, in 0..1 by name (``theme:compute``, ``strength:mandate``).
    """

    text: str
    lead_in: str = ""
    path: tuple[str, ...] = ()
    language: str = "und"
    kind: str = "prose"
    document: str = ""
    law: bool = False
    evidence: Mapping[str, float] = field(default_factory=dict)


def dense(
    passages: Sequence[Passage],
    evidence: Sequence[str],
    encoder: Encoder,
    wanted: Sequence[int] | None = None,
) -> list[Floats]:
    """Return the dense parts of passages in document order, each of shape ``(rows, its columns)``.

    ``evidence`` names the cue rules' columns, in order. ``wanted`` are the passages that get
    a row (all of them when None); the others are neighbours.
    """
    rows = range(len(passages)) if wanted is None else wanted
    chosen = [passages[at] for at in rows]
    return [*vectors(passages, encoder, rows), cues(chosen, evidence), surface(chosen)]


def vectors(passages: Sequence[Passage], encoder: Encoder, rows: Sequence[int]) -> list[Floats]:
    """Return the vectors of passages, of their innermost headings, outer ones with lead-ins, neighbours, documents."""
    import numpy as np

    chosen = [passages[at] for at in rows]
    inner = [[title[:_READ] for title in p.path[-1:]] for p in chosen]
    outer = [[*(title[:_READ] for title in p.path[-3:-1]), p.lead_in[:_READ]] for p in chosen]
    titles = sorted({title for some in (*inner, *outer) for title in some if title})
    place = {title: at for at, title in enumerate(titles)}
    own = encoder.encode([p.text for p in passages])
    read = encoder.encode(titles)

    def means(groups: Sequence[Sequence[str]]) -> Floats:
        made = np.zeros((len(groups), own.shape[1]), dtype=np.float32)
        for at, some in enumerate(groups):
            held = [place[title] for title in some if title]
            if held:
                made[at] = np.rint(read[held].sum(axis=0) / np.float32(len(held)))
        return made

    at = np.array(rows, dtype=np.intp)
    return [own[at], means(inner), means(outer), neighbours(passages, own)[at], whole(passages, own)[at]]


def neighbours(passages: Sequence[Passage], own: Floats) -> Floats:
    """Return the mean vector of the passages beside each one in its document: shape of ``own``."""
    import numpy as np

    made = np.zeros_like(own)
    for at, passage in enumerate(passages):
        near = range(max(0, at - NEAR), min(len(passages), at + NEAR + 1))
        beside = [other for other in near if other != at and passages[other].document == passage.document]
        if beside:
            made[at] = np.rint(own[beside].sum(axis=0) / np.float32(len(beside)))
    return made


def whole(passages: Sequence[Passage], own: Floats) -> Floats:
    """Return the mean vector of each one's document: shape of ``own``, 0 for what stands alone."""
    import numpy as np

    rows: dict[str, list[int]] = {}
    for at, passage in enumerate(passages):
        rows.setdefault(passage.document, []).append(at)
    made = np.zeros_like(own)
    for some in rows.values():
        if len(some) > 1:
            made[some] = np.rint(own[some].sum(axis=0, dtype=np.float64) / len(some))
    return made


def cues(passages: Sequence[Passage], names: Sequence[str]) -> Floats:
    """Return the cue rules' evidence: shape ``(len(passages), len(names))``; what is not named is passed over."""
    import numpy as np

    column = {name: at for at, name in enumerate(names)}
    made = np.zeros((len(passages), len(names)), dtype=np.float32)
    for row, passage in enumerate(passages):
        for name, value in passage.evidence.items():
            at = column.get(name)
            if at is not None:
                made[row, at] = round(value * STEPS)
    return made


def surface(passages: Sequence[Passage]) -> Floats:
    """Return how passages look: shape ``(len(passages), len(SURFACE))``, each value about 0 to 1."""
    import numpy as np

    looks = np.array([_looks(p) for p in passages], dtype=np.float64).reshape(len(passages), len(SURFACE))
    made: Floats = np.rint(looks * STEPS).astype(np.float32)
    return made


def _looks(passage: Passage) -> list[float]:
    text = passage.text
    chinese = has_cjk(text)
    size = max(1, len(text) * (3 if chinese else 1))
    values = [
        float(chinese),
        float(passage.law),
        float(bool(passage.lead_in)),
        min(len(passage.path), 5) / 5,
        min(1.0, len(bin(size)) / 14),
        float(size < 80),
        float(size > 600),
        sum(map(str.isupper, text)) / max(1, sum(map(str.isalpha, text))),
        sum(map(str.isdigit, text)) / max(1, len(text)),
    ]
    values += [float(pattern.search(text) is not None) for _, pattern in _FORMS]
    values += [float(pattern.search(passage.lead_in) is not None) for _, pattern in _FORMS[-5:]]
    values += [float(passage.kind == kind) for kind in _KINDS]
    return values


def word_rows(passages: Sequence[Passage], rarity: Floats) -> Any:
    """Return the words of passages as a sparse matrix: ``(len(passages), BUCKETS)``, rows of length 1024.

    ``rarity`` weighs each bucket, shape ``(BUCKETS,)``.
    """
    import numpy as np
    from scipy import sparse

    made = sparse.csr_matrix(counted(passages), dtype=np.float64)
    made.data = np.where(made.data > 1, 1.0 + np.log(made.data), made.data)
    made = (made @ sparse.diags(rarity.astype(np.float64))).tocsr()
    length = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    made = (sparse.diags(STEPS / length) @ made).tocsr()
    made.data = np.rint(made.data)
    return made


def counted(passages: Sequence[Passage]) -> Any:
    """Return how often each bucket is met in each passage: sparse, ``(len(passages), BUCKETS)``."""
    import numpy as np
    from scipy import sparse

    starts, columns, values = [0], [], []
    for passage in passages:
        counts = Counter(tokens(passage))
        columns += list(counts)
        values += list(counts.values())
        starts.append(len(columns))
    rows = (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int32), np.array(starts))
    made = sparse.csr_matrix(rows, shape=(len(passages), BUCKETS))
    made.sort_indices()
    return made


def tokens(passage: Passage) -> list[int]:
    """Return the buckets of a passage's words, pairs of words, opening words, headings' and lead-in's words."""
    found = [f"w:{key}" for key in _keys(passage.text)]
    found += _opening(passage.text)
    for title in passage.path[-2:]:
        found += [f"h:{key}" for key in _single(title[:_READ])]
    if passage.lead_in:
        found += [f"l:{key}" for key in _single(passage.lead_in[:_READ])]
        found += [f"l{key}" for key in _opening(passage.lead_in)]
    return [_bucket(key) for key in found]


@lru_cache(maxsize=200_000)
def _bucket(key: str) -> int:
    return zlib.crc32(key.encode("utf-8")) % BUCKETS


def _keys(text: str) -> list[str]:
    """Words cut to their stem's length and neighbouring pairs of them; Chinese characters in pairs and threes."""
    single = _words(text)
    pairs = [f"{a} {b}" for a, b in itertools.pairwise(single)]
    return [*single, *pairs, *_grams(text, 2), *_grams(text, 3)]


@lru_cache(maxsize=8192)
def _single(text: str) -> tuple[str, ...]:
    return (*_words(text), *_grams(text, 2))


def _words(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text.lower())]


_CJK_RUN = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[^\W\d_\u3400-\u9fff]+")


def _grams(text: str, size: int) -> list[str]:
    runs = _CJK_RUN.findall(text)
    return [run[at : at + size] for run in runs for at in range(len(run) - size + 1)]


def _opening(text: str) -> list[str]:
    run = _CJK_RUN.search(text)
    if run is not None:
        start = run.group()[:_OPENING_ZH]
        return [f"o:{start[at : at + 2]}" for at in range(len(start) - 1)]
    words = _WORD.findall(text[:200].lower())[:_OPENING]
    return [f"o{at}:{word}" for at, word in enumerate(words)]
