"""Learn from a few dozen of a user's own labels: one model of all themes beside the codebook, with the gain measured.

A logistic regression whose evidence is the words of a text and of its pieces and the codebook's own score. Themes that
are given together learn together, and one with few labels leans on the codebook and on how often it is given
(scikit-learn and SciPy, the extra ``learn``). What was gained is measured on labels held back, five folds, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from polidiff.coding.relevance import keys_of, pieces_of
from polidiff.encode.threads import one_thread_each
from polidiff.errors import InputError
from polidiff.lang.words import words_of
from polidiff.model import Span

if TYPE_CHECKING:
    from polidiff.coding.relevance import Array

__all__ = ["FEWEST", "Learner", "learn", "need_scikit_learn"]

#: Labelled units below which nothing is learnt.
FEWEST = 10
_FOLDS = 5
#: Inverse strength of regularisation; the result is flat between 4 and 8 on the documents measured.
_STRENGTH = 6.0
#: How much themes that are given together share, 0..1, and how closely a theme keeps to the rate at which it is given
#: and to the slope of all themes on the codebook's score, as shares of the strength. Flat around these values.
_TOGETHER, _RATE, _SLOPE = 0.8, 0.3, 12.0
#: Shares of the whole text and of its strongest pieces in how alike two texts are.
_WHOLE, _PIECES = 0.5, 0.5
_ROUNDS = 500
_CUES = 8


@dataclass(frozen=True)
class Learner:
    """What was learnt. ``alone`` and ``learnt`` are micro-F1 on held-back labels, without them and with them."""

    themes: tuple[str, ...]
    units: int
    alone: float
    learnt: float
    _words: _Words
    _model: _Model
    _decides: float

    @property
    def gains(self) -> bool:
        """Whether the labels are better than the codebook alone on those that were held back."""
        return self.learnt > self.alone

    def scores(self, texts: Sequence[str], base: Array) -> Array:
        """Return scores in 0..1, shape ``(texts, themes)``; from 0.5 a theme is given.

        ``base`` are the codebook's own scores, of the same shape.
        """
        return _scaled(self._model.scores(self._words.table(texts), base), self._decides)

    def cues(self, text: str, start: int, theme: str) -> tuple[Span, ...]:
        """Return the words of ``text`` (which begins at ``start``) that speak most for a theme, as spans."""
        weight = self._words.weights(self._model.weights[:, self.themes.index(theme)])
        first: dict[str, Span] = {}
        for word in words_of(text).words:
            if weight.get(word.key, 0.0) > 0:
                first.setdefault(word.key, Span(start + word.start, start + word.end))
        best = sorted(first, key=lambda key: (-weight[key], key))[:_CUES]
        return tuple(sorted(first[key] for key in best))


def learn(
    texts: Sequence[str], base: Array, gold: Sequence[AbstractSet[str]], themes: Sequence[str], decides: float
) -> Learner:
    """Return what labelled texts teach; raises InputError where there are too few.

    ``base`` holds the codebook's scores, shape ``(texts, themes)``, and ``decides`` the one from which it gives a
    theme; ``gold`` are the themes that a person gave each text.
    """
    import numpy as np

    if len(texts) < FEWEST:
        what = f"only {len(texts)} labelled units are in the sources"
        raise InputError("--learn", what, f"label at least {FEWEST}, under the ids that polidiff code prints")
    truth = np.array([[theme in given for theme in themes] for given in gold])
    words = _Words(texts)
    table = words.table(texts)
    held = np.zeros(base.shape)
    folds = [np.arange(fold, len(texts), _FOLDS) for fold in range(_FOLDS)]
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(texts)), fold)
        held[fold] = _fit(table[rest], base[rest], truth[rest]).scores(table[fold], base[fold])
    said = np.zeros_like(truth)
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(texts)), fold)
        said[fold] = held[fold] >= _best(held[rest], truth[rest])
    return Learner(
        themes=tuple(themes),
        units=len(texts),
        alone=round(_micro(base >= decides, truth), 4),
        learnt=round(_micro(said, truth), 4),
        _words=words,
        _model=_fit(table, base, truth),
        _decides=_best(held, truth),
    )


def need_scikit_learn() -> None:
    """Raise InputError where scikit-learn is not installed: asked before the documents are read."""
    if find_spec("sklearn") is None:
        what = "scikit-learn is not installed"
        remedy = "run: pip install 'polidiff[learn]' (in a clone: pip install -e '.[learn]')"
        raise InputError("--learn", what, remedy)


class _Words:
    """The words of labelled texts, and other texts in them: a table of whole texts beside one of strongest pieces."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        need_scikit_learn()
        features = import_module("sklearn.feature_extraction.text")
        least = 4 if len(texts) >= 100 else 2 if len(texts) >= 50 else 1
        self._counter = features.CountVectorizer(analyzer=keys_of, min_df=least)
        held = np.asarray((self._counter.fit_transform(list(texts)) > 0).sum(axis=0)).ravel()
        self._rare = np.sqrt(np.log(1.0 + len(texts) / held))

    def table(self, texts: Sequence[str]) -> Any:
        """Return the texts as rows of unit length, sparse: ``(texts, 2 x words)``."""
        import numpy as np
        from scipy import sparse

        pieces = [pieces_of(text) or [""] for text in texts]
        first = np.cumsum([0, *(len(some) for some in pieces)])
        spread = self._weighed([piece for some in pieces for piece in some])
        strongest = [spread[a:b].max(axis=0) for a, b in pairwise(first)]
        whole = self._weighed(texts) * _WHOLE**0.5
        return sparse.hstack([whole, _unit(sparse.vstack(strongest)) * _PIECES**0.5]).tocsr()

    def weights(self, of: Array) -> dict[str, float]:
        """Return the weight of each word, from those of the table's columns."""
        half = len(of) // 2
        return {key: float(of[at] + of[half + at]) for key, at in self._counter.vocabulary_.items()}

    def _weighed(self, texts: Sequence[str]) -> Any:
        import numpy as np
        from scipy import sparse

        counts = self._counter.transform(list(texts)).astype(float)
        counts.data = 1.0 + np.log(counts.data)
        return _unit((counts @ sparse.diags(self._rare)).tocsr())


