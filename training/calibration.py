"""From scores of documents left out to probabilities, best guesses and what may be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from polidiff.judges.heads import Head

#: Passages whose weight the common threshold has against a label's own; and the weights of priors that are tried.
COMMON = 120
TEMPERS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
#: Wrong labels that are counted at least beside those seen; printed labels, and families of documents that they come
#: from, without which a label is never printed; labels without any error that suffice.
UNSEEN, FEWEST, FAMILIES, CLEAN = 1.0, 12, 4, 20
#: Share of the risk that the documents at hand may use up: others are a little harder,
#: for themes much harder, and actors were never told safely.
MARGIN = {"themes": 0.5, "actor": 0.0}
USUAL = 0.9
NEVER = 2.0


@dataclass(frozen=True)
class Curve:
    """Of each label of a head: slope and offset of its curve, threshold of the best guess, thresholds of printing."""

    slope: np.ndarray
    offset: np.ndarray
    given: np.ndarray
    printed: np.ndarray


def curves(head: Head, scores: np.ndarray, gold: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return slope and offset of each label's logistic curve (Platt 1999), and the probabilities that they give."""
    slope, offset = np.ones(scores.shape[1]), np.zeros(scores.shape[1])
    for at in range(scores.shape[1]):
        s, y = scores[:, at].astype(np.float64), gold[:, at].astype(np.float64)

        def loss(v: np.ndarray, s: np.ndarray = s, y: np.ndarray = y) -> tuple[float, np.ndarray]:
            z = v[0] * s + v[1]
            gap = 1 / (1 + np.exp(-z)) - y
            value = float((np.logaddexp(0, z) - y * z).mean() + 1e-4 * v[0] ** 2)
            return value, np.array([(gap * s).mean() + 2e-4 * v[0], gap.mean()])

        slope[at], offset[at] = optimize.minimize(loss, np.array([3.0, 0.0]), jac=True, method="L-BFGS-B").x
    return slope, offset, probabilities(head, scores, slope, offset)


def probabilities(head: Head, scores: np.ndarray, slope: np.ndarray, offset: np.ndarray) -> np.ndarray:
    """Return what the heads will say for these scores."""
    made = 1 / (1 + np.exp(-(scores * slope + offset)))
    return made if head.several else made / made.sum(axis=1, keepdims=True)


def best_threshold(chance: np.ndarray, gold: np.ndarray) -> float:
    """Return the threshold at which F1 is best."""
    order = np.argsort(-chance, kind="stable")
    right = gold[order].cumsum()
    f1 = 2 * right / (np.arange(1, len(order) + 1) + max(1, int(gold.sum())))
    return float(chance[order][int(f1.argmax())])


def given_thresholds(chance: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Return the threshold of each label of a head of several, drawn to the common one where labels are few."""
    common = best_threshold(chance.ravel(), gold.ravel())
    made = []
    for at in range(chance.shape[1]):
        n = int(gold[:, at].sum())
        made.append((n * best_threshold(chance[:, at], gold[:, at]) + COMMON * common) / (n + COMMON))
    return np.array(made)


def macro_f1(said: np.ndarray, gold: np.ndarray) -> float:
    """Mean F1 of the labels, from the numbers of the labels said and of the right ones."""
    found = []
    for label in sorted(set(gold.tolist())):
        both = int(((said == label) & (gold == label)).sum())
        found.append(2 * both / max(1, int((said == label).sum() + (gold == label).sum())))
    return float(np.mean(found))


def prior_weights(chance: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Return the weights of the labels of a head of one at which macro-F1 is best: rarer labels weigh more."""
    prior = gold.mean(axis=0) + 1e-3
    right = gold.argmax(axis=1)
    best = max(TEMPERS, key=lambda t: (macro_f1((chance / prior**t).argmax(axis=1), right), -t))
    return np.asarray(prior**-best)


def said(head: Head, chance: np.ndarray, given: np.ndarray) -> np.ndarray:
    """Return which labels are given, as a table of true and false."""
    if head.several:
        return np.asarray(chance >= given)
    best = (chance * given).argmax(axis=1)
    return np.asarray(np.arange(chance.shape[1]) == best[:, None])


def printed_thresholds(
    head: Head, chance: np.ndarray, given: np.ndarray, gold: np.ndarray, groups: np.ndarray, risk: float
) -> np.ndarray:
    """Return for each label the least probability from which it is printed at a risk; NEVER where there is none.

    A label given at a probability of ``t`` or more must have been wrong in at most the margin's share of ``risk`` of
    the passages left out, with one more family of documents counted as wrong as the worst of those seen (conformal risk
    control with documents as the units, Angelopoulos and others 2022), and must come from enough families.
    """
    told = said(head, chance, given)
    made = np.full(chance.shape[1], NEVER)
    margin = MARGIN.get(head.name, USUAL)
    if not margin:
        return made
    numbers = np.unique(groups, return_inverse=True)[1]
    for at in range(chance.shape[1]):
        rows = np.flatnonzero(told[:, at])
        order = rows[np.argsort(-chance[rows, at], kind="stable")]
        wrong = ~gold[order, at]
        by_family = np.zeros(numbers.max() + 1)
        seen: set[int] = set()
        for count, (row, bad) in enumerate(zip(order, wrong, strict=True), start=1):
            seen.add(int(numbers[row]))
            by_family[numbers[row]] += bad
            unseen = max(UNSEEN, float(by_family.max()))
            safe = (by_family.sum() + unseen) / count <= risk * margin or (not by_family.any() and count >= CLEAN)
            if safe and count >= FEWEST and len(seen) >= FAMILIES:
                made[at] = chance[row, at]
    return made


def folds(groups: np.ndarray, number: int = 6) -> Iterator[np.ndarray]:
    """Yield the rows of each fold: whole groups, the largest first to the smallest fold."""
    names, sizes = np.unique(groups, return_counts=True)
    held: list[list[str]] = [[] for _ in range(number)]
    total = [0] * number
    for at in sorted(range(len(names)), key=lambda i: (-sizes[i], names[i])):
        fold = total.index(min(total))
        held[fold].append(names[at])
        total[fold] += int(sizes[at])
    for some in held:
        yield np.flatnonzero(np.isin(groups, some))
