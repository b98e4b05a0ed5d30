"""How likely each verdict on a claim is: a learnt head over comparisons of the claim with the passages found.

The head (``claim_head.npz``, made by ``training/claims.py``; ``judges/cards/claims.md``) is a logistic regression, one
for English claims on English documents and one for the rest. It reads no words of the claim alone: every number
compares the claim with passages, or says what the rules made of it.
"""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from polidiff.checking.claims.features import Contrast
from polidiff.checking.claims.retrieval import Search
from polidiff.model.claims import ClaimLabel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

__all__ = ["comparison", "likelihoods"]

LABELS: tuple[ClaimLabel, ...] = ("supported", "overstated", "contradicted", "not_found")
BESIDE = 2
"""Passages whose numbers are read one by one; the others count in the sums."""
FAR, NEAR = 0.35, 0.5
"""Likeness of a word to the nearest of the passages under which it has none there, and under which it is far."""
TESTS = (
    *("number", "number_missing", "up_to", "actor", "opposite", "modality", "scope", "whole", "negated"),
    *("parity", "done", "duty", "banned"),
)
_WORD = re.compile(r"[A-Za-z']+")
_DIGITS = re.compile(r"\d[\d,.]*\d|\d")


def likelihoods(values: Mapping[str, float], manner: str) -> dict[ClaimLabel, float]:
    """The likelihood of each verdict from what :func:`comparison` told; they sum to 1. ``manner`` is of the search."""
    import numpy as np

    names, middle, spread, slopes, base = _head("english" if manner == "english" else "other")
    x = (np.array([values.get(name, 0.0) for name in names]) - middle) / spread
    odds = np.exp(np.clip(x, -6.0, 6.0) @ slopes + base)
    return {label: float(value) for label, value in zip(LABELS, odds / odds.sum(), strict=True)}


@lru_cache(maxsize=2)
def _head(which: str) -> tuple[list[str], Floats, Floats, Floats, Floats]:
    """Names, means and spreads of the numbers, and weights: shape ``(numbers, 4)`` and ``(4,)``."""
    import numpy as np

    data = (files("polidiff.checking.claims") / "claim_head.npz").read_bytes()
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        names = [str(name) for name in kept[f"{which}_names"]]
        middle, spread, slopes, base = (
            kept[f"{which}_{part}"].astype(np.float64) for part in ("middle", "spread", "slopes", "base")
        )
    return names, middle, spread, slopes, base


def comparison(
    claim: str,
    search: Search,
    contrasts: Sequence[Contrast],
    sums: Mapping[str, float],
    ruled: tuple[ClaimLabel, float],
    numbers: Sequence[str],
) -> dict[str, float]:
    """Return the numbers of the head by name.

    ``contrasts`` are the passages best first (one at least), ``sums`` what they come to, ``ruled`` the rules' verdict
    with its likelihood, ``numbers`` what they say of each number of the claim.
    """
    made = {f"s_{name}": float(value) for name, value in sums.items()}
    for place, one in enumerate(contrasts[:BESIDE]):
        made |= {f"c{place}_{name}": float(value) for name, value in one.values.items()}
    made |= {f"shown_{test}": float(any(test in one.shown for one in contrasts[:BESIDE])) for test in TESTS}
    made |= {f"nv_{said}": float(list(numbers).count(said)) for said in ("same", "number", "missing", "up_to")}
    made |= {f"rule_{label}": float(ruled[0] == label) for label in LABELS}
    made["rule_conf"] = ruled[1]
    _open(search, contrasts, made)
    best = contrasts[0].candidate
    around = search.shelf.passage(best.index).cut(search.shelf.document.text)
    lead = best.sentence.lead_in
    passage = f"{best.sentence.text} {lead.cut(search.shelf.document.text) if lead is not None else ''}"
    digits = _DIGITS.findall(claim)
    made["dig_new"] = float(sum(written not in around for written in digits))
    made["dig_same"] = len(digits) - made["dig_new"]
    manner = search.shelf.manner(claim)
    if manner == "english":
        _tokens(search, contrasts, made)
        _english(claim, passage, around, made)
    else:
        _other(claim, passage, around, made)
        if manner == "chinese":
            _characters(claim, passage, around, made)
    return made


