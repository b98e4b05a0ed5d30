"""Learn from a few dozen of a user's own labels: a linear classifier beside the codebook, with the gain measured.

One logistic regression for each theme over TF-IDF of words, with the codebook's own score as one feature more
(scikit-learn, the extra ``learn``). A theme with fewer than two labels keeps the codebook's score. What was gained is
measured on labels held back, five folds, and told.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from polidiff.coding.relevance import keys_of
from polidiff.coding.words import words_of
from polidiff.errors import InputError
from polidiff.model import Span

if TYPE_CHECKING:
    from polidiff.coding.relevance import Array

__all__ = ["FEWEST", "Learner", "learn"]

#: Labelled units below which nothing is learnt.
FEWEST = 10
_FOLDS = 5
#: Inverse strength of regularisation; the result is flat between 3 and 30 on the documents measured.
_STRENGTH = 10.0
_WORDS = 60_000
_CUES = 8


@dataclass(frozen=True)
class Learner:
    """What was learnt. ``alone`` and ``learnt`` are micro-F1 on held-back labels, without them and with them."""

    themes: tuple[str, ...]
    units: int
    alone: float
    learnt: float
    _words: Any
    _models: tuple[Any, ...]
    _decides: float

    def scores(self, texts: Sequence[str], base: Array) -> Array:
        """Return scores in 0..1, shape ``(texts, themes)``; from 0.5 a theme is given.

        ``base`` are the codebook's own scores, of the same shape.
        """
        return _scaled(_predict(self._words, self._models, texts, base), self._decides)

    def cues(self, text: str, start: int, theme: str) -> tuple[Span, ...]:
        """Return the words of ``text`` (which begins at ``start``) that speak most for a theme, as spans."""
        model = self._models[self.themes.index(theme)]
        if model is None:
            return ()
        place = self._words.vocabulary_
        weight = model.coef_[0]
        first: dict[str, Span] = {}
        for word in words_of(text).words:
            if word.key in place and weight[place[word.key]] > 0:
                first.setdefault(word.key, Span(start + word.start, start + word.end))
        best = sorted(first, key=lambda key: (-float(weight[place[key]]), key))[:_CUES]
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
    held = np.zeros_like(base)
    folds = [np.arange(fold, len(texts), _FOLDS) for fold in range(_FOLDS)]
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(texts)), fold)
        words, models = _fit([texts[int(at)] for at in rest], base[rest], truth[rest])
        held[fold] = _predict(words, models, [texts[int(at)] for at in fold], base[fold])
    said = np.zeros_like(truth)
    for fold in folds:
        rest = np.setdiff1d(np.arange(len(texts)), fold)
        said[fold] = held[fold] >= _best(held[rest], truth[rest])
    words, models = _fit(texts, base, truth)
    return Learner(
        themes=tuple(themes),
        units=len(texts),
        alone=round(_micro(base >= decides, truth), 4),
        learnt=round(_micro(said, truth), 4),
        _words=words,
        _models=models,
        _decides=_best(held, truth),
    )


def _fit(texts: Sequence[str], base: Array, truth: Any) -> tuple[Any, tuple[Any, ...]]:
    try:
        features = import_module("sklearn.feature_extraction.text")
        linear = import_module("sklearn.linear_model")
    except ImportError:
        raise InputError("--learn", "scikit-learn is not installed", "run: pip install 'polidiff[learn]'") from None
    from scipy import sparse

    words = features.TfidfVectorizer(
        analyzer=keys_of, sublinear_tf=True, min_df=2 if len(texts) >= 50 else 1, max_features=_WORDS
    )
    table = words.fit_transform(list(texts))
    models: list[Any] = []
    for theme in range(base.shape[1]):
        wanted = truth[:, theme]
        if wanted.sum() < 2 or wanted.all():
            models.append(None)
            continue
        model = linear.LogisticRegression(
            C=_STRENGTH, class_weight="balanced", solver="liblinear", max_iter=300, random_state=0
        )
        models.append(model.fit(sparse.hstack([table, base[:, [theme]]]).tocsr(), wanted))
    return words, tuple(models)


def _predict(words: Any, models: Sequence[Any], texts: Sequence[str], base: Array) -> Array:
    from scipy import sparse

    table = words.transform(list(texts))
    made = base.copy()
    for theme, model in enumerate(models):
        if model is not None:
            made[:, theme] = model.predict_proba(sparse.hstack([table, base[:, [theme]]]).tocsr())[:, 1]
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
