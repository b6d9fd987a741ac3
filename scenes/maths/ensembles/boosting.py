"""AdaBoost, SAMME, label noise, and bias and variance of classifiers on two moons.

Sources: Y. Freund & R. E. Schapire, A decision-theoretic generalization of on-line learning, J. Computer and System
Sciences 55 (1997); J. Zhu, H. Zou, S. Rosset & T. Hastie, Multi-class AdaBoost, Statistics and Its Interface 2 (2009);
T. Hastie, R. Tibshirani & J. Friedman, The Elements of Statistical Learning (2009), sections 10.1 and 10.4; bias and
variance of 0/1 loss: P. Domingos, A unified bias-variance decomposition (2000), where the two do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from sklearn.datasets import make_moons
from sklearn.tree import DecisionTreeClassifier

from scenes.maths.ensembles.bagging import Rows
from scenes.maths.ensembles.voting import Floats
from scenes.maths.shared.flower import Measure, irises
from scenes.maths.shared.memo import remembered

COUNT: Final = 200
"""Points of a training set of moons."""
NOISE: Final = 0.25
ROUNDS: Final = 60
BAGGED: Final = 30
"""Bootstrap copies of a bagged stump or tree."""
SEEDS: Final = range(100, 140)
"""Training sets over which bias, variance and label noise are measured."""
UNSEEN: Final = 2000
FLIPPED: Final = 20
"""Labels of a training set that are made wrong."""
AFTER: Final = (0, 1, 5, 20)
"""Rounds after which the share of weight on the flipped points is told."""
LINE: Final = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
"""Places of the five points that are boosted by hand."""
SIDES: Final = np.array([1, 1, -1, -1, 1])
"""Their classes."""


def say(error: float, classes: int = 2) -> float:
    """α = ln((1 − ε)/ε) + ln(K − 1), the weight of a learner (Zhu et al. 2009, algorithm 2).

    Raises ``ValueError`` for a weighted error that is not between 0 and 1.
    """
    if not 0 < error < 1:
        raise ValueError(f"the weight of a learner whose weighted error is {error} is not finite")
    return float(np.log((1 - error) / error) + np.log(classes - 1))


def between(classes: int) -> float:
    """A weighted error, in tenths, midway between one half and what guessing among ``classes`` errs at."""
    return round((0.5 + 1 - 1 / classes) / 2, 1)


def swollen(weights: Floats, wrong: Floats, alpha: float) -> Floats:
    """(n,): ``weights`` times e^α where ``wrong``, then scaled to a sum of 1."""
    grown = weights * np.exp(alpha * wrong)
    return np.asarray(grown / grown.sum())


@dataclass(frozen=True, slots=True)
class Stump:
    """One cut of a line: ``left`` (±1) is said below ``cut``, its opposite above."""

    cut: float
    left: int

    def answers(self, x: Floats) -> Rows:
        """(n,): ±1."""
        return np.where(x < self.cut, self.left, -self.left)


def best_stump(x: Floats, sides: Rows, weights: Floats) -> tuple[Stump, float]:
    """The cut between neighbours of ``x`` (n,), rising, with the smallest weighted error, and that error."""
    tried = [Stump(float(cut), left) for cut in (x[:-1] + x[1:]) / 2 for left in (1, -1)]
    errors = [float(weights @ (stump.answers(x) != sides)) for stump in tried]
    number = int(np.argmin(np.round(errors, 12)))
    return tried[number], errors[number]


@dataclass(frozen=True, slots=True)
class Round:
    """One round on the line: the stump, its weighted error, its weight, and the points' weights (5,) afterwards."""

    stump: Stump
    error: float
    alpha: float
    weights: Floats


def by_hand(rounds: int = 2) -> list[Round]:
    """AdaBoost on the five points of the line."""
    weights, told = np.full(len(LINE), 1 / len(LINE)), []
    for _ in range(rounds):
        stump, error = best_stump(LINE, SIDES, weights)
        alpha = say(error)
        weights = swollen(weights, (stump.answers(LINE) != SIDES).astype(float), alpha)
        told.append(Round(stump, error, alpha, weights))
    return told


@dataclass(frozen=True, slots=True)
class Boosted:
    """Trees of ``m`` rounds, their weighted errors and weights (m,), and the points' weights (m + 1, n)."""

    trees: list[DecisionTreeClassifier]
    errors: Floats
    alphas: Floats
    weights: Floats

    def votes(self, table: Floats, rounds: int | None = None) -> Floats:
        """(n, K): the weight of the learners that say each class, of the first ``rounds``."""
        total = np.zeros((len(table), len(self.trees[0].classes_)))
        for tree, alpha in list(zip(self.trees, self.alphas, strict=True))[:rounds]:
            total[np.arange(len(table)), tree.predict(table).astype(int)] += alpha
        return total

    def lean(self, table: Floats, rounds: int | None = None) -> Floats:
        """(n,): Σ α h for two classes, 0 as −1 and 1 as +1."""
        votes = self.votes(table, rounds)
        return np.asarray(votes[:, 1] - votes[:, 0])


def exponential_loss(boosted: Boosted, table: Floats, labels: Rows) -> Floats:
    """(m + 1,): mean of e^(−y F) after each round, F = ½ Σ α h, y = ±1 (ESL section 10.4)."""
    sides = 2 * labels - 1
    lean = np.zeros(len(labels))
    told = [1.0]
    for tree, alpha in zip(boosted.trees, boosted.alphas, strict=True):
        lean = lean + alpha * (2 * tree.predict(table) - 1) / 2
        told.append(float(np.exp(-sides * lean).mean()))
    return np.array(told)