def _open(search: Search, contrasts: Sequence[Contrast], made: dict[str, float]) -> None:
    """What of the claim's words the passages leave open."""
    import numpy as np

    terms = search.terms
    weight = np.array([term.weight for term in terms]) if terms else np.zeros(1)
    covered = np.array([one.candidate.covered for one in contrasts]) if terms else np.zeros((1, 1))
    own = np.array(contrasts[0].candidate.own) if terms else np.zeros(1)
    left = weight * (1 - covered.max(axis=0))
    for place, value in enumerate(np.sort(left)[::-1][:3]):
        made[f"open{place}"] = float(value)
    whole = max(1e-6, float(weight.sum()))
    made |= {"open_sum": float(left.sum()), "open_share": float(left.sum()) / whole}
    made |= {"own0": float((weight * own).sum()) / whole, "exact0": float((own >= 0.95).mean())}
    made["none0"] = float((own < 0.3).mean())


def _tokens(search: Search, contrasts: Sequence[Contrast], made: dict[str, float]) -> None:
    """How near each token of the claim comes to one of the passages', its context read."""
    import numpy as np

    told = search.shelf.closeness.woven(search.claim, [one.candidate.sentence.text for one in contrasts])
    if told is None:
        return
    first, likeness, rarity = told
    for place, value in enumerate(np.sort(likeness)[:4]):
        made[f"tokmin{place}"] = float(value)
    for place, value in enumerate(np.sort(first)[:4]):
        made[f"tok0min{place}"] = float(value)
    made["tokmean"] = float((rarity * likeness).sum() / rarity.sum())
    made["tok0mean"] = float((rarity * first).sum() / rarity.sum())
    for place, value in enumerate(np.sort(rarity * (1 - likeness))[::-1][:3]):
        made[f"gap{place}"] = float(value)
    made["tok_low"], made["tok_low2"] = float((likeness < FAR).sum()), float((likeness < NEAR).mean())
    third = max(1, len(likeness) // 3)
    made |= {"tok_end": float(likeness[-third:].mean()), "tok_start": float(likeness[:third].mean())}
    made["tok_mid"] = float(likeness[third:-third].mean()) if len(likeness) > 2 * third else 0.0


def _english(claim: str, passage: str, around: str, made: dict[str, float]) -> None:
    """Which kinds of telling words the claim has and the passage has not, and the other way round."""
    words = [word.lower() for word in _WORD.findall(claim)]
    near, wide = ({word.lower() for word in _WORD.findall(text)} for text in (passage, around))
    for kind, known in _cues("english").items():
        mine = {word for word in words if word in known}
        made[f"m_{kind}"] = float(bool(mine - near) and not near & known)
        made[f"mx_{kind}"] = float(bool(mine) and not near & known and not wide & known)
        made[f"r_{kind}"] = float(not mine and bool(near & known))
        made[f"d_{kind}"] = float(bool(mine) and bool(near & known) and not mine & near)
    made["m_est"] = float(any(re.fullmatch(r"\w{3,}est", word) and word not in wide for word in words))
    names = re.findall(r"(?<=[a-z,] )[A-Z]\w+", claim)
    made["cap_new"] = float(sum(name not in around for name in names))
    made["cap_same"] = float(sum(name in around for name in names))


def _other(claim: str, passage: str, around: str, made: dict[str, float]) -> None:
    """The same by Chinese characters."""
    for kind, known in _cues("other").items():
        pattern = re.compile("|".join(sorted(known)))
        mine, near, wide = (bool(pattern.search(text)) for text in (claim, passage, around))
        made[f"m_{kind}"] = float(mine and not near)
        made[f"mx_{kind}"] = float(mine and not wide)
        made[f"r_{kind}"] = float(near and not mine)


def _characters(claim: str, passage: str, around: str, made: dict[str, float]) -> None:
    """How much of a Chinese claim the passage has, by runs of one to three characters."""
    letters = "".join(re.findall(r"[\u4e00-\u9fff\d]", claim))
    for size in (1, 2, 3):
        runs = [letters[i : i + size] for i in range(len(letters) - size + 1)]
        for name, text in (("ng", around), ("ngs", passage)):
            made[f"{name}{size}"] = sum(run in text for run in runs) / len(runs) if runs else 0.0
    lost = "".join("x" if letter not in around else " " for letter in letters)
    made["missrun"], made["miss"] = float(max(map(len, lost.split()), default=0)), float(lost.count("x"))


@lru_cache(maxsize=2)
def _cues(language: str) -> dict[str, frozenset[str]]:
    data = (files("polidiff.checking.claims") / "claim_cues.toml").read_text(encoding="utf-8")
    lists = tomllib.loads(data)[language]
    return {kind: frozenset(words.split("|" if language == "other" else " ")) for kind, words in lists.items()}
