"""Schemes on Fisher's irises, petals alone: boundaries in centimetres, and accuracy on flowers that no fit has seen."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.multiclass import OneVsOneClassifier, OneVsRestClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.svm import SVC

from scenes.maths.multiclass import schemes
from scenes.maths.multiclass.regions import Floats
from scenes.maths.multiclass.schemes import Labels, Lines
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.shared.memo import remembered

Scheme = Literal["rest", "rest dear", "squares", "kernel", "rest logistic", "pairs", "softmax"]
SHUFFLES: Final = 10
"""Times that all flowers are parted into folds anew."""
FOLDS: Final = 5
DEAR: Final = 100.0
"""A higher price C of margin violations."""
HARD: Final = 1e3
"""One at which no flower that a line can part lies within the margin."""
MIDDLE: Final = Species.VERSICOLOR
"""The class that lies between the two others."""


def petals() -> tuple[Floats, Labels]:
    """Petal length and width (150, 2) in cm, and the species (150,)."""
    flowers = irises((Measure.PETAL_LENGTH, Measure.PETAL_WIDTH))
    return flowers.points, flowers.species


def scale(points: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation, each (2,) in cm."""
    return np.asarray(points.mean(axis=0)), np.asarray(points.std(axis=0))


def in_centimetres(lines: Lines) -> Lines:
    """Boundaries that were fitted to standardised petals, as lines of the petals in cm."""
    mean, spread = scale(petals()[0])
    weights = lines.weights / spread
    return Lines(weights, lines.offsets - weights @ mean)


def standard() -> tuple[Floats, Labels]:
    """Petals (150, 2) of mean 0 and standard deviation 1, and the species."""
    points, species = petals()
    mean, spread = scale(points)
    return (points - mean) / spread, species


def rest() -> Lines:
    """One-vs-rest, linear support vector machines, all flowers."""
    return in_centimetres(schemes.one_vs_rest(*standard()))


def street() -> tuple[Floats, float]:
    """Setosa against the rest with the widest margin, of standardised petals, that no flower lies in.

    Weights (2,) and offset in centimetres; the margin reaches from −1 to 1."""
    points, species = standard()
    weights, offset = schemes.margin_line(points, species == Species.SETOSA, HARD)
    lines = in_centimetres(Lines(weights[None], np.array([offset])))
    return lines.weights[0], float(lines.offsets[0])


def one_vs_one() -> Lines:
    """One-vs-one, linear support vector machines, all flowers."""
    return in_centimetres(schemes.one_vs_one(*standard()))


def softmax() -> Lines:
    """Multinomial logistic regression, all flowers."""
    return in_centimetres(schemes.softmax(*standard()))


def profile() -> tuple[Floats, Floats]:
    """Petal lengths (n,) in cm, and the scores (n, 3) of :func:`rest` there, at the width that a flower of that length
    has on average (least squares)."""
    points, _ = petals()
    lengths = np.linspace(1.0, 7.0, 121)
    slope, start = np.polyfit(points[:, 0], points[:, 1], 1)
    return lengths, rest().scores(np.column_stack([lengths, start + slope * lengths]))


def squares(mesh: Floats) -> Floats:
    """Score (…) of versicolor against the rest at ``mesh`` (…, 2) in cm: a linear SVM that is given squares as well."""
    points, species = petals()
    fit = make_pipeline(
        StandardScaler(), PolynomialFeatures(2, include_bias=False), StandardScaler(), SVC(kernel="linear")
    ).fit(points, species == MIDDLE)
    return np.asarray(fit.decision_function(mesh.reshape(-1, 2)).reshape(mesh.shape[:-1]))


def bent(mesh: Floats) -> Floats:
    """Score (…) of versicolor against the rest at ``mesh`` (…, 2) in cm: a support vector machine with RBF kernel."""
    points, species = petals()
    fit = make_pipeline(StandardScaler(), SVC()).fit(points, species == MIDDLE)
    return np.asarray(fit.decision_function(mesh.reshape(-1, 2)).reshape(mesh.shape[:-1]))


def model(scheme: Scheme) -> Pipeline:
    """The classifier that is measured, with its scaling."""
    linear = SVC(kernel="linear", C=1.0)
    squared = PolynomialFeatures(2, include_bias=False)
    logistic = LogisticRegression(C=10.0, max_iter=5000)
    steps = {
        "rest": (OneVsRestClassifier(linear),),
        "rest dear": (OneVsRestClassifier(SVC(kernel="linear", C=DEAR)),),
        "squares": (squared, StandardScaler(), OneVsRestClassifier(linear)),
        "kernel": (OneVsRestClassifier(SVC()),),
        "rest logistic": (OneVsRestClassifier(logistic),),
        "pairs": (OneVsOneClassifier(linear),),
        "softmax": (logistic,),
    }[scheme]
    return make_pipeline(StandardScaler(), *steps)


def unseen(scheme: Scheme) -> tuple[float, float]:
    """Accuracy, and the share of versicolor that is found, on unseen folds; means of ten shuffles."""
    found = folds(scheme)
    return float(found[:, 0].mean()), float(found[:, 1].mean())


@remembered
def folds(scheme: Scheme) -> NDArray[np.float64]:
    """(50, 2): accuracy and recall of versicolor on each held-out fold of ten shuffles."""
    points, species = petals()
    found = []
    for seed in range(SHUFFLES):
        for seen, held in StratifiedKFold(FOLDS, shuffle=True, random_state=seed).split(points, species):
            named = model(scheme).fit(points[seen], species[seen]).predict(points[held])
            middle = species[held] == MIDDLE
            found.append((np.mean(named == species[held]), np.mean(named[middle] == MIDDLE)))
    return np.array(found)
