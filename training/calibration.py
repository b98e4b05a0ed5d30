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
#: Printed labels, and families of documents that they come from, without which a label is never printed; labels
#: without any error that suffice.
FEWEST, FAMILIES, CLEAN = 12, 4, 20
SHARED = 100
"""Labels that the rate of a whole head's mistakes counts as beside those of one of its labels.

With 0, 30, 100 and 300 the themes printed, 0.90 of them right, are 0.24, 0.26, 0.26 and 0.26 of all; with a bar of
each label alone, held to its worst family of documents, 0.11.
"""
#: Share of the risk that the documents at hand may use up: others are a little harder,
#: for themes harder, and actors were never told safely.
MARGIN = {"themes": 0.75, "actor": 0.0}
USUAL = 0.85
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

    Of labels given at a probability of ``t`` or more at most the margin's share of ``risk`` must have been wrong on the
    passages left out: of the label's own, with those of the whole head counting as :data:`SHARED` more, since what a
    label shows alone is mostly chance. Among the head's, one more family of documents counts as wrong as the worst of
    those seen (conformal risk control with documents as the units, Angelopoulos and others 2022). A label must come
    from enough families.
    """
    told = said(head, chance, given)
    made = np.full(chance.shape[1], NEVER)
    margin = MARGIN.get(head.name, USUAL)
    if not margin:
        return made
    numbers = np.unique(groups, return_inverse=True)[1]
    rows, labels = np.nonzero(told)
    order = np.argsort(-chance[rows, labels], kind="stable")
    rows, labels = rows[order], labels[order]
    likely, wrong = chance[rows, labels], ~gold[rows, labels]
    common = _with_worst(wrong, numbers[rows])
    last = np.searchsorted(-likely, -likely, side="right") - 1
    for at in range(chance.shape[1]):
        own = np.flatnonzero(labels == at)
        count = np.arange(1, len(own) + 1)
        rate = (wrong[own].cumsum() + SHARED * common[last[own]]) / (count + SHARED)
        first = np.unique(numbers[rows[own]], return_index=True)[1]
        seen = np.isin(np.arange(len(own)), first).cumsum()
        clean = (count >= CLEAN) & (wrong[own].cumsum() == 0)
        safe = np.flatnonzero(((rate <= risk * margin) | clean) & (count >= FEWEST) & (seen >= FAMILIES))
        if len(safe):
            made[at] = likely[own[safe[-1]]]
    return made


def _with_worst(wrong: np.ndarray, families: np.ndarray) -> np.ndarray:
    """Return the share of wrong ones up to each, with one more family as wrong as the worst so far (at least one)."""
    held, worst, unseen = np.zeros(int(families.max(initial=0)) + 1), 1.0, np.zeros(len(wrong))
    for at, (family, bad) in enumerate(zip(families, wrong, strict=True)):
        held[family] += bad
        worst = max(worst, float(held[family]))
        unseen[at] = worst
    return (wrong.cumsum() + unseen) / np.arange(1, len(wrong) + 1)


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
