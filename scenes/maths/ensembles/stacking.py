"""Stacking: a meta-learner on predictions, honest ones and leaked ones; and four classifiers of digits, stacked.

Sources: D. H. Wolpert, Stacked generalization, Neural Networks 5 (1992); L. Breiman, Stacked regressions,
Machine Learning 24 (1996).  Diabetes: B. Efron et al., Least angle regression (2004), 442 patients, as shipped
with scikit-learn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from sklearn.base import clone
from sklearn.datasets import load_diabetes
from sklearn.ensemble import StackingClassifier, VotingClassifier
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import (
    KFold,
    RepeatedStratifiedKFold,
    StratifiedKFold,
    cross_val_predict,
    cross_val_score,
)
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from scenes.maths.ensembles.bagging import Rows
from scenes.maths.ensembles.forest import digits
from scenes.maths.ensembles.voting import Bools, Floats
from scenes.maths.shared.memo import remembered

TRUTH: Final = np.array([3.0, 8.0, 5.0, 9.0, 2.0])
"""Invented answers of five rows, to follow in the head."""
SEEN: Final = np.array([[3.0, 8.0, 5.0, 9.0, 2.0], [4.0, 7.0, 6.0, 8.0, 3.0]])
"""(2, 5): what a full tree and ridge say of the rows that they were trained on."""
HELD: Final = np.array([[5.0, 9.0, 8.0, 5.0, 3.0], [4.0, 7.0, 6.0, 8.0, 3.0]])
"""(2, 5): the same, where each row was left out of training."""
FOLDS: Final = 5
"""Folds of the out-of-fold predictions."""
OUTER: Final = 10
SHUFFLES: Final = 5
DIGITS: Final = 600


def learners() -> list[Any]:
    """Full-grown tree, ridge, 15 nearest neighbours: not fitted yet."""
    return [
        DecisionTreeRegressor(random_state=0),
        Ridge(0.1),
        make_pipeline(StandardScaler(), KNeighborsRegressor(15)),
    ]


def patients() -> tuple[Floats, Floats]:
    """(442, 10) measures, and (442,) how far diabetes has gone a year later."""
    table, progress = load_diabetes(return_X_y=True)
    return np.asarray(table), np.asarray(progress, dtype=float)


def columns(table: Floats, target: Floats, honest: bool) -> Floats:
    """(n, 3): predictions of the learners on their own training rows, or ``honest``, out of five folds."""
    if honest:
        return np.column_stack([cross_val_predict(model, table, target, cv=FOLDS) for model in learners()])
    return np.column_stack([model.fit(table, target).predict(table) for model in learners()])


def fold_of(count: int) -> Rows:
    """(count,): which of the five folds each row is in, from 0."""
    numbers = np.zeros(count, dtype=np.intp)
    for fold, (_, held) in enumerate(KFold(FOLDS).split(numbers)):
        numbers[held] = fold
    return numbers


@dataclass(frozen=True, slots=True)
class Stacked:
    """Root mean squared errors on held-out rows (5 shuffles,) by model; mean weights (3,) of the meta-learner."""

    errors: dict[str, Floats]
    leaked: Floats
    honest: Floats

    def error(self, name: str) -> float:
        """Mean over the shuffles."""
        return float(self.errors[name].mean())


@remembered
def stacked() -> Stacked:
    """Diabetes, five shuffles of ten folds: single models, their average, stacks on leaked and honest columns."""
    table, target = patients()
    names = ("tree", "ridge", "neighbours", "mean", "average", "leaked", "honest")
    found: dict[str, list[float]] = {name: [] for name in names}
    leaked, honest = [], []
    for shuffle in range(SHUFFLES):
        squares: dict[str, list[float]] = {name: [] for name in names}
        for own, held in KFold(OUTER, shuffle=True, random_state=shuffle).split(table):
            fitted = [clone(model).fit(table[own], target[own]) for model in learners()]
            said = np.column_stack([model.predict(table[held]) for model in fitted])
            metas = [
                LinearRegression(positive=True).fit(columns(table[own], target[own], way), target[own])
                for way in (False, True)
            ]
            leaked.append(metas[0].coef_)
            honest.append(metas[1].coef_)
            guesses = [*said.T, np.full(len(held), target[own].mean()), said.mean(axis=1)]
            guesses += [meta.predict(said) for meta in metas]
            for name, guess in zip(names, guesses, strict=True):
                squares[name].append(float(((guess - target[held]) ** 2).mean()))
        for name in names:
            found[name].append(float(np.sqrt(np.mean(squares[name]))))
    return Stacked(
        {name: np.array(each) for name, each in found.items()},
        np.mean(leaked, axis=0),
        np.mean(honest, axis=0),
    )


@dataclass(frozen=True, slots=True)
class Four:
    """Four classifiers on 600 digits: accuracies over two shuffles of five folds, and marks from one shuffle."""

    accuracies: dict[str, tuple[float, float]]
    """Mean and standard deviation over ten folds, of each, of their stack and their soft vote."""
    wrong: Bools
    """(4, 600): whether tree, naive Bayes, neighbours, logistic regression err on each digit when it is held out."""


def six_hundred() -> tuple[Floats, Rows]:
    """(600, 64) pixels and (600,) digits, drawn from all."""
    table, kinds = digits()
    rows = np.random.default_rng(0).permutation(len(kinds))[:DIGITS]
    return table[rows], kinds[rows]


def classifiers() -> dict[str, Any]:
    """The four, by name, not fitted yet."""
    return {
        "tree": DecisionTreeClassifier(max_depth=8, random_state=0),
        "naive Bayes": GaussianNB(var_smoothing=1e-2),
        "neighbours": KNeighborsClassifier(5),
        "logistic": LogisticRegression(max_iter=300),
    }


@remembered
def four() -> Four:
    """Each classifier, the stack with a logistic meta-learner, and the soft vote, on held-out folds."""
    table, kinds = six_hundred()
    models = classifiers()
    named = list(models.items())
    asked = models | {
        "stack": StackingClassifier(named, LogisticRegression(max_iter=300), cv=FOLDS),
        "soft vote": VotingClassifier(named, voting="soft"),
    }
    outer = RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=2, random_state=0)
    scores = {name: cross_val_score(model, table, kinds, cv=outer) for name, model in asked.items()}
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=0)
    wrong = np.array([cross_val_predict(model, table, kinds, cv=folds) != kinds for model in models.values()])
    return Four({name: (float(s.mean()), float(s.std())) for name, s in scores.items()}, wrong)