def landscapes(boosted: Boosted, mesh: Floats) -> Floats:
    """(m + 1, ny, nx): F = ½ Σ α h after each round at the points of ``mesh`` (ny, nx, 2)."""
    flat = mesh.reshape(-1, 2)
    steps = [
        alpha * (2 * tree.predict(flat) - 1) / 2
        for tree, alpha in zip(boosted.trees, boosted.alphas, strict=True)
    ]
    return np.asarray(
        np.vstack([np.zeros((1, len(flat))), np.cumsum(steps, axis=0)]).reshape(-1, *mesh.shape[:2])
    )


def cut_of(tree: DecisionTreeClassifier) -> tuple[int, float]:
    """The feature that a stump asks for, and where it cuts."""
    return int(tree.tree_.feature[0]), float(tree.tree_.threshold[0])


def boost(table: Floats, labels: Rows, rounds: int = ROUNDS, depth: int = 1) -> Boosted:
    """SAMME with trees of that ``depth``; for two classes it is AdaBoost.  ``labels`` count classes from 0."""
    classes = len(np.unique(labels))
    weights = [np.full(len(labels), 1 / len(labels))]
    trees, errors, alphas = [], [], []
    for _ in range(rounds):
        tree = DecisionTreeClassifier(max_depth=depth, random_state=0)
        tree.fit(table, labels, sample_weight=weights[-1])
        wrong = (tree.predict(table) != labels).astype(float)
        error = float(weights[-1] @ wrong)
        alpha = say(error, classes)
        weights.append(swollen(weights[-1], wrong, alpha))
        trees.append(tree)
        errors.append(error)
        alphas.append(alpha)
    return Boosted(trees, np.array(errors), np.array(alphas), np.array(weights))


def moons(seed: int = 0, count: int = COUNT) -> tuple[Floats, Rows]:
    """(n, 2) points of two moons with noise, and (n,) their classes, 0 and 1."""
    points, labels = make_moons(count, noise=NOISE, random_state=seed)
    return np.asarray(points), labels.astype(np.intp)


def unseen() -> tuple[Floats, Rows]:
    """2,000 points that no training set holds."""
    return moons(1, UNSEEN)


@remembered
def shown(rounds: int = ROUNDS) -> Boosted:
    """Boosted stumps on the moons that are drawn."""
    return boost(*moons(), rounds)


def flipped(labels: Rows, seed: int) -> tuple[Rows, Rows]:
    """``labels`` with 20 made wrong, and which ones."""
    rng = np.random.default_rng(seed)
    which = rng.choice(len(labels), FLIPPED, replace=False)
    noisy = labels.copy()
    noisy[which] = 1 - noisy[which]
    return noisy, which


@remembered
def shown_flipped(rounds: int = ROUNDS) -> Boosted:
    """Boosted stumps on the drawn moons with 20 wrong labels."""
    points, labels = moons()
    return boost(points, flipped(labels, 0)[0], rounds)


@dataclass(frozen=True, slots=True)
class Score:
    """Of one kind of model over 40 training sets, on 2,000 unseen points."""

    error: float
    """Mean share of wrong answers."""
    bias: float
    """Share of points on which the majority of the 40 is wrong (Domingos 2000)."""
    variance: float
    """Mean share of points on which a model disagrees with that majority."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Scores by kind of model, without and with wrong labels, and where the weight goes."""

    clean: dict[str, Score]
    noisy: dict[str, Score]
    shares: Floats
    """(40, 61): share of the weight on the flipped points after each round."""


@remembered
def compared() -> Compared:
    """One stump, 60 boosted, 30 bagged, one full tree, 30 bagged full trees, on the same 40 training sets."""
    table, true = unseen()
    kinds = ("stump", "boosted", "bagged stumps", "tree", "bagged trees")
    said: dict[bool, dict[str, list[Rows]]] = {noisy: {kind: [] for kind in kinds} for noisy in (False, True)}
    shares = []
    for seed in SEEDS:
        points, labels = moons(seed)
        noisy, which = flipped(labels, seed)
        rng = np.random.default_rng(seed)
        rng.choice(COUNT, FLIPPED, replace=False)  # after the numbers that the flips have taken
        for given in (labels, noisy):
            into = said[given is noisy]
            boosted = boost(points, given)
            into["stump"].append(boosted.trees[0].predict(table))
            into["boosted"].append((boosted.lean(table) > 0).astype(np.intp))
            samples = [rng.integers(0, COUNT, COUNT) for _ in range(BAGGED)]
            into["bagged stumps"].append(_bagged(points, given, samples, 1, table))
            into["tree"].append(DecisionTreeClassifier(random_state=0).fit(points, given).predict(table))
            into["bagged trees"].append(_bagged(points, given, samples, None, table))
            if given is noisy:
                shares.append(boosted.weights[:, which].sum(axis=1))
    return Compared(
        {kind: _score(np.array(each), true) for kind, each in said[False].items()},
        {kind: _score(np.array(each), true) for kind, each in said[True].items()},
        np.array(shares),
    )


def _bagged(points: Floats, labels: Rows, samples: list[Rows], depth: int | None, table: Floats) -> Rows:
    trees = [
        DecisionTreeClassifier(max_depth=depth, random_state=0).fit(points[rows], labels[rows])
        for rows in samples
    ]
    return np.asarray(np.mean([tree.predict(table) for tree in trees], axis=0) > 0.5, dtype=np.intp)


def _score(said: Rows, true: Rows) -> Score:
    main = (said.mean(axis=0) > 0.5).astype(np.intp)
    return Score(float((said != true).mean()), float((main != true).mean()), float((said != main).mean()))


@remembered
def sepals(rounds: int = 3) -> Boosted:
    """SAMME with stumps on the two sepal measures of 150 irises, three species."""
    flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
    return boost(flowers.points, flowers.species, rounds)
