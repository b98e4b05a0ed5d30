"""Claims of the seventeen kinds of ContractNLI about confidentiality agreements, by a model learnt from its documents.

The kinds and the labels are those of ContractNLI (Koreeda and Manning 2021, CC BY 4.0; see NOTICE). For each kind a
linear model ranks the sentences as evidence and a second one reads the best of them for the verdict; both weigh words
and pairs of words. ``evals/learn_agreements.py`` makes the weights and says how well they do on agreements that they
were not learnt from. A claim of another kind, or about another document, is none of this module's business.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from polidiff.checking.claims.sentences import Sentence
from polidiff.lang.words import words_of
from polidiff.model import ClaimLabel, Document, Reason, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["LABELS", "Read", "features", "matrix", "read_agreement", "verdict_vector", "with_leads"]

LABELS: tuple[ClaimLabel, ...] = ("supported", "contradicted", "not_found")

TOP, STEEP, MIDDLE = 3, 6.0, 0.3
"""The verdict reads the three best sentences, each by its share of evidence: a logistic of this slope and middle."""

ALIKE = 0.8
"""Share of the words in common from which on a claim is of a known kind."""

_TURNS = frozenset(
    {"not", "no", "never", "none", "only", "all", "some", "any", "may", "shall", "must", "without", "except"}
)
_PARTIES = re.compile(r"\b(?:agreement|part(?:y|ies)|recipient|discloser)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Model:
    """The weights: ``evidence`` has shape ``(words, kinds)``, ``verdict`` ``(words + 2, labels, kinds)``."""

    kinds: tuple[frozenset[str], ...]
    words: dict[str, int]
    rarity: Floats
    evidence: Floats
    evidence_base: Floats
    verdict: Floats
    verdict_base: Floats


@dataclass(frozen=True, slots=True)
class Read:
    """The verdict on a claim of a known kind: the sentences with their scores, best first, and why."""

    label: ClaimLabel
    margin: float
    ranked: tuple[tuple[Span, float], ...]
    reason: Reason


def features(sentence: Sentence, document: Document) -> set[str]:
    """The words of a sentence and its pairs of words, with those of its heading and of the words that introduce it."""
    keys = [word.key for word in sentence.words.words]
    found = set(keys) | {f"{a} {b}" for a, b in pairwise(keys)}
    if sentence.lead_in is not None:
        found |= {f"L:{word.key}" for word in words_of(document.cut(sentence.lead_in)).words}
    if sentence.heading is not None:
        found |= {f"H:{word.key}" for word in sentence.heading.words}
    return found


def matrix(rows: Sequence[set[str]], words: dict[str, int], rarity: Floats) -> Floats:
    """One row of length 1 for each set of features: shape ``(rows, words)``."""
    import numpy as np

    made = np.zeros((len(rows), len(words)))
    for i, row in enumerate(rows):
        places = sorted(words[key] for key in row if key in words)
        made[i, places] = rarity[places]
    lengths = np.sqrt((made * made).sum(axis=1, keepdims=True))
    lengths[lengths == 0] = 1.0
    normal: Floats = made / lengths
    return normal


def verdict_vector(rows: Floats, scores: Floats) -> Floats:
    """What the second model reads of an agreement: the best sentences' words, and the two best scores."""
    import numpy as np

    order = np.lexsort((np.arange(len(scores)), -scores))[:TOP]
    share = 1.0 / (1.0 + np.exp(-STEEP * (scores[order] - MIDDLE)))
    words = (rows[order] * share[:, None]).max(axis=0)
    return np.concatenate([3.0 * words, [3.0 * float(scores.max()), float(np.sort(scores)[-2:].sum())]])


@lru_cache(maxsize=1)
def load() -> Model:
    """Return the weights, read once."""
    import numpy as np

    with (
        (files("polidiff.checking.claims") / "agreements.npz").open("rb") as file,
        np.load(file, allow_pickle=False) as data,
    ):
        words = json.loads(bytes(data["words"]).decode("utf-8"))
        kinds = json.loads(bytes(data["kinds"]).decode("utf-8"))
        return Model(
            kinds=tuple(frozenset(words) for words in kinds),
            words={word: i for i, word in enumerate(words)},
            rarity=data["rarity"].astype(np.float64),
            evidence=data["evidence"].astype(np.float64) * data["evidence_unit"].astype(np.float64),
            evidence_base=data["evidence_base"].astype(np.float64),
            verdict=data["verdict"].astype(np.float64) * data["verdict_unit"].astype(np.float64),
            verdict_base=data["verdict_base"].astype(np.float64),
        )


def kind_of(claim: str, kinds: Sequence[frozenset[str]]) -> int | None:
    """The number of the known kind that ``claim`` is of, or None: nearly the same words, none that turns it round."""
    mine = {word.key for word in words_of(claim).words}
    best: tuple[float, int] | None = None
    for i, theirs in enumerate(kinds):
        alike = len(mine & theirs) / max(1, len(mine | theirs))
        if alike >= ALIKE and mine & _TURNS == theirs & _TURNS and (best is None or alike > best[0]):
            best = alike, i
    return None if best is None else best[1]


def read_agreement(claim: str, document: Document, sentences: Sequence[Sentence]) -> Read | None:
    """Return the verdict on ``claim``, or None when it is of no known kind or the document is no agreement."""
    import numpy as np

    if not re.search(r"\b(?:Part(?:y|ies)|Agreement|Confidential)\b", claim, re.IGNORECASE) or not sentences:
        return None
    if len(_PARTIES.findall(document.text)) * 400 < len(document.text):
        return None
    model = load()
    kind = kind_of(claim, model.kinds)
    if kind is None:
        return None
    rows = _rows(document, tuple(sentences))
    scores = rows @ model.evidence[:, kind] + model.evidence_base[kind]
    vector = verdict_vector(rows, scores)
    totals = vector @ model.verdict[:, :, kind] + model.verdict_base[kind]
    order = np.lexsort((np.arange(len(scores)), -scores))
    label = LABELS[int(np.argmax(totals))]
    ordered = np.sort(totals)
    ranked = tuple(
        (span, round(float(min(1.0, max(0.0, scores[i]))), 4)) for span, i in with_leads(sentences, order)[:12]
    )
    best = rows[order[0]] * model.evidence[:, kind]
    names = list(model.words)
    deciding = [names[int(i)] for i in np.argsort(-best, kind="stable")[:12] if best[i] > 0]
    reason = Reason.of("learnt.clause", 1.0, words=tuple(word for word in deciding if ":" not in word))
    return Read(label, float(ordered[-1] - ordered[-2]), ranked, reason)


def with_leads(sentences: Sequence[Sentence], order: Sequence[int] | NDArray[np.int64]) -> list[tuple[Span, int]]:
    """The spans of the sentences in ``order``, each with its number; one of the first is followed by its lead-in.

    A clause of a list is half a sentence: the words that introduce it are evidence with it.
    """
    found: dict[Span, int] = {}
    for i in order:
        sentence = sentences[int(i)]
        found.setdefault(sentence.span, int(i))
        if sentence.lead_in is not None and len(found) < 4:
            found.setdefault(sentence.lead_in, int(i))
        if len(found) >= 16:
            break
    return list(found.items())


_made: dict[tuple[str, str], Floats] = {}


def _rows(document: Document, sentences: tuple[Sentence, ...]) -> Floats:
    key = (document.id, document.text_sha256)
    if key not in _made:
        model = load()
        if len(_made) > 8:
            _made.clear()
        _made[key] = matrix([features(s, document) for s in sentences], model.words, model.rarity)
    return _made[key]