@dataclass(frozen=True)
class _Model:
    """A weight for each column and theme; for each theme a constant, a slope on the codebook's score and its mean."""

    weights: Array
    constant: Array
    slope: Array
    mean: Array

    def scores(self, table: Any, base: Array) -> Array:
        made: Array = table @ self.weights + self.constant + (_logit(base) - self.mean) * self.slope
        return _chance(made)


def _fit(table: Any, base: Array, truth: Any) -> _Model:
    """Fit all themes at once, in the space of the texts (kernel logistic regression, a kernel of themes beside it)."""
    import numpy as np
    from scipy.optimize import minimize

    wanted = truth.astype(float)
    units, themes = wanted.shape
    rate = (wanted.sum(axis=0) + 0.5) / (units + 1.0)
    apart = (wanted - rate) / np.sqrt(rate * (1.0 - rate))
    size, axis = np.linalg.eigh((1.0 - _TOGETHER) * np.eye(themes) + _TOGETHER * apart.T @ apart / units)
    mix = (axis * np.sqrt(np.maximum(size, 0.0))).T
    size, axis = np.linalg.eigh((table @ table.T).toarray())
    size, axis = size[size > 1e-8], axis[:, size > 1e-8]
    place = axis * np.sqrt(size)
    mean = _logit(base).mean(axis=0)
    said = _logit(base) - mean
    ends = np.cumsum([place.shape[1] * themes, themes, themes])

    def parts(values: Array) -> tuple[Array, Array, Array, float]:
        inner, constant, slope, common = np.split(values, ends)
        return inner.reshape(-1, themes), constant, slope, float(common[0])

    def loss(values: Array) -> tuple[float, Array]:
        inner, constant, slope, common = parts(values)
        total = place @ inner @ mix + np.log(rate / (1.0 - rate)) + constant + said * (slope + common)
        off = _chance(total) - wanted
        steep = (off * said).sum(axis=0)
        cost = (np.logaddexp(0.0, total) - wanted * total).sum() + 0.5 * (inner**2).sum() / _STRENGTH
        cost += 0.5 * (_RATE * (constant**2).sum() + _SLOPE * (slope**2).sum() + (common - 1.0) ** 2)
        turn = [place.T @ off @ mix.T + inner / _STRENGTH, off.sum(axis=0) + _RATE * constant]
        turn += [steep + _SLOPE * slope, np.array([steep.sum() + common - 1.0])]
        return float(cost), np.concatenate([part.ravel() for part in turn])

    start = np.zeros(ends[-1] + 1)
    start[-1] = 1.0
    with one_thread_each():
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _ROUNDS}).x
    inner, constant, slope, common = parts(found)
    weights = table.T @ (axis / np.sqrt(size) @ inner @ mix)
    return _Model(weights, np.log(rate / (1.0 - rate)) + constant, slope + common, mean)


def _unit(table: Any) -> Any:
    return import_module("sklearn.preprocessing").normalize(table.tocsr())


def _logit(scores: Array) -> Array:
    import numpy as np

    made: Array = np.log(scores + 0.01) - np.log(1.01 - scores)
    return made


def _chance(evidence: Array) -> Array:
    import numpy as np

    made: Array = 1.0 / (1.0 + np.exp(-np.clip(evidence, -30.0, 30.0)))
    return made


def _best(scores: Array, truth: Any) -> float:
    """The threshold, in steps of 0.05, with the best micro-F1."""
    return max((step / 20 for step in range(2, 19)), key=lambda least: (_micro(scores >= least, truth), -least))


def _micro(said: Any, truth: Any) -> float:
    total = int(said.sum() + truth.sum())
    return 2 * int((said & truth).sum()) / total if total else 0.0


def _scaled(scores: Array, decides: float) -> Array:
    """Scores with the deciding one moved to one half, in order."""
    import numpy as np

    made: Array = np.where(
        scores < decides, 0.5 * scores / decides, 0.5 + 0.5 * (scores - decides) / max(1e-9, 1.0 - decides)
    )
    return made
